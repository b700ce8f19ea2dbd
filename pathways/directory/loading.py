"""From rows to values: the one place that reads them, and where a hidden place stays hidden."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Row, Table, select
from sqlmodel import Session

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from pathways.directory.listing import (
    Address,
    Capacity,
    Eligibility,
    Intake,
    Location,
    LocationId,
    Nationality,
    Organization,
    OrganizationId,
    Phone,
    Point,
    Promise,
    Schedule,
    Service,
    ServiceArea,
)
from pathways.directory.tables import (
    AccessibilityRow,
    AttributeRow,
    CapacityRow,
    LanguageRow,
    LocationRow,
    OrganizationRow,
    PhoneRow,
    RequiredDocumentRow,
    ScheduleRow,
    ServiceAreaRow,
    ServiceAtLocationRow,
    ServiceRow,
    table,
)
from pathways.directory.terms import (
    NATIONALITY,
    SERVICE_TYPE,
    Arrival,
    CapacityBand,
    Criterion,
    Document,
    Feedback,
    Gender,
    NextStep,
    ReferralMethod,
    Weekday,
)

Word = TypeVar("Word", bound=StrEnum)
Rows = Mapping[str, Sequence[Row[Any]]]


def load(db: Session) -> list[Service]:
    """Every service; a confidential location with its area alone, whatever the row may hold."""
    services, organizations = table(ServiceRow), table(OrganizationRow)
    asked = select(services).order_by(services.c.id)
    owners = {row.id: _organization(row) for row in db.execute(select(organizations))}
    parts = _parts(db)
    return [_service(row, owners[row.organization], parts) for row in db.execute(asked)]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What belongs to services, by the service's id, in its own order."""

    words: Rows
    phones: Rows
    schedules: Rows
    languages: Rows
    areas: Rows
    documents: Rows
    capacities: Rows
    places: Mapping[str, Sequence[Location]]


def _parts(db: Session) -> _Parts:
    return _Parts(
        words=_by_service(db, table(AttributeRow)),
        phones=_by_service(db, table(PhoneRow)),
        schedules=_by_service(db, table(ScheduleRow)),
        languages=_by_service(db, table(LanguageRow)),
        areas=_by_service(db, table(ServiceAreaRow)),
        documents=_by_service(db, table(RequiredDocumentRow)),
        capacities=_by_service(db, table(CapacityRow)),
        places=_places(db),
    )


def _by_service(db: Session, of: Table) -> Rows:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    asked = select(of)
    ordered = asked.order_by(of.c.place) if "place" in of.c else asked
    for row in db.execute(ordered):
        found[row.service].append(row)
    return found


def _places(db: Session) -> Mapping[str, Sequence[Location]]:
    at, locations, features = (
        table(ServiceAtLocationRow),
        table(LocationRow),
        table(AccessibilityRow),
    )
    usable: dict[str, set[Any]] = defaultdict(set)
    for row in db.execute(select(features.c.location, features.c.feature)):
        usable[row.location].add(row.feature)
    joined = select(at.c.service, locations).join(locations, at.c.location == locations.c.id)
    found: dict[str, list[Location]] = defaultdict(list)
    for row in db.execute(joined.order_by(at.c.place, locations.c.id)):
        found[row.service].append(location(row, frozenset(usable[row.id])))
    return found


def location(row: Row[Any], features: frozenset[Any]) -> Location:
    """A place as anybody may see it: of a confidential one, its area and what makes it usable."""
    open_ = Location(
        id=LocationId(row.id),
        area=row.area,
        confidential=bool(row.confidential),
        features=features,
    )
    if row.confidential:
        return open_
    address = Address(row.street, row.city, row.region, row.postal_code, row.country)
    known = row.latitude is not None and row.longitude is not None
    return Location(
        id=open_.id,
        area=row.area,
        name=row.name,
        address=address if address != Address() else None,
        point=Point(row.latitude, row.longitude) if known else None,
        features=features,
        accessibility=row.accessibility,
    )


def _organization(row: Row[Any]) -> Organization:
    return Organization(
        OrganizationId(row.id), row.name, row.agency, row.description, row.website, row.email
    )


def _service(row: Row[Any], owner: Organization, parts: _Parts) -> Service:
    words = _words(parts.words.get(row.id, ()))
    return Service(
        id=ServiceId(row.id),
        name=row.name,
        organization=owner,
        types=_chosen(words, SERVICE_TYPE, ServiceType),
        description=row.description,
        status=row.status,
        locations=tuple(parts.places.get(row.id, ())),
        areas=tuple(ServiceArea(a.extent, a.name) for a in parts.areas.get(row.id, ())),
        languages=frozenset(spoken.code for spoken in parts.languages.get(row.id, ())),
        interpretation=row.interpretation,
        schedules=tuple(_schedule(s) for s in parts.schedules.get(row.id, ())),
        phones=tuple(Phone(p.number, p.words) for p in parts.phones.get(row.id, ())),
        email=row.email,
        url=row.url,
        eligibility=_eligibility(row, words, parts.documents.get(row.id, ())),
        intake=_intake(row, words, owner),
        capacity=_capacity(parts.capacities.get(row.id, ())),
        fees=row.fees,
        alert=row.alert,
        entry_point=row.entry_point,
        first_day=row.first_day,
        last_day=row.last_day,
        assured=row.assured,
        source=row.source,
    )


def _words(rows: Iterable[Row[Any]]) -> Mapping[str, frozenset[str]]:
    said: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        said[row.link_type].add(row.value)
    return {link: frozenset(values) for link, values in said.items()}


def _chosen(words: Mapping[str, frozenset[str]], link: str, of: type[Word]) -> frozenset[Word]:
    """The members of a closed list; a word that is on it no more is left out."""
    said = words.get(link)
    if not said:
        return frozenset()
    known = _members(of)
    return frozenset(known[value] for value in said if value in known)


@cache
def _members(of: type[Word]) -> dict[str, Word]:
    return {str(member.value): member for member in of}


def _eligibility(
    row: Row[Any], words: Mapping[str, frozenset[str]], documents: Iterable[Row[Any]]
) -> Eligibility:
    return Eligibility(
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        genders=_chosen(words, "gender", Gender),
        takes_children=row.takes_children,
        nationality=Nationality(row.nationality, words.get(NATIONALITY, frozenset())),
        registration=row.registration,
        documents=_chosen(words, "document", Document),
        expired_documents_taken=row.expired_documents_taken,
        other_documents=tuple(one.document for one in documents),
        criteria=_chosen(words, "criterion", Criterion),
        words=row.eligibility_words,
    )


def _intake(row: Row[Any], words: Mapping[str, frozenset[str]], owner: Organization) -> Intake:
    methods = _chosen(words, "referral-method", ReferralMethod)
    if owner.agency is not None and ReferralMethod.NOT_ACCEPTED not in methods:
        methods |= {ReferralMethod.HUB}
    return Intake(
        methods=methods,
        arrivals=_chosen(words, "arrival", Arrival),
        response=_promise(row.response_minutes, row.response_case_by_case),
        next_steps=_chosen(words, "next-step", NextStep),
        feedback=_chosen(words, "feedback", Feedback),
        feedback_delay=_promise(row.feedback_minutes, row.feedback_case_by_case),
        words=row.intake_words,
    )


def _promise(minutes: int | None, case_by_case: bool) -> Promise:
    return Promise(None if minutes is None else timedelta(minutes=minutes), case_by_case)


def _capacity(rows: Sequence[Row[Any]]) -> Capacity:
    return Capacity(rows[0].band, rows[0].as_of) if rows else Capacity(CapacityBand.UNKNOWN)


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        frequency=row.frequency,
        interval=row.interval,
        days=frozenset(Weekday[day] for day in row.days.split(",") if day),
        opens=time.fromisoformat(row.opens) if row.opens else None,
        closes=time.fromisoformat(row.closes) if row.closes else None,
        always_open=row.always_open,
        words=row.words,
    )
