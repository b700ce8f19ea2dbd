"""Reads of duties to report: for the care team of the case, and for the agency that was told."""

from hub.cases.names import staff_with
from hub.consent.compelled import records, scope
from hub.consent.compelled.tables import DutyRow
from hub.consent.duty.report import Report
from hub.core.ids import CaseId, PersonId
from hub.core.words import Role
from hub.desk import Desk
from hub.door.keeping_out import let_in

USES = ("concern", "talk", "told_first", "making", "answer", "dropped")


def of_case(desk: Desk, case: CaseId) -> list[DutyRow]:
    """Every duty of a case, newest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    return records.of_case(desk, case, DutyRow)


def one(desk: Desk, case: CaseId, duty: str) -> DutyRow:
    """One duty of a case, for its care team.

    Raises:
        NothingHere: no such case, not this team's, or no such duty.
    """
    return records.one(desk, case, DutyRow, duty)


def as_report(desk: Desk, row: DutyRow) -> Report:
    """The frozen report a row stands for, as the rule asks it."""
    return Report(
        state=row.state,
        written_by=PersonId(row.written_by),
        discussed_with=PersonId(row.discussed_with) if row.discussed_with else None,
        discussed_at=row.discussed_at,
        informed=row.informed,
        informed_at=row.informed_at,
        telling=scope.telling(desk, row),
    )


def supervisors(desk: Desk, row: DutyRow) -> list[tuple[PersonId, str]]:
    """With whom it can be talked through: supervisors other than the writer, none kept out."""
    staff = staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR])
    people = let_in(desk.db, desk.sight, row.case, [person for person, _name in staff])
    away = {PersonId(row.written_by), desk.sight.person}
    return [(person, name) for person, name in staff if person in people and person not in away]
