"""What the pages of the directory are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from pathways.directory.listing import Location, Service
from pathways.directory.terms import CapacityBand

Fact = tuple[str, str | Sequence[str]]
Tag = tuple[str, str]
"""A word in a box, and the kind of box."""


@dataclass(frozen=True, slots=True)
class Line:
    """One service in a list of them."""

    id: str
    name: str
    organization: str
    where: str
    offers: str
    tags: Sequence[Tag]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be searched for: pairs of value and words."""

    needs: Sequence[tuple[str, str]]
    languages: Sequence[tuple[str, str]]
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The directory, or what was found in it."""

    template: ClassVar[str] = "pathways/directory/search.html"
    lines: Sequence[Line]
    choices: Choices
    total: int
    silent: int
    asked: bool
    is_empty: bool
    writes: bool
    older: dict[str, str] | None
    with_silent: dict[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """Some facts under one heading."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Room:
    """Whether there is room, as last said."""

    band: CapacityBand
    as_of: datetime | None
    is_old: bool


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One service."""

    template: ClassVar[str] = "pathways/directory/service.html"
    id: str
    name: str
    organization: str
    description: str
    kinds: Sequence[str]
    warnings: Sequence[str]
    cards: Sequence[Card]
    missing: str
    room: Room
    referring: str
    origin: str
    on_hub: bool
    hides_place: bool
    own: bool
    bands: Sequence[CapacityBand] = tuple(CapacityBand)


@dataclass(frozen=True, slots=True)
class ServiceFormPage:
    """A service as the agency that gives it may write it.

    `typed` is what stands in the fields that hold a value in other words than the service does.
    """

    template: ClassVar[str] = "pathways/directory/service_form.html"
    id: str
    heading: str
    version: int
    service: Service
    place: Location
    more_places: int
    days: Sequence[str]
    typed: Mapping[str, str]
    lists: Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Run:
    """One file that was read; `held` pairs the place and the reason of what was put aside."""

    at: datetime
    file: str
    taken: int
    unchanged: int
    quarantined: int
    held: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """Files that were read, and what in them could not be taken."""

    template: ClassVar[str] = "pathways/directory/imports.html"
    runs: Sequence[Run]
