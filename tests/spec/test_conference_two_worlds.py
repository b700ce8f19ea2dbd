"""Nobody can tell a conference with hidden items and people from one without."""

from collections.abc import Callable
from itertools import chain, combinations

import pytest

from conferencing import item, item_actions, queries
from conferencing.conference import Step
from hub.core.ids import CaseId
from hub.core.words import Category
from tests.table import Table, decides, normal, opens_case, releases, withdraws
from tests.world import Person, World

NEED, HEALTH, LEGAL, SAFETY = Category.NEED, Category.HEALTH, Category.LEGAL, Category.SAFETY


def seen_by(table: Table, person: Person) -> list[str]:
    """Every page and file of the meeting that somebody can reach, without nonces and tokens."""
    browser = table.browser(person)
    address = table.address(person)
    paths = ["/", "/conferences", address, f"{address}/meeting.ics"]
    found = []
    for path in paths:
        answer = browser.get(path)
        headers = sorted((k, v) for k, v in answer.headers.items() if "policy" not in k)
        found.append(normal(f"{answer.status_code} {headers} {answer.text}"))
    return found


Hidden = Callable[[Table, CaseId], object]


def an_item(table: Table, case: CaseId) -> object:
    return table.puts(table.world.rosa, case, HEALTH, "Hidden")


def an_item_of_another_survivor(table: Table, _case: CaseId) -> object:
    world = table.world
    other = opens_case(world, world.rosa)
    releases(world, world.rosa, other, world.eastway, {NEED})
    return table.puts(world.rosa, other, NEED, "Hidden")


def a_proposal(table: Table, case: CaseId) -> object:
    return table.proposes(table.world.rosa, case, NEED, "Hidden")


def a_participant(table: Table, _case: CaseId) -> object:
    return table.invites(table.world.sofia, table.world.grace)


def an_item_taken_back(table: Table, case: CaseId) -> object:
    made = an_item(table, case)
    with table.world.desk(table.world.rosa) as desk:
        place = table.place(desk, table.world.rosa)
        row = queries.own_item(desk, place, str(made))
        return item_actions.take_item_step(desk, place, row, item.Step.WITHDRAW, row.version)


def a_release_withdrawn_elsewhere(table: Table, case: CaseId) -> object:
    world = table.world
    made = releases(world, world.rosa, case, world.eastway, {SAFETY})
    table.puts(world.rosa, case, SAFETY, "Hidden")
    return withdraws(world, world.rosa, made)


@pytest.mark.parametrize(
    "hidden",
    [
        an_item,
        an_item_of_another_survivor,
        a_proposal,
        a_participant,
        an_item_taken_back,
        a_release_withdrawn_elsewhere,
    ],
)
def test_hidden_things_change_no_byte_of_what_others_see(world: World, hidden: Hidden) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.northside, {NEED, LEGAL})
    releases(world, world.rosa, case, world.eastway, {HEALTH})
    table = Table(world, world.rosa, [world.tomas, world.amin, world.ines]).called()
    table.puts(world.rosa, case, NEED, "First")
    bystanders = (world.tomas, world.ines)
    before = [seen_by(table, person) for person in bystanders]
    hidden(table, case)
    table.puts(world.rosa, case, LEGAL, "Last")
    after = [seen_by(table, person) for person in bystanders]
    assert after[1:] == before[1:]
    assert after[0][3] == before[0][3]
    assert table.topics(world.tomas) == ["1. First", "2. Last"]
    assert "Hidden" not in "".join(after[0])


def test_what_is_hidden_between_two_items_changes_no_byte(world: World) -> None:
    """The same meeting twice: with an item between, and with that item taken back again."""
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.northside, {NEED, LEGAL})
    eastway = releases(world, world.rosa, case, world.eastway, {HEALTH})
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    table.puts(world.rosa, case, NEED, "First")
    hidden = table.puts(world.rosa, case, HEALTH, "Hidden")
    table.puts(world.rosa, case, LEGAL, "Last")
    table.moves(Step.LOCK, Step.BEGIN)
    before = seen_by(table, world.tomas)
    decides(table, hidden, world.rosa, world.amin, "Hidden decision")
    assert seen_by(table, world.tomas) == before
    withdraws(world, world.rosa, eastway)
    assert seen_by(table, world.tomas) == before


def subsets(of: tuple[Category, ...]) -> list[frozenset[Category]]:
    every = chain.from_iterable(combinations(of, n) for n in range(len(of) + 1))
    return [frozenset(each) for each in every]


def test_every_agenda_is_what_her_releases_say_and_no_more(world: World) -> None:
    """All pairs of releases over two categories: 4 times 4 meetings, against the sentence."""
    both = (NEED, HEALTH)
    for mine in subsets(both):
        for theirs in subsets(both):
            case = opens_case(world, world.rosa)
            for agency, let in ((world.northside, mine), (world.eastway, theirs)):
                if let:
                    releases(world, world.rosa, case, agency, let)
            table = Table(world, world.rosa, [world.tomas, world.amin]).called()
            on = [each for each in both if each in mine | theirs]
            for each in on:
                table.puts(world.rosa, case, each, each.value)
            lets = {"tomas": mine, "amin": theirs, "rosa": mine | theirs}
            for name, let in lets.items():
                agenda = table.agenda(world.town.people[name])
                heard = [each.value for each in on if each in let]
                assert [item.topic for item in agenda.items] == heard
                assert [item.number for item in agenda.items] == list(range(1, len(heard) + 1))
                assert agenda.minutes == 12 * len(heard)
            meets = bool(mine & theirs)
            assert ("Dr Amin, Eastway Clinic" in table.agenda(world.tomas).company) is meets
