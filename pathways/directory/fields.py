"""Takes typed values out of one record, or refuses the record with the name of what is wrong."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from hub.core.language import _
from hub.core.text import UntidyText, tidy
from pathways.directory.listing import Point
from pathways.directory.strict import RecordRefused, kind_of, printable, quoted

NAME: Final = 300
PROSE: Final = 10_000
MOST_ITEMS: Final = 200
"""Values in one list inside a record: phones, locations, schedules."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object of a record; `path` is what leads to it ("organization.")."""

    values: Mapping[str, Any]
    path: str = ""

    def wrong(self, name: str, sentence: object) -> RecordRefused:
        """A refusal that names the field."""
        return RecordRefused(f"{printable(self.path + name)[:120]}: {sentence}")

    def text(self, name: str, longest: int = NAME) -> str:
        """Tidied text; "" where the record says nothing. Numbers are read as their digits."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise self._kind(name, _("text"), value)
        try:
            return cleaned(value, longest)
        except UntidyText as untidy:
            raise self.wrong(name, untidy) from untidy

    def needed(self, name: str, longest: int = NAME) -> str:
        """Text that must be there."""
        text = self.text(name, longest)
        if not text:
            raise self.wrong(name, _("It is missing, and no record can be taken without it."))
        return text

    def number(self, name: str, least: float, most: float) -> float | None:
        """A number from `least` to `most`, both included; None where the record says nothing."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._kind(name, _("a number"), value)
        if not least <= value <= most or not math.isfinite(value):
            raise self.wrong(
                name,
                _("{value} is not between {least} and {most}.").format(
                    value=quoted(value), least=least, most=most
                ),
            )
        return float(value)

    def day(self, name: str) -> date | None:
        """A day written YYYY-MM-DD; what follows the day is left out; None when empty."""
        text = self.text(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text[:10])
        except ValueError as wrong:
            raise self.wrong(
                name, _("{value} is not a day as YYYY-MM-DD.").format(value=quoted(text))
            ) from wrong
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self.wrong(name, _("The year {year} cannot be meant.").format(year=day.year))
        return day

    def clock(self, name: str) -> time | None:
        """A time of day as HH:MM at that place; an offset is left out; None when empty."""
        text = self.text(name)
        if not text:
            return None
        try:
            return time.fromisoformat(text[:5])
        except ValueError as wrong:
            raise self.wrong(
                name, _("{value} is not a time as HH:MM.").format(value=quoted(text))
            ) from wrong

    def inner(self, name: str) -> "Fields | None":
        """An object inside; None where the record says nothing."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self._kind(name, _("an object"), value)
        return Fields(value, f"{self.path}{name}.")

    def each(self, name: str) -> Iterator["Fields"]:
        """The objects of a list inside, at most MOST_ITEMS."""
        value = self.values.get(name)
        if value is None:
            return
        if not isinstance(value, list):
            raise self._kind(name, _("a list"), value)
        if len(value) > MOST_ITEMS:
            raise self.wrong(name, _("It lists more than {n}.").format(n=MOST_ITEMS))
        for number, item in enumerate(value):
            if not isinstance(item, Mapping):
                raise self._kind(f"{name}[{number}]", _("an object"), item)
            yield Fields(item, f"{self.path}{name}[{number}].")

    def point(self, latitude: str, longitude: str) -> Point | None:
        """A point on the earth from two fields; None unless both are there.

        Raises:
            RecordRefused: beyond the earth.
        """
        north = self.number(latitude, -90, 90)
        east = self.number(longitude, -180, 180)
        return None if north is None or east is None else Point(north, east)

    def _kind(self, name: str, wanted: str, value: object) -> RecordRefused:
        return self.wrong(
            name,
            _("{wanted} belongs here, but the record has {found}.").format(
                wanted=wanted, found=kind_of(value)
            ),
        )


def cleaned(text: str, longest: int) -> str:
    """`tidy`, quicker for the plain text that most of a directory is.

    Raises:
        UntidyText: as `tidy` does.
    """
    if len(text) <= longest and text.isascii() and text.isprintable():
        return text.strip()
    return tidy(text, longest)
