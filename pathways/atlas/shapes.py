"""What a drawing is made from and made of: sites and streams, then boxes, bands and words."""

from dataclasses import dataclass
from enum import StrEnum

from pathways.atlas.layers import Course
from pathways.statistics import Figure


class Tone(StrEnum):
    """How a box or band is to be seen; the same is always said in words beside it."""

    PLAIN = "plain"
    STRAIN = "strain"
    GAP = "gap"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Site:
    """What stands in a box: an entry point, or a provider of one kind of help.

    `group` heads the boxes that stand together; "" for none. `spoken` says what the box does not
    show in words: where it stands, and what came and went.
    """

    id: str
    column: int
    group: str
    name: str
    note: str
    tone: Tone
    link: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Stream:
    """What runs between two sites; `figure` is as released."""

    source: str
    target: str
    figure: Figure
    tone: Tone
    spoken: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its baseline."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A site with its place on the page."""

    site: Site
    x: float
    y: float
    width: float
    height: float
    name: tuple[Words, ...]
    note: tuple[Words, ...]

    @property
    def spoken(self) -> str:
        """The whole box in words, begun with what is drawn, so that both can be called alike."""
        drawn = " ".join(words.text for words in (*self.name, *self.note))
        whole = f"{self.site.name} {self.site.note}".strip()
        return " ".join(
            f"{drawn}. {'' if drawn == whole else f'{whole}. '}{self.site.spoken}".split()
        )


@dataclass(frozen=True, slots=True)
class Band:
    """A stream as a line of a certain thickness; `arrow` is the points of its head, or "".

    `label` is the figure where the band is thick enough to carry it.
    """

    stream: Stream
    path: str
    thickness: float
    course: Course
    arrow: str
    label: Words | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a template needs to write the SVG; `scale` names the size of its letters."""

    width: float
    height: float
    columns: tuple[Words, ...]
    groups: tuple[Words, ...]
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    crossings: int
    scale: str
