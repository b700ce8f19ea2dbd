"""Sessions kept by the server: made at sign-in, idle 15 minutes, 12 hours at most."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from hub.core.ids import AgencyId, PersonId, fresh
from hub.core.words import Role
from hub.people.tables import AgencyRow, PersonRoleRow, PersonRow, SessionRow
from hub.store.columns import UtcMoment

IDLE: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(hours=12)
SEEN_EVERY: Final = timedelta(minutes=1)
"""How coarsely a visit is remembered; a write at every page would buy nothing."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a session belongs to."""

    session: str
    person: PersonId
    name: str
    agency: AgencyId
    agency_name: str
    roles: frozenset[Role]
    csrf: str


def hashed(token: str) -> str:
    """What the store keeps of a cookie: a copy of the store opens no session."""
    return sha256(token.encode()).hexdigest()


def start(db: Session, person: PersonId | None, at: datetime) -> str:
    """Begin a session and return the token its cookie holds (256 random bits)."""
    token = secrets.token_urlsafe(32)
    db.add(SessionRow(id=hashed(token), person=person, csrf=fresh(), made_at=at, seen_at=at))
    db.flush()
    return token


_COLUMNS: Final[tuple[Any, ...]] = (
    col(SessionRow.id),
    col(SessionRow.csrf),
    col(SessionRow.seen_at),
    col(PersonRow.id).label("person"),
    col(PersonRow.name),
    col(PersonRow.agency),
    col(AgencyRow.name).label("agency_name"),
)
LIVE: Final = (
    select(*_COLUMNS)
    .join(PersonRow, col(PersonRow.id) == col(SessionRow.person))
    .join(AgencyRow, col(AgencyRow.id) == col(PersonRow.agency))
    .where(
        col(SessionRow.id) == bindparam("token"),
        col(SessionRow.ended_at).is_(None),
        col(SessionRow.seen_at) > bindparam("idle", type_=UtcMoment),
        col(SessionRow.made_at) > bindparam("oldest", type_=UtcMoment),
        col(PersonRow.disabled_at).is_(None),
        col(AgencyRow.closed_at).is_(None),
    )
)
ROLES: Final = select(col(PersonRoleRow.role)).where(col(PersonRoleRow.person) == bindparam("who"))


def find(db: Session, token: str, at: datetime) -> Visitor | None:
    """Whose live session this token is; None for any other token, without telling them apart."""
    if not token:
        return None
    told = {"token": hashed(token), "idle": at - IDLE, "oldest": at - LONGEST}
    row = db.execute(LIVE, told).one_or_none()
    if row is None:
        return None
    if at - row.seen_at >= SEEN_EVERY:
        db.execute(update(SessionRow).where(col(SessionRow.id) == row.id).values(seen_at=at))
    return Visitor(
        session=row.id,
        person=PersonId(row.person),
        name=row.name,
        agency=AgencyId(row.agency),
        agency_name=row.agency_name,
        roles=roles_of(db, PersonId(row.person)),
        csrf=row.csrf,
    )


def roles_of(db: Session, person: PersonId) -> frozenset[Role]:
    """The roles this person was given."""
    return frozenset(db.execute(ROLES, {"who": person}).scalars())


def end(db: Session, token: str, at: datetime) -> None:
    """End one session; ending it twice changes nothing."""
    db.execute(
        update(SessionRow)
        .where(col(SessionRow.id) == hashed(token), col(SessionRow.ended_at).is_(None))
        .values(ended_at=at)
    )


def end_all(db: Session, person: PersonId, at: datetime) -> None:
    """End every session of this person: on disable, and on a new passphrase."""
    db.execute(
        update(SessionRow)
        .where(col(SessionRow.person) == person, col(SessionRow.ended_at).is_(None))
        .values(ended_at=at)
    )
