"""Random stories of sharing and ending, compared with the paper forms in the drawer."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hub.core.clock import OPEN_END
from hub.core.grounds import OWN_WORK
from hub.core.ids import EnvelopeId, fresh
from hub.core.words import Category
from hub.door import (
    Ending,
    Sealing,
    To,
    join,
    leave,
    open_entries,
    seal,
    share,
    shut_expired,
    unshare,
)
from tests.grounds import Paper
from tests.world import Agency, Person, World, town

CATEGORIES = (Category.NEED, Category.LEGAL)
HOURS = st.integers(1, 72)


@dataclass
class Form:
    """One form in the drawer: what was shared with whose desk, until when."""

    envelope: EnvelopeId
    agency: str
    record: str
    until: datetime
    withdrawn: bool = False


@dataclass
class Drawer:
    """What a careful clerk would know."""

    forms: list[Form] = field(default_factory=list)
    entries: list[EnvelopeId] = field(default_factory=list)
    at_desk: dict[str, set[str]] = field(default_factory=dict)


class DoorStory(RuleBasedStateMachine):
    """Rosa writes and shares; desks change; releases are withdrawn; time passes."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        made = town("sqlite")
        self.world: World = self.stack.enter_context(made)[0]
        self.drawer = Drawer()
        for agency in self.agencies:
            self.drawer.at_desk[agency.id] = {
                p.id for p in self.people if p.agency == agency and "intake_worker" in p.roles
            }

    @property
    def agencies(self) -> list[Agency]:
        return [self.world.northside, self.world.eastway]

    @property
    def people(self) -> list[Person]:
        return [self.world.tomas, self.world.lena, self.world.noor, self.world.amin]

    @rule(category=st.sampled_from(CATEGORIES))
    def write(self, category: Category) -> None:
        with self.world.desk(self.world.rosa) as desk:
            own = [To(self.world.rosa.holder, OWN_WORK, OPEN_END)]
            made = seal(desk.db, desk.sight, Sealing(category, {"text": "x"}, ""), own)
        self.drawer.entries.append(made)

    @precondition(lambda self: self.drawer.entries)
    @rule(data=st.data(), hours=HOURS, which=st.integers(0, 1))
    def release(self, data: Any, hours: int, which: int) -> None:
        envelope = data.draw(st.sampled_from(self.drawer.entries))
        agency = self.agencies[which]
        until = self.world.now + timedelta(hours=hours)
        paper = Paper(fresh(), agency.id, frozenset(CATEGORIES), until)
        with self.world.desk(self.world.rosa) as desk:
            share(desk.db, desk.sight, envelope, [To(agency.desk, paper, until)])
        self.drawer.forms.append(Form(envelope, agency.id, paper.record, until))

    @precondition(lambda self: self.drawer.forms)
    @rule(data=st.data())
    def withdraw(self, data: Any) -> None:
        form = data.draw(st.sampled_from(self.drawer.forms))
        with self.world.desk(self.world.rosa) as desk:
            unshare(desk.db, desk.sight, Ending("withdrawn", record=form.record))
        form.withdrawn = True

    @rule(hours=HOURS, tidy=st.booleans())
    def wait(self, hours: int, tidy: bool) -> None:
        self.world.move(timedelta(hours=hours))
        if tidy:
            with self.world.hub.desk_of_the_house() as house:
                shut_expired(house.db, house.sight)

    @rule(data=st.data(), which=st.integers(0, 1), comes=st.booleans())
    def staff_changes(self, data: Any, which: int, comes: bool) -> None:
        agency = self.agencies[which]
        person = data.draw(st.sampled_from([p for p in self.people if p.agency == agency]))
        with self.world.hub.unit_of_work() as db:
            (join if comes else leave)(db, agency.desk, person.id, self.world.now)
        (set.add if comes else set.discard)(self.drawer.at_desk[agency.id], person.id)

    @invariant()
    def everyone_reads_what_the_forms_in_the_drawer_say_and_no_more(self) -> None:
        if not hasattr(self, "world"):
            return
        for person in self.people:
            agency = person.agency.id
            live = {
                form.envelope
                for form in self.drawer.forms
                if form.agency == agency and not form.withdrawn and self.world.now < form.until
            }
            expected = live if person.id in self.drawer.at_desk[agency] else set()
            with self.world.desk(person) as desk:
                assert set(open_entries(desk.db, desk.sight, self.drawer.entries)) == expected
        with self.world.desk(self.world.rosa) as desk:
            mine = open_entries(desk.db, desk.sight, self.drawer.entries)
            assert set(mine) == set(self.drawer.entries)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.stack.close()


TestDoorStory = DoorStory.TestCase
TestDoorStory.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
