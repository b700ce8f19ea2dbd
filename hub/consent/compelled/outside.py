"""What left on paper, for the ledger: reports and orders that went to somebody outside the hub."""

from hub.consent.compelled import scope
from hub.consent.compelled.opened import said, words_of
from hub.consent.compelled.tables import DutyRow, OrderRow
from hub.consent.duty import queries as duties
from hub.consent.orders import queries as orders
from hub.core.ids import CaseId, PersonId
from hub.core.words import Category, Ground
from hub.desk import Desk, ToldOutside


def told_outside(desk: Desk, case: CaseId) -> list[ToldOutside]:
    """Every sheet of a case, newest first, for its care team.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    found = [_report(desk, row) for row in duties.of_case(desk, case) if _on_paper(row)]
    found += [_order(desk, row) for row in orders.of_case(desk, case) if _on_paper(row)]
    return sorted(found, key=lambda each: (each.at, each.record), reverse=True)


def _on_paper(row: DutyRow | OrderRow) -> bool:
    return scope.told_at(row) is not None and row.to_agency is None


def _report(desk: Desk, row: DutyRow) -> ToldOutside:
    return ToldOutside(
        record=row.id,
        ground=Ground.LEGAL_DUTY,
        at=row.made_at or row.written_at,
        by=PersonId(row.made_by or ""),
        to=said(words_of(desk, row, ["making"]), "making", "to"),
        categories=_categories(desk, row.id),
        href=f"/cases/{row.case}/duties/{row.id}",
    )


def _order(desk: Desk, row: OrderRow) -> ToldOutside:
    return ToldOutside(
        record=row.id,
        ground=Ground.COURT_ORDER,
        at=row.complied_at or row.written_at,
        by=PersonId(row.complied_by or ""),
        to=said(words_of(desk, row, ["asking"]), "asking", "to"),
        categories=_categories(desk, row.id),
        href=f"/cases/{row.case}/orders/{row.id}",
    )


def _categories(desk: Desk, record: str) -> tuple[Category, ...]:
    told = {each.category for each in scope.rows(desk, record)}
    return tuple(each for each in Category if each in told)
