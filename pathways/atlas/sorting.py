"""Sorts the columns of a layered drawing, step by step, and remembers the best order it saw."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

SWEEPS: Final = 6
SWAPS: Final = 4


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


class Sorting:
    """Columns of stops while they are being sorted.

    Stops that `group` names alike stay together in their column; the others, waypoints, may stand
    anywhere, also between two of a group.
    """

    def __init__(
        self,
        columns: list[list[str]],
        segments: Sequence[tuple[str, str]],
        group: Mapping[str, str],
    ) -> None:
        self.columns, self.segments, self.group = columns, segments, group
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
        self.best, self.fewest = list(map(list, columns)), crossings(columns, segments)

    def settle(self) -> None:
        """Sweep to and fro, swap neighbours, and keep whatever order crossed least."""
        for _sweep in range(SWEEPS):
            if not self.fewest:
                return
            for column in range(1, len(self.columns)):
                self._sort(column, sides=(0,))
            self._swap()
            self._keep()
            for column in reversed(range(len(self.columns) - 1)):
                self._sort(column, sides=(1,))
            self._swap()
            self._keep()

    def _keep(self) -> None:
        now = crossings(self.columns, self.segments)
        if now < self.fewest:
            self.best, self.fewest = list(map(list, self.columns)), now

    def _number(self, column: int) -> None:
        self.place.update({stop: n for n, stop in enumerate(self.columns[column])})

    def _sort(self, column: int, sides: tuple[int, ...]) -> None:
        """Put each stop at the mean place of its neighbours, groups together, the lonely as is."""
        stops = self.columns[column]
        wish = {stop: self._wish(stop, sides) for stop in stops}
        spots = [stop for stop in stops if stop in self.group]
        middle = {group: _mean([wish[s] for s in ones]) for group, ones in self._groups(spots)}
        spots.sort(key=lambda spot: (middle[self.group[spot]], self.group[spot], wish[spot]))
        free = sorted((s for s in stops if s not in self.group), key=wish.__getitem__)
        self.columns[column] = _merged(spots, free, wish)
        self._number(column)

    def _wish(self, stop: str, sides: tuple[int, ...]) -> float:
        beside = [self.place[other] for side in sides for other in self.beside[side][stop]]
        return _mean(beside) if beside else float(self.place[stop])

    def _groups(self, spots: Iterable[str]) -> list[tuple[str, list[str]]]:
        groups: dict[str, list[str]] = {}
        for spot in spots:
            groups.setdefault(self.group[spot], []).append(spot)
        return list(groups.items())

    def _swap(self) -> None:
        """Let neighbours change places for as long as that removes a crossing."""
        for _round in range(SWAPS):
            moved = [self._swap_groups(n) or self._swap_stops(n) for n in range(len(self.columns))]
            if not any(moved):
                return

    def _swap_stops(self, column: int) -> bool:
        row, moved = self.columns[column], False
        for n in range(len(row) - 1):
            above, below = row[n], row[n + 1]
            if self._may_swap(above, below) and self._gain([above], [below]) > 0:
                row[n], row[n + 1] = below, above
                moved = True
        self._number(column)
        return moved

    def _may_swap(self, above: str, below: str) -> bool:
        if above not in self.group or below not in self.group:
            return True
        return self.group[above] == self.group[below]

    def _swap_groups(self, column: int) -> bool:
        """One pass in which neighbouring groups change places; what stands between them stays."""
        moved = False
        for upper, lower in pairwise([name for name, _ones in self._spans(column)]):
            spans = dict(self._spans(column))
            (top, above), (under, foot) = spans[upper], spans[lower]
            row = self.columns[column]
            parts = row[top : above + 1], row[above + 1 : under], row[under : foot + 1]
            if self._turned(*parts) > 0:
                row[top : foot + 1] = [stop for part in reversed(parts) for stop in part]
                self._number(column)
                moved = True
        return moved

    def _turned(self, high: list[str], between: list[str], low: list[str]) -> int:
        """Crossings removed if three rows stood in the other order."""
        return self._gain(high, between) + self._gain(high, low) + self._gain(between, low)

    def _spans(self, column: int) -> list[tuple[str, tuple[int, int]]]:
        """The first and last place of every group in a column, from top to bottom."""
        spans: dict[str, tuple[int, int]] = {}
        for n, stop in enumerate(self.columns[column]):
            if stop in self.group:
                group = self.group[stop]
                spans[group] = (spans.get(group, (n, n))[0], n)
        return sorted(spans.items(), key=lambda item: item[1])

    def _gain(self, above: Sequence[str], below: Sequence[str]) -> int:
        """Crossings removed if two rows that lie one above the other changed places."""
        return self._crossed(above, below) - self._crossed(below, above)

    def _crossed(self, above: Sequence[str], below: Sequence[str]) -> int:
        found = 0
        for side in self.beside:
            lower = sorted(self.place[end] for stop in below for end in side[stop])
            for stop in above:
                found += sum(bisect_left(lower, self.place[end]) for end in side[stop])
        return found


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _merged(spots: Sequence[str], free: Sequence[str], wish: Mapping[str, float]) -> list[str]:
    """Both rows in one, each in its order; a free stop before the first spot that wishes lower."""
    merged: list[str] = []
    lowest = float("-inf")
    waiting = list(reversed(free))
    for spot in spots:
        lowest = max(lowest, wish[spot])
        while waiting and wish[waiting[-1]] < lowest:
            merged.append(waiting.pop())
        merged.append(spot)
    return merged + waiting[::-1]
