"""My agenda: the items I hold, numbered without gaps; what I do not hold leaves no trace in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Anything that has an id, a place in the order and a length."""

    @property
    def id(self) -> str:
        """Its id, random: it settles ties and says nothing."""
        ...

    @property
    def position(self) -> int:
        """Its place in the order of everybody's items; never shown."""
        ...

    @property
    def minutes(self) -> int:
        """Its length."""
        ...


Held = TypeVar("Held", bound=Placed)


@dataclass(frozen=True, slots=True)
class Numbered(Generic[Held]):
    """One item of my agenda: 1, 2, 3 and so on, whatever lies between them for others."""

    number: int
    item: Held


def agenda(held: Iterable[Held]) -> list[Numbered[Held]]:
    """The items held, in their order, numbered from 1 without gaps.

    Args:
        held: exactly the items a reader holds a live share of; nothing else may be passed. Their
            `position` may have gaps, where others have items: it gives the order and no number.

    Returns:
        The same items, whatever the order they came in. There are no starting times: a gap
        between two of mine would say that somebody else is spoken about in it.
    """
    ordered = sorted(held, key=lambda item: (item.position, item.id))
    return [Numbered(number, item) for number, item in enumerate(ordered, 1)]


def minutes_together(held: Iterable[Placed]) -> int:
    """How long the items held take together, in minutes; hidden ones do not count."""
    return sum(item.minutes for item in held)


def next_position(positions: Iterable[int]) -> int:
    """The place after all the others, from 1; two who take it at once share it, and ids decide."""
    return max(positions, default=0) + 1
