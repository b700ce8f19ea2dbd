"""The rows of releases. What she said, and who witnessed it, is in an envelope of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from hub.consent.release import State
from hub.consent.terms import Manner, Mode
from hub.store.columns import code, key, loose, moment, number, ref, short


class ReleaseRow(SQLModel, table=True):
    """One release. Its terms never change and are never lost; only its state moves on.

    The three lists hold codes, each once, sorted and parted by blanks.
    """

    __tablename__ = "consent_release"
    __table_args__ = (
        CheckConstraint("starts < ends", "consent_release_forward"),
        CheckConstraint("from_agency <> to_agency", "consent_release_abroad"),
        Index("consent_release_case", "case", "to_agency"),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    from_agency: str = ref("agency", index=False)
    to_agency: str = ref("agency", index=False)
    state: State = code(State)
    purposes: str = short(200)
    service_types: str = short(600)
    categories: str = short(400)
    starts: datetime = moment()
    ends: datetime = moment(index=True)
    manner: Manner = code(Manner)
    evidence: str = loose()
    recorded_by: str = loose()
    recorded_at: datetime = moment()
    withdrawn_at: datetime | None = moment(null=True)
    withdrawn_mode: Mode | None = code(Mode, null=True)
    withdrawn_by: str | None = loose(null=True)
    withdrawal: str | None = loose(null=True)
    version: int = number(default=1)
