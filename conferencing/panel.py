"""On a case's page: where the case is on an agenda, for its care team."""

from collections.abc import Iterable

from conferencing import queries
from conferencing.item import ON_THE_AGENDA
from conferencing.meetings import when
from conferencing.tables import ConferenceRow, ItemRow
from conferencing.views import CaseConferences, PanelLine
from hub.cases import queries as cases
from hub.consent.wording import labels, listed
from hub.core.ids import CaseId
from hub.core.words import Category
from hub.desk import CasePanel, Desk


def case_conferences(desk: Desk, case: CaseId) -> CasePanel | None:
    """The meetings with items about this case; None where a closed case has none.

    Raises:
        NothingHere: the sight does not carry the case's key.
    """
    closed = cases.case(desk, case).closed_at is not None
    met: dict[str, ConferenceRow] = {}
    items: dict[str, list[ItemRow]] = {}
    for row, meeting in queries.items_of_case(desk, case):
        met[meeting.id] = meeting
        items.setdefault(meeting.id, []).append(row)
    if closed and not met:
        return None
    seats = queries.my_seats(desk, met) if met else {}
    lines = [_line(desk, met[id], rows, seats.get(id, "")) for id, rows in items.items()]
    return CasePanel(CaseConferences(tuple(lines)))


def _line(desk: Desk, meeting: ConferenceRow, rows: list[ItemRow], seat: str) -> PanelLine:
    return PanelLine(
        kind=str(meeting.kind.label),
        when=when(desk, meeting.starts_at),
        state=str(meeting.state.label),
        on=_categories(row for row in rows if row.state in ON_THE_AGENDA),
        waiting=_categories(row for row in rows if row.state not in ON_THE_AGENDA),
        seat=seat,
    )


def _categories(rows: Iterable[ItemRow]) -> str:
    return listed(labels({row.category for row in rows}, Category))
