"""What the tests of routing ask about: a law clinic, a service that says nothing, a need."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hub.core.ids import AgencyId, ServiceId
from hub.core.words import Priority, ServiceType
from pathways.directory.listing import (
    Capacity,
    Eligibility,
    Intake,
    Location,
    LocationId,
    Organization,
    OrganizationId,
    Point,
    Schedule,
    Service,
)
from pathways.directory.terms import (
    AccessFeature,
    CapacityBand,
    Frequency,
    Gender,
    ReferralMethod,
    Weekday,
)
from pathways.routing.eligibility import fit
from pathways.routing.need import AgeBand, Children, Named, Need, Papers, Place, When
from pathways.routing.reasons import Criterion, Reason

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)  # a Tuesday
ARABIC = Named("ar", "Arabic")
SYRIA = Named("SY", "Syria")
SALT = Point(32.04, 35.73)
AMMAN = Point(31.95, 35.93)
AQABA = Point(29.53, 35.0)
LAWYER = Need(ServiceType.LEGAL_ASSISTANCE)
HUB = Intake(methods=frozenset({ReferralMethod.HUB, ReferralMethod.PHONE}))
WORKDAYS = frozenset(list(Weekday)[:5])
OFFICE = Schedule(Frequency.WEEKLY, 1, WORKDAYS, time(8, 30), time(16))

NORTHSIDE = Service(
    ServiceId("n" * 26),
    "Legal advice",
    Organization(OrganizationId("o" * 26), "Northside", AgencyId("a" * 26)),
    frozenset({ServiceType.LEGAL_ASSISTANCE}),
    languages=frozenset({"ar", "en"}),
    locations=(Location(LocationId("l" * 26), "Salt", point=SALT),),
    schedules=(OFFICE,),
    intake=HUB,
    capacity=Capacity(CapacityBand.HAS, NOON - timedelta(days=3)),
)
SILENT = Service(
    ServiceId("s" * 26),
    "Somewhere",
    Organization(OrganizationId("q" * 26), "Somebody"),
    frozenset({ServiceType.LEGAL_ASSISTANCE}),
)
EVERYTHING = Need(
    ServiceType.LEGAL_ASSISTANCE,
    ARABIC,
    Place("Salt", SALT),
    Gender.FEMALE,
    AgeBand.ADULT,
    Children.MORE,
    SYRIA,
    Papers.HAS_NOT,
    frozenset({AccessFeature.STEP_FREE}),
    Priority.URGENT,
    When.DAY,
)


def reason(service: Service, need: Need, criterion: Criterion, at: datetime = NOON) -> Reason:
    return next(one for one in fit(service, need, at).reasons if one.criterion is criterion)


def absent(service: Service, need: Need, criterion: Criterion) -> bool:
    return all(one.criterion is not criterion for one in fit(service, need, NOON).reasons)


def takes(**limits: object) -> Service:
    return replace(NORTHSIDE, eligibility=Eligibility(**limits))  # type: ignore[arg-type]


def place_of(service: Service, place: Place) -> Reason:
    return reason(service, replace(LAWYER, place=place), Criterion.PLACE)


CASE, LEGAL, HOTLINE = (
    ServiceType.CASE_MANAGEMENT,
    ServiceType.LEGAL_ASSISTANCE,
    ServiceType.HOTLINE,
)


def offers(house: str, *kinds: ServiceType, entry: bool = False, n: str = "") -> Service:
    """A service of an agency; agency and organization are called alike."""
    return Service(
        ServiceId(f"{house} {kinds[0]}{n}"),
        f"{house} {kinds[0]}",
        Organization(OrganizationId(house), house, AgencyId(house)),
        frozenset(kinds),
        entry_point=entry,
    )


HELPLINE = offers("Safe Line", HOTLINE, entry=True)
POLICE = offers("Police", ServiceType.SAFETY_SECURITY, entry=True)
REFUGE = offers("Harbour", ServiceType.SAFE_HOUSE_SHELTER)
WORKER = offers("Harbour", CASE)
LAWYERS = offers("Northside", LEGAL)
TOWN = (HELPLINE, POLICE, REFUGE, WORKER, LAWYERS)
