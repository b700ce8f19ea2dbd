"""Random histories, told twice: what one observer may not see leaves no trace in any of them."""

import time

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.twins.machine import Twins

ORDINARY = 50
MANY = 2000
STEPS = 14


def told_twice(pairs: int) -> None:
    """This many pairs of towns, each with a history of its own."""
    Twins.pairs = Twins.looked = Twins.hidden_events = 0
    began = time.monotonic()
    many = settings(
        max_examples=pairs,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Twins, settings=many)  # type: ignore[no-untyped-call]
    spent = time.monotonic() - began
    print(f"{Twins.pairs} pairs, {Twins.looked} comparisons, ", end="")
    print(f"{Twins.hidden_events} hidden events, {spent:.0f} s")
    assert Twins.pairs >= pairs * 9 // 10
    assert Twins.hidden_events > pairs


@pytest.mark.timeout(400)
def test_fifty_histories_told_twice_look_the_same_to_the_observer() -> None:
    told_twice(ORDINARY)


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_two_thousand_histories_told_twice_look_the_same_to_the_observer() -> None:
    told_twice(MANY)
