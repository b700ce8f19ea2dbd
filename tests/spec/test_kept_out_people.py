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


def by_their_word(hidden: Hidden, person: Person) -> None:
    says_they_know(hidden.world, person, " quíll  NADIA.")


Block = Callable[[Hidden, Person], None]
SOME, OTHERS = ("miriam", "dora", "tomas", "noor", "amin"), ("joan", "lena", "grace", "edith")
BLOCKS: dict[str, tuple[Block, tuple[str, ...]]] = {
    "some": (by_her_wish, SOME),
    "others": (by_her_wish, OTHERS),
    "northside": (with_their_agency, ("tomas", "lena", "grace", "noor")),
    "eastway": (with_their_agency, ("amin", "edith")),
    "some who know her": (by_their_word, ("miriam", "dora", "tomas", "noor")),
    "others who know her": (by_their_word, ("joan", "lena", "grace")),
}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("when", ["before it is opened", "before it is written", "after all"])
def test_all_that_they_are_shown_and_sent_is_as_if_she_did_not_exist(
    town: Town, block: str, when: str
) -> None:
    keeps_out, shorts = BLOCKS[block]
    people, hidden = [getattr(town.world, short) for short in shorts], town.hidden
    if keeps_out is not by_their_word and when == "before it is opened":
        pytest.skip("there is nothing yet that anybody could be kept out of")
    before = {person.id: town.shown(person) for person in people}
    for stage in ("before it is opened", "before it is written", "after all"):
        if stage == "before it is written":
            hidden.opens()
        if stage == "after all":
            hidden.lives()
        if stage == when:
            for person in people:
                keeps_out(hidden, person)
    for person in people:
        changed = set(town.differs(before[person.id], person))
        assert changed == ({"/conflicts"} if keeps_out is by_their_word else set()), person.name
        for method in ("GET", "POST"):
            for path, nowhere in hidden.paths(method):
                answer = town.answers(person, method, path)
                assert answer == town.answers(person, method, nowhere), (person.name, path)


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


def test_an_offer_is_gone_for_whoever_says_that_they_know_her(town: Town) -> None:
    world, hidden = town.world, town.hidden
    before = town.shown(world.joan)
    hidden.opens()
    hidden.lives()
    hidden.offers_to(world.joan)
    assert town.differs(before, world.joan) != []
    says_they_know(world, world.joan)
    assert town.differs(before, world.joan) == ["/conflicts"]
