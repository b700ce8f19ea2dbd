"""The directory arranged for asking: built once for each edition, read by every request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from math import cos, floor, radians
from types import MappingProxyType
from typing import Final

from hub.core.words import ServiceType
from pathways.directory.listing import Point, Service
from pathways.directory.terms import AccessFeature
from pathways.routing.need import Need, Place

SCANNED: Final = 3000
"""Up to so many services of one kind are all looked at; of more, the nearest."""

ASKED: Final = 200
"""Of those looked at, so many are asked in full: the ones that look best at a glance."""

CELL: Final = 0.25
"""The side of a cell of the grid, in degrees: about 28 km from north to south."""

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The services to ask in full; and how many more looked as if they fit, or as if not."""

    services: tuple[Service, ...]
    more: int = 0
    more_not: int = 0


@dataclass(frozen=True, slots=True)
class Bucket:
    """The services of one kind: all, in the directory's order, and those with a point by cell."""

    services: tuple[Service, ...]
    cells: Mapping[Cell, tuple[Service, ...]]
    elsewhere: tuple[Service, ...]


class Index:
    """Who gives which kind of help, where; and what the forms can offer to choose from."""

    def __init__(self, services: Iterable[Service]) -> None:
        by_type: dict[ServiceType, list[Service]] = defaultdict(list)
        for service in services:
            for kind in service.types:
                by_type[kind].append(service)
        self.buckets = MappingProxyType({kind: _bucket(ones) for kind, ones in by_type.items()})
        everyone = {service.id: service for ones in by_type.values() for service in ones}
        self.places = MappingProxyType(_places(everyone.values()))
        self.languages = frozenset[str]().union(*(one.languages for one in everyone.values()))
        self.countries = frozenset[str]().union(
            *(one.eligibility.nationality.countries for one in everyone.values())
        )

    def candidates(self, need: Need, day: date) -> Candidates:
        """The services worth asking: all of this kind, or of very many those that look best.

        Cost: O(1) up to `ASKED` services of a kind; beyond, a glance at each of up to `SCANNED`,
        found in the cells of a few rings.
        """
        bucket = self.buckets.get(need.service_type)
        if bucket is None:
            return Candidates(())
        point = need.place.point if need.place else None
        services = bucket.services
        if len(services) > SCANNED:
            services = _nearest(bucket, point) if point else services[:SCANNED]
        return _at_a_glance(services, need, day)


def _at_a_glance(services: tuple[Service, ...], need: Need, day: date) -> Candidates:
    if len(services) <= ASKED:
        return Candidates(services)
    point = need.place.point if need.place else None
    glances = [_glance(service, need, day, point) for service in services]
    best = nsmallest(ASKED, range(len(services)), key=glances.__getitem__)
    fitting = sum(1 for glance in glances if not glance[0])
    asked = sum(1 for n in best if not glances[n][0])
    rest = len(services) - len(best)
    return Candidates(tuple(services[n] for n in best), fitting - asked, rest - fitting + asked)


def _glance(service: Service, need: Need, day: date, point: Point | None) -> tuple[int, int, float]:
    """What surely stands in the way, what is surely not recorded, and roughly how far away."""
    blocked = not service.runs_on(day)
    silent = 0
    if need.language is not None and need.language.code not in service.languages:
        blocked = blocked or (bool(service.languages) and not _interprets(service))
        silent += not service.languages
    if need.gender is not None and need.gender not in service.eligibility.genders:
        blocked = blocked or bool(service.eligibility.genders)
        silent += not service.eligibility.genders
    if point is None:
        return blocked, silent, 0.0
    return blocked, silent, min((_span(point, other) for other in service.points), default=1.0)


def _interprets(service: Service) -> bool:
    return bool(service.interpretation) or AccessFeature.INTERPRETER in service.features


def _span(one: Point, other: Point) -> float:
    """Degrees apart, as the crow flies over a flat earth: enough to tell near from far."""
    return abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude)


def _bucket(services: list[Service]) -> Bucket:
    cells: dict[Cell, list[Service]] = defaultdict(list)
    elsewhere = []
    for service in services:
        if not service.points:
            elsewhere.append(service)
        for cell in dict.fromkeys(map(_cell, service.points)):
            cells[cell].append(service)
    fixed = {cell: tuple(ones) for cell, ones in cells.items()}
    return Bucket(tuple(services), MappingProxyType(fixed), tuple(elsewhere))


def _cell(point: Point) -> Cell:
    return floor(point.latitude / CELL), floor(point.longitude / CELL)


def _nearest(bucket: Bucket, point: Point) -> tuple[Service, ...]:
    """Ring after ring of cells around `point`, then those whose point nobody knows."""
    row, column = _cell(point)
    wider = max(1, round(1 / max(0.2, cos(radians(point.latitude)))))
    found: dict[str, Service] = {}
    rings = 0
    while len(found) < SCANNED and rings * CELL < 180:
        for cell in _ring(row, column, rings, wider):
            found.update((service.id, service) for service in bucket.cells.get(cell, ()))
        rings += 1
    return (*list(found.values())[:SCANNED], *bucket.elsewhere[:SCANNED])


def _ring(row: int, column: int, ring: int, wider: int) -> Iterable[Cell]:
    """The cells `ring` steps away; near the poles a step east takes several cells."""
    for down in range(-ring, ring + 1):
        edge = abs(down) == ring
        for right in range(-ring * wider, ring * wider + 1):
            if edge or abs(right) > (ring - 1) * wider:
                yield row + down, column + right


def _places(services: Iterable[Service]) -> dict[str, Place]:
    """Every area by its name, with the middle of the points in it that may be known."""
    points: dict[str, list[Point]] = defaultdict(list)
    for service in services:
        for location in service.locations:
            known = not location.confidential and location.point is not None
            points[location.area].extend([location.point] if known and location.point else [])
    return {
        area: Place(area, _middle(points[area]))
        for area in sorted(points, key=str.casefold)
        if area
    }


def _middle(points: list[Point]) -> Point | None:
    if not points:
        return None
    north = sum(point.latitude for point in points) / len(points)
    east = sum(point.longitude for point in points) / len(points)
    return Point(round(north, 3), round(east, 3))
