"""Everybody looks at a story's world: through the door, and at every page they might try."""

import json
import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from conferencing import actions, queries
from hub.core.ids import EnvelopeId
from hub.door import open_entries, seen
from hub.door.tables import EnvelopeRow
from tests.oracle import oracle
from tests.oracle.chronicle import Chronicle

WORD: Final = re.compile(r"[a-z]+[0189]{5}")
SEAT: Final = re.compile(r"/conferences/[a-z2-7]{26}")
LISTS: Final = ("/", "/cases", "/referrals", "/referrals/sent", "/conferences")


def expected(tale: Chronicle) -> dict[str, set[str]]:
    """What each person may read now, as the oracle has it."""
    found: dict[str, set[str]] = {person: set() for person in tale.people()}
    for word in tale.kinds:
        for person in oracle.readers(tale.facts, word, tale.now):
            found[person].add(word)
    return found


def through_the_door(tale: Chronicle, person: str) -> set[str]:
    """Every word in any envelope that opens to somebody, whichever it is."""
    with tale.world.desk(tale.world.town.people[person]) as desk:
        every = desk.db.execute(seen(select(col(EnvelopeRow.id)), desk.sight)).scalars()
        opened = open_entries(desk.db, desk.sight, [EnvelopeId(each) for each in every])
    return {word for entry in opened.values() for word in WORD.findall(json.dumps(entry.body))}


def compare_doors(tale: Chronicle) -> int:
    """Ask the door about every person and every word; how many answers agreed."""
    reads = expected(tale)
    for person in tale.people():
        found = through_the_door(tale, person)
        assert found == reads[person], (person, found - reads[person], reads[person] - found)
    return len(tale.people()) * len(tale.kinds)


def seats_of(tale: Chronicle, person: str) -> list[str]:
    """The pages of the meetings somebody finds on their list, with the statement confirmed."""
    who = tale.world.town.people[person]
    browser = tale.world.browser(who)
    browser.get("/conferences")
    found = sorted({link.split("?")[0] for link in browser.links if SEAT.fullmatch(link)})
    for path in found:
        with tale.world.desk(who) as desk:
            actions.acknowledge(desk, queries.my_place(desk, path.rpartition("/")[2]))
    return found


def on_pages(tale: Chronicle, person: str, paths: Iterable[str]) -> dict[str, tuple[int, set[str]]]:
    """What each page answers somebody, and which words stand on it."""
    browser = tale.world.browser(tale.world.town.people[person])
    found = {}
    for path in paths:
        answer = browser.get(path)
        away = answer.headers.get("location", "").startswith("/sign-in")
        found[path] = 404 if away else answer.status_code, set(WORD.findall(answer.text))
    return found


def compare_pages(tale: Chronicle) -> int:
    """Every page of the story for everybody: no word too many, none too few, no page too many."""
    reads, compared = expected(tale), 0
    for person in tale.people():
        seats = seats_of(tale, person)
        pages = on_pages(tale, person, [*LISTS, *tale.doors, *seats])
        for path, (_status, words) in pages.items():
            assert words <= reads[person], (person, path, words - reads[person])
        for path in tale.doors:
            compared += compare_page(tale, person, path, pages[path], tale.pages[path])
        said = {word for path in seats for word in pages[path][1]}
        assert agenda(tale, person) <= said, (person, agenda(tale, person) - said)
        compared += len(pages) * len(tale.kinds)
    return compared


def compare_page(
    tale: Chronicle,
    person: str,
    path: str,
    page: tuple[int, set[str]],
    marks: set[tuple[str, str]],
) -> int:
    """One page: whether it is there at all, and whether all that should be is on it."""
    status, words = page
    there = person in welcome(tale, path)
    assert (status in FOUND) == there, (person, path, tale.doors[path], status)
    may = {word for _kind, word in marks if oracle.may_see(tale.facts, person, word, tale.now)}
    missing = {word for word in may if WORD.fullmatch(word)} - words
    passed_on = person in colleagues(tale, path)
    assert status != 200 or passed_on or not missing, (person, path, missing)
    return 1


def welcome(tale: Chronicle, path: str) -> set[str]:
    """For whom a page exists: the side it was made for, while they may read what it is about."""
    side, thing = tale.doors[path]
    at_side = SIDES[side](tale.facts, thing, tale.now)
    known = at_side & oracle.readers(tale.facts, thing, tale.now)
    told = oracle.duties(tale.facts, tale.now).items()
    working = {who for who, (_at, roles) in told if roles & ROLES[side]}
    return (known | colleagues(tale, path)) & working


def colleagues(tale: Chronicle, path: str) -> set[str]:
    """Those at a desk whose colleague took the referral on: they are told that, and its number."""
    side, thing = tale.doors[path]
    if side != "receiver":
        return set()
    at = tale.now
    found = {
        person
        for ref, release, receiver, opens in oracle.handed(tale.facts, thing, "went", at)
        if oracle.stands(tale.facts, release, at) and opens <= at
        if oracle.first(tale.facts, "took_on", at, ref) is not None
        if oracle.first(tale.facts, "ended", at, ref) is None
        for person in oracle.those(tale.facts, receiver, "intake_worker", at)
    }
    few = oracle.a_release(tale.facts, thing, at)
    return found - few - oracle.kept_out(tale.facts, thing, at)


def agenda(tale: Chronicle, person: str) -> set[str]:
    """Every item on an agenda of a meeting somebody sits at that they may read."""
    gone = {meeting for meeting, who in tale.known("unseated") if who == person}
    mine = {meeting for meeting, who in tale.known("seated") if who == person} - gone
    off = {word for (word,) in tale.known("taken_off")}
    working = oracle.duties(tale.facts, tale.now)[person][1] & AT_THE_TABLE
    return {
        word
        for word, meeting, _case, _category in tale.known("item")
        if meeting in mine and word not in off and (word,) in tale.known("on")
        if working and oracle.may_see(tale.facts, person, word, tale.now)
    }


AT_THE_TABLE: Final = oracle.WITH_PEOPLE | {"coordinator"}
FOUND: Final = {200, 303}
SIDES: Final = {
    "team": oracle.own_work,
    "sender": oracle.own_work,
    "receiver": oracle.a_release,
    "asked": oracle.an_offer,
}
CASEWORK: Final = frozenset({"case_manager", "supervisor"})
ROLES: Final = {
    "team": CASEWORK,
    "sender": oracle.WITH_PEOPLE,
    "receiver": oracle.WITH_PEOPLE,
    "asked": CASEWORK,
}
"""Whose work a page belongs to; whoever does other work finds none there."""
