"""Puts together what each page of the directory is given."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from hub.core.ids import ServiceId, looks_like_id
from hub.core.language import _
from hub.core.words import Role, ServiceType, Worded
from hub.desk import Desk
from pathways.directory import queries, showing, terms
from pathways.directory.actions import organization_of
from pathways.directory.editing_intake import Answer, Within, answered, offered
from pathways.directory.languages import COMMON, country_of, name_of
from pathways.directory.listing import Location, LocationId, Service
from pathways.directory.shelf import Shelf, Wanted
from pathways.directory.tables import ImportRow, QuarantineRow
from pathways.directory.views import (
    Choices,
    ImportsPage,
    Room,
    Run,
    SearchPage,
    ServiceFormPage,
    ServicePage,
)

ON_A_PAGE: Final = 25
OLD_AFTER: Final = timedelta(days=14)
"""A word on capacity older than this is shown as old."""
MOST_RUNS: Final = 20
MOST_HELD: Final = 100


def today(desk: Desk) -> date:
    """The day it is in the hub's time zone."""
    return desk.at.astimezone(desk.hub.settings.zone).date()


def search_page(desk: Desk, wanted: Wanted) -> SearchPage:
    """What was found, from behind the service that `after` names."""
    typed = desk.form.optional_text("after", 40)
    after = ServiceId(typed) if looks_like_id(typed) else None
    shelf = queries.shelf(desk.db)
    found = shelf.find(wanted, today(desk), after, ON_A_PAGE)
    asked = _asked(desk)
    return SearchPage(
        lines=[showing.line(service, today(desk)) for service in found.services],
        choices=_choices(shelf),
        total=found.total,
        silent=found.silent,
        asked=bool(asked),
        is_empty=not shelf.services,
        writes=Role.ADMINISTRATOR in desk.sight.roles,
        older=asked | {"after": found.after} if found.after else None,
        with_silent=asked | {"silent_too": "yes"},
    )


def _asked(desk: Desk) -> dict[str, str]:
    """The search as it stands in the address, without where in the list the page begins."""
    fields = {name: values[0] for name, values in desk.form.fields.items() if values and values[0]}
    return {name: fields[name] for name in SEARCHED if name in fields}


SEARCHED: Final = ("need", "place", "language", "words", "silent_too", "entry_points")


def _choices(shelf: Shelf) -> Choices:
    """Kinds of help that some service gives, with their number, and languages that some speaks."""
    needs = [
        (kind.value, _("{kind} ({n})").format(kind=kind.label, n=count))
        for kind, count in shelf.needs.items()
        if count
    ]
    spoken = sorted(((code, name_of(code)) for code in shelf.languages), key=lambda one: one[1])
    return Choices(needs, spoken, shelf.places)


def service_page(desk: Desk, id: ServiceId) -> ServicePage:
    """One service.

    Raises:
        NothingHere: there is none with this id.
    """
    service, day = queries.service(desk.db, id), today(desk)
    capacity = service.capacity
    own = service.agency == desk.sight.agency and Role.ADMINISTRATOR in desk.sight.roles
    is_old = capacity.as_of is not None and desk.at - capacity.as_of > OLD_AFTER
    return ServicePage(
        id=id,
        name=service.name,
        organization=service.organization.name,
        description=service.description,
        kinds=showing.lines(service.types),
        warnings=showing.warnings(service, day),
        cards=showing.cards(service),
        missing=showing.missing(service),
        room=Room(capacity.band, capacity.as_of, is_old),
        referring=showing.referring(service),
        origin=showing.origin(service),
        on_hub=service.agency is not None,
        hides_place=any(place.confidential for place in service.locations),
        own=own,
    )


def new_service(desk: Desk) -> Service:
    """A service about which nothing is said yet but whose it is."""
    owner = organization_of(desk.db, desk.sight.agency)
    return Service(ServiceId(""), "", owner, frozenset())


def service_form_page(service: Service, heading: str, version: int) -> ServiceFormPage:
    """The form, filled in as the service is now."""
    place = service.locations[0] if service.locations else Location(LocationId(""), "")
    return ServiceFormPage(
        id=service.id,
        heading=heading,
        version=version,
        service=service,
        place=place,
        more_places=max(0, len(service.locations) - 1),
        days=[day.value for one in service.schedules[:1] for day in one.days],
        typed=_typed(service, place),
        lists=_lists(),
    )


def _typed(service: Service, place: Location) -> dict[str, str]:
    whom, how = service.eligibility, service.intake
    hours = service.schedules[0] if service.schedules else None
    address, point = place.address, place.point
    numbers = [f"{p.number}, {p.words}" if p.words else p.number for p in service.phones]
    others = sorted(name_of(code) for code in service.languages - frozenset(COMMON))
    return {
        "street": address.street if address else "",
        "city": address.city if address else "",
        "postal_code": address.postal_code if address else "",
        "latitude": str(point.latitude) if point else "",
        "longitude": str(point.longitude) if point else "",
        "phones": "\n".join(numbers),
        "other_languages": ", ".join(others),
        "extent": service.areas[0].extent.value if service.areas else "",
        "opens": f"{hours.opens:%H:%M}" if hours and hours.opens else "",
        "closes": f"{hours.closes:%H:%M}" if hours and hours.closes else "",
        "hours_words": hours.words if hours else "",
        "always_open": "yes" if hours and hours.always_open else "",
        "minimum_age": "" if whom.minimum_age is None else str(whom.minimum_age),
        "maximum_age": "" if whom.maximum_age is None else str(whom.maximum_age),
        "takes_children": answered(whom.takes_children),
        "expired": answered(whom.expired_documents_taken),
        "countries": ", ".join(sorted(country_of(code) for code in whom.nationality.countries)),
        "response": offered(how.response),
        "feedback_delay": offered(how.feedback_delay),
        "first_day": service.first_day.isoformat() if service.first_day else "",
        "last_day": service.last_day.isoformat() if service.last_day else "",
    }


def _lists() -> Mapping[str, Sequence[tuple[str, str]]]:
    """The closed lists the form chooses from, as pairs of value and words."""
    offered_lists: dict[str, Sequence[Worded]] = {
        "kinds": tuple(ServiceType),
        "status": tuple(terms.Status),
        "features": tuple(terms.AccessFeature),
        "extent": tuple(terms.Extent),
        "days": tuple(terms.Weekday),
        "genders": tuple(terms.Gender),
        "limits": tuple(terms.Limit),
        "registration": tuple(terms.Registration),
        "documents": tuple(terms.Document),
        "criteria": tuple(terms.Criterion),
        "methods": tuple(one for one in terms.ReferralMethod if one != terms.ReferralMethod.HUB),
        "arrivals": tuple(terms.Arrival),
        "next_steps": tuple(terms.NextStep),
        "feedback": tuple(terms.Feedback),
        "within": tuple(Within),
        "answers": tuple(Answer),
    }
    pairs = {
        name: [(one.value, str(one.label)) for one in words]
        for name, words in offered_lists.items()
    }
    return pairs | {"languages": [(code, name_of(code)) for code in COMMON]}


def imports_page(desk: Desk) -> ImportsPage:
    """The latest file of each source, newest first, with what could not be taken."""
    newest = select(ImportRow).order_by(col(ImportRow.at).desc(), col(ImportRow.id))
    runs = desk.db.execute(newest.limit(MOST_RUNS)).scalars()
    return ImportsPage([_run(desk, run) for run in runs])


def _run(desk: Desk, run: ImportRow) -> Run:
    asked = select(col(QuarantineRow.place), col(QuarantineRow.reason)).where(
        col(QuarantineRow.run) == run.id
    )
    held = desk.db.execute(asked.order_by(col(QuarantineRow.number)).limit(MOST_HELD))
    return Run(
        at=run.at,
        file=run.file,
        taken=run.taken,
        unchanged=run.unchanged,
        quarantined=run.quarantined,
        held=[(place, reason) for place, reason in held],
    )
