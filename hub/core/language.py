"""Every word on screen passes through here: said in another language, and of whom it is said.

Survivors are of every gender. The code writes each sentence about one as if of a woman; the
catalogue of each other way holds the whole sentence in its place, so no pronoun is spliced in.
"""

import gettext
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from hub.core.words import SpokenOf

CATALOGUES: Final = Path(__file__).resolve().parent.parent / "web" / "languages"
WRITTEN: Final = "en"
"""The language the sentences in the code are written in."""
WAYS: Final = ("she", "he", "they")
AS_WRITTEN, UNKNOWN = WAYS[0], WAYS[-1]
"""The way the code's own sentences are in; and the way where nothing is recorded, or of nobody in
particular.
"""

_language: ContextVar[str] = ContextVar("language", default=WRITTEN)
_way: ContextVar[str] = ContextVar("way", default=UNKNOWN)
_zone: ContextVar[tzinfo] = ContextVar("zone", default=UTC)
DAY: Final = "d MMMM y"


def speak(language: str, zone: tzinfo = UTC) -> None:
    """Use this language (such as en or pt_BR) for the rest of the request; English where missing.

    Days are days by the clock of `zone`. Whom the pages are about is forgotten: from here on they
    speak of nobody in particular.
    """
    _language.set(language)
    _zone.set(zone)
    _way.set(UNKNOWN)


def speak_of(way: "SpokenOf") -> None:
    """Speak of the survivor in this way for the rest of the request."""
    _way.set(way.value)


def day(at: datetime) -> str:
    """The day of a moment, in the language and by the clock spoken now."""
    return format_date(at.astimezone(_zone.get()), DAY, locale=_language.get())


def _(text: str) -> str:
    """`text` in the language and the way spoken now."""
    return sentences(_language.get(), _way.get()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the sentence that fits `count`, in the language and the way spoken now."""
    return sentences(_language.get(), _way.get()).ngettext(one, many, count)


@cache
def sentences(language: str, way: str) -> gettext.NullTranslations:
    """Every sentence of a language in one way of speaking, read once.

    What is missing is looked for in the wider language (pt for pt_BR), then in English in the
    same way. A sentence that English says differently for this way is never borrowed from the
    language's own "she".
    """
    if language == WRITTEN:
        return _compiled(catalogue(WRITTEN, way))
    differing = {message.id for message in catalogue(WRITTEN, way)}
    written = [each for each in catalogue(language, AS_WRITTEN) if each.id not in differing]
    found = _compiled([*written, *catalogue(language, way)], language)
    found.add_fallback(sentences(language.rpartition("_")[0] or WRITTEN, way))
    return found


def read_all(language: str) -> None:
    """Read a language in every way of speaking now, so that a broken file stops the start."""
    for way in WAYS:
        sentences(language, way)


def catalogue(language: str, way: str) -> list[Message]:
    """The translated sentences of one file of sentences; none where there is no such file."""
    path = CATALOGUES / language / f"{way}.po"
    if not path.is_file():
        return []
    with path.open("rb") as file:
        found = read_po(file, locale=language, abort_invalid=True)
    return [message for message in found if message.id and message.string and not message.fuzzy]


def _compiled(messages: list[Message], language: str = WRITTEN) -> gettext.NullTranslations:
    made, file = Catalog(locale=language, charset="utf-8"), BytesIO()
    for message in messages:
        made[message.id] = message
    write_mo(file, made)
    file.seek(0)
    return gettext.GNUTranslations(file)


class Lazy:
    """A sentence that is translated when it is shown, not when the module is read."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return _(self.text)

    def __repr__(self) -> str:
        return f"lazy({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


def lazy(text: str) -> Lazy:
    """Mark a constant for translation."""
    return Lazy(text)
