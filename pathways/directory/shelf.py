"""Every service of one edition of the directory, in memory and in order, ready to be searched."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from pathways.directory.listing import Service, in_order

BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; what is empty asks for nothing.

    `words` are each looked for anywhere in what a service says of itself; `place` in where it is
    and how far it reaches; `language` is an ISO 639 code. `silent_too` also takes services that
    have not said which languages they speak.
    """

    need: ServiceType | None = None
    place: str = ""
    language: str = ""
    words: str = ""
    silent_too: bool = False
    entry_points: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a search.

    `total` counts all that fit; `silent` those that would, but have not said their languages.
    `after` is the id to ask for the next page with; None on the last.
    """

    services: Sequence[Service]
    total: int
    silent: int
    after: ServiceId | None


class Shelf:
    """Services that do not change; a changed directory is another shelf."""

    def __init__(self, services: Iterable[Service]) -> None:
        self.services = tuple(in_order(services))
        self.by_id: Mapping[ServiceId, int] = MappingProxyType(
            {service.id: place for place, service in enumerate(self.services)}
        )
        self._words = tuple(plain(_said(service)) for service in self.services)
        self._places = tuple(plain(_where(service)) for service in self.services)

    def get(self, id: ServiceId) -> Service | None:
        """The service with this id; None when there is none."""
        place = self.by_id.get(id)
        return None if place is None else self.services[place]

    def find(self, wanted: Wanted, today: date, after: ServiceId | None, most: int) -> Stretch:
        """The services that fit: those running `today` first, in this hub before others.

        Args:
            after: the last one that was shown; None, or one that fits no more, starts anew.
        """
        fitting = [place for place in range(len(self.services)) if self._fits(place, wanted)]
        silent = [place for place in fitting if not self._speaks(place, wanted)]
        if not wanted.silent_too:
            left_out = frozenset(silent)
            fitting = [place for place in fitting if place not in left_out]
        found = [self.services[place] for place in fitting]
        found.sort(key=lambda service: (not service.runs_on(today), service.agency is None))
        start = next((n for n, service in enumerate(found, 1) if service.id == after), 0)
        shown = found[start : start + most]
        more = shown[-1].id if len(found) > start + most else None
        return Stretch(shown, len(found), len(silent), more)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of all languages any service speaks."""
        spoken = frozenset[str]().union(*(service.languages for service in self.services))
        return tuple(sorted(spoken))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The areas any service is in, in the order of the alphabet."""
        areas = {place.area for service in self.services for place in service.locations}
        return tuple(sorted(areas - {""}, key=str.casefold))

    @cached_property
    def needs(self) -> Mapping[ServiceType, int]:
        """How many services there are of each kind."""
        counted = dict.fromkeys(ServiceType, 0)
        for service in self.services:
            for kind in service.types:
                counted[kind] += 1
        return MappingProxyType(counted)

    def _fits(self, place: int, wanted: Wanted) -> bool:
        """Whether all but the language fits; a service that spoke only others does not."""
        service = self.services[place]
        if wanted.need is not None and wanted.need not in service.types:
            return False
        if wanted.entry_points and not service.entry_point:
            return False
        if wanted.place and not _holds(self._places[place], wanted.place):
            return False
        if wanted.words and not _holds(self._words[place], wanted.words):
            return False
        return not service.languages or self._speaks(place, wanted)

    def _speaks(self, place: int, wanted: Wanted) -> bool:
        return not wanted.language or wanted.language in self.services[place].languages


def plain(text: str) -> str:
    """Text for comparing: without case, accents or punctuation, words one space apart."""
    folded = text.casefold()
    if not folded.isascii():
        letters = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return BETWEEN_WORDS.sub(" ", folded).strip()


def _holds(text: str, wanted: str) -> bool:
    return all(word in text for word in plain(wanted).split())


def _said(service: Service) -> str:
    """All words of a service that a person may look for."""
    kinds = (str(kind.label) for kind in service.types)
    return " ".join(
        (
            service.name,
            service.organization.name,
            service.description,
            service.eligibility.words,
            service.intake.words,
            *kinds,
            _where(service),
        )
    )


def _where(service: Service) -> str:
    """The names of where it is and reaches. A confidential place has only its area."""
    parts = [area.name for area in service.areas]
    for place in service.locations:
        parts += [place.area, place.name]
        if place.address is not None:
            parts += [place.address.city, place.address.region]
    return " ".join(parts)
