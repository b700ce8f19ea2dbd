"""What is done with a receipt: give it, end it, open what it opens, take a release back with it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow, TenureRow
from hub.consent import queries
from hub.consent.receipt import VISIT, new_number
from hub.consent.receipt_tables import ReceiptRow, ReceiptVisitRow
from hub.consent.release import Release, live
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.errors import StepRefused
from hub.core.grounds import HerOwn
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, ReleaseId, fresh
from hub.core.language import _
from hub.core.words import Ground, HolderKind, Role
from hub.desk import Desk, Notice
from hub.door import (
    Ending,
    Entry,
    Sight,
    To,
    Told,
    audit,
    holder_of,
    make_holder,
    open_entries,
    share,
    told,
    unshare,
)
from hub.door.own_copy import OwnCopy, begin_copy, end_copy
from hub.door.wall import Errand, errand, face
from hub.people.keyed import mark

REVOKED: Final = "receipt_ended"


@dataclass(frozen=True, slots=True)
class Pins:
    """The two PINs as they are stored, and until when the receipt opens anything."""

    pin: str
    panic: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """What somebody reads of their own: what was shared, opened, and what they agreed to."""

    told: Sequence[Told]
    opened: dict[EnvelopeId, Entry]
    releases: Sequence[Release]


def current(desk: Desk, case: CaseId) -> ReceiptRow | None:
    """The receipt of a case that opens something now; None when there is none.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    cases.case(desk, case)
    wanted = select(ReceiptRow).where(
        col(ReceiptRow.case) == case,
        col(ReceiptRow.ended_at).is_(None),
        col(ReceiptRow.until) > desk.at,
    )
    found: ReceiptRow | None = desk.db.execute(wanted).scalar_one_or_none()
    return found


def alarms(desk: Desk) -> list[tuple[ReceiptRow, CaseRow]]:
    """Receipts not ended whose panic PIN was used, of open cases one is the case manager of."""
    found = (
        select(ReceiptRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(ReceiptRow.case))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.person) == desk.sight.person,
            col(TenureRow.ended_at).is_(None),
            col(ReceiptRow.ended_at).is_(None),
            col(ReceiptRow.panicked_at).is_not(None),
        )
        .order_by(col(ReceiptRow.panicked_at).desc(), col(ReceiptRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(found)]


def give(desk: Desk, case: CaseId, pins: Pins) -> str:
    """Give a receipt, in the place of any before it; the number, which is never shown again.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: the case is closed.
    """
    row = cases.case(desk, case)
    if row.closed_at is not None:
        raise StepRefused(_("This case is closed. Nothing new is given out of it."))
    end_receipts(desk, case)
    number, receipt = new_number(), fresh()
    holder = _holder(desk, row)
    made = ReceiptRow(
        id=receipt,
        case=case,
        agency=row.agency,
        holder=holder,
        mark=_mark(desk, number),
        pin=pins.pin,
        panic=pins.panic,
        given_by=desk.sight.person,
        given_at=desk.at,
        until=pins.until,
    )
    desk.db.add(made)
    desk.db.flush()
    own = OwnCopy(case, holder, receipt, pins.until)
    begin_copy(desk.db, desk.sight, own)
    _copy_what_was_shared(desk, row, own)
    desk.audit("receipt.given", case=case, record=receipt, until=pins.until.isoformat())
    return number


def _holder(desk: Desk, case: CaseRow) -> HolderId:
    known = holder_of(desk.db, HolderKind.SURVIVOR, case.id)
    agency, kind = AgencyId(case.agency), HolderKind.SURVIVOR
    return known or make_holder(desk.db, desk.hub.custody, kind, agency, of=case.id, at=desk.at)


def _copy_what_was_shared(desk: Desk, case: CaseRow, own: OwnCopy) -> None:
    """Copies of what was shared so far, whatever became of it; from now on the door makes them."""
    ground = HerOwn(own.record, own.until)
    lines = told(desk.db, desk.sight, HolderId(case.team))
    for envelope in sorted({line.envelope for line in released_abroad(lines, case.agency)}):
        share(desk.db, desk.sight, envelope, [To(own.holder, ground, own.until)])


def released_abroad(lines: Sequence[Told], own: str) -> list[Told]:
    """What left its agency because she agreed.

    What a law or a court demanded is told in person, or not at all where the court forbids it: a
    page that anybody may make her open is no place for it.
    """
    return [line for line in lines if line.agency != own and line.ground is Ground.RELEASE]


def end_receipts(desk: Desk, case: CaseId) -> int:
    """From the next request on, no receipt of this case opens anything; how many ended.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    cases.case(desk, case)
    ended = (
        update(ReceiptRow)
        .where(col(ReceiptRow.case) == case, col(ReceiptRow.ended_at).is_(None))
        .values(ended_at=desk.at)
        .returning(col(ReceiptRow.id))
    )
    gone = list(desk.db.execute(ended).scalars())
    for receipt in gone:
        end_copy(desk.db, desk.sight, receipt)
        unshare(desk.db, desk.sight, Ending(REVOKED, record=receipt))
        desk.audit("receipt.ended", case=case, record=receipt)
    visits = delete(ReceiptVisitRow).where(col(ReceiptVisitRow.receipt).in_(gone))
    desk.db.execute(visits)
    return len(gone)


def _mark(desk: Desk, number: str) -> str:
    return mark(desk.hub.signing, "receipt", number)


def find(desk: Desk, number: str) -> ReceiptRow | None:
    """The receipt of this number that opens something now; None without saying why."""
    return _live(desk, col(ReceiptRow.mark) == _mark(desk, number))


def _live(desk: Desk, which: object) -> ReceiptRow | None:
    wanted = select(ReceiptRow).where(
        which,  # type: ignore[arg-type] # a condition
        col(ReceiptRow.ended_at).is_(None),
        col(ReceiptRow.until) > desk.at,
    )
    with errand(desk.db, Errand.RECEIPT):
        found: ReceiptRow | None = desk.db.execute(wanted).scalar_one_or_none()
    return found


def begin_visit(desk: Desk, receipt: str, fitting: Sequence[str]) -> str | None:
    """What the pages of this visit carry; None when the receipt ended while its PIN was tried.

    Args:
        fitting: the stored PINs that what was typed fits. The panic PIN opens an empty page, and
            her case manager is told that something waits.
    """
    row = _live(desk, col(ReceiptRow.id) == receipt)
    if row is None or not {row.pin, row.panic} & set(fitting):
        return None
    empty = row.pin not in fitting
    token = secrets.token_urlsafe(32)
    until = desk.at + VISIT
    desk.db.add(ReceiptVisitRow(id=_hashed(token), receipt=receipt, empty=empty, until=until))
    if empty:
        _raise_alarm(desk, row)
    _note(desk, row, "receipt.alarm" if empty else "receipt.opened")
    return token


def _raise_alarm(desk: Desk, row: ReceiptRow) -> None:
    with errand(desk.db, Errand.RECEIPT):
        row.panicked_at = desk.at
        desk.db.flush()
        primary = cases.primaries(desk.db, [CaseId(row.case)]).get(row.case)
    if primary is not None:
        desk.notify(PersonId(primary), Notice(row.case, row.id))


def _note(desk: Desk, row: ReceiptRow, action: str) -> None:
    desk.db.flush()
    audit.note(desk.db, _sight(desk, row), action, {"record": row.id})


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def visited(desk: Desk, token: str) -> tuple[ReceiptRow, bool] | None:
    """Whose visit this is and whether it is an empty one; None when there is no such visit now."""
    wanted = select(ReceiptVisitRow).where(
        col(ReceiptVisitRow.id) == _hashed(token), col(ReceiptVisitRow.until) > desk.at
    )
    visit: ReceiptVisitRow | None = desk.db.execute(wanted).scalar_one_or_none()
    row = _live(desk, col(ReceiptRow.id) == visit.receipt) if visit else None
    return (row, visit.empty) if row and visit else None


def end_visit(desk: Desk, token: str) -> None:
    """Nothing opens with what the pages of this visit carried."""
    desk.db.execute(delete(ReceiptVisitRow).where(col(ReceiptVisitRow.id) == _hashed(token)))


def forget_visits(desk: Desk) -> None:
    """Forget visits that are over."""
    desk.db.execute(delete(ReceiptVisitRow).where(col(ReceiptVisitRow.until) <= desk.at))


def _sight(desk: Desk, row: ReceiptRow) -> Sight:
    """The sight of whoever carries a receipt: their own copy's key, and nothing else.

    In the log they go by the id of the receipt.
    """
    person, held = PersonId(row.id), frozenset({HolderId(row.holder)})
    return replace(desk.sight, person=person, agency=AgencyId(row.agency), holders=held)


def copy(desk: Desk, row: ReceiptRow) -> Copy:
    """Everything a receipt opens."""
    sight = _sight(desk, row)
    face(desk.db, sight)
    lines = told(desk.db, sight, HolderId(row.holder))
    abroad = released_abroad(lines, row.agency)
    opened = open_entries(desk.db, sight, [line.envelope for line in abroad])
    return Copy(abroad, opened, _releases(desk, row))


def _releases(desk: Desk, row: ReceiptRow) -> list[Release]:
    """What she agreed to and can take back, the newest first."""
    asked = select(ReleaseRow).where(col(ReleaseRow.case) == row.case)
    newest = asked.order_by(col(ReleaseRow.recorded_at).desc(), col(ReleaseRow.id))
    found = [queries.as_release(each) for each in desk.db.execute(newest).scalars()]
    return [each for each in found if live(each, desk.at)]


def take_back(desk: Desk, row: ReceiptRow, release: str) -> bool:
    """Take one release back, as if she had said so to her case manager; False when it is over.

    Her word is carried out with her care team's own key, which reads nothing here.
    """
    face(desk.db, _sight(desk, row))
    if release not in {each.id for each in _releases(desk, row)}:
        return False
    team = holder_of(desk.db, HolderKind.CARE_TEAM, row.case)
    if team is None:
        return False
    as_team = frozenset({Role.CASE_MANAGER})
    sight = replace(_sight(desk, row), holders=frozenset({team}), roles=as_team)
    withdraw(replace(desk, sight=sight), [ReleaseId(release)], Withdrawal(Mode.NUMBER))
    return True
