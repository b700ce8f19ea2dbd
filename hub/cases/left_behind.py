"""Open cases that no case manager can work on, for the supervisor to hand on."""

from sqlalchemy import ColumnElement, and_, exists, select
from sqlmodel import col

from hub.cases.handover import TAKERS
from hub.cases.tables import CaseRow, TenureRow
from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk, WorkItem
from hub.door.holders import is_carried
from hub.people.tables import PersonRoleRow, PersonRow


def left_behind(desk: Desk) -> list[WorkItem]:
    """One thing to do per such case, for supervisors; to nobody else does any of it exist."""
    if Role.SUPERVISOR not in desk.sight.roles:
        return []
    orphaned = (
        select(col(CaseRow.id), col(CaseRow.code))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.ended_at).is_(None),
            ~_managed(),
        )
        .order_by(col(CaseRow.code))
    )
    return [_item(case, code) for case, code in desk.db.execute(orphaned)]


def _managed() -> ColumnElement[bool]:
    """Whether whoever has the case works here, as somebody who takes cases, and carries its key."""
    works = exists().where(
        col(PersonRow.id) == col(TenureRow.person),
        col(PersonRow.disabled_at).is_(None),
        col(PersonRoleRow.person) == col(PersonRow.id),
        col(PersonRoleRow.role).in_(TAKERS),
    )
    return and_(works, is_carried(col(CaseRow.team), col(TenureRow.person)))


def _item(case: str, code: str) -> WorkItem:
    return WorkItem(
        due=None,
        what=f"{code} · " + _("without a case manager"),
        sentence=_("Its case manager cannot open it any more. Hand it to somebody else."),
        href=f"/cases/{case}/hand-over",
        step=_("Hand over"),
    )
