"""When a Services Advisor service is open, as far as its answers can be trusted to say."""

import re
from datetime import time
from typing import Final

from pathways.directory import advisor_terms as terms
from pathways.directory.advisor_answers import Answers
from pathways.directory.listing import Schedule
from pathways.directory.terms import Frequency

HOW_OFTEN: Final = 6
DAYS: Final = 7
OPENS: Final = 8
CLOSES: Final = 9
HOUR: Final = re.compile(r"(?:Close at )?(\d{1,2}):(\d\d)(am|pm)")


def schedules(answers: Answers) -> tuple[Schedule, ...]:
    """One schedule. Days are kept only where they say when, not when it could be."""
    words = answers.words(HOW_OFTEN, DAYS, OPENS, CLOSES)
    if not words:
        return ()
    ticked = answers.ticked.get(HOW_OFTEN, ())
    often = answers.one(HOW_OFTEN, terms.FREQUENCIES) or Frequency.UNRECORDED
    days = answers.one(DAYS, terms.DAYS) or frozenset()
    if not ticked and days:
        often = Frequency.WEEKLY
    if len(days) > 1 and ticked and ticked != ("Every Day",):
        days = frozenset()
    opens, closes = _hours(answers, OPENS), _hours(answers, CLOSES)
    return (
        Schedule(
            frequency=often,
            days=days,
            opens=min(opens, default=None),
            closes=max(closes, default=None),
            always_open="Always open" in answers.ticked.get(OPENS, ()),
            words=words,
        ),
    )


def _hours(answers: Answers, number: int) -> list[time]:
    """The hours answered. "12:00am" is left out, as nobody can know which twelve was meant."""
    found = [HOUR.fullmatch(answer) for answer in answers.ticked.get(number, ())]
    hours = [_hour(int(m[1]), int(m[2]), m[3]) for m in found if m is not None]
    return [hour for hour in hours if hour is not None]


def _hour(hour: int, minute: int, half: str) -> time | None:
    """ "1:30pm" and "13:30pm" alike; None where no clock shows it."""
    if half == "pm" and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or (hour, half) == (12, "am"):
        return None
    return time(hour, minute)
