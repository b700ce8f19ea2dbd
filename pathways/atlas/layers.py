"""Orders the columns of a layered drawing so that few lines cross; lines that skip a column bend.

The way of Sugiyama, Tagawa and Toda (1981) with the columns given: a line over more than one
column is cut by waypoints, sweeps sort every column by the middle of its neighbours, and
neighbours change places while that removes crossings.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from types import MappingProxyType
from typing import Final

SWEEPS: Final = 12
SWAPS: Final = 8
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
    drawing = _Drawing(_columns(spots, ways, at), _segments(ways, courses))
    drawing.settle()
    columns = tuple(tuple(s for block in column for s in block) for column in drawing.best)
    return Layers(columns, MappingProxyType(ways), MappingProxyType(courses), drawing.fewest)


def crossings(columns: Sequence[Sequence[str]], segments: Iterable[tuple[str, str]]) -> int:
    """How many pairs of segments between neighbouring columns cross.

    Args:
        columns: stops from top to bottom.
        segments: from a stop to a stop in the column to its right. Segments that share an end
            do not cross.

    Cost: O(segments log segments).
    """
    column_of = {stop: n for n, column in enumerate(columns) for stop in column}
    place = {stop: n for column in columns for n, stop in enumerate(column)}
    gaps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for left, right in segments:
        gaps[column_of[left]].append((place[left], place[right]))
    return sum(_inversions(sorted(gap)) for gap in gaps.values())


def _inversions(pairs: Iterable[tuple[int, int]]) -> int:
    """Pairs whose lefts rise while their rights fall; `pairs` comes sorted."""
    seen: list[int] = []
    found = 0
    for _left, right in pairs:
        found += len(seen) - bisect_right(seen, right)
        insort(seen, right)
    return found


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
) -> list[list[list[str]]]:
    """The columns in their first order: blocks of one group, then waypoints on their own."""
    columns: list[dict[str, list[str]]] = [{} for _ in range(max(at.values(), default=-1) + 1)]
    for spot in spots:
        columns[spot.column].setdefault(spot.group, []).append(spot.id)
    for way in ways.values():
        for column, stop in enumerate(way[1:-1], start=at[way[0]] + 1):
            columns[column][stop] = [stop]
    return [list(blocks.values()) for blocks in columns]


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


class _Drawing:
    """Columns of blocks of stops while they are being sorted, and the best order seen so far."""

    def __init__(self, columns: list[list[list[str]]], segments: Sequence[tuple[str, str]]) -> None:
        self.columns = columns
        self.segments = segments
        self.beside: tuple[dict[str, list[str]], dict[str, list[str]]] = (
            defaultdict(list),
            defaultdict(list),
        )
        for left, right in segments:
            self.beside[0][right].append(left)
            self.beside[1][left].append(right)
        self.place: dict[str, int] = {}
        for column in range(len(columns)):
            self._number(column)
        self.best, self.fewest = self._copy(), self._count()

    def settle(self) -> None:
        """Sweep to and fro, swap neighbours, and keep whatever order crossed least."""
        for _sweep in range(SWEEPS):
            if not self.fewest:
                return
            for column in range(1, len(self.columns)):
                self._sort(column, side=0)
            for column in reversed(range(len(self.columns) - 1)):
                self._sort(column, side=1)
            self._swap()
            self._keep()

    def _keep(self) -> None:
        now = self._count()
        if now < self.fewest:
            self.best, self.fewest = self._copy(), now

    def _copy(self) -> list[list[list[str]]]:
        return [[list(block) for block in column] for column in self.columns]

    def _count(self) -> int:
        flat = [[stop for block in column for stop in block] for column in self.columns]
        return crossings(flat, self.segments)

    def _number(self, column: int) -> None:
        stops = (stop for block in self.columns[column] for stop in block)
        self.place.update({stop: n for n, stop in enumerate(stops)})

    def _sort(self, column: int, side: int) -> None:
        """Put each stop at the mean place of its neighbours on one side; the lonely stay put."""
        wish = {
            stop: self._mean(self.beside[side][stop], else_at=self.place[stop])
            for block in self.columns[column]
            for stop in block
        }
        for block in self.columns[column]:
            block.sort(key=wish.__getitem__)
        self.columns[column].sort(key=lambda block: sum(map(wish.__getitem__, block)) / len(block))
        self._number(column)

    def _mean(self, stops: Sequence[str], else_at: float) -> float:
        return sum(self.place[stop] for stop in stops) / len(stops) if stops else else_at

    def _swap(self) -> None:
        """Let neighbours change places for as long as that removes a crossing."""
        for _round in range(SWAPS):
            if not any([self._swap_in(column) for column in range(len(self.columns))]):
                return

    def _swap_in(self, column: int) -> bool:
        blocks = self.columns[column]
        moved = self._swap_along(blocks)
        for block in blocks:
            ones = [[stop] for stop in block]
            if self._swap_along(ones):
                block[:] = [stop for one in ones for stop in one]
                moved = True
        self._number(column)
        return moved

    def _swap_along(self, row: list[list[str]]) -> bool:
        """One pass from top to bottom over a row of stops or blocks; whether anything moved."""
        moved = False
        for n in range(len(row) - 1):
            if self._crossed(row[n + 1], row[n]) < self._crossed(row[n], row[n + 1]):
                row[n], row[n + 1] = row[n + 1], row[n]
                moved = True
        return moved

    def _crossed(self, above: Sequence[str], below: Sequence[str]) -> int:
        """Crossings between the segments of two rows of stops when one lies above the other."""
        found = 0
        for side in self.beside:
            lower = sorted(self.place[end] for stop in below for end in side[stop])
            for stop in above:
                found += sum(bisect_left(lower, self.place[end]) for end in side[stop])
        return found
