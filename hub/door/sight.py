"""Sight: who looks, with which keys, at which instant; made once a request and frozen."""

from dataclasses import dataclass, field
from datetime import datetime

from hub.core.ids import AgencyId, HolderId, PersonId
from hub.core.words import Role
from hub.door.custody import Custody, NoCustody


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks (person, agency, roles), which holders' keys they carry, and when.

    `kept_out` are the subjects they must never know of, whatever keys they carry. A sight without
    holders opens nothing: the house itself looks with one of those.
    """

    person: PersonId
    agency: AgencyId
    roles: frozenset[Role]
    holders: frozenset[HolderId]
    kept_out: frozenset[str]
    at: datetime
    custody: Custody = field(repr=False, compare=False)


def sight_of_nobody(at: datetime, custody: Custody) -> Sight:
    """Whoever has not signed in: no person, no agency, no key."""
    none: frozenset[str] = frozenset()
    return Sight(PersonId(""), AgencyId(""), frozenset(), frozenset(), none, at, custody)


def sight_of_the_house(at: datetime, custody: Custody) -> Sight:
    """For jobs: may end shares and count, carries no key."""
    return sight_of_nobody(at, custody)


def sight_of_a_migration(at: datetime) -> Sight:
    """For migrations: may fill columns of sealed tables, and can open nothing whatever it finds."""
    return sight_of_nobody(at, NoCustody())
