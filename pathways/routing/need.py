"""What somebody needs, in coarse choices only: no name, none of her words, bands not numbers."""

from dataclasses import dataclass
from typing import Final

from hub.core.words import Priority, ServiceType, Worded
from pathways.directory.listing import Point
from pathways.directory.terms import AccessFeature, Gender


class AgeBand(Worded):
    """How old she is, in bands that no service's limits cut more finely than they must."""

    INFANT = "0-4", "0 to 4 years"
    CHILD = "5-11", "5 to 11 years"
    TEEN = "12-17", "12 to 17 years"
    YOUNG = "18-24", "18 to 24 years"
    ADULT = "25-59", "25 to 59 years"
    OLDER = "60+", "60 years or older"


AGES: Final = {
    AgeBand.INFANT: (0, 4),
    AgeBand.CHILD: (5, 11),
    AgeBand.TEEN: (12, 17),
    AgeBand.YOUNG: (18, 24),
    AgeBand.ADULT: (25, 59),
    AgeBand.OLDER: (60, 120),
}
"""Whole years, both ends included."""


class Children(Worded):
    """Whether children come with her."""

    NONE = "none", "No children with her"
    ONE = "one", "One child with her"
    MORE = "more", "Two or more children with her"


class Papers(Worded):
    """Whether she has papers or is registered."""

    HAS = "has", "She has papers"
    HAS_NOT = "has-not", "She has no papers"


class When(Worded):
    """When in the week she can go."""

    DAY = "weekday", "Weekdays, by day"
    EVENING = "weekday-evening", "Weekday evenings"
    WEEKEND = "weekend", "Weekends"


@dataclass(frozen=True, slots=True)
class Named:
    """A language (ISO 639) or a country (ISO 3166): its code, and its name for the screen."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """The area she is in, by a name the directory uses; `point` is about its middle, if known."""

    area: str
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked of the directory. None and empty sets mean "not said", never "any"."""

    service_type: ServiceType
    language: Named | None = None
    place: Place | None = None
    gender: Gender | None = None
    age: AgeBand | None = None
    children: Children | None = None
    nationality: Named | None = None
    papers: Papers | None = None
    access: frozenset[AccessFeature] = frozenset()
    urgency: Priority = Priority.NORMAL
    when: When | None = None
