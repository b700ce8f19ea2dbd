"""What a person typed, made safe to keep and to show, or refused with a sentence."""

import unicodedata
from typing import Final

from hub.core.language import _

JOINERS: Final = frozenset("\u200c\u200d")
"""Zero-width joiners: invisible, but Persian, Urdu and several Indic scripts need them."""
LINE_BREAKS: Final = frozenset("\n\t")
MOST_MARKS: Final = 8
"""Combining marks in a row; written languages need at most four or five on one letter."""


class UntidyText(ValueError):
    """Text that cannot be kept; the message tells the writer what to change."""


def tidy(text: str, longest: int) -> str:
    """`text` in Unicode form NFC, without invisible format characters, stripped at both ends.

    Args:
        longest: characters allowed after tidying.

    Raises:
        UntidyText: a NUL or another control character, a half character, too many accents on one
            letter, or more than `longest` characters.

    Source: RFC 8264 (PRECIS) FreeformClass; Unicode Technical Report 36 on bidirectional overrides.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > longest * 4:
        raise UntidyText(_too_long(longest))
    shown = "".join(letter for letter in text if _shown(letter)).strip()
    kept = unicodedata.normalize("NFC", shown)
    _refuse_towers(kept)
    if len(kept) > longest:
        raise UntidyText(_too_long(longest))
    return kept


def salvaged(text: str, longest: int) -> str:
    """What can be kept of a text, where refusing it would stop something that must not wait."""
    try:
        return tidy(text, longest)
    except UntidyText:
        plain = "".join(letter for letter in text if letter in LINE_BREAKS or letter.isprintable())
        return "".join(each for each in plain if not unicodedata.combining(each))[:longest].strip()


def _too_long(longest: int) -> str:
    return _("Use at most {n} characters.").format(n=f"{longest:,}")


def _refuse_towers(text: str) -> None:
    """Refuse letters under a tower of accents, which spill over the neighbouring lines."""
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > MOST_MARKS:
            raise UntidyText(_("One letter has too many accents on it. Type it again."))


def _shown(letter: str) -> bool:
    """Whether the character stays; direction overrides and other invisible marks go."""
    kind = unicodedata.category(letter)
    if letter in LINE_BREAKS or letter in JOINERS:
        return True
    if kind in {"Cc", "Cs", "Co"}:
        raise UntidyText(
            _("It holds a character that cannot be shown. Type it again instead of pasting.")
        )
    return kind != "Cf"
