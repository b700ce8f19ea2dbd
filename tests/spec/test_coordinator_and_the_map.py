"""What the coordinator sees on the pathway map: the ways people go, and never a small number."""

import re
from datetime import timedelta

import pytest

from hub.core.ids import ServiceId
from hub.core.words import Role, ServiceType
from pathways.directory import actions
from pathways.directory.terms import CapacityBand
from tests.flows import LAST_MONTH, drawn_afresh, offers, opened, sent, sent_at
from tests.world import Person, World

LEGAL, CASE, HOTLINE = (
    ServiceType.LEGAL_ASSISTANCE,
    ServiceType.CASE_MANAGEMENT,
    ServiceType.HOTLINE,
)


@pytest.fixture
def helpline(world: World) -> ServiceId:
    return offers(world, world.eastway, "Night helpline", HOTLINE, entry_point=True)


@pytest.fixture
def lawyer(world: World) -> ServiceId:
    offers(world, world.harbour, "Somebody who stays with you", CASE)
    return offers(world, world.northside, "Protection orders", LEGAL)


def map_for(world: World, person: Person, query: str = "") -> str:
    return world.browser(person).open(f"/pathways{query}")


def test_sees_entry_points_providers_and_the_flows_between_them(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    cases = [opened(world, world.rosa, helpline, world.now - LAST_MONTH) for _n in range(11)]
    sent(world, cases[0], world.northside, lawyer, 23)
    page = map_for(world, world.ines)
    assert "Night helpline to Harbour House: 10\u201314" in page
    assert "Harbour House to Northside Law: 20\u201324" in page
    row = r"Harbour House \(Case management\).*?Northside Law \(Legal advice\).*?20\u201324"
    assert re.search(row, page[page.index("Ways between them") :], re.DOTALL)


def test_sees_fewer_than_ten_and_never_how_many(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    case = opened(world, world.rosa, helpline, world.now - LAST_MONTH)
    sent(world, case, world.northside, lawyer, 7)
    page = map_for(world, world.ines)
    assert "Harbour House to Northside Law: fewer than 10" in page
    assert "map-road--small" in page


def test_sees_the_same_page_whatever_stands_behind_a_small_number(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    case = opened(world, world.rosa, helpline, world.now - LAST_MONTH)
    sent(world, case, world.northside, lawyer, 2)
    before = without_secrets(map_for(world, world.ines))
    sent(world, case, world.northside, lawyer, 7)
    drawn_afresh(world)
    assert without_secrets(map_for(world, world.ines)) == before


def test_sees_nothing_move_until_the_month_is_over(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    case = opened(world, world.rosa, helpline, world.now)
    before = without_secrets(map_for(world, world.ines))
    assert "No figures are released yet" in before
    sent_at(world, world.now, case, (world.northside, lawyer), 30)
    drawn_afresh(world)
    assert without_secrets(map_for(world, world.ines)) == before
    world.move(timedelta(days=17))
    assert "Harbour House to Northside Law: 30\u201334" in map_for(world, world.ines)


def test_sees_no_change_of_room_within_the_hour(world: World, lawyer: ServiceId) -> None:
    before = without_secrets(map_for(world, world.ines))
    with world.desk(world.noor) as desk:
        actions.set_capacity(desk, lawyer, CapacityBand.FULL)
    assert without_secrets(map_for(world, world.ines)) == before
    world.move(timedelta(minutes=61))
    assert "full, as said in the last day" in map_for(world, world.ines)


def test_can_ask_for_the_ways_to_one_kind_of_help(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    offers(world, world.eastway, "School places", ServiceType.EDUCATION)
    case = opened(world, world.rosa, helpline, world.now - LAST_MONTH)
    sent(world, case, world.northside, lawyer, 12)
    page = map_for(world, world.ines, "?need=legal-assistance")
    drawing = page[page.index('<svg class="map map--') : page.index("map-legend")]
    assert "Northside Law" in drawing
    assert "Night helpline" in drawing
    assert "Education" not in drawing


def test_is_told_which_help_nobody_offers_and_what_hangs_on_one_agency(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    case = opened(world, world.rosa, helpline, world.now - LAST_MONTH)
    sent(world, case, world.northside, lawyer, 12)
    page = map_for(world, world.ines)
    assert "No agency here offers: Medical care" in page
    assert "Without Northside Law nobody reaches: Legal advice." in page
    assert "map-box--gap" in page


def test_finds_every_box_by_keyboard_and_with_its_words(
    world: World, helpline: ServiceId, lawyer: ServiceId
) -> None:
    browser = world.browser(world.ines)
    page = browser.open("/pathways")
    for service in (helpline, lawyer):
        assert f"/directory/{service}" in browser.links
    assert "Night helpline Eastway Clinic. Entry points." in page
    assert 'role="img" aria-label="Nobody yet no agency here offers this. Medical care."' in page
    assert 'role="region" tabindex="0"' in page


def test_is_told_what_will_appear_while_the_directory_is_empty(world: World) -> None:
    page = map_for(world, world.ines)
    assert "will be drawn here" in page
    assert "<table" not in page


def test_is_told_when_an_address_asks_for_help_of_no_known_kind(world: World) -> None:
    answer = world.browser(world.ines).get("/pathways", need="everything")
    assert answer.status_code == 422
    assert "Choose one of the answers shown." in answer.text


@pytest.mark.parametrize("role", Role)
def test_shares_the_map_with_everybody_signed_in(
    world: World, role: Role, lawyer: ServiceId
) -> None:
    person = next(p for p in world.town.people.values() if role in p.roles)
    assert "Northside Law" in map_for(world, person)


def without_secrets(page: str) -> str:
    """A page without what is random in it."""
    return re.sub(r'nonce="[^"]*"|value="[a-z2-7]{26}"', "", page)
