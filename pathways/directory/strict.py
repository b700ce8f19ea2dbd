"""One JSON record, read strictly: what no person means is refused with a sentence."""

import json
import math
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from hub.core.language import _

DEEPEST: Final = 32
"""Levels of brackets in one record; the deepest record of HSDS 3.1 has nine."""
LONGEST_RECORD: Final = 1_000_000
"""Bytes in one record; the longest in the known directories has 4,100."""
LONGEST_NUMBER: Final = 30
"""Characters in one number."""


class RecordRefused(ValueError):
    """A record that cannot be taken; the message says what is wrong with it."""


def record(raw: bytes, depth: int) -> dict[str, Any]:
    """The JSON object in `raw`.

    Args:
        depth: how deeply `raw` nests, counted before it is parsed.

    Raises:
        RecordRefused: longer than LONGEST_RECORD or deeper than DEEPEST, not UTF-8, not JSON, a
            name given twice, not a number (NaN, Infinity, 1e999), a number of more than
            LONGEST_NUMBER characters, or JSON that is no object.
    """
    found = value(raw, depth)
    if not isinstance(found, dict):
        raise RecordRefused(_("It is not a JSON object but {kind}.").format(kind=kind_of(found)))
    return found


def value(raw: bytes, depth: int) -> object:
    """The JSON value in `raw`, whatever its kind; raises as `record` does."""
    if len(raw) > LONGEST_RECORD:
        raise RecordRefused(_("It is longer than {n} bytes.").format(n=f"{LONGEST_RECORD:,}"))
    if depth > DEEPEST:
        raise RecordRefused(_("It nests deeper than {n} levels.").format(n=DEEPEST))
    return _parsed(_text(raw))


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise RecordRefused(
            _("It is not UTF-8: byte {n} of the record belongs to no letter.").format(
                n=wrong.start + 1
            )
        ) from wrong


def _parsed(text: str) -> object:
    try:
        found: object = json.loads(
            text,
            object_pairs_hook=_each_name_once,
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_short,
        )
    except json.JSONDecodeError as wrong:
        raise RecordRefused(
            _("It is not JSON: {what} at character {n} of the record.").format(
                what=wrong.msg, n=wrong.pos + 1
            )
        ) from wrong
    except RecursionError as wrong:
        raise RecordRefused(_("It nests deeper than {n} levels.").format(n=DEEPEST)) from wrong
    return found


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RecordRefused(_("It says {name} twice.").format(name=quoted(twice)))
    return found


def _no_number(word: str) -> NoReturn:
    raise RecordRefused(_("It says {word} where a number belongs.").format(word=word))


def _finite(digits: str) -> float:
    number = float(digits) if len(digits) <= LONGEST_NUMBER else math.inf
    if not math.isfinite(number):
        raise RecordRefused(_("It has a number too large or too long to be meant."))
    return number


def _short(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise RecordRefused(_("It has a number too large or too long to be meant."))
    return int(digits)


def quoted(word: object) -> str:
    """What a file says, short enough and plain enough to stand in a sentence about it.

    Never more than 40 characters, and none that a terminal or a page would act on.
    """
    return f"“{printable(str(word)[:40])}”"


def printable(words: str) -> str:
    """The words with a question mark for whatever a terminal or a page would act on."""
    return "".join(letter if letter.isprintable() else "?" for letter in words)


def kind_of(value: object) -> str:
    """What a JSON value is, in a word for a sentence."""
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, (int, float)):
        return _("a number")
    if isinstance(value, str):
        return _("text")
    if isinstance(value, Mapping):
        return _("an object")
    return _("nothing") if value is None else _("a list")
