"""When something is due, in as few words as say it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.settings import Settings
from hub.web.due import in_words

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)  # a Tuesday
HERE = Settings(Path("/data"), Path("/key"))


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(days=-3), "since 12 Jan"),
        (timedelta(minutes=-20), "since 11:40"),
        (timedelta(0), "since 12:00"),
        (timedelta(seconds=30), "1 min left"),
        (timedelta(minutes=39, seconds=59), "40 min left"),
        (timedelta(hours=1), "13:00"),
        (timedelta(hours=11, minutes=59), "23:59"),
        (timedelta(hours=12), "Wed 16"),
        (timedelta(days=6), "Mon 21"),
        (timedelta(days=7), "22 Jan"),
    ],
)
def test_the_nearer_it_is_the_more_exact_the_words(later: timedelta, words: str) -> None:
    assert in_words(NOON + later, NOON, HERE) == words


def test_days_are_those_of_the_hubs_own_zone() -> None:
    abroad = replace(HERE, time_zone="Asia/Tokyo")
    assert in_words(NOON + timedelta(hours=4), NOON, abroad) == "Wed 16"


def test_what_has_no_hour_can_wait_for_one() -> None:
    assert in_words(None, NOON, HERE) == "Any time"
