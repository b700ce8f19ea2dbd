"""What conferences bring to the start page, to a case's page and to one's own list."""

from datetime import timedelta

import pytest

from conferencing.conference import Kind, Reason, Step
from conferencing.item import Step as ItemStep
from hub.cases.actions import close_case
from hub.cases.closing import ClosingReason
from hub.core.errors import StepRefused
from hub.core.ids import CaseId
from hub.core.words import Category
from tests.table import Table, decides, opens_case, releases
from tests.world import World

NEED, HEALTH, MONEY = Category.NEED, Category.HEALTH, Category.MONEY


@pytest.fixture
def case(world: World) -> CaseId:
    made = opens_case(world, world.rosa, "KESTREL-27")
    releases(world, world.rosa, made, world.northside, {NEED, HEALTH})
    return made


def test_the_start_page_leads_the_chair_from_step_to_step(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas])
    rosa = world.browser(world.rosa)
    assert "Choose who should come, then send the invitations." in rosa.open("/")
    table.moves(Step.CALL)
    assert "Read the confidentiality statement" in rosa.open("/")
    table.confirmed(world.rosa)
    assert "put something on the agenda until it is closed" in rosa.open("/")
    table.moves(Step.LOCK)
    assert "The agenda is closed." in rosa.open("/")
    world.move(timedelta(hours=2))
    rosa = world.browser(world.rosa)
    assert "Its hour has come. Begin it, or cancel it." in rosa.open("/")
    table.moves(Step.BEGIN)
    assert "It is going on now." in rosa.open("/")
    table.moves(Step.END)
    assert "send the minutes round" in rosa.open("/")
    table.moves(Step.CIRCULATE)
    assert "Nothing waits for you." in rosa.open("/")


def test_minutes_are_overdue_after_three_working_days(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    table.moves(Step.LOCK, Step.BEGIN, Step.END)
    assert "Nothing is overdue" not in world.browser(world.rosa).open("/")
    world.move(timedelta(days=4))
    page = world.browser(world.rosa).open("/")
    assert ">Now<" in page
    assert "send the minutes round" in page


def test_the_start_page_of_a_guest_says_nothing_of_anybody(world: World, case: CaseId) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    table.puts(world.rosa, case, NEED, "Arabic")
    page = world.browser(world.tomas).open("/")
    assert "Read the confidentiality statement" in page
    assert "Arabic" not in page
    assert "KESTREL" not in page
    world.move(timedelta(days=1))
    assert "Nothing waits for you." in world.browser(world.tomas).open("/")


def test_an_item_that_waits_is_on_its_presenters_start_page(world: World, case: CaseId) -> None:
    table = Table(world, world.rosa, [world.tomas, world.miriam]).called()
    item = table.proposes(world.rosa, case, NEED)
    rosa = world.browser(world.rosa)
    assert "KESTREL-27" in rosa.open("/")
    assert f"/items/{item}" in rosa.text
    assert f"/items/{item}" not in world.browser(world.miriam).open("/")
    table.admits(world.rosa, item)
    assert f"/items/{item}" not in rosa.open("/")


def test_a_task_stays_on_the_start_page_until_it_is_reported(world: World, case: CaseId) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    item = table.puts(world.rosa, case, NEED)
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, item, world.rosa, world.tomas, "Call the court")
    table.moves(Step.END, Step.CIRCULATE, Step.CLOSE)
    world.move(timedelta(days=4))
    page = world.browser(world.tomas).open("/")
    assert "Something you agreed to do" in page
    assert "Call the court" not in page
    tomas = table.browser(world.tomas)
    tomas.submit("", step="give_up")
    assert "No longer possible: things have changed" in tomas.text
    assert "Nothing waits for you." in tomas.open("/")


def test_the_case_says_on_which_agenda_it_is(world: World, case: CaseId) -> None:
    rosa = world.browser(world.rosa)
    assert "Not on any agenda." in rosa.open(f"/cases/{case}")
    table = Table(world, world.rosa, [world.tomas]).called()
    table.puts(world.rosa, case, NEED)
    table.puts(world.rosa, case, HEALTH)
    table.proposes(world.rosa, case, MONEY)
    page = rosa.open(f"/cases/{case}")
    assert "On the agenda: Need and Health." in page
    assert "Not yet: Money." in page
    assert table.address(world.rosa) in page
    miriam = world.browser(world.miriam).open(f"/cases/{case}")
    assert "On the agenda: Need and Health." in miriam
    assert table.address(world.rosa) not in miriam


def test_a_closed_case_comes_on_no_agenda(world: World, case: CaseId) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    waiting = table.proposes(world.rosa, case, NEED)
    with world.desk(world.rosa) as desk:
        close_case(desk, case, next(iter(ClosingReason)), 1)
    with pytest.raises(StepRefused):
        table.proposes(world.rosa, case, HEALTH)
    with pytest.raises(StepRefused):
        table.admits(world.rosa, waiting)
    rosa = table.browser(world.rosa)
    assert "You have no open case." in rosa.open(f"{table.address(world.rosa)}/items/new")


def test_what_was_not_reached_is_left_for_another_time(world: World, case: CaseId) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    item = table.puts(world.rosa, case, NEED, "Arabic")
    table.moves(Step.LOCK, Step.BEGIN)
    rosa = table.browser(world.rosa)
    address = f"{table.address(world.rosa)}/items/{item}"
    rosa.open(address)
    rosa.submit("/steps", step=ItemStep.DEFER.value)
    assert "Left for another time" in table.browser(world.tomas).text
    sent = {"words": "Call", "doer": world.rosa.id, "due": "2030-01-18"}
    answer = rosa.post(f"{address}/decisions", sent)
    assert answer.status_code == 409
    assert "was not discussed" in answer.text
    answer = rosa.post(f"{address}/steps", step="admit", version="3")
    assert answer.status_code == 409


def test_the_list_of_past_meetings_goes_on_page_by_page(world: World) -> None:
    for _meeting in range(23):
        Table(world, world.rosa).moves(Step.CANCEL)
    rosa = world.browser(world.rosa)
    rosa.open("/conferences")
    shown = {link for link in rosa.links if link.startswith("/conferences/")} - {"/conferences/new"}
    assert len(shown) == 20
    rosa.open(next(link for link in rosa.links if "before=" in link))
    older = {link for link in rosa.links if link.startswith("/conferences/")} - {"/conferences/new"}
    assert len(older) == 3
    assert not older & shown


@pytest.mark.parametrize("words", [*Kind, *Reason])
def test_no_kind_or_reason_lacks_its_words(words: Kind | Reason) -> None:
    assert str(words.label)
    assert str(words.label) != words.value


def test_a_meeting_chaired_by_the_coordinator_shows_her_nobody(world: World, case: CaseId) -> None:
    table = Table(world, world.ines, [world.rosa, world.tomas]).called()
    table.puts(world.rosa, case, NEED, "Arabic")
    ines = table.browser(world.ines)
    assert "Arabic" not in ines.text
    assert "Write an item" not in ines.text
    assert "Tomas Lind" in ines.text
    assert table.topics(world.tomas) == ["1. Arabic"]
    for path in ("items/new", "items/aaaaaaaaaaaaaaaaaaaaaaaaaa"):
        assert ines.get(f"{table.address(world.ines)}/{path}").status_code == 404
