"""Who may hear an item, and what stands in the way of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.consent.release import Release, covers
from hub.core.grounds import Passage
from hub.core.ids import AgencyId, PersonId
from hub.core.words import Category, Purpose, Worded


class Standing(Worded):
    """How somebody at the table stands to one item."""

    TEAM = "team", "On the care team"
    HEARS = "hears", "Can read it"
    COULD = "could", "May read it once you let them"
    KEPT_AWAY = "kept_away", "Must never know of it"
    NOT_ON_TEAM = "not_on_team", "Not on the care team"
    NO_STORIES = "no_stories", "Coordinators hear nothing about a person"
    NOTHING_RELEASED = "nothing_released", "Nothing released to them for case conferences"
    OTHER_CATEGORIES = "other_categories", "Other things were released to them, not this"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at the table.

    Attributes:
        works_with_people: whether they have a role that works with survivors; a coordinator or
            administrator alone has none, and then no release lets them hear an item.
    """

    person: PersonId
    agency: AgencyId
    works_with_people: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item is about: one category, of one agency's case, at one instant.

    Attributes:
        away: those who must never know of her, whatever was released to their agency.
    """

    category: Category
    agency: AgencyId
    team: frozenset[PersonId]
    away: frozenset[PersonId]
    at: datetime


@dataclass(frozen=True, slots=True)
class Covered:
    """The release that lets somebody hear an item, and until when."""

    release: Release
    until: datetime


def covering(subject: Subject, to: AgencyId, releases: Iterable[Release]) -> Covered | None:
    """The release that lets that agency hear the subject longest; None when none does.

    Args:
        releases: any of the case's; those to others, for other purposes, for other categories or
            not in force at `subject.at` count for nothing. Ties are settled by the release's id.
    """
    passage = Passage(subject.category, subject.agency, to, Purpose.CONFERENCE, subject.at)
    found = [(covers(each, passage), each) for each in releases]
    lets = [Covered(each, until) for until, each in found if until is not None]
    return max(lets, key=lambda each: (each.until, each.release.id), default=None)


def standing(
    guest: Guest, subject: Subject, releases: Sequence[Release], until: datetime | None
) -> Standing:
    """How a guest stands to an item.

    Args:
        releases: the releases of the case that are in force, to the guest's agency.
        until: the end of the share the guest holds now, None when they hold none.
    """
    if guest.person in subject.away:
        return Standing.KEPT_AWAY
    if guest.person in subject.team:
        return Standing.TEAM
    if guest.agency == subject.agency:
        return Standing.NOT_ON_TEAM
    if not guest.works_with_people:
        return Standing.NO_STORIES
    if until is not None and until > subject.at:
        return Standing.HEARS
    if covering(subject, guest.agency, releases):
        return Standing.COULD
    if any(_for_conferences(each, guest.agency) for each in releases):
        return Standing.OTHER_CATEGORIES
    return Standing.NOTHING_RELEASED


def _for_conferences(release: Release, to: AgencyId) -> bool:
    return Purpose.CONFERENCE in release.purposes and release.to_agency == to


def to_let_in(
    guest: Guest, subject: Subject, releases: Sequence[Release], until: datetime | None
) -> Covered | None:
    """The release on which this guest is to be given the item now; None when nothing is to be done.

    Nobody who must never know, on the care team, of the owning agency or without work with
    survivors is given it; and a guest who already holds it until then or longer is not given it
    twice.
    """
    if guest.person in subject.away:
        return None
    if guest.person in subject.team or guest.agency == subject.agency:
        return None
    if not guest.works_with_people:
        return None
    best = covering(subject, guest.agency, releases)
    if best is None or (until is not None and until >= best.until):
        return None
    return best
