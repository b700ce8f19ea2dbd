"""What a signed paper lets cross from one agency to another, as plain sets of tuples.

Nothing is imported from the product. Moments are any values that can be ordered.
"""

from typing import Any, Final, NamedTuple

NEVER: Final = frozenset({"evidence", "workings", "arrangements"})
"""What no paper can let cross."""

Crossing = tuple[str, str, str, str]
"""From which agency, to which, what for, about which category."""


class Paper(NamedTuple):
    """One release: to one receiving agency, its purposes and categories, from when until when.

    `signed` is whether it stands; `taken_back` when she took it back, None while she has not.
    """

    source: str
    receiver: str
    purposes: frozenset[str]
    categories: frozenset[str]
    start: Any
    end: Any
    signed: bool
    taken_back: Any = None


def crossings(paper: Paper) -> frozenset[Crossing]:
    """Everything the paper lets cross while it is in force: one way, never inside one house."""
    return frozenset(
        (paper.source, paper.receiver, purpose, category)
        for purpose in paper.purposes
        for category in paper.categories - NEVER
        if paper.source != paper.receiver
    )


def in_force(paper: Paper, at: Any) -> bool:
    """Its start is included, its end and the moment she took it back are not."""
    ends = [paper.end] if paper.taken_back is None else [paper.end, paper.taken_back]
    return paper.signed and paper.start <= at < min(ends)


def lets(paper: Paper, crossing: Crossing, at: Any) -> Any:
    """Until when the crossing may be read; None where it may not be made."""
    return paper.end if in_force(paper, at) and crossing in crossings(paper) else None


def answers(paper: Paper, asked: tuple[str, str, str], at: Any) -> bool:
    """Whether the receiver of a paper may answer the agency that holds it.

    Args:
        asked: from which agency, to which, about which category.
    """
    back = {(paper.receiver, paper.source, category) for category in {asked[2]} - NEVER}
    return in_force(paper, at) and asked in back


class Hearer(NamedTuple):
    """Somebody at the table of a conference."""

    agency: str
    works_with_people: bool
    on_the_team: bool
    kept_out: bool


def hears(hearer: Hearer, item: tuple[str, str], papers: list[Paper], at: Any) -> Any:
    """Until when somebody may be let hear an item; None when not at all.

    Args:
        item: the agency whose case it is about, and its category.
    """
    owner, category = item
    crossing = (owner, hearer.agency, "conference", category)
    stranger = not hearer.on_the_team and hearer.agency != owner and hearer.works_with_people
    stranger = stranger and not hearer.kept_out
    ends = {lets(paper, crossing, at) for paper in papers} - {None}
    return max(ends) if stranger and ends else None


class Demand(NamedTuple):
    """What a law or a court makes an agency tell: these entries, to one other, until a moment."""

    source: str
    receiver: str | None
    entries: frozenset[str]
    categories: frozenset[str]
    end: Any


def demanded(demand: Demand, crossing: tuple[str, str, str], entry: str, at: Any) -> Any:
    """Until when the entry may be read there; None where it is not among what is told.

    Args:
        crossing: from which agency, to which, about which category.
    """
    routes = {(demand.source, demand.receiver, each) for each in demand.categories - NEVER}
    told = crossing in routes and demand.source != demand.receiver
    return demand.end if told and entry in demand.entries - {""} and at < demand.end else None


def rushed(agency: str, crossing: tuple[str, str, str], since: Any, at: Any, lasts: Any) -> bool:
    """Whether an emergency opens an entry to a colleague: inside the owning agency, briefly."""
    inside = {(agency, agency)}
    closed = {"evidence", "arrangements"}
    return crossing[:2] in inside and crossing[2] not in closed and since <= at < since + lasts
