"""What anybody signed in finds in the directory, and what they cannot do there."""

from dataclasses import replace
from typing import Final

import pytest

from hub.core.ids import ServiceId, fresh
from hub.core.words import Role, ServiceType
from pathways.directory import actions
from pathways.directory.listing import Location, LocationId, Service
from tests.directory_files import JORDAN, bring, collection, feature, published
from tests.world import Agency, Person, World


def refuge(world: World, agency: Agency, **changed: object) -> ServiceId:
    with world.hub.unit_of_work() as db:
        owner = actions.organization_of(db, agency.id)
        made = Service(
            ServiceId(""),
            "The refuge",
            owner,
            frozenset({ServiceType.SAFE_HOUSE_SHELTER}),
            locations=(Location(LocationId(fresh()), "Lower Town", confidential=True),),
            languages=frozenset({"ar"}),
        )
        return actions.publish(db, replace(made, **changed), world.now)  # type: ignore[arg-type]


def somebody_of(world: World, role: Role) -> Person:
    return next(p for p in world.town.people.values() if role in p.roles)


@pytest.mark.parametrize("role", Role)
def test_everybody_signed_in_can_search_and_read(world: World, role: Role) -> None:
    id = refuge(world, world.harbour)
    browser = world.browser(somebody_of(world, role))
    assert "The refuge" in browser.open("/directory")
    assert "Lower Town" in browser.open(f"/directory/{id}")


def test_an_empty_directory_says_what_will_appear_and_how_to_begin(world: World) -> None:
    page = world.browser(world.rosa).open("/directory")
    assert "No service is listed yet." in page
    assert "linden directory import" in page


def test_a_search_that_finds_nothing_offers_the_way_back(world: World) -> None:
    refuge(world, world.harbour)
    page = world.browser(world.rosa).open("/directory?words=zeppelin")
    assert "Nothing fits that search." in page


def test_all_of_jordan_can_be_found_page_by_page(world: World) -> None:
    bring(world, published(JORDAN))
    browser = world.browser(world.rosa)
    seen: list[str] = []
    address = "/directory"
    while address:
        browser.open(address)
        seen += [link for link in browser.links if len(link) == len("/directory/") + 26]
        address = next((link for link in browser.links if "after=" in link), "")
    assert len(seen) == len(set(seen)) == 562


SEARCHES: Final = [
    ("need=legal-assistance", "15 services fit."),
    ("place=irbid", "64 services fit."),
    ("words=case+management", "13 services fit."),
    ("need=legal-assistance&place=Irbid", "2 services fit."),
]


@pytest.mark.parametrize(("query", "found"), SEARCHES)
def test_jordan_is_searched_by_need_place_and_words(world: World, query: str, found: str) -> None:
    bring(world, published(JORDAN))
    assert found in world.browser(world.rosa).open(f"/directory?{query}")


def test_a_search_by_language_tells_how_many_have_not_said(world: World) -> None:
    refuge(world, world.harbour)
    bring(world, collection(feature(1)))
    browser = world.browser(world.rosa)
    page = browser.open("/directory?language=ar")
    assert "1 service fits." in page
    assert "1 more service would fit but has not said" in page
    wider = next(link for link in browser.links if "silent_too" in link)
    assert "2 services fit." in browser.open(wider)


def test_a_search_keeps_what_was_asked_on_the_next_page(world: World) -> None:
    bring(world, collection(*[feature(n) for n in range(30)]))
    browser = world.browser(world.rosa)
    browser.open("/directory?place=lower&words=willow")
    following = next(link for link in browser.links if "after=" in link)
    assert "place=lower" in following
    assert 'value="willow"' in browser.open(following)


BAD_SEARCHES: Final = [
    "need=nonsense",
    "need=food&need=housing",
    "words=%00",
    "words=" + "x" * 201,
    "place=" + "x" * 101,
]


@pytest.mark.parametrize("query", BAD_SEARCHES)
def test_a_search_nobody_can_mean_is_refused_and_shown_again(world: World, query: str) -> None:
    refuge(world, world.harbour)
    answer = world.browser(world.rosa).get(f"/directory?{query}")
    assert answer.status_code == 422
    assert "Something needs changing" in answer.text
    assert "Find a service" in answer.text


def test_a_key_of_the_next_page_that_is_none_begins_anew(world: World) -> None:
    refuge(world, world.harbour)
    assert "The refuge" in world.browser(world.rosa).open("/directory?after=../../etc")


def test_a_service_that_is_not_there_is_not_there(world: World) -> None:
    browser = world.browser(world.rosa)
    for id in (fresh(), "x", "%00", "a" * 3000):
        assert browser.get(f"/directory/{id}").status_code == 404


def test_a_reader_is_offered_nothing_to_change(world: World) -> None:
    id = refuge(world, world.harbour)
    browser = world.browser(world.rosa)
    browser.open(f"/directory/{id}")
    assert [form.action for form in browser.forms if form.method == "post"] == []
    assert not any(link.endswith("/edit") for link in browser.links)


def test_markup_in_a_file_stays_words_on_every_page(world: World) -> None:
    hostile = '<script>alert(1)</script>" onload="x'
    bring(world, collection(feature(1, partnerName=hostile, locationName=hostile)))
    browser = world.browser(world.rosa)
    browser.open("/directory")
    id = next(link for link in browser.links if len(link) == len("/directory/") + 26)
    for page in (browser.text, browser.open(id)):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
