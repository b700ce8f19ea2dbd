"""The only way figures about people leave Linden: in bands, and never a small one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Final, Protocol

from hub.core.language import _

LEAST: Final = 10
"""The smallest count ever shown. Source: confidentiality, "Thirty ways", row 6."""

BAND: Final = 5
"""The width of a band, people or referrals. Source: the same row (the "10-5 rule")."""

MONTHS_SHOWN: Final = 12


class Counted(Protocol):
    """How often one thing led to another: what the queries of the parts give."""

    @property
    def source(self) -> str:
        """The agency that sent, or the entry point she came through."""
        ...

    @property
    def target(self) -> str:
        """The service that was asked, or the agency that opened the case."""
        ...

    @property
    def count(self) -> int:
        """How many times; never shown as it is."""
        ...


@dataclass(frozen=True, slots=True)
class Flow:
    """How many referrals went from one agency to one service; stays inside the hub."""

    source: str
    target: str
    count: int


class CountBelowZero(ValueError):
    """Whoever counted made a mistake: a bug."""


class Standing(Enum):
    """What a figure says: a band, that it is small, a floor added up from others, or nothing."""

    BAND = auto()
    SMALL = auto()
    FLOOR = auto()
    UNTOLD = auto()


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as the world may know it. The count itself is not in here.

    `least` is a multiple of five, 0 where no number is shown: drawing and adding use only it.
    """

    standing: Standing
    least: int

    @property
    def shown(self) -> bool:
        """Whether this figure is a number at all."""
        return self.standing in {Standing.BAND, Standing.FLOOR}

    def __str__(self) -> str:
        if self.standing is Standing.UNTOLD:
            return _("not shown")
        if self.standing is Standing.SMALL:
            return _("fewer than %(least)d") % {"least": LEAST}
        if self.standing is Standing.FLOOR:
            return _("%(least)d or more") % {"least": self.least}
        return _("%(least)d\u2013%(most)d") % {"least": self.least, "most": self.least + BAND - 1}


SMALL: Final = Figure(Standing.SMALL, 0)
UNTOLD: Final = Figure(Standing.UNTOLD, 0)


@dataclass(frozen=True, slots=True)
class Release:
    """Figures that may be shown together, for one period.

    `flows` has an entry for every pair with at least one; `sent` and `received` add them up.
    """

    flows: Mapping[tuple[str, str], Figure]
    sent: Mapping[str, Figure]
    received: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months: `since` is included, `until` is not; both aware."""

    since: datetime
    until: datetime


def figure(count: int) -> Figure:
    """`count` people or referrals as a band of five ("10-14"), or "fewer than 10".

    Raises:
        CountBelowZero: whoever counted made a mistake.
    """
    if count < 0:
        raise CountBelowZero(count)
    if count < LEAST:
        return SMALL
    return Figure(Standing.BAND, count - count % BAND)


def added(figures: Iterable[Figure]) -> Figure:
    """A total made of shown figures alone: "45 or more"; several small ones add up to nothing.

    A total counted from the records would let a reader subtract the shown figures from it and
    find a hidden one. This one is a function of what is shown already, so it adds no knowledge:
    whatever stands behind a small figure, the total stays the same.
    """
    parts = tuple(figures)
    if len(parts) == 1:
        return parts[0]
    least = sum(part.least for part in parts)
    return Figure(Standing.FLOOR, least) if least else UNTOLD


def released(counts: Iterable[Counted]) -> Release:
    """The figures of a table of counts that may be shown together.

    Counts of the same pair are added before they are judged; a pair that never occurred is left
    out. Two tables whose small counts differ, or whose larger counts differ inside a band, give
    the same release: nothing can be derived by subtraction, because nothing else went in.

    Cost: one pass, O(pairs).
    """
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for counted in counts:
        pairs[counted.source, counted.target] += counted.count
    flows = {pair: figure(count) for pair, count in sorted(pairs.items()) if count}
    return Release(MappingProxyType(flows), _added_by(flows, end=0), _added_by(flows, end=1))


def _added_by(flows: Mapping[tuple[str, str], Figure], end: int) -> Mapping[str, Figure]:
    parts: dict[str, list[Figure]] = defaultdict(list)
    for pair, one in flows.items():
        parts[pair[end]].append(one)
    return MappingProxyType({key: added(figures) for key, figures in parts.items()})


def months_shown(at: datetime) -> Period:
    """The twelve whole months before the one of `at`: figures stand still until the next begins.

    Figures that follow every new case would tell, by changing, when one was opened.
    """
    until = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since = until
    for _month in range(MONTHS_SHOWN):
        since = (since - timedelta(days=1)).replace(day=1)
    return Period(since, until)
