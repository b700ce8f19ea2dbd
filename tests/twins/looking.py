"""All that reaches one person in one town, with what is drawn at random named by its order."""

import re
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from hub.store.outbox import OutboxRow
from tests.clients import Answer
from tests.crawl import LEAVING
from tests.looks import whole
from tests.world import World

DRAWN: Final = re.compile(r"\b(?:[a-z2-7]{26}|RF-[2-9A-Z]{4}-[2-9A-Z]{2}|[A-Z]{4,12}-\d{2,3})\b")
"""Ids, numbers of referrals and codes of cases: random in each town, so named by their order."""
ELSEWHERE: Final = re.compile(r"^/(directory|find|pathways|static|account|log)\b")
"""Pages about services and about the reader alone; the map has proofs of its own."""
MOST_PAGES: Final = 60


class Names:
    """Names for what is drawn at random, in the order in which it is first seen."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._given: dict[str, str] = {}

    def named(self, text: str) -> str:
        """The text with a name in the place of everything random that is not of the cast."""
        return DRAWN.sub(self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        said = found[0]
        if said in self._known:
            return said
        return self._given.setdefault(said, f"random-{len(self._given)}")


def looks(world: World, name: str) -> list[Any]:
    """Every page the person can reach by links, in the order found, and every message for them."""
    person = world.town.people[name]
    names = Names(_cast(world))
    browser, waiting, seen = world.browser(person), ["/"], list[Any]()
    known = set(waiting)
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        answer = browser.get(path)
        seen.append((names.named(path), _said(answer, names)))
        links = list(browser.links)
        if answer.status_code == 303:
            links.append(answer.headers["location"])
        for link in links:
            if link.startswith("/") and link not in known and not _left_out(link):
                known.add(link)
                waiting.append(link)
    return [*seen, ("mail", _mail(world, person.id))]


def _left_out(link: str) -> bool:
    return bool(LEAVING.match(link) or ELSEWHERE.match(link))


def _said(answer: Answer, names: Names) -> tuple[int, str, str]:
    status, headers, text = whole(answer)
    return status, names.named(str(headers)), names.named(text)


def _cast(world: World) -> frozenset[str]:
    people = {person.id for person in world.town.people.values()}
    return frozenset(people | {agency.id for agency in world.town.agencies.values()})


def _mail(world: World, person: str) -> list[Any]:
    """Which messages wait for this person or have left: of which kind, and when."""
    with world.hub.unit_of_work() as db:
        mine = select(col(OutboxRow.letter), col(OutboxRow.made_at), col(OutboxRow.due_at)).where(
            col(OutboxRow.person) == person, col(OutboxRow.dropped_at).is_(None)
        )
        return sorted(tuple(row) for row in db.execute(mine))
