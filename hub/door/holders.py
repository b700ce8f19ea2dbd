"""Holders and who carries their keys: a person, a case's care team, an agency's intake desk."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import ColumnElement, Select, bindparam, exists, select, update
from sqlmodel import Session, col

from hub.core.ids import AgencyId, HolderId, PersonId, fresh
from hub.core.words import WITH_PEOPLE, HolderKind, Role
from hub.door import wall
from hub.door.custody import Custody
from hub.door.keeping_out import kept_out_of
from hub.door.sight import Sight
from hub.door.tables import HolderMemberRow, HolderRow

ONE_DESK: Final = HolderKind.DESK


def make_holder(
    db: Session, custody: Custody, kind: HolderKind, agency: AgencyId, *, of: str, at: datetime
) -> HolderId:
    """A new holder with a key pair of its own.

    Args:
        of: the id of the person, case, referral or agency it stands for; one holder of a kind each.
    """
    holder, private = HolderId(fresh()), X25519PrivateKey.generate()
    db.add(
        HolderRow(
            id=holder,
            kind=kind,
            agency=agency,
            of=of,
            public=private.public_key().public_bytes_raw(),
            locked=custody.lock(holder, private),
            made_at=at,
        )
    )
    db.flush()
    return holder


def holder_of(db: Session, kind: HolderKind, of: str) -> HolderId | None:
    """The holder that stands for this person, case, referral or agency; None when none was made."""
    wanted = select(col(HolderRow.id)).where(col(HolderRow.of) == of, col(HolderRow.kind) == kind)
    found = db.execute(wanted).scalar_one_or_none()
    return None if found is None else HolderId(found)


def teams_to_hold(cases: Any) -> Select[str]:
    """The cases among these, by the rows of their care teams: to lock while something is shared.

    Both sides of a sharing find this row, and it says nothing of the case but that there is one.

    Args:
        cases: their ids, or the statement that finds them.
    """
    teams = select(col(HolderRow.of)).where(
        col(HolderRow.kind) == HolderKind.CARE_TEAM, col(HolderRow.of).in_(cases)
    )
    return teams.order_by(col(HolderRow.of))


def desk_of(db: Session, agency: AgencyId) -> HolderId | None:
    """The intake desk of an agency; None when it has none."""
    return holder_of(db, ONE_DESK, agency)


def join(db: Session, holder: HolderId, person: PersonId, at: datetime) -> None:
    """From now on this person carries the holder's key; joining twice changes nothing."""
    if person in custodians(db, holder):
        return
    db.add(HolderMemberRow(id=fresh(), holder=holder, person=person, since=at))
    db.flush()


def leave(db: Session, holder: HolderId, person: PersonId, at: datetime) -> None:
    """From now on this person no longer carries the holder's key."""
    db.execute(
        update(HolderMemberRow)
        .where(
            col(HolderMemberRow.holder) == holder,
            col(HolderMemberRow.person) == person,
            col(HolderMemberRow.ended_at).is_(None),
        )
        .values(ended_at=at)
    )


def leave_all(db: Session, person: PersonId, at: datetime) -> None:
    """This person carries no key any more: the end of their work at an agency."""
    db.execute(
        update(HolderMemberRow)
        .where(col(HolderMemberRow.person) == person, col(HolderMemberRow.ended_at).is_(None))
        .values(ended_at=at)
    )


def custodians(db: Session, holder: HolderId) -> list[PersonId]:
    """The people who carry this holder's key now, longest first."""
    now = (
        select(col(HolderMemberRow.person))
        .where(col(HolderMemberRow.holder) == holder, col(HolderMemberRow.ended_at).is_(None))
        .order_by(col(HolderMemberRow.since), col(HolderMemberRow.person))
    )
    return [PersonId(person) for person in db.execute(now).scalars()]


CARRIED: Final = select(col(HolderMemberRow.holder)).where(
    col(HolderMemberRow.person) == bindparam("who"), col(HolderMemberRow.ended_at).is_(None)
)


OF_SUBJECTS: Final = select(col(HolderRow.id)).where(
    col(HolderRow.of).in_(bindparam("subjects", expanding=True))
)


OWN_ALONE: Final = select(col(HolderRow.id)).where(
    col(HolderRow.of) == bindparam("who"), col(HolderRow.kind) == HolderKind.PERSON
)


@dataclass(frozen=True, slots=True)
class Looker:
    """Who is about to look."""

    person: PersonId
    agency: AgencyId
    roles: frozenset[Role]


def sight_of(db: Session, custody: Custody, looker: Looker, at: datetime) -> Sight:
    """The sight of a member of staff: the keys they carry now, but for what they must not know.

    Whoever has no role that works with people looks with their own key alone, whatever they carry.
    """
    none: frozenset[str] = frozenset()
    with wall.asking(db, looker.person, looker.agency) as carried:
        held = carried_by(db, looker.person) if carried is None else carried
        if not looker.roles & WITH_PEOPLE:
            held &= frozenset(db.execute(OWN_ALONE, {"who": looker.person}).scalars())
        sight = Sight(looker.person, looker.agency, looker.roles, held, none, at, custody)
        away = kept_out_of(db, sight)
    if not away:
        return sight
    teams = frozenset(db.execute(OF_SUBJECTS, {"subjects": sorted(away)}).scalars())
    return replace(sight, holders=held - teams, kept_out=away)


def carried_by(db: Session, person: PersonId) -> frozenset[HolderId]:
    """The holders whose keys this person carries now."""
    return frozenset(HolderId(holder) for holder in db.execute(CARRIED, {"who": person}).scalars())


def is_carried(holder: Any, person: Any) -> ColumnElement[bool]:
    """Whether the person of this column carries the key of the holder of that one now."""
    return exists().where(
        col(HolderMemberRow.holder) == holder,
        col(HolderMemberRow.person) == person,
        col(HolderMemberRow.ended_at).is_(None),
    )
