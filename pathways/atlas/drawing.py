"""Turns sites and streams into the shapes of a drawing, the same way every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pathways.atlas.layers import Course, Layers, Road, Spot, layered
from pathways.atlas.lettering import wrapped
from pathways.atlas.placing import Placed, Sizes, placed
from pathways.atlas.shapes import Band, Box, Picture, Site, Stream, Words

WIDTH: Final = 1130
EDGE: Final = 2
TOP: Final = 46
INSET: Final = 12
LOOP: Final = 46
HAIRLINE: Final = 1.5
THINNEST_BAND: Final = 4.0
FULL_SCALE: Final = 0.9
LABELLED: Final = 13.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How large things are drawn: letters, lines, boxes and the air between them.

    `word` is what the style sheet calls it; its letters must be those of `name` and `note`.
    `crowd` is the number of boxes in the fullest column up to which this scale is used.
    """

    word: str
    crowd: int
    box: float
    name: float
    note: float
    line: float
    gap: float
    thickest: float


SCALES: Final = (
    Scale("large", crowd=6, box=208, name=16, note=13.5, line=19, gap=34, thickest=56),
    Scale("middle", crowd=11, box=200, name=15.5, note=13, line=18, gap=16, thickest=48),
    Scale("small", crowd=10_000, box=184, name=14.5, note=12.5, line=17, gap=9, thickest=34),
)


@lru_cache(maxsize=64)
def drawn(
    sites: tuple[Site, ...], streams: tuple[Stream, ...], columns: tuple[str, ...]
) -> Picture:
    """The drawing of these sites in columns headed by `columns`, remembered while it is asked for.

    Streams between sites that are not there, and from a site to itself, are left out.
    """
    known = {site.id for site in sites}
    by_road = {
        Road(stream.source, stream.target): stream
        for stream in streams
        if stream.source in known and stream.target in known and stream.source != stream.target
    }
    spots = [Spot(site.id, site.column, _group(site)) for site in sites]
    return _Sheet(sites, by_road, layered(spots, by_road), columns).picture()


def _group(site: Site) -> str:
    return f"{site.column} {site.group}"


def thicknesses(streams: Mapping[Road, Stream], thickest: float) -> dict[Road, float]:
    """How thick each road is drawn: in proportion to its figure, small ones as hairlines.

    The busiest site's roads together are at most `thickest`, but for what thin ones are rounded up.
    """
    loads: dict[tuple[str, int], int] = {}
    for road, stream in streams.items():
        for end in ((road.source, 1), (road.target, 0)):
            loads[end] = loads.get(end, 0) + stream.figure.least
    scale = min(FULL_SCALE, thickest / max([1, *loads.values()]))
    return {
        road: max(THINNEST_BAND, stream.figure.least * scale) if stream.figure.shown else HAIRLINE
        for road, stream in streams.items()
    }


class _Sheet:
    """The sheet of paper one drawing is made on."""

    def __init__(
        self,
        sites: Sequence[Site],
        streams: Mapping[Road, Stream],
        layers: Layers,
        heads: Sequence[str],
    ) -> None:
        self.sites = {site.id: site for site in sites}
        self.streams, self.layers, self.heads = streams, layers, heads
        crowd = max((self._spots(column) for column in layers.columns), default=0)
        self.scale = next(scale for scale in SCALES if crowd <= scale.crowd)
        self.thick = thicknesses(streams, self.scale.thickest)
        self.lanes = {road: max(4.0, thick + 1.5) for road, thick in self.thick.items()}
        room = self.scale.box - 2 * INSET
        self.names = {s.id: wrapped(s.name, self.scale.name, room, 2) for s in sites}
        self.notes = {s.id: wrapped(s.note, self.scale.note, room, 2) for s in sites}
        self.column_of = {stop: n for n, stops in enumerate(layers.columns) for stop in stops}
        self.heights = self._heights()
        self.placed = self._placed()
        self.lanes_out = self._lanes_out()

    def picture(self) -> Picture:
        return Picture(
            WIDTH,
            TOP + self.placed.height + EDGE,
            tuple(Words(head, self._left(n), 20) for n, head in enumerate(self.heads)),
            self._groups(),
            tuple(self._box(self.sites[stop]) for stop in self.column_of if stop in self.sites),
            tuple(sorted(map(self._band, self.streams), key=lambda band: -band.thickness)),
            self.layers.crossings,
            self.scale.word,
        )

    def _spots(self, column: Sequence[str]) -> int:
        return sum(stop in self.sites for stop in column)

    def _heights(self) -> dict[str, float]:
        """A box holds its words, and is as tall as the roads on its busier side are thick."""
        loads: dict[tuple[str, int], float] = {}
        for road, way in self.layers.ways.items():
            level = self.layers.courses[road] is Course.LEVEL
            for end in ((way[0], 1), (way[-1], 1 if level else 0)):
                loads[end] = loads.get(end, 0.0) + self.lanes[road]
        return {
            spot: max(self._words(spot), *(loads.get((spot, side), 0.0) + 10 for side in (0, 1)))
            for spot in self.sites
        }

    def _words(self, spot: str) -> float:
        lines = self.scale.line * len(self.names[spot])
        return 18 + lines + (self.scale.line - 2) * len(self.notes[spot])

    def _placed(self) -> Placed:
        headed = {site.id: _group(site) if site.group else "" for site in self.sites.values()}
        sizes = Sizes(
            heights=self.heights,
            widths=self.lanes,
            groups=headed,
            heading=22,
            gap=self.scale.gap,
            group_gap=max(14, self.scale.gap),
            lane_gap=6,
        )
        return placed(self.layers, sizes)

    def _left(self, column: int) -> float:
        last = len(self.heads) - 1
        loops = any(
            course is Course.LEVEL and self.column_of[road.source] == last
            for road, course in self.layers.courses.items()
        )
        room = WIDTH - 2 * EDGE - self.scale.box - (LOOP if loops else 0)
        return EDGE + (room * column / last if last else 0.0)

    def _box(self, site: Site) -> Box:
        x, y, height = self._left(site.column), self._top(site.id), self.heights[site.id]
        baseline = y + (height - self._words(site.id)) / 2 + 8 + self.scale.name
        name = self._lines(self.names[site.id], x, baseline, self.scale.line)
        below = baseline + self.scale.line * len(name) - 1
        note = self._lines(self.notes[site.id], x, below, self.scale.line - 2)
        return Box(site, x, y, self.scale.box, height, name, note)

    def _lines(self, texts: Sequence[str], x: float, y: float, line: float) -> tuple[Words, ...]:
        return tuple(Words(text, x + INSET, y + line * n) for n, text in enumerate(texts))

    def _top(self, stop: str) -> float:
        return TOP + self.placed.tops[stop]

    def _groups(self) -> tuple[Words, ...]:
        """The heading of each group, above the first of its boxes."""
        first: dict[str, Words] = {}
        for stop in self.column_of:
            site = self.sites.get(stop)
            if site is not None and site.group and _group(site) not in first:
                head = Words(site.group, self._left(site.column), self._top(stop) - 7)
                first[_group(site)] = head
        return tuple(first.values())

    def _lanes_out(self) -> dict[Road, int]:
        """How far out each level road swings: the shorter inside, none over another's lane."""
        spans: dict[Road, tuple[float, float]] = {}
        for road, course in self.layers.courses.items():
            if course is Course.LEVEL:
                ends = sorted(self.placed.touch[road, stop] for stop in self.layers.ways[road])
                spans[road] = (ends[0], ends[1])
        lanes: dict[Road, int] = {}
        for road in sorted(spans, key=lambda one: spans[one][1] - spans[one][0]):
            beside = {lanes[o] for o in lanes if self._meet(o, road, spans)}
            lanes[road] = next(lane for lane in range(len(spans)) if lane not in beside)
        return lanes

    def _meet(self, one: Road, other: Road, spans: Mapping[Road, tuple[float, float]]) -> bool:
        if self.column_of[one.source] != self.column_of[other.source]:
            return False
        return spans[one][0] <= spans[other][1] and spans[other][0] <= spans[one][1]

    def _band(self, road: Road) -> Band:
        stream, course = self.streams[road], self.layers.courses[road]
        points = self._points(road)
        level = course is Course.LEVEL
        path = _loop(points, self.lanes_out[road]) if level else _curve(points)
        arrow = ""
        if course is not Course.ONWARD:
            arrow = _head(points[0] if course is Course.BACK else points[-1])
        return Band(stream, path, self.thick[road], course, arrow, self._label(road, points[0]))

    def _points(self, road: Road) -> list[tuple[float, float]]:
        """Where the road leaves or meets the sides of its stops, from left to right."""
        way, box = self.layers.ways[road], self.scale.box
        touch = [TOP + self.placed.touch[road, stop] for stop in way]
        lefts = [self._left(self.column_of[stop]) for stop in way]
        points = [(lefts[0] + box, touch[0])]
        for left, y in zip(lefts[1:-1], touch[1:-1], strict=True):
            points += [(left, y), (left + box, y)]
        level = self.layers.courses[road] is Course.LEVEL
        return [*points, (lefts[-1] + (box if level else 0), touch[-1])]

    def _label(self, road: Road, start: tuple[float, float]) -> Words | None:
        """The figure, where the band is thick enough to carry it and runs onward."""
        if self.thick[road] < LABELLED or self.layers.courses[road] is not Course.ONWARD:
            return None
        return Words(str(self.streams[road].figure), start[0] + 7, start[1] + 4.5)


def _loop(points: Sequence[tuple[float, float]], lane: int) -> str:
    """A line out of a box's right side and into that of another box of the column."""
    (x, start), (_x, end) = points
    out = x + min(LOOP + 26, 22 + 9 * lane)
    return f"M{x:.1f} {start:.1f}C{out:.1f} {start:.1f} {out:.1f} {end:.1f} {x:.1f} {end:.1f}"


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A smooth line that leaves and meets every point level."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (right, below) in pairwise(points):
        if y == below:
            parts.append(f"H{right:.1f}")
        else:
            middle = f"{(x + right) / 2:.1f}"
            parts.append(f"C{middle} {y:.1f} {middle} {below:.1f} {right:.1f} {below:.1f}")
    return "".join(parts)


def _head(tip: tuple[float, float]) -> str:
    """An arrowhead that points left, at a box's right side."""
    x, y = tip
    return f"{x:.1f},{y:.1f} {x + 9:.1f},{y - 5:.1f} {x + 9:.1f},{y + 5:.1f}"
