"""Reads of emergency access: for whoever reads, and for the care team that is told of it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from hub.cases import queries as cases
from hub.cases.emergency.access import NEVER_OPENED, State
from hub.cases.emergency.tables import EmergencyRow, EmergencyTryRow
from hub.cases.tables import CaseEntryRow, CaseRow
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Role
from hub.desk import Desk
from hub.door import Entry, open_entries


def case_called(desk: Desk, code: str) -> CaseRow | None:
    """The case of the sight's own agency with exactly this code.

    None where there is none, where it is another agency's, and where the one who looks must not
    know of it: nothing tells the three apart.
    """
    asked = select(CaseRow).where(
        col(CaseRow.agency) == desk.sight.agency,
        col(CaseRow.code) == code,
        col(CaseRow.id).not_in(sorted(desk.sight.kept_out)),
    )
    found: CaseRow | None = desk.db.execute(asked).scalar_one_or_none()
    return found


def tries(db: Session, person: str, since: datetime) -> int:
    """How often somebody tried after `since`."""
    recent = select(func.count()).where(
        col(EmergencyTryRow.person) == person, col(EmergencyTryRow.at) > since
    )
    return int(db.execute(recent).scalar_one())


def current_entries(db: Session, case: CaseId) -> list[EnvelopeId]:
    """The envelopes of a case's current entries, newest first; it opens none."""
    asked = (
        select(col(CaseEntryRow.envelope))
        .where(
            col(CaseEntryRow.case) == case,
            col(CaseEntryRow.replaced_at).is_(None),
            col(CaseEntryRow.category).not_in(NEVER_OPENED),
        )
        .order_by(col(CaseEntryRow.at).desc(), col(CaseEntryRow.id))
        .limit(cases.MOST_ENTRIES)
    )
    return [EnvelopeId(each) for each in db.execute(asked).scalars()]


def lasting(desk: Desk, case: CaseId) -> EmergencyRow | None:
    """The access to a case that the one who looks has open now."""
    found: EmergencyRow | None = desk.db.execute(
        select(EmergencyRow).where(
            col(EmergencyRow.case) == case,
            col(EmergencyRow.person) == desk.sight.person,
            col(EmergencyRow.closed_at).is_(None),
            col(EmergencyRow.until) > desk.at,
        )
    ).scalar_one_or_none()
    return found


def mine(desk: Desk, access: str) -> tuple[EmergencyRow, CaseRow]:
    """One's own access, while it lasts.

    Raises:
        NothingHere: there is none such, it is somebody else's, it is over, or the one who looks
            must not know of the case any more.
    """
    found = desk.db.execute(
        select(EmergencyRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(EmergencyRow.case))
        .where(
            col(EmergencyRow.id) == access,
            col(EmergencyRow.person) == desk.sight.person,
            col(EmergencyRow.closed_at).is_(None),
            col(EmergencyRow.until) > desk.at,
            col(EmergencyRow.case).not_in(sorted(desk.sight.kept_out)),
        )
    ).one_or_none()
    if found is None:
        raise NothingHere
    return found[0], found[1]


def read(desk: Desk, access: EmergencyRow) -> list[tuple[str, Entry]]:
    """What an access opens, each with its line, in the order of the case's page.

    Those lent for it and no others.
    """
    wanted = current_entries(desk.db, CaseId(access.case))
    opened = open_entries(desk.db, desk.sight, wanted)
    lines = _lines(desk.db, wanted)
    lent = [entry for entry in opened.values() if entry.because.record == access.id]
    return [(lines[entry.envelope], entry) for entry in lent]


def _lines(db: Session, envelopes: list[EnvelopeId]) -> dict[str, str]:
    asked = select(col(CaseEntryRow.envelope), col(CaseEntryRow.line))
    found = db.execute(asked.where(col(CaseEntryRow.envelope).in_(envelopes)))
    return {row[0]: row[1] for row in found}


def of_case(desk: Desk, case: CaseId) -> list[EmergencyRow]:
    """Every emergency access to a case, newest first, for its care team.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    cases.case(desk, case)
    asked = select(EmergencyRow).where(col(EmergencyRow.case) == case)
    newest = asked.order_by(col(EmergencyRow.opened_at).desc(), col(EmergencyRow.id))
    return list(desk.db.execute(newest).scalars())


def one_of_case(desk: Desk, case: CaseId, access: str) -> EmergencyRow:
    """One emergency access to a case, for its care team.

    Raises:
        NothingHere: no such case, not this team's, or no such access.
    """
    for row in of_case(desk, case):
        if row.id == access:
            return row
    raise NothingHere


def words(desk: Desk, row: EmergencyRow) -> dict[str, str]:
    """What was typed about an access, opened: "reason" and "review"."""
    names = {"reason": row.reason, "review": row.review}
    opened = open_entries(
        desk.db, desk.sight, [EnvelopeId(name) for name in names.values() if name]
    )
    return {
        use: opened[EnvelopeId(name)].body["text"]
        for use, name in names.items()
        if name and EnvelopeId(name) in opened
    }


def can_review(desk: Desk, row: EmergencyRow) -> bool:
    """Whether the one who looks is a supervisor who did not read it, and it waits for one."""
    supervises = Role.SUPERVISOR in desk.sight.roles
    return supervises and row.person != desk.sight.person and row.state is State.UNREVIEWED


def unreviewed(desk: Desk) -> list[tuple[EmergencyRow, CaseRow]]:
    """Accesses that wait for a supervisor, of cases the sight carries a key to, oldest first."""
    asked = (
        select(EmergencyRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(EmergencyRow.case))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(EmergencyRow.state) == State.UNREVIEWED,
        )
        .order_by(col(EmergencyRow.opened_at), col(EmergencyRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(asked)]
