"""The rows beside the door's own list: names without an account, desks, conflicts, safe contacts.

A name and a desk are ended as a line of the door's list is: one asks, another one says yes.
No name lies here: names are in envelopes, or are marks that nobody makes without the root key.
"""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from hub.store.columns import key, loose, moment, ref, short


class NeverNameRow(SQLModel, table=True):
    """Somebody without an account who must never know of a case; the name is in the envelope."""

    __tablename__ = "case_never_name"

    id: str = key()
    case: str = ref("hub_case")
    envelope: str = loose(unique=True)
    made_by: str = loose()
    made_at: datetime = moment()
    lift_asked_at: datetime | None = moment(null=True)
    lift_asked_by: str | None = short(26, null=True)
    lift_reason: str | None = loose(null=True)
    lifted_at: datetime | None = moment(null=True)
    lifted_by: str | None = short(26, null=True)


class NeverDeskRow(SQLModel, table=True):
    """An agency whose intake desk must never be sent a case; its named safe contact may be."""

    __tablename__ = "case_never_desk"
    __table_args__ = (
        Index(
            "case_never_desk_now",
            "case",
            "agency",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    agency: str = ref("agency", index=False)
    made_by: str = loose()
    made_at: datetime = moment()
    lift_asked_at: datetime | None = moment(null=True)
    lift_asked_by: str | None = short(26, null=True)
    lift_reason: str | None = loose(null=True)
    lifted_at: datetime | None = moment(null=True)
    lifted_by: str | None = short(26, null=True)


class ConflictRow(SQLModel, table=True):
    """That a member of staff knows somebody: a mark of the name, and the name for them alone."""

    __tablename__ = "staff_conflict"
    __table_args__ = (
        Index("staff_conflict_mark", "agency", "mark", "ended_at"),
        Index("staff_conflict_person", "person", "ended_at"),
    )

    id: str = key()
    person: str = ref("person", index=False)
    agency: str = ref("agency", index=False)
    mark: str = short(64)
    envelope: str = loose(unique=True)
    made_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class NameMarkRow(SQLModel, table=True):
    """That a name of this mark reached an agency with a case, so that later conflicts find it."""

    __tablename__ = "case_name_mark"
    __table_args__ = (
        Index("case_name_mark_once", "agency", "mark", "case", unique=True),
        Index("case_name_mark_case", "case"),
    )

    id: str = key()
    agency: str = ref("agency", index=False)
    mark: str = short(64)
    case: str = ref("hub_case", index=False)


class NamedContactRow(SQLModel, table=True):
    """Somebody an agency names in advance, for what its intake desk must not be sent."""

    __tablename__ = "named_contact"
    __table_args__ = (
        Index(
            "named_contact_now",
            "agency",
            "person",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = key()
    agency: str = ref("agency", index=False)
    person: str = ref("person", index=False)
    made_by: str = loose()
    made_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
