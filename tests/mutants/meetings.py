"""Sabotages of conferences: who sits where, who holds which item, and what is said to others."""

from typing import Final

from tests.mutants.mutant import Mutant

QUERIES: Final = "conferencing/queries.py"
HELD: Final = "conferencing/held.py"
AGENDAS: Final = "conferencing/agendas.py"
SHARING: Final = "conferencing/sharing.py"
ITEMS: Final = "conferencing/item_actions.py"
ACTIONS: Final = "conferencing/actions.py"
ON_RELEASE: Final = "conferencing/on_release.py"
PAGES: Final = "conferencing/item_pages.py"

PARTICIPANT: Final = "tests/spec/test_conference_participant.py"
CALLER: Final = "tests/spec/test_conference_caller.py"
OWNER: Final = "tests/spec/test_conference_owner.py"
MESSAGES: Final = "tests/spec/test_conference_messages.py"
WAITING: Final = "tests/spec/test_items_wait.py"
LEAVING: Final = "tests/spec/test_leaving_work_with_survivors.py"
TWO_WORLDS: Final = "tests/spec/test_conference_two_worlds.py"

MEETINGS: Final = [
    Mutant(
        "somebody else's seat is a way in",
        QUERIES,
        """            col(SeatRow.person) == sight.person,
            col(SeatRow.removed_at).is_(None),
            or_(""",
        """            col(SeatRow.removed_at).is_(None),
            or_(""",
        PARTICIPANT,
    ),
    Mutant(
        "a seat that was taken away is a way in",
        QUERIES,
        """            col(SeatRow.removed_at).is_(None),
            or_(""",
        """            or_(""",
        CALLER,
    ),
    Mutant(
        "a meeting that is only prepared is known to those it is prepared for",
        QUERIES,
        "            or_(col(SeatRow.invited_at).is_not(None), "
        "col(ConferenceRow.chair) == sight.person),\n",
        "",
        PARTICIPANT,
    ),
    Mutant(
        "the agenda opens before the statement is confirmed",
        QUERIES,
        "    if place.seat.acknowledged_at is None:\n",
        "    if False:\n",
        PARTICIPANT,
    ),
    Mutant(
        "every item of a meeting is on everybody's agenda",
        HELD,
        '    _ITEM.conference == bindparam("conference"), open_to_sight(_ITEM.envelope)\n',
        '    _ITEM.conference == bindparam("conference")\n',
        PARTICIPANT,
    ),
    Mutant(
        "every decision about an item is shown, whoever may read it",
        HELD,
        "        open_to_sight(_DECISION.envelope),\n",
        "",
        f"{PARTICIPANT} {OWNER}",
    ),
    Mutant(
        "the rows of items are found without holding them",
        QUERIES,
        "return select(ItemRow).where(col(ItemRow.envelope).in_(select(live(sight).c.envelope)))",
        "return select(ItemRow)",
        PARTICIPANT,
    ),
    Mutant(
        "a reader of an item reaches the pages of whoever owns it",
        QUERIES,
        "        col(ItemRow.conference) == conference, col(ItemRow.agency) == desk.sight.agency\n",
        "        col(ItemRow.conference) == conference\n",
        PARTICIPANT,
    ),
    Mutant(
        "a task is shown to who can no longer read it",
        QUERIES,
        "            col(DecisionRow.envelope).in_(select(live(desk.sight).c.envelope)),\n",
        "",
        f"{PARTICIPANT} tests/spec/test_conference_on_other_pages.py",
    ),
    Mutant(
        "somebody reports on a task of somebody else",
        QUERIES,
        "done_by_me = row.task == ref and row.doer == desk.sight.person",
        "done_by_me = ref in {row.task, row.id}",
        PARTICIPANT,
    ),
    Mutant(
        "the code of a case is shown to everybody who hears of it",
        QUERIES,
        '    col(CaseRow.team).in_(bindparam("teams", expanding=True)),\n',
        "",
        PARTICIPANT,
    ),
    Mutant(
        "everybody at the table is shown beside every item",
        AGENDAS,
        "            for person, agency in reading[EnvelopeId(row.envelope)].items()\n"
        "            if person in others\n",
        '            for person, agency in dict.fromkeys(others, "").items()\n',
        PARTICIPANT,
    ),
    Mutant(
        "items are numbered with gaps where others have theirs",
        "conferencing/agenda.py",
        "return [Numbered(number, item) for number, item in enumerate(ordered, 1)]",
        "return [Numbered(item.position, item) for item in ordered]",
        "tests/rules/test_agenda.py",
    ),
    Mutant(
        "the minutes of hidden items count",
        AGENDAS,
        "        minutes=minutes_together(on),\n",
        "        minutes=place.meeting.minutes,\n",
        f"{PARTICIPANT} {TWO_WORLDS}",
    ),
    Mutant(
        "whoever is not in the chair sees who else is at the table",
        PAGES,
        "        sees_table=place.side is Side.CHAIR,\n",
        "        sees_table=True,\n",
        OWNER,
    ),
    Mutant(
        "an item is given to the table although it should wait",
        SHARING,
        "    ground = ReleaseGround(covered.release, Purpose.CONFERENCE, opens)\n",
        "    ground = ReleaseGround(covered.release, Purpose.CONFERENCE, None)\n",
        WAITING,
    ),
    Mutant(
        "a reader is told of an item before they can open it",
        SHARING,
        "Notice(row.case, seat.id, opens))",
        "Notice(row.case, seat.id))",
        WAITING,
    ),
    Mutant(
        "a decision about an item opens before the item does",
        SHARING,
        "        To(holder, ReleaseGround(lets[release], Purpose.CONFERENCE, opens), until)\n",
        "        To(holder, ReleaseGround(lets[release], Purpose.CONFERENCE, None), until)\n",
        WAITING,
    ),
    Mutant(
        "whoever has no work with survivors any more is still a guest who hears",
        QUERIES,
        "            col(PersonRoleRow.role).in_(list(WORKERS)),\n",
        "",
        f"{LEAVING} {PARTICIPANT}",
    ),
    Mutant(
        "taking an item back leaves it with those who could read it",
        ITEMS,
        '        unshare(desk.db, desk.sight, Ending("taken_off", holder=holder, '
        "envelopes=[paper]))\n",
        "        pass\n",
        OWNER,
    ),
    Mutant(
        "an item about where she is is given without a reason",
        ITEMS,
        "    if row.category is Category.LOCATION and not giving.place_reason:\n",
        "    if False:\n",
        WAITING,
    ),
    Mutant(
        "an item of another team's case is put on an agenda",
        ITEMS,
        "    if case(desk, about).closed_at is not None:\n",
        "    if False:\n",
        OWNER,
    ),
    Mutant(
        "somebody who cannot read an item is asked to do something about it",
        ITEMS,
        "    if resolution.doer not in doers(desk, place, row):\n",
        "    if False:\n",
        OWNER,
    ),
    Mutant(
        "whoever loses their seat keeps what they could read",
        ACTIONS,
        '            unshare(desk.db, desk.sight, Ending("seat_taken", holder=holder, '
        "envelopes=papers))\n",
        "            pass\n",
        CALLER,
    ),
    Mutant(
        "whoever loses their seat keeps the place and the hour",
        ACTIONS,
        '    unshare(desk.db, desk.sight, Ending("seat_taken", record=seat.id))\n',
        "",
        CALLER,
    ),
    Mutant(
        "the place of before can be read after it was changed",
        ACTIONS,
        '    unshare(desk.db, desk.sight, Ending("replaced", envelopes=[old]))\n',
        "",
        CALLER,
    ),
    Mutant(
        "the place of a cancelled meeting is still shown",
        "conferencing/meetings.py",
        'place="" if row.state is State.CANCELLED else known,',
        "place=known,",
        CALLER,
    ),
    Mutant(
        "news of an item leaves although she took it back",
        ON_RELEASE,
        "            if news:\n",
        "            if not news:\n",
        MESSAGES,
    ),
    Mutant(
        "taking back says nothing of what leaves an agenda",
        ON_RELEASE,
        "        if each.record in meeting.going:\n",
        "        if False:\n",
        MESSAGES,
    ),
    Mutant(
        "an item is heard by whoever said that they know her",
        SHARING,
        "    meet(desk, row)\n    (matter,) = matters(desk, [row])\n",
        "    (matter,) = matters(desk, [row])\n",
        "tests/spec/test_whoever_knows_her.py",
    ),
    Mutant(
        "only those who know her could hear an item that comes on the agenda",
        ITEMS,
        "    meet(desk, row)\n",
        "",
        "tests/spec/test_whoever_knows_her.py",
    ),
]
