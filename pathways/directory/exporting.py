"""The directory as one page of HSDS 3.1 JSON, for other directories and for other hubs.

What HSDS lacks goes out as attributes under Linden's own link types and comes back the same. A
confidential location does not go out at all, and nor does anything computed from it.
"""

import base64
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from pathways.directory.exporting_words import attributes
from pathways.directory.hsds_hours import ALWAYS_OPEN
from pathways.directory.hsds_places import FEATURE
from pathways.directory.listing import (
    Address,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
)
from pathways.directory.terms import Frequency, Weekday

Json = dict[str, Any]


def exported(services: Sequence[Service]) -> Json:
    """A page of HSDS with every service on it, in order."""
    count = len(services)
    return {
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not count,
        "contents": [_service(service) for service in services],
    }


def _service(service: Service) -> Json:
    id = as_uuid(service.id)
    owner = _organization(service.organization)
    shown = [place for place in service.locations if not place.confidential]
    said: Json = {
        "id": str(id),
        "organization_id": owner["id"],
        "name": service.name,
        "description": service.description,
        "status": str(service.status),
        "url": service.url,
        "email": service.email,
        "interpretation_services": service.interpretation,
        "application_process": service.intake.words,
        "fees_description": service.fees,
        "eligibility_description": service.eligibility.words,
        "minimum_age": service.eligibility.minimum_age,
        "maximum_age": service.eligibility.maximum_age,
        "assured_date": service.assured.isoformat() if service.assured else None,
        "alert": service.alert,
        "organization": owner,
        "phones": _each(id, "phone", [_phone(one) for one in service.phones]),
        "schedules": _each(id, "schedule", [_schedule(one) for one in service.schedules]),
        "languages": _each(id, "language", [{"code": c} for c in sorted(service.languages)]),
        "service_areas": _each(
            id,
            "area",
            [
                {"name": a.name, "extent": str(a.extent), "extent_type": "text"}
                for a in service.areas
            ],
        ),
        "required_documents": _each(
            id, "document", [{"document": d} for d in service.eligibility.other_documents]
        ),
        "service_at_locations": _each(id, "at", [{"location": _location(p)} for p in shown]),
        "attributes": _each(id, "attribute", attributes(service)),
    }
    return _without_nothing(said)


def _organization(organization: Organization) -> Json:
    return _without_nothing(
        {
            "id": str(as_uuid(organization.id)),
            "name": organization.name,
            # HSDS requires a description; the name is the least that is true.
            "description": organization.description or organization.name,
            "website": organization.website,
            "email": organization.email,
        }
    )


def _location(place: Location) -> Json:
    id, address = as_uuid(place.id), place.address or Address()
    said: Json = {
        "id": str(id),
        "location_type": "physical",
        "name": place.name,
        "area": place.area,
        "latitude": place.point.latitude if place.point else None,
        "longitude": place.point.longitude if place.point else None,
        "addresses": _each(id, "address", [_address(address)] if place.address else []),
        "accessibility": _each(
            id, "accessibility", [{"description": place.accessibility}] * bool(place.accessibility)
        ),
        "attributes": _each(
            id,
            "feature",
            [{"link_type": FEATURE, "value": str(feature)} for feature in sorted(place.features)],
        ),
    }
    return _without_nothing(said)


def _address(address: Address) -> Json:
    """HSDS requires every part; an empty one says that it is not known."""
    return {
        "address_1": address.street,
        "city": address.city,
        "state_province": address.region,
        "postal_code": address.postal_code,
        "country": address.country,
        "address_type": "physical",
    }


def _phone(phone: Phone) -> Json:
    return _without_nothing({"number": phone.number, "description": phone.words})


def _schedule(schedule: Schedule) -> Json:
    recurs = schedule.frequency in (Frequency.WEEKLY, Frequency.MONTHLY)
    always = [{"link_type": ALWAYS_OPEN, "value": "true"}] if schedule.always_open else []
    return _without_nothing(
        {
            "freq": str(schedule.frequency) if recurs else "",
            "count": 1 if schedule.frequency is Frequency.ONCE else None,
            "interval": schedule.interval if schedule.interval > 1 else None,
            "byday": ",".join(day for day in Weekday if day in schedule.days),
            "opens_at": f"{schedule.opens:%H:%M}" if schedule.opens else "",
            "closes_at": f"{schedule.closes:%H:%M}" if schedule.closes else "",
            "description": schedule.words,
            "attributes": always,
        }
    )


def _each(of: UUID, kind: str, said: Iterable[Json]) -> list[Json]:
    """Each with an id that is always the same for the same thing in the same place."""
    return [{"id": str(uuid5(of, f"{kind} {place}"))} | one for place, one in enumerate(said)]


def _without_nothing(said: Json) -> Json:
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def as_uuid(id: str) -> UUID:
    """The UUID of the same 128 bits as one of our ids."""
    return UUID(bytes=base64.b32decode(id.upper() + "======"))
