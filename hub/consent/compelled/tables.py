"""The rows of what a law or a court makes us tell; every word of it is in envelopes."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from hub.consent.duty.report import Informed
from hub.consent.duty.report import State as ReportState
from hub.consent.orders.order import Instrument, Means, NoteKind, Outcome
from hub.consent.orders.order import State as OrderState
from hub.core.words import Category
from hub.store.columns import code, key, loose, moment, number, ref


class DutyRow(SQLModel, table=True):
    """One legal duty to report.

    `concern`, `talk`, `told_first`, `making`, `answer` and `dropped` are envelopes of the care
    team. `to_agency` is None until it is chosen, and for an authority outside the hub.
    """

    __tablename__ = "consent_duty"
    __table_args__ = (Index("consent_duty_case", "case", "written_at"),)

    id: str = key()
    case: str = ref("hub_case", index=False)
    agency: str = ref("agency", index=False)
    state: ReportState = code(ReportState)
    written_by: str = loose()
    written_at: datetime = moment()
    concern: str = loose()
    discussed_with: str | None = loose(null=True)
    discussed_at: datetime | None = moment(null=True)
    talk: str | None = loose(null=True)
    informed: Informed | None = code(Informed, null=True)
    informed_at: datetime | None = moment(null=True)
    told_first: str | None = loose(null=True)
    made_by: str | None = loose(null=True)
    made_at: datetime | None = moment(null=True)
    making: str | None = loose(null=True)
    to_agency: str | None = loose(null=True)
    until: datetime | None = moment(null=True)
    acknowledged_at: datetime | None = moment(null=True)
    answer: str | None = loose(null=True)
    dropped: str | None = loose(null=True)
    version: int = number(default=1)


class OrderRow(SQLModel, table=True):
    """One order, warrant or subpoena served on an agency about one case.

    `words`, `silence`, `asking`, `sent_back` and `set_aside` are envelopes of the care team;
    `asking` is also for the agency's privacy officers, who hold no key to the case.
    """

    __tablename__ = "consent_order"
    __table_args__ = (
        Index("consent_order_case", "case", "written_at"),
        Index("consent_order_waiting", "agency", "state"),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    agency: str = ref("agency", index=False)
    instrument: Instrument = code(Instrument)
    state: OrderState = code(OrderState)
    written_by: str = loose()
    written_at: datetime = moment()
    words: str = loose()
    silence: str | None = loose(null=True)
    asked_by: str | None = loose(null=True)
    asked_at: datetime | None = moment(null=True)
    asking: str | None = loose(null=True)
    to_agency: str | None = loose(null=True)
    until: datetime | None = moment(null=True)
    approved_by: str | None = loose(null=True)
    approved_at: datetime | None = moment(null=True)
    sent_back: str | None = loose(null=True)
    complied_by: str | None = loose(null=True)
    complied_at: datetime | None = moment(null=True)
    acknowledged_at: datetime | None = moment(null=True)
    set_aside: str | None = loose(null=True)
    version: int = number(default=1)


class OrderNoteRow(SQLModel, table=True):
    """One attempt to tell the person, or one note of counsel or of an objection."""

    __tablename__ = "consent_order_note"
    __table_args__ = (Index("consent_order_note_order", "order", "at"),)

    id: str = key()
    order: str = ref("consent_order", index=False)
    kind: NoteKind = code(NoteKind)
    at: datetime = moment()
    means: Means | None = code(Means, null=True)
    outcome: Outcome | None = code(Outcome, null=True)
    words: str | None = loose(null=True)
    written_by: str = loose()
    written_at: datetime = moment()


class ToldEntryRow(SQLModel, table=True):
    """One entry that is told on a duty or an order: `record` is the one or the other."""

    __tablename__ = "consent_told_entry"
    __table_args__ = (Index("consent_told_entry_once", "record", "envelope", unique=True),)

    id: str = key()
    record: str = loose()
    envelope: str = loose()
    category: Category = code(Category)
