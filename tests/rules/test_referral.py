"""The life of a referral: every state with every step and every side."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from hub.core.errors import StepRefused
from hub.core.words import Priority
from pathways.referrals.referral import (
    ENDINGS,
    KEYS_TAKEN_BACK,
    REMINDER_KEEPS,
    STAGES,
    STEPS,
    Side,
    Stage,
    State,
    Step,
    advance,
    open_steps,
    overdue,
    reminded,
    respond_by,
    resumed,
)

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)

LIFE = """
draft            -> sent:send/sender
sent             -> draft:recall/sender
sent             -> accepted:accept/receiver acknowledged:acknowledge/receiver
sent             -> info_requested:ask/receiver on_hold:waitlist/receiver declined:decline/receiver
acknowledged     -> accepted:accept/receiver info_requested:ask/receiver
acknowledged     -> on_hold:waitlist/receiver declined:decline/receiver
info_requested   -> acknowledged:answer/sender accepted:accept/receiver declined:decline/receiver
on_hold          -> accepted:accept/receiver declined:decline/receiver
accepted         -> accepted:appoint/receiver in_service:start/receiver
accepted         -> closed:report_outcome/sender closed:report_outcome/receiver
accepted         -> closed:provider_stops/receiver
in_service       -> in_service:appoint/receiver closed:provider_stops/receiver
in_service       -> closed:report_outcome/sender closed:report_outcome/receiver
"""
STATES = {state.value: state for state in State}
STEP = {step.value: step for step in Step}
BEFORE_AN_ANSWER = [State.SENT, State.ACKNOWLEDGED, State.INFO_REQUESTED, State.ON_HOLD]
UNDER_WAY = [*BEFORE_AN_ANSWER, State.ACCEPTED, State.IN_SERVICE]


def drawn() -> set[tuple[State, Step, Side, State]]:
    """The lifecycle as it is drawn on paper, arrow by arrow and side by side."""
    arrows: set[tuple[State, Step, Side, State]] = set()
    for line in LIFE.strip().splitlines():
        start, _to, ways = line.partition("->")
        for way in ways.split():
            end, _colon, how = way.partition(":")
            step, _slash, side = how.partition("/")
            arrows.add((STATES[start.strip()], STEP[step], Side(side), STATES[end]))
    for state in UNDER_WAY:
        arrows |= {(state, Step.WITHDRAW, s, State.WITHDRAWN) for s in (Side.SENDER, Side.HOUSE)}
    arrows |= {(s, Step.EXPIRE, Side.HOUSE, State.EXPIRED) for s in BEFORE_AN_ANSWER}
    started = [State.DRAFT, *UNDER_WAY]
    arrows |= {(s, Step.ERROR, Side.SENDER, State.ENTERED_IN_ERROR) for s in started}
    return arrows


DRAWN = {(state, step, side): end for state, step, side, end in drawn()}


@pytest.mark.parametrize(("state", "step", "side"), list(product(State, Step, Side)))
def test_a_step_leads_where_it_is_drawn_and_nowhere_else(
    state: State, step: Step, side: Side
) -> None:
    if (state, step, side) in DRAWN:
        assert step in open_steps(state, side)
        assert advance(state, step, side, reason="because") is DRAWN[state, step, side]
    else:
        assert step not in open_steps(state, side)
        with pytest.raises(StepRefused):
            advance(state, step, side, reason="because")


@pytest.mark.parametrize(("start", "step"), list(STEPS))
def test_a_step_without_its_reason_is_refused(start: State, step: Step) -> None:
    way = STEPS[start, step]
    needs = {Step.DECLINE, Step.WITHDRAW, Step.ERROR, Step.PROVIDER_STOPS}
    assert way.needs_reason is (step in needs)
    for side in way.by:
        if way.needs_reason:
            with pytest.raises(StepRefused):
                advance(start, step, side)
        else:
            assert advance(start, step, side) is way.to


def test_nothing_leads_out_of_an_ending() -> None:
    assert {
        State.CLOSED,
        State.DECLINED,
        State.EXPIRED,
        State.WITHDRAWN,
        State.ENTERED_IN_ERROR,
    } == ENDINGS
    for state, side in product(ENDINGS, Side):
        assert open_steps(state, side) == []


def test_every_state_stands_on_exactly_one_list() -> None:
    assert set(STAGES) == set(State)
    assert {state for state, stage in STAGES.items() if stage is Stage.OVER} == ENDINGS


def test_the_receiver_keeps_its_keys_only_after_helping() -> None:
    assert ENDINGS - {State.CLOSED} == KEYS_TAKEN_BACK


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached, before = {State.DRAFT}, set[State]()
    while reached != before:
        before = set(reached)
        reached |= {way.to for (start, _step), way in STEPS.items() if start in before}
    assert reached == set(State)


@pytest.mark.parametrize(
    ("priority", "hours"),
    [(Priority.EMERGENCY, 24), (Priority.URGENT, 72), (Priority.NORMAL, 336)],
)
def test_an_answer_is_due_by_the_priority(priority: Priority, hours: int) -> None:
    assert respond_by(priority, NOON) == NOON + timedelta(hours=hours)


@pytest.mark.parametrize("state", State)
def test_only_an_unanswered_referral_is_overdue_and_only_after_its_instant(state: State) -> None:
    owes = state in {State.SENT, State.ACKNOWLEDGED}
    assert not overdue(state, NOON, NOON)
    assert overdue(state, NOON, NOON + A_SECOND) is owes
    assert not overdue(state, None, NOON)


def test_a_question_stops_the_receivers_clock() -> None:
    due, asked = NOON + timedelta(hours=20), NOON + timedelta(hours=3)
    assert resumed(due, asked, asked + timedelta(hours=5)) == due + timedelta(hours=5)


def test_a_reminder_keeps_for_one_day_and_is_never_from_the_future() -> None:
    assert not reminded(None, NOON)
    assert reminded(NOON, NOON)
    assert not reminded(NOON + A_SECOND, NOON)
    assert reminded(NOON - REMINDER_KEEPS, NOON)
    assert not reminded(NOON - REMINDER_KEEPS - A_SECOND, NOON)
