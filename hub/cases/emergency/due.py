"""What emergency access brings to the start page: reviews that wait, and what is open now."""

from hub.cases.emergency import queries
from hub.cases.names import names_of
from hub.core.language import _
from hub.desk import Desk, WorkItem


def to_review(desk: Desk) -> list[WorkItem]:
    """Accesses to cases one carries the key of, until another supervisor has reviewed them."""
    found = [each for each in queries.unreviewed(desk) if each[0].person != desk.sight.person]
    names = names_of(desk.db, [row.person for row, _case in found])
    return [
        WorkItem(
            due=row.opened_at,
            what=f"{case.code} · " + _("opened in an emergency"),
            sentence=_sentence(queries.can_review(desk, row), names.get(row.person, "")),
            href=f"/cases/{case.id}/emergencies/{row.id}",
            step=_("Review it") if queries.can_review(desk, row) else _("Look at it"),
            overdue=True,
        )
        for row, case in found
    ]


def _sentence(reviews: bool, name: str) -> str:
    if reviews:
        return _("{name} opened it for 15 minutes. Read why, and say what you think.").format(
            name=name
        )
    return _("{name} opened it for 15 minutes. A supervisor reviews it.").format(name=name)
