"""What waits for a safe hour leaves in it or not at all: a real mail server counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hub.cases.actions import close_case, write_entry
from hub.cases.closing import ClosingReason
from hub.cases.reaching import actions, queries
from hub.cases.reaching.delivery import Leaving, deliver, mail
from hub.cases.reaching.message import State
from hub.cases.reaching.tables import MessageRow
from hub.cases.safe_contact import Day, Hours, Usable, safe_at, usable
from hub.core.ids import CaseId
from hub.core.words import Category
from hub.desk import Hub
from hub.door.post import sight_of_the_post
from hub.jobs import tick
from tests.spec.test_canary_crawl import Letters, free_port
from tests.survivor import opened, told
from tests.world import World

ADDRESS = "amal@quiet.example"
BODY = {
    "method": "email",
    "value": ADDRESS,
    "days": "tue thu",
    "opens": "17:00",
    "closes": "18:00",
    "zone": "Asia/Amman",
    "who_may_answer": "only she",
    "may_say": "the dentist",
    "code_word": "marigold",
    "leave": "yes",
    "confirmed_by": "She herself",
}
AMMAN = ZoneInfo("Asia/Amman")
HOURS = Hours(frozenset({Day.TUESDAY, Day.THURSDAY}), time(17), time(18), AMMAN)


@pytest.fixture(scope="module")
def letters() -> Iterator[tuple[Letters, int]]:
    """A mail server that keeps what it is given, and its port."""
    kept, port = Letters(), free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept, port
    server.stop()


@pytest.fixture
def post(world: World, letters: tuple[Letters, int]) -> tuple[Hub, Letters]:
    kept, port = letters
    kept.got.clear()
    settings_ = replace(world.hub.settings, smtp_url=f"smtp://127.0.0.1:{port}")
    return replace(world.hub, settings=settings_), kept


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


def reachable(world: World, case: CaseId, **changed: str) -> None:
    """Rosa writes down a way to reach somebody, confirmed this moment."""
    body = {**BODY, "confirmed_at": world.now.isoformat(), **changed}
    with world.desk(world.rosa) as desk:
        write_entry(desk, case, Category.CONTACT, {k: v for k, v in body.items() if v})


def waits(world: World, case: CaseId) -> str:
    """Rosa lets a message wait for the next safe hour."""
    with world.desk(world.rosa) as desk:
        [way, *_older] = queries.ways(desk, case)
        return actions.queue(desk, case, way)


def row_of(world: World, id: str) -> MessageRow:
    with world.hub.unit_of_work() as db:
        return db.get_one(MessageRow, id)


def at(world: World, moment: datetime) -> None:
    world.move(moment - world.now)


def test_a_message_leaves_at_the_first_safe_minute_and_not_before(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case)
    id = waits(world, case)  # a Tuesday, 15:00 in Amman
    opens = datetime(2030, 1, 15, 17, tzinfo=AMMAN)
    assert row_of(world, id).due_at == opens
    for moment in (world.now, opens - timedelta(seconds=1)):
        at(world, moment)
        tick(hub)
        assert not kept.got
    at(world, opens)
    tick(hub)
    tick(hub)
    [(to, message, raw)] = kept.got
    assert to == [ADDRESS]
    assert message["Subject"] == "Hello"
    assert message.get_content().strip() == "Please get in touch when it suits you."  # type: ignore[attr-defined]
    for word in (b"Harbour", b"Rosa", b"KESTREL", b"http", b"marigold", b"Linden", b"dentist"):
        assert word not in raw
    assert row_of(world, id).state is State.SENT


def test_one_that_missed_its_hour_waits_for_the_next_one(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case)
    id = waits(world, case)
    at(world, datetime(2030, 1, 15, 18, tzinfo=AMMAN))
    tick(hub)
    assert not kept.got
    assert row_of(world, id).due_at == datetime(2030, 1, 17, 17, tzinfo=AMMAN)
    at(world, datetime(2030, 1, 17, 17, 30, tzinfo=AMMAN))
    tick(hub)
    assert len(kept.got) == 1


def test_hours_that_change_meanwhile_are_the_hours_that_count(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case)
    id = waits(world, case)
    with world.desk(world.rosa) as desk:
        [way] = queries.ways(desk, case)
        body = {**way.entry.body, "days": "sat", "confirmed_at": desk.at.isoformat()}
        actions.replace_entry(desk, case, way.entry.envelope, body)
    at(world, datetime(2030, 1, 15, 17, 30, tzinfo=AMMAN))
    tick(hub)
    assert not kept.got
    assert row_of(world, id).due_at == datetime(2030, 1, 19, 17, tzinfo=AMMAN)


def test_a_confirmation_that_ran_out_stops_it_and_a_new_one_lets_it_go(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case, confirmed_at=(world.now - timedelta(days=29, hours=23)).isoformat())
    id = waits(world, case)
    at(world, datetime(2030, 1, 15, 17, 30, tzinfo=AMMAN))
    tick(hub)
    assert not kept.got
    assert row_of(world, id).state is State.BLOCKED
    assert "a message cannot leave" in world.browser(world.rosa).open("/")
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    rosa.submit("/confirm")
    tick(hub)
    assert len(kept.got) == 1


def test_a_number_the_family_has_too_stops_what_waits(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case)
    id = waits(world, case)
    told(world, world.rosa, case, Category.FAMILY, f"He reads {ADDRESS.upper()} as well")
    at(world, datetime(2030, 1, 15, 17, 30, tzinfo=AMMAN))
    tick(hub)
    assert ADDRESS not in {address for to, _message, _raw in kept.got for address in to}
    assert row_of(world, id).state is State.BLOCKED


def test_without_a_mail_server_it_waits_and_is_not_lost(world: World, case: CaseId) -> None:
    reachable(world, case)
    id = waits(world, case)
    at(world, datetime(2030, 1, 15, 17, 30, tzinfo=AMMAN))
    tick(world.hub)
    assert row_of(world, id).state is State.WAITING


def test_a_call_comes_onto_the_list_at_its_hour_and_goes_when_it_is_over(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, _kept = post
    reachable(world, case, method="call", value="555 0147", leave="")
    id = waits(world, case)
    tick(hub)
    assert "now is a safe hour" not in world.browser(world.rosa).open("/")
    at(world, datetime(2030, 1, 15, 17, 10, tzinfo=AMMAN))
    tick(hub)
    rosa = world.browser(world.rosa)
    assert "now is a safe hour" in rosa.open("/")
    assert "555 0147" in rosa.open(f"/cases/{case}/reach")
    assert "now is a safe hour" not in world.browser(world.miriam).open("/")
    at(world, datetime(2030, 1, 15, 18, tzinfo=AMMAN))
    late = world.browser(world.rosa)
    assert "now is a safe hour" not in late.open("/")
    assert "555 0147" not in late.open(f"/cases/{case}/reach")
    over = late.post(f"/cases/{case}/reach/{id}/done", version=str(row_of(world, id).version))
    assert over.status_code == 409
    assert row_of(world, id).state is State.READY
    tick(hub)
    assert row_of(world, id).state is State.WAITING
    answer = late.post(f"/cases/{case}/reach/{id}/done", version=str(row_of(world, id).version))
    assert answer.status_code == 409
    at(world, datetime(2030, 1, 17, 17, 10, tzinfo=AMMAN))
    tick(hub)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    rosa.submit("/done")
    assert row_of(world, id).state is State.DONE


def test_a_mail_server_that_answers_after_the_hour_gets_nothing(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case)
    waits(world, case)
    closes = datetime(2030, 1, 15, 18, tzinfo=AMMAN)
    at(world, closes)
    assert not mail(hub, Leaving(ADDRESS, closes))
    assert not kept.got
    at(world, closes - timedelta(seconds=1))
    assert mail(hub, Leaving(ADDRESS, closes))
    assert len(kept.got) == 1


def test_a_case_that_closes_takes_back_what_waits(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, kept = post
    reachable(world, case)
    id = waits(world, case)
    with world.desk(world.rosa) as desk:
        close_case(desk, case, ClosingReason.MOVED, 1)
    at(world, datetime(2030, 1, 15, 17, 30, tzinfo=AMMAN))
    tick(hub)
    assert not kept.got
    assert row_of(world, id).state is State.CANCELLED


def test_the_rows_that_wait_hold_not_a_word_and_the_post_opens_no_more(
    world: World, case: CaseId, post: tuple[Hub, Letters]
) -> None:
    hub, _kept = post
    reachable(world, case)
    waits(world, case)
    with world.hub.unit_of_work() as db:
        rows = str([row.model_dump() for row in db.execute(select(MessageRow)).scalars()])
    for word in (ADDRESS, "marigold", "dentist", "only she", "Amman", "17:00"):
        assert word not in rows
    at(world, datetime(2030, 1, 15, 17, 30, tzinfo=AMMAN))
    tick(hub)
    with world.desk(world.rosa) as desk:
        [way] = queries.ways(desk, case)
        house = replace(desk.sight, holders=frozenset())
        [sent] = desk.db.execute(select(MessageRow)).scalars()
        eyes = sight_of_the_post(desk.db, house, world.harbour.id)
        assert queries.of_message(desk.db, eyes, sent) is None
        assert isinstance(usable_now(way, world.now), Usable)


def usable_now(way: queries.Way, moment: datetime) -> object:
    return usable(queries.contact_of(way.entry.body, shared=False), moment)


moments = st.lists(st.integers(0, 20 * 24 * 60), min_size=1, max_size=6).map(sorted)


@given(moments)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whenever_the_post_looks_nothing_leaves_outside_the_safe_hours(
    world: World, post: tuple[Hub, Letters], minutes: list[int]
) -> None:
    hub, kept = post
    begun = world.now
    case = opened(world, world.rosa, code=f"HERON-{len(kept.got)}{begun.timestamp():.0f}")
    reachable(world, case)
    waits(world, case)
    for minute in minutes:
        at(world, begun + timedelta(minutes=minute))
        before = len(kept.got)
        deliver(hub)
        if len(kept.got) > before:
            assert safe_at(HOURS, world.now)
    world.move(timedelta(minutes=1))
