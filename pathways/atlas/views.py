"""What the page of the map shows."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pathways.atlas.findings import Findings
from pathways.atlas.shapes import Picture
from pathways.atlas.twin import Twin


@dataclass(frozen=True, slots=True)
class Months:
    """Which months the figures are of, both ends included, and the day they next change."""

    first: date
    last: date
    changes: date


@dataclass(frozen=True, slots=True)
class AtlasPage:
    """The map, what it says, and the same in tables; `need` is the kind of help asked for.

    `outside` counts services of the directory that are not on it, `undrawn` the ways that only
    the tables tell.
    """

    template: ClassVar[str] = "pathways/atlas/map.html"
    picture: Picture
    findings: Findings
    twin: Twin
    months: Months
    needs: tuple[tuple[str, str], ...]
    need: str
    empty: bool
    flowing: bool
    outside: int
    undrawn: int
