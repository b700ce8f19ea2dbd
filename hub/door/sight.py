"""Sight: who looks, with which keys, at which instant; made once a request and frozen."""

from dataclasses import dataclass, field
from datetime import datetime

from hub.core.ids import AgencyId, HolderId, PersonId
from hub.core.words import Role
from hub.door.custody import Custody


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks (person, agency, roles), which holders' keys they carry, and when.

    A sight without holders opens nothing: the house itself looks with one of those.
    """

    person: PersonId
    agency: AgencyId
    roles: frozenset[Role]
    holders: frozenset[HolderId]
    at: datetime
    custody: Custody = field(repr=False, compare=False)


def sight_of_the_house(at: datetime, custody: Custody) -> Sight:
    """For jobs: may end shares and count, carries no key."""
    return Sight(PersonId(""), AgencyId(""), frozenset(), frozenset(), at, custody)
