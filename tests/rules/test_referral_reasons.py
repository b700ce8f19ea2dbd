"""Reasons and outcomes: whose they are, who may give them, and what closes a loop."""

from datetime import date
from itertools import product

import pytest

from pathways.referrals.reasons import (
    CONFIRMERS,
    COUNTS_AS_GAP,
    PROVIDER_REASONS,
    REASONS_FOR,
    SIDE_OF,
    SUGGESTED_NEXT,
    SURVIVOR_REASONS,
    SYSTEM_REASONS,
    Closing,
    Confirmer,
    NeedsMet,
    Outcome,
    Reason,
    ReasonSide,
    faults,
)
from pathways.referrals.referral import STEPS, Side

SENT, TODAY = date(2030, 1, 10), date(2030, 1, 15)


def test_every_reason_is_on_one_side_and_says_what_next() -> None:
    assert set(SIDE_OF) == set(SUGGESTED_NEXT) == set(Reason)
    assert SURVIVOR_REASONS[-1] is Reason.DECEASED
    assert PROVIDER_REASONS[0] is Reason.NO_CAPACITY
    assert SYSTEM_REASONS[0] is Reason.DUPLICATE
    assert {SIDE_OF[reason] for reason in COUNTS_AS_GAP} == {ReasonSide.PROVIDER}


def test_no_reason_says_that_she_was_known_there_before() -> None:
    said = " ".join(f"{reason.value} {reason.label}" for reason in Reason).lower()
    assert "known" not in said
    assert "barred" not in said


def test_every_step_that_needs_a_reason_offers_some_to_its_people() -> None:
    needing = {
        (step, side)
        for (_start, step), way in STEPS.items()
        if way.needs_reason
        for side in way.by - {Side.HOUSE}
    }
    assert set(REASONS_FOR) == needing
    assert all(REASONS_FOR.values())


def test_nobody_chooses_a_reason_that_only_the_house_knows() -> None:
    chosen = {reason for reasons in REASONS_FOR.values() for reason in reasons}
    assert not chosen & {Reason.RELEASE_WITHDRAWN, Reason.RELEASE_EXPIRED}


@pytest.mark.parametrize(("confirmer", "side"), list(product(Confirmer, Side)))
def test_each_side_brings_only_the_word_it_can_bring(confirmer: Confirmer, side: Side) -> None:
    closing = Closing(Outcome.RECEIVED_PART, NeedsMet.PARTLY, confirmer, TODAY)
    assert ("confirmer" in faults(closing, side, SENT, TODAY)) is (
        confirmer not in CONFIRMERS[side]
    )


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2030, 1, 9), False),
        (SENT, True),
        (TODAY, True),
        (date(2030, 1, 16), False),
    ],
)
def test_an_outcome_is_confirmed_between_the_sending_and_today(day: date, fits: bool) -> None:
    closing = Closing(Outcome.RECEIVED_FULL, NeedsMet.MET, Confirmer.SURVIVOR, day)
    assert (faults(closing, Side.SENDER, SENT, TODAY) == {}) is fits


def test_full_help_that_met_nothing_is_looked_at_again() -> None:
    closing = Closing(Outcome.RECEIVED_FULL, NeedsMet.NOT_MET, Confirmer.SURVIVOR, TODAY)
    assert set(faults(closing, Side.SENDER, SENT, TODAY)) == {"needs_met"}
