"""From a service's value to its rows: one function for what files bring and what pages send."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlmodel import SQLModel

from hub.core.ids import fresh
from pathways.directory.listing import Location, Promise, Schedule, Service
from pathways.directory.tables import (
    AttributeRow,
    LanguageRow,
    PhoneRow,
    RequiredDocumentRow,
    ScheduleRow,
    ServiceAreaRow,
)
from pathways.directory.terms import (
    NATIONALITY,
    SERVICE_TYPE,
    ReferralMethod,
    Weekday,
)

Values = dict[str, Any]

CHILDREN: Final[tuple[type[SQLModel], ...]] = (
    AttributeRow,
    PhoneRow,
    ScheduleRow,
    LanguageRow,
    ServiceAreaRow,
    RequiredDocumentRow,
)
"""Rows that belong to one service alone, and are written anew with it."""


def service_values(service: Service) -> Values:
    """The columns of ServiceRow that say what the service is; not whose it is or since when."""
    whom, how = service.eligibility, service.intake
    return {
        "name": service.name,
        "description": service.description,
        "status": service.status,
        "email": service.email,
        "url": service.url,
        "interpretation": service.interpretation,
        "fees": service.fees,
        "alert": service.alert,
        "minimum_age": whom.minimum_age,
        "maximum_age": whom.maximum_age,
        "takes_children": whom.takes_children,
        "nationality": whom.nationality.limit,
        "registration": whom.registration,
        "expired_documents_taken": whom.expired_documents_taken,
        "eligibility_words": whom.words,
        "response_minutes": _minutes(how.response),
        "response_case_by_case": how.response.case_by_case,
        "feedback_minutes": _minutes(how.feedback_delay),
        "feedback_case_by_case": how.feedback_delay.case_by_case,
        "intake_words": how.words,
        "entry_point": service.entry_point,
        "first_day": service.first_day,
        "last_day": service.last_day,
        "assured": service.assured,
    }


def child_values(id: str, service: Service) -> Mapping[type[SQLModel], list[Values]]:
    """The rows of CHILDREN that belong to the service kept under `id`."""
    made: dict[type[SQLModel], list[Values]] = {
        AttributeRow: [{"link_type": link, "value": value} for link, value in said_words(service)],
        PhoneRow: [{"number": one.number, "words": one.words} for one in service.phones],
        ScheduleRow: [_schedule(one) for one in service.schedules],
        LanguageRow: [{"code": code} for code in sorted(service.languages)],
        ServiceAreaRow: [{"extent": one.extent, "name": one.name} for one in service.areas],
        RequiredDocumentRow: [{"document": one} for one in service.eligibility.other_documents],
    }
    for table, rows in made.items():
        for place, values in enumerate(rows):
            values |= {"id": fresh(), "service": id}
            if "place" in table.model_fields:
                values["place"] = place
    return made


def location_values(location: Location) -> Values:
    """The columns of LocationRow; nothing that finds a confidential one."""
    open_ = not location.confidential
    address = location.address if open_ else None
    point = location.point if open_ else None
    return {
        "confidential": location.confidential,
        "area": location.area,
        "name": location.name if open_ else "",
        "street": address.street if address else "",
        "city": address.city if address else "",
        "region": address.region if address else "",
        "postal_code": address.postal_code if address else "",
        "country": address.country if address else "",
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "accessibility": location.accessibility,
    }


def feature_values(id: str, location: Location) -> list[Values]:
    """The accessibility rows of the location kept under `id`."""
    return [
        {"id": fresh(), "location": id, "feature": feature} for feature in sorted(location.features)
    ]


def said_words(service: Service) -> list[tuple[str, str]]:
    """Every word of a closed list said of the service. HUB is never stored: it follows."""
    whom, how = service.eligibility, service.intake
    sets: dict[str, Iterable[str]] = {
        SERVICE_TYPE: service.types,
        "referral-method": how.methods - {ReferralMethod.HUB},
        "arrival": how.arrivals,
        "next-step": how.next_steps,
        "feedback": how.feedback,
        "criterion": whom.criteria,
        "document": whom.documents,
        "gender": whom.genders,
        NATIONALITY: whom.nationality.countries,
    }
    return [(link, str(value)) for link, values in sets.items() for value in sorted(values)]


def _schedule(schedule: Schedule) -> Values:
    return {
        "frequency": schedule.frequency,
        "interval": schedule.interval,
        "days": ",".join(day for day in Weekday if day in schedule.days),
        "opens": f"{schedule.opens:%H:%M}" if schedule.opens else "",
        "closes": f"{schedule.closes:%H:%M}" if schedule.closes else "",
        "always_open": schedule.always_open,
        "words": schedule.words,
    }


def _minutes(promise: Promise) -> int | None:
    return None if promise.within is None else promise.within // timedelta(minutes=1)
