"""Whoever must never know of somebody lives in a world in which she does not exist."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hub.core.words import Category
from tests.clients import Browser
from tests.kept_out import Browsers, Hidden, as_it_came, says_they_know, shown
from tests.referring import begin, law_clinic
from tests.table import Table, opens_case, releases
from tests.world import Person, World

OWN = ("miriam", "joan", "dora")
THEIRS = ("tomas", "lena", "grace", "noor")
THIRD = ("amin", "edith")


@dataclass
class Town:
    """A town with work of its own, and one case of Rosa's that is hidden from somebody."""

    world: World
    hidden: Hidden
    table: Table

    def browser(self, person: Person) -> Browser:
        """Somebody's browser, in which they stay signed in."""
        return self.hidden.browsers.of(person)

    def shown(self, person: Person) -> dict[str, object]:
        """All that somebody is shown and sent."""
        return shown(self.hidden.browsers, person, self.table.seat(person))

    def answers(self, person: Person, method: str, path: str) -> object:
        """One answer to somebody, as it came."""
        return as_it_came(self.browser(person), method, path)

    def differs(self, before: dict[str, object], person: Person) -> list[str]:
        """What is not the same as before, byte by byte."""
        now = self.shown(person)
        assert now.keys() == before.keys()
        return [path for path, was in before.items() if now[path] != was]


@pytest.fixture
def town(world: World) -> Town:
    """Others are referred and spoken about; the case that is to be hidden is not opened yet."""
    begin(world).send()
    service = law_clinic(world, world.northside, "Advice on staying")
    people = [getattr(world, short) for short in (*OWN, *THEIRS, *THIRD)]
    table = Table(world, world.rosa, people).called()
    table.confirmed(world.rosa, *people)
    other = opens_case(world, world.rosa)
    releases(world, world.rosa, other, world.eastway, {Category.NEED})
    table.puts(world.rosa, other, Category.NEED, "Something else")
    return Town(world, Hidden(Browsers(world), service, table), table)


def by_her_wish(hidden: Hidden, person: Person) -> None:
    hidden.keeps_out(person)


def with_their_agency(hidden: Hidden, person: Person) -> None:
    hidden.keeps_agency_out(person)


BLOCKS: list[tuple[Callable[[Hidden, Person], None], str]] = [
    *[(by_her_wish, short) for short in (*OWN, *THEIRS, *THIRD)],
    *[(with_their_agency, short) for short in (*THEIRS, *THIRD)],
]
IDS = [f"{block.__name__}-{short}" for block, short in BLOCKS]


@pytest.mark.parametrize(("block", "short"), BLOCKS, ids=IDS)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_all_that_they_are_shown_and_sent_is_as_if_she_did_not_exist(
    town: Town, block: Callable[[Hidden, Person], None], short: str, first: bool
) -> None:
    person, hidden = getattr(town.world, short), town.hidden
    before = town.shown(person)
    hidden.opens()
    if first:
        block(hidden, person)
    hidden.lives()
    if not first:
        block(hidden, person)
    assert town.differs(before, person) == []
    for method in ("GET", "POST"):
        for path, nowhere in hidden.paths(method):
            answer = town.answers(person, method, path)
            assert answer == town.answers(person, method, nowhere), path


@pytest.mark.parametrize("short", [*OWN, *THEIRS])
def test_who_said_that_they_know_her_never_learns_that_she_came(town: Town, short: str) -> None:
    person, hidden = getattr(town.world, short), town.hidden
    says_they_know(town.world, person, " quíll  NADIA.")
    before = town.shown(person)
    hidden.opens()
    hidden.lives()
    assert town.differs(before, person) == []
    for path, nowhere in hidden.paths("GET"):
        assert town.answers(person, "GET", path) == town.answers(person, "GET", nowhere), path


@pytest.mark.parametrize("short", [*OWN, *THEIRS])
def test_saying_it_later_takes_her_out_of_their_world_as_well(town: Town, short: str) -> None:
    person, hidden = getattr(town.world, short), town.hidden
    says_they_know(town.world, person, "Somebody Else")
    before = town.shown(person)
    hidden.opens()
    hidden.lives()
    says_they_know(town.world, person)
    after = town.differs(before, person)
    assert after == ["/conflicts"]
    for path, nowhere in hidden.paths("GET"):
        assert town.answers(person, "GET", path) == town.answers(person, "GET", nowhere), path


def test_the_other_way_round_everybody_else_sees_what_they_should(town: Town) -> None:
    world, hidden = town.world, town.hidden
    before = {short: town.shown(getattr(world, short)) for short in ("miriam", "lena", "amin")}
    hidden.opens()
    hidden.keeps_out(world.tomas)
    hidden.lives()
    for short, was in before.items():
        assert town.differs(was, getattr(world, short)) != [], short


def test_an_offer_to_them_is_taken_back_and_gone(town: Town) -> None:
    world, hidden = town.world, town.hidden
    before = town.shown(world.joan)
    hidden.opens()
    hidden.offers_to(world.joan)
    assert town.differs(before, world.joan) != []
    hidden.keeps_out(world.joan)
    assert town.differs(before, world.joan) == []
    page = town.browser(world.rosa).open(f"/cases/{hidden.case}/hand-over")
    assert f'value="{world.joan.id}"' not in page
    assert f'value="{world.miriam.id}"' in page
