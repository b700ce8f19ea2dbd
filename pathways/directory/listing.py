"""A service as the directory knows it: frozen values in the terms of HSDS 3.1, and what it lacks.

Three habits hold throughout. "Not recorded" is a word of its own and never means "anyone" or "no
limit". An empty set means that nothing was said. A confidential location carries its area only: no
street, no coordinates, no name that might be a street.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, NewType

from hub.core.ids import AgencyId, ServiceId
from hub.core.words import ServiceType
from pathways.directory.terms import (
    AccessFeature,
    Arrival,
    CapacityBand,
    Criterion,
    Document,
    Extent,
    Feedback,
    Frequency,
    Gender,
    Limit,
    NextStep,
    ReferralMethod,
    Registration,
    Status,
    Weekday,
)

OrganizationId = NewType("OrganizationId", str)
LocationId = NewType("LocationId", str)

HERE: Final = "linden"
"""The source of what agencies write on our own pages."""


@dataclass(frozen=True, slots=True)
class Nationality:
    """Whom a service takes by nationality; countries are ISO 3166-1 alpha-2 codes."""

    limit: Limit = Limit.UNRECORDED
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon something is promised: `within` a time, or case by case, or not recorded at all."""

    within: timedelta | None = None
    case_by_case: bool = False

    @property
    def recorded(self) -> bool:
        return self.case_by_case or self.within is not None


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees on the earth: latitude -90 to 90, longitude -180 to 180, both ends included."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Address:
    """Where to go or write; `street` is everything finer than the town."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place as anybody may see it.

    `area` is what may always be said (a town, a district). When `confidential`, `name` is empty,
    and `address` and `point` are None: there is nothing in this value that could be shown.
    """

    id: LocationId
    area: str
    name: str = ""
    confidential: bool = False
    address: Address | None = None
    point: Point | None = None
    features: frozenset[AccessFeature] = frozenset()
    accessibility: str = ""


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """From how far people are taken; `name` is the area's own name where the source gives one."""

    extent: Extent
    name: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the doors are open; `words` keeps what the source said, also what no field can hold."""

    frequency: Frequency = Frequency.UNRECORDED
    interval: int = 1
    days: frozenset[Weekday] = frozenset()
    opens: time | None = None
    closes: time | None = None
    always_open: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number for the public, and what it is for."""

    number: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whom a service takes. Ages are whole years, both ends included; None is "not recorded"."""

    minimum_age: int | None = None
    maximum_age: int | None = None
    genders: frozenset[Gender] = frozenset()
    takes_children: bool | None = None
    nationality: Nationality = field(default_factory=Nationality)
    registration: Registration = Registration.UNRECORDED
    documents: frozenset[Document] = frozenset()
    expired_documents_taken: bool | None = None
    other_documents: tuple[str, ...] = ()
    criteria: frozenset[Criterion] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """How a service takes a referral, and what it promises afterwards.

    `methods` is how referrals arrive. HUB is there exactly when the organization is an agency of
    this hub and has not said NOT_ACCEPTED. Empty: not recorded.
    """

    methods: frozenset[ReferralMethod] = frozenset()
    arrivals: frozenset[Arrival] = frozenset()
    response: Promise = field(default_factory=Promise)
    next_steps: frozenset[NextStep] = frozenset()
    feedback: frozenset[Feedback] = frozenset()
    feedback_delay: Promise = field(default_factory=Promise)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Whether there is room, as last said at `as_of` (aware UTC; None when nobody ever said)."""

    band: CapacityBand = CapacityBand.UNKNOWN
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """Who provides a service; `agency` is set when she can be sent a referral through this hub."""

    id: OrganizationId
    name: str
    agency: AgencyId | None = None
    description: str = ""
    website: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service, with everything a page, the routing rule and the map may know of it.

    `languages` are ISO 639 codes in lower case, two letters where there are two ("ar", "en").
    `first_day` and `last_day` are the days the source says it runs, both included.
    `assured` is the day somebody last confirmed that this entry is true.
    """

    id: ServiceId
    name: str
    organization: Organization
    types: frozenset[ServiceType]
    description: str = ""
    status: Status = Status.ACTIVE
    locations: tuple[Location, ...] = ()
    areas: tuple[ServiceArea, ...] = ()
    languages: frozenset[str] = frozenset()
    interpretation: str = ""
    schedules: tuple[Schedule, ...] = ()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    url: str = ""
    eligibility: Eligibility = field(default_factory=Eligibility)
    intake: Intake = field(default_factory=Intake)
    capacity: Capacity = field(default_factory=Capacity)
    fees: str = ""
    alert: str = ""
    entry_point: bool = False
    first_day: date | None = None
    last_day: date | None = None
    assured: date | None = None
    source: str = ""

    @property
    def agency(self) -> AgencyId | None:
        """The hub agency that receives referrals for this service; None when it is outside."""
        return self.organization.agency

    @property
    def features(self) -> frozenset[AccessFeature]:
        """What at least one of its places offers."""
        return frozenset[AccessFeature]().union(*(place.features for place in self.locations))

    @property
    def points(self) -> tuple[Point, ...]:
        """Where it may be drawn on a map: never a confidential location."""
        return tuple(
            place.point
            for place in self.locations
            if place.point is not None and not place.confidential
        )

    def runs_on(self, day: date) -> bool:
        """Open for business on `day`: active, and within the days its source gives."""
        if self.status is not Status.ACTIVE:
            return False
        if self.first_day is not None and day < self.first_day:
            return False
        return self.last_day is None or day <= self.last_day


def in_order(services: Iterable[Service]) -> list[Service]:
    """By name, then organization, then id: the one order of every list of services."""
    return sorted(services, key=order)


def order(service: Service) -> tuple[str, str, str]:
    """The sorting key of `in_order`."""
    return service.name.casefold(), service.organization.name.casefold(), service.id
