"""What a law or a court demands waits before an agency can open it, and can be called back."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import col, select

from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Category
from hub.door import open_entries
from hub.store.outbox import OutboxRow
from tests import compelled
from tests.clients import Browser
from tests.looks import whole
from tests.survivor import opened, told
from tests.world import Agency, Person, World

TEN = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
BRUISES = "bruises on both arms"
HIDEAWAY = "the blue house behind the mill"
URGENT = "He is at the door of the school"
THERE = ("tomas", "lena", "noor", "grace")
WORDS = ("Call it back", "It waits until")


@dataclass
class Law:
    """Rosa's case in a hub where things wait ten minutes, and how the law demands it is told."""

    world: World
    kind: str
    case: CaseId
    bruises: EnvelopeId
    place: EnvelopeId

    def page(self, record: str) -> Browser:
        browser = self.world.browser(self.world.rosa)
        browser.open(f"/cases/{self.case}/{self.kind}/{record}")
        return browser

    def ready(self, to: Agency | None, *entries: EnvelopeId) -> str:
        """A report that was chosen, or an order that was approved."""
        how = compelled.chosen if self.kind == "duties" else compelled.approved
        return how(self.world, self.case, to, *entries)

    @property
    def tell(self) -> str:
        return "/told" if self.kind == "duties" else "/handed-over"

    def tells(self, *entries: EnvelopeId, **more: str) -> str:
        record = self.ready(self.world.northside, *(entries or (self.bruises,)))
        self.page(record).submit(self.tell, **more)
        return record

    def open_to(self, person: Person) -> set[EnvelopeId]:
        with self.world.desk(person) as desk:
            return set(open_entries(desk.db, desk.sight, [self.bruises, self.place]))

    def letters(self, *people: Person) -> set[object]:
        """When the letters leave that wait for these people."""
        theirs = col(OutboxRow.person).in_([person.id for person in people])
        waiting = select(OutboxRow).where(theirs, col(OutboxRow.dropped_at).is_(None))
        with self.world.hub.unit_of_work() as db:
            return {row.due_at for row in db.exec(waiting)}

    def shown(self, short: str, record: str) -> list[object]:
        """All that somebody there is shown and sent, as it leaves."""
        person = getattr(self.world, short)
        browser = self.world.browser(person)
        pages = [whole(browser.get(path)) for path in ("/", "/told", f"/told/{record}")]
        return [*pages, self.letters(person)]


@pytest.fixture(params=["duties", "orders"])
def law(world: World, request: pytest.FixtureRequest) -> Law:
    world.lets_wait(10)
    case = opened(world, world.rosa)
    bruises = told(world, world.rosa, case, Category.CHILDREN, BRUISES)
    place = told(world, world.rosa, case, Category.LOCATION, HIDEAWAY)
    return Law(world, request.param, case, bruises, place)


@pytest.mark.parametrize("short", THERE)
def test_they_see_the_same_bytes_until_they_can_open_it(law: Law, short: str) -> None:
    record = law.ready(law.world.northside, law.bruises)
    before = law.shown(short, record)
    page = law.page(record)
    assert "It waits 10 minutes first. Until then you can call it back." in page.text
    assert "It waits until 15 Jan 2030, 12:10" in page.submit(law.tell)
    law.world.move(TEN - SECOND)
    assert law.shown(short, record)[:-1] == before[:-1]
    assert law.open_to(getattr(law.world, short)) == set()
    law.world.move(SECOND)
    opened_now = law.open_to(getattr(law.world, short))
    assert opened_now == ({law.bruises} if short in {"tomas", "lena"} else set())


def test_they_hear_of_it_when_they_can_open_it_and_not_before(law: Law) -> None:
    world = law.world
    record = law.ready(world.northside, law.bruises)
    world.move(timedelta(minutes=1))
    law.page(record).submit(law.tell)
    assert law.letters(world.tomas, world.lena) == {world.now + TEN}
    world.move(TEN)
    tomas = world.browser(world.tomas)
    assert "had to tell you something" in tomas.open("/")
    page = tomas.open(f"/told/{record}")
    assert BRUISES in page
    assert "12:11" in page
    assert "12:01" not in page


def test_what_was_called_back_leaves_no_trace_and_can_be_told_again(law: Law) -> None:
    world = law.world
    record = law.ready(world.northside, law.bruises)
    before = {short: law.shown(short, record) for short in THERE}
    page = law.page(record)
    page.submit(law.tell)
    world.move(timedelta(minutes=4))
    page.submit("/recall")
    assert not any(words in page.text for words in WORDS)
    assert any(form.action.endswith(law.tell) for form in page.forms)
    world.move(TEN)
    assert {short: law.shown(short, record) for short in THERE} == before
    assert "called back before" in world.browser(world.rosa).open(f"/cases/{law.case}/ledger")
    page.submit(law.tell)
    assert law.letters(world.tomas) == {world.now + TEN}
    world.move(TEN)
    assert law.open_to(world.tomas) == {law.bruises}


def test_nobody_calls_back_what_can_be_opened(law: Law) -> None:
    page = law.page(law.tells())
    law.world.move(TEN)
    answer = page.try_submit("/recall")
    assert answer.status_code == 409
    assert "They can open it by now, so it cannot be called back." in answer.text
    assert law.open_to(law.world.tomas) == {law.bruises}
    assert not any(words in law.page(page.path.split("/")[-2]).text for words in WORDS)


def test_only_the_care_team_calls_it_back(law: Law) -> None:
    record = law.tells()
    for person in (law.world.joan, law.world.tomas, law.world.sofia):
        address = f"/cases/{law.case}/{law.kind}/{record}/recall"
        answer = law.world.browser(person).post(address, version="5")
        assert answer.status_code in {403, 404}
    law.world.move(TEN)
    assert law.open_to(law.world.tomas) == {law.bruises}


def test_the_second_time_waits_only_when_it_says_where_somebody_is(law: Law) -> None:
    world = law.world
    law.tells()
    world.move(TEN)
    assert "It waits" not in law.page(law.ready(world.northside, law.bruises)).text
    law.tells()
    assert world.now in law.letters(world.tomas)
    law.tells(law.place)
    assert law.letters(world.tomas) >= {world.now, world.now + TEN}
    assert law.place not in law.open_to(world.tomas)
    world.move(TEN)
    assert law.place in law.open_to(world.tomas)


def test_what_cannot_wait_goes_at_once_with_its_reason_sealed(law: Law) -> None:
    world = law.world
    record = law.ready(world.northside, law.place)
    page = law.page(record)
    assert page.try_submit(law.tell, hurry="danger").status_code == 422
    assert page.try_submit(law.tell, hurry="", hurry_words=URGENT).status_code == 422
    assert URGENT in page.text
    page.submit(law.tell, hurry="danger", hurry_words=URGENT)
    assert "There is danger now" in page.text
    assert URGENT in page.text
    assert "names that house" in page.text
    assert "Call it back" not in page.text
    assert URGENT.encode() not in world.raw()
    assert law.letters(world.tomas) == {world.now}
    assert URGENT not in world.browser(world.tomas).open(f"/told/{record}")


def test_nobody_writes_down_an_answer_before_it_can_be_opened(law: Law) -> None:
    page = law.page(law.tells())
    address = page.path
    assert not any(form.action.endswith("/acknowledged") for form in page.forms)
    version = dict(page.form("/recall").fields)["version"]
    answer = page.post(f"{address}/acknowledged", version=version, answer="They have it")
    assert answer.status_code == 409
    assert "They cannot open it yet." in answer.text
    law.world.move(TEN)
    page.open(address)
    assert any(form.action.endswith("/acknowledged") for form in page.forms)


def test_what_goes_on_paper_does_not_wait(law: Law) -> None:
    page = law.page(law.ready(None, law.place))
    assert "It waits" not in page.text
    page.submit(law.tell)
    assert "Call it back" not in page.text
    assert HIDEAWAY in page.open(f"{page.path}/sheet")


def test_a_last_day_that_ends_within_the_wait_is_refused(law: Law) -> None:
    record = law.ready(law.world.northside, law.bruises)
    law.world.move(timedelta(days=30, minutes=-5))
    answer = law.page(record).try_submit(law.tell)
    assert answer.status_code == 409
    assert "The last day is over." in answer.text


@pytest.mark.parametrize("law", ["orders"], indirect=True)
def test_an_order_set_aside_while_it_waits_was_never_handed_over(law: Law) -> None:
    record = law.ready(law.world.northside, law.bruises)
    before = law.shown("tomas", record)
    page = law.page(record)
    page.submit(law.tell)
    page.submit("/set-aside", reason="quashed on appeal")
    assert "It waits until" not in page.text
    assert "Handed over by" not in page.text
    law.world.move(TEN)
    assert law.shown("tomas", record) == before


def test_two_who_call_it_back_at_once_do_it_once(law: Law) -> None:
    record = law.tells()
    pages = [law.page(record).try_submit for _n in range(2)]
    assert [calls("/recall").status_code for calls in pages] == [303, 409]
