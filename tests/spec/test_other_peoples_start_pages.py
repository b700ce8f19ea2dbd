"""What waits for one care team stands on nobody else's start page, in no list and in no count."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest

from hub.cases.emergency.actions import open_in_emergency
from hub.cases.handover import Offering, accept_case, offer_case
from hub.cases.reaching.delivery import deliver
from hub.consent import drafting
from hub.core.ids import CaseId, PersonId
from hub.core.words import Category
from tests import compelled
from tests.kept_out import Browsers, as_it_came
from tests.referring import begin, takes
from tests.spec.test_safe_contact import writes
from tests.survivor import opened, told
from tests.world import Person, World

CODE: Final = "KESTREL-27"
SENT: Final = ("/referrals/sent", "/referrals/sent?show=paused")
PAGES: Final = ("/", "/cases", "/referrals", *SENT, "/told", "/conferences")
STRANGERS: Final = ("grace", "edith", "noor", "sofia", "dora", "petra", "ines", "oskar")

Happens = Callable[[World, CaseId], None]


@pytest.fixture
def case(world: World) -> CaseId:
    """Rosa's case, with one entry."""
    made = opened(world, world.rosa, CODE)
    told(world, world.rosa, made, Category.LEGAL, "a hearing on the 30th")
    return made


def is_opened_in_an_emergency(world: World, _case: CaseId) -> None:
    with world.desk(world.joan) as desk:
        open_in_emergency(desk, CODE, "Her son stands at the door")


def is_asked_for_by_a_court(world: World, case: CaseId) -> None:
    legal = told(world, world.rosa, case, Category.LEGAL, "papers")
    compelled.asked(world, case, world.northside, legal)


def has_a_number_the_family_has_too(world: World, case: CaseId) -> None:
    writes(world, case)
    told(world, world.rosa, case, Category.FAMILY, "her husband, 555 0147 22")


def has_a_call_to_make(world: World, case: CaseId) -> None:
    writes(world, case)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    rosa.submit("/messages")
    world.move(timedelta(hours=2, minutes=30))
    deliver(world.hub)
    world.move(-timedelta(hours=2, minutes=30))


def has_a_release_that_was_begun(world: World, case: CaseId) -> None:
    with world.desk(world.rosa) as desk:
        drafting.begin(desk, case, {}, None)


HAPPENS: Final[tuple[Happens, ...]] = (
    is_opened_in_an_emergency,
    is_asked_for_by_a_court,
    has_a_number_the_family_has_too,
    has_a_call_to_make,
    has_a_release_that_was_begun,
)


def shown(browsers: Browsers, person: Person) -> list[object]:
    return [as_it_came(browsers.of(person), "GET", path) for path in PAGES]


@pytest.mark.parametrize("happens", HAPPENS)
def test_what_happens_to_a_case_is_on_no_strangers_pages(
    world: World, case: CaseId, happens: Happens
) -> None:
    browsers, strangers = Browsers(world), [getattr(world, short) for short in STRANGERS]
    before = {each.id: shown(browsers, each) for each in strangers}
    hers = shown(browsers, world.rosa), shown(browsers, world.miriam)
    happens(world, case)
    assert (shown(browsers, world.rosa), shown(browsers, world.miriam)) != hers
    for each in strangers:
        assert shown(browsers, each) == before[each.id], each.name


def test_what_was_begun_stays_with_the_case_when_it_is_handed_over(
    world: World, case: CaseId
) -> None:
    has_a_release_that_was_begun(world, case)
    assert CODE in world.browser(world.rosa).open("/")
    with world.desk(world.rosa) as desk:
        offer = offer_case(desk, case, Offering(PersonId(world.joan.id), ""))
    world.move(timedelta(minutes=1))
    with world.desk(world.joan) as desk:
        accept_case(desk, offer)
    assert CODE not in world.browser(world.rosa).open("/")


def test_what_one_team_referred_is_on_no_other_teams_list(world: World) -> None:
    story = begin(world)
    browsers = Browsers(world)
    strangers = [getattr(world, short) for short in ("joan", *STRANGERS)]
    before = {each.id: shown(browsers, each) for each in strangers}
    hers = shown(browsers, world.rosa)
    ref = story.send()
    takes(story, world.tomas, f"{story.received(ref)}/steps/ask", words="Since when?")
    assert shown(browsers, world.rosa) != hers
    for each in strangers:
        assert shown(browsers, each) == before[each.id], each.name


def test_what_a_law_made_them_tell_is_listed_for_that_desk_alone(
    world: World, case: CaseId
) -> None:
    other = opened(world, world.rosa, "WREN-31")
    need = told(world, world.rosa, other, Category.NEED, "a doctor")
    compelled.made(world, other, world.eastway, need)
    browsers = Browsers(world)
    strangers = [getattr(world, short) for short in ("joan", "amin", *STRANGERS)]
    before = {each.id: shown(browsers, each) for each in strangers}
    theirs = shown(browsers, world.tomas)
    bruises = told(world, world.rosa, case, Category.CHILDREN, "bruises")
    compelled.made(world, case, world.northside, bruises)
    assert shown(browsers, world.tomas) != theirs
    for each in strangers:
        assert shown(browsers, each) == before[each.id], each.name
