"""The rows of conferences: who sits where and what is on. Words lie in envelopes, never here."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from conferencing import decision, item
from conferencing.conference import Kind, Reason, State
from hub.core.words import Category, Hurry
from hub.store.columns import code, key, loose, moment, number, ref
from pathways.referrals.reasons import ReminderMode


class ConferenceRow(SQLModel, table=True):
    """One meeting. Its id is the house's own: each participant knows it by their seat's id.

    `arrangements` is the envelope of its place. `version` moves with the meeting itself, never with
    its items: it is on everybody's page.
    """

    __tablename__ = "conference"

    id: str = key()
    kind: Kind = code(Kind)
    reason: Reason = code(Reason)
    chair: str = loose(index=True)
    starts_at: datetime = moment(index=True)
    minutes: int = number()
    state: State = code(State)
    arrangements: str = loose()
    arranged_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    version: int = number(default=1)


class SeatRow(SQLModel, table=True):
    """One person's place at one meeting; the id is in that person's addresses and nobody else's.

    `uid` names the meeting in that person's calendar, and in nobody else's.
    """

    __tablename__ = "conference_seat"
    __table_args__ = (
        Index(
            "conference_seat_once",
            "conference",
            "person",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("conference_seat_person", "person", "removed_at"),
    )

    id: str = key()
    conference: str = ref("conference", index=False)
    person: str = ref("person", index=False)
    agency: str = loose()
    uid: str = loose(unique=True)
    made_at: datetime = moment()
    invited_at: datetime | None = moment(null=True)
    acknowledged_at: datetime | None = moment(null=True)
    statement: int | None = number(default=None, null=True)
    removed_at: datetime | None = moment(null=True)


class ItemRow(SQLModel, table=True):
    """One item of one agency's case; the id is in the addresses of that agency alone.

    `reminder`, `place_reason` and `hurry_words` are envelopes of the care team: what she was told
    before it was last given to anybody, why they must know where she is, why it could not wait
    until `opens_at`.
    """

    __tablename__ = "conference_item"

    id: str = key()
    conference: str = ref("conference")
    case: str = ref("hub_case")
    agency: str = loose()
    category: Category = code(Category)
    presenter: str = loose()
    minutes: int = number()
    position: int = number()
    state: item.State = code(item.State)
    envelope: str = loose(unique=True)
    reminded_at: datetime | None = moment(null=True)
    reminded_by: str | None = loose(null=True)
    reminded_mode: ReminderMode | None = code(ReminderMode, null=True)
    reminder: str | None = loose(null=True)
    place_reason: str | None = loose(null=True)
    opens_at: datetime | None = moment(null=True)
    hurry: Hurry | None = code(Hurry, null=True)
    hurry_words: str | None = loose(null=True)
    version: int = number(default=1)


class DecisionRow(SQLModel, table=True):
    """One decision about one item. Its doer, who may be of another agency, knows it as `task`."""

    __tablename__ = "conference_decision"
    __table_args__ = (Index("conference_decision_doer", "doer", "state"),)

    id: str = key()
    task: str = loose(unique=True)
    item: str = ref("conference_item")
    envelope: str = loose(unique=True)
    doer: str = loose()
    due_at: datetime = moment()
    state: decision.State = code(decision.State)
    made_at: datetime = moment()
    moved_at: datetime | None = moment(null=True)
    version: int = number(default=1)
