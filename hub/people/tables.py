"""The rows of agencies, their staff and their sessions."""

from datetime import datetime

from sqlalchemy import Column, Index, String
from sqlmodel import Field, SQLModel

from hub.core.words import Role
from hub.store.columns import code, key, loose, moment, number, ref, short


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
