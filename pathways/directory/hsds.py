"""Reads one HSDS 3.1 record, nested as its API nests it, into a draft.

Known are services, services at a location, and organizations. What HSDS lacks is read from
attributes under Linden's own link types, as Linden's export writes them.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from hub.core.ids import ServiceId
from hub.core.language import _
from pathways.directory.draft import Draft
from pathways.directory.fields import PROSE, Fields
from pathways.directory.hsds_eligibility import eligibility, intake
from pathways.directory.hsds_hours import schedule
from pathways.directory.hsds_places import LONGEST_ID, location
from pathways.directory.hsds_words import Attributes, types
from pathways.directory.languages import code_of
from pathways.directory.listing import (
    Capacity,
    Location,
    Organization,
    OrganizationId,
    Phone,
    Service,
    ServiceArea,
)
from pathways.directory.strict import RecordRefused, quoted
from pathways.directory.terms import CapacityBand, Extent, Status

SOURCE: Final = "hsds"
ORGANIZATION_ONLY: Final = frozenset(
    {"website", "email", "legal_status", "tax_status", "year_incorporated", "logo"}
    | {"organization_identifiers", "parent_organization_id", "additional_websites"}
    | {"contacts", "phones", "locations", "programs"}
)
"""Fields that no other record of HSDS with neither a status nor a service has."""


def draft(record: Fields) -> Draft:
    """What the record says, under its own ids.

    Raises:
        RecordRefused: it is none of the three kinds, lacks what HSDS requires of its kind, says
            a thing twice over (a status that is none, ages the wrong way round), or places
            something beyond the earth.
    """
    inner = record.inner("service")
    if inner is not None and "name" not in record.values:
        drafted = _service_draft(inner, record)
        return replace(drafted, adds_place=True)
    if "status" in record.values or "service_at_locations" in record.values:
        return _service_draft(record, None)
    if ORGANIZATION_ONLY & record.values.keys():
        organization = _organization(record)
        return Draft(SOURCE, f"organization/{organization.id}", organization)
    raise RecordRefused(_("It is neither an HSDS service nor an organization: it has no status."))


def _service_draft(said: Fields, at: Fields | None) -> Draft:
    owner = said.inner("organization")
    if owner is None:
        raise said.wrong("organization", _("It does not say which organization gives it."))
    id = said.needed("id", LONGEST_ID)
    organization = _organization(owner)
    service = _service(ServiceId(id), organization, said, _locations(said, at))
    return Draft(SOURCE, id, organization, service)


def _organization(said: Fields) -> Organization:
    return Organization(
        id=OrganizationId(said.needed("id", LONGEST_ID)),
        name=said.needed("name"),
        description=said.text("description", PROSE),
        website=said.text("website"),
        email=said.text("email"),
    )


def _locations(said: Fields, at: Fields | None) -> tuple[Location, ...]:
    """The places of a service, each once."""
    links = list(said.each("service_at_locations")) + ([at] if at is not None else [])
    places = [place for link in links if (place := link.inner("location")) is not None]
    found = {place.id: place for place in map(location, places)}
    return tuple(found.values())


def _service(
    id: ServiceId, owner: Organization, said: Fields, places: tuple[Location, ...]
) -> Service:
    attributes = Attributes(said)
    name, description = said.needed("name"), said.text("description", PROSE)
    codes, unknown = _languages(said)
    return Service(
        id=id,
        name=name,
        organization=owner,
        types=types(attributes, name, description),
        description=description,
        status=_status(said),
        locations=places,
        areas=tuple(_area(one) for one in said.each("service_areas")),
        languages=codes,
        interpretation=_joined(said.text("interpretation_services", PROSE), unknown),
        schedules=tuple(schedule(one) for one in said.each("schedules")),
        phones=tuple(_phone(one) for one in said.each("phones")),
        email=said.text("email"),
        url=said.text("url"),
        eligibility=eligibility(said, attributes),
        intake=intake(said, attributes),
        capacity=_capacity(said, attributes),
        fees=_fees(said),
        alert=said.text("alert", PROSE),
        entry_point=attributes.yes("entry-point") is True,
        first_day=attributes.day("first-day"),
        last_day=attributes.day("last-day"),
        assured=said.day("assured_date"),
        source=SOURCE,
    )


def _status(said: Fields) -> Status:
    status = said.needed("status", 40)
    known = {str(one.value): one for one in Status}
    if status not in known:
        raise said.wrong("status", _("{value} is no status of HSDS.").format(value=quoted(status)))
    return known[status]


def _area(said: Fields) -> ServiceArea:
    """An area by name; its extent only where it is one of ours, as an HSDS extent is a polygon."""
    known = {str(one.value): one for one in Extent}
    extent = said.values.get("extent")
    is_ours = isinstance(extent, str) and extent in known
    return ServiceArea(
        known[str(extent)] if is_ours else Extent.OTHER,
        said.text("name") or said.text("description", PROSE)[:300],
    )


def _languages(said: Fields) -> tuple[frozenset[str], list[str]]:
    """Codes of the languages that are known, and the names of the others."""
    spoken = [(one.text("code", 40), one.text("name")) for one in said.each("languages")]
    found = [(code_of(code) or code_of(name), name or code) for code, name in spoken]
    return frozenset(code for code, _name in found if code), [n for code, n in found if not code]


def _phone(said: Fields) -> Phone:
    extension = said.text("extension", 20)
    words = [said.text("description"), f"{_('extension')} {extension}" if extension else ""]
    return Phone(said.needed("number", 80), "; ".join(word for word in words if word)[:300])


def _capacity(said: Fields, attributes: Attributes) -> Capacity:
    """Our band where an attribute says it; else whether any unit was free at the last update."""
    band = attributes.word("capacity", CapacityBand, CapacityBand.UNKNOWN)
    if band is not CapacityBand.UNKNOWN:
        return Capacity(band, _moment(attributes.text("capacity-as-of")))
    units = list(said.each("capacities"))
    if not units:
        return Capacity()
    free = any((unit.number("available", 0, 1e9) or 0) > 0 for unit in units)
    updated = [moment for unit in units if (moment := _moment(unit.text("updated"))) is not None]
    return Capacity(CapacityBand.HAS if free else CapacityBand.FULL, max(updated, default=None))


def _moment(text: str) -> datetime | None:
    """An instant with its offset (without one, UTC); None where it is not a possible one."""
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if 1900 <= at.year <= 2200 else None


def _fees(said: Fields) -> str:
    told = said.text("fees_description", PROSE) or said.text("fees", PROSE)
    costs = [
        _joined(one.text("option"), [one.text("amount"), one.text("currency", 20)], " ")
        for one in said.each("cost_options")
    ]
    return _joined(told, [cost for cost in costs if cost])


def _joined(first: str, others: list[str], between: str = "; ") -> str:
    return between.join(word for word in [first, *others] if word)[:PROSE]
