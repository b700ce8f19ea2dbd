"""What happens to agencies and their staff: one verb, one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, update
from sqlmodel import Session, col

from hub.core.errors import Changed, StepRefused
from hub.core.ids import AgencyId, PersonId, fresh
from hub.core.language import _
from hub.core.words import WITH_PEOPLE, Ground, HolderKind, Role
from hub.desk import Desk, Notice
from hub.door import audit
from hub.door.custody import Custody
from hub.door.holders import desk_of, holder_of, leave_all, make_holder
from hub.door.passing_over import follow
from hub.door.shares import Ending, unshare
from hub.door.sight import sight_of_the_house
from hub.door.wall import Errand, errand
from hub.people import invitations, keyring, queries, sessions
from hub.people.invitations import Asking, Invited, said
from hub.people.keyring import Duties
from hub.people.tables import (
    AgencyRow,
    InvitationRow,
    PersonRoleRow,
    PersonRow,
    TeamMemberRow,
)
from hub.store import outbox
from hub.store.unit import rows_changed

WITH_CASES: Final = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})
HEARD_ON: Final = (Ground.RELEASE, Ground.LEGAL_DUTY, Ground.COURT_ORDER, Ground.EMERGENCY)
"""Grounds on which one person by name is let read, because of their work with survivors."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody about to join an agency.

    Attributes:
        stored: the stored form of her passphrase (hashing.stored_form); None when she signs in
            through her agency's identity provider alone.
    """

    agency: AgencyId
    name: str
    email: str
    roles: frozenset[Role]
    stored: str | None


def found_agency(db: Session, custody: Custody, name: str, at: datetime) -> AgencyId:
    """A new agency, with the intake desk that referrals to it are addressed to."""
    agency = AgencyId(fresh())
    db.add(AgencyRow(id=agency, name=name, made_at=at))
    db.flush()
    make_holder(db, custody, HolderKind.DESK, agency, of=agency, at=at)
    audit.note(db, sight_of_the_house(at, custody), "agency.founded", {"agency": agency})
    return agency


def employ(desk: Desk, newcomer: Newcomer) -> PersonId:
    """Put somebody on the staff, with a key of her own and those of her roles.

    Raises:
        StepRefused: somebody with that e-mail is on this agency's staff already.
    """
    if queries.known_at(desk.db, newcomer.agency, newcomer.email):
        raise StepRefused(_("Somebody with this e-mail is on the list of staff already."))
    person = PersonId(fresh())
    desk.db.add(
        PersonRow(
            id=person,
            agency=newcomer.agency,
            name=newcomer.name,
            email=newcomer.email,
            passphrase=newcomer.stored,
            made_at=desk.at,
        )
    )
    desk.db.flush()
    keyring.give_own_key(desk.db, desk.hub.custody, newcomer.agency, person, desk.at)
    _set_roles(desk, newcomer.agency, person, newcomer.roles)
    desk.audit("person.joined", person=person, agency=newcomer.agency, roles=said(newcomer.roles))
    return person


def accept(desk: Desk, row: InvitationRow, name: str, stored: str) -> PersonId:
    """Use an invitation: join, or, on the staff already, have a new passphrase.

    Args:
        stored: the stored form of the passphrase she chose.

    Raises:
        InvitationOver: the link was used or ended meanwhile, or she does not work there any more.
        StepRefused: somebody with her e-mail joined the agency meanwhile.
    """
    invitations.use_up(desk, row)
    if row.person is not None:
        return _renew_passphrase(desk, PersonId(row.person), stored)
    roles = invitations.roles_said(row.roles)
    person = employ(desk, Newcomer(AgencyId(row.agency), name, row.email, roles, stored))
    desk.db.execute(
        update(InvitationRow).where(col(InvitationRow.id) == row.id).values(person=person)
    )
    return person


def _renew_passphrase(desk: Desk, person: PersonId, stored: str) -> PersonId:
    """Her sessions end, whoever sits in them."""
    changed = (
        update(PersonRow)
        .where(col(PersonRow.id) == person, col(PersonRow.disabled_at).is_(None))
        .values(passphrase=stored)
    )
    if not rows_changed(desk.db.execute(changed)):
        raise invitations.InvitationOver
    sessions.end_all(desk.db, person, desk.at)
    desk.audit("person.passphrase", person=person)
    return person


def change_passphrase(desk: Desk, stored: str) -> None:
    """A new passphrase for whoever asks, who has just typed the old one; other sessions end."""
    _renew_passphrase(desk, desk.sight.person, stored)


def offer_new_passphrase(desk: Desk, person: PersonId) -> Invited:
    """A one-time link for a colleague who lost her passphrase; the old one works until then.

    Raises:
        NothingHere: nobody of that id works at the sight's own agency.
        StepRefused: she does not work there any more.
    """
    row = queries.colleague(desk, person)
    if row.disabled_at is not None:
        raise StepRefused(_("They do not work here any more. Take them back first."))
    return invitations.invite(desk, Asking(desk.sight.agency, row.email, frozenset(), person))


def send_again(desk: Desk, row: InvitationRow) -> Invited:
    """A new link in place of this one, good for seven days from now.

    Raises:
        StepRefused: it was used meanwhile, or is for somebody who does not work there any more.
    """
    if row.accepted_at is not None:
        raise StepRefused(_("This link was used already."))
    if row.person is not None:
        return offer_new_passphrase(desk, PersonId(row.person))
    roles = invitations.roles_said(row.roles)
    return invitations.invite(desk, Asking(AgencyId(row.agency), row.email, roles))


@dataclass(frozen=True, slots=True)
class RoleChange:
    """The roles somebody is to have, decided looking at one version of her row."""

    person: PersonId
    roles: frozenset[Role]
    version: int


def give_roles(desk: Desk, change: RoleChange) -> None:
    """Change what a colleague does: her keys follow at once, and she has to sign in again.

    Raises:
        NothingHere: nobody of that id works at the sight's own agency.
        StepRefused: she has left, or she is the last administrator, or no role would remain.
        Changed: somebody else changed her row meanwhile.
    """
    row = queries.colleague(desk, change.person)
    if row.disabled_at is not None:
        raise StepRefused(_("They do not work here any more. Take them back first."))
    _refuse_no_roles(change.roles)
    if Role.ADMINISTRATOR not in change.roles:
        _refuse_last_administrator(desk, change.person)
    _claim(desk, change.person, change.version, disabled_at=None)
    _set_roles(desk, desk.sight.agency, change.person, change.roles)
    if change.person != desk.sight.person:
        sessions.end_all(desk.db, change.person, desk.at)
    desk.audit("person.roles", person=change.person, roles=said(change.roles))


def disable(desk: Desk, person: PersonId, version: int) -> None:
    """Somebody leaves: her sessions, keys, roles, links and memberships end at once.

    Her open cases stay with their care teams; the supervisors are told that some may need a new
    primary case manager.

    Raises:
        NothingHere: nobody of that id works at the sight's own agency.
        StepRefused: it is oneself, or the last administrator.
        Changed: somebody else changed her row meanwhile.
    """
    row = queries.colleague(desk, person)
    if person == desk.sight.person:
        raise StepRefused(_("You cannot end your own work here. Ask another administrator."))
    if row.disabled_at is not None:
        return
    _refuse_last_administrator(desk, person)
    _claim(desk, person, version, disabled_at=desk.at)
    sessions.end_all(desk.db, person, desk.at)
    leave_all(desk.db, person, desk.at)
    _close_what_they_heard(desk, person)
    desk.db.execute(delete(PersonRoleRow).where(col(PersonRoleRow.person) == person))
    desk.db.execute(delete(TeamMemberRow).where(col(TeamMemberRow.person) == person))
    invitations.end_open(desk, desk.sight.agency, row.email)
    _tell_supervisors(desk)
    desk.audit("person.disabled", person=person)


def take_back(desk: Desk, change: RoleChange) -> Invited:
    """Somebody who left works here again: with the roles chosen now, and a link to a passphrase.

    Raises:
        NothingHere: nobody of that id ever worked at the sight's own agency.
        StepRefused: she works here, or no role is chosen.
        Changed: somebody else changed her row meanwhile.
    """
    row = queries.colleague(desk, change.person)
    if row.disabled_at is None:
        raise StepRefused(_("They work here already."))
    _refuse_no_roles(change.roles)
    _claim(desk, change.person, change.version, disabled_at=None, passphrase=None)
    agency = desk.sight.agency
    keyring.give_own_key(desk.db, desk.hub.custody, agency, change.person, desk.at)
    _set_roles(desk, agency, change.person, change.roles)
    desk.audit("person.returned", person=change.person, roles=said(change.roles))
    return offer_new_passphrase(desk, change.person)


def _refuse_no_roles(roles: frozenset[Role]) -> None:
    if not roles:
        raise StepRefused(_("Choose at least one thing they do. To end their work here, say so."))


def _refuse_last_administrator(desk: Desk, person: PersonId) -> None:
    """An agency without an administrator could never have one again."""
    queries.hold(desk.db, desk.sight.agency)
    if queries.at_work(desk.db, desk.sight.agency, Role.ADMINISTRATOR) == [person]:
        raise StepRefused(_("They are your agency's last administrator. Choose another one first."))


def _claim(desk: Desk, person: PersonId, version: int, **values: datetime | None) -> None:
    """Change her row if it still is the version that was looked at.

    Raises:
        Changed: it is not.
    """
    mine = update(PersonRow).where(col(PersonRow.id) == person, col(PersonRow.version) == version)
    if not rows_changed(desk.db.execute(mine.values(version=version + 1, **values))):
        raise Changed


def _set_roles(desk: Desk, agency: AgencyId, person: PersonId, roles: frozenset[Role]) -> None:
    """These roles and no others, and their keys."""
    had = sessions.roles_of(desk.db, person)
    desk.db.execute(
        delete(PersonRoleRow).where(
            col(PersonRoleRow.person) == person, col(PersonRoleRow.role).in_(had - roles)
        )
    )
    new = [PersonRoleRow(id=fresh(), person=person, role=role) for role in Role if role in roles]
    desk.db.add_all(row for row in new if row.role not in had)
    desk.db.flush()
    keyring.fit_to_roles(desk.db, agency, person, Duties(had, roles), desk.at)
    there = desk_of(desk.db, agency)
    if there is not None and Role.INTAKE_WORKER in roles - had:
        for subject in follow(desk.db, desk.sight, there, person):
            outbox.withdraw_from(desk.db, subject, [person], desk.at)
    if had & WITH_PEOPLE and not roles & WITH_PEOPLE:
        _close_what_they_heard(desk, person)
    if had & WITH_CASES and not roles & WITH_CASES:
        _tell_supervisors(desk)


def _tell_supervisors(desk: Desk) -> None:
    """Some cases may need a new case manager."""
    for supervisor in queries.at_work(desk.db, desk.sight.agency, Role.SUPERVISOR):
        desk.notify(supervisor, Notice(""))


def _close_what_they_heard(desk: Desk, person: PersonId) -> None:
    """What was told this one person by name was told somebody who works with survivors."""
    own = holder_of(desk.db, HolderKind.PERSON, person)
    for ground in HEARD_ON if own is not None else ():
        with errand(desk.db, Errand.ENDING):
            unshare(desk.db, desk.sight, Ending("left_work", holder=own, ground=ground))
    for leaving in desk.hub.parts.leavings:
        leaving(desk, person)
