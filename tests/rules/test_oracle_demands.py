"""The grounds beside a release, asked for every combination: duty and order, and emergency."""

from datetime import timedelta
from itertools import product
from typing import Final

from hub.cases.emergency.access import EmergencyGround
from hub.consent.compelled.ground import Telling, admits
from hub.core.grounds import Passage
from hub.core.ids import AgencyId, CaseId, EnvelopeId
from hub.core.words import Category, Purpose
from tests.oracle.papers import Demand, demanded, rushed
from tests.world import NOON

BLINK: Final = timedelta(microseconds=1)
HOUR: Final = timedelta(hours=1)
QUARTER: Final = timedelta(minutes=15)
AGENCIES: Final = tuple(AgencyId(name) for name in ("harbour", "northside", "eastway"))
ENTRIES: Final = tuple(EnvelopeId(name) for name in ("", "one", "two"))
CHOSEN: Final = (frozenset(), frozenset(ENTRIES[1:2]), frozenset(ENTRIES))
CATEGORIES: Final = tuple(Category)


def test_only_the_very_entries_a_law_names_are_told() -> None:
    """3 agencies told by 3 or none, 3 choices of entries, every category, at 3 instants."""
    compared = 0
    kinds = product(AGENCIES, (None, *AGENCIES), CHOSEN, CATEGORIES)
    for source, receiver, entries, kind in kinds:
        categories = frozenset({kind})
        telling = Telling("r", CaseId("c"), source, receiver, entries, categories, NOON, None)
        names = frozenset(str(each) for each in entries)
        demand = Demand(source, receiver, names, frozenset({kind.value}), NOON)
        asked = product(CATEGORIES, AGENCIES, AGENCIES, ENTRIES, (NOON - BLINK, NOON))
        for category, origin, to, entry, at in asked:
            passage = Passage(category, origin, to, Purpose.COORDINATION, at, entry)
            crossing = (str(origin), str(to), category.value)
            assert admits(telling, passage) == demanded(demand, crossing, entry, at)
            compared += 1
    assert compared > 500_000


def test_an_emergency_opens_briefly_and_inside_one_agency() -> None:
    instants = (NOON - BLINK, NOON, NOON + QUARTER - BLINK, NOON + QUARTER, NOON + HOUR)
    for owner, category, origin, to, at in product(
        AGENCIES, CATEGORIES, AGENCIES, AGENCIES, instants
    ):
        passage = Passage(category, origin, to, Purpose.COORDINATION, at, EnvelopeId("one"))
        until = EmergencyGround("r", owner, NOON).permits(passage)
        may = rushed(owner, (origin, to, category.value), NOON, at, QUARTER)
        assert until == (NOON + QUARTER if may else None)
