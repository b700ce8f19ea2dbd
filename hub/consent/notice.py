"""What is read aloud before anybody agrees: the same text in several languages, by version.

A version that was read to somebody is never changed: a new text is a new folder beside it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hub.core.words import Worded

TEXTS: Final = Path(__file__).parent / "notices"
FIRST: Final = 1
NEWEST: Final = 2
WEIGHED: Final = ("helps", "harms", "other")
ALWAYS: Final = ("choice", "help", "withdraw", "unread", "kept", "duty", "court", "ask")
PARTS: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {1: ("share", *ALWAYS), 2: ("share", *WEIGHED, *ALWAYS)}
)
"""What the texts of each version say, in this order; each a paragraph."""


class Language(Worded):
    """The languages a notice can be read in, each by its own name."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Español"
    ARABIC = "ar", "العربية"
    FRENCH = "fr", "Français"


SPOKEN_AS: Final[Mapping[Language, tuple[str, ...]]] = MappingProxyType(
    {
        Language.ENGLISH: ("english",),
        Language.SPANISH: ("spanish", "español"),
        Language.ARABIC: ("arabic", "العربية", "عربي"),
        Language.FRENCH: ("french", "français"),
    }
)
RIGHT_TO_LEFT: Final = frozenset({Language.ARABIC})


@dataclass(frozen=True, slots=True)
class Heard:
    """Which text was read aloud."""

    language: Language
    version: int


@dataclass(frozen=True, slots=True)
class Notice:
    """One text, for reading aloud."""

    language: Language
    version: int
    title: str
    paragraphs: tuple[str, ...]

    @property
    def direction(self) -> str:
        """Which way its script runs: ltr or rtl."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


@cache
def notice(heard: Heard) -> Notice:
    """The text of that version in that language."""
    written = TEXTS / str(heard.version) / f"{heard.language}.toml"
    told = tomllib.loads(written.read_text(encoding="utf-8"))
    said = tuple(" ".join(told[part].split()) for part in PARTS[heard.version])
    return Notice(heard.language, heard.version, told["title"], said)


def spoken(words: str) -> Language | None:
    """The language somebody's own words name first; None when they name none of ours."""
    text = words.casefold()
    places = {
        language: min((text.find(name) for name in names if name in text), default=-1)
        for language, names in SPOKEN_AS.items()
    }
    named = [language for language, place in places.items() if place >= 0]
    return min(named, key=lambda language: places[language], default=None)
