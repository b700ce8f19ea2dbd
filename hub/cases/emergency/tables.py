"""The rows of emergency access: who opened which case when, and every try. Words are sealed."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from hub.cases.emergency.access import State
from hub.store.columns import code, key, loose, moment, number, ref


class EmergencyRow(SQLModel, table=True):
    """One emergency access; `reason` and `review` are envelopes of the care team."""

    __tablename__ = "case_emergency"
    __table_args__ = (
        Index("case_emergency_case", "case", "opened_at"),
        Index("case_emergency_person", "person", "until"),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    person: str = loose()
    opened_at: datetime = moment()
    until: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    reason: str = loose()
    state: State = code(State, index=True)
    reviewed_by: str | None = loose(null=True)
    reviewed_at: datetime | None = moment(null=True)
    review: str | None = loose(null=True)
    version: int = number(default=1)


class EmergencyTryRow(SQLModel, table=True):
    """One try to open a case in an emergency, whatever came of it."""

    __tablename__ = "case_emergency_try"
    __table_args__ = (Index("case_emergency_try_person", "person", "at"),)

    id: str = key()
    person: str = loose()
    at: datetime = moment(index=True)
