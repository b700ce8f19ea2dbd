"""Reads of releases. A release is seen by the care team of its case, and by nobody else."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlmodel import Session, col

from hub.cases import queries as cases
from hub.cases.tables import CaseEntryRow, CaseRow, TenureRow
from hub.consent.policy import STRICT, Policy
from hub.consent.release import EVER, Release, State, Written, live
from hub.consent.tables import PolicyRow, ReleaseRow
from hub.consent.terms import Mode
from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, CaseId, EnvelopeId, ReleaseId
from hub.core.words import Category, Ground, Purpose, ServiceType, Worded
from hub.desk import Desk
from hub.door import Entry, Sight, open_entries, seen
from hub.door import live as live_shares
from hub.door.holders import teams_to_hold

Words = TypeVar("Words", bound=Worded)


def _mine(sight: Sight) -> Select[ReleaseRow]:
    """Every release of a case whose care team's key the sight carries."""
    return (
        select(ReleaseRow)
        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
        .where(col(CaseRow.team).in_(sorted(sight.holders)))
    )


def as_release(row: Any) -> Release:
    """The frozen release a row stands for."""
    return Release(
        id=ReleaseId(row.id),
        case=CaseId(row.case),
        from_agency=AgencyId(row.from_agency),
        to_agency=AgencyId(row.to_agency),
        purposes=_members(Purpose, row.purposes),
        service_types=_members(ServiceType, row.service_types),
        categories=_members(Category, row.categories),
        starts=row.starts,
        ends=row.ends,
        withdrawn_at=row.withdrawn_at,
        state=row.state,
        records=Written(row.records_from or EVER.since, row.records_to or EVER.to),
    )


def _members(words: type[Words], codes: str) -> frozenset[Words]:
    written = set(codes.split())
    return frozenset(each for each in words if each.value in written)


def release_row(desk: Desk, release: ReleaseId) -> ReleaseRow:
    """One release as it was written down.

    Raises:
        NothingHere: there is none such, or the sight does not carry its case's key.
    """
    wanted = _mine(desk.sight).where(col(ReleaseRow.id) == release)
    row: ReleaseRow | None = desk.db.execute(wanted).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row


def release(desk: Desk, release: ReleaseId) -> Release:
    """One release, for the care team of its case; it stands still while this work goes on.

    Raises:
        NothingHere: there is none such, or the sight does not carry its case's key.
    """
    _hold(desk.db, release_row(desk, release).case)
    return _read(desk, [release])[0]


def _hold(db: Session, case: str) -> None:
    """Let nobody take back a release of this case until this unit of work is over.

    Whoever shares on a release asks for it first, so either the share is made before it is taken
    back and ends with it, or it is never made. SQLite has one writer at a time and needs no lock.
    """
    db.execute(teams_to_hold([case]).with_for_update(read=True)).all()


def hold_alone(db: Session, cases: Iterable[str]) -> None:
    """Wait for whoever shares on releases of these cases, and let nobody else begin to."""
    db.execute(teams_to_hold(set(cases)).with_for_update(key_share=True)).all()


def _read(desk: Desk, ids: Sequence[str]) -> list[Release]:
    """These releases as the store has them now, whatever was read before; in that order."""
    columns = ReleaseRow.__table__.columns  # type: ignore[attr-defined] # sqlmodel adds it
    found = desk.db.execute(select(*columns).where(col(ReleaseRow.id).in_(ids)))
    known = {row.id: as_release(row) for row in found}
    return [known[each] for each in ids if each in known]


def release_behind(desk: Desk, release: ReleaseId) -> Release:
    """The release on which something was shared with the one who looks and is open to them now.

    For receivers: to say why they can see it, to pass it on, and to answer on it (`AnswerGround`).

    Raises:
        NothingHere: the sight holds no live share on that release.
    """
    known = select(col(ReleaseRow.case)).where(col(ReleaseRow.id) == release)
    _hold(desk.db, desk.db.execute(known).scalar_one_or_none() or "")
    held = live_shares(desk.sight)
    mine = select(held.c.record).where(held.c.ground == Ground.RELEASE, held.c.record == release)
    if desk.db.execute(seen(mine.limit(1), desk.sight)).first() is None:
        raise NothingHere
    return _read(desk, [release])[0]


def releases(desk: Desk, case: CaseId) -> list[Release]:
    """Every release of a case, whatever became of it, newest first.

    Raises:
        NothingHere: the sight does not carry the case's key.
    """
    cases.case(desk, case)
    _hold(desk.db, case)
    asked = select(col(ReleaseRow.id)).where(col(ReleaseRow.case) == case)
    newest = asked.order_by(col(ReleaseRow.recorded_at).desc(), col(ReleaseRow.id))
    return _read(desk, list(desk.db.execute(newest).scalars()))


def live_releases(desk: Desk, case: CaseId, to_agency: AgencyId) -> list[Release]:
    """The releases of a case to one agency that are in force now, the longest first."""
    found = [each for each in releases(desk, case) if each.to_agency == to_agency]
    now = [each for each in found if live(each, desk.at)]
    return sorted(now, key=lambda each: each.ends, reverse=True)


def ending_within(desk: Desk, span: timedelta) -> list[tuple[Release, CaseRow]]:
    """Releases in force that end within `span`, of cases the sight carries a key to."""
    asked = (
        select(ReleaseRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(ReleaseRow.state) == State.ACTIVE,
            col(ReleaseRow.ends) > desk.at,
            col(ReleaseRow.ends) <= desk.at + span,
        )
        .order_by(col(ReleaseRow.ends), col(ReleaseRow.id))
    )
    found = [(as_release(row[0]), row[1]) for row in desk.db.execute(asked)]
    return [(each, case) for each, case in found if live(each, desk.at)]


def taken_back_unseen(desk: Desk) -> list[tuple[ReleaseRow, CaseRow]]:
    """Releases taken back with a number, of open cases one is the case manager of, not yet seen."""
    asked = (
        select(ReleaseRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.closed_at).is_(None),
            col(TenureRow.person) == desk.sight.person,
            col(TenureRow.ended_at).is_(None),
            col(ReleaseRow.withdrawn_mode) == Mode.NUMBER,
            col(ReleaseRow.withdrawal_received_by).is_(None),
        )
        .order_by(col(ReleaseRow.withdrawn_at), col(ReleaseRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(asked)]


def access_words(desk: Desk, case: CaseId) -> list[str]:
    """What is written of the language she speaks, newest first."""
    cases.case(desk, case)
    asked = select(col(CaseEntryRow.envelope)).where(
        col(CaseEntryRow.case) == case,
        col(CaseEntryRow.category) == Category.ACCESS,
        col(CaseEntryRow.replaced_at).is_(None),
    )
    newest = asked.order_by(col(CaseEntryRow.at).desc(), col(CaseEntryRow.id)).limit(20)
    found = [EnvelopeId(each) for each in desk.db.execute(newest).scalars()]
    return [
        entry.body.get("text", "") for entry in open_entries(desk.db, desk.sight, found).values()
    ]


def policy(desk: Desk) -> Policy:
    """What the agency of the one who looks has set for its releases; the strictest without."""
    row = policy_row(desk)
    if row is None:
        return STRICT
    return Policy(row.regime, row.usual_days, row.most_days, row.law, row.law_allows_spoken)


def policy_row(desk: Desk) -> PolicyRow | None:
    """The row of one's own agency's policy; None while nothing is set."""
    own = select(PolicyRow).where(col(PolicyRow.agency) == desk.sight.agency)
    row: PolicyRow | None = desk.db.execute(own).scalar_one_or_none()
    return row


def evidence(desk: Desk, row: ReleaseRow) -> dict[str, Entry]:
    """What was said at the giving and at the taking back, opened: "given" and "withdrawn"."""
    names = {"given": row.evidence, "withdrawn": row.withdrawal}
    wanted = [EnvelopeId(name) for name in names.values() if name]
    opened = open_entries(desk.db, desk.sight, wanted)
    found: dict[str, Entry] = {}
    for use, name in names.items():
        if name and EnvelopeId(name) in opened:
            found[use] = opened[EnvelopeId(name)]
    return found
