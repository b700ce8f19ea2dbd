"""Whose keys a person carries because of what they do: their own, the desk's, the care teams'."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select
from sqlmodel import Session, col

from hub.cases.tables import CaseRow, TenureRow
from hub.core.ids import AgencyId, HolderId, PersonId, fresh
from hub.core.words import WITH_PEOPLE, HolderKind, Role
from hub.door.custody import Custody
from hub.door.holders import carried_by, desk_of, holder_of, join, leave, make_holder
from hub.door.tables import HolderMemberRow, HolderRow
from hub.door.wall import Errand, errand

ON_TEAMS: Final = frozenset({Role.INTAKE_WORKER, Role.CASE_MANAGER})
"""Roles in which somebody is on a team of few because of what they took on themselves."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What somebody did until now, and what they do from now on."""

    had: frozenset[Role]
    has: frozenset[Role]


def give_own_key(
    db: Session, custody: Custody, agency: AgencyId, person: PersonId, at: datetime
) -> None:
    """The holder that stands for this person, made the first time."""
    own = holder_of(db, HolderKind.PERSON, person)
    if own is None:
        own = make_holder(db, custody, HolderKind.PERSON, agency, of=person, at=at)
    join(db, own, person, at)


def fit_to_roles(
    db: Session, agency: AgencyId, person: PersonId, duties: Duties, at: datetime
) -> None:
    """Give and take keys so that they are those of the roles, and of her own work, alone.

    An intake worker carries the desk's key; a supervisor the key of every care team of her agency;
    a primary case manager those of her cases, which only handing them over takes from her while she
    works with survivors, and which come back when she does so again; whoever took a referral on
    that of its team, for as long as she works with survivors.
    """
    desk = desk_of(db, agency)
    if desk is not None and Role.INTAKE_WORKER in duties.has:
        join(db, desk, person, at)
    elif desk is not None:
        leave(db, desk, person, at)
    teams = _care_teams(db, agency)
    own = _own_teams(db, person) if duties.has & WITH_PEOPLE else frozenset()
    if Role.SUPERVISOR in duties.has:
        _join_all(db, teams - carried_by(db, person), person, at)
    elif Role.SUPERVISOR in duties.had or not duties.has & ON_TEAMS:
        _leave_all(db, (teams & carried_by(db, person)) - own, person, at)
    for team in sorted(own):
        join(db, team, person, at)


def _care_teams(db: Session, agency: AgencyId) -> frozenset[HolderId]:
    theirs = select(col(HolderRow.id)).where(
        col(HolderRow.agency) == agency, col(HolderRow.kind) == HolderKind.CARE_TEAM
    )
    return frozenset(HolderId(holder) for holder in db.execute(theirs).scalars())


def _own_teams(db: Session, person: PersonId) -> frozenset[HolderId]:
    """The care teams of the cases whose primary case manager she is now."""
    now = (
        select(col(CaseRow.team))
        .join(TenureRow, col(TenureRow.case) == col(CaseRow.id))
        .where(col(TenureRow.person) == person, col(TenureRow.ended_at).is_(None))
    )
    with errand(db, Errand.TELLING):
        return frozenset(HolderId(team) for team in db.execute(now).scalars())


def _join_all(db: Session, holders: frozenset[HolderId], person: PersonId, at: datetime) -> None:
    rows = [
        {"id": fresh(), "holder": holder, "person": person, "since": at}
        for holder in sorted(holders)
    ]
    if rows:
        db.execute(insert(HolderMemberRow), rows)


def _leave_all(db: Session, holders: frozenset[HolderId], person: PersonId, at: datetime) -> None:
    """One holder at a time: a list of thousands is more than one statement can name."""
    for holder in sorted(holders):
        leave(db, holder, person, at)
