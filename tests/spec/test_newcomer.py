"""What somebody finds who tries Linden out for the first time: the made-up town, alive today."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from conferencing.conference import State as Meeting
from conferencing.tables import ConferenceRow
from hub.app import web
from hub.cases.tables import CaseRow
from hub.cli import found
from hub.core.clock import SetClock
from hub.core.language import CATALOGUES
from hub.demo import passphrase
from hub.demo.cast import cast
from hub.demo.filling import SEED, fill
from hub.demo.plan import Planner
from hub.demo.story import PLAYERS, STEPS, told
from hub.demo.wall import Wall, machine_zone
from hub.desk import Hub
from hub.door import audit
from hub.people.passphrase import refuse_weak
from hub.people.tables import AgencyRow, PersonRow
from hub.store.outbox import OutboxRow
from pathways.directory.tables import ServiceRow
from pathways.referrals.referral import State
from pathways.referrals.tables import ReferralRow
from tests.architecture.sources import sources, templates
from tests.clients import Browser
from tests.world import ADDRESS, NOON, settings_in

MOMENTS: Final = (
    NOON,
    datetime(2027, 3, 1, 0, 5, tzinfo=UTC),
    datetime(2028, 1, 31, 23, 40, tzinfo=UTC),
    datetime(2026, 12, 31, 6, 0, tzinfo=UTC),
)
PROMISED: Final = {
    AgencyRow: 12,
    PersonRow: 30,
    ServiceRow: 40,
    CaseRow: 60,
    ReferralRow: 200,
    ConferenceRow: 6,
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """The made-up town at noon on 15 January 2030."""
    hub = replace(
        found(settings_in(tmp_path_factory.mktemp("demo") / "data")), clock=SetClock(NOON)
    )
    fill(hub)
    yield hub
    hub.engine.dispose()


def signed_in(town: Hub, name: str) -> Browser:
    """A browser in which somebody has typed e-mail and passphrase as the newcomer was told them."""
    browser = Browser(web(town), {}, ADDRESS)
    browser.open("/sign-in")
    words = passphrase.drawn(SEED)
    browser.submit("/sign-in", email=cast().worker(name).email, passphrase=words)
    return browser


def every(town: Hub, column: Any) -> list[Any]:
    """All values of one column."""
    with town.unit_of_work() as db:
        return list(db.execute(select(column)).scalars())


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("table", "count"), PROMISED.items(), ids=lambda each: str(each))
def test_the_town_has_as_many_as_were_promised(
    town: Hub, table: type[SQLModel], count: int
) -> None:
    with town.unit_of_work() as db:
        assert db.execute(select(func.count()).select_from(table)).scalar_one() == count


def test_referrals_stand_in_every_state_there_is(town: Hub) -> None:
    assert set(every(town, ReferralRow.state)) == set(State)


def test_conferences_are_over_and_to_come(town: Hub) -> None:
    states = Counter(every(town, ConferenceRow.state))
    assert {Meeting.CLOSED, Meeting.HELD, Meeting.CALLED, Meeting.DRAFT} <= set(states)


def test_nothing_in_the_town_happens_after_now(town: Hub) -> None:
    moments = [*every(town, ReferralRow.made_at), *every(town, CaseRow.opened_at)]
    assert NOON - timedelta(days=120) < min(moments)
    assert max(moments) < NOON


def test_the_log_of_the_town_follows_line_from_line(town: Hub) -> None:
    with town.unit_of_work() as db:
        assert audit.verify(db).broken_at is None


def test_no_mail_of_the_last_months_waits_to_leave(town: Hub) -> None:
    assert None not in every(town, OutboxRow.sent_at)


@pytest.mark.parametrize("name", [worker.name for worker in cast().staff])
def test_everybody_named_signs_in_with_the_one_passphrase(town: Hub, name: str) -> None:
    assert name in signed_in(town, name).open("/account")


def test_a_case_manager_finds_what_is_late_and_what_is_next(town: Hub) -> None:
    page = words(signed_in(town, "Rosa Adeyemi").open("/"))
    assert "has not answered in time" in page
    assert "asks a question" in page
    assert "ends" in page


def test_an_intake_worker_finds_answers_due_and_overdue(town: Hub) -> None:
    page = words(signed_in(town, "Tomas Lind").open("/"))
    assert re.search(r"Now .*asks for your answer.* Today .*asks for your answer", page)


def test_a_lawyer_who_speaks_arabic_stands_first(town: Hub) -> None:
    page = signed_in(town, "Rosa Adeyemi")
    page.get("/find", need="legal-assistance", language="ar", urgency="urgent")
    said = words(page.text)
    fitting, _stands, others = said.partition("do not fit")
    assert re.search(r"services fit .*? Legal advice Northside Law", fitting)
    assert "Had room yesterday." in fitting
    assert "It does not accept referrals." in others


def test_the_map_shows_figures_and_hides_small_ones(town: Hub) -> None:
    said = words(signed_in(town, "Ines Okafor").open("/pathways"))
    assert re.search(r"\b20\W24\b", said)
    assert re.search(r"\b10\W14\b", said)
    assert "fewer than 10" in said


def test_nobody_has_begun_the_story_before_the_newcomer(town: Hub) -> None:
    survivors = [person.name for load in cast().caseloads for person in load.people]
    assert len(survivors) == len(set(survivors)) == 60
    assert not [name for name in survivors if "Amal" in name]
    page = signed_in(town, "Tomas Lind").open("/conferences")
    assert "Nothing" in words(page) or "no meeting" in words(page).lower()


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_town_can_be_made_at_any_hour_of_any_day(now: datetime) -> None:
    plans = Planner(cast(), Wall(now, ZoneInfo("Asia/Amman")), Random(SEED)).plan()  # noqa: S311
    sent = [each for case in plans for each in case.referrals]
    month = now.astimezone(ZoneInfo("Asia/Amman")).replace(day=1, hour=0, minute=0)
    walked = Counter(
        (case.agency, each.service)
        for case in plans
        for each in case.referrals
        if each.sent_at < month
    )
    assert len(sent) == 200
    assert set(each.state for each in sent) == set(State)
    assert all(case.opened_at < each.sent_at < now for case in plans for each in case.referrals)
    assert sum(count > 10 for count in walked.values()) == 9


def test_the_same_town_is_drawn_each_time() -> None:
    wall = Wall(NOON, ZoneInfo("UTC"))
    drawn = [Planner(cast(), wall, Random(SEED)).plan() for _each in range(2)]  # noqa: S311
    assert drawn[0] == drawn[1]


def test_survivors_are_of_every_gender_age_and_tongue() -> None:
    people = [person for load in cast().caseloads for person in load.people]
    assert {person.pronoun for person in people} == {"she", "he", "they"}
    assert min(person.age for person in people) < 12
    assert max(person.age for person in people) > 65
    assert {"en", "ar", "es", "fr", "uk", "fa", "ti"} == {person.language for person in people}


def test_the_passphrase_keeps_the_rules_for_everybody() -> None:
    for worker in cast().staff:
        refuse_weak(passphrase.drawn(SEED), [worker.name, worker.email, worker.agency, "Linden"])


def test_the_newcomer_is_told_who_plays_and_every_step() -> None:
    said = told(cast(), "http://127.0.0.1:8000", "four-words-with-dashes")
    assert all(worker.email in said for worker in cast().staff)
    assert "four-words-with-dashes" in said
    assert f"{len(STEPS)}. " in said
    assert all(name.split()[0] in " ".join(STEPS) for name in PLAYERS)
    assert max(map(len, said.splitlines())) <= 100


@pytest.mark.parametrize("said", sorted(set(re.findall(r'"([^"]+)"', " ".join(STEPS)))))
def test_the_story_uses_the_words_that_stand_on_the_pages(said: str) -> None:
    product = [source.text for source in sources() if "/demo/" not in source.name]
    product += [text for _name, text in templates()]
    product += [text.read_text("utf-8") for text in CATALOGUES.rglob("*.po")]
    assert any(said in text for text in product)


def test_hours_are_those_of_the_machine_where_it_says_them(tmp_path: Path) -> None:
    zone = tmp_path / "zoneinfo" / "Europe" / "Lisbon"
    zone.parent.mkdir(parents=True)
    zone.touch()
    (tmp_path / "localtime").symlink_to(zone)
    assert machine_zone(tmp_path / "localtime") == "Europe/Lisbon"
    assert machine_zone(tmp_path / "absent") == "UTC"
    (tmp_path / "odd").symlink_to(tmp_path / "zoneinfo" / "No" / "Where")
    assert machine_zone(tmp_path / "odd") == "UTC"
