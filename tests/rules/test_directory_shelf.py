"""Searching the directory: by need, place, language and words, page by page."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from hub.core.ids import AgencyId, ServiceId
from hub.core.words import ServiceType
from pathways.directory.listing import (
    Location,
    LocationId,
    Organization,
    OrganizationId,
    Service,
)
from pathways.directory.shelf import Shelf, Wanted, plain
from pathways.directory.terms import Status

TODAY: Final = date(2030, 1, 15)


def service(name: str, **changed: object) -> Service:
    made = Service(
        ServiceId(name),
        name,
        Organization(OrganizationId("o"), "Willow Trust"),
        frozenset({ServiceType.LEGAL_ASSISTANCE}),
        locations=(Location(LocationId("l"), "Lower Town", "Willow Hall"),),
        languages=frozenset({"ar"}),
    )
    return replace(made, **changed)  # type: ignore[arg-type] # fields by name


LAW = service("Law clinic")
REFUGE = service(
    "Refuge",
    types=frozenset({ServiceType.SAFE_HOUSE_SHELTER}),
    locations=(Location(LocationId("h"), "Upper Town", confidential=True),),
    languages=frozenset({"en"}),
    entry_point=True,
)
SILENT = service("Étude légale", languages=frozenset())
SHELF = Shelf([LAW, REFUGE, SILENT])

SEARCHES = [
    (Wanted(), {LAW, REFUGE, SILENT}),
    (Wanted(need=ServiceType.LEGAL_ASSISTANCE), {LAW, SILENT}),
    (Wanted(need=ServiceType.FOOD), set()),
    (Wanted(place="upper"), {REFUGE}),
    (Wanted(place="WILLOW   hall"), {LAW, SILENT}),
    (Wanted(language="ar"), {LAW}),
    (Wanted(language="ar", silent_too=True), {LAW, SILENT}),
    (Wanted(language="fr"), set()),
    (Wanted(words="clinic willow"), {LAW}),
    (Wanted(words="etude"), {SILENT}),
    (Wanted(words="legal advice"), {LAW, SILENT}),
    (Wanted(words="%_"), {LAW, REFUGE, SILENT}),
    (Wanted(words="nothing like it"), set()),
    (Wanted(entry_points=True), {REFUGE}),
    (Wanted(need=ServiceType.LEGAL_ASSISTANCE, place="upper"), set()),
]


@pytest.mark.parametrize(("wanted", "found"), SEARCHES, ids=[str(one) for one, _f in SEARCHES])
def test_a_search_finds_what_fits_all_that_was_asked(wanted: Wanted, found: set[Service]) -> None:
    stretch = SHELF.find(wanted, TODAY, None, 25)
    assert set(stretch.services) == found
    assert stretch.total == len(found)


def test_services_silent_about_languages_are_counted_apart() -> None:
    assert SHELF.find(Wanted(language="ar"), TODAY, None, 25).silent == 1
    assert SHELF.find(Wanted(), TODAY, None, 25).silent == 0


@pytest.mark.parametrize("most", [1, 2, 3, 7, 25])
def test_pages_hold_every_service_once_and_in_order(most: int) -> None:
    shelf = Shelf(service(f"Service {n:02}") for n in range(25))
    seen: list[Service] = []
    after: ServiceId | None = None
    while True:
        stretch = shelf.find(Wanted(), TODAY, after, most)
        seen += stretch.services
        after = stretch.after
        if after is None:
            break
    assert seen == list(shelf.services)


def test_a_page_after_a_service_that_is_gone_begins_anew() -> None:
    first = SHELF.find(Wanted(), TODAY, ServiceId("gone"), 25)
    assert first == SHELF.find(Wanted(), TODAY, None, 25)


def test_what_runs_and_is_in_the_hub_comes_first() -> None:
    closed = service("A closed one", status=Status.CLOSED)
    hub = service("Z of the hub", organization=replace(LAW.organization, agency=AgencyId("a")))
    names = [s.name for s in Shelf([closed, LAW, hub]).find(Wanted(), TODAY, None, 9).services]
    assert names == ["Z of the hub", "Law clinic", "A closed one"]


def test_choices_offered_are_those_some_service_has() -> None:
    assert SHELF.languages == ("ar", "en")
    assert SHELF.places == ("Lower Town", "Upper Town")
    assert SHELF.needs[ServiceType.LEGAL_ASSISTANCE] == 2
    assert SHELF.needs[ServiceType.FOOD] == 0


def test_the_name_of_a_confidential_place_cannot_be_searched_for() -> None:
    assert not SHELF.find(Wanted(words="rose house"), TODAY, None, 9).services


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Étude Légale!", "etude legale"), ("  A_b-C ", "a b c"), ("سلمى", "سلمى"), ("ẞ", "ss")],
)
def test_words_are_compared_without_case_accents_or_signs(text: str, bare: str) -> None:
    assert plain(text) == bare


def test_a_service_runs_from_its_first_day_to_its_last() -> None:
    first, last = date(2030, 1, 15), date(2030, 1, 16)
    short = service("Short", first_day=first, last_day=last)
    days = [date(2030, 1, day) for day in (14, 15, 16, 17)]
    assert [short.runs_on(day) for day in days] == [False, True, True, False]
