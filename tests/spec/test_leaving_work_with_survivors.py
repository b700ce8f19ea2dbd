"""Whoever stops working with survivors stops hearing of them, at meetings as anywhere."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlmodel import col

from conferencing.conference import Step
from hub.core.ids import ItemId, ReleaseId
from hub.core.words import Category, Role
from hub.people import actions
from hub.people.actions import RoleChange
from hub.people.tables import PersonRow
from hub.store.outbox import OutboxRow
from tests.table import Table, decides, opens_case, releases, withdraws
from tests.world import World

TOPIC = "What helps with the flat"


@dataclass
class Heard:
    """A called meeting at which Noor hears one item of Rosa's, on one release."""

    world: World
    table: Table
    item: ItemId
    release: ReleaseId

    def topics(self) -> list[str]:
        """What is on Noor's agenda."""
        return self.table.topics(self.world.noor)

    def seen(self) -> RoleChange:
        """The change of Noor's roles to those of a coordinator alone."""
        noor = self.world.noor.id
        with self.world.hub.unit_of_work() as db:
            version = db.get_one(PersonRow, noor).version
        return RoleChange(noor, frozenset({Role.COORDINATOR}), version)


@pytest.fixture
def heard(world: World) -> Heard:
    case = opens_case(world, world.rosa)
    release = releases(world, world.rosa, case, world.northside, [Category.NEED])
    table = Table(world, world.ines, [world.rosa, world.noor]).called()
    item = table.puts(world.rosa, case, Category.NEED, TOPIC)
    assert table.topics(world.noor) == [f"1. {TOPIC}"]
    return Heard(world, table, item, release)


def test_who_is_a_coordinator_from_now_on_hears_no_item_any_more(heard: Heard) -> None:
    change = heard.seen()
    with heard.world.desk(heard.world.oskar) as desk:
        actions.give_roles(desk, change)
    assert heard.topics() == []


def test_who_left_and_comes_back_as_a_coordinator_hears_nothing(heard: Heard) -> None:
    change = heard.seen()
    with heard.world.desk(heard.world.oskar) as desk:
        actions.disable(desk, change.person, change.version)
    change = heard.seen()
    with heard.world.desk(heard.world.oskar) as desk:
        actions.take_back(desk, change)
    assert heard.topics() == []


def test_another_role_with_survivors_takes_no_item_away(heard: Heard) -> None:
    seen = heard.seen()
    with heard.world.desk(heard.world.oskar) as desk:
        roles = frozenset({Role.INTAKE_WORKER})
        actions.give_roles(desk, RoleChange(seen.person, roles, seen.version))
    assert heard.topics() == [f"1. {TOPIC}"]


def test_no_message_about_a_decision_leaves_after_she_takes_it_back(heard: Heard) -> None:
    world, table = heard.world, heard.table
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, heard.item, world.rosa, world.noor, "Ask for the hearing's date")
    withdraws(world, world.rosa, heard.release)
    with world.hub.unit_of_work() as db:
        to_noor = col(OutboxRow.person) == world.noor.id
        left = select(col(OutboxRow.letter)).where(to_noor, col(OutboxRow.dropped_at).is_(None))
        assert [letter.value for letter in db.execute(left).scalars()] == ["meeting"]
