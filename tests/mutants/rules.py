"""Sabotages of the rules that decide once whether something may be shared at all."""

from typing import Final

from tests.mutants.mutant import Mutant

COVERS: Final = "hub/consent/release.py"
GROUNDS: Final = "hub/core/grounds.py"
HEARING: Final = "conferencing/hearing.py"
TELLING: Final = "hub/consent/compelled/ground.py"
DUTY: Final = "hub/consent/duty/report.py"
ORDER: Final = "hub/consent/orders/order.py"
EMERGENCY: Final = "hub/cases/emergency/access.py"
BRAKE: Final = "hub/consent/brake.py"

RELEASE: Final = "tests/rules/test_release.py"
RENEWED: Final = "tests/rules/test_release_renewed.py"
DOOR: Final = "tests/rules/test_door.py"
HEARD: Final = "tests/rules/test_conference_hearing.py"
COMPELLED: Final = "tests/rules/test_compelled_grounds.py"
TAKE_ON: Final = "tests/spec/test_intake_worker.py"
NO: Final = "        return None\n"

RULES: Final = [
    Mutant(
        "a release that is not in force covers",
        COVERS,
        f"    if release.state is not State.ACTIVE:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release covers after it was taken back",
        COVERS,
        "and passage.at >= release.withdrawn_at",
        "and False",
        RELEASE,
    ),
    Mutant(
        "a release covers before it starts",
        COVERS,
        f"    if passage.at < release.starts:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release covers at the instant it ends",
        COVERS,
        "if passage.at >= release.ends:",
        "if passage.at > release.ends:",
        RELEASE,
    ),
    Mutant(
        "a release covers after it ended",
        COVERS,
        f"    if passage.at >= release.ends:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release covers what another agency wrote",
        COVERS,
        f"    if passage.from_agency != release.from_agency:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release to one agency covers every agency",
        COVERS,
        f"    if passage.to_agency != release.to_agency:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release to one's own agency covers",
        COVERS,
        f"    if passage.to_agency == passage.from_agency:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release for one purpose covers every purpose",
        COVERS,
        f"    if passage.purpose not in release.purposes:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release covers categories she did not name",
        COVERS,
        f"    if passage.category not in release.categories:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release covers signed releases and own notes",
        COVERS,
        f"    if passage.category not in RELEASABLE:\n{NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "a release for referrals is the ground of what is shared at a meeting",
        COVERS,
        "return covers(self.release, passage) if passage.purpose is self.purpose else None",
        "return covers(self.release, passage)",
        RELEASE,
    ),
    Mutant(
        "an answer is given on a release that was taken back",
        COVERS,
        f"        if not live(self.release, passage.at):\n    {NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "an answer on a release goes to whatever agency",
        COVERS,
        f"        if passage.to_agency != self.release.from_agency:\n    {NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "somebody else than the receiver answers on a release",
        COVERS,
        f"        if passage.from_agency != self.release.to_agency:\n    {NO}",
        "",
        RELEASE,
    ),
    Mutant(
        "an answer carries the receiver's own notes",
        COVERS,
        "return OPEN_END if passage.category in RELEASABLE else None",
        "return OPEN_END",
        RELEASE,
    ),
    Mutant(
        "what was shared goes on under a new release to another agency",
        COVERS,
        "if new.to_agency != old.to_agency or new.from_agency",
        "if new.from_agency",
        RENEWED,
    ),
    Mutant(
        "what was shared for a purpose goes on under a release without it",
        COVERS,
        "if not new.purposes >= old.purposes or not new.service_types",
        "if not new.service_types",
        RENEWED,
    ),
    Mutant(
        "what was shared can be read after the new release has ended",
        COVERS,
        "return new.ends if until >= old.ends else min(until, new.ends)",
        "return until",
        RENEWED,
    ),
    Mutant(
        "own work crosses from agency to agency",
        GROUNDS,
        "return OPEN_END if passage.from_agency == passage.to_agency else None",
        "return OPEN_END",
        DOOR,
    ),
    Mutant(
        "being asked to a meeting opens more than its hour and place",
        GROUNDS,
        "return OPEN_END if passage.category is Category.ARRANGEMENTS else None",
        "return OPEN_END",
        DOOR,
    ),
    Mutant(
        "her own copy holds signed releases and own notes of her team",
        GROUNDS,
        " or passage.category in NEVER_RELEASED:",
        ":",
        "tests/rules/test_her_own_copy.py",
    ),
    Mutant(
        "her own copy holds what another agency wrote for itself",
        GROUNDS,
        "if passage.from_agency != passage.to_agency or passage.category",
        "if passage.category",
        "tests/rules/test_her_own_copy.py",
    ),
    Mutant(
        "her own copy is made after it ended",
        GROUNDS,
        "return self.ends if passage.at < self.ends else None",
        "return self.ends",
        "tests/rules/test_her_own_copy.py",
    ),
    Mutant(
        "a coordinator is given an item",
        HEARING,
        "    if not guest.works_with_people:\n        return None\n",
        "",
        HEARD,
    ),
    Mutant(
        "whoever must never know is given an item",
        HEARING,
        "    if guest.person in subject.away:\n        return None\n",
        "",
        HEARD,
    ),
    Mutant(
        "a release for referrals lets somebody hear an item",
        HEARING,
        "to, Purpose.CONFERENCE, subject.at)",
        "to, Purpose.REFERRAL, subject.at)",
        HEARD,
    ),
    Mutant(
        "an agency is told by law what was chosen for another",
        TELLING,
        "if telling.to_agency is None or passage.to_agency != telling.to_agency:",
        "if telling.to_agency is None:",
        COMPELLED,
    ),
    Mutant(
        "more entries are told than were ticked",
        TELLING,
        "if not passage.envelope or passage.envelope not in telling.entries:",
        "if not passage.envelope:",
        COMPELLED,
    ),
    Mutant(
        "own notes are told by law",
        TELLING,
        "    if passage.category in NEVER_RELEASED:\n        return None\n",
        "",
        COMPELLED,
    ),
    Mutant(
        "what is told by law is told after its hour",
        TELLING,
        "return telling.until if passage.at < telling.until else None",
        "return telling.until",
        COMPELLED,
    ),
    Mutant(
        "a report is a ground before it was made",
        DUTY,
        "if report.state not in {State.MADE, State.ACKNOWLEDGED}:",
        "if False:",
        COMPELLED,
    ),
    Mutant(
        "whoever writes a report talked it over with themselves",
        DUTY,
        " or report.discussed_with == report.written_by:",
        ":",
        COMPELLED,
    ),
    Mutant(
        "a subpoena opens what only an order can",
        ORDER,
        "    if order.instrument not in COMPELS:\n        return None\n",
        "",
        COMPELLED,
    ),
    Mutant(
        "one person alone hands over on an order",
        ORDER,
        "    if order.asked_by == order.approved_by:\n        return None\n",
        "",
        COMPELLED,
    ),
    Mutant(
        "nobody tried to tell her before an order is obeyed",
        ORDER,
        "    if order.attempts < 1 and not order.silence_ordered:\n        return None\n",
        "",
        COMPELLED,
    ),
    Mutant(
        "an emergency at one agency opens what another wrote",
        EMERGENCY,
        "if passage.from_agency != self.agency or passage.to_agency != self.agency:",
        "if False:",
        COMPELLED,
    ),
    Mutant(
        "an emergency opens signed releases",
        EMERGENCY,
        "        if passage.category in NEVER_OPENED:\n            return None\n",
        "",
        COMPELLED,
    ),
    Mutant(
        "an emergency lasts a day",
        EMERGENCY,
        "LASTS: Final = timedelta(minutes=15)",
        "LASTS: Final = timedelta(days=1)",
        COMPELLED,
    ),
    Mutant(
        "where she is goes out without a wait",
        BRAKE,
        "    if Category.LOCATION in going.categories:\n        return wait\n",
        "",
        "tests/spec/test_recall.py",
    ),
    Mutant(
        "the first that goes to an agency goes without a wait",
        BRAKE,
        "return timedelta() if told_before else wait",
        "return timedelta()",
        "tests/spec/test_recall.py",
    ),
]
