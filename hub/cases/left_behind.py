"""Open cases whose primary case manager has left, for the supervisor to hand on."""

from sqlalchemy import select
from sqlmodel import col

from hub.cases.tables import CaseRow, TenureRow
from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk, WorkItem
from hub.people.tables import PersonRow


def left_behind(desk: Desk) -> list[WorkItem]:
    """One thing to do per such case, for supervisors; to nobody else does any of it exist."""
    if Role.SUPERVISOR not in desk.sight.roles:
        return []
    orphaned = (
        select(col(CaseRow.id), col(CaseRow.code))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .join(PersonRow, col(PersonRow.id) == col(TenureRow.person))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.ended_at).is_(None),
            col(PersonRow.disabled_at).is_not(None),
        )
        .order_by(col(CaseRow.code))
    )
    return [_item(case, code) for case, code in desk.db.execute(orphaned)]


def _item(case: str, code: str) -> WorkItem:
    return WorkItem(
        due=None,
        what=f"{code} · " + _("without a case manager"),
        sentence=_("Its case manager does not work here any more. Hand it to somebody else."),
        href=f"/cases/{case}/hand-over",
        step=_("Hand over"),
    )
