"""How far away a service is, and whether it reaches where she is."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from hub.core.language import lazy
from hub.core.words import ServiceType
from pathways.directory.listing import Point, Service
from pathways.directory.terms import Arrival, Extent
from pathways.routing.need import Need, Place
from pathways.routing.reasons import Criterion, Reason, blocks, fits, unknown

EARTH: Final = 6371.0
"""Kilometres from the middle of the earth to its face."""

REACH: Final = {
    Extent.WALKING: 3.0,
    Extent.CITY: 15.0,
    Extent.DISTRICT: 30.0,
    Extent.GOVERNORATE: 60.0,
    Extent.ADJACENT: 120.0,
    Extent.REGION: 200.0,
}
"""Kilometres that a word for an area surely spans; beyond, somebody must ask."""

SURELY_NOT: Final = 3.0
"""Beyond this many times the reach, a service does not come so far."""

ANYWHERE: Final = frozenset({Arrival.HOTLINE})


def kilometres(one: Point, other: Point) -> float:
    """The great-circle distance between two points."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    scale = cos(radians(one.latitude)) * cos(radians(other.latitude))
    half = sin(north / 2) ** 2 + scale * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def distance(service: Service, place: Place | None) -> float | None:
    """Kilometres to the nearest of its places that may be known; None when that cannot be said."""
    if place is None or place.point is None:
        return None
    here = place.point
    return min((kilometres(here, point) for point in service.points), default=None)


def reaches(service: Service, need: Need) -> Reason | None:
    """Whether the service takes people from where she is; None when no place was said.

    A confidential place counts by its area alone; its distance is never reckoned.
    """
    place = need.place
    if place is None:
        return None
    named = _by_name(service, place)
    if named is not None:
        return named
    far = distance(service, place)
    return _by_area(service, place) if far is None else _by_distance(service, far)


def _by_name(service: Service, place: Place) -> Reason | None:
    extents = {area.extent for area in service.areas}
    if Extent.COUNTRY in extents:
        return fits(Criterion.PLACE, lazy("Takes people from the whole country."))
    if ServiceType.HOTLINE in service.types or service.intake.arrivals & ANYWHERE:
        return fits(Criterion.PLACE, lazy("Can be reached by telephone from anywhere."))
    if place.area.casefold() in _names(service):
        return fits(
            Criterion.PLACE, lazy("In {area}, or takes people from there."), area=place.area
        )
    return None


def _names(service: Service) -> set[str]:
    names = {area.name for area in service.areas}
    for location in service.locations:
        names.add(location.area)
        if location.address is not None:
            names |= {location.address.city, location.address.region}
    return {name.casefold() for name in names if name}


def _by_distance(service: Service, far: float) -> Reason:
    reaching = [REACH[area.extent] for area in service.areas if area.extent in REACH]
    said = max(1, round(far))
    if not reaching:
        return unknown(
            Criterion.PLACE,
            lazy("About {far} km away; how far it reaches is not recorded."),
            far=said,
        )
    if far <= max(reaching):
        return fits(Criterion.PLACE, lazy("About {far} km away, within its reach."), far=said)
    if far > SURELY_NOT * max(reaching):
        return blocks(
            Criterion.PLACE,
            lazy("About {far} km away; it takes people from: {reach}."),
            far=said,
            reach=tuple(area.extent for area in service.areas),
        )
    return unknown(Criterion.PLACE, lazy("About {far} km away, perhaps too far for it."), far=said)


def _by_area(service: Service, place: Place) -> Reason:
    areas = tuple(dict.fromkeys(one.area for one in service.locations if one.area))
    if not areas:
        return unknown(Criterion.PLACE, lazy("Its place is not recorded."))
    return unknown(
        Criterion.PLACE,
        lazy("In {areas}; whether people from {area} are taken is not recorded."),
        areas=areas,
        area=place.area,
    )
