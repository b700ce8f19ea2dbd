"""A signature drawn on screen: strokes as they were drawn, read strictly, shown as lines."""

import re
from typing import Final

WIDTH: Final = 1000
HEIGHT: Final = 320
LONGEST: Final = 40_000
FEWEST_POINTS: Final = 8
"""Fewer than that is a slip of the finger, not a name."""

STROKES: Final = re.compile(r"\d{1,4},\d{1,4}(?:[ ;]\d{1,4},\d{1,4})*", re.ASCII)


def lines_of(strokes: str) -> list[list[tuple[int, int]]] | None:
    """The lines somebody drew, each a list of points; None when these are no strokes of ours.

    Args:
        strokes: points as "x,y", parted by blanks, lines by semicolons, from the upper left.
    """
    if len(strokes) > LONGEST or not STROKES.fullmatch(strokes):
        return None
    lines = [[_point(each) for each in line.split(" ")] for line in strokes.split(";")]
    points = [point for line in lines for point in line]
    inside = all(x <= WIDTH and y <= HEIGHT for x, y in points)
    return lines if inside and len(points) >= FEWEST_POINTS else None


def _point(typed: str) -> tuple[int, int]:
    x, _comma, y = typed.partition(",")
    return int(x), int(y)


def path(strokes: str) -> str:
    """The same lines as the path of a picture; "" when there is nothing to show."""
    lines = lines_of(strokes) or []
    return " ".join("M" + " L".join(f"{x} {y}" for x, y in line) for line in lines)
