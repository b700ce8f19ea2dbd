"""Sabotages of keeping people out: who must never know of her, and what would tell them."""

from typing import Final

from tests.mutants.mutant import Mutant

KEEPING_OUT: Final = "hub/door/keeping_out.py"
LIFTING: Final = "hub/door/lifting.py"
ENVELOPES: Final = "hub/door/envelopes.py"
SHARES: Final = "hub/door/shares.py"
LOOK: Final = "hub/door/look.py"
READERS: Final = "hub/door/readers.py"
HOLDERS: Final = "hub/door/holders.py"
OPENINGS: Final = "hub/door/openings.py"
CONFLICTS: Final = "hub/cases/keeping/conflicts.py"
NAMED: Final = "hub/cases/keeping/named.py"
ACTIONS: Final = "hub/cases/keeping/actions.py"
LENDING: Final = "hub/door/emergency.py"

RULE: Final = "tests/rules/test_keeping_out.py"
STRANGERS: Final = "tests/rules/test_strangers_at_the_door.py"
PEOPLE: Final = "tests/spec/test_kept_out_people.py"
KNOWING: Final = "tests/spec/test_conflicts_and_safe_contacts.py"
LETTING_IN: Final = "tests/spec/test_letting_in_again.py"
EMERGENCY: Final = "tests/spec/test_emergency_access.py"

KEEPING: Final = [
    Mutant(
        "whoever must never know opens what they hold",
        ENVELOPES,
        '        col(ShareRow.subject).not_in(bindparam("kept_out", expanding=True)),\n',
        "",
        RULE,
    ),
    Mutant(
        "whoever must never know finds it in lists that join the shares",
        SHARES,
        "            col(ShareRow.subject).not_in(sorted(sight.kept_out)),\n",
        "",
        RULE,
    ),
    Mutant(
        "whoever must never know finds it in lists that look at the shares",
        LOOK,
        '        col(_HELD.subject).not_in(bindparam("sight_kept_out", expanding=True)),\n',
        "",
        RULE,
    ),
    Mutant(
        "whoever must never know is shown beside an item",
        READERS,
        "        is_let_in(_SHARE.subject, _MEMBER.person),\n",
        "",
        STRANGERS,
    ),
    Mutant(
        "whoever must never know is counted among the readers",
        READERS,
        """        *in_time(ShareRow, bindparam("now", type_=UtcMoment)),
        is_let_in(col(ShareRow.subject), col(HolderMemberRow.person)),
""",
        """        *in_time(ShareRow, bindparam("now", type_=UtcMoment)),
""",
        STRANGERS,
    ),
    Mutant(
        "whoever must never know is named among those who can open it soon",
        READERS,
        """        col(ShareRow.opens_at) > bindparam("now", type_=UtcMoment),
        is_let_in(col(ShareRow.subject), col(HolderMemberRow.person)),
""",
        """        col(ShareRow.opens_at) > bindparam("now", type_=UtcMoment),
""",
        STRANGERS,
    ),
    Mutant(
        "a share is made for whoever must never know",
        ENVELOPES,
        "    refuse_kept_away(db, sight, subjects, list(holders))\n",
        "",
        RULE,
    ),
    Mutant(
        "a share is made for a person of an agency that must never know",
        KEEPING_OUT,
        "            col(KeepOutRow.away) == col(HolderRow.agency),\n",
        "            col(KeepOutRow.away).is_(None),\n",
        RULE,
    ),
    Mutant(
        "a supervisor who must never know carries the key of her team",
        HOLDERS,
        "return replace(sight, holders=held - teams, kept_out=away)",
        "return replace(sight, holders=held, kept_out=away)",
        RULE,
    ),
    Mutant(
        "a supervisor who must never know is not kept out at all",
        HOLDERS,
        "return replace(sight, holders=held - teams, kept_out=away)",
        "return replace(sight, holders=held - teams)",
        RULE,
    ),
    Mutant(
        "an agency is kept out and its people are not",
        KEEPING_OUT,
        'where(col(KeepOutRow.away) == bindparam("agency"), _NOW)',
        'where(col(KeepOutRow.away) == bindparam("person"), _NOW)',
        RULE,
    ),
    Mutant(
        "people of an agency that is kept out are told by mail",
        KEEPING_OUT,
        "or_(col(KeepOutRow.person) == person, col(KeepOutRow.away) == agency),",
        "or_(col(KeepOutRow.person) == person),",
        RULE,
    ),
    Mutant(
        "another agency reads who is kept out, and that she is somewhere",
        KEEPING_OUT,
        "            col(KeepOutRow.agency) == sight.agency,\n"
        "            col(KeepOutRow.desk).is_(None),\n",
        "            col(KeepOutRow.desk).is_(None),\n",
        RULE,
    ),
    Mutant(
        "one person alone lets somebody know again",
        LIFTING,
        "        col(KeepOutRow.lift_asked_by) != sight.person,\n",
        "",
        RULE,
    ),
    Mutant(
        "anybody says yes to letting somebody know again",
        LIFTING,
        "allowed = bool(MAY_CONFIRM & sight.roles)",
        "allowed = True",
        RULE,
    ),
    Mutant(
        "another agency lets somebody know again",
        LIFTING,
        "        col(KeepOutRow.agency) == sight.agency,\n",
        "",
        RULE,
    ),
    Mutant(
        "who must never know of her reads that somebody else is let in",
        LIFTING,
        "        col(KeepOutRow.subject).not_in(sorted(sight.kept_out)),\n",
        "",
        f"{LETTING_IN}::test_who_must_never_know_either_hears_of_nobody_who_must_not",
    ),
    Mutant(
        "who must never know is lent a key in an emergency",
        LENDING,
        "if found is None or subject in sight.kept_out:",
        "if found is None:",
        STRANGERS,
    ),
    Mutant(
        "an emergency finds a case for whoever must never know of it",
        "hub/cases/emergency/queries.py",
        """        col(CaseRow.code) == code,
        col(CaseRow.id).not_in(sorted(desk.sight.kept_out)),
""",
        """        col(CaseRow.code) == code,
""",
        EMERGENCY,
    ),
    Mutant(
        "an emergency goes on for whoever is kept out meanwhile",
        "hub/cases/emergency/queries.py",
        "            col(EmergencyRow.case).not_in(sorted(desk.sight.kept_out)),\n",
        "",
        EMERGENCY,
    ),
    Mutant(
        "an offer stays before whoever must never know of it",
        "hub/cases/queries.py",
        "            col(OfferRow.case).not_in(sorted(desk.sight.kept_out)),\n",
        "",
        f"{PEOPLE}::test_an_offer_is_gone_for_whoever_says_that_they_know_her",
    ),
    Mutant(
        "who must never know can be offered the case",
        "hub/cases/handover.py",
        "if person != now and person in may]",
        "if person != now]",
        f"{PEOPLE}::test_an_offer_to_them_is_taken_back_and_gone",
    ),
    Mutant(
        "an order is listed to whoever carries no key to what it asks",
        "hub/consent/orders/queries.py",
        "            col(OrderRow.asking).in_(readable),\n",
        "",
        "tests/spec/test_court_order.py",
    ),
    Mutant(
        "a privacy officer who must never know is given what a court asks",
        "hub/consent/compelled/scope.py",
        "people = let_in(desk.db, desk.sight, case.id, staff)",
        "people = staff",
        "tests/spec/test_court_order.py",
    ),
    Mutant(
        "a supervisor who must never know is offered for the talk before a report",
        "hub/consent/duty/queries.py",
        "if person in people and person not in away]",
        "if person not in away]",
        "tests/spec/test_legal_duty.py",
    ),
    Mutant(
        "that a colleague took it on is shown to whoever must never know",
        "pathways/referrals/queries.py",
        "        col(ReferralRow.case).not_in(sorted(desk.sight.kept_out)),\n",
        "",
        f"{PEOPLE}::test_all_that_they_are_shown_and_sent_is_as_if_she_did_not_exist",
    ),
    Mutant(
        "a name reaches an agency where somebody knows her, and they are not kept out",
        CONFLICTS,
        "    _aside(desk, case, found, agency)\n\n\ndef met_again",
        "\n\ndef met_again",
        f"{PEOPLE}::test_all_that_they_are_shown_and_sent_is_as_if_she_did_not_exist",
    ),
    Mutant(
        "whoever knows her is kept out without their mail being held back",
        CONFLICTS,
        "    silence(desk, case, apart)\n",
        "",
        f"{PEOPLE} {KNOWING}",
    ),
    Mutant(
        "whoever says later that they know her still sees her",
        CONFLICTS,
        """    for case in _cases_of(desk, known):
        _aside(desk, case, [desk.sight.person], desk.sight.agency)
""",
        "",
        f"{PEOPLE}::test_all_that_they_are_shown_and_sent_is_as_if_she_did_not_exist",
    ),
    Mutant(
        "whoever was case manager and knows her keeps it after handing over",
        "hub/cases/handover.py",
        "    met_again(desk, CaseId(case.id))\n",
        "",
        KNOWING,
    ),
    Mutant(
        "what must not go to a desk goes to it",
        NAMED,
        "if people and not desk_is_kept_out(desk, case, agency):",
        "if people:",
        "tests/spec/test_unsafe_desk.py",
    ),
    Mutant(
        "a safe contact who must never know receives it",
        NAMED,
        "for person in let_in_but_for_the_desk(desk.db, desk.sight, case, named):",
        "for person in named:",
        KNOWING,
    ),
    Mutant(
        "keeping an agency out leaves its releases in force",
        ACTIONS,
        "    withdraw(desk, [each.id for each in to_them if each.state in standing], "
        "Withdrawal(mode))\n",
        "",
        LETTING_IN,
    ),
    Mutant(
        "keeping somebody out lets the mail that waits for them leave",
        ACTIONS,
        "    silence(desk, case, accounts)\n",
        "",
        f"{PEOPLE} {LETTING_IN}",
    ),
    Mutant(
        "an agency that must never know is offered for a release",
        "hub/consent/actions.py",
        "if is_kept_away(desk.db, desk.sight, row.id, terms.to_agency):",
        "if False:",
        "tests/spec/test_recording_a_release.py",
    ),
    Mutant(
        "whoever must never know is given an item at a meeting",
        "conferencing/sharing.py",
        "return frozenset(seated) - frozenset(let_in(desk.db, desk.sight, row.case, seated))",
        "return frozenset()",
        KNOWING,
    ),
    Mutant(
        "somebody who must never know is told by mail",
        "hub/desk.py",
        "if told.subject and not let_in(self.db, self.sight, told.subject, [person]):",
        "if False:",
        RULE,
    ),
]
