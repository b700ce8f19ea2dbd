"""An item given to another agency for the first time waits there, and can be called back."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import col, select

from conferencing import item_actions, queries
from conferencing.conference import Step
from conferencing.item_actions import Giving
from conferencing.tables import DecisionRow
from hub.core.errors import FormRefused
from hub.core.ids import CaseId, EnvelopeId, ItemId
from hub.core.words import Category
from hub.door import open_entries
from hub.store.outbox import Letter, OutboxRow
from pathways.referrals.drafts import Reminder
from pathways.referrals.reasons import ReminderMode
from tests.clients import Browser
from tests.table import REMINDED, Table, decides, normal, opens_case, releases
from tests.world import Person, World

TEN = timedelta(minutes=10)
NEED, PLACE = Category.NEED, Category.LOCATION
SAID = "She heard who will read it and agreed."
WHY = "They plan the way there with her."


@dataclass
class Meeting:
    """A table of Rosa's at which one item is not on the agenda yet."""

    world: World
    case: CaseId
    table: Table
    item: ItemId

    def page(self) -> Browser:
        """The page of the item, as Rosa has it open."""
        rosa = self.table.browser(self.world.rosa)
        rosa.open(f"{self.table.address(self.world.rosa)}/items/{self.item}")
        return rosa

    def admits(self, **more: str) -> Browser:
        """Rosa reminds her and puts it on the agenda."""
        rosa = self.page()
        rosa.submit("/admission", **REMINDED, **more)
        return rosa

    def seen_by(self, person: Person) -> list[object]:
        """What somebody is shown of the meeting, as it leaves."""
        browser = self.world.browser(person)
        answers = [browser.get(path) for path in ("/", "/conferences", self.table.address(person))]
        return [(each.status_code, normal(each.text)) for each in answers]


def begin(world: World, category: Category) -> Meeting:
    """Rosa and Tomas sit at a table; what was released to Northside is this category."""
    world.lets_wait(10)
    case = opens_case(world, world.rosa, "KESTREL-27")
    releases(world, world.rosa, case, world.northside, {category})
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    table.confirmed(world.rosa, world.tomas, world.amin)
    return Meeting(world, case, table, table.proposes(world.rosa, case, category, "Arabic"))


@pytest.fixture
def meeting(world: World) -> Meeting:
    """An item about what she needs."""
    return begin(world, NEED)


def waits_for(meeting: Meeting) -> set[object]:
    with meeting.world.hub.unit_of_work() as db:
        waiting = select(OutboxRow).where(
            col(OutboxRow.dropped_at).is_(None), col(OutboxRow.letter) == Letter.WAITING
        )
        return {row.due_at for row in db.exec(waiting)}


def test_a_reader_notices_nothing_until_it_can_be_opened(meeting: Meeting) -> None:
    world = meeting.world
    before = {p.name: meeting.seen_by(p) for p in (world.tomas, world.amin)}
    rosa = meeting.admits()
    assert "It waits until" in rosa.text
    assert "Not before" in rosa.text
    world.move(TEN - timedelta(seconds=1))
    for person in (world.tomas, world.amin):
        assert meeting.seen_by(person) == before[person.name]
    world.move(timedelta(seconds=1))
    assert meeting.table.topics(world.tomas) == ["1. Arabic"]
    assert meeting.table.topics(world.amin) == []


def test_they_are_told_when_they_can_open_it(meeting: Meeting) -> None:
    meeting.admits()
    assert waits_for(meeting) == {meeting.world.now + TEN}


def test_what_was_called_back_is_on_no_agenda(meeting: Meeting) -> None:
    world = meeting.world
    before = meeting.seen_by(world.tomas)
    rosa = meeting.admits()
    assert any(label == "Call it back" for form in rosa.forms for *_rest, label in form.buttons)
    rosa.submit("/recall")
    assert waits_for(meeting) == set()
    world.move(TEN)
    assert meeting.seen_by(world.tomas) == before
    page = meeting.page()
    assert "Call it back" not in page.text
    page.submit("/admission", **REMINDED)
    world.move(TEN)
    assert meeting.table.topics(world.tomas) == ["1. Arabic"]


def test_nobody_calls_back_what_can_be_read(meeting: Meeting) -> None:
    rosa = meeting.admits()
    meeting.world.move(TEN)
    assert rosa.try_submit("/recall").status_code == 409
    assert meeting.table.topics(meeting.world.tomas) == ["1. Arabic"]


def test_what_cannot_wait_is_read_at_once_with_a_reason(meeting: Meeting) -> None:
    rosa = meeting.page()
    assert rosa.try_submit("/admission", **REMINDED, hurry="danger").status_code == 422
    rosa.submit("/admission", **REMINDED, hurry="danger", hurry_words="They decide now.")
    assert "They decide now." in rosa.text
    assert meeting.table.topics(meeting.world.tomas) == ["1. Arabic"]
    tomas = meeting.table.browser(meeting.world.tomas)
    assert "They decide now." not in tomas.text
    assert SAID not in tomas.text


def test_the_words_shown_before_are_the_words_they_read(meeting: Meeting) -> None:
    rosa = meeting.page()
    begins = rosa.text.index('<div class="packet">')
    before = rosa.text[begins : rosa.text.index("</div>", begins)]
    rosa.submit("/admission", **REMINDED)
    meeting.world.move(TEN)
    assert before in meeting.table.browser(meeting.world.tomas).text


def test_the_reminder_says_how_when_and_what_was_said(meeting: Meeting) -> None:
    rosa = meeting.page()
    for missing in ("mode", "said"):
        typed = {name: value for name, value in REMINDED.items() if name != missing}
        assert rosa.try_submit("/admission", **typed | {missing: ""}).status_code == 422
    old = REMINDED | {"reminded_at": "2030-01-14T11:00"}
    assert rosa.try_submit("/admission", **old).status_code == 422
    rosa.submit("/admission", **REMINDED | {"reminded_at": "2030-01-15T11:30"})
    assert "Rosa Adeyemi reminded them by phone, 11:30." in rosa.text
    assert SAID in rosa.text


def test_an_item_about_where_she_is_needs_its_tick_and_reason(world: World) -> None:
    meeting = begin(world, PLACE)
    rosa = meeting.page()
    for more in ({"place": "yes"}, {"place_reason": WHY}, {}):
        assert rosa.try_submit("/admission", **REMINDED | more).status_code == 422
        rosa = meeting.page()
    rosa.submit("/admission", **REMINDED, place="yes", place_reason=WHY)
    assert WHY in rosa.text
    world.move(TEN)
    tomas = meeting.table.browser(world.tomas)
    assert "Arabic" in tomas.text
    assert WHY not in tomas.text


def test_no_page_is_needed_to_refuse_it_without_a_reason(world: World) -> None:
    meeting = begin(world, PLACE)
    with world.desk(world.rosa) as desk:
        place = meeting.table.place(desk, world.rosa)
        row = queries.own_item(desk, place, meeting.item)
        reminder = Reminder(desk.at, ReminderMode.PHONE, SAID)
        with pytest.raises(FormRefused):
            item_actions.admit(desk, place, row, Giving(row.version, reminder, "", None))
    world.move(TEN)
    assert meeting.table.topics(world.tomas) == []


def test_what_is_decided_about_it_waits_as_long_as_it_does(meeting: Meeting) -> None:
    world, table = meeting.world, meeting.table
    meeting.admits()
    table.moves(Step.LOCK, Step.BEGIN)
    made = decides(table, meeting.item, world.rosa, world.rosa, "Call the court clerk")
    with world.desk(world.rosa) as desk:
        paper = EnvelopeId(desk.db.get_one(DecisionRow, made).envelope)
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [paper])
    assert "court clerk" not in table.browser(world.tomas).text
    world.move(TEN)
    assert "court clerk" in table.browser(world.tomas).text


def test_one_reminder_gives_one_item_and_no_other(meeting: Meeting) -> None:
    world, table = meeting.world, meeting.table
    meeting.admits()
    other = table.proposes(world.rosa, meeting.case, NEED, "Rent")
    world.move(TEN)
    table.invites(world.lena)
    table.admits(world.rosa, other)
    world.move(TEN)
    assert table.topics(world.tomas) == ["1. Arabic", "2. Rent"]
    assert table.topics(world.lena) == ["1. Rent"]
