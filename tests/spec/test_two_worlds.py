"""The same town twice: what one person may not see happens in one of them, and leaves no trace.

Both worlds are copies of one town, so that ids agree; in the second, others go on working. Every
page this person can reach, every file and every message must then be the same to the last byte.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.store.outbox import OutboxRow
from tests.crawl import crawl
from tests.looks import whole
from tests.stories.told import Tale, told_until_withdrawn
from tests.world import World, town

Event = Callable[[Tale], None]


def rosa_writes_what_was_released_to_nobody(tale: Tale) -> None:
    tale.writes("safety", text="He was seen at the station")
    tale.writes("location", text="She moved to the third floor")
    tale.writes("workings", text="Ask again about the brother")


def rosa_puts_more_on_the_agenda_for_her_own_team(tale: Tale) -> None:
    for category in ("money", "family", "account"):
        tale.puts_on_the_agenda(category)


def joan_works_with_eastway_for_somebody_else(tale: Tale) -> None:
    """A second survivor, a release, a conference without the observer."""
    other = replace(tale, typed={}, case="", releases={}, chair="", as_whom=tale.world.joan)
    other.opens_a_case()
    other.listens()
    other.signs_a_release(tale.world.eastway, ["conference"], ["need", "health"])
    other.calls_a_conference([tale.world.edith])
    other.puts_on_the_agenda("health")


def joan_refers_somebody_to_eastway(tale: Tale) -> None:
    other = replace(tale, typed={}, case="", releases={}, as_whom=tale.world.joan)
    other.opens_a_case()
    other.listens()
    other.signs_a_release(tale.world.eastway, ["referral"], ["identity", "contact", "need"])
    other.refers_her(tale.services["Clinic"])


def sofia_opens_a_case_at_eastway(tale: Tale) -> None:
    other = replace(tale, typed={}, case="", releases={}, as_whom=tale.world.sofia)
    other.opens_a_case()
    other.writes("need", text="A place to stay")


def noor_opens_a_case_at_northside(tale: Tale) -> None:
    other = replace(tale, typed={}, case="", releases={}, as_whom=tale.world.noor)
    other.opens_a_case()
    other.writes("legal", text="A hearing in March")


def she_releases_more_to_eastway(tale: Tale) -> None:
    tale.signs_a_release(tale.world.eastway, ["coordination"], ["health", "children"])


def tomas_goes_on_with_his_work(tale: Tale) -> None:
    tomas = tale.browser(tale.world.tomas)
    tomas.open(tale.received)
    tomas.submit("/notes", note="The court answered")
    tomas.submit("/steps/start")


def petra_invites_somebody_and_makes_a_team(tale: Tale) -> None:
    petra = tale.browser(tale.world.petra)
    petra.open("/staff/invite")
    petra.submit("/staff/invite", email="new@harbour.example", roles=["case_manager"])
    petra.open("/teams")
    petra.submit("/teams", name="Night team")


HARBOUR: list[Event] = [
    rosa_writes_what_was_released_to_nobody,
    joan_works_with_eastway_for_somebody_else,
    joan_refers_somebody_to_eastway,
    petra_invites_somebody_and_makes_a_team,
]
UNSEEN: dict[str, list[Event]] = {
    "tomas": [
        *HARBOUR,
        rosa_puts_more_on_the_agenda_for_her_own_team,
        sofia_opens_a_case_at_eastway,
        noor_opens_a_case_at_northside,
        she_releases_more_to_eastway,
    ],
    "lena": [
        *HARBOUR,
        rosa_puts_more_on_the_agenda_for_her_own_team,
        sofia_opens_a_case_at_eastway,
        noor_opens_a_case_at_northside,
        she_releases_more_to_eastway,
        tomas_goes_on_with_his_work,
    ],
    "noor": [*HARBOUR, she_releases_more_to_eastway, tomas_goes_on_with_his_work],
    "grace": [*HARBOUR, sofia_opens_a_case_at_eastway, she_releases_more_to_eastway],
    "amin": [
        rosa_writes_what_was_released_to_nobody,
        rosa_puts_more_on_the_agenda_for_her_own_team,
        noor_opens_a_case_at_northside,
        tomas_goes_on_with_his_work,
        petra_invites_somebody_and_makes_a_team,
    ],
    "joan": [
        rosa_writes_what_was_released_to_nobody,
        rosa_puts_more_on_the_agenda_for_her_own_team,
        she_releases_more_to_eastway,
        tomas_goes_on_with_his_work,
        petra_invites_somebody_and_makes_a_team,
    ],
    "dora": [*HARBOUR, tomas_goes_on_with_his_work, she_releases_more_to_eastway],
    "petra": [
        rosa_writes_what_was_released_to_nobody,
        joan_works_with_eastway_for_somebody_else,
        tomas_goes_on_with_his_work,
    ],
    "sofia": [*HARBOUR, tomas_goes_on_with_his_work],
    "ines": [*HARBOUR, tomas_goes_on_with_his_work, noor_opens_a_case_at_northside],
}
"""What happens in the second world, for each person who must not notice."""


@contextmanager
def copy(kind: str) -> Iterator[Tale]:
    with town(kind, told_until_withdrawn) as (world, told):
        yield replace(told, world=world)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_one_may_not_see_leaves_no_trace(name: str, engine_kind: str) -> None:
    with copy(engine_kind) as calm, copy(engine_kind) as busy:
        for event in UNSEEN[name]:
            event(busy)
        assert looks(calm.world, name) == looks(busy.world, name)


def looks(world: World, name: str) -> dict[str, Any]:
    """All that reaches one person: every page with its headers, and how often they get mail."""
    person = world.town.people[name]
    seen = crawl(world.browser(person))
    pages: dict[str, Any] = {path: whole(answer) for path, answer in seen.pages.items()}
    with world.hub.unit_of_work() as db:
        mine = select(col(OutboxRow.letter), col(OutboxRow.due_at)).where(
            col(OutboxRow.person) == person.id
        )
        pages["mail"] = sorted(tuple(row) for row in db.execute(mine))
    return pages


def test_the_two_worlds_differ_for_those_who_may_see(engine_kind: str) -> None:
    """Or the test above would prove nothing."""
    with copy(engine_kind) as calm, copy(engine_kind) as busy:
        rosa_writes_what_was_released_to_nobody(busy)
        tomas_goes_on_with_his_work(busy)
        for name in ("rosa", "miriam", "tomas"):
            assert looks(calm.world, name) != looks(busy.world, name)


def test_two_copies_in_which_nothing_happens_are_the_same(engine_kind: str) -> None:
    with copy(engine_kind) as one, copy(engine_kind) as two:
        for name in ("rosa", "tomas", "ines"):
            assert looks(one.world, name) == looks(two.world, name)
