"""When a service's doors are next open, and at which times of the week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from pathways.directory.listing import Schedule
from pathways.directory.terms import Frequency, Weekday
from pathways.routing.need import When

DAYS: Final = tuple(Weekday)
AHEAD: Final = 15
WINDOWS: Final = {
    When.DAY: (frozenset(DAYS[:5]), time(9), time(17)),
    When.EVENING: (frozenset(DAYS[:5]), time(17), time(21)),
    When.WEEKEND: (frozenset(DAYS[5:]), time(8), time(20)),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Doors open from `opens` to `closes`, by the clock on the wall; `closes` is not included."""

    opens: datetime
    closes: datetime


def readable(schedules: Iterable[Schedule]) -> tuple[Schedule, ...]:
    """Those that say days and hours of every week; the others only a person can read."""
    return tuple(
        one
        for one in schedules
        if one.frequency is Frequency.WEEKLY
        and one.interval == 1
        and one.days
        and one.opens is not None
        and one.closes is not None
    )


def next_span(schedules: Iterable[Schedule], at: datetime) -> Span | None:
    """The span `at` lies in, else the next to come within two weeks; None when there is none.

    Args:
        schedules: as `readable` gives them. One that closes at or before its opening hour runs
            into the next day.
        at: by the clock on the wall where the service is.
    """
    weekly = tuple(schedules)
    for day in range(-1, AHEAD):
        spans = _spans(weekly, at.date() + timedelta(days=day), at)
        coming = [span for span in spans if span.closes > at]
        if coming:
            return min(coming, key=lambda span: (span.opens, span.closes))
    return None


def _spans(schedules: Iterable[Schedule], day: date, at: datetime) -> Iterator[Span]:
    for one in schedules:
        if DAYS[day.weekday()] not in one.days or one.opens is None or one.closes is None:
            continue
        opens = datetime.combine(day, one.opens, at.tzinfo)
        closes = datetime.combine(day, one.closes, at.tzinfo)
        yield Span(opens, closes if closes > opens else closes + timedelta(days=1))


def open_in(schedules: Iterable[Schedule], when: When) -> bool:
    """Whether any readable schedule is open for some time in that part of the week."""
    days, start, end = WINDOWS[when]
    return any(
        one.days & days
        and one.opens is not None
        and one.closes is not None
        and one.opens < end
        and (one.closes > start or one.closes <= one.opens)
        for one in schedules
    )
