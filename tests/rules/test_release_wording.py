"""A release said aloud: what, what for, and how long it still lasts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from hub.consent.release import Standing, State
from hub.consent.wording import ENDINGS, KINDS, ending, listed, tag_kind, time_left, what, what_for
from hub.core.words import Purpose, ServiceType
from tests.rules.test_release import NOON, RELEASE

HERE = ZoneInfo("UTC")


def test_words_are_listed_as_a_sentence_lists_them() -> None:
    assert listed([]) == ""
    assert listed(["need"]) == "need"
    assert listed(["need", "health", "plan"]) == "need, health and plan"


def test_terms_are_read_in_the_order_of_the_form() -> None:
    assert what(RELEASE) == "Identity, Contact and Need"
    assert what_for(RELEASE) == "Referral to a service (Legal advice)"
    both = replace(
        RELEASE,
        purposes=frozenset({Purpose.CONFERENCE, Purpose.REFERRAL}),
        service_types=frozenset({ServiceType.HOUSING, ServiceType.LEGAL_ASSISTANCE}),
    )
    assert what_for(both) == "Referral to a service (Legal advice and Housing) and Case conferences"


@pytest.mark.parametrize(
    ("days", "words", "colour"),
    [
        (0, "Ends today", "honey"),
        (1, "Ends tomorrow", "honey"),
        (7, "7 days left", "honey"),
        (8, "8 days left", ""),
        (30, "30 days left", ""),
    ],
)
def test_time_left_is_counted_in_days_of_the_calendar(days: int, words: str, colour: str) -> None:
    release = replace(RELEASE, ends=NOON + timedelta(days=days, hours=11, minutes=59))
    assert time_left(release, NOON, HERE) == words
    assert tag_kind(release, NOON, HERE) == colour


def test_the_days_are_those_of_the_hubs_own_zone() -> None:
    late = datetime(2030, 1, 15, 23, 30, tzinfo=UTC)
    release = replace(RELEASE, ends=datetime(2030, 1, 16, 12, tzinfo=UTC))
    assert time_left(release, late, HERE) == "Ends tomorrow"
    assert time_left(release, late, ZoneInfo("Asia/Amman")) == "Ends today"


@pytest.mark.parametrize("state", [state for state in State if state is not State.ACTIVE])
def test_what_is_not_in_force_has_no_time_left(state: State) -> None:
    release = replace(RELEASE, state=state)
    assert time_left(release, NOON, HERE) == ""
    assert tag_kind(release, NOON, HERE) in {KINDS[each] for each in Standing}


def test_every_ending_of_a_share_is_said_in_a_sentence() -> None:
    assert ending("", with_release=True) == ""
    for why, with_release in product((*ENDINGS, "anything else"), (True, False)):
        assert ending(why, with_release=with_release).endswith(".")
    assert ending("withdrawn", with_release=True) == "They took their release back."
    assert "asked for" in ending("withdrawn", with_release=False)
