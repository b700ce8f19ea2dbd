"""When an HSDS service is open."""

from typing import Final

from pathways.directory.fields import PROSE, Fields
from pathways.directory.hsds_words import Attributes
from pathways.directory.listing import Schedule
from pathways.directory.terms import Frequency, Weekday

ALWAYS_OPEN: Final = "always-open"


def schedule(said: Fields) -> Schedule:
    """One schedule. A day with an ordinal ("1MO") keeps the day and says the rest in words."""
    count = said.number("count", 0, 10_000)
    often = Frequency.ONCE if count == 1 else _frequency(said.text("freq", 20))
    byday = said.text("byday", 100)
    days = [part.strip().upper() for part in byday.split(",") if part.strip()]
    known = {day.value: day for day in Weekday}
    exact = all(day in known for day in days)
    words = [said.text("description", PROSE), said.text("notes", PROSE)]
    return Schedule(
        frequency=often,
        interval=int(said.number("interval", 1, 1000) or 1),
        days=frozenset(known[day[-2:]] for day in days if day[-2:] in known),
        opens=said.clock("opens_at"),
        closes=said.clock("closes_at"),
        always_open=Attributes(said).yes(ALWAYS_OPEN) is True,
        words="; ".join(word for word in [*words, "" if exact else byday] if word),
    )


def _frequency(said: str) -> Frequency:
    return next((one for one in Frequency if one.value == said), Frequency.UNRECORDED)
