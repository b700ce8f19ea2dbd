"""Orders the columns of a layered drawing so that few lines cross; lines that skip a column bend.

The way of Sugiyama, Tagawa and Toda (1981) with the columns given: a line over more than one
column is cut by waypoints, sweeps sort every column by the middle of its neighbours, and
neighbours change places while that removes crossings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from pathways.atlas.sorting import Sorting

WAYPOINT: Final = "~"
"""First character of a waypoint's id; no spot's id begins with it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to be placed in a column; spots of one group stay together in their column."""

    id: str
    column: int
    group: str


@dataclass(frozen=True, slots=True)
class Road:
    """A line from one spot to another."""

    source: str
    target: str


class Course(Enum):
    """Which way a road runs across the columns, that are read from left to right."""

    ONWARD = auto()
    LEVEL = auto()
    BACK = auto()


@dataclass(frozen=True, slots=True)
class Layers:
    """Columns from left to right, each its stops (spots and waypoints) from top to bottom.

    `ways` gives for every road its stops from the left column to the right one; a road that runs
    BACK is given from its target to its source. Two stops in one column make a LEVEL road.
    """

    columns: tuple[tuple[str, ...], ...]
    ways: Mapping[Road, tuple[str, ...]]
    courses: Mapping[Road, Course]
    crossings: int


def layered(spots: Sequence[Spot], roads: Iterable[Road]) -> Layers:
    """The order of every column, found the same way each time.

    Args:
        spots: in the order that breaks ties; groups first appear in their preferred order.
        roads: between spots in `spots`; one given twice counts once, one to itself not at all.

    Raises:
        KeyError: a road names a spot that is not there: a bug.

    Cost: O(sweeps x (stops + segments) log segments).
    """
    at = {spot.id: spot.column for spot in spots}
    kept = [road for road in dict.fromkeys(roads) if road.source != road.target]
    courses = {road: _course(at[road.source], at[road.target]) for road in kept}
    ways = {road: _way(n, road, at) for n, road in enumerate(kept)}
    group = {spot.id: spot.group for spot in spots}
    segments = _segments(ways, courses)
    starts = (_columns(order, ways, at) for order in (spots, spots[::-1]))
    sortings = [Sorting(start, segments, group) for start in starts]
    for sorting in sortings:
        sorting.settle()
    best = min(sortings, key=lambda sorting: sorting.fewest)
    columns = tuple(map(tuple, best.best))
    return Layers(columns, MappingProxyType(ways), MappingProxyType(courses), best.fewest)


def _course(start: int, end: int) -> Course:
    if start == end:
        return Course.LEVEL
    return Course.ONWARD if start < end else Course.BACK


def _way(number: int, road: Road, at: Mapping[str, int]) -> tuple[str, ...]:
    """Every stop of a road, left to right, with a waypoint in each column it skips."""
    ends = sorted((road.source, road.target), key=lambda spot: at[spot])
    between = range(at[ends[0]] + 1, at[ends[1]])
    return (ends[0], *(f"{WAYPOINT}{number}.{column}" for column in between), ends[1])


def _columns(
    spots: Sequence[Spot], ways: Mapping[Road, tuple[str, ...]], at: Mapping[str, int]
) -> list[list[str]]:
    """The columns in their first order: group after group, then the waypoints."""
    columns: list[dict[str, list[str]]] = [{} for _ in range(max(at.values(), default=-1) + 1)]
    for spot in spots:
        columns[spot.column].setdefault(spot.group, []).append(spot.id)
    for way in ways.values():
        for column, stop in enumerate(way[1:-1], start=at[way[0]] + 1):
            columns[column].setdefault(WAYPOINT, []).append(stop)
    return [[stop for group in groups.values() for stop in group] for groups in columns]


def _segments(
    ways: Mapping[Road, tuple[str, ...]], courses: Mapping[Road, Course]
) -> list[tuple[str, str]]:
    """Pairs of stops in neighbouring columns that a road joins; level roads have none."""
    return [
        pair
        for road, way in ways.items()
        if courses[road] is not Course.LEVEL
        for pair in pairwise(way)
    ]
