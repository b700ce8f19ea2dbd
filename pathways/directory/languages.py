"""What people call languages, countries and days; and the codes of what they call so."""

from datetime import date
from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

COMMON: Final = ("ar", "en", "fr", "es", "uk", "ru", "tr", "fa", "ps", "ku", "so", "am", "ti", "ur")
"""Offered first on forms; any other can be searched for once a service speaks it."""


def code_of(said: str) -> str:
    """The code, two letters where there are two, of a language given as a code or by a name.

    Returns:
        "" for one that is not known.
    """
    word = said.strip().casefold().replace("_", "-")
    short = _aliases().get(word.partition("-")[0], word.partition("-")[0])
    if short in _names():
        return short
    return _codes().get(word, "")


def name_of(code: str) -> str:
    """What people call the language with this code; the code where nobody knows."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    return {code: str(name) for code, name in Locale("en").languages.items() if code.isalpha()}


@cache
def _codes() -> dict[str, str]:
    """English names and, for languages Babel speaks, their own names, to codes."""
    named = {name.casefold(): code for code, name in _names().items()}
    for code in COMMON:
        own = Locale(code).languages.get(code)
        if own:
            named.setdefault(str(own).casefold(), code)
    return named


@cache
def _aliases() -> dict[str, str]:
    """Three-letter codes that have a two-letter form ("ara" is "ar")."""
    aliases: dict[str, str] = dict(get_global("language_aliases"))
    return {long: short for long, short in aliases.items() if long.isalpha() and short.isalpha()}


def country_of(code: str) -> str:
    """What people call the country with this ISO 3166-1 code; the code where nobody knows."""
    return str(Locale("en").territories.get(code, code))


def country_code(said: str) -> str:
    """The ISO 3166-1 code, two letters, of a country given by its code or name; "" if none."""
    word = said.strip().casefold()
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and word in (code.casefold(), str(name).casefold()):
            return str(code)
    return ""


def day_in_words(day: date) -> str:
    """A day as a sentence says it."""
    return format_date(day, "d MMMM y", locale="en")
