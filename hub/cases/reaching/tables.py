"""The rows of safe contact: which ways were confirmed when, and what waits; never a word."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from hub.cases.reaching.message import Channel, State
from hub.cases.safe_contact import Why
from hub.store.columns import code, flag, key, loose, moment, number, ref


class SafeContactRow(SQLModel, table=True):
    """One way to reach somebody: the envelope that holds it now, and when it was confirmed.

    `shared`: its value is one that is recorded under family and household of the same case.
    """

    __tablename__ = "case_safe_contact"
    __table_args__ = (Index("case_safe_contact_case", "case", "confirmed_at"),)

    id: str = key()
    case: str = ref("hub_case", index=False)
    line: str = loose(unique=True)
    envelope: str = loose()
    confirmed_at: datetime | None = moment(null=True)
    shared: bool = flag()


class MessageRow(SQLModel, table=True):
    """One message that waits for a safe hour: by which contact, and until when it is deferred."""

    __tablename__ = "case_message"
    __table_args__ = (
        Index("case_message_case", "case", "state"),
        Index("case_message_due", "state", "due_at"),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    agency: str = loose()
    line: str = loose()
    envelope: str = loose()
    channel: Channel = code(Channel)
    state: State = code(State)
    why: Why | None = code(Why, null=True)
    made_by: str = loose()
    made_at: datetime = moment()
    due_at: datetime = moment()
    until: datetime | None = moment(null=True)
    ended_at: datetime | None = moment(null=True)
    version: int = number(default=1)
