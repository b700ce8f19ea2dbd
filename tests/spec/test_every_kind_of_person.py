"""Every kind of person at every address anybody was ever shown: their own open, no other is there.

The addresses are not a list somebody keeps: they are all that anybody's pages lead to, and all
that anybody's forms are sent to. A new page is tried on everybody as soon as somebody finds it.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest

from hub.cases.emergency.actions import open_in_emergency
from hub.cases.emergency.queries import current_entries
from hub.cases.tables import CaseRow
from hub.core.ids import CaseId
from hub.core.words import Role
from hub.door.keeping_out import Whom, keep_out
from tests import engines
from tests.clients import Answer, Browser
from tests.crawl import Seen, crawl, route_of
from tests.looks import LOGS, whole, writing
from tests.stories.told import Tale, told_until_withdrawn
from tests.world import Person, World, town

MARK: Final = re.compile(r"kanari(\w+?)x\b")
SLOT: Final = re.compile(r"/[a-z2-7]{26}(?=/|$|\?)")
OPEN_TO_ALL: Final = re.compile(r"^/(directory|pathways|find|account|static|sign|leave|notes)\b")
"""Addresses of services, and those at which everybody finds themselves alone."""
PIN: Final = "407182"


@dataclass
class Everybody:
    """The town of the story, with every kind of person in it."""

    tale: Tale
    number: str = ""
    emergency: str = ""
    people: dict[str, Person | None] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The town."""
        return self.tale.world

    def browser(self, kind: str) -> Browser:
        """A browser of this kind of person."""
        return self.world.browser(self.people[kind])


def told_to_everybody(world: World) -> Everybody:
    """The story, told until everybody has a part in it."""
    tale = told_until_withdrawn(world)
    case = CaseId(tale.case.split("/")[-1])
    made = Everybody(tale, people=_cast(world))
    _keep_out(world, case, world.joan, world.lena)
    _leave_work(world, made.people["who left their work"])
    _withdraw(tale, world)
    made.emergency = f"/emergency/{_emergency(world, case)}"
    made.number = _number(world, case)
    return made


def _cast(world: World) -> dict[str, Person | None]:
    gone = world.employs(world.northside, "Gil Moss", Role.INTAKE_WORKER)
    return {
        "nobody signed in": None,
        "her case manager, in the chair": world.rosa,
        "her case manager's supervisor": world.miriam,
        "a colleague who is kept out": world.joan,
        "a colleague in an emergency": world.dora,
        "the administrator of her agency": world.petra,
        "the privacy officer of her agency": world.paula,
        "who took the referral on": world.tomas,
        "who is kept out at that desk": world.lena,
        "the supervisor there": world.grace,
        "a case manager there": world.noor,
        "the administrator there": world.oskar,
        "who left their work": gone,
        "a guest whose release was taken back": world.amin,
        "a case manager elsewhere": world.sofia,
        "the administrator elsewhere": world.vera,
        "the coordinator": world.ines,
        "the administrator of the task force": world.ivor,
    }


def _keep_out(world: World, case: CaseId, *people: Person) -> None:
    with world.desk(world.rosa) as desk:
        for person in people:
            keep_out(desk.db, desk.sight, case, Whom(person.id, None))


def _leave_work(world: World, person: Person | None) -> None:
    assert person is not None
    oskar = world.browser(world.oskar)
    oskar.open(f"/staff/{person.id}")
    oskar.try_submit("/end", sure="yes")


def _withdraw(tale: Tale, world: World) -> None:
    tale.takes_back_her_release(world.eastway)


def _emergency(world: World, case: CaseId) -> str:
    with world.desk(world.dora) as desk:
        row = desk.db.get_one(CaseRow, case)
        assert current_entries(desk.db, case)
        return open_in_emergency(desk, row.code, "She called and nobody else is here")


def _number(world: World, case: CaseId) -> str:
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/own-copy")
    page = rosa.try_submit("/own-copy", lasting="week", pin=PIN, panic="915263", decided="yes")
    return re.findall(r"\d{4} \d{4} \d{4} \d{4}", page.text)[0]


@pytest.fixture(scope="module")
def everybody() -> Iterator[Everybody]:
    """The town; nothing in this file changes anything in it."""
    kind = os.environ.get("LINDEN_TEST_ENGINE", engines.SQLITE)
    with town(kind, told_to_everybody) as (world, told):
        told.tale.world = world
        yield told


@pytest.fixture(scope="module")
def seen(everybody: Everybody) -> dict[str, Seen]:
    """Everything each of them can open by following links."""
    also = {"a colleague in an emergency": [everybody.emergency]}
    return {
        kind: crawl(everybody.browser(kind), also=also.get(kind, [])) for kind in everybody.people
    }


def found(text: str) -> set[str]:
    """The marks in a text."""
    return set(MARK.findall(text))


def test_there_are_at_least_fourteen_kinds_of_person(everybody: Everybody) -> None:
    assert len(everybody.people) + len({"she herself"}) >= 14


READS_NOTHING: Final = (
    "nobody signed in",
    "a colleague who is kept out",
    "the administrator of her agency",
    "the privacy officer of her agency",
    "who is kept out at that desk",
    "a case manager there",
    "the administrator there",
    "who left their work",
    "a case manager elsewhere",
    "the administrator elsewhere",
    "the coordinator",
    "the administrator of the task force",
)


@pytest.mark.parametrize("kind", READS_NOTHING)
def test_whoever_has_no_part_in_it_reads_not_one_word(seen: dict[str, Seen], kind: str) -> None:
    assert found(seen[kind].text) == set()


CONTACT: Final = {"contact", "number", "safewhen", "answerer", "maysay", "codeword"}
PACKET: Final = {"asked", "questions", "name", "birth", "identity"} | CONTACT
ANSWERS: Final = {"appointment", "meetingplace", "note"}
READS: Final[Mapping[str, set[str]]] = {
    "who took the referral on": PACKET
    | ANSWERS
    | {"room", "itemneed", "itemneedtopic", "itemlegal", "itemlegaltopic"},
    "the supervisor there": PACKET | ANSWERS,
    "a guest whose release was taken back": {"room"},
}


@pytest.mark.parametrize("kind", READS)
def test_whoever_was_told_reads_exactly_what_they_were_told(
    seen: dict[str, Seen], kind: str
) -> None:
    assert found(seen[kind].text) == READS[kind]


def test_her_care_team_and_a_colleague_in_an_emergency_read_her_file(
    everybody: Everybody, seen: dict[str, Seen]
) -> None:
    file = {"location", "health", "safety", "children", "legal", "immigration", "account", "plan"}
    assert file <= found(seen["her case manager, in the chair"].text)
    assert file <= found(seen["her case manager's supervisor"].text)
    assert file <= found(seen["a colleague in an emergency"].text)


def test_she_herself_reads_what_was_shared_and_nothing_that_was_not(everybody: Everybody) -> None:
    hers = everybody.world.browser()
    hers.open("/notes")
    page = hers.try_submit("/notes", number=everybody.number, pin=PIN).text
    assert found(page) >= PACKET - {"questions"}
    assert not found(page) & {"location", "safety", "workings", "note", "reminder", "account"}


def test_the_emergency_is_over_after_fifteen_minutes(everybody: Everybody) -> None:
    kind = os.environ.get("LINDEN_TEST_ENGINE", engines.SQLITE)
    with town(kind, told_to_everybody) as (world, told):
        world.move(timedelta(minutes=15))
        read = crawl(world.browser(world.dora), also=[told.emergency])
        assert found(read.text) == set()


@dataclass(frozen=True)
class Try:
    """One address, and how it is asked for."""

    method: str
    path: str


def every_address(seen: Mapping[str, Seen]) -> list[Try]:
    """All that anybody's pages lead to, and all that anybody's forms are sent to."""
    tries: dict[Try, None] = {}
    for each in seen.values():
        for path in each.pages:
            tries[Try("GET", path)] = None
        for _page, form in each.forms:
            if form.method == "post":
                tries[Try("POST", form.action)] = None
    return [each for each in tries if SLOT.search(each.path) and not OPEN_TO_ALL.match(each.path)]


def own_addresses(seen: Seen) -> set[Try]:
    """What one of them was shown."""
    forms = {Try("POST", form.action) for _page, form in seen.forms}
    return {Try("GET", path) for path in seen.pages} | forms


ASK: Final[Mapping[str, Callable[[Browser, str], Answer]]] = {
    "GET": lambda browser, path: browser.get(path),
    "POST": lambda browser, path: browser.post(path),
}


def absent(everybody: Everybody, kind: str) -> dict[str, Any]:
    """What an address that never was answers this kind of person."""
    page = everybody.browser(kind).get(f"/cases/{'a' * 26}")
    change = everybody.browser(kind).post(f"/cases/{'a' * 26}/entries")
    return {"GET": whole(page), "POST": whole(change)}


KINDS: Final = (*READS_NOTHING, *READS, "a colleague in an emergency")


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_of_others_is_there_for_them(
    everybody: Everybody, seen: dict[str, Seen], kind: str
) -> None:
    mine, nothing, wrong = own_addresses(seen[kind]), absent(everybody, kind), []
    browser = everybody.browser(kind)
    shared = {SLOT.sub("", each.path) for each in mine}
    for each in every_address(seen):
        if each in mine:
            continue
        with writing(everybody.world) as tables:
            answer = ASK[each.method](browser, each.path)
        if whole(answer) != nothing[each.method] or tables - LOGS:
            wrong.append((each, answer.status_code, tables, SLOT.sub("", each.path) in shared))
    assert not wrong


def test_the_addresses_tried_cover_every_page_about_a_person(seen: dict[str, Seen]) -> None:
    tried = {route_of(each.path, each.method) for each in every_address(seen)}
    assert len(tried) > 40
    assert {"show_case", "show_referral", "show_release", "ledger", "show_conference"} <= tried
