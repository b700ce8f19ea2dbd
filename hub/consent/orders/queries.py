"""Reads of court orders: for the care team, for the second person, for the agency that is told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from hub.cases.tables import CaseRow
from hub.consent.compelled import records, scope
from hub.consent.compelled.tables import OrderNoteRow, OrderRow
from hub.consent.orders.order import Means, NoteKind, Order, Outcome, State
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId, PersonId
from hub.core.words import Role
from hub.desk import Desk
from hub.door import live, open_entries, seen

USES = ("words", "silence", "asking", "sent_back", "set_aside")
SECONDS = frozenset({Role.SUPERVISOR, Role.PRIVACY_OFFICER})
"""Who can be the second person."""


@dataclass(frozen=True, slots=True)
class Note:
    """One attempt to tell the person, or one note beside an order."""

    kind: NoteKind
    at: datetime
    means: Means | None
    outcome: Outcome | None
    words: str
    by: PersonId


def of_case(desk: Desk, case: CaseId) -> list[OrderRow]:
    """Every order of a case, newest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    return records.of_case(desk, case, OrderRow)


def one(desk: Desk, case: CaseId, order: str) -> OrderRow:
    """One order of a case, for its care team.

    Raises:
        NothingHere: no such case, not this team's, or no such order.
    """
    return records.one(desk, case, OrderRow, order)


def notes(desk: Desk, row: OrderRow) -> list[Note]:
    """What was written down beside an order, oldest first."""
    asked = select(OrderNoteRow).where(col(OrderNoteRow.order) == row.id)
    found = list(
        desk.db.execute(asked.order_by(col(OrderNoteRow.at), col(OrderNoteRow.id))).scalars()
    )
    wanted = [EnvelopeId(each.words) for each in found if each.words]
    opened = open_entries(desk.db, desk.sight, wanted)
    return [
        Note(
            kind=each.kind,
            at=each.at,
            means=each.means,
            outcome=each.outcome,
            words=opened[EnvelopeId(each.words)].body["text"] if each.words in opened else "",
            by=PersonId(each.written_by),
        )
        for each in found
    ]


def attempts(desk: Desk, row: OrderRow) -> int:
    """How often it was tried to tell the person."""
    tried = select(func.count()).where(
        col(OrderNoteRow.order) == row.id, col(OrderNoteRow.kind) == NoteKind.NOTICE
    )
    return int(desk.db.execute(tried).scalar_one())


def as_order(desk: Desk, row: OrderRow) -> Order:
    """The frozen order a row stands for, as the rule asks it."""
    return Order(
        state=row.state,
        instrument=row.instrument,
        attempts=attempts(desk, row),
        silence_ordered=row.silence is not None,
        asked_by=PersonId(row.asked_by) if row.asked_by else None,
        approved_by=PersonId(row.approved_by) if row.approved_by else None,
        telling=scope.telling(desk, row),
    )


def asked_of_me(desk: Desk) -> list[tuple[OrderRow, CaseRow]]:
    """Orders that wait for a second person whom the one who looks can be, oldest first.

    A supervisor carries the case's key; a privacy officer only a key to what is asked, if they
    were one when it was asked.
    """
    if not desk.sight.roles & SECONDS:
        return []
    readable = select(live(desk.sight).c.envelope)
    asked = (
        select(OrderRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(OrderRow.case))
        .where(
            col(OrderRow.state) == State.ASKED,
            col(OrderRow.asked_by) != desk.sight.person,
            col(OrderRow.asking).in_(readable),
        )
        .order_by(col(OrderRow.asked_at), col(OrderRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(seen(asked, desk.sight))]


def asked(desk: Desk, order: str) -> tuple[OrderRow, CaseRow, dict[str, str]]:
    """One order that waits for the one who looks, with what is asked.

    Raises:
        NothingHere: none such waits for them, or they carry no key to what is asked.
    """
    for row, case in asked_of_me(desk):
        if row.id == order and row.asking:
            opened = open_entries(desk.db, desk.sight, [EnvelopeId(row.asking)])
            for entry in opened.values():
                return row, case, dict(entry.body)
    raise NothingHere
