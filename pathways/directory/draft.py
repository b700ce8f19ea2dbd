"""What a file says of one service, before it is ours: our values under the source's ids."""

import hashlib
from dataclasses import dataclass, replace

from hub.core.ids import ServiceId
from pathways.directory.listing import LocationId, Organization, Service


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
    def content(self) -> Service | None:
        """What it says, not what it is called: equal for look-alikes; None for a place alone."""
        if self.service is None:
            return None
        places = tuple(replace(place, id=LocationId("")) for place in self.service.locations)
        return replace(self.service, id=ServiceId(""), locations=places)


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
    """Tuples and text all the way down, sets in order; quick, as every record passes twice."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is tuple:
        return tuple(map(_plain, value))  # type: ignore[call-overload] # known by its type
    if kind is frozenset:
        return tuple(sorted(map(str, value)))  # type: ignore[call-overload] # known by its type
    names = getattr(kind, "__dataclass_fields__", None)
    if names is not None:
        return tuple(_plain(getattr(value, name)) for name in names)
    return str(value)
