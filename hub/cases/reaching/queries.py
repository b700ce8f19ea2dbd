"""Reads of the ways to reach somebody, and of what waits for a safe hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from hub.cases import queries as cases
from hub.cases.reaching import keeping
from hub.cases.reaching.message import OPEN, State
from hub.cases.reaching.tables import MessageRow, SafeContactRow
from hub.cases.safe_contact import LASTS, Answer, contact_of, usable
from hub.cases.tables import CaseRow, TenureRow
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Category
from hub.desk import Desk
from hub.door import Entry, Sight, open_entries


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody, opened, and what the rule says of it now."""

    line: str
    entry: Entry
    answer: Answer


def asked(entry: Entry, row: SafeContactRow | None, at: datetime) -> Answer:
    """What the rule says of an opened contact."""
    return usable(contact_of(entry.body, shared=row.shared if row else False), at)


def ways(desk: Desk, case: CaseId) -> list[Way]:
    """The ways to reach somebody, newest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    found = cases.entries_with_rows(desk, case)
    kept = keeping.of_case(desk, case)
    return [
        Way(row.line, entry, asked(entry, kept.get(row.line), desk.at))
        for row, entry in found
        if entry.category is Category.CONTACT
    ]


def way(desk: Desk, case: CaseId, line: str) -> Way:
    """One of them.

    Raises:
        NothingHere: as `ways`, or the case has no such way.
    """
    for each in ways(desk, case):
        if each.line == line:
            return each
    raise NothingHere


def known_at_home(desk: Desk, case: CaseId) -> set[str]:
    """The entries of a case's ways to reach somebody that are the family's too."""
    return {row.envelope for row in keeping.of_case(desk, case).values() if row.shared}


def messages(desk: Desk, case: CaseId) -> list[MessageRow]:
    """What waits for a safe hour, the soonest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    cases.case(desk, case)
    waiting = select(MessageRow).where(
        col(MessageRow.case) == case, col(MessageRow.state).in_(OPEN)
    )
    soonest = waiting.order_by(col(MessageRow.due_at), col(MessageRow.id))
    return list(desk.db.execute(soonest).scalars())


def message(desk: Desk, case: CaseId, id: str) -> MessageRow:
    """One message that waits.

    Raises:
        NothingHere: as `messages`, or there is none such.
    """
    for row in messages(desk, case):
        if row.id == id:
            return row
    raise NothingHere


def of_message(db: Session, sight: Sight, row: MessageRow) -> tuple[Entry, Answer] | None:
    """The way a message would leave by, and what the rule says of it now; None if it is shut."""
    opened = open_entries(db, sight, [EnvelopeId(row.envelope)])
    entry = opened.get(EnvelopeId(row.envelope))
    kept = db.execute(
        select(SafeContactRow).where(col(SafeContactRow.line) == row.line)
    ).scalar_one_or_none()
    return None if entry is None else (entry, asked(entry, kept, sight.at))


def mine(desk: Desk, states: Iterable[State]) -> list[tuple[MessageRow, CaseRow]]:
    """Messages in these states, of open cases one is the case manager of, the soonest first."""
    found = (
        select(MessageRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(MessageRow.case))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.person) == desk.sight.person,
            col(TenureRow.ended_at).is_(None),
            col(MessageRow.state).in_(list(states)),
        )
        .order_by(col(MessageRow.due_at), col(MessageRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(found)]


def to_confirm(desk: Desk, ahead: datetime) -> list[tuple[SafeContactRow, CaseRow]]:
    """Ways whose confirmation is over by `ahead`, of open cases one is the case manager of."""
    found = (
        select(SafeContactRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(SafeContactRow.case))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.person) == desk.sight.person,
            col(TenureRow.ended_at).is_(None),
            col(SafeContactRow.confirmed_at) <= ahead - LASTS,
        )
        .order_by(col(SafeContactRow.confirmed_at), col(SafeContactRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(found)]


def shared(desk: Desk) -> list[tuple[SafeContactRow, CaseRow]]:
    """Ways that are the family's too, of open cases the sight carries a key to."""
    found = (
        select(SafeContactRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(SafeContactRow.case))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(SafeContactRow.shared).is_(True),
        )
        .order_by(col(SafeContactRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(found)]
