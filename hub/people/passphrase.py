"""What a passphrase must be: long, and more than the words everybody would try first."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from hub.core.language import _

SHORTEST: Final = 12
LONGEST: Final = 200
LEFT_OVER: Final = 8
DIFFERENT: Final = 6
SHORTEST_WORD: Final = 4

COMMON: Final = (
    "administrator",
    "passphrase",
    "motdepasse",
    "contrasena",
    "trustno1",
    "sunshine",
    "princess",
    "password",
    "passwort",
    "p@ssw0rd",
    "passw0rd",
    "iloveyou",
    "football",
    "baseball",
    "superman",
    "changeme",
    "letmein",
    "welcome",
    "dragon",
    "monkey",
    "secret",
    "admin",
)
ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class WeakPassphrase(ValueError):
    """It would be guessed too soon; the message tells its owner what to change."""


def plain(typed: str) -> str:
    """One spelling for what looks alike: Unicode NFC, every kind of space the same.

    Source: RFC 8265, OpaqueString: nothing else is changed, no case and no room at the ends.
    """
    composed = unicodedata.normalize("NFC", typed)
    return "".join(" " if unicodedata.category(each) == "Zs" else each for each in composed)


def refuse_weak(passphrase: str, own_words: Iterable[str]) -> None:
    """Refuse a passphrase that would be guessed too soon.

    Args:
        own_words: what a stranger would guess with: her name, her e-mail, her agency.

    Raises:
        WeakPassphrase: fewer than 12 or more than 200 characters; fewer than 6 different ones; or
            fewer than 8 left over once own words, common ones and runs like 1234 are taken out.

    Source: NIST SP 800-63B-4, 3.1.1.2: length and a blocklist, no rules of composition.
    """
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase(_("Use at least 12 characters: four or five words do well."))
    if len(passphrase) > LONGEST:
        raise WeakPassphrase(_("Use at most 200 characters."))
    if any(unicodedata.category(each) in {"Cc", "Cs"} for each in passphrase):
        raise WeakPassphrase(_("It holds a character that cannot be typed. Type it again."))
    if len(set(passphrase.casefold())) < DIFFERENT:
        raise WeakPassphrase(_("Use more than a few different characters."))
    if len(_left_over(passphrase, own_words)) < LEFT_OVER:
        raise WeakPassphrase(
            _("This is too easy to guess. Use words that are not your name, your agency or a row.")
        )


def _left_over(passphrase: str, own_words: Iterable[str]) -> str:
    """What remains when the words and runs that are tried first are taken out."""
    left = passphrase.casefold()
    for word in sorted({*_words(own_words), *COMMON}, key=len, reverse=True):
        left = left.replace(word, "")
    for run in _runs():
        left = left.replace(run, "")
    return "".join(each for each in left if each.isalnum())


def _words(own_words: Iterable[str]) -> set[str]:
    """Each own word, whole and in its parts, if it is long enough to be one."""
    found: set[str] = set()
    for each in own_words:
        parts = "".join(c if c.isalnum() else " " for c in each.casefold()).split()
        found |= {each.casefold(), "".join(parts), *parts}
    return {word for word in found if len(word) >= SHORTEST_WORD}


def _runs() -> list[str]:
    """Every run of four along a row of keys or the alphabet, forwards and backwards."""
    rows = [row[::step] for row in ROWS for step in (1, -1)]
    return [row[at : at + 4] for row in rows for at in range(len(row) - 3)]
