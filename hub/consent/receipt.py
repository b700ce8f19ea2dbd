"""A receipt: the number and the PIN with which somebody reads what is shared of them."""

import secrets
from datetime import timedelta
from typing import Final

from hub.core.language import _
from hub.core.words import Worded

DIGITS: Final = 16
LEAST_PIN: Final = 6
MOST_PIN: Final = 8
VISIT: Final = timedelta(minutes=10)
"""How long a page stays open after number and PIN were typed, without typing them again."""


class Lasting(Worded):
    """How long a receipt opens anything."""

    WEEK = "week", "A week"
    MONTH = "month", "30 days"
    QUARTER = "quarter", "90 days"


LASTS: Final = {
    Lasting.WEEK: timedelta(days=7),
    Lasting.MONTH: timedelta(days=30),
    Lasting.QUARTER: timedelta(days=90),
}


def new_number() -> str:
    """16 random digits (53 bits): useless to whoever guesses, short enough to carry in a head."""
    return "".join(str(secrets.randbelow(10)) for _place in range(DIGITS))


def in_groups(number: str) -> str:
    """The number as it is read aloud: 1234 5678 9012 3456."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def digits(typed: str) -> str:
    """The digits somebody typed, in any script, without the blanks and dashes between them."""
    return "".join(str(int(each)) for each in typed if each.isdecimal())


def faults(pin: str, panic: str) -> dict[str, str]:
    """What is wrong with the two PINs somebody chose; {} when nothing."""
    found: dict[str, str] = {}
    for field, typed in (("pin", pin), ("panic", panic)):
        if not LEAST_PIN <= len(typed) <= MOST_PIN:
            said = _("Choose {least} to {most} digits.")
            found[field] = said.format(least=LEAST_PIN, most=MOST_PIN)
        elif len(set(typed)) == 1:
            found[field] = _("Choose digits that are not all the same.")
    if pin and pin == panic:
        found.setdefault("panic", _("Choose another one than the first."))
    return found
