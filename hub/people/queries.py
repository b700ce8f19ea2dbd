"""Reads of agencies, staff, invitations and teams; each is of one agency, named or the sight's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, PersonId
from hub.core.words import Role
from hub.desk import Desk
from hub.people.sessions import IDLE, LONGEST
from hub.people.tables import (
    AgencyRow,
    InvitationRow,
    PersonRoleRow,
    PersonRow,
    ProviderRow,
    SessionRow,
    SubjectRow,
)


@dataclass(frozen=True, slots=True)
class Account:
    """One account that could be meant by an e-mail."""

    person: PersonId
    agency: AgencyId
    stored: str


def accounts(db: Session, email: str) -> list[Account]:
    """The accounts at work with this e-mail and a passphrase, at whichever agencies."""
    open_ones = (
        select(col(PersonRow.id), col(PersonRow.agency), col(PersonRow.passphrase))
        .join(AgencyRow, col(AgencyRow.id) == col(PersonRow.agency))
        .where(
            col(PersonRow.email) == email,
            col(PersonRow.passphrase).is_not(None),
            col(PersonRow.disabled_at).is_(None),
            col(AgencyRow.closed_at).is_(None),
        )
        .order_by(col(PersonRow.made_at), col(PersonRow.id))
    )
    return [Account(*row) for row in db.execute(open_ones)]


def colleague(desk: Desk, person: PersonId) -> PersonRow:
    """One member of staff of the sight's own agency.

    Raises:
        NothingHere: there is nobody, or they work somewhere else.
    """
    row: PersonRow | None = desk.db.execute(
        select(PersonRow).where(
            col(PersonRow.id) == person, col(PersonRow.agency) == desk.sight.agency
        )
    ).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row


def known_at(db: Session, agency: AgencyId, email: str) -> bool:
    """Whether somebody with this e-mail works or worked at this agency."""
    known = select(col(PersonRow.id)).where(
        col(PersonRow.agency) == agency, col(PersonRow.email) == email
    )
    return db.execute(known).first() is not None


def hold(db: Session, agency: AgencyId) -> None:
    """Let nobody else change this agency's staff until this unit of work ends."""
    db.execute(select(col(AgencyRow.id)).where(col(AgencyRow.id) == agency).with_for_update())


def staff(desk: Desk) -> list[PersonRow]:
    """Everybody who works or worked at the sight's own agency, those at work first, by name."""
    return list(
        desk.db.execute(
            select(PersonRow)
            .where(col(PersonRow.agency) == desk.sight.agency)
            .order_by(col(PersonRow.disabled_at).is_not(None), col(PersonRow.name))
        ).scalars()
    )


def roles_by_person(db: Session, people: Sequence[str]) -> dict[str, list[Role]]:
    """The roles of these people, in the order of the list of roles."""
    given = select(col(PersonRoleRow.person), col(PersonRoleRow.role)).where(
        col(PersonRoleRow.person).in_(people)
    )
    found: dict[str, list[Role]] = {person: [] for person in people}
    for person, role in db.execute(given):
        found[person].append(role)
    return {person: [role for role in Role if role in roles] for person, roles in found.items()}


def at_work(db: Session, agency: AgencyId, role: Role) -> list[PersonId]:
    """Who has this role at this agency and has not left."""
    having = (
        select(col(PersonRow.id))
        .join(PersonRoleRow, col(PersonRoleRow.person) == col(PersonRow.id))
        .where(
            col(PersonRow.agency) == agency,
            col(PersonRow.disabled_at).is_(None),
            col(PersonRoleRow.role) == role,
        )
        .order_by(col(PersonRow.id))
    )
    return [PersonId(person) for person in db.execute(having).scalars()]


def open_invitations(desk: Desk) -> list[InvitationRow]:
    """The links of the sight's own agency that could still be used, newest first."""
    waiting = (
        select(InvitationRow)
        .where(
            col(InvitationRow.agency) == desk.sight.agency,
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.cancelled_at).is_(None),
            col(InvitationRow.until) > desk.at,
        )
        .order_by(col(InvitationRow.made_at).desc(), col(InvitationRow.id))
    )
    return list(desk.db.execute(waiting).scalars())


def invitation(desk: Desk, id: str) -> InvitationRow:
    """One invitation of the sight's own agency, over or not.

    Raises:
        NothingHere: there is none of that id at this agency.
    """
    row: InvitationRow | None = desk.db.execute(
        select(InvitationRow).where(
            col(InvitationRow.id) == id, col(InvitationRow.agency) == desk.sight.agency
        )
    ).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row


def provider_of(db: Session, agency: AgencyId) -> ProviderRow | None:
    """The identity provider of an agency; None when it has none."""
    return db.execute(
        select(ProviderRow).where(col(ProviderRow.agency) == agency)
    ).scalar_one_or_none()


def waiting_subjects(desk: Desk) -> list[SubjectRow]:
    """Whom the agency's identity provider vouched for and nobody has let in yet, oldest first."""
    waiting = (
        select(SubjectRow)
        .where(
            col(SubjectRow.agency) == desk.sight.agency,
            col(SubjectRow.person).is_(None),
        )
        .order_by(col(SubjectRow.first_at), col(SubjectRow.id))
    )
    return list(desk.db.execute(waiting).scalars())


def subject(desk: Desk, id: str) -> SubjectRow:
    """Somebody waiting to be let in at the sight's own agency.

    Raises:
        NothingHere: there is nobody of that id waiting here.
    """
    found = [row for row in waiting_subjects(desk) if row.id == id]
    if not found:
        raise NothingHere
    return found[0]


def live_sessions(desk: Desk) -> list[datetime]:
    """When the sessions of whoever looks began that are live now, newest first."""
    live = (
        select(col(SessionRow.made_at))
        .where(
            col(SessionRow.person) == desk.sight.person,
            col(SessionRow.ended_at).is_(None),
            col(SessionRow.seen_at) > desk.at - IDLE,
            col(SessionRow.made_at) > desk.at - LONGEST,
        )
        .order_by(col(SessionRow.made_at).desc())
    )
    return list(desk.db.execute(live).scalars())


def signs_in_through_provider(db: Session, people: Sequence[str]) -> frozenset[str]:
    """Which of these people are known to their agency's identity provider."""
    linked = select(col(SubjectRow.person)).where(col(SubjectRow.person).in_(people))
    return frozenset(person for person in db.execute(linked).scalars() if person)
