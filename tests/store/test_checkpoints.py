"""A checkpoint is made every full hour and at midnight, once, and costs only what is new."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event, select
from sqlmodel import col

from hub.door import audit
from hub.door.checkpoints import Trouble, every, newest
from hub.door.keeping_up import Due, due
from hub.door.tables import CheckpointRow
from hub.jobs import tick
from tests.witnesses import (
    checkpoint,
    examined,
    maker,
    paper,
    puts_in,
    rewrites,
    takes_the_last,
    writes,
)
from tests.world import NOON, World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
CALCUTTA = ZoneInfo("Asia/Kolkata")
UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (None, NOON, Due.DAILY),
        (NOON, NOON, Due.NOT_YET),
        (NOON, NOON + timedelta(minutes=59, seconds=59), Due.NOT_YET),
        (NOON + timedelta(minutes=59), NOON + timedelta(hours=1), Due.HOURLY),
        (NOON, NOON + timedelta(hours=11, minutes=59), Due.HOURLY),
        (NOON, NOON + timedelta(hours=12), Due.DAILY),
        (NOON, NOON + timedelta(days=3), Due.DAILY),
        (NOON + timedelta(days=300), NOON, Due.HOURLY),
    ],
)
def test_a_checkpoint_is_due_at_each_full_hour_and_each_midnight(
    last: datetime | None, now: datetime, expected: Due
) -> None:
    assert due(last, now, UTC_ZONE) is expected


def test_midnight_is_where_the_hub_is_even_at_half_an_hour() -> None:
    midnight = datetime(2030, 1, 16, tzinfo=CALCUTTA).astimezone(UTC)
    assert midnight.minute == 30
    before = midnight - timedelta(minutes=1)
    assert due(before, midnight, CALCUTTA) is Due.DAILY
    assert due(before, midnight, UTC_ZONE) is Due.NOT_YET


def rows(world: World) -> list[CheckpointRow]:
    with world.hub.unit_of_work() as db:
        return list(db.execute(select(CheckpointRow).order_by(col(CheckpointRow.nth))).scalars())


@BOTH
def test_the_clock_of_the_house_makes_each_checkpoint_once(world: World) -> None:
    for _time in range(3):
        tick(world.hub)
    assert [(row.size, row.daily) for row in rows(world)] == [(0, True)]
    writes(world, 2)
    world.move(timedelta(hours=1))
    for _time in range(3):
        tick(world.hub)
    assert [(row.size, row.daily, row.trouble) for row in rows(world)] == [
        (0, True, None),
        (2, False, None),
    ]


@BOTH
def test_two_machines_at_one_moment_make_one_checkpoint(world: World) -> None:
    writes(world, 5)
    start = Barrier(2)

    def keep_up() -> None:
        start.wait(20)
        maker(world).keep_up(world.now)

    machines = [Thread(target=keep_up) for _machine in range(2)]
    for machine in machines:
        machine.start()
    for machine in machines:
        machine.join(20)
    assert [row.size for row in rows(world)] == [5]


@BOTH
def test_checkpoints_that_went_on_from_each_other_fit_the_whole_log(world: World) -> None:
    notes = []
    for lines in (0, 1, 2, 3, 5, 8, 13):
        writes(world, lines)
        notes.append(checkpoint(world))
    report = examined(world, *notes)
    assert (report.lines, len(report.held), report.alarms) == (32, 7, ())
    sizes = [paper(world, note).checkpoint.tree.size for note in notes]
    assert sizes == [0, 1, 3, 6, 11, 19, 32]


def statements(world: World, work: Any) -> list[tuple[str, Any]]:
    """What the database was asked meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, sql: str, params: Any, _context: Any, _many: bool) -> None:
        asked.append((sql, params))

    event.listen(world.hub.engine, "before_cursor_execute", note)
    work()
    event.remove(world.hub.engine, "before_cursor_execute", note)
    return [(sql, params) for sql, params in asked if "audit_line" in sql]


def test_writing_a_line_asks_for_the_last_one_however_long_the_log(world: World) -> None:
    first = statements(world, lambda: writes(world, 1))
    writes(world, 200)
    checkpoint(world)
    later = statements(world, lambda: writes(world, 1))
    assert [sql for sql, _params in first] == [sql for sql, _params in later]
    assert len(later) == 2


def test_the_next_checkpoint_reads_only_what_is_new(world: World) -> None:
    writes(world, 50)
    checkpoint(world)
    writes(world, 3)
    asked = statements(world, lambda: checkpoint(world))
    pages = [params for sql, params in asked if "LIMIT" in sql]
    assert pages
    told = [list(each.values()) if isinstance(each, dict) else list(each) for each in pages]
    assert all(50 in values or 53 in values for values in told)


@BOTH
def test_a_log_cut_short_beside_its_checkpoints_gets_no_signature(world: World) -> None:
    writes(world, 9)
    checkpoint(world)
    with world.hub.engine.begin() as db:
        takes_the_last(2)(db)
    maker(world).make(world.now)
    assert [(row.trouble, bool(row.note)) for row in rows(world)][-1] == (Trouble.CUT, False)
    with world.hub.unit_of_work() as db:
        assert len(every(db)) == 1


@BOTH
def test_a_line_changed_since_is_found_in_the_night(world: World) -> None:
    writes(world, 9)
    checkpoint(world)
    with world.hub.engine.begin() as db:
        rewrites(4, person=world.joan.id)(db)
    world.move(timedelta(hours=1))
    tick(world.hub)
    assert rows(world)[-1].trouble is None
    world.move(timedelta(hours=12))
    tick(world.hub)
    assert (rows(world)[-1].trouble, rows(world)[-1].note) == (Trouble.CHANGED, "")


def test_a_checkpoint_put_in_by_somebody_else_is_found_in_the_night(world: World) -> None:
    writes(world, 3)
    checkpoint(world)
    with world.hub.unit_of_work() as db:
        row = newest(db)
        assert row is not None
        row.note = row.note.replace("\n3\n", "\n2\n")
        db.add(row)
    world.move(timedelta(days=1))
    tick(world.hub)
    assert rows(world)[-1].trouble == Trouble.CHANGED


def test_new_lines_that_do_not_follow_get_no_signature(world: World) -> None:
    checkpoint(world)
    writes(world, 3)
    with world.hub.engine.begin() as db:
        rewrites(2, person=world.joan.id)(db)
    maker(world).make(world.now + timedelta(seconds=1))
    assert (rows(world)[-1].trouble, rows(world)[-1].note) == (Trouble.CHANGED, "")


def test_a_line_that_cannot_bear_its_date_raises_the_alarm(world: World) -> None:
    writes(world, 3)
    checkpoint(world)
    ahead = audit.Line(world.now + timedelta(days=1), "", "", "entry.opened", "{}")
    with world.hub.engine.begin() as db:
        puts_in(ahead.at)(db)
        last = db.execute(select(audit.LINES).where(audit.LINES.c.seq == 3)).one()
        told = {"person": "", "agency": "", "action": ahead.action, "facts": "{}"}
        link = {"before": last.hash, "hash": ahead.digest(4, last.hash)}
        rewrites(4, **told, **link)(db)
    maker(world).make(world.now + timedelta(seconds=1))
    assert (rows(world)[-1].trouble, bool(rows(world)[-1].note)) == (Trouble.TIME, True)


def test_without_any_checkpoint_left_the_hub_begins_again(world: World) -> None:
    writes(world, 4)
    checkpoint(world)
    with world.hub.engine.begin() as db:
        db.execute(delete(CheckpointRow.__table__))  # type: ignore[attr-defined]
    tick(world.hub)
    assert [(row.size, row.trouble) for row in rows(world)] == [(4, None)]


def test_after_a_clock_ran_ahead_checkpoints_go_on_by_the_hour(world: World) -> None:
    world.move(timedelta(days=40))
    tick(world.hub)
    world.move(timedelta(days=-40))
    for minutes in (0, 10, 60, 70):
        world.move(timedelta(minutes=minutes))
        tick(world.hub)
    made = [row.at - NOON for row in rows(world)]
    assert made == [timedelta(days=40), timedelta(0), timedelta(minutes=70), timedelta(minutes=140)]
