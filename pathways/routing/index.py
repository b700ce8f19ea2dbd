"""The directory arranged for asking: built once for each edition, read by every request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, floor, radians
from types import MappingProxyType
from typing import Final

from hub.core.words import ServiceType
from pathways.directory.listing import Point, Service
from pathways.routing.need import Need, Place

SCANNED: Final = 3000
"""Up to so many services of one kind are all looked at; of more, the nearest."""

CELL: Final = 0.25
"""The side of a cell of the grid, in degrees: about 28 km from north to south."""

Cell = tuple[int, int]


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

    def candidates(self, need: Need) -> tuple[Service, ...]:
        """The services worth asking: all of this kind, or of very many the nearest.

        Cost: O(1) up to `SCANNED` services of a kind; beyond, the cells of a few rings.
        """
        bucket = self.buckets.get(need.service_type)
        if bucket is None:
            return ()
        point = need.place.point if need.place else None
        if len(bucket.services) <= SCANNED:
            return bucket.services
        return _nearest(bucket, point) if point else bucket.services[:SCANNED]


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
