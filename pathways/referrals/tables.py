"""The rows of referrals. What anybody said is in envelopes; here are ids, codes and moments."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Column, Date, Index
from sqlmodel import Field, SQLModel

from hub.core.words import Category, Hurry, Priority, ServiceType
from hub.store.columns import code, flag, key, loose, moment, ref, short
from hub.store.columns import number as whole
from pathways.referrals.reasons import Confirmer, NeedsMet, Outcome, Reason, ReminderMode
from pathways.referrals.referral import Side, Stage, State, Step


def _day() -> Any:
    return Field(default=None, sa_column=Column(Date, nullable=True))


class ReferralRow(SQLModel, table=True):
    """One referral, from a case at one agency to a service of another.

    `sender_ref` and `receiver_ref` are the ids in each side's addresses: neither side can show
    the other which address it has open. `sender_team` holds the case's keys; `desk` is the intake
    desk it was sent to, `receiver_holder` who holds it there now: the desk, then a team of few.
    `ask` is the envelope with what she asks for. `stage` follows from `state` and is kept so that
    lists find it. `drafted_at` is when it was last changed before it was sent; `opens_at`, when the
    receiver can first know of it; `hurry`, why it did not wait. `ends_at` is when the release ends;
    `closed_to_them_at`, when the keys were taken back before. `news`: the sender has not noted the
    last answer yet.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("from_agency <> to_agency", name="referral_to_others"),
        CheckConstraint(
            "state <> 'closed' OR (outcome IS NOT NULL AND needs_met IS NOT NULL "
            "AND confirmer IS NOT NULL AND confirmed_on IS NOT NULL)",
            name="referral_closed_with_outcome",
        ),
        CheckConstraint(
            "stage IN ('draft', 'over') OR (release IS NOT NULL AND reminded_at IS NOT NULL "
            "AND sent_at IS NOT NULL AND receiver_holder IS NOT NULL)",
            name="referral_sent_with_release",
        ),
        Index("referral_sender", "from_agency", "sender_ref", unique=True),
        Index("referral_receiver", "to_agency", "receiver_ref", unique=True),
        Index("referral_inbox", "receiver_holder", "stage", "respond_by", "receiver_ref"),
        Index("referral_sent", "sender_team", "stage"),
        Index("referral_case", "case"),
        Index("referral_release", "release"),
        Index("referral_ending", "stage", "ends_at"),
        Index("referral_flow", "sent_at", "from_agency", "service"),
    )

    id: str = key()
    sender_ref: str = loose()
    receiver_ref: str = loose()
    number: str = short(12)
    case: str = ref("hub_case", index=False)
    sender_team: str = ref("holder", index=False)
    from_agency: str = ref("agency", index=False)
    to_agency: str = ref("agency", index=False)
    service: str = loose()
    service_type: ServiceType = code(ServiceType)
    release: str | None = loose(null=True)
    priority: Priority = code(Priority)
    state: State = code(State)
    stage: Stage = code(Stage)
    version: int = whole(default=1)
    ask: str = loose()
    previous_referral: str | None = loose(null=True)
    made_by: str = loose()
    made_at: datetime = moment()
    drafted_at: datetime = moment()
    reminded_at: datetime | None = moment(null=True)
    reminded_by: str | None = loose(null=True)
    reminded_mode: ReminderMode | None = code(ReminderMode, null=True)
    reminder: str | None = loose(null=True)
    sent_at: datetime | None = moment(null=True)
    sent_by: str | None = loose(null=True)
    opens_at: datetime | None = moment(null=True)
    hurry: Hurry | None = code(Hurry, null=True)
    hurry_words: str | None = loose(null=True)
    ends_at: datetime | None = moment(null=True)
    desk: str | None = loose(null=True)
    receiver_holder: str | None = loose(null=True)
    respond_by: datetime | None = moment(null=True)
    paused_at: datetime | None = moment(null=True)
    answered_at: datetime | None = moment(null=True)
    closed_to_them_at: datetime | None = moment(null=True)
    reason: Reason | None = code(Reason, null=True)
    outcome: Outcome | None = code(Outcome, null=True)
    needs_met: NeedsMet | None = code(NeedsMet, null=True)
    confirmer: Confirmer | None = code(Confirmer, null=True)
    confirmed_on: date | None = _day()
    news: bool = flag()


class ReferralEntryRow(SQLModel, table=True):
    """One entry that goes with a referral.

    `source` is the case's own envelope; `envelope` the newly sealed copy, from the sending on.
    `reason` is the envelope that says why a location goes along; nothing else needs one.
    """

    __tablename__ = "referral_entry"
    __table_args__ = (
        Index("referral_entry_once", "referral", "source", unique=True),
        CheckConstraint(
            "category <> 'location' OR reason IS NOT NULL", name="referral_location_with_reason"
        ),
    )

    id: str = key()
    referral: str = ref("referral", index=False)
    place: int = whole()
    category: Category = code(Category)
    source: str = loose()
    envelope: str | None = loose(null=True)
    reason: str | None = loose(null=True)


class ReferralEventRow(SQLModel, table=True):
    """One step that was taken, by whom, and the envelope with its words if there are any.

    `place` is the referral's version after it, so that one version has one step.
    """

    __tablename__ = "referral_event"
    __table_args__ = (Index("referral_event_order", "referral", "place", unique=True),)

    id: str = key()
    referral: str = ref("referral", index=False)
    place: int = whole()
    step: Step = code(Step)
    side: Side = code(Side)
    at: datetime = moment()
    by: str = loose()
    reason: Reason | None = code(Reason, null=True)
    words: str | None = loose(null=True)


class AppointmentRow(SQLModel, table=True):
    """When she is expected; where is in the envelope. A newer one replaces an older."""

    __tablename__ = "referral_appointment"
    __table_args__ = (Index("referral_appointment_of", "referral", "made_at"),)

    id: str = key()
    referral: str = ref("referral", index=False)
    at: datetime = moment()
    place: str = loose()
    made_at: datetime = moment()
    made_by: str = loose()


class ReferralNoteRow(SQLModel, table=True):
    """A note of the receiving agency's own, which the sender never sees."""

    __tablename__ = "referral_note"
    __table_args__ = (Index("referral_note_of", "referral", "at"),)

    id: str = key()
    referral: str = ref("referral", index=False)
    envelope: str = loose(unique=True)
    at: datetime = moment()
    by: str = loose()


REFERRALS: Final = SQLModel.metadata.tables["referral"]
"""The table itself, for changes that must not touch rows already read."""
