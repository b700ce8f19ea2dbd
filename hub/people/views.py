"""What the pages of people and sign-in show: frozen values, no rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hub.core.ids import PersonId
from hub.core.words import Role


@dataclass(frozen=True, slots=True)
class SignInPage:
    """E-mail and passphrase; `lost` after a form that came when the visit was over."""

    template: ClassVar[str] = "hub/people/sign_in.html"
    lost: bool


@dataclass(frozen=True, slots=True)
class ChooseAgencyPage:
    """For which of the agencies that know her she works now."""

    template: ClassVar[str] = "hub/people/choose_agency.html"
    agencies: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class JoinPage:
    """A link that lets its holder choose a passphrase."""

    template: ClassVar[str] = "hub/people/join.html"
    token: str
    agency: str
    email: str
    joins: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What the hub knows of whoever looks, and their passphrase."""

    template: ClassVar[str] = "hub/people/account.html"
    name: str
    email: str
    agency: str
    roles: list[Role]
    has_passphrase: bool
    sessions: list[datetime]


@dataclass(frozen=True, slots=True)
class EntrancePage:
    """An agency's own entrance, where staff with an identity provider begin."""

    template: ClassVar[str] = "hub/people/entrance.html"
    way: str


@dataclass(frozen=True, slots=True)
class PendingPage:
    """Somebody an identity provider vouched for, whom nobody has let in yet."""

    template: ClassVar[str] = "hub/people/pending.html"
    way: str
    code: str


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One member of staff on the list."""

    id: PersonId
    name: str
    roles: list[Role]
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One open link on the list."""

    id: str
    email: str
    joins: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """Somebody who waits to be let in."""

    id: str
    code: str
    name: str
    first_at: datetime


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Everybody who works at an agency, who was asked to, and who waits."""

    template: ClassVar[str] = "hub/people/staff.html"
    agency: str
    staff: list[StaffLine]
    left: list[StaffLine]
    invitations: list[InvitationLine]
    waiting: list[SubjectLine]


@dataclass(frozen=True, slots=True)
class InvitePage:
    """Ask somebody to join."""

    template: ClassVar[str] = "hub/people/invite.html"
    roles_offered: ClassVar[tuple[Role, ...]] = tuple(Role)


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """One invitation and, while it can be used, its link to hand over."""

    template: ClassVar[str] = "hub/people/invitation.html"
    id: str
    email: str
    roles: list[Role]
    joins: bool
    link: str
    until: datetime
    by_mail: bool


@dataclass(frozen=True, slots=True)
class ColleaguePage:
    """One member of staff: what they do, and how their work here ends."""

    template: ClassVar[str] = "hub/people/colleague.html"
    roles_offered: ClassVar[tuple[Role, ...]] = tuple(Role)
    id: PersonId
    name: str
    email: str
    roles: list[Role]
    made_at: datetime
    left_at: datetime | None
    signs_in: str
    version: int
    is_me: bool


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Somebody an identity provider vouched for: which colleague are they?"""

    template: ClassVar[str] = "hub/people/waiting.html"
    roles_offered: ClassVar[tuple[Role, ...]] = tuple(Role)
    id: str
    code: str
    name: str
    email: str
    first_at: datetime
    colleagues: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team on the list."""

    id: str
    name: str
    members: list[str]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """The teams of an agency."""

    template: ClassVar[str] = "hub/people/teams.html"
    teams: list[TeamLine]
    may_change: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team and who is in it."""

    template: ClassVar[str] = "hub/people/team.html"
    id: str
    name: str
    version: int
    members: list[str]
    colleagues: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """How the agency's staff sign in: its identity provider, if it has one."""

    template: ClassVar[str] = "hub/people/provider.html"
    has_one: bool
    issuer: str
    client: str
    version: int
    way_in: str
    way_back: str
