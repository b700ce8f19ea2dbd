"""The town the benchmark runs in: a full inbox, drafts ready to send, a conference of twelve."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from sqlmodel import col, select

from conferencing import actions as conferences
from conferencing import agendas, item_actions
from conferencing import queries as tables
from conferencing.actions import Arrangements
from conferencing.conference import Kind, Reason, Step
from conferencing.item_actions import Giving, Proposal
from conferencing.tables import ItemRow, SeatRow
from hub.consent import actions as consent
from hub.core.ids import PersonId, SeatId, fresh
from hub.core.words import Category, Priority, Purpose, Role, ServiceType
from hub.desk import Desk
from hub.people import sessions
from hub.web.form import Form
from pathways.referrals import drafts, lists, queries, sending
from pathways.referrals.drafts import Draft, Reminder
from pathways.referrals.packet import Ask
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.referral import Stage
from tests.benchmarks.runner import Call, Took, took_of
from tests.referring import SAID, Story, begin, terms
from tests.world import Agency, Person, World, build

SENT: Final = (Category.IDENTITY, Category.CONTACT, Category.HEALTH)
RELEASED: Final = frozenset({Category.NEED, *SENT})
PRIORITIES: Final = tuple(Priority)
AT_ONCE: Final = 250
PEOPLE: Final = 12
ITEMS: Final = 20


@dataclass(slots=True)
class Bench:
    """A world full of work, and what is needed to ask it for more."""

    world: World
    story: Story

    @classmethod
    def open(cls, data: Path) -> "Bench":
        """A world on the embedded engine with one case released to Northside."""
        world = build(data)
        return cls(world, begin(world, RELEASED, days=60))

    @contextmanager
    def desk(self, person: Person, version: int = 1) -> Iterator[Desk]:
        """A desk whose form names this version."""
        form = Form({"version": [str(version)]}, self.world.hub.settings.zone)
        with self.world.hub.desk_of(person.id, form) as desk:
            yield desk

    def session(self, person: Person) -> tuple[str, str]:
        """A session's cookie and its token for forms."""
        with self.world.hub.unit_of_work() as db:
            token = sessions.start(db, person.id, self.world.now)
            visitor = sessions.find(db, token, self.world.now)
        return token, visitor.csrf if visitor else ""

    def fill_inbox(self, count: int) -> None:
        """So many referrals at Northside's desk, sent by the product's own actions."""
        for done in range(0, count, AT_ONCE):
            with self.desk(self.world.rosa, 2) as desk:
                for number in range(min(AT_ONCE, count - done)):
                    ref = self._drafted(desk, done + number)
                    sending.send(desk, queries.draft(desk, ref), None)
            self.world.move(timedelta(seconds=30))

    def drafts(self, count: int) -> list[str]:
        """The refs of so many drafts that only wait to be sent."""
        refs: list[str] = []
        for done in range(0, count, AT_ONCE):
            with self.desk(self.world.rosa) as desk:
                refs += [self._drafted(desk, n) for n in range(min(AT_ONCE, count - done))]
        return refs

    def _drafted(self, desk: Desk, number: int) -> str:
        found = drafts.opening(desk, self.story.case, self.story.service)
        draft = Draft(
            kind=ServiceType.LEGAL_ASSISTANCE,
            release=self.story.release,
            priority=PRIORITIES[number % len(PRIORITIES)],
            ask=Ask(words=SAID[Category.NEED]["text"], approved=desk.at.date(), questions=""),
            sources=tuple(self.story.entries[category] for category in SENT),
        )
        ref = drafts.start(desk, found, draft)
        row = queries.draft(desk, ref)
        said = Reminder(desk.at, ReminderMode.PHONE, "She heard what goes to whom and agreed.")
        form, desk.form = desk.form, Form({"version": [str(row.version)]}, desk.form.zone)
        drafts.remind(desk, row, said)
        desk.form = form
        return ref

    def sends(self, count: int) -> Iterator[Call]:
        """Calls that each send one of so many drafts."""
        cookie, csrf = self.session(self.world.rosa)
        for ref in self.drafts(count):
            with self.desk(self.world.rosa) as desk:
                version = str(queries.draft(desk, ref).version)
            fields = (("csrf", csrf), ("once", fresh()), ("version", version))
            yield Call("POST", f"/referrals/{ref}/send", cookie, fields, 303)

    def any_received(self) -> str:
        """Some referral's address at Northside."""
        with self.world.desk(self.world.tomas) as desk:
            return lists.inbox(desk, Stage.ASKED).lines[0].ref


@dataclass(slots=True)
class Table:
    """A conference of twelve people and twenty items."""

    bench: Bench
    seats: list[tuple[Person, SeatId]]

    @classmethod
    def called(cls, bench: Bench) -> "Table":
        """Call it, write the items, admit them; half of the guests hold releases for all."""
        world = bench.world
        guests = _guests(world)
        with bench.desk(world.rosa) as desk:
            to = terms(world.northside, world, RELEASED, 60)
            purposes = to.purposes | {Purpose.CONFERENCE}
            consent.record_release(desk, bench.story.case, replace(to, purposes=purposes))
            when = Arrangements(world.now + timedelta(days=1), 120, "Room 2")
            seat = conferences.prepare(desk, next(iter(Kind)), next(iter(Reason)), when)
        with bench.desk(world.rosa) as desk:
            conferences.invite(desk, tables.my_place(desk, seat), [g.id for g in guests])
            place = tables.my_place(desk, seat)
            conferences.take_step(desk, place, Step.CALL, place.meeting.version)
        for number in range(ITEMS):
            _item(bench, seat, number)
        with world.hub.unit_of_work() as db:
            rows = db.exec(select(SeatRow).order_by(col(SeatRow.person))).all()
        people = {person.id: person for person in [world.rosa, *guests]}
        return cls(bench, [(people[PersonId(r.person)], SeatId(r.id)) for r in rows])

    def compiled(self) -> int:
        """Every participant's agenda, opened and numbered; how many lines they have together."""
        lines = 0
        for person, seat in self.seats:
            with self.bench.desk(person) as desk:
                place = tables.my_place(desk, seat)
                mine = agendas.opened(desk, place)
                lines += len(mine.items)
        return lines


def _guests(world: World) -> list[Person]:
    def more(agency: Agency, count: int) -> list[Person]:
        return [
            world.employs(agency, f"Guest {n} of {agency.name}", Role.CASE_MANAGER)
            for n in range(count)
        ]

    return [*more(world.northside, 6), *more(world.eastway, PEOPLE - 7)]


def _item(bench: Bench, seat: SeatId, number: int) -> None:
    world = bench.world
    with bench.desk(world.rosa) as desk:
        proposal = Proposal(
            case=bench.story.case,
            category=SENT[number % len(SENT)],
            presenter=world.rosa.id,
            minutes=5,
            topic=f"Topic {number}",
            text="What changes before the hearing?",
        )
        item = item_actions.propose(desk, tables.my_place(desk, seat), proposal)
        row = desk.db.get_one(ItemRow, item)
        said = Reminder(desk.at, ReminderMode.PHONE, "She agreed.")
        giving = Giving(row.version, said, "", None)
        item_actions.admit(desk, tables.my_place(desk, seat), row, giving)


def timed(work: Callable[[], object], count: int) -> Took:
    """How long so many runs of a piece of work took, one after the other."""
    took: list[float] = []
    for _turn in range(count):
        began = perf_counter()
        work()
        took.append(perf_counter() - began)
    return took_of(took, sum(took))
