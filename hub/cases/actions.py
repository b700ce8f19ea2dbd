"""What is done with a case: open it, write in it, close it. One verb, one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select, update
from sqlmodel import Session, col

from hub.cases import queries
from hub.cases.bodies import WRITTEN_BY_HAND
from hub.cases.closing import ClosingReason
from hub.cases.handover import take_back_offer
from hub.cases.keeping.conflicts import met
from hub.cases.names import staff_with
from hub.cases.reaching import keeping
from hub.cases.tables import CaseEntryRow, CaseRow, TenureRow
from hub.core.clock import OPEN_END
from hub.core.errors import Changed, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import (
    AgencyId,
    CaseId,
    EnvelopeId,
    HolderId,
    PersonId,
    ServiceId,
    case_code,
    fresh,
)
from hub.core.language import _
from hub.core.words import Category, HolderKind, Role
from hub.desk import Desk
from hub.door import Sealing, To, join, make_holder, seal
from hub.door.holders import teams_to_hold
from hub.store.unit import rows_changed


@dataclass(frozen=True, slots=True)
class CaseOpening:
    """What is known when a case is opened.

    Attributes:
        came_by: the entry point she came by; None when that is not recorded.
        code: a code agreed beforehand; "" draws one.
    """

    came_by: ServiceId | None = None
    code: str = ""


def open_case(desk: Desk, opening: CaseOpening) -> CaseId:
    """Open a case; whoever opens it becomes its one primary case manager."""
    case, agency = CaseId(fresh()), desk.sight.agency
    team = make_holder(desk.db, desk.hub.custody, HolderKind.CARE_TEAM, agency, of=case, at=desk.at)
    _seat_team(desk, team)
    row = CaseRow(
        id=case,
        code=opening.code or _unused_code(desk.db, agency),
        agency=agency,
        team=team,
        opened_at=desk.at,
        came_by=opening.came_by,
    )
    desk.db.add(row)
    desk.db.flush()
    desk.db.add(TenureRow(id=fresh(), case=case, person=desk.sight.person, started_at=desk.at))
    desk.db.flush()
    _carry(desk, team)
    desk.audit("case.opened", case=case)
    return case


def _seat_team(desk: Desk, team: HolderId) -> None:
    """The one who opens a case and every supervisor of the agency carry its care team's key."""
    supervisors = staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR])
    for person in [desk.sight.person, *(each for each, _name in supervisors)]:
        join(desk.db, team, PersonId(person), desk.at)


def _carry(desk: Desk, team: HolderId) -> None:
    """Let the rest of this unit of work use the key its person was just given."""
    desk.sight = replace(desk.sight, holders=desk.sight.holders | {team})


def _unused_code(db: Session, agency: AgencyId) -> str:
    """A random code no other case of the agency has."""
    while True:
        drawn = case_code()
        same = select(col(CaseRow.id)).where(col(CaseRow.agency) == agency)
        if db.execute(same.where(col(CaseRow.code) == drawn)).first() is None:
            return drawn


def write_entry(
    desk: Desk, case: CaseId, category: Category, body: Mapping[str, str]
) -> EnvelopeId:
    """Write one more entry into a case, for its care team to read.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: the case is closed, or entries of that category come from elsewhere.
    """
    row = _open(desk, case)
    if category not in WRITTEN_BY_HAND:
        raise StepRefused(_("That is written elsewhere, not on the page of a case."))
    envelope = _seal_entry(desk, row, Sealing(category, body, row.id))
    line = fresh()
    _add_entry(desk, row, _entry_row(row, line, envelope, category, desk), body)
    desk.audit("entry.written", case=case, entry=line, kind=category.value)
    return envelope


def replace_entry(
    desk: Desk, case: CaseId, replaced: EnvelopeId, body: Mapping[str, str]
) -> EnvelopeId:
    """Put a newer entry in the place of one; the older one is kept behind it.

    Raises:
        NothingHere: no such case, or not this team's.
        Changed: that entry has been replaced already.
        StepRefused: the case is closed.
    """
    row = _open(desk, case)
    old = _retire(desk, case, replaced)
    envelope = _seal_entry(desk, row, Sealing(old.category, body, row.id))
    _add_entry(desk, row, _entry_row(row, old.line, envelope, old.category, desk), body)
    desk.audit("entry.replaced", case=case, entry=old.line, kind=old.category.value)
    return envelope


def _meet(desk: Desk, case: CaseId, category: Category, body: Mapping[str, str]) -> None:
    """Whoever of the agency said that they know somebody of this name is kept out."""
    if category is Category.IDENTITY:
        met(desk, case, body.get("name", ""), desk.sight.agency)


def _retire(desk: Desk, case: CaseId, replaced: EnvelopeId) -> CaseEntryRow:
    current = (
        col(CaseEntryRow.case) == case,
        col(CaseEntryRow.envelope) == replaced,
        col(CaseEntryRow.replaced_at).is_(None),
    )
    wanted = select(CaseEntryRow).where(*current)
    row: CaseEntryRow | None = desk.db.execute(wanted).scalar_one_or_none()
    retired = update(CaseEntryRow).where(*current).values(replaced_at=desk.at)
    if row is None or rows_changed(desk.db.execute(retired)) == 0:
        raise Changed
    return row


def _seal_entry(desk: Desk, case: CaseRow, sealing: Sealing) -> EnvelopeId:
    return seal(desk.db, desk.sight, sealing, [To(HolderId(case.team), OWN_WORK, OPEN_END)])


def _add_entry(desk: Desk, case: CaseRow, entry: CaseEntryRow, body: Mapping[str, str]) -> None:
    desk.db.add(entry)
    desk.db.flush()
    keeping.written(desk, case, entry, body)
    _meet(desk, CaseId(case.id), entry.category, body)


def _entry_row(
    case: CaseRow, line: str, envelope: EnvelopeId, category: Category, desk: Desk
) -> CaseEntryRow:
    return CaseEntryRow(
        id=fresh(), case=case.id, line=line, envelope=envelope, category=category, at=desk.at
    )


def _open(desk: Desk, case: CaseId) -> CaseRow:
    """The case, which must be open."""
    row = queries.case(desk, case)
    if row.closed_at is not None:
        raise StepRefused(_("This case is closed. What is in it stays as it is."))
    return row


def close_case(desk: Desk, case: CaseId, why: ClosingReason, version: int) -> None:
    """Close a case. Nothing in it is lost; an offer of it that still waits is taken back.

    Raises:
        NothingHere: no such case, or not this team's.
        Changed: somebody changed it since the page was opened.
        StepRefused: it is closed already.
    """
    desk.db.execute(teams_to_hold([case]).with_for_update(key_share=True)).all()
    keeping.let_go(desk, _open(desk, case))
    if queries.open_offer(desk, case) is not None:
        take_back_offer(desk, case)
    closed = (
        update(CaseRow)
        .where(
            col(CaseRow.id) == case,
            col(CaseRow.version) == version,
            col(CaseRow.closed_at).is_(None),
        )
        .values(closed_at=desk.at, closed_why=why, version=version + 1)
    )
    if rows_changed(desk.db.execute(closed)) == 0:
        raise Changed
    desk.audit("case.closed", case=case, reason=why.value)
