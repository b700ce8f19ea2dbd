"""What a file says of one service, before it is ours: our values under the source's ids."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from pathways.directory.listing import Organization, Service


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as taken: an organization, and the service it offers where the record has one.

    `source` and `source_id` name the record and decide what a later run updates. All ids inside
    are the source's own. `adds_place` marks a record that only gives a known service one
    more place (HSDS service_at_location).
    """

    source: str
    source_id: str
    organization: Organization
    service: Service | None = None
    adds_place: bool = False

    @property
    def digest(self) -> str:
        """The same for the same content, whatever the order or spacing of the file was."""
        said = repr(_plain((self.organization, self.service)))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def content(self) -> str:
        """A digest of what it says, not of what it is called: equal for look-alikes."""
        if self.service is None:
            return self.digest
        places = tuple(replace(place, id="") for place in self.service.locations)  # type: ignore[arg-type]
        unnamed = replace(self.service, id="", locations=places)  # type: ignore[arg-type]
        return hashlib.sha256(repr(_plain(unnamed)).encode()).hexdigest()


def joined_places(before: Draft, later: Draft) -> Draft | None:
    """Both drafts of one service in one, with the places of both; None where they are rivals.

    They belong together when at least one only adds a place, and the place is new.
    """
    if before.service is None or later.service is None:
        return None
    if not (before.adds_place or later.adds_place):
        return None
    places = before.service.locations + later.service.locations
    if len({place.id for place in places}) < len(places):
        return None
    whole = later if before.adds_place else before
    assert whole.service is not None  # noqa: S101 (both have one: see above)
    return replace(whole, service=replace(whole.service, locations=places))


def _plain(value: object) -> object:
    """Tuples and text all the way down, sets in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(_plain(getattr(value, part.name)) for part in fields(value))
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, frozenset):
        return tuple(sorted(str(member) for member in value))
    if isinstance(value, (tuple, list)):
        return tuple(_plain(member) for member in value)
    if isinstance(value, Mapping):
        return tuple(sorted((str(name), _plain(inner)) for name, inner in value.items()))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else value
