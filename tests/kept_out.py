"""A life of a case that somebody must never know of, and all that they are shown and sent."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import col, select

from hub.app import all_routes
from hub.cases import actions as cases
from hub.cases.actions import CaseOpening
from hub.cases.handover import Offering, offer_case
from hub.cases.keeping import actions as keeping
from hub.cases.keeping import conflicts
from hub.consent import actions as consent
from hub.consent.terms import Mode
from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, CaseId, PersonId, ServiceId
from hub.core.words import Category
from hub.store.outbox import OutboxRow
from tests.clients import Browser
from tests.referring import NARROW, SAID, Story, terms
from tests.table import Table, normal, releases
from tests.world import Person, World

HOLE: Final = re.compile(r"\{(\w+)\}")
NOWHERE: Final = "a" * 26
NOT_WALKED: Final = ("/leave", "/session", "/sign-out")
MORE: Final = ("/referrals?show=taken", "/referrals?show=over", "/referrals?show=paused")


HERS: Final = SAID | {
    Category.IDENTITY: {"name": "Nadia Quill", "spoken_of": "she", "pronouns": "", "text": ""}
}


@dataclass
class Browsers:
    """One browser for each of the cast, in which they stay signed in."""

    world: World
    open: dict[str, Browser] = field(default_factory=dict)

    def of(self, person: Person) -> Browser:
        """Somebody's browser."""
        if person.id not in self.open:
            self.open[person.id] = self.world.browser(person)
        return self.open[person.id]


@dataclass
class Hidden:
    """One case of Rosa's, from its opening on; `ids` are all by which it could be asked for."""

    browsers: Browsers
    service: ServiceId
    table: Table
    case: CaseId = field(default=CaseId(""))
    ids: list[tuple[str, str]] = field(default_factory=list)

    @property
    def world(self) -> World:
        """The town it is in."""
        return self.browsers.world

    def opens(self) -> None:
        """Rosa opens it; nothing is written in it yet."""
        with self.world.desk(self.world.rosa) as desk:
            self.case = cases.open_case(desk, CaseOpening())
        self.ids.append(("case", self.case))

    def lives(self) -> None:
        """It is written down, released, referred, taken on by Lena, on an agenda, and offered."""
        story = self._told()
        if story is not None:
            self._referred(story)
        world = self.world
        with suppress(StepRefused):  # perhaps nobody there may ever know
            releases(world, world.rosa, self.case, world.eastway, {Category.HEALTH})
        item = self.table.proposes(world.rosa, self.case, Category.HEALTH, "Penicillin")
        with suppress(StepRefused):  # perhaps nobody there may hear it
            self.table.admits(world.rosa, item)
        self.ids.append(("item", item))

    def _told(self) -> Story | None:
        world = self.world
        with world.desk(world.rosa) as desk:
            said = {c: cases.write_entry(desk, self.case, c, body) for c, body in HERS.items()}
        self.ids += [("entry", each) for each in said.values()]
        try:
            with world.desk(world.rosa) as desk:
                asked = terms(world.northside, world, NARROW)
                release = consent.record_release(desk, self.case, asked)
        except StepRefused:  # everybody there is kept out
            return None
        self.ids.append(("release", release))
        return Story(world, self.case, self.service, release, said)

    def _referred(self, story: Story) -> None:
        ref = story.send(Category.IDENTITY, Category.CONTACT)
        theirs = story.received(ref)
        self.ids += [("referral", ref), ("referral", theirs.split("/")[-1])]
        for taker in (self.world.lena, self.world.tomas):
            if self.browsers.of(taker).get(theirs).status_code == 200:
                self._accepts(taker, theirs)
                break

    def _accepts(self, person: Person, theirs: str) -> None:
        browser = self.browsers.of(person)
        browser.open(theirs)
        browser.submit("/accept")

    def offers_to(self, person: Person) -> None:
        """Rosa offers the case to a colleague."""
        with self.world.desk(self.world.rosa) as desk:
            made = offer_case(desk, self.case, Offering(PersonId(person.id), "Please"))
        self.ids.append(("offer", made))

    def keeps_out(self, person: Person) -> None:
        """Rosa keeps a person out, by her wish."""
        with self.world.desk(self.world.rosa) as desk:
            keeping.keep_person_out(desk, self.case, PersonId(person.id))

    def keeps_agency_out(self, person: Person) -> None:
        """Rosa keeps the whole agency of somebody out, by her wish."""
        with self.world.desk(self.world.rosa) as desk:
            agency = AgencyId(person.agency.id)
            keeping.keep_agency_out(desk, self.case, agency, Mode.IN_PERSON)

    def paths(self, method: str) -> Iterator[tuple[str, str]]:
        """Each address with an id of it, beside the same address with an id that nothing has."""
        for route in all_routes():
            holes = HOLE.findall(route.path)
            for name, id in self.ids:
                if route.method == method and name in holes:
                    filled = {each: NOWHERE for each in holes} | {name: id}
                    filled |= {"step": "accept"} if "step" in holes else {}
                    path = route.path.format(**filled)
                    yield path, path.replace(id, NOWHERE)


def says_they_know(world: World, person: Person, name: str = "Nadia Quill") -> None:
    """Somebody writes a name on the page of people they know."""
    with world.desk(person) as desk:
        conflicts.declare(desk, name)


def shown(browsers: Browsers, person: Person, seat: str) -> dict[str, object]:
    """Every page without an id, the meeting, its calendar file, and what waits to be mailed."""
    fixed = [r.path for r in all_routes() if r.method == "GET" and "{" not in r.path]
    fixed += [*MORE, f"/conferences/{seat}", f"/conferences/{seat}/meeting.ics"]
    walked = [path for path in fixed if not path.startswith(NOT_WALKED)]
    browser = browsers.of(person)
    found: dict[str, object] = {path: as_it_came(browser, "GET", path) for path in walked}
    with browsers.world.hub.unit_of_work() as db:
        mine = select(OutboxRow).where(
            col(OutboxRow.person) == person.id, col(OutboxRow.dropped_at).is_(None)
        )
        found["mail"] = sorted((row.letter.value, row.due_at) for row in db.exec(mine))
    return found


def as_it_came(browser: Browser, method: str, path: str) -> object:
    """One answer, byte by byte but for what differs between two openings of the same page."""
    answer = browser.get(path) if method == "GET" else browser.post(path, version="1")
    kept = {k: v for k, v in answer.headers.items() if k not in {"date", "set-cookie"}}
    headers = {name: normal(words) for name, words in kept.items()}
    return answer.status_code, headers, normal(answer.text)
