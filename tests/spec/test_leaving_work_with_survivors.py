"""Whoever stops working with survivors stops hearing of them, at meetings as anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from conferencing.conference import Step
from hub.cases.emergency.actions import open_in_emergency
from hub.cases.keeping.actions import keep_desk_out
from hub.cases.tables import CaseRow
from hub.core.ids import AgencyId, ItemId, ReleaseId
from hub.core.words import Category, Role
from hub.people import actions
from hub.people.actions import RoleChange
from hub.people.tables import PersonRow
from hub.store.outbox import OutboxRow
from tests.compelled import handed_over, made
from tests.looks import whole
from tests.referring import HER_NAME, Story, begin
from tests.spec.test_conflicts_and_safe_contacts import names
from tests.staffing import becomes, comes_back, leaves
from tests.table import Table, decides, opens_case, releases, withdraws
from tests.world import Person, World

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


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with what she wrote in it."""
    return begin(world)


@pytest.mark.parametrize("tell", [made, handed_over], ids=["a duty", "an order"])
@pytest.mark.parametrize("stops", [becomes, leaves], ids=["another role", "leaves"])
def test_what_the_law_told_a_safe_contact_ends_with_their_work(
    story: Story, tell: Callable[..., str], stops: Callable[..., None]
) -> None:
    world = story.world
    names(story, world.noor)
    with world.desk(world.rosa) as desk:
        keep_desk_out(desk, story.case, AgencyId(world.northside.id))
    record = tell(world, story.case, world.northside, story.entries[Category.IDENTITY])
    assert HER_NAME in world.browser(world.noor).open(f"/told/{record}")
    works_again(world, world.oskar, world.noor, stops)
    noor = world.browser(world.noor)
    assert whole(noor.get(f"/told/{record}")) == whole(noor.get("/nowhere/at/all"))


@pytest.mark.parametrize("stops", [becomes, leaves], ids=["another role", "leaves"])
def test_an_emergency_ends_with_the_work_of_whoever_asked(
    story: Story, stops: Callable[..., None]
) -> None:
    world = story.world
    access = rushes_in(story)
    assert HER_NAME in world.browser(world.joan).open(f"/emergency/{access}")
    works_again(world, world.petra, world.joan, stops)
    joan = world.browser(world.joan)
    assert whole(joan.get(f"/emergency/{access}")) == whole(joan.get("/nowhere/at/all"))
    again = rushes_in(story)
    assert again != access
    assert HER_NAME in joan.open(f"/emergency/{again}")


def works_again(world: World, admin: Person, person: Person, stops: Callable[..., None]) -> None:
    """Somebody stops working with survivors, and a minute later does so again."""
    world.move(timedelta(minutes=1))
    if stops is leaves:
        leaves(world, admin, person)
        comes_back(world, admin, person, Role.CASE_MANAGER)
    else:
        becomes(world, admin, person, Role.COORDINATOR)
        becomes(world, admin, person, Role.CASE_MANAGER)


def rushes_in(story: Story) -> str:
    """Joan opens the case in an emergency."""
    with story.world.desk(story.world.joan) as desk:
        code = desk.db.get_one(CaseRow, story.case).code
        return open_in_emergency(desk, code, "She called from the station")
