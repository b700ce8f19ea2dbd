"""A conference for tests: Rosa's case, releases of its survivor, a table, items and agendas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from conferencing import actions, item_actions, queries
from conferencing.agendas import my_agenda
from conferencing.conference import Kind, Reason, Step
from conferencing.item_actions import Giving, Proposal, Resolution
from conferencing.queries import Place
from conferencing.views import MyAgenda
from hub.cases.actions import CaseOpening, open_case
from hub.consent.actions import record_release
from hub.consent.terms import Given, Manner, Mode, ReleaseTerms, Said
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId, ItemId, PersonId, ReleaseId
from hub.core.words import Category, Purpose
from hub.desk import Desk
from hub.door import seen
from hub.door.tables import ShareRow
from pathways.referrals.drafts import Reminder
from pathways.referrals.reasons import ReminderMode
from tests.clients import Browser
from tests.world import Agency, Person, World

TWO_HOURS = timedelta(hours=2)
PLACE = "The green room, second floor"
REMINDED = {"mode": "phone", "said": "She heard who will read it and agreed."}
NORMAL = re.compile(
    r'(name="(?:csrf|once)" value="|nonce="|nonce-)[^"\']*|#[0-9a-f]{8}(?=")', re.IGNORECASE
)


@dataclass
class Table:
    """One conference chaired by somebody, about cases of one agency at a time."""

    world: World
    chair: Person
    guests: list[Person] = field(default_factory=list)
    conference: str = ""

    def __post_init__(self) -> None:
        arranged = actions.Arrangements(self.world.now + TWO_HOURS, 90, PLACE)
        with self.world.desk(self.chair) as desk:
            kind, reason = Kind.CASE_CONFERENCE, Reason.COMPLEX
            made = actions.prepare(desk, kind, reason, arranged)
            self.conference = queries.my_place(desk, made).meeting.id
        self.invites(*self.guests)

    def place(self, desk: Desk, person: Person) -> Place:
        """Somebody's place at this table."""
        return queries.my_place(desk, self._seat(desk, person))

    def _seat(self, desk: Desk, person: Person) -> str:
        found = queries.seats(desk.db, self.conference)
        return next(seat.id for seat in found if seat.person == person.id)

    def seat(self, person: Person) -> str:
        """The id of somebody's seat, as only the store knows it."""
        with self.world.desk(self.chair) as desk:
            return self._seat(desk, person)

    def invites(self, *people: Person) -> None:
        """The chair gives seats."""
        with self.world.desk(self.chair) as desk:
            place = self.place(desk, self.chair)
            actions.invite(desk, place, [PersonId(person.id) for person in people])

    def moves(self, *steps: Step) -> None:
        """The chair moves the meeting on."""
        for step in steps:
            with self.world.desk(self.chair) as desk:
                place = self.place(desk, self.chair)
                actions.take_step(desk, place, step, place.meeting.version)

    def called(self) -> "Table":
        """The same, with the invitations sent."""
        self.moves(Step.CALL)
        return self

    def confirmed(self, *people: Person) -> None:
        """These people confirm the statement."""
        for person in people:
            with self.world.desk(person) as desk:
                actions.acknowledge(desk, self.place(desk, person))

    def proposes(
        self, owner: Person, case: CaseId, category: Category, topic: str = "A topic"
    ) -> ItemId:
        """Somebody writes an item that nobody else can read yet."""
        proposal = Proposal(case, category, owner.id, 12, topic, "What do we do?")
        with self.world.desk(owner) as desk:
            return item_actions.propose(desk, self.place(desk, owner), proposal)

    def admits(self, owner: Person, item: ItemId) -> None:
        """The same person puts it on the agenda."""
        with self.world.desk(owner) as desk:
            place = self.place(desk, owner)
            row = queries.own_item(desk, place, item)
            reminder = Reminder(desk.at, ReminderMode.PHONE, "She agreed.")
            item_actions.admit(desk, place, row, Giving(row.version, reminder, "For her.", None))

    def puts(
        self, owner: Person, case: CaseId, category: Category, topic: str = "A topic"
    ) -> ItemId:
        """Somebody writes an item and puts it on the agenda."""
        item = self.proposes(owner, case, category, topic)
        self.admits(owner, item)
        return item

    def agenda(self, person: Person) -> MyAgenda:
        """Somebody's agenda as it stands."""
        with self.world.desk(person) as desk:
            return my_agenda(desk, self.place(desk, person))

    def topics(self, person: Person) -> list[str]:
        """Somebody's agenda, as "1. Topic"."""
        return [f"{item.number}. {item.topic}" for item in self.agenda(person).items]

    def address(self, person: Person) -> str:
        """The address of this meeting for somebody."""
        return f"/conferences/{self.seat(person)}"

    def browser(self, person: Person) -> Browser:
        """Somebody's browser, with the statement confirmed and the meeting open."""
        self.confirmed(person)
        browser = self.world.browser(person)
        browser.open(self.address(person))
        return browser


def opens_case(world: World, owner: Person, code: str = "") -> CaseId:
    """Somebody opens a case."""
    with world.desk(owner) as desk:
        return open_case(desk, CaseOpening(code=code))


def releases(
    world: World,
    owner: Person,
    case: CaseId,
    to: Agency,
    categories: Iterable[Category],
    **more: object,
) -> ReleaseId:
    """The survivor lets that agency hear about these things at case conferences."""
    days = more.get("days", 30)
    purpose = more.get("purpose", Purpose.CONFERENCE)
    assert isinstance(days, int)
    assert isinstance(purpose, Purpose)
    terms = ReleaseTerms(
        to_agency=to.id,
        purposes=frozenset({purpose}),
        service_types=frozenset(),
        categories=frozenset(categories),
        starts=world.now,
        ends=world.now + timedelta(days=days),
        given=Given(Manner.SIGNATURE, frozenset(Said), not_the_abuser=True),
    )
    with world.desk(owner) as desk:
        return record_release(desk, case, terms)


def withdraws(world: World, owner: Person, *found: ReleaseId) -> None:
    """She takes releases back by phone."""
    with world.desk(owner) as desk:
        withdraw(desk, found, Withdrawal(Mode.PHONE))


def normal(page: str) -> str:
    """A page without what differs between two openings of the very same page."""
    return NORMAL.sub(r"\1", page)


def decides(table: Table, item: ItemId, owner: Person, doer: Person, words: str) -> str:
    """The owner of an item writes down what was agreed about it."""
    with table.world.desk(owner) as desk:
        place = table.place(desk, owner)
        due = table.world.now + timedelta(days=3)
        resolution = Resolution(words, doer.id, due)
        row = queries.own_item(desk, place, item)
        return item_actions.record_decision(desk, place, row, resolution)


def live_shares(world: World) -> int:
    """How many shares are open to anybody."""
    with world.desk(world.rosa) as desk:
        asked = select(func.count()).where(col(ShareRow.wrapped).is_not(None))
        return int(desk.db.execute(seen(asked, desk.sight)).scalar_one())
