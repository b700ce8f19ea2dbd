"""Reads of cases. Each begins from the keys the sight carries: no key, nothing here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from hub.cases.bodies import spoken_of as said_in
from hub.cases.closing import ClosingReason
from hub.cases.tables import CaseEntryRow, CaseRow, OfferRow, TenureRow
from hub.cases.tenure import OfferState, Tenure
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId, HolderId, PersonId
from hub.core.words import Category, SpokenOf
from hub.desk import Desk
from hub.door import Entry, Sight, custodians, open_entries
from hub.door.wall import Errand, errand

MOST_ENTRIES: Final = 500
MOST_CASES: Final = 500


@dataclass(frozen=True, slots=True)
class LineOfEntries:
    """The current entry of a line and the ones it replaced, newest first."""

    row: CaseEntryRow
    entries: list[Entry]


def _mine(sight: Sight) -> Select[CaseRow]:
    """Every case whose care team's key the sight carries; the only way to a case."""
    return select(CaseRow).where(col(CaseRow.team).in_(sorted(sight.holders)))


def case(desk: Desk, case: CaseId) -> CaseRow:
    """One case.

    Raises:
        NothingHere: there is no such case, or the sight does not carry its care team's key.
    """
    wanted = _mine(desk.sight).where(col(CaseRow.id) == case)
    row: CaseRow | None = desk.db.execute(wanted).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row


def my_cases(desk: Desk) -> list[CaseRow]:
    """The cases the sight carries a key to: open ones first, then the newest first."""
    asked = _mine(desk.sight).order_by(
        col(CaseRow.closed_at).is_not(None), col(CaseRow.opened_at).desc(), col(CaseRow.id)
    )
    return list(desk.db.execute(asked.limit(MOST_CASES)).scalars())


def cases_called(desk: Desk, code: str) -> list[CaseRow]:
    """The same, whose code begins with `code`; the words inside a case are never searched."""
    begins = col(CaseRow.code).startswith(code.upper(), autoescape=True)
    asked = _mine(desk.sight).where(begins).order_by(col(CaseRow.code))
    return list(desk.db.execute(asked.limit(MOST_CASES)).scalars())


def care_team(db: Session, case: CaseId) -> HolderId:
    """The holder that stands for a case's care team.

    Raises:
        NothingHere: there is no such case.
    """
    team = db.execute(select(col(CaseRow.team)).where(col(CaseRow.id) == case)).scalar_one_or_none()
    if team is None:
        raise NothingHere
    return HolderId(team)


def primary(db: Session, case: CaseId) -> PersonId:
    """The one primary case manager now.

    Raises:
        NothingHere: there is no such case.
    """
    return PersonId(current_tenure(db, case).person)


def current_tenure(db: Session, case: CaseId) -> TenureRow:
    """The tenure that lasts.

    Raises:
        NothingHere: there is no such case.
    """
    lasts = select(TenureRow).where(col(TenureRow.case) == case, col(TenureRow.ended_at).is_(None))
    row: TenureRow | None = db.execute(lasts).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row


def primaries(db: Session, cases: list[CaseId]) -> dict[str, str]:
    """The primary case manager of each of these cases."""
    if not cases:
        return {}
    lasts = select(col(TenureRow.case), col(TenureRow.person)).where(
        col(TenureRow.case).in_(cases), col(TenureRow.ended_at).is_(None)
    )
    return {row[0]: row[1] for row in db.execute(lasts)}


def case_managers(db: Session, case: CaseId) -> list[PersonId]:
    """Who is told of what others did: the primary case manager now, at whatever agency.

    For a case without one, whoever holds its key. Nobody is shown them by this.
    """
    with errand(db, Errand.TELLING):
        now = primaries(db, [case]).get(case)
        return [PersonId(now)] if now is not None else custodians(db, care_team(db, case))


def arrivals(
    db: Session, sight: Sight, since: datetime, until: datetime
) -> list[tuple[str, str, int]]:
    """How many cases each agency opened for people who came by each entry point.

    Args:
        since, until: of the opening; `until` is not included.

    Returns:
        Rows of entry point, agency and count. It counts from routes alone and needs no key, so
        nobody is shown a row: what leaves must go through `pathways.statistics`.
    """
    counted = (
        select(col(CaseRow.came_by), col(CaseRow.agency), func.count())
        .where(
            col(CaseRow.came_by).is_not(None),
            col(CaseRow.opened_at) >= since,
            col(CaseRow.opened_at) < until,
            col(CaseRow.closed_why).is_distinct_from(ClosingReason.OPENED_IN_ERROR),
        )
        .group_by(col(CaseRow.came_by), col(CaseRow.agency))
        .order_by(col(CaseRow.came_by), col(CaseRow.agency))
    )
    with errand(db, Errand.COUNTING):
        return [(row[0], row[1], row[2]) for row in db.execute(counted)]


def tenures(desk: Desk, case_id: CaseId) -> list[Tenure]:
    """Everybody who was primary case manager, oldest first.

    Raises:
        NothingHere: as `case`.
    """
    case(desk, case_id)
    asked = select(TenureRow).where(col(TenureRow.case) == case_id)
    rows = desk.db.execute(asked.order_by(col(TenureRow.started_at))).scalars()
    return [Tenure(PersonId(row.person), row.started_at, row.ended_at) for row in rows]


def entries(desk: Desk, case_id: CaseId) -> list[Entry]:
    """The current entries of a case, opened, in the order of the categories, then newest first.

    Raises:
        NothingHere: as `case`.
    """
    opened = [entry for _row, entry in entries_with_rows(desk, case_id)]
    order = {category: place for place, category in enumerate(Category)}
    return sorted(opened, key=lambda entry: order[entry.category])


def entries_with_rows(desk: Desk, case_id: CaseId) -> list[tuple[CaseEntryRow, Entry]]:
    """The current entries of a case beside their rows, newest first."""
    case(desk, case_id)
    asked = (
        select(CaseEntryRow)
        .where(col(CaseEntryRow.case) == case_id, col(CaseEntryRow.replaced_at).is_(None))
        .order_by(col(CaseEntryRow.at).desc(), col(CaseEntryRow.id))
    )
    rows = list(desk.db.execute(asked.limit(MOST_ENTRIES)).scalars())
    opened = open_entries(desk.db, desk.sight, [EnvelopeId(row.envelope) for row in rows])
    return [(row, opened[EnvelopeId(row.envelope)]) for row in rows if row.envelope in opened]


def spoken_of(desk: Desk, case_id: CaseId) -> SpokenOf:
    """How the pages of a case speak of its survivor: as the newest identity that says so has it.

    Whoever cannot open the case's identity learns nothing: it is "they", as where none is written.
    """
    return said_in(entry.body for entry in identities(desk, case_id))


def identities(desk: Desk, case_id: CaseId) -> list[Entry]:
    """Who the case is about, as its current entries say it, newest first; what the sight opens."""
    asked = (
        select(col(CaseEntryRow.envelope))
        .where(
            col(CaseEntryRow.case) == case_id,
            col(CaseEntryRow.category) == Category.IDENTITY,
            col(CaseEntryRow.replaced_at).is_(None),
        )
        .order_by(col(CaseEntryRow.at).desc(), col(CaseEntryRow.id))
    )
    envelopes = [EnvelopeId(each) for each in desk.db.execute(asked.limit(MOST_ENTRIES)).scalars()]
    return list(open_entries(desk.db, desk.sight, envelopes).values())


def entry_line(desk: Desk, case_id: CaseId, line: str) -> LineOfEntries:
    """One entry with everything it replaced.

    Raises:
        NothingHere: as `case`, or the case has no such entry.
    """
    case(desk, case_id)
    asked = (
        select(CaseEntryRow)
        .where(col(CaseEntryRow.case) == case_id, col(CaseEntryRow.line) == line)
        .order_by(col(CaseEntryRow.replaced_at).is_not(None), col(CaseEntryRow.at).desc())
    )
    rows = list(desk.db.execute(asked).scalars())
    if not rows:
        raise NothingHere
    opened = open_entries(desk.db, desk.sight, [EnvelopeId(row.envelope) for row in rows])
    kept = [opened[EnvelopeId(row.envelope)] for row in rows if row.envelope in opened]
    return LineOfEntries(rows[0], kept)


def open_offer(desk: Desk, case_id: CaseId) -> OfferRow | None:
    """The offer of a case that waits for an answer; None when none does. Its care team asks."""
    case(desk, case_id)
    asked = select(OfferRow).where(
        col(OfferRow.case) == case_id, col(OfferRow.state) == OfferState.OFFERED
    )
    return desk.db.execute(asked).scalar_one_or_none()


def offers_of(desk: Desk, case_id: CaseId) -> list[OfferRow]:
    """Every offer of a case, newest first. Asked for by its care team."""
    case(desk, case_id)
    asked = select(OfferRow).where(col(OfferRow.case) == case_id)
    newest = asked.order_by(col(OfferRow.offered_at).desc(), col(OfferRow.id))
    return list(desk.db.execute(newest).scalars())


def offers_to_me(desk: Desk) -> list[tuple[OfferRow, CaseRow]]:
    """Cases that colleagues offer to the one who looks, oldest offer first."""
    asked = (
        select(OfferRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(OfferRow.case))
        .where(
            col(OfferRow.to_person) == desk.sight.person,
            col(OfferRow.state) == OfferState.OFFERED,
            col(OfferRow.case).not_in(sorted(desk.sight.kept_out)),
        )
        .order_by(col(OfferRow.offered_at), col(OfferRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(asked)]


def offer_to_me(desk: Desk, offer: str) -> tuple[OfferRow, CaseRow]:
    """One offer that waits for the one who looks.

    Raises:
        NothingHere: there is none such.
    """
    for row, about in offers_to_me(desk):
        if row.id == offer:
            return row, about
    raise NothingHere
