"""How wide words are when drawn, and where a label breaks into lines.

A server that draws has no typeface to measure with: these are the advance widths of Atkinson
Hyperlegible Next, in tenths of the letter's size and by class, generous for other scripts.
"""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

NARROW: Final = frozenset(" !'()[]{},.:;ijlI|`frt-/\"")
BROAD: Final = frozenset("mwMW%@&")
ELLIPSIS: Final = "\u2026"


def breadth(text: str, size: float) -> float:
    """About how wide `text` is in letters of `size`; rather too wide than too narrow."""
    return sum(map(_advance, text)) * size


def _advance(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in NARROW:
        return 0.34
    if letter in BROAD:
        return 0.85
    return 0.65 if letter.isupper() or letter.isdigit() else 0.55


def wrapped(text: str, size: float, width: float, most: int) -> tuple[str, ...]:
    """`text` in at most `most` lines no broader than `width`; what is cut ends in an ellipsis.

    Words are kept whole where they fit a line; one that does not is cut through.
    """
    lines = list(_lines(text.split(), size, width))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), size, width)]
    return tuple(lines)


def _lines(words: list[str], size: float, width: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and breadth(longer, size) > width:
            yield line
            longer = word
        while breadth(longer, size) > width and len(longer) > 1:
            head = _head(longer, size, width)
            yield head
            longer = longer[len(head) :]
        line = longer
    if line:
        yield line


def _cut(text: str, size: float, width: float) -> str:
    """As much of a text that is too broad as fits before an ellipsis."""
    return _head(text, size, width - breadth(ELLIPSIS, size)).rstrip() + ELLIPSIS


def _head(text: str, size: float, width: float) -> str:
    """As much of the beginning as fits, at least one letter."""
    ends = accumulate(_advance(letter) * size for letter in text)
    return text[: max(1, sum(end <= width for end in ends))]
