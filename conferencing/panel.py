"""On a case's page: where the case is on an agenda, for its care team."""

from conferencing import queries
from conferencing.views import CaseConferences, PanelLine
from hub.core.ids import CaseId
from hub.desk import CasePanel, Desk


def case_conferences(desk: Desk, case: CaseId) -> CasePanel | None:
    """The meetings with items about this case; None where there are none."""
    found = queries.items_of_case(desk, case)
    if not found:
        return None
    seats = queries.my_seats(desk, {meeting.id for _row, meeting in found})
    lines = [
        PanelLine(
            kind=str(meeting.kind.label),
            starts_at=meeting.starts_at,
            state=str(row.state.label),
            seat=seats.get(meeting.id, ""),
            item=row.id,
        )
        for row, meeting in found
    ]
    return CasePanel(CaseConferences(tuple(lines)))
