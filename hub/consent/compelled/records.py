"""What a duty and an order have in common as rows: found on a case, changed by version."""

from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow, TenureRow
from hub.consent.compelled.tables import DutyRow, OrderRow
from hub.core.errors import Changed, NothingHere
from hub.core.ids import CaseId
from hub.desk import Desk
from hub.store.unit import rows_changed

Compelled = TypeVar("Compelled", DutyRow, OrderRow)


def of_case(desk: Desk, case: CaseId, kind: type[Compelled]) -> list[Compelled]:
    """Every record of the kind about a case, newest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    cases.case(desk, case)
    asked = select(kind).where(col(kind.case) == case)
    newest = asked.order_by(col(kind.written_at).desc(), col(kind.id))
    return list(desk.db.execute(newest).scalars())


def one(desk: Desk, case: CaseId, kind: type[Compelled], record: str) -> Compelled:
    """One of them.

    Raises:
        NothingHere: no such case, not this team's, or no such record.
    """
    for row in of_case(desk, case, kind):
        if row.id == record:
            return row
    raise NothingHere


def of_my_cases(
    desk: Desk, kind: type[Compelled], state: StrEnum
) -> list[tuple[Compelled, CaseRow]]:
    """Records in this state, of cases one is case manager of now, longest first."""
    asked = (
        select(kind, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(kind.case))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(TenureRow.person) == desk.sight.person,
            col(TenureRow.ended_at).is_(None),
            col(kind.state) == state,
            col(kind.case).not_in(sorted(desk.sight.kept_out)),
        )
        .order_by(col(kind.written_at), col(kind.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(asked)]


def change(desk: Desk, row: DutyRow | OrderRow, version: int, kept: dict[str, Any]) -> None:
    """Keep these values of the row.

    Raises:
        Changed: the row is not any more as the page of that version showed it.
    """
    kind = type(row)
    changed = (
        update(kind)
        .where(col(kind.id) == row.id, col(kind.version) == version)
        .values(version=version + 1, **kept)
    )
    if rows_changed(desk.db.execute(changed)) == 0:
        raise Changed
