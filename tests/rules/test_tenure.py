"""One primary case manager at every instant: whatever happens, no gap and no overlap."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hub.cases.tenure import (
    OFFER_STEPS,
    OfferSide,
    OfferState,
    OfferStep,
    Tenure,
    succeed,
    unbroken,
)
from hub.core.errors import StepRefused
from hub.core.ids import PersonId
from hub.core.states import advance, endings, open_steps

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
ROSA, JOAN, MIRIAM = PersonId("rosa"), PersonId("joan"), PersonId("miriam")
people = st.sampled_from([ROSA, JOAN, MIRIAM])
spans = st.integers(-2, 5).map(lambda minutes: timedelta(minutes=minutes))


class HandOvers(RuleBasedStateMachine):
    """Random people take a case over at random instants, some of them impossible."""

    @initialize(first=people)
    def opens(self, first: PersonId) -> None:
        self.history = [Tenure(first, NOON)]
        self.now = NOON

    @rule(to=people, later=spans)
    def changes_hands(self, to: PersonId, later: timedelta) -> None:
        at, current = self.now + later, self.history[-1]
        possible = to != current.person and at > current.started_at
        try:
            old, new = succeed(current, to, at)
        except StepRefused:
            assert not possible
        else:
            assert possible
            self.history[-1:] = [old, new]
            self.now = max(self.now, at)

    @invariant()
    def every_instant_has_exactly_one(self) -> None:
        assert unbroken(self.history)
        edges = [tenure.started_at for tenure in self.history]
        for at in (*edges, self.now, self.now + timedelta(days=400)):
            holding = [
                tenure
                for tenure in self.history
                if tenure.started_at <= at and (tenure.ended_at is None or at < tenure.ended_at)
            ]
            assert len(holding) == 1


TestHandOvers = HandOvers.TestCase


def test_the_one_before_ends_when_the_next_begins() -> None:
    old, new = succeed(Tenure(ROSA, NOON), JOAN, NOON + timedelta(hours=1))
    assert old == Tenure(ROSA, NOON, NOON + timedelta(hours=1))
    assert new == Tenure(JOAN, NOON + timedelta(hours=1), None)


def test_a_case_cannot_change_hands_twice_in_one_instant() -> None:
    with pytest.raises(StepRefused):
        succeed(Tenure(ROSA, NOON), JOAN, NOON)
    with pytest.raises(StepRefused):
        succeed(Tenure(ROSA, NOON), JOAN, NOON - timedelta(hours=1))


def test_whoever_has_it_cannot_take_it_over_again() -> None:
    with pytest.raises(StepRefused):
        succeed(Tenure(ROSA, NOON), ROSA, NOON + timedelta(hours=1))
    with pytest.raises(StepRefused):
        succeed(Tenure(ROSA, NOON, NOON + timedelta(hours=1)), JOAN, NOON + timedelta(hours=2))


hours = st.integers(0, 4).map(lambda hour: NOON + timedelta(hours=hour))
tenures = st.builds(Tenure, people, hours, st.none() | hours)


@given(st.lists(tenures, max_size=4))
def test_a_history_is_whole_only_if_each_instant_has_one(history: list[Tenure]) -> None:
    """Compared with counting, hour by hour, who was in charge."""
    if not history:
        assert not unbroken(history)
        return
    if unbroken(history):
        begun = history[0].started_at
        for hour in range(6):
            at = NOON + timedelta(hours=hour)
            count = sum(
                t.started_at <= at and (t.ended_at is None or at < t.ended_at) for t in history
            )
            over = history[-1].ended_at is not None and at >= history[-1].ended_at
            assert count == (1 if at >= begun and not over else 0)


@pytest.mark.parametrize(
    "broken",
    [
        [Tenure(ROSA, NOON, NOON + timedelta(hours=1)), Tenure(JOAN, NOON + timedelta(hours=2))],
        [Tenure(ROSA, NOON, NOON + timedelta(hours=2)), Tenure(JOAN, NOON + timedelta(hours=1))],
        [Tenure(ROSA, NOON), Tenure(JOAN, NOON + timedelta(hours=1))],
        [Tenure(ROSA, NOON, NOON), Tenure(JOAN, NOON)],
    ],
    ids=["gap", "overlap", "two at once", "an empty one"],
)
def test_gaps_and_overlaps_in_a_history_are_noticed(broken: list[Tenure]) -> None:
    assert not unbroken(broken)


@pytest.mark.parametrize(("state", "step", "side"), list(product(OfferState, OfferStep, OfferSide)))
def test_an_offer_moves_only_along_its_table(
    state: OfferState, step: OfferStep, side: OfferSide
) -> None:
    if step in open_steps(OFFER_STEPS, state, side):
        way = OFFER_STEPS[state, step]
        assert advance(OFFER_STEPS, state, step, side, "because") is way.to
    else:
        with pytest.raises(StepRefused):
            advance(OFFER_STEPS, state, step, side, "because")


def test_an_offer_is_answered_once_and_a_no_has_a_reason() -> None:
    assert endings(OFFER_STEPS, OfferState) == set(OfferState) - {OfferState.OFFERED}
    with pytest.raises(StepRefused):
        advance(OFFER_STEPS, OfferState.OFFERED, OfferStep.DECLINE, OfferSide.COLLEAGUE)
