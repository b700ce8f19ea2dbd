"""The rows of agencies, their staff, invitations, sign-in and sessions."""

from datetime import datetime

from sqlalchemy import Column, Index, String
from sqlmodel import Field, SQLModel

from hub.core.words import Role
from hub.store.columns import code, key, loose, moment, number, ref, sealed, short


class AgencyRow(SQLModel, table=True):
    """One agency that stands behind survivors."""

    __tablename__ = "agency"

    id: str = key()
    name: str = short()
    made_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)


class PersonRow(SQLModel, table=True):
    """One member of staff at one agency."""

    __tablename__ = "person"
    __table_args__ = (Index("person_email", "agency", "email", unique=True),)

    id: str = key()
    agency: str = ref("agency")
    name: str = short()
    email: str = short(254, index=True)
    passphrase: str | None = short(200, null=True)
    made_at: datetime = moment()
    disabled_at: datetime | None = moment(null=True)
    version: int = number(default=1)


class PersonRoleRow(SQLModel, table=True):
    """A role somebody was given."""

    __tablename__ = "person_role"
    __table_args__ = (Index("person_role_once", "person", "role", unique=True),)

    id: str = key()
    person: str = ref("person")
    role: Role = code(Role)


class SessionRow(SQLModel, table=True):
    """One sign-in, known by the hash of what the cookie holds; before sign-in it has no person."""

    __tablename__ = "session"

    id: str = Field(sa_column=Column(String(64), primary_key=True))
    person: str | None = ref("person", null=True)
    csrf: str = loose()
    made_at: datetime = moment()
    seen_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class TeamRow(SQLModel, table=True):
    """A group of colleagues at one agency. Being in one opens nothing."""

    __tablename__ = "team"

    id: str = key()
    agency: str = ref("agency")
    name: str = short()
    made_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    version: int = number(default=1)


class TeamMemberRow(SQLModel, table=True):
    """Who is in a team now."""

    __tablename__ = "team_member"
    __table_args__ = (Index("team_member_once", "team", "person", unique=True),)

    id: str = key()
    team: str = ref("team")
    person: str = ref("person")


class InvitationRow(SQLModel, table=True):
    """A link that lets its holder choose a passphrase once: to join, or in place of a lost one.

    The link's token is made from `id` and `nonce` with a key derived from the root key, so that the
    mail can be written when it leaves; here lies only the token's hash.
    """

    __tablename__ = "invitation"
    __table_args__ = (Index("invitation_token", "token", unique=True),)

    id: str = key()
    agency: str = ref("agency")
    email: str = short(254)
    roles: str = short()
    person: str | None = ref("person", null=True)
    nonce: str = loose()
    token: str = short(64)
    made_by: str | None = loose(null=True)
    made_at: datetime = moment()
    until: datetime = moment()
    accepted_at: datetime | None = moment(null=True)
    cancelled_at: datetime | None = moment(null=True)


class AttemptRow(SQLModel, table=True):
    """One try to sign in, under a keyed mark of the e-mail typed or the address it came from."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("sign_in_attempt_who", "who", "at"),)

    id: str = key()
    who: str = short(64)
    at: datetime = moment(index=True)


class ChoiceRow(SQLModel, table=True):
    """One of the accounts a passphrase fitted, until its owner says which agency she works for."""

    __tablename__ = "sign_in_choice"

    id: str = key()
    session: str = short(64, index=True)
    person: str = ref("person")
    at: datetime = moment(index=True)


class ProviderRow(SQLModel, table=True):
    """An agency's own identity provider; its id is the opaque part of the agency's entrance."""

    __tablename__ = "identity_provider"
    __table_args__ = (Index("identity_provider_agency", "agency", unique=True),)

    id: str = key()
    agency: str = ref("agency", index=False)
    issuer: str = short(500)
    client: str = short()
    secret: bytes = sealed()
    made_at: datetime = moment()
    version: int = number(default=1)


class SignOnRow(SQLModel, table=True):
    """Somebody is away at their agency's identity provider; their cookie alone can bring them back.

    State, nonce and code verifier are made from the cookie's token, so none of them lies here.
    """

    __tablename__ = "sign_on"

    session: str = Field(sa_column=Column(String(64), primary_key=True))
    provider: str = ref("identity_provider")
    at: datetime = moment(index=True)


class SubjectRow(SQLModel, table=True):
    """Whom an identity provider vouched for: (issuer, subject), never an e-mail.

    Without a `person` it has no rights: the agency's administrator has to link it to somebody.
    """

    __tablename__ = "provider_subject"
    __table_args__ = (Index("provider_subject_once", "agency", "issuer", "subject", unique=True),)

    id: str = key()
    agency: str = ref("agency")
    issuer: str = short(500)
    subject: str = short(255)
    code: str = short(10)
    name: str = short()
    email: str = short(254)
    person: str | None = ref("person", null=True)
    first_at: datetime = moment()
