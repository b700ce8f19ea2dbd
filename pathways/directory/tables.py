"""The rows of the directory, named as HSDS 3.1 names them.

Every row that came from a file knows it: `source` and `source_id` together are unique, and `digest`
is of what the file said, so that a second run changes nothing.
"""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, Index, Table
from sqlmodel import Field, SQLModel

from hub.store.columns import code, flag, key, loose, moment, number, prose, ref, short
from pathways.directory.terms import (
    AccessFeature,
    CapacityBand,
    Extent,
    Frequency,
    Limit,
    Registration,
    Status,
)

NAME: Final = 300
SOURCE: Final = 40
SOURCE_ID: Final = 200


def _day() -> Any:
    return Field(default=None, sa_column=Column(Date, nullable=True))


def _degrees() -> Any:
    return Field(default=None, sa_column=Column(Float, nullable=True))


def _perhaps() -> Any:
    """Yes, no, or not recorded."""
    return Field(default=None, sa_column=Column(Boolean, nullable=True))


def table(of: type[SQLModel]) -> Table:
    """The table behind a row, for statements about many rows at once."""
    return SQLModel.metadata.tables[str(of.__tablename__)]


class EditionRow(SQLModel, table=True):
    """One row: which edition of the directory this is. Every change makes a new one."""

    __tablename__ = "directory_edition"

    id: str = key()
    edition: str = loose()


class OrganizationRow(SQLModel, table=True):
    """HSDS organization; `agency` is set when it takes referrals through this hub."""

    __tablename__ = "organization"
    __table_args__ = (Index("organization_source", "source", "source_id", unique=True),)

    id: str = key()
    source: str = short(SOURCE)
    source_id: str = short(SOURCE_ID)
    agency: str | None = ref("agency", null=True)
    name: str = short(NAME)
    description: str = prose()
    website: str = short(NAME)
    email: str = short(NAME)


class ServiceRow(SQLModel, table=True):
    """HSDS service, and how it takes referrals, which HSDS has no place for.

    `kept_here`: its agency has written it on our pages, so that no file may write over it.
    """

    __tablename__ = "service"
    __table_args__ = (Index("service_source", "source", "source_id", unique=True),)

    id: str = key()
    source: str = short(SOURCE)
    source_id: str = short(SOURCE_ID)
    digest: str = short(64)
    kept_here: bool = flag()
    organization: str = ref("organization")
    name: str = short(NAME)
    description: str = prose()
    status: Status = code(Status)
    email: str = short(NAME)
    url: str = short(NAME)
    interpretation: str = prose()
    fees: str = prose()
    alert: str = prose()
    minimum_age: int | None = number(default=None, null=True)
    maximum_age: int | None = number(default=None, null=True)
    takes_children: bool | None = _perhaps()
    nationality: Limit = code(Limit)
    registration: Registration = code(Registration)
    expired_documents_taken: bool | None = _perhaps()
    eligibility_words: str = prose()
    response_minutes: int | None = number(default=None, null=True)
    response_case_by_case: bool = flag()
    feedback_minutes: int | None = number(default=None, null=True)
    feedback_case_by_case: bool = flag()
    intake_words: str = prose()
    entry_point: bool = flag()
    first_day: date | None = _day()
    last_day: date | None = _day()
    assured: date | None = _day()
    changed_at: datetime = moment()
    version: int = number(default=1)


class AttributeRow(SQLModel, table=True):
    """HSDS attribute: one word of one closed list, said of a service."""

    __tablename__ = "attribute"

    id: str = key()
    service: str = ref("service")
    link_type: str = short(40)
    value: str = short(40)


class LocationRow(SQLModel, table=True):
    """HSDS location with its address.

    A confidential one keeps no name, street or coordinates at all: what is not there cannot be
    shown, mailed, exported or stolen. Those who work there know the way.
    """

    __tablename__ = "location"
    __table_args__ = (
        Index("location_source", "source", "source_id", unique=True),
        CheckConstraint(
            "NOT confidential OR (name = '' AND street = '' AND postal_code = '' "
            "AND latitude IS NULL AND longitude IS NULL)",
            name="location_confidential",
        ),
    )

    id: str = key()
    source: str = short(SOURCE)
    source_id: str = short(SOURCE_ID)
    confidential: bool = flag()
    area: str = short(NAME)
    name: str = short(NAME)
    street: str = short(NAME)
    city: str = short(NAME)
    region: str = short(NAME)
    postal_code: str = short(40)
    country: str = short(40)
    latitude: float | None = _degrees()
    longitude: float | None = _degrees()
    accessibility: str = prose()


class AccessibilityRow(SQLModel, table=True):
    """HSDS accessibility: one thing that makes a place usable."""

    __tablename__ = "accessibility"

    id: str = key()
    location: str = ref("location")
    feature: AccessFeature = code(AccessFeature)


class ServiceAtLocationRow(SQLModel, table=True):
    """HSDS service_at_location: a service is given at this place."""

    __tablename__ = "service_at_location"
    __table_args__ = (Index("service_at_location_once", "service", "location", unique=True),)

    id: str = key()
    service: str = ref("service")
    location: str = ref("location")
    place: int = number()


class PhoneRow(SQLModel, table=True):
    """HSDS phone."""

    __tablename__ = "phone"

    id: str = key()
    service: str = ref("service")
    place: int = number()
    number: str = short(80)
    words: str = short(NAME)


class ScheduleRow(SQLModel, table=True):
    """HSDS schedule; days as iCalendar writes them ("MO,TU"), hours as HH:MM."""

    __tablename__ = "schedule"

    id: str = key()
    service: str = ref("service")
    place: int = number()
    frequency: Frequency = code(Frequency)
    interval: int = number(default=1)
    days: str = short(40)
    opens: str = short(5)
    closes: str = short(5)
    always_open: bool = flag()
    words: str = prose()


class LanguageRow(SQLModel, table=True):
    """HSDS language: one a service is given in, by its ISO 639 code."""

    __tablename__ = "language"

    id: str = key()
    service: str = ref("service")
    code: str = short(20)


class ServiceAreaRow(SQLModel, table=True):
    """HSDS service_area: from how far people are taken."""

    __tablename__ = "service_area"

    id: str = key()
    service: str = ref("service")
    place: int = number()
    extent: Extent = code(Extent)
    name: str = short(NAME)


class RequiredDocumentRow(SQLModel, table=True):
    """HSDS required_document: a paper to bring that is on no list of ours."""

    __tablename__ = "required_document"

    id: str = key()
    service: str = ref("service")
    place: int = number()
    document: str = short(NAME)


class CapacityRow(SQLModel, table=True):
    """HSDS service_capacity as a band: whether there is room, and when that was last said."""

    __tablename__ = "service_capacity"
    __table_args__ = (Index("service_capacity_once", "service", unique=True),)

    id: str = key()
    service: str = ref("service", index=False)
    band: CapacityBand = code(CapacityBand)
    as_of: datetime | None = moment(null=True)


class ImportRow(SQLModel, table=True):
    """One file that was read, in figures."""

    __tablename__ = "directory_import"

    id: str = key()
    file: str = short(SOURCE_ID)
    at: datetime = moment(index=True)
    taken: int = number()
    unchanged: int = number()
    quarantined: int = number()


class QuarantineRow(SQLModel, table=True):
    """A record that could not be taken: where it stands in the file, and why."""

    __tablename__ = "directory_quarantine"

    id: str = key()
    run: str = ref("directory_import")
    number: int = number()
    place: str = short(NAME)
    reason: str = prose()
