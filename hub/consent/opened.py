"""Who opened what was shared: openings gathered by person, for pages that say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.core.ids import AgencyId, EnvelopeId, PersonId
from hub.core.words import Category, Role
from hub.door import Told
from hub.door.openings import Opening


@dataclass(frozen=True, slots=True)
class Opened:
    """What one person opened of what their agency was given, when first and when last."""

    person: PersonId
    agency: AgencyId
    roles: frozenset[Role]
    categories: frozenset[Category]
    first_at: datetime
    last_at: datetime


def opened_of(
    shares: Iterable[Told], openings: Mapping[EnvelopeId, Sequence[Opening]]
) -> list[Opened]:
    """Who opened any of these shares while they could, whoever opened first first.

    An opening belongs to a share if its reader works where the share went, and it was opened after
    the share was made and before it ended.
    """
    found: dict[PersonId, list[tuple[Category, Opening]]] = {}
    for share in shares:
        for opening in openings.get(share.envelope, ()):
            if _while(share, opening):
                found.setdefault(opening.person, []).append((share.category, opening))
    people = [_of_person(each) for each in found.values()]
    return sorted(people, key=lambda each: (each.first_at, each.person))


def _while(share: Told, opening: Opening) -> bool:
    if opening.agency != share.agency or opening.last_at < share.made_at:
        return False
    return share.ended_at is None or opening.first_at <= share.ended_at


def _of_person(seen: Sequence[tuple[Category, Opening]]) -> Opened:
    first = min(seen, key=lambda each: each[1].first_at)[1]
    return Opened(
        person=first.person,
        agency=first.agency,
        roles=first.roles,
        categories=frozenset(category for category, _opening in seen),
        first_at=first.first_at,
        last_at=max(opening.last_at for _category, opening in seen),
    )
