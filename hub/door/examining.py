"""Examining the log: does it still begin with what every checkpoint says, and can its times be?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Final

from hub.door import audit, merkle
from hub.door.checkpoints import SKEW, Paper

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC) + SKEW


class Found(StrEnum):
    """What can be wrong with a log, or with what others kept of it."""

    BROKEN = "broken"  # a line does not follow from the one before it
    SHORT = "short"  # the log has fewer lines than the checkpoint counts
    OTHER = "other"  # the lines it was made over are not those that stand there now
    FORKED = "forked"  # two checkpoints cannot both be of one log
    BACK = "back"  # dated before what came before it
    AHEAD = "ahead"  # dated after it was there already


TIMES: Final = frozenset({Found.BACK, Found.AHEAD})
"""Wrong dates prove no change by themselves: the clock may have been set."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong.

    Attributes:
        lines: numbers of lines of the log, when it is about lines.
        whose: the checkpoints it is about, by who kept them.
    """

    found: Found
    lines: tuple[int, ...] = ()
    whose: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: the log's lines, head and root, what held, and everything that is wrong.

    `unread` are the checkpoints nothing can be said of, because the log breaks off before.
    """

    lines: int
    head: str
    root: bytes
    held: tuple[Paper, ...]
    unread: tuple[Paper, ...]
    alarms: tuple[Alarm, ...]

    @property
    def changed(self) -> bool:
        """Whether the log, or what is said of it, was changed; wrong dates alone do not say so."""
        return any(alarm.found not in TIMES for alarm in self.alarms)


def examine(rows: Iterable[audit.Kept], papers: Sequence[Paper], now: datetime) -> Report:
    """Read the whole log once, and hold it against these checkpoints and the clock."""
    found = _Examination(now, papers)
    broken = found.read(rows)
    unread, alarms = tuple(reversed(found.waiting)), found.alarms()
    if broken:
        alarms.insert(0, Alarm(Found.BROKEN, (broken,)))
    else:
        alarms += [Alarm(Found.SHORT, (found.tree.size,), (each,)) for each in unread]
        unread = ()
    alarms += contradictions(papers, now)
    root = found.tree.root()
    return Report(found.tree.size, found.head, root, tuple(found.held), unread, tuple(alarms))


def contradictions(papers: Sequence[Paper], now: datetime) -> list[Alarm]:
    """What is wrong with checkpoints by themselves, whatever the log is."""
    found = [Alarm(Found.AHEAD, (), (each,)) for each in papers if each.checkpoint.at > now + SKEW]
    by_size = sorted(papers, key=_size)
    for one, next_one in pairwise(by_size):
        earlier, later = one.checkpoint, next_one.checkpoint
        if earlier.tree.size == later.tree.size:
            if earlier.tree.root != later.tree.root:
                found.append(Alarm(Found.FORKED, (), (one, next_one)))
        elif later.at < earlier.at - SKEW:
            found.append(Alarm(Found.BACK, (), (one, next_one)))
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What checkpoints say of each other without the log: what holds, what cannot be told."""

    held: tuple[tuple[Paper, Paper], ...]
    open: tuple[tuple[Paper, Paper], ...]
    alarms: tuple[Alarm, ...]


def compare(papers: Sequence[Paper], now: datetime) -> Comparison:
    """Hold checkpoints against each other by the proofs that came with them."""
    held, unknown, alarms = [], [], contradictions(papers, now)
    by_size = sorted(papers, key=_size)
    for one, other in pairwise(by_size):
        earlier, later = one.checkpoint.tree, other.checkpoint.tree
        if earlier == later:
            held.append((one, other))
        elif other.grown_from == earlier.size and earlier.size != later.size:
            if merkle.grew(earlier, later, other.proof):
                held.append((one, other))
            else:
                alarms.append(Alarm(Found.FORKED, (), (one, other)))
        elif earlier.size != later.size:
            unknown.append((one, other))
    return Comparison(tuple(held), tuple(unknown), tuple(alarms))


class _Examination:
    """One reading of the log, from its first line to its last.

    `waiting` are the checkpoints not yet reached, the next one last; beside each of them in
    `ceilings` stands the latest moment a line before it may bear.
    """

    def __init__(self, now: datetime, papers: Sequence[Paper]) -> None:
        self.tree = merkle.Growing.empty()
        self.head = audit.FIRST
        self.floor = LONG_AGO
        self.waiting = sorted(papers, key=_size, reverse=True)
        self.ceilings = list(accumulate([now, *map(_made, self.waiting)], min))
        self.ceiling = self.ceilings[-1] + SKEW
        self.held: list[Paper] = []
        self.others: list[Paper] = []
        self.times: dict[Found, list[int]] = {Found.BACK: [], Found.AHEAD: []}

    def read(self, rows: Iterable[audit.Kept]) -> int:
        """Read to the end; the number of the line at which the chain breaks, or 0."""
        self.meet()
        try:
            for line in audit.followed(rows, 0, audit.FIRST):
                self.add(line)
        except audit.LogBroken as broken:
            return broken.line
        return 0

    def add(self, line: audit.Read) -> None:
        """One more line."""
        self.tree.add(merkle.leaf(line.said))
        self.head = line.hash
        if line.at > self.ceiling:
            self.times[Found.AHEAD].append(self.tree.size)
        elif line.at < self.floor:
            self.times[Found.BACK].append(self.tree.size)
        else:
            self.floor = max(self.floor, line.at - SKEW)
        self.meet()

    def meet(self) -> None:
        """Hold every checkpoint over as many lines as were read against them."""
        while self.waiting and _size(self.waiting[-1]) == self.tree.size:
            paper = self.waiting.pop()
            fits = paper.checkpoint.tree.root == self.tree.root()
            (self.held if fits else self.others).append(paper)
            self.ceilings.pop()
            self.ceiling = self.ceilings[-1] + SKEW
            self.floor = max(self.floor, min(_made(paper), self.ceilings[0]) - SKEW)

    def alarms(self) -> list[Alarm]:
        """What is wrong with the lines that were read."""
        found = [Alarm(Found.OTHER, (), (each,)) for each in self.others]
        return found + [Alarm(kind, tuple(at)) for kind, at in self.times.items() if at]


def _size(paper: Paper) -> int:
    return paper.checkpoint.tree.size


def _made(paper: Paper) -> datetime:
    return paper.checkpoint.at
