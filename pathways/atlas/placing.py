"""Gives every stop of a layered drawing its height on the page: in order, apart, roads level.

A column is placed by least squares: every stop wishes to stand where its roads come in level, and
the pool-adjacent-violators method finds the nearest heights that keep order and distance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from pathways.atlas.layers import WAYPOINT, Course, Layers, Road

ROUNDS: Final = 10


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is to be placed, in units of the drawing.

    `heights` is by spot and `widths` by road; `heading` is the room above a group's first spot;
    `gap`, `group_gap` and `lane_gap` lie between spots, between groups, and beside waypoints.
    """

    heights: Mapping[str, float]
    widths: Mapping[Road, float]
    groups: Mapping[str, str]
    heading: float
    gap: float
    group_gap: float
    lane_gap: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Tops of stops, and where each road touches them.

    `touch` gives the middle of a road where it meets a stop's (left, right) side; a waypoint's
    two sides are the same. `height` is the foot of the lowest stop.
    """

    tops: Mapping[str, float]
    touch: Mapping[tuple[Road, str], float]
    height: float


def placed(layers: Layers, sizes: Sizes) -> Placed:
    """Where everything stands. The same layers and sizes always give the same places.

    Cost: O(rounds x (stops + segments)).
    """
    return _Placing(layers, sizes).settled()


class _Placing:
    """Tops while they are being settled, column by column, to and fro."""

    def __init__(self, layers: Layers, sizes: Sizes) -> None:
        self.layers, self.sizes = layers, sizes
        self.place = {stop: n for column in layers.columns for n, stop in enumerate(column)}
        self.road_of = {
            stop: road
            for road, way in layers.ways.items()
            for stop in way
            if stop.startswith(WAYPOINT)
        }
        self.offset = self._offsets()
        self.links = self._links()
        self.tops: dict[str, float] = {}
        self.steps = [self._steps(column) for column in layers.columns]
        self.height = max((self._least(n) for n in range(len(self.steps))), default=0.0)

    def settled(self) -> Placed:
        for column in range(len(self.steps)):
            self._centre(column)
        for _round in range(ROUNDS):
            for column in range(len(self.steps)):
                self._place(column)
            for column in reversed(range(len(self.steps))):
                self._place(column)
        touch = {
            (road, stop): self.tops[stop] + offset for (road, stop), offset in self.offset.items()
        }
        return Placed(MappingProxyType(self.tops), MappingProxyType(touch), self.height)

    def _tall(self, stop: str) -> float:
        road = self.road_of.get(stop)
        return self.sizes.heights[stop] if road is None else self.sizes.widths[road]

    def _steps(self, column: Sequence[str]) -> list[float]:
        """How far each stop's top must lie below the one above it; the first from the page's."""
        if not column:
            return []
        group = self.sizes.groups.get
        steps = [self.sizes.heading if group(column[0]) else 0.0]
        seen = {group(column[0])}
        for above, stop in pairwise(column):
            step = self._tall(above) + self._gap(above, stop)
            if group(stop) and group(stop) not in seen:
                step += self.sizes.heading
                seen.add(group(stop))
            steps.append(step)
        return steps

    def _gap(self, above: str, below: str) -> float:
        if above in self.road_of or below in self.road_of:
            return self.sizes.lane_gap
        same = self.sizes.groups[above] == self.sizes.groups[below]
        return self.sizes.gap if same else self.sizes.group_gap

    def _least(self, column: int) -> float:
        stops = self.layers.columns[column]
        return sum(self.steps[column]) + (self._tall(stops[-1]) if stops else 0.0)

    def _centre(self, column: int) -> None:
        top = (self.height - self._least(column)) / 2
        for stop, step in zip(self.layers.columns[column], self.steps[column], strict=True):
            top += step
            self.tops[stop] = top

    def _offsets(self) -> dict[tuple[Road, str], float]:
        """The middle of each road below its stop's top: roads of one side lie in a stack."""
        sides: dict[tuple[str, int], list[tuple[float, Road]]] = {}
        for road, way in self.layers.ways.items():
            for side, stop, rank in self._ends(road, way):
                sides.setdefault((stop, side), []).append((rank, road))
        offsets: dict[tuple[Road, str], float] = {}
        for (stop, _side), ranked in sides.items():
            roads = [road for _rank, road in sorted(ranked, key=lambda one: one[0])]
            top = (self._tall(stop) - sum(self.sizes.widths[road] for road in roads)) / 2
            for road in roads:
                offsets[road, stop] = top + self.sizes.widths[road] / 2
                top += self.sizes.widths[road]
        return offsets

    def _ends(self, road: Road, way: Sequence[str]) -> list[tuple[int, str, float]]:
        """(side, stop, rank from the top) wherever a road touches a stop; right is side 1."""
        if self.layers.courses[road] is Course.LEVEL:
            down = self.place[way[1]] - self.place[way[0]]
            far = 1e6 - abs(down)
            return [(1, way[0], far if down > 0 else -far), (1, way[1], -far if down > 0 else far)]
        forth = [(1, stop, float(self.place[nxt])) for stop, nxt in pairwise(way)]
        back = [(0, stop, float(self.place[before])) for before, stop in pairwise(way)]
        return forth + [end for end in back if end[1] not in self.road_of]

    def _links(self) -> dict[str, list[tuple[Road, str, float]]]:
        """For each stop its roads to the stops beside it, and how much each pulls."""
        links: dict[str, list[tuple[Road, str, float]]] = {stop: [] for stop in self.place}
        for road, way in self.layers.ways.items():
            if self.layers.courses[road] is Course.LEVEL:
                continue
            for left, right in pairwise(way):
                pull = 1.0 + self.sizes.widths[road]
                if left in self.road_of and right in self.road_of:
                    pull *= 4
                links[left].append((road, right, pull))
                links[right].append((road, left, pull))
        return links

    def _place(self, column: int) -> None:
        """Move a column's stops to the allowed heights nearest to their wishes."""
        base, wishes, pulls = 0.0, [], []
        for stop, step in zip(self.layers.columns[column], self.steps[column], strict=True):
            base += step
            wish, pull = self._wish(stop)
            wishes.append(wish - base)
            pulls.append(pull)
        slack = self.height - self._least(column)
        base = 0.0
        rising = risen(wishes, pulls)
        stops = zip(self.layers.columns[column], self.steps[column], rising, strict=True)
        for stop, step, shift in stops:
            base += step
            self.tops[stop] = base + min(max(shift, 0.0), slack)

    def _wish(self, stop: str) -> tuple[float, float]:
        """The top at which this stop's roads come in level on average, and how strongly."""
        total, pulls = 0.0, 0.0
        for road, other, pull in self.links[stop]:
            level = self.tops[other] + self.offset[road, other] - self.offset[road, stop]
            total += level * pull
            pulls += pull
        return (total / pulls, pulls) if pulls else (self.tops[stop], 0.1)


def risen(wishes: Sequence[float], pulls: Sequence[float]) -> list[float]:
    """The never-falling numbers nearest to `wishes`, in squares weighted by `pulls` (all > 0)."""
    pools: list[tuple[float, float, int]] = []
    for wish, pull in zip(wishes, pulls, strict=True):
        mean, weight, count = wish, pull, 1
        while pools and pools[-1][0] > mean:
            above, heavy, more = pools.pop()
            mean = (mean * weight + above * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + more
        pools.append((mean, weight, count))
    return [mean for mean, _weight, count in pools for _ in range(count)]
