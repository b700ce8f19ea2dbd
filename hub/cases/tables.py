"""The rows of cases: which there are, whose they are, and which envelopes belong to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from hub.cases.closing import ClosingReason
from hub.cases.tenure import OfferState
from hub.core.words import Category
from hub.store.columns import code as coded
from hub.store.columns import key, loose, moment, number, ref, short


class CaseRow(SQLModel, table=True):
    """One survivor's case at one agency, known by a random code."""

    __tablename__ = "hub_case"
    __table_args__ = (Index("hub_case_code", "agency", "code", unique=True),)

    id: str = key()
    code: str = short(40)
    agency: str = ref("agency")
    team: str = ref("holder")
    opened_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    closed_why: ClosingReason | None = coded(ClosingReason, null=True)
    came_by: str | None = loose(null=True)
    version: int = number(default=1)


class TenureRow(SQLModel, table=True):
    """Who was a case's primary case manager, from when until when."""

    __tablename__ = "case_tenure"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR started_at < ended_at", "case_tenure_forward"),
        Index(
            "case_tenure_one",
            "case",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("case_tenure_start", "case", "started_at", unique=True),
        Index("case_tenure_end", "case", "ended_at", unique=True),
        Index("case_tenure_person", "person", "ended_at"),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    person: str = loose()
    started_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class OfferRow(SQLModel, table=True):
    """A case offered to a colleague; the words with it are in envelopes."""

    __tablename__ = "case_offer"
    __table_args__ = (
        Index(
            "case_offer_one",
            "case",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
        Index("case_offer_to", "to_person", "state"),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    from_person: str = loose()
    to_person: str = loose()
    state: OfferState = coded(OfferState)
    offered_at: datetime = moment()
    answered_at: datetime | None = moment(null=True)
    note: str | None = loose(null=True)
    answer: str | None = loose(null=True)
    version: int = number(default=1)


class CaseEntryRow(SQLModel, table=True):
    """One entry of a case; a newer one may stand in its place, and then both are kept.

    `line` is the id of the first of the entries that replaced one another.
    """

    __tablename__ = "case_entry"
    __table_args__ = (
        Index("case_entry_case", "case", "at"),
        Index(
            "case_entry_one",
            "line",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    line: str = loose()
    envelope: str = loose(unique=True)
    category: Category = coded(Category)
    at: datetime = moment()
    replaced_at: datetime | None = moment(null=True)
