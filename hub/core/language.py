"""Every word on screen passes through here, so that it can be said in another language."""

import gettext
from contextvars import ContextVar
from pathlib import Path
from typing import Final

DOMAIN: Final = "linden"
CATALOGUES: Final = Path(__file__).resolve().parent.parent / "web" / "languages"
_spoken: ContextVar[gettext.NullTranslations | None] = ContextVar("spoken", default=None)
_plain: Final = gettext.NullTranslations()


def speak(language: str) -> None:
    """Use this language (an ISO 639-1 code) for the rest of the request; English where missing."""
    _spoken.set(gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True))


def _(text: str) -> str:
    """`text` in the language spoken now."""
    return (_spoken.get() or _plain).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the sentence that fits `count`, in the language spoken now."""
    return (_spoken.get() or _plain).ngettext(one, many, count)


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
