"""Each read of a case refuses whoever carries no key to it, by itself, whoever asked before it."""

from collections.abc import Callable
from typing import Final

import pytest

from hub.cases import queries as cases
from hub.cases.emergency import queries as emergencies
from hub.cases.keeping import queries as keeping
from hub.cases.reaching import queries as reaching
from hub.consent import drafting, ledger_queries, receipts
from hub.consent import queries as consent
from hub.consent.compelled.outside import told_outside
from hub.consent.duty import queries as duties
from hub.consent.orders import queries as orders
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, ReleaseId, fresh
from hub.desk import Desk
from hub.door.ledgers import Walk, Which
from pathways.referrals import queries as referrals
from tests.referring import Story, begin
from tests.world import World

Read = Callable[[Desk, CaseId], object]

READS: Final[dict[str, Read]] = {
    "case": cases.case,
    "tenures": cases.tenures,
    "entries": cases.entries,
    "entries with rows": cases.entries_with_rows,
    "a line of entries": lambda desk, case: cases.entry_line(desk, case, fresh()),
    "the open offer": cases.open_offer,
    "offers": cases.offers_of,
    "releases": consent.releases,
    "live releases": lambda desk, case: consent.live_releases(desk, case, desk.sight.agency),
    "what she speaks": consent.access_words,
    "drafts of releases": drafting.drafts,
    "the receipt": receipts.current,
    "ledger": lambda desk, case: ledger_queries.lines(desk, Walk(case, Which.ALL, 9)),
    "copies of the ledger": ledger_queries.copies,
    "one copy": lambda desk, case: ledger_queries.copy(desk, case, fresh()),
    "what left on paper": told_outside,
    "names that must never know": keeping.never_names,
    "desks that must never know": keeping.never_rows,
    "ways to reach her": reaching.ways,
    "messages that wait": reaching.messages,
    "emergencies": emergencies.of_case,
    "duties": duties.of_case,
    "orders": orders.of_case,
}
STRANGERS: Final = ("joan", "dora", "petra", "tomas", "noor", "grace", "sofia", "ines")


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, which Tomas has a referral from."""
    told = begin(world)
    told.send()
    return told


@pytest.mark.parametrize("read", READS)
def test_no_read_of_a_case_answers_a_stranger(story: Story, read: str) -> None:
    for short in STRANGERS:
        with story.world.desk(getattr(story.world, short)) as desk, pytest.raises(NothingHere):
            READS[read](desk, story.case)


def test_lists_without_an_address_hold_nothing_of_it_for_a_stranger(story: Story) -> None:
    for short in STRANGERS:
        with story.world.desk(getattr(story.world, short)) as desk:
            assert cases.my_cases(desk) == []
            assert cases.cases_called(desk, "") == []
            assert referrals.of_case(desk, story.case) == []


def test_a_release_is_found_by_its_own_team_alone(story: Story) -> None:
    release = ReleaseId(story.release)
    for short in STRANGERS:
        with story.world.desk(getattr(story.world, short)) as desk:
            for read in (consent.release_row, consent.release):
                with pytest.raises(NothingHere):
                    read(desk, release)
