"""What is done in an emergency: try, open, close early, review. One verb, one transaction."""

from sqlalchemy import delete, select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.emergency import queries
from hub.cases.emergency.access import (
    LASTS,
    MOST_TRIES,
    STEPS,
    TRIES_WITHIN,
    EmergencyGround,
    Side,
    State,
    Step,
)
from hub.cases.emergency.tables import EmergencyRow, EmergencyTryRow
from hub.cases.tables import CaseRow
from hub.core.clock import OPEN_END
from hub.core.errors import Changed, FormRefused, StepRefused, TooMany
from hub.core.grounds import OWN_WORK
from hub.core.ids import CaseId, EnvelopeId, HolderId, PersonId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import Category
from hub.desk import Desk, Notice
from hub.door import Ending, Sealing, To, custodians, seal, unshare
from hub.door.emergency import Loan, lend
from hub.store.unit import rows_changed


def count_try(desk: Desk) -> None:
    """Write down one more try, before anything is looked up.

    Raises:
        TooMany: five within fifteen minutes. A refused try is not counted.
    """
    if queries.tries(desk.db, desk.sight.person, desk.at - TRIES_WITHIN) >= MOST_TRIES:
        raise TooMany
    desk.db.add(EmergencyTryRow(id=fresh(), person=desk.sight.person, at=desk.at))
    desk.audit("emergency.tried", person=desk.sight.person)


def forget_tries(desk: Desk) -> None:
    """Forget tries that no longer count."""
    desk.db.execute(
        delete(EmergencyTryRow).where(col(EmergencyTryRow.at) <= desk.at - TRIES_WITHIN)
    )


def open_in_emergency(desk: Desk, code: str, reason: str) -> str:
    """Open the current entries of a case to the one who looks, for fifteen minutes.

    Whoever has it open already is led back to it.

    Raises:
        FormRefused: the agency has no such case for the one who looks; one answer for all ways.
        KeyOutOfReach: custody cannot lend the care team's key.
    """
    case = queries.case_called(desk, code)
    if case is None:
        raise FormRefused({"code": _("No case at your agency has this code. Check it.")})
    again = queries.lasting(desk, CaseId(case.id))
    if again is not None:
        return again.id
    row = _row(desk, case, reason)
    desk.db.add(row)
    desk.db.flush()
    count = lend(desk.db, desk.sight, _loan(desk, row))
    _tell(desk, case, row)
    desk.audit("emergency.opened", case=case.id, record=row.id, count=count)
    return row.id


def _row(desk: Desk, case: CaseRow, reason: str) -> EmergencyRow:
    return EmergencyRow(
        id=fresh(),
        case=case.id,
        person=desk.sight.person,
        opened_at=desk.at,
        until=desk.at + LASTS,
        reason=_sealed(desk, case, reason),
        state=State.UNREVIEWED,
    )


def _sealed(desk: Desk, case: CaseRow, words: str) -> EnvelopeId:
    sealing = Sealing(Category.WORKINGS, {"text": words}, case.id)
    return seal(desk.db, desk.sight, sealing, [To(HolderId(case.team), OWN_WORK, OPEN_END)])


def _loan(desk: Desk, row: EmergencyRow) -> Loan:
    ground = EmergencyGround(row.id, desk.sight.agency, row.opened_at)
    return Loan(row.case, queries.current_entries(desk.db, CaseId(row.case)), ground, row.until)


def _tell(desk: Desk, case: CaseRow, row: EmergencyRow) -> None:
    """The primary case manager and every supervisor of the case, at once."""
    for person in custodians(desk.db, HolderId(case.team)):
        if person != desk.sight.person:
            desk.notify(person, Notice(case.id, row.id))


def close_early(desk: Desk, access: str) -> None:
    """Nothing more is needed: from the next request on it opens nothing.

    Raises:
        NothingHere: there is none such that lasts, or it is somebody else's.
    """
    row, case = queries.mine(desk, access)
    _end(desk, row)
    desk.audit("emergency.closed", case=case.id, record=row.id)


def end_all_of(desk: Desk, person: PersonId) -> None:
    """Whatever somebody has open now ends: they work with people no more."""
    lasting = select(EmergencyRow).where(
        col(EmergencyRow.person) == person,
        col(EmergencyRow.closed_at).is_(None),
        col(EmergencyRow.until) > desk.at,
    )
    for row in desk.db.execute(lasting).scalars().all():
        _end(desk, row)


def _end(desk: Desk, row: EmergencyRow) -> None:
    desk.db.execute(
        update(EmergencyRow)
        .where(col(EmergencyRow.id) == row.id, col(EmergencyRow.closed_at).is_(None))
        .values(closed_at=desk.at)
    )
    unshare(desk.db, desk.sight, Ending("closed", record=row.id))


def review(desk: Desk, row: EmergencyRow, step: Step, words: str, version: int) -> None:
    """A supervisor who did not read it says whether it was justified; what still lasts ends.

    Raises:
        StepRefused: it was reviewed before, there are no words, or they cannot review it.
        Changed: somebody else reviewed it at the same moment.
    """
    case = cases.case(desk, CaseId(row.case))
    if not queries.can_review(desk, row):
        raise StepRefused(_("Another supervisor than the one who opened it reviews it, once."))
    state = advance(STEPS, row.state, step, Side.SUPERVISOR, words)
    changed = (
        update(EmergencyRow)
        .where(col(EmergencyRow.id) == row.id, col(EmergencyRow.version) == version)
        .values(
            state=state,
            reviewed_by=desk.sight.person,
            reviewed_at=desk.at,
            review=_sealed(desk, case, words),
            version=row.version + 1,
        )
    )
    if rows_changed(desk.db.execute(changed)) == 0:
        raise Changed
    if row.until > desk.at and row.closed_at is None:
        _end(desk, row)
    desk.audit("emergency.reviewed", case=case.id, record=row.id, state=state.value)
