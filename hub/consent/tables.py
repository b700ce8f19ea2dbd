"""The rows of releases. What she said, and who witnessed it, is in an envelope of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from hub.consent.notice import Language
from hub.consent.policy import Regime
from hub.consent.release import State
from hub.consent.terms import Manner, Mode
from hub.store.columns import code, flag, key, loose, moment, number, ref, short


class ReleaseRow(SQLModel, table=True):
    """One release. Its terms never change and are never lost; only its state moves on.

    The lists hold codes, each once, sorted and parted by blanks; `never` are the categories that
    were named as those not to share. `follows` is the release this one took the place of, and
    `followed_by` the one that took its own. `week_said_at` and `day_said_at` are when its case
    manager was told that it ends soon.
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
    never: str = short(400)
    records_from: datetime | None = moment(null=True)
    records_to: datetime | None = moment(null=True)
    starts: datetime = moment()
    ends: datetime = moment(index=True)
    manner: Manner = code(Manner)
    language: Language | None = code(Language, null=True)
    notice: int | None = number(default=None, null=True)
    evidence: str = loose()
    recorded_by: str = loose()
    recorded_at: datetime = moment()
    withdrawn_at: datetime | None = moment(null=True)
    withdrawn_mode: Mode | None = code(Mode, null=True)
    withdrawn_by: str | None = loose(null=True)
    withdrawal: str | None = loose(null=True)
    withdrawal_received_by: str | None = loose(null=True)
    withdrawal_verified_at: datetime | None = moment(null=True)
    withdrawal_verified_by: str | None = loose(null=True)
    withdrawal_written_at: datetime | None = moment(null=True)
    withdrawal_written_by: str | None = loose(null=True)
    follows: str | None = loose(null=True)
    followed_by: str | None = loose(null=True)
    followed_at: datetime | None = moment(null=True)
    week_said_at: datetime | None = moment(null=True)
    day_said_at: datetime | None = moment(null=True)
    version: int = number(default=1)


class DraftRow(SQLModel, table=True):
    """A release that was begun and is not signed; what is written so far is in an envelope.

    `follows` is the release it is to take the place of.
    """

    __tablename__ = "consent_draft"

    id: str = key()
    case: str = ref("hub_case")
    envelope: str = loose()
    follows: str | None = loose(null=True)
    begun_by: str = loose()
    begun_at: datetime = moment()
    touched_at: datetime = moment(index=True)
    version: int = number(default=1)


class PolicyRow(SQLModel, table=True):
    """What an agency has set for its releases; without a row the strictest holds."""

    __tablename__ = "consent_policy"
    __table_args__ = (Index("consent_policy_agency", "agency", unique=True),)

    id: str = key()
    agency: str = ref("agency", index=False)
    regime: Regime = code(Regime)
    usual_days: int = number()
    most_days: int = number()
    law: str = short()
    law_allows_spoken: bool = flag()
    set_by: str = loose()
    set_at: datetime = moment()
    version: int = number(default=1)
