"""Invitations: one-time links to join an agency, or to replace a lost passphrase."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from hub.core.errors import HubError, StepRefused
from hub.core.ids import AgencyId, PersonId, fresh
from hub.core.language import _, lazy
from hub.core.words import Role
from hub.desk import Desk, Hub
from hub.people import queries
from hub.people.keyed import mark
from hub.people.tables import AgencyRow, InvitationRow
from hub.store import outbox
from hub.store.outbox import Letter, OutboxRow
from hub.store.unit import rows_changed

GOOD_FOR: Final = timedelta(days=7)


class InvitationOver(HubError):
    """No link of ours, used, cancelled, replaced or too old: one answer for all of them."""

    status = 410
    title = lazy("This link is over")

    def __init__(self) -> None:
        super().__init__(
            lazy(
                "It was used, or it is older than seven days, or a newer one was made. "
                "Ask your agency's administrator for a new one."
            )
        )


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked to join which agency, to do what."""

    agency: AgencyId
    email: str
    roles: frozenset[Role]
    person: PersonId | None = None  # somebody who works there already and lost her passphrase


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the link to hand over."""

    id: str
    link: str


def invite(desk: Desk, asking: Asking) -> Invited:
    """Make a one-time link, good for seven days, and put its letter in the outbox.

    An earlier link for the same e-mail at the same agency ends. Whether that e-mail is known at
    another agency is not asked.

    Raises:
        StepRefused: somebody with that e-mail works at this agency already; or no role is given.
    """
    if asking.person is None:
        _refuse_known(desk, asking)
    end_open(desk, asking.agency, asking.email)
    row = InvitationRow(
        id=fresh(),
        agency=asking.agency,
        email=asking.email,
        roles=said(asking.roles),
        person=asking.person,
        nonce=fresh(),
        token="",
        made_by=desk.sight.person or None,
        made_at=desk.at,
        until=desk.at + GOOD_FOR,
    )
    row.token = hashed(token_of(desk.hub, row))
    desk.db.add(row)
    desk.db.flush()
    outbox.post(desk.db, Letter.INVITATION, PersonId(""), desk.at, row.id)
    desk.audit("invitation.made", invitation=row.id, roles=row.roles, person=asking.person or "")
    return Invited(row.id, link_of(desk.hub, row))


def _refuse_known(desk: Desk, asking: Asking) -> None:
    if not asking.roles:
        raise StepRefused(_("Choose at least one thing they will do."))
    if queries.known_at(desk.db, asking.agency, asking.email):
        raise StepRefused(
            _("Somebody with this e-mail is on your list of staff. Open their page instead.")
        )


def end_open(desk: Desk, agency: AgencyId, email: str) -> None:
    """End the open links for this e-mail at this agency, and their letters."""
    ended = (
        update(InvitationRow)
        .where(
            col(InvitationRow.agency) == agency,
            col(InvitationRow.email) == email,
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.cancelled_at).is_(None),
        )
        .values(cancelled_at=desk.at)
        .returning(col(InvitationRow.id))
    )
    for invitation in list(desk.db.execute(ended).scalars()):
        outbox.withdraw(desk.db, invitation, desk.at)


def cancel(desk: Desk, row: InvitationRow) -> None:
    """End a link before it is used; ending it twice changes nothing."""
    if row.accepted_at is None:
        end_open(desk, AgencyId(row.agency), row.email)
        desk.audit("invitation.cancelled", invitation=row.id)


def is_open(row: InvitationRow, at: datetime) -> bool:
    """Whether the link can still be used: neither used nor ended, and not at or after `until`."""
    return row.accepted_at is None and row.cancelled_at is None and at < row.until


def find(desk: Desk, token: str) -> InvitationRow:
    """The invitation this link is for.

    Raises:
        InvitationOver: there is none that could still be used.
    """
    row: InvitationRow | None = desk.db.execute(
        select(InvitationRow)
        .join(AgencyRow, col(AgencyRow.id) == col(InvitationRow.agency))
        .where(
            col(InvitationRow.token) == hashed(token),
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.cancelled_at).is_(None),
            col(InvitationRow.until) > desk.at,
            col(AgencyRow.closed_at).is_(None),
        )
    ).scalar_one_or_none()
    if row is None:
        raise InvitationOver
    return row


def use_up(desk: Desk, row: InvitationRow) -> None:
    """Use a link: of two at the same moment, one wins.

    Raises:
        InvitationOver: it was used, cancelled or became too old meanwhile.
    """
    used = (
        update(InvitationRow)
        .where(
            col(InvitationRow.id) == row.id,
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.cancelled_at).is_(None),
            col(InvitationRow.until) > desk.at,
        )
        .values(accepted_at=desk.at)
    )
    if not rows_changed(desk.db.execute(used)):
        raise InvitationOver
    outbox.withdraw(desk.db, row.id, desk.at)


def invitation_letter(desk: Desk, row: OutboxRow) -> EmailMessage | None:
    """The letter with the link, made when it leaves; None when the link is over."""
    invitation = desk.db.get(InvitationRow, row.about)
    if invitation is None or not is_open(invitation, desk.at):
        return None
    message = EmailMessage()
    message["To"] = invitation.email
    message["Subject"] = _("You have a new item")
    said_in_it = _("Open this link within seven days to choose a passphrase. It works once:")
    message.set_content(f"{said_in_it}\n\n{link_of(desk.hub, invitation)}\n")
    return message


def link_of(hub: Hub, row: InvitationRow) -> str:
    """The link of an invitation, made anew each time it is needed."""
    return f"{hub.settings.origin}/invitation/{token_of(hub, row)}"


def token_of(hub: Hub, row: InvitationRow) -> str:
    """256 bits only a hub with this root key can make."""
    return mark(hub.signing, "invitation", row.id, row.nonce)


def hashed(token: str) -> str:
    """What the store keeps of a link."""
    return sha256(token.encode()).hexdigest()


def said(roles: Iterable[Role]) -> str:
    """Roles as one short text, in the order of the list."""
    given = frozenset(roles)
    return " ".join(role.value for role in Role if role in given)


def roles_said(text: str) -> frozenset[Role]:
    """The roles again."""
    codes = text.split()
    return frozenset(role for role in Role if role.value in codes)
