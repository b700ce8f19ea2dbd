"""What somebody who calls a conference can and cannot do."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from conferencing.conference import Step
from conferencing.tables import ConferenceRow, DecisionRow, ItemRow, SeatRow
from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Category, Role
from hub.door import open_entries
from tests.table import REMINDED, Table, decides, live_shares, opens_case, releases
from tests.world import World

NEED, HEALTH, LEGAL, MONEY = Category.NEED, Category.HEALTH, Category.LEGAL, Category.MONEY
ROWS = (ConferenceRow, SeatRow, ItemRow, DecisionRow)
CALL = {
    "kind": "case_conference",
    "reason": "complex",
    "starts_at": "2030-01-15T14:00",
    "minutes": "90",
    "place": "The green room",
}


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


def test_calls_a_conference_on_pages_from_the_first_to_the_last(world: World) -> None:
    case = opens_case(world, world.rosa, "KESTREL-27")
    releases(world, world.rosa, case, world.northside, {NEED})
    rosa = world.browser(world.rosa)
    rosa.open("/conferences/new")
    page = rosa.submit(**CALL)
    assert "Who comes" in page
    seat = str(rosa.page.url).split("/")[-2] if rosa.page else ""
    rosa.submit(f"/{seat}/people", agency=world.northside.id)
    page = rosa.open(f"/conferences/{seat}/people?agency={world.northside.id}")
    assert "Tomas Lind" in page
    sent = {"people": world.tomas.id, "agency": world.northside.id}
    assert rosa.post(f"/conferences/{seat}/people", sent).status_code == 303
    page = rosa.open(f"/conferences/{seat}")
    assert "Nobody knows of it yet" in page
    page = rosa.submit("/steps", step="call")
    assert "Close the agenda" in page
    rosa.submit("/statement")
    rosa.open(f"/conferences/{seat}/items/new")
    page = rosa.submit(
        "/items/new", case=case, category="need", topic="A lawyer", text="Who speaks Arabic?"
    )
    assert "Tomas Lind, Northside Law" in page
    assert "They released this to Northside Law for case conferences: Need." in page
    rosa.submit("/admission", **REMINDED)
    page = rosa.open(f"/conferences/{seat}")
    assert "1. A lawyer" in page
    for step in ("lock", "begin"):
        rosa.submit("/steps", step=step)
    rosa.open(next(link for link in rosa.links if "/items/" in link and "new" not in link))
    sent = {"words": "Tomas calls the court", "doer": world.tomas.id, "due": "2030-01-18"}
    page = rosa.submit("/decisions", **sent)
    assert "Tomas calls the court" in page
    rosa.open(f"/conferences/{seat}")
    for step in ("end", "circulate", "close"):
        page = rosa.submit("/steps", step=step)
    assert "It is closed" in page


def test_nobody_is_told_before_somebody_is_invited(world: World) -> None:
    table = Table(world, world.rosa)
    rosa = table.browser(world.rosa)
    answer = rosa.try_submit("/steps", step="call")
    assert answer.status_code == 409
    assert "Nobody is invited yet" in answer.text


def test_whoever_joins_later_is_let_in_once_she_was_reminded_of_them(story: Story) -> None:
    world, table = story.world, story.table
    item = table.puts(world.rosa, story.case, NEED, "Arabic")
    address = f"{table.address(world.rosa)}/people"
    rosa = table.browser(world.rosa)
    sent = {"agency": world.northside.id, "people": world.lena.id}
    rosa.open(f"{address}?agency={world.northside.id}")
    assert rosa.post(address, sent).status_code == 303
    assert table.topics(world.lena) == []
    rosa.open(f"{table.address(world.rosa)}/items/{item}")
    assert "One person more may read it by now" in rosa.text
    rosa.submit("/readers", **REMINDED)
    assert table.topics(world.lena) == ["1. Arabic"]


def test_taking_a_seat_away_takes_all_that_was_read_from_it(story: Story) -> None:
    world, table = story.world, story.table
    table.puts(world.rosa, story.case, NEED, "Arabic")
    tomas = table.browser(world.tomas)
    address = table.address(world.tomas)
    before = live_shares(world)
    rosa = table.browser(world.rosa)
    sent = {"person": world.tomas.id}
    answer = rosa.post(f"{table.address(world.rosa)}/people/excused", sent)
    assert answer.status_code == 303
    assert tomas.get(address).status_code == 404
    assert live_shares(world) == before - 2  # the place of the meeting, and the item
    table.invites(world.tomas)
    assert table.topics(world.tomas) == []


def test_the_chair_sees_nothing_that_was_not_released_to_them(world: World) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.eastway, {HEALTH})
    table = Table(world, world.noor, [world.rosa, world.amin]).called()
    table.puts(world.rosa, case, HEALTH, "Injury")
    page = table.browser(world.noor)
    assert "Nothing is on your agenda" in page.text
    assert "Injury" not in page.text
    assert table.topics(world.amin) == ["1. Injury"]


def test_moving_the_meeting_twice_at_once_is_told_plainly(story: Story) -> None:
    first, second = (story.table.browser(story.world.rosa) for _ in range(2))
    first.submit("/steps", step="lock")
    answer = second.try_submit("/steps", step="lock")
    assert answer.status_code == 409
    third = story.table.browser(story.world.rosa)
    stale = {"step": "begin", "version": "1"}
    answer = third.post(f"{story.table.address(story.world.rosa)}/steps", stale)
    assert answer.status_code == 409
    assert "It has changed since you opened it" in answer.text


def test_changing_the_hour_reaches_everybody_and_ends_the_old_place(story: Story) -> None:
    world, table = story.world, story.table
    with world.desk(world.tomas) as desk:
        old = EnvelopeId(desk.db.get_one(ConferenceRow, table.conference).arrangements)
        assert open_entries(desk.db, desk.sight, [old])
    rosa = table.browser(world.rosa)
    rosa.open(f"{table.address(world.rosa)}/arrangements")
    changed = {"starts_at": "2030-01-16T09:30", "place": "The blue room"}
    page = rosa.submit("/arrangements", **changed)
    assert "16 Jan 2030, 09:30" in page
    page = table.browser(world.tomas).text
    assert "The blue room" in page
    assert "green room" not in page
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [old])


def test_a_meeting_is_cancelled_only_when_that_is_ticked(story: Story) -> None:
    rosa = story.table.browser(story.world.rosa)
    answer = rosa.try_submit("/steps", step="cancel")
    assert answer.status_code == 422
    assert "Tick that you mean it." in answer.text
    rosa = story.table.browser(story.world.rosa)
    assert "Take it out of your calendar" in rosa.submit("/steps", step="cancel", sure="yes")


def test_a_cancelled_meeting_shows_nothing_but_that(story: Story) -> None:
    world, table = story.world, story.table
    table.puts(world.rosa, story.case, NEED, "Arabic")
    table.moves(Step.CANCEL)
    page = table.browser(world.tomas).text
    assert "This meeting does not take place" in page
    assert "Arabic" not in page
    assert "green room" not in page


def test_nobody_who_left_can_be_invited(story: Story) -> None:
    world, table = story.world, story.table
    ghost = world.employs(world.eastway, "Ghost Writer", Role.ADMINISTRATOR)
    rosa = table.browser(world.rosa)
    address = f"{table.address(world.rosa)}/people"
    answer = rosa.post(address, {"agency": world.eastway.id, "people": ghost.id})
    assert answer.status_code == 409
    assert "Ghost Writer" not in rosa.open(f"{address}?agency={world.eastway.id}")


def test_words_of_a_meeting_lie_nowhere_in_clear(story: Story) -> None:
    world, table = story.world, story.table
    item = table.puts(world.rosa, story.case, NEED, "Canarytopic")
    table.moves(Step.LOCK, Step.BEGIN)
    decides(table, item, world.rosa, world.tomas, "Canarydecision")
    raw = world.raw()
    with world.hub.unit_of_work() as db:
        kept = [row for kind in ROWS for row in db.execute(select(kind)).scalars()]
        columns = " ".join(str(row.model_dump()) for row in kept)
    assert str(item) in columns
    for word in ("Canarytopic", "What do we do?", "Canarydecision", "green room"):
        assert word not in columns
        assert word.encode() not in raw
