"""The meeting, its items and its decisions move along the arrows of their tables and no others."""

from datetime import UTC, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conferencing import conference, decision, item
from hub.core.errors import StepRefused
from hub.core.states import advance, open_steps

TABLES: list[Any] = [conference, item, decision]

EVERY = [
    (table, state, step, side)
    for table in TABLES
    for state, step, side in product(table.State, table.Step, table.Side)
]


@pytest.mark.parametrize(("table", "state", "step", "side"), EVERY)
def test_a_step_works_exactly_when_the_table_offers_it(
    table: Any, state: Any, step: Any, side: Any
) -> None:
    if step in open_steps(table.STEPS, state, side):
        assert advance(table.STEPS, state, step, side) is table.STEPS[state, step].to
    else:
        with pytest.raises(StepRefused):
            advance(table.STEPS, state, step, side)


@pytest.mark.parametrize("table", TABLES)
def test_every_state_but_the_first_can_be_reached(table: Any) -> None:
    first = next(iter(table.State))
    reached = {first}
    while True:
        further = {way.to for (start, _), way in table.STEPS.items() if start in reached}
        if further <= reached:
            break
        reached |= further
    assert reached == set(table.State)


@pytest.mark.parametrize("table", TABLES)
def test_every_step_and_every_side_is_used(table: Any) -> None:
    assert {step for _state, step in table.STEPS} == set(table.Step)


def test_only_the_chair_moves_a_conference() -> None:
    for state in conference.State:
        assert not open_steps(conference.STEPS, state, conference.Side.PARTICIPANT)


def test_a_reader_never_moves_an_item() -> None:
    for state in item.State:
        assert not open_steps(item.STEPS, state, item.Side.READER)


def test_the_endings_are_the_ones_practice_names() -> None:
    assert {conference.State.CLOSED, conference.State.CANCELLED} == conference.ENDINGS
    assert {item.State.DISCUSSED, item.State.DEFERRED, item.State.WITHDRAWN} == item.ENDINGS
    assert frozenset(decision.State) - decision.STILL_TO_DO == decision.ENDINGS
    assert {decision.State.OPEN, decision.State.IN_PROGRESS} == decision.STILL_TO_DO


@pytest.mark.parametrize(
    ("meeting", "state", "side", "step"),
    list(product(conference.State, item.State, item.Side, item.Step)),
)
def test_an_item_moves_only_while_the_meeting_stands_where_it_may(
    meeting: conference.State, state: item.State, side: item.Side, step: item.Step
) -> None:
    expected = step in open_steps(item.STEPS, state, side) and meeting in item.WHILE[step]
    assert (step in item.steps_now(meeting, state, side)) is expected


def test_an_item_comes_on_the_agenda_only_while_it_is_open() -> None:
    for meeting in conference.State:
        steps = item.steps_now(meeting, item.State.PROPOSED, item.Side.OWNER)
        assert (item.Step.ADMIT in steps) is (meeting is conference.State.CALLED)


def test_nothing_moves_in_a_closed_or_cancelled_conference() -> None:
    for meeting, state, side in product(conference.ENDINGS, item.State, item.Side):
        assert not item.steps_now(meeting, state, side)


@pytest.mark.parametrize(
    ("ended", "due"),
    [
        ((2030, 1, 15, 15), (2030, 1, 19)),  # Tuesday: Wednesday, Thursday, Friday
        ((2030, 1, 17, 15), (2030, 1, 23)),  # Thursday: the weekend does not count
        ((2030, 1, 19, 9), (2030, 1, 24)),  # a Saturday
        ((2030, 1, 15, 23, 30), (2030, 1, 19)),
    ],
)
def test_minutes_go_round_within_three_working_days(
    ended: tuple[int, int, int, int], due: tuple[int, int, int]
) -> None:
    found = conference.minutes_due(datetime(*ended, tzinfo=UTC), ZoneInfo("UTC"))
    assert found == datetime(*due, tzinfo=UTC)


def test_working_days_are_counted_where_the_hub_stands() -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    late_on_tuesday_there_wednesday = datetime(2030, 1, 15, 20, tzinfo=UTC)
    found = conference.minutes_due(late_on_tuesday_there_wednesday, auckland)
    assert found == datetime(2030, 1, 22, tzinfo=auckland)
