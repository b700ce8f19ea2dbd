"""What this agency was told by law or by a court: read by its intake desk while it lasts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from hub.cases import queries as cases
from hub.consent.compelled import records, scope
from hub.consent.compelled.tables import DutyRow, OrderRow
from hub.consent.duty import report
from hub.consent.orders import order
from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, CaseId, PersonId
from hub.core.states import advance
from hub.core.words import Ground
from hub.desk import Desk, Notice
from hub.door import live, seen

GROUNDS = (Ground.LEGAL_DUTY, Ground.COURT_ORDER)


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that was told to the agency of the sight."""

    record: str
    ground: Ground
    from_agency: AgencyId
    by: PersonId
    at: datetime
    until: datetime
    acknowledged_at: datetime | None
    version: int


def received(desk: Desk) -> list[Received]:
    """What the one who looks can read of it now, newest first."""
    held = live(desk.sight)
    mine = select(held.c.record).where(held.c.ground.in_(GROUNDS)).distinct()
    records = list(desk.db.execute(seen(mine, desk.sight)).scalars())
    if not records:
        return []
    duties = select(DutyRow).where(col(DutyRow.id).in_(records))
    orders = select(OrderRow).where(col(OrderRow.id).in_(records))
    found = [_of_duty(row) for row in desk.db.execute(duties).scalars()]
    found += [_of_order(row) for row in desk.db.execute(orders).scalars()]
    return sorted(found, key=lambda each: (each.at, each.record), reverse=True)


def _of_duty(row: DutyRow) -> Received:
    return Received(
        record=row.id,
        ground=Ground.LEGAL_DUTY,
        from_agency=AgencyId(row.agency),
        by=PersonId(row.made_by or ""),
        at=row.made_at or row.written_at,
        until=row.until or row.written_at,
        acknowledged_at=row.acknowledged_at,
        version=row.version,
    )


def _of_order(row: OrderRow) -> Received:
    return Received(
        record=row.id,
        ground=Ground.COURT_ORDER,
        from_agency=AgencyId(row.agency),
        by=PersonId(row.complied_by or ""),
        at=row.complied_at or row.written_at,
        until=row.until or row.written_at,
        acknowledged_at=row.acknowledged_at,
        version=row.version,
    )


def one(desk: Desk, record: str) -> Received:
    """One of them.

    Raises:
        NothingHere: there is none such, or it is over.
    """
    for each in received(desk):
        if each.record == record:
            return each
    raise NothingHere


def pieces(desk: Desk, told: Received) -> list[scope.Piece]:
    """The very entries, by the projection the sender saw before."""
    return scope.told_pieces(desk, told.record)


def acknowledge(desk: Desk, told: Received, version: int) -> None:
    """Say that it arrived; the case manager of those who told it is told so.

    Raises:
        StepRefused: that was said before.
        Changed: somebody else said it at the same moment.
    """
    arrived = _duty_arrived if told.ground is Ground.LEGAL_DUTY else _order_arrived
    case = arrived(desk, told, version)
    for person in cases.case_managers(desk.db, case):
        desk.notify(person, Notice(case, told.record))
    desk.audit("told.acknowledged", record=told.record)


def _duty_arrived(desk: Desk, told: Received, version: int) -> CaseId:
    row = desk.db.get_one(DutyRow, told.record)
    state = advance(report.STEPS, row.state, report.Step.ACKNOWLEDGE, report.Side.RECEIVER)
    records.change(desk, row, version, {"state": state, "acknowledged_at": desk.at})
    return CaseId(row.case)


def _order_arrived(desk: Desk, told: Received, version: int) -> CaseId:
    row = desk.db.get_one(OrderRow, told.record)
    state = advance(order.STEPS, row.state, order.Step.ACKNOWLEDGE, order.Side.RECEIVER)
    records.change(desk, row, version, {"state": state, "acknowledged_at": desk.at})
    return CaseId(row.case)
