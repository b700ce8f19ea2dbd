"""What a supervisor can and cannot see of her agency's cases."""

from datetime import timedelta

from hub.core.words import Category, Role
from tests.looks import whole
from tests.survivor import offer_to, opened, released, terms, told
from tests.world import World


def test_sees_every_case_of_her_agency_and_whose_it_is(world: World) -> None:
    case = opened(world, world.rosa, "KESTREL-27")
    opened(world, world.joan, "HERON-08")
    told(world, world.rosa, case, Category.NEED, "a lawyer")
    miriam = world.browser(world.miriam)
    page = miriam.open("/cases")
    for words in ("KESTREL-27", "Rosa Adeyemi", "HERON-08", "Joan Whitlock"):
        assert words in page
    assert "a lawyer" in miriam.open(f"/cases/{case}")


def test_sees_no_case_of_another_agency(world: World) -> None:
    case = opened(world, world.rosa)
    grace = world.browser(world.grace)
    assert "KESTREL-27" not in grace.open("/cases")
    assert whole(grace.get(f"/cases/{case}")) == whole(grace.get("/nowhere/at/all"))


def test_keeps_seeing_a_case_that_has_changed_hands(world: World) -> None:
    case = opened(world, world.rosa)
    miriam = world.browser(world.miriam)
    miriam.open(f"/cases/{case}/hand-over")
    miriam.submit("/hand-over", to=world.joan.id)
    world.move(timedelta(minutes=5))
    joan = world.browser(world.joan)
    joan.open(offer_to(world, world.joan))
    joan.submit("/accept")
    assert "Joan Whitlock" in world.browser(world.miriam).open(f"/cases/{case}")


def test_stays_supervisor_after_giving_away_a_case_of_her_own(world: World) -> None:
    case = opened(world, world.miriam)
    miriam = world.browser(world.miriam)
    miriam.open(f"/cases/{case}/hand-over")
    miriam.submit("/hand-over", to=world.rosa.id)
    world.move(timedelta(minutes=5))
    rosa = world.browser(world.rosa)
    rosa.open(offer_to(world, world.rosa))
    rosa.submit("/accept")
    assert "Rosa Adeyemi" in world.browser(world.miriam).open(f"/cases/{case}")


def test_a_supervisor_who_comes_later_sees_what_was_opened_before(world: World) -> None:
    case = opened(world, world.rosa)
    late = world.employs(world.harbour, "Vera Stone", Role.SUPERVISOR)
    assert "KESTREL-27" in world.browser(late).open(f"/cases/{case}")


def test_takes_a_release_back_when_the_case_manager_is_away(world: World) -> None:
    case = opened(world, world.rosa)
    release = released(world, world.rosa, case, terms(world, world.northside, Category.NEED))
    miriam = world.browser(world.miriam)
    miriam.open(f"/releases/{release}/withdraw")
    assert "They took it back" in miriam.submit("/withdraw", how="phone")


def test_is_reminded_of_what_is_hers_and_not_of_everybody_elses(world: World) -> None:
    case = opened(world, world.rosa)
    released(world, world.rosa, case, terms(world, world.northside, Category.NEED, days=3))
    assert "release to Northside Law ends" in world.browser(world.rosa).open("/")
    assert "release to Northside Law ends" not in world.browser(world.miriam).open("/")
