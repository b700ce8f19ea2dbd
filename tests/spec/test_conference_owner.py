"""What the care team of an item can and cannot do with it."""

from dataclasses import dataclass

import pytest

from conferencing import queries
from conferencing.conference import Step
from conferencing.sharing import give
from conferencing.tables import ItemRow
from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Category
from hub.door import open_entries
from tests.table import REMINDED, Table, decides, live_shares, opens_case, releases, withdraws
from tests.world import World

NEED, HEALTH, LEGAL, MONEY = Category.NEED, Category.HEALTH, Category.LEGAL, Category.MONEY


@dataclass
class Story:
    """Rosa chairs; Northside may hear need, Eastway need and health."""

    world: World
    case: CaseId
    table: Table


@pytest.fixture
def story(world: World) -> Story:
    case = opens_case(world, world.rosa, "KESTREL-27")
    releases(world, world.rosa, case, world.northside, {NEED})
    releases(world, world.rosa, case, world.eastway, {NEED, HEALTH})
    table = Table(world, world.rosa, [world.tomas, world.amin, world.joan]).called()
    return Story(world, case, table)


def test_an_item_nobody_else_may_hear_stays_off_the_agenda(story: Story) -> None:
    world, table = story.world, story.table
    item = table.proposes(world.rosa, story.case, MONEY, "Rent")
    rosa = table.browser(world.rosa)
    page = rosa.open(f"{table.address(world.rosa)}/items/{item}")
    assert "It cannot come on the agenda yet" in page
    assert f"/cases/{story.case}/releases/new" in page
    assert "For case conferences they released to Northside Law: Need. Not: Money." in page
    assert "admission" not in page
    address = f"{table.address(world.rosa)}/items/{item}/admission"
    answer = rosa.post(address, reminded_at="2030-01-15T12:00", version="1", **REMINDED)
    assert answer.status_code == 409
    assert "Nobody of another agency could read this item" in answer.text
    assert f"/cases/{story.case}/releases/new" in answer.text


def test_a_new_release_lets_somebody_in_when_its_owner_says_so(story: Story) -> None:
    world, table = story.world, story.table
    item = table.puts(world.rosa, story.case, HEALTH, "Injury")
    assert table.topics(world.tomas) == []
    releases(world, world.rosa, story.case, world.northside, {HEALTH})
    assert table.topics(world.tomas) == []
    rosa = table.browser(world.rosa)
    page = rosa.open(f"{table.address(world.rosa)}/items/{item}")
    assert "One person more may read it by now" in page
    assert rosa.try_submit("/readers").status_code == 422
    rosa.submit("/readers", **REMINDED)
    assert table.topics(world.tomas) == ["1. Injury"]


def test_the_survivor_is_reminded_before_anybody_hears_it(story: Story) -> None:
    world, table = story.world, story.table
    item = table.proposes(world.rosa, story.case, NEED, "Arabic")
    assert table.topics(world.tomas) == []
    rosa = table.browser(world.rosa)
    rosa.open(f"{table.address(world.rosa)}/items/{item}")
    answer = rosa.try_submit("/admission")
    assert answer.status_code == 422
    assert answer.text.count("govuk-error-message") >= 2
    assert table.topics(world.tomas) == []
    rosa.submit("/admission", **REMINDED)
    assert table.topics(world.tomas) == ["1. Arabic"]


def test_sees_by_name_who_will_hear_it_and_who_will_not(story: Story) -> None:
    world, table = story.world, story.table
    item = table.proposes(world.rosa, story.case, HEALTH, "Injury")
    page = table.browser(world.rosa).open(f"{table.address(world.rosa)}/items/{item}")
    assert "Dr Amin, Eastway Clinic" in page
    assert "They released this to Eastway Clinic for case conferences: Health." in page
    assert "For case conferences they released to Northside Law: Need. Not: Health." in page
    assert "Works at Harbour House, but not with KESTREL-27." in page


def test_nobody_is_ever_given_the_same_item_twice(story: Story) -> None:
    world, table = story.world, story.table
    table.puts(world.rosa, story.case, NEED)
    before = live_shares(world)
    for _again in range(3):
        with world.desk(world.rosa) as desk:
            [row] = queries.own_items(desk, table.conference)
            give(desk, row, None)
    assert live_shares(world) == before


def test_an_owner_who_did_not_call_it_learns_of_no_other_agency(world: World) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.northside, {NEED})
    table = Table(world, world.noor, [world.rosa, world.amin, world.tomas]).called()
    item = table.proposes(world.rosa, case, NEED)
    page = table.browser(world.rosa).open(f"{table.address(world.rosa)}/items/{item}")
    assert "Tomas Lind" in page
    assert "Eastway" not in page
    assert "Dr Amin" not in page
    assert "stay out of sight" in page


def test_taking_an_item_back_ends_it_for_everybody_else(story: Story) -> None:
    world, table = story.world, story.table
    table.puts(world.rosa, story.case, HEALTH, "Injury")
    item = table.puts(world.rosa, story.case, NEED, "Arabic")
    table.puts(world.rosa, story.case, NEED, "Interpreter")
    assert table.topics(world.tomas) == ["1. Arabic", "2. Interpreter"]
    rosa = table.browser(world.rosa)
    rosa.open(f"{table.address(world.rosa)}/items/{item}")
    with world.desk(world.rosa) as desk:
        paper = EnvelopeId(desk.db.get_one(ItemRow, item).envelope)
    rosa.submit("/steps", step="withdraw")
    assert table.topics(world.tomas) == ["1. Interpreter"]
    assert table.topics(world.amin) == ["1. Injury", "2. Interpreter"]
    for person, opens in ((world.tomas, False), (world.amin, False), (world.rosa, True)):
        with world.desk(person) as desk:
            assert bool(open_entries(desk.db, desk.sight, [paper])) is opens


def test_an_item_without_readers_stays_with_its_care_team(story: Story) -> None:
    world, table = story.world, story.table
    only = releases(world, world.rosa, story.case, world.northside, {LEGAL})
    table.puts(world.rosa, story.case, LEGAL, "Hearing")
    withdraws(world, world.rosa, only)
    assert table.topics(world.tomas) == []
    assert table.topics(world.rosa) == ["1. Hearing"]
    assert "Nobody of another agency can read it now" in table.browser(world.rosa).text


def test_another_release_lets_nobody_back_in_by_itself(story: Story) -> None:
    """She took back what it was shared on. Whether another covers it, her care team asks her."""
    world, table = story.world, story.table
    longer = releases(world, world.rosa, story.case, world.northside, {NEED}, days=60)
    item = table.puts(world.rosa, story.case, NEED, "Arabic")
    withdraws(world, world.rosa, longer)
    assert table.topics(world.tomas) == []
    rosa = table.browser(world.rosa)
    rosa.open(f"{table.address(world.rosa)}/items/{item}")
    rosa.submit("/readers", **REMINDED)
    assert table.topics(world.tomas) == ["1. Arabic"]


def test_only_somebody_who_reads_the_item_can_be_asked_to_act(story: Story) -> None:
    world, table = story.world, story.table
    item = table.puts(world.rosa, story.case, HEALTH, "Injury")
    table.moves(Step.LOCK, Step.BEGIN)
    rosa = table.browser(world.rosa)
    rosa.open(f"{table.address(world.rosa)}/items/{item}")
    offered = rosa.form("/decisions").options["doer"]
    assert world.amin.id in offered
    assert world.tomas.id not in offered
    sent = {"words": "Call", "doer": world.tomas.id, "due": "2030-01-18"}
    answer = rosa.post(f"{table.address(world.rosa)}/items/{item}/decisions", sent)
    assert answer.status_code == 409
    assert "Choose somebody at the table who can read this item" in answer.text


def test_decisions_wait_for_the_meeting_to_begin(story: Story) -> None:
    world, table = story.world, story.table
    item = table.puts(world.rosa, story.case, NEED)
    sent = {"words": "Call", "doer": world.tomas.id, "due": "2030-01-18"}
    rosa = table.browser(world.rosa)
    answer = rosa.post(f"{table.address(world.rosa)}/items/{item}/decisions", sent)
    assert answer.status_code == 409


def test_takes_a_decision_back_when_its_doer_lost_sight_of_it(story: Story) -> None:
    world, table = story.world, story.table
    only = releases(world, world.rosa, story.case, world.northside, {LEGAL})
    item = table.puts(world.rosa, story.case, LEGAL)
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, item, world.rosa, world.tomas, "Call the court")
    withdraws(world, world.rosa, only)
    rosa = table.browser(world.rosa)
    action = next(form.action for form in rosa.forms if "/decisions/" in form.action)
    page = rosa.submit(action, step="withdraw")
    assert "Taken back" in page


def test_two_who_move_the_same_item_get_one_winner(story: Story) -> None:
    world, table = story.world, story.table
    table.invites(world.miriam)
    item = table.proposes(world.rosa, story.case, NEED)
    rosa, miriam = table.browser(world.rosa), table.browser(world.miriam)
    rosa.open(f"{table.address(world.rosa)}/items/{item}")
    miriam.open(f"{table.address(world.miriam)}/items/{item}")
    rosa.submit("/admission", **REMINDED)
    answer = miriam.try_submit("/admission", **REMINDED)
    assert answer.status_code == 409
    page = miriam.open(f"{table.address(world.miriam)}/items/{item}")
    assert "On the agenda" in page


def test_after_the_agenda_is_closed_nothing_new_is_written(story: Story) -> None:
    world, table = story.world, story.table
    table.moves(Step.LOCK)
    rosa = table.browser(world.rosa)
    assert "Write an item" not in rosa.text
    sent = {
        "case": story.case,
        "category": "need",
        "topic": "Late",
        "text": "Late",
        "presenter": world.rosa.id,
        "minutes": "5",
    }
    answer = rosa.post(f"{table.address(world.rosa)}/items/new", sent)
    assert answer.status_code == 409
    assert "The agenda is closed" in answer.text
    assert "Late" in answer.text


def test_another_teams_case_cannot_be_put_on_an_agenda(story: Story) -> None:
    world, table = story.world, story.table
    sent = {
        "case": story.case,
        "category": "need",
        "topic": "Not mine",
        "text": "Not mine",
        "presenter": world.joan.id,
        "minutes": "5",
    }
    joan = table.browser(world.joan)
    answer = joan.post(f"{table.address(world.joan)}/items/new", sent)
    assert answer.status_code == 404
    assert "KESTREL" not in joan.open(f"{table.address(world.joan)}/items/new")
