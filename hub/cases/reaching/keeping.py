"""What is kept beside each way to reach somebody, whenever a contact or the family is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from hub.cases.names import staff_with
from hub.cases.reaching.message import OPEN, STEPS, Side, State, Step
from hub.cases.reaching.tables import MessageRow, SafeContactRow
from hub.cases.safe_contact import also_known, contact_of
from hub.cases.tables import CaseEntryRow, CaseRow
from hub.core.clock import OPEN_END
from hub.core.grounds import OWN_WORK
from hub.core.ids import CaseId, EnvelopeId, fresh
from hub.core.states import advance
from hub.core.words import Category, Role
from hub.desk import Desk, Notice
from hub.door import Ending, Entry, To, open_entries, share, unshare
from hub.door.post import post_of

OF_INTEREST: Final = frozenset({Category.CONTACT, Category.FAMILY})


def written(desk: Desk, case: CaseRow, entry: CaseEntryRow, body: Mapping[str, str]) -> None:
    """Follow a new entry: keep when it was confirmed, and look for numbers that are shared."""
    if entry.category is Category.CONTACT:
        _keep(desk, case, entry, body)
    if entry.category in OF_INTEREST:
        _look_for_shared(desk, case)


def _keep(desk: Desk, case: CaseRow, entry: CaseEntryRow, body: Mapping[str, str]) -> None:
    row = of_line(desk, entry.line)
    if row is None:
        row = SafeContactRow(id=fresh(), case=case.id, line=entry.line, envelope=entry.envelope)
        desk.db.add(row)
    row.envelope = entry.envelope
    row.confirmed_at = _confirmed(body)
    desk.db.flush()
    _follow(desk, entry)


def _confirmed(body: Mapping[str, str]) -> datetime | None:
    return contact_of(body, shared=False).confirmed_at


def _follow(desk: Desk, entry: CaseEntryRow) -> None:
    """What waits for this way waits for its newer words, and is asked about again at once."""
    waiting = _held(desk, col(MessageRow.line) == entry.line)
    if not waiting:
        return
    post, old = post_of(desk.db, desk.sight), {row.envelope for row in waiting}
    hand_to_the_post(desk, EnvelopeId(entry.envelope))
    for row in waiting:
        if row.state is not State.WAITING:
            row.state = advance(STEPS, row.state, Step.RESUME, Side.TEAM)
        row.envelope, row.why = entry.envelope, None
        row.due_at, row.version = desk.at, row.version + 1
    desk.db.flush()
    replaced = [EnvelopeId(each) for each in sorted(old - {entry.envelope})]
    if replaced:
        unshare(desk.db, desk.sight, Ending("replaced", holder=post, envelopes=replaced))


def hand_to_the_post(desk: Desk, envelope: EnvelopeId) -> None:
    """Let the agency's post open this way to reach somebody, until what waits has left."""
    to = To(post_of(desk.db, desk.sight), OWN_WORK, OPEN_END)
    share(desk.db, desk.sight, envelope, [to])


def let_go(desk: Desk, case: CaseRow) -> None:
    """The case closes: what still waits is taken back, and the post opens nothing of it."""
    waiting = _held(desk, col(MessageRow.case) == case.id)
    for row in waiting:
        row.state = advance(STEPS, row.state, Step.CANCEL, Side.TEAM)
        row.ended_at, row.version = desk.at, row.version + 1
    desk.db.flush()
    envelopes = [EnvelopeId(row.envelope) for row in waiting]
    if envelopes:
        post = post_of(desk.db, desk.sight)
        unshare(desk.db, desk.sight, Ending("closed", holder=post, envelopes=envelopes))


def _held(desk: Desk, which: ColumnElement[bool]) -> list[MessageRow]:
    """The messages that wait, as they are now; none of them leaves until this work is over."""
    asked = select(MessageRow).where(which, col(MessageRow.state).in_(OPEN)).with_for_update()
    found = desk.db.execute(asked, execution_options={"populate_existing": True})
    return list(found.scalars())


def of_line(desk: Desk, line: str) -> SafeContactRow | None:
    """What is kept beside one way; None when it is no contact, or one from before."""
    asked = select(SafeContactRow).where(col(SafeContactRow.line) == line)
    found: SafeContactRow | None = desk.db.execute(asked).scalar_one_or_none()
    return found


def of_case(desk: Desk, case: CaseId) -> dict[str, SafeContactRow]:
    """What is kept beside each way of a case, by its line. Its care team asks."""
    asked = select(SafeContactRow).where(col(SafeContactRow.case) == case)
    return {row.line: row for row in desk.db.execute(asked).scalars()}


def _look_for_shared(desk: Desk, case: CaseRow) -> None:
    """Mark every way whose number or address is one of the family's; the supervisors are told."""
    entries = _current(desk, case)
    family = [" ".join(e.body.values()) for e in entries.values() if e.category is Category.FAMILY]
    for row in of_case(desk, CaseId(case.id)).values():
        entry = entries.get(EnvelopeId(row.envelope))
        if entry is None:
            continue
        shared = also_known(contact_of(entry.body, shared=False), family)
        if shared and not row.shared:
            _tell_supervisors(desk, case, row)
        row.shared = shared
    desk.db.flush()


def _current(desk: Desk, case: CaseRow) -> dict[EnvelopeId, Entry]:
    asked = select(col(CaseEntryRow.envelope)).where(
        col(CaseEntryRow.case) == case.id,
        col(CaseEntryRow.category).in_(OF_INTEREST),
        col(CaseEntryRow.replaced_at).is_(None),
    )
    envelopes: Sequence[str] = desk.db.execute(asked).scalars().all()
    return open_entries(desk.db, desk.sight, [EnvelopeId(each) for each in envelopes])


def _tell_supervisors(desk: Desk, case: CaseRow, row: SafeContactRow) -> None:
    for person, _name in staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR]):
        desk.notify(person, Notice(case.id, row.id))
    desk.audit("contact.shared", case=case.id, entry=row.line)
