"""Forms: what was typed, read field by field, with a sentence for each mistake."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from hub.core.errors import FormRefused
from hub.core.ids import looks_like_id
from hub.core.language import _
from hub.core.text import UntidyText, tidy

Choice = TypeVar("Choice", bound=StrEnum)

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)
SHORT: Final = 200
LONG: Final = 5000
A_MOMENT: Final = datetime(1900, 1, 1, tzinfo=UTC)


class Form:
    """The fields of one request.

    Each reader notes a sentence for a mistake and returns a harmless stand-in, so that a person
    sees all mistakes at once; `check` refuses, and so does the unit of work before it commits.
    """

    def __init__(self, fields: Mapping[str, Sequence[str]], zone: ZoneInfo) -> None:
        self.fields = {name: list(values) for name, values in fields.items()}
        self.zone = zone
        self.errors: dict[str, str] = {}

    def refuse(self, name: str, sentence: object) -> None:
        """Note a mistake of the caller's own finding; the first one for a field is kept."""
        self.errors.setdefault(name, str(sentence))

    def check(self) -> None:
        """Raise FormRefused if any reader noted a mistake."""
        if self.errors:
            raise FormRefused(self.errors)

    def text(self, name: str, longest: int = SHORT) -> str:
        """One line that must be filled in."""
        return self._needed(name, self.optional_text(name, longest))

    def optional_text(self, name: str, longest: int = SHORT) -> str:
        """One line, or "" when left empty."""
        return " ".join(self._tidied(name, longest).split())

    def prose(self, name: str, longest: int = LONG) -> str:
        """Several lines that must be filled in."""
        return self._needed(name, self.optional_prose(name, longest))

    def optional_prose(self, name: str, longest: int = LONG) -> str:
        """Several lines, or "" when left empty."""
        return self._tidied(name, longest)

    def choice(self, name: str, words: type[Choice]) -> Choice:
        """One of a closed list."""
        chosen = self.optional_choice(name, words)
        if chosen is None:
            self.refuse(name, _("Choose one."))
            return next(iter(words))
        return chosen

    def optional_choice(self, name: str, words: type[Choice]) -> Choice | None:
        """One of a closed list, or None when nothing was chosen."""
        typed = self._one(name)
        if not typed:
            return None
        try:
            return words(typed)
        except ValueError:
            self.refuse(name, _("Choose one of the answers shown."))
            return None

    def choices(self, name: str, words: type[Choice]) -> frozenset[Choice]:
        """Any of a closed list."""
        chosen = set()
        for typed in self.fields.get(name, []):
            try:
                chosen.add(words(typed))
            except ValueError:
                self.refuse(name, _("Choose from the answers shown."))
        return frozenset(chosen)

    def day(self, name: str) -> date:
        """A calendar day that must be filled in."""
        found = self.optional_day(name)
        if found is None:
            self.refuse(name, _("Give a day, such as 27 3 2031."))
            return EARLIEST
        return found

    def optional_day(self, name: str) -> date | None:
        """A calendar day, or None when left empty; between the years 1900 and 2199."""
        typed = self._one(name)
        if not typed:
            return None
        found = _read_day(typed)
        if found is None:
            self.refuse(name, _("Give a day that exists, such as 27 3 2031."))
        elif not EARLIEST <= found <= LATEST:
            self.refuse(name, _("Give a year between 1900 and 2199."))
            return None
        return found

    def moment(self, name: str) -> datetime:
        """A day and a time in the hub's time zone, as a UTC moment."""
        found = self.optional_moment(name)
        if found is None:
            self.refuse(name, _("Give a day and a time, such as 2031-03-27 14:30."))
            return A_MOMENT
        return found

    def optional_moment(self, name: str) -> datetime | None:
        """A day and a time, or None when left empty."""
        typed = self._one(name)
        if not typed:
            return None
        local = _read_moment(typed)
        if local is not None and not EARLIEST <= local.date() <= LATEST:
            self.refuse(name, _("Give a year between 1900 and 2199."))
            return None
        at = None if local is None else local.replace(tzinfo=self.zone).astimezone(UTC)
        if at is None or at.astimezone(self.zone).replace(tzinfo=None) != local:
            self.refuse(name, _("Give a day and a time that exist, such as 2031-03-27 14:30."))
            return None
        return at

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        typed = self._one(name)
        if typed.isascii() and typed.isdigit() and len(typed) <= 9 and least <= int(typed) <= most:
            return int(typed)
        self.refuse(
            name, _("Give a whole number from {least} to {most}.").format(least=least, most=most)
        )
        return least

    def ticked(self, name: str) -> bool:
        """Whether a single box is ticked."""
        return bool(self._one(name))

    def id(self, name: str) -> str:
        """The id of something chosen on the page."""
        typed = self._one(name)
        if not looks_like_id(typed):
            self.refuse(name, _("Choose one."))
            return ""
        return typed

    def optional_id(self, name: str) -> str | None:
        """The id of something chosen on the page, or None when nothing was."""
        return self.id(name) if self._one(name) else None

    def ids(self, name: str) -> list[str]:
        """The ids of what was ticked, each once, in the order of the page."""
        typed = list(dict.fromkeys(self.fields.get(name, [])))
        if not all(looks_like_id(each) for each in typed):
            self.refuse(name, _("Choose from the answers shown."))
            return []
        return typed

    def version(self) -> int:
        """The version of the thing that the page showed; 0 when the page said none."""
        typed = self._one("version")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else 0

    def _needed(self, name: str, text: str) -> str:
        if not text:
            self.refuse(name, _("Fill this in."))
        return text

    def _one(self, name: str) -> str:
        values = self.fields.get(name, [])
        if len(values) > 1:
            self.refuse(name, _("Give one answer here."))
        return values[0].strip() if values else ""

    def _tidied(self, name: str, longest: int) -> str:
        try:
            return tidy(self._one(name), longest)
        except UntidyText as refused:
            self.refuse(name, refused)
            return ""


def _read_moment(typed: str) -> datetime | None:
    """A day and a time as a clock on the wall says them: without a zone of their own."""
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return read if read.tzinfo is None else None


def _read_day(typed: str) -> date | None:
    """A day written as 2031-03-27, or in figures as 27 3 2031, 27/3/2031 or 27.3.2031."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        pass
    parts = typed.replace("/", " ").replace(".", " ").replace("-", " ").split()
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
