"""What somebody who is invited to a conference can see and do, and what they never learn."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from conferencing.conference import Step
from conferencing.decision import State
from conferencing.held import items_held
from conferencing.queries import own_items
from conferencing.tables import DecisionRow
from hub.core.ids import AgencyId, CaseId, EnvelopeId, ItemId, ReleaseId, fresh
from hub.core.words import Category, Purpose
from hub.door import Ending, unshare
from tests.clients import Browser
from tests.looks import whole
from tests.table import PLACE, Table, decides, opens_case, releases, withdraws
from tests.world import World

NEED, HEALTH, LEGAL, MONEY, SAFETY = (
    Category.NEED,
    Category.HEALTH,
    Category.LEGAL,
    Category.MONEY,
    Category.SAFETY,
)
FIVE = {NEED: "Arabic", HEALTH: "Injury", LEGAL: "Hearing", MONEY: "Rent", SAFETY: "Locks"}


@dataclass
class Story:
    """Five items: Northside may hear need, legal, money; Eastway need, health, safety."""

    world: World
    case: CaseId
    northside: ReleaseId
    eastway: ReleaseId
    table: Table
    items: dict[Category, ItemId]


@pytest.fixture
def story(world: World) -> Story:
    case = opens_case(world, world.rosa, "KESTREL-27")
    northside = releases(world, world.rosa, case, world.northside, {NEED, LEGAL, MONEY})
    eastway = releases(world, world.rosa, case, world.eastway, {NEED, HEALTH, SAFETY})
    guests = [world.tomas, world.amin, world.joan, world.miriam, world.ines]
    table = Table(world, world.rosa, guests).called()
    items = {each: table.puts(world.rosa, case, each, topic) for each, topic in FIVE.items()}
    return Story(world, case, northside, eastway, table, items)


def headings(browser: Browser) -> list[str]:
    return re.findall(r'card__title">(\d+\. [^<]*)<', browser.text)


def test_finds_only_their_items_numbered_without_gaps(story: Story) -> None:
    table, world = story.table, story.world
    assert headings(table.browser(world.tomas)) == ["1. Arabic", "2. Hearing", "3. Rent"]
    assert headings(table.browser(world.amin)) == ["1. Arabic", "2. Injury", "3. Locks"]
    assert len(headings(table.browser(world.rosa))) == 5
    assert len(headings(table.browser(world.miriam))) == 5


def test_finds_nothing_of_what_was_not_released_to_them(story: Story) -> None:
    page = story.table.browser(story.world.tomas).text
    for hidden in ("Injury", "Locks", "KESTREL", "Health", "Safety"):
        assert hidden not in page


def test_what_they_may_read_is_none_of_their_own_items(story: Story) -> None:
    for person, held in ((story.world.tomas, 3), (story.world.amin, 3), (story.world.joan, 0)):
        with story.world.desk(person) as desk:
            assert len(items_held(desk, story.table.conference)) == held
            assert own_items(desk, story.table.conference) == []


def test_minutes_are_those_of_their_own_items(story: Story) -> None:
    page = story.table.browser(story.world.tomas).text
    assert "36 minutes" in page
    assert "60 minutes" not in page


def test_the_statement_comes_before_the_agenda_and_is_not_a_release(story: Story) -> None:
    tomas = story.world.browser(story.world.tomas)
    page = tomas.open(story.table.address(story.world.tomas))
    assert "does not replace a release" in page
    assert "Arabic" not in page
    assert "Dr Amin" not in page
    page = tomas.submit("/statement")
    assert "Arabic" in page
    assert "does not replace a release" not in page


def test_before_the_statement_nothing_is_written_or_read(story: Story) -> None:
    miriam = story.world.browser(story.world.miriam)
    address = story.table.address(story.world.miriam)
    item = f"{address}/items/{story.items[HEALTH]}"
    for path in (f"{address}/items/new", item):
        answer = miriam.get(path)
        assert answer.status_code == 409
        assert "Injury" not in answer.text
    steps = [f"{item}/{end}" for end in ("admission", "readers", "recall", "steps")]
    for path in (f"{address}/items/new", *steps, f"{address}/decisions/{fresh()}"):
        assert miriam.post(path, version="1").status_code == 409
    miriam.open(address)
    miriam.submit("/statement")
    assert "Injury" in miriam.open(item)


def test_learns_when_and_where_and_who_called_it(story: Story) -> None:
    page = story.table.browser(story.world.tomas).text
    assert PLACE in page
    assert "Rosa Adeyemi, Harbour House" in page
    assert "15 Jan 2030, 14:00" in page


def test_is_told_why_an_item_can_be_read_and_until_when(story: Story) -> None:
    page = story.table.browser(story.world.tomas).text
    assert "released legal to Northside Law for case conferences, until 14 Feb 2030" in page


def test_sees_only_those_who_share_an_item_with_them(story: Story) -> None:
    page = story.table.browser(story.world.tomas).text
    assert "Dr Amin" in page
    assert "Miriam Cole" in page
    assert "Joan Whitlock" not in page
    assert "Ines Okafor" not in page


def test_with_nothing_in_common_the_other_agency_does_not_show(world: World) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.northside, {LEGAL})
    releases(world, world.rosa, case, world.eastway, {HEALTH})
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    table.puts(world.rosa, case, LEGAL, "Hearing")
    table.puts(world.rosa, case, HEALTH, "Injury")
    assert "Eastway" not in table.browser(world.tomas).text
    assert "Dr Amin" not in table.browser(world.tomas).text
    assert "Northside" not in table.browser(world.amin).text


def test_a_colleague_who_is_not_on_the_care_team_hears_nothing(story: Story) -> None:
    joan = story.table.browser(story.world.joan)
    assert headings(joan) == []
    assert "Nothing is on your agenda" in joan.text
    assert "KESTREL" not in joan.text
    address = story.table.address(story.world.joan)
    absent = whole(joan.get(f"{address}/items/{fresh()}"))
    for item in story.items.values():
        assert whole(joan.get(f"{address}/items/{item}")) == absent


def test_a_coordinator_hears_nothing_even_with_a_release(world: World) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.task_force, {NEED})
    releases(world, world.rosa, case, world.northside, {NEED})
    table = Table(world, world.rosa, [world.ines, world.tomas]).called()
    table.puts(world.rosa, case, NEED)
    assert table.topics(world.ines) == []
    assert table.topics(world.tomas) == ["1. A topic"]


def test_sees_nothing_of_her_the_moment_she_withdraws(story: Story) -> None:
    table, world = story.table, story.world
    tomas = table.browser(world.tomas)
    withdraws(world, world.rosa, story.northside)
    tomas.open(table.address(world.tomas))
    assert headings(tomas) == []
    assert "Dr Amin" not in tomas.text
    assert headings(table.browser(world.amin)) == ["1. Arabic", "2. Injury", "3. Locks"]
    assert len(headings(table.browser(world.rosa))) == 5


def test_of_two_survivors_only_the_one_who_withdraws_disappears(story: Story) -> None:
    table, world = story.table, story.world
    other = opens_case(world, world.joan, "WREN-12")
    releases(world, world.joan, other, world.northside, {HEALTH})
    table.puts(world.joan, other, HEALTH, "Another person")
    assert table.topics(world.tomas)[-1] == "4. Another person"
    withdraws(world, world.rosa, story.northside)
    assert table.topics(world.tomas) == ["1. Another person"]


def test_sees_nothing_from_the_instant_a_release_ends(story: Story) -> None:
    story.world.move(timedelta(days=30) - timedelta(seconds=1))
    assert len(story.table.topics(story.world.tomas)) == 3
    story.world.move(timedelta(seconds=1))
    assert story.table.topics(story.world.tomas) == []


def test_a_release_for_referrals_opens_no_agenda(world: World) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.northside, {NEED}, purpose=Purpose.COORDINATION)
    releases(world, world.rosa, case, world.eastway, {NEED})
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    table.puts(world.rosa, case, NEED)
    assert table.topics(world.tomas) == []


def test_knows_nothing_of_a_meeting_that_is_only_prepared(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas])
    tomas = world.browser(world.tomas)
    assert "No meeting is planned" in tomas.open("/conferences")
    assert tomas.get(table.address(world.tomas)).status_code == 404


def test_somebody_elses_seat_and_no_seat_answer_alike(story: Story) -> None:
    tomas = story.world.browser(story.world.tomas)
    answers = [
        tomas.get(f"/conferences/{seat}")
        for seat in (
            story.table.seat(story.world.rosa),
            story.table.seat(story.world.amin),
            fresh(),
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {re.sub(r'nonce="[^"]*"|value="[^"]*"', "", answer.text) for answer in answers}
    assert len(bodies) == 1


def test_cannot_reach_the_pages_of_whoever_owns_an_item(story: Story) -> None:
    noor = story.world.noor
    story.table.invites(noor)
    browser = story.table.browser(noor)
    address = story.table.address(noor)
    item = story.items[LEGAL]
    assert browser.get(f"{address}/items/{item}").status_code == 404
    for path in ("admission", "readers", "steps", "decisions"):
        fields = {"reminded": "yes", "step": "withdraw", "version": "1", "words": "x"}
        assert browser.post(f"{address}/items/{item}/{path}", fields).status_code in {404, 422}
    assert story.table.topics(story.world.tomas) == ["1. Arabic", "2. Hearing", "3. Rent"]


def test_cannot_move_the_meeting_or_choose_who_comes(story: Story) -> None:
    tomas = story.table.browser(story.world.tomas)
    address = story.table.address(story.world.tomas)
    answer = tomas.post(f"{address}/steps", step="cancel", version="2", sure="yes")
    assert answer.status_code == 409
    assert tomas.get(f"{address}/people").status_code == 404
    assert tomas.get(f"{address}/arrangements").status_code == 404
    assert tomas.post(f"{address}/people", people=story.world.lena.id).status_code == 404


def test_reports_on_what_they_agreed_to_do(story: Story) -> None:
    table, world = story.table, story.world
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, story.items[LEGAL], world.rosa, world.tomas, "Call the court clerk")
    tomas = table.browser(world.tomas)
    assert "Call the court clerk" in tomas.text
    assert "Something you agreed to do" in tomas.open("/")
    tomas.open(table.address(world.tomas))
    page = tomas.submit("", **{"step": "finish"}) if len(tomas.forms) == 1 else ""
    assert str(State.DONE.label) in page
    assert "Something you agreed to do" not in tomas.open("/")


def test_a_decision_is_read_by_those_who_read_its_item(story: Story) -> None:
    table, world = story.table, story.world
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, story.items[LEGAL], world.rosa, world.tomas, "Call the court clerk")
    assert "Call the court clerk" not in table.browser(world.amin).text
    assert "Call the court clerk" in table.browser(world.miriam).text
    withdraws(world, world.rosa, story.northside)
    assert "Call the court clerk" not in table.browser(world.tomas).text
    assert "Something you agreed to do" not in world.browser(world.tomas).open("/")
    assert "Call the court clerk" in table.browser(world.rosa).text


def test_a_decision_taken_from_them_is_gone_though_the_item_stays(story: Story) -> None:
    table, world = story.table, story.world
    table.moves(Step.LOCK, Step.BEGIN)
    kept_as = decides(table, story.items[LEGAL], world.rosa, world.tomas, "Call the court clerk")
    with world.desk(world.rosa) as desk:
        row = desk.db.get_one(DecisionRow, kept_as)
        task, paper = row.task, EnvelopeId(row.envelope)
        ending = Ending("called_back", envelopes=[paper], agency=AgencyId(world.northside.id))
        assert unshare(desk.db, desk.sight, ending) == 1
    tomas = table.browser(world.tomas)
    assert "Hearing" in tomas.text
    assert "Call the court clerk" not in tomas.text
    address = f"{table.address(world.tomas)}/decisions/{task}"
    assert tomas.post(address, step="finish", version="1").status_code == 404
    assert "Something you agreed to do" not in tomas.open("/")


def test_somebody_elses_task_and_a_made_up_one_answer_alike(story: Story) -> None:
    table, world = story.table, story.world
    table.moves(Step.LOCK, Step.BEGIN)
    kept_as = decides(table, story.items[NEED], world.rosa, world.tomas, "Call")
    with world.desk(world.rosa) as desk:
        task = desk.db.get_one(DecisionRow, kept_as).task
    amin = table.browser(world.amin)
    for ref in (kept_as, task, fresh()):
        address = f"{table.address(world.amin)}/decisions/{ref}"
        assert amin.post(address, step="finish", version="1").status_code == 404
