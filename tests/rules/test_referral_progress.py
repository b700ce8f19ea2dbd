"""The bar over a referral, and moments as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pathways.referrals.progress import Mark, Standing, bar, first_taken
from pathways.referrals.referral import STEPS, Side, State, Step
from pathways.referrals.times import Times, span
from pathways.referrals.wording import (
    DONE,
    NEXT_FOR_RECEIVER,
    NEXT_FOR_SENDER,
    STEP_LEDES,
    TAG_KINDS,
)

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)
TIMES = Times(NOON, ZoneInfo("UTC"), "en")
HOUR = timedelta(hours=1)
SENT = {Step.SEND: NOON - 3 * HOUR}
SEEN = SENT | {Step.ACKNOWLEDGE: NOON - 2 * HOUR}
TAKEN = SENT | {Step.ACCEPT: NOON - HOUR}
STARTED = TAKEN | {Step.START: NOON}


def marks(state: State, taken: dict[Step, datetime], **more: object) -> list[Mark]:
    """The bar of a referral in this state."""
    standing = {
        "side": Side.RECEIVER,
        "due": NOON + 21 * HOUR,
        "expected": None,
        "closed_on": None,
        "other_agency": "Harbour House",
    }
    return bar(Standing(state=state, taken=taken, **(standing | more)), TIMES)  # type: ignore[arg-type]


def now(found: list[Mark]) -> list[str]:
    """The labels of what is under way."""
    return [label for label, _detail, state in found if state == "now"]


def test_a_referral_that_was_seen_waits_for_the_answer() -> None:
    found = marks(State.ACKNOWLEDGED, SEEN)
    assert found[0] == ("Sent", "09:00", "done")
    assert found[1] == ("Seen", "10:00", "done")
    assert found[2] == ("Your answer", "by tomorrow 09:00", "now")
    assert [label for label, _detail, _state in found[3:]] == ["Appointment", "Started", "Outcome"]


def test_an_answer_that_is_owed_says_when_it_was_due() -> None:
    found = marks(State.SENT, SENT, due=NOON - HOUR, side=Side.SENDER)
    assert found[2] == ("Their answer", "was due 11:00", "now")


def test_whoever_answers_has_seen_it() -> None:
    assert marks(State.ACCEPTED, TAKEN)[1] == ("Seen", "11:00", "done")


def test_a_question_says_for_whom_it_waits() -> None:
    asked = SENT | {Step.ASK: NOON}
    assert marks(State.INFO_REQUESTED, asked)[2][1] == "waits for Harbour House"
    assert marks(State.INFO_REQUESTED, asked, side=Side.SENDER)[2][1] == "waits for you"


def test_an_appointment_to_come_is_what_is_under_way() -> None:
    assert now(marks(State.ACCEPTED, TAKEN)) == ["Appointment"]
    assert now(marks(State.ACCEPTED, TAKEN, expected=NOON + HOUR)) == ["Appointment"]
    assert now(marks(State.ACCEPTED, TAKEN, expected=NOON - HOUR)) == ["Started"]


def test_an_appointment_nobody_needed_is_left_out() -> None:
    labels = [label for label, _detail, _state in marks(State.IN_SERVICE, STARTED)]
    assert labels == ["Sent", "Seen", "Accepted", "Started", "Outcome"]


def test_a_closed_referral_has_nothing_under_way() -> None:
    found = marks(State.CLOSED, STARTED, closed_on=date(2030, 1, 14))
    assert now(found) == []
    assert found[-1] == ("Outcome", "14 January", "done")


@pytest.mark.parametrize(
    "state", [State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.ENTERED_IN_ERROR]
)
def test_a_stop_is_the_last_mark(state: State) -> None:
    found = marks(state, SEEN)
    assert found[-1][2] == "stopped"
    assert [mark[2] for mark in found[:-1]] == ["done", "done"]
    assert [mark[2] for mark in marks(state, SENT)] == ["done", "stopped"]


def test_a_draft_has_everything_before_it() -> None:
    assert now(marks(State.DRAFT, {})) == ["Sent"]


def test_the_first_time_of_a_step_counts() -> None:
    twice = [(Step.ASK, NOON), (Step.ANSWER, NOON + HOUR), (Step.ASK, NOON + 2 * HOUR)]
    assert first_taken(twice)[Step.ASK] == NOON


def test_every_state_and_every_step_has_its_words() -> None:
    assert set(NEXT_FOR_SENDER) == set(NEXT_FOR_RECEIVER) == set(TAG_KINDS) == set(State)
    assert set(DONE) == set(STEP_LEDES) == {step for _state, step in STEPS} == set(Step)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOON, "12:00"),
        (NOON + timedelta(days=1), "tomorrow 12:00"),
        (NOON - timedelta(days=1), "yesterday 12:00"),
        (NOON + timedelta(days=2), "17 Jan, 12:00"),
        (NOON + timedelta(days=400), "19 Feb 2031, 12:00"),
    ],
)
def test_a_moment_is_said_as_near_as_it_is(at: datetime, said: str) -> None:
    assert TIMES.moment(at) == said


def test_a_moment_is_said_in_the_zone_of_the_hub() -> None:
    amman = Times(datetime(2030, 1, 15, 22, 30, tzinfo=UTC), ZoneInfo("Asia/Amman"), "en")
    assert amman.today() == date(2030, 1, 16)
    assert amman.moment(datetime(2030, 1, 15, 23, tzinfo=UTC)) == "02:00"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "under a minute"),
        (timedelta(seconds=-5), "under a minute"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(hours=21, minutes=40), "21 h 40 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=3, hours=4, minutes=50), "3 days 4 h"),
    ],
)
def test_a_span_is_said_as_exactly_as_it_matters(length: timedelta, said: str) -> None:
    assert span(length) == said
