"""A case never is with nobody: whoever cannot work on it opens it no more, and that is seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.cases.queries import care_team, cases_called
from hub.core.ids import CaseId, HolderId
from hub.core.words import Category, Role
from hub.door import custodians, leave, open_entries
from hub.store.outbox import OutboxRow
from tests.looks import whole
from tests.referring import Story, begin
from tests.staffing import becomes, comes_back, leaves
from tests.survivor import offer_to, opened, told
from tests.table import Table, releases
from tests.world import World

CODE: Final = "HERON-27"
TOPIC: Final = "What helps with the flat"


@pytest.fixture
def case(world: World) -> CaseId:
    """Rosa's case."""
    return opened(world, world.rosa, CODE)


def nobody_has(world: World) -> bool:
    """Whether Miriam is told to hand the case on, as she alone can be."""
    for other in (world.joan, world.petra, world.grace):
        assert CODE not in world.browser(other).open("/")
    return CODE in world.browser(world.miriam).open("/")


def becomes_coordinator(world: World) -> None:
    becomes(world, world.petra, world.rosa, Role.COORDINATOR)


def becomes_administrator(world: World) -> None:
    becomes(world, world.petra, world.rosa, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)


def works_at_the_desk_alone(world: World) -> None:
    becomes(world, world.petra, world.rosa, Role.INTAKE_WORKER)


def goes(world: World) -> None:
    leaves(world, world.petra, world.rosa)


def comes_back_as_a_coordinator(world: World) -> None:
    leaves(world, world.petra, world.rosa)
    comes_back(world, world.petra, world.rosa, Role.COORDINATOR)


def loses_the_key(world: World) -> None:
    """In whatever way that may come about."""
    with world.desk(world.miriam) as desk:
        [row] = cases_called(desk, CODE)
        leave(desk.db, HolderId(row.team), world.rosa.id, desk.at)


STOPS: Final = (becomes_coordinator, becomes_administrator, comes_back_as_a_coordinator)
WAYS: Final = (*STOPS, works_at_the_desk_alone, goes, loses_the_key)


@pytest.mark.parametrize("stops", WAYS, ids=lambda stops: stops.__name__)
def test_a_case_whose_manager_cannot_open_it_is_handed_on(
    world: World, case: CaseId, stops: Callable[[World], None]
) -> None:
    assert not nobody_has(world)
    stops(world)
    assert nobody_has(world)
    world.move(timedelta(minutes=1))
    miriam = world.browser(world.miriam)
    miriam.open(f"/cases/{case}/hand-over")
    miriam.submit("/hand-over", to=world.joan.id)
    joan = world.browser(world.joan)
    joan.open(offer_to(world, world.joan))
    assert CODE in joan.submit("/accept")
    assert CODE not in world.browser(world.miriam).open("/")


@pytest.mark.parametrize("stops", STOPS, ids=lambda stops: stops.__name__)
def test_whoever_works_with_survivors_no_more_carries_only_their_own_key(
    world: World, case: CaseId, stops: Callable[[World], None]
) -> None:
    entry = told(world, world.rosa, case, Category.NEED, "a lawyer")
    stops(world)
    with world.desk(world.rosa) as desk:
        assert desk.sight.holders == {world.rosa.holder}
        assert open_entries(desk.db, desk.sight, [entry]) == {}
        assert world.rosa.id not in custodians(desk.db, care_team(desk.db, case))


def test_a_coordinator_reads_no_item_of_the_case_that_was_theirs(world: World) -> None:
    story: Story = begin(world)
    releases(world, world.rosa, story.case, world.northside, [Category.NEED])
    table = Table(world, world.miriam, [world.rosa, world.noor]).called()
    table.confirmed(world.rosa)
    table.puts(world.rosa, story.case, Category.NEED, TOPIC)
    assert TOPIC in world.browser(world.rosa).open(table.address(world.rosa))
    becomes(world, world.petra, world.rosa, Role.COORDINATOR)
    assert TOPIC not in world.browser(world.rosa).open(table.address(world.rosa))
    assert table.topics(world.rosa) == []


@pytest.mark.parametrize("stops", STOPS, ids=lambda stops: stops.__name__)
def test_who_works_with_survivors_again_has_their_own_cases_again(
    world: World, case: CaseId, stops: Callable[[World], None]
) -> None:
    stops(world)
    becomes(world, world.petra, world.rosa, Role.CASE_MANAGER)
    assert CODE in world.browser(world.rosa).open(f"/cases/{case}")
    assert not nobody_has(world)


def test_who_comes_back_as_a_case_manager_has_their_own_cases(world: World, case: CaseId) -> None:
    joans = opened(world, world.joan, "KESTREL-27")
    leaves(world, world.petra, world.rosa)
    comes_back(world, world.petra, world.rosa, Role.CASE_MANAGER)
    rosa = world.browser(world.rosa)
    assert CODE in rosa.open(f"/cases/{case}")
    assert not nobody_has(world)
    assert whole(rosa.get(f"/cases/{joans}")) == whole(rosa.get("/nowhere/at/all"))


def test_a_case_handed_on_meanwhile_does_not_come_back(world: World, case: CaseId) -> None:
    leaves(world, world.petra, world.rosa)
    world.move(timedelta(minutes=1))
    miriam = world.browser(world.miriam)
    miriam.open(f"/cases/{case}/hand-over")
    miriam.submit("/hand-over", to=world.joan.id)
    joan = world.browser(world.joan)
    joan.open(offer_to(world, world.joan))
    joan.submit("/accept")
    comes_back(world, world.petra, world.rosa, Role.CASE_MANAGER)
    rosa = world.browser(world.rosa)
    assert whole(rosa.get(f"/cases/{case}")) == whole(rosa.get("/nowhere/at/all"))


def test_supervisors_are_told_when_somebody_takes_no_cases_any_more(world: World) -> None:
    works_at_the_desk_alone(world)
    with world.hub.unit_of_work() as db:
        waiting = db.execute(select(col(OutboxRow.person))).scalars()
        assert list(waiting) == [world.miriam.id]
