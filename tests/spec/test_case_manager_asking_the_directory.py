"""What a case manager learns from the directory: who fits, why, and what stands in the way."""

from datetime import timedelta

import pytest

from hub.core.ids import ServiceId, fresh
from hub.core.words import Role, ServiceType
from pathways.directory import actions
from pathways.directory.listing import Capacity, Eligibility, Location, LocationId, Nationality
from pathways.directory.terms import CapacityBand, Gender, Limit
from pathways.routing.asking import place_code
from tests.flows import LAST_MONTH, drawn_afresh, offers, opened, sent
from tests.world import NOON, World

LEGAL = ServiceType.LEGAL_ASSISTANCE
ROOM = Capacity(CapacityBand.HAS, NOON - timedelta(days=2))


@pytest.fixture
def arabic(world: World) -> ServiceId:
    here = (Location(LocationId(fresh()), "Old Market", confidential=True),)
    spoken = frozenset({"ar", "en"})
    return offers(
        world, world.northside, "Advice", LEGAL, languages=spoken, capacity=ROOM, locations=here
    )


@pytest.fixture
def english(world: World) -> ServiceId:
    return offers(world, world.eastway, "Court desk", LEGAL, languages=frozenset({"en"}))


def test_sees_who_fits_with_reasons_and_what_stands_in_the_way_of_others(
    world: World, arabic: ServiceId, english: ServiceId
) -> None:
    page = world.browser(world.rosa).open("/find?need=legal-assistance&language=ar")
    assert "1 service fits" in page
    assert page.index("Speaks Arabic.") < page.index("1 service does not fit")
    assert "Had room 2 days ago." in page
    assert "Its opening hours are not recorded." in page
    assert "Why in this place:" in page
    assert "Arabic is not among its languages, and no interpreter is recorded." in page


def test_can_ask_by_form_and_go_on_to_refer_from_a_case(world: World, arabic: ServiceId) -> None:
    case = opened(world, world.rosa, None, world.now - LAST_MONTH)
    browser = world.browser(world.rosa)
    browser.open(f"/find?case={case.id}")
    browser.submit("/find", need="legal-assistance", language="ar")
    asked = [link for link in browser.links if link.startswith("/referrals/new")]
    assert asked == [f"/referrals/new?case={case.id}&service={arabic}"]


def test_is_not_offered_a_referral_without_a_case(world: World, arabic: ServiceId) -> None:
    browser = world.browser(world.rosa)
    assert "open their case first" in browser.open("/find?need=legal-assistance")
    assert not [link for link in browser.links if link.startswith("/referrals/new")]


def test_needs_no_referral_to_her_own_agency(world: World, arabic: ServiceId) -> None:
    browser = world.browser(world.noor)
    page = browser.open(f"/find?need=legal-assistance&case={fresh()}")
    assert "This is your own agency" in page
    assert not [link for link in browser.links if link.startswith("/referrals/new")]


def test_reads_the_whole_question_again_above_the_answer(world: World, arabic: ServiceId) -> None:
    only = Eligibility(nationality=Nationality(Limit.ONLY, frozenset({"SY"})))
    offers(world, world.northside, "For some", LEGAL, eligibility=only)
    page = world.browser(world.rosa).open(
        "/find?need=legal-assistance&nationality=SY&when=weekend&access=step-free&papers=has"
    )
    assert (
        "Legal advice \u00b7 They have papers \u00b7 Syria \u00b7 No steps \u00b7 Weekends" in page
    )
    assert "Takes people from Syria." in page
    other = world.browser(world.rosa).open("/find?need=legal-assistance&nationality=other")
    assert "Does not take people from another country." in other


def test_finds_a_confidential_place_by_its_area_alone(world: World, arabic: ServiceId) -> None:
    area = place_code("Old Market")
    page = world.browser(world.rosa).open(f"/find?need=legal-assistance&place={area}")
    assert "In Old Market, or takes people from there." in page
    assert " km" not in page


def test_leaves_nothing_in_the_address_but_codes(world: World, arabic: ServiceId) -> None:
    browser = world.browser(world.rosa)
    browser.open("/find")
    form = browser.form("/find")
    assert form.method == "get"
    assert form.names <= {
        *("need", "language", "place", "urgency", "gender", "age", "children", "nationality"),
        *("papers", "when", "access", "access.shown"),
    }
    for values in form.options.values():
        assert all(len(value) <= 26 and " " not in value for value in values)


@pytest.mark.parametrize(
    "query",
    [
        "need=magic",
        "need=legal-assistance&language=klingon",
        "need=legal-assistance&place=nowhere",
        "need=legal-assistance&nationality=XX",
        "need=legal-assistance&gender=x&age=y&access=z",
        "need=legal-assistance&case=%00",
        "need=legal-assistance&need=housing",
    ],
)
def test_is_told_what_to_change_when_the_address_makes_no_sense(
    world: World, arabic: ServiceId, query: str
) -> None:
    answer = world.browser(world.rosa).get(f"/find?{query}")
    assert answer.status_code == 422
    assert "Something needs changing" in answer.text


def test_sees_what_is_asked_for_kept_beside_the_answer(world: World, arabic: ServiceId) -> None:
    browser = world.browser(world.rosa)
    browser.open("/find?need=legal-assistance&age=25-59&urgency=urgent&access=step-free")
    sent_again = dict(browser.form("/find").fields)
    assert sent_again["need"] == "legal-assistance"
    assert sent_again["age"] == "25-59"
    assert sent_again["urgency"] == "urgent"
    assert sent_again["access"] == "step-free"


def test_is_told_when_nothing_fits_and_what_could_be_talked_about(world: World) -> None:
    men = Eligibility(genders=frozenset({Gender.MALE}))
    offers(world, world.northside, "For men", LEGAL, eligibility=men)
    page = world.browser(world.rosa).open("/find?need=legal-assistance&gender=female")
    assert "No service fits as asked" in page
    assert "It is only for: Men and boys." in page


def test_sees_a_trodden_way_only_as_it_was_released(world: World, arabic: ServiceId) -> None:
    offers(world, world.harbour, "Case work", ServiceType.CASE_MANAGEMENT)
    case = opened(world, world.rosa, None, world.now - LAST_MONTH)
    sent(world, case, world.northside, arabic, 9)
    assert "referred here before" not in ask(world)
    sent(world, case, world.northside, arabic, 4)
    drawn_afresh(world)
    assert "referred here before: 10\u201314 times" in ask(world)


def test_is_asked_to_ask_while_a_change_of_room_is_held_back(
    world: World, arabic: ServiceId
) -> None:
    with world.desk(world.noor) as desk:
        actions.set_capacity(desk, arabic, CapacityBand.FULL)
    assert "Whether it has room is not known." in ask(world)
    world.move(timedelta(minutes=60))
    assert "Full, as it said in the last day." in ask(world)


def test_an_empty_directory_gives_an_answer_too(world: World) -> None:
    assert "No service fits as asked" in world.browser(world.rosa).open("/find?need=housing")


@pytest.mark.parametrize("role", Role)
def test_asking_is_open_to_everybody_who_works_with_the_directory(
    world: World, role: Role, arabic: ServiceId
) -> None:
    person = next(p for p in world.town.people.values() if role in p.roles)
    assert "Speaks Arabic." in world.browser(person).open("/find?need=legal-assistance&language=ar")


def ask(world: World) -> str:
    return world.browser(world.rosa).open("/find?need=legal-assistance")
