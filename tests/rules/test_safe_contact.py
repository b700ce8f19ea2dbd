"""The one rule of safe contact: in every zone, through every change of clocks."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.cases.safe_contact import (
    LASTS,
    Blocked,
    Contact,
    ContactMethod,
    Day,
    Deferred,
    Hours,
    Usable,
    Why,
    contact_of,
    safe_at,
    usable,
)

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)  # a Tuesday
SALT: Final = ZoneInfo("Asia/Amman")
OFFICE: Final = Hours(frozenset({Day.TUESDAY, Day.THURSDAY}), time(17), time(18), SALT)
SAFE: Final = Contact(
    method=ContactMethod.CALL,
    value="555 0147",
    hours=OFFICE,
    confirmed_by="She herself",
    confirmed_at=NOON - timedelta(days=1),
    who_may_answer="only she",
    may_say="the dentist",
    code_word="marigold",
    do_not=False,
    leave=False,
    shared=False,
)
ZONES: Final = (
    "Asia/Amman",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Africa/Casablanca",
    "America/St_Johns",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "UTC",
)
minutes = st.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))
windows = st.builds(
    Hours,
    st.frozensets(st.sampled_from(list(Day)), min_size=1),
    minutes,
    minutes,
    st.sampled_from([ZoneInfo(name) for name in ZONES]),
).filter(lambda hours: hours.opens != hours.closes)
CHANGES: Final = [
    datetime(2030, 3, 31, 1, tzinfo=UTC),
    datetime(2030, 10, 27, 1, tzinfo=UTC),
    datetime(2030, 3, 10, 7, tzinfo=UTC),
    datetime(2030, 11, 3, 6, tzinfo=UTC),
    datetime(2030, 4, 6, 15, tzinfo=UTC),
    datetime(2030, 10, 5, 15, 30, tzinfo=UTC),
]
"""Clocks are put on or back in London, New York and on Lord Howe."""
instants = st.one_of(
    st.integers(-400 * 86400, 800 * 86400).map(lambda off: NOON + timedelta(seconds=off)),
    st.builds(
        lambda at, off: at + timedelta(seconds=off),
        st.sampled_from(CHANGES),
        st.integers(-90_000, 90_000),
    ),
)


def told(hours: Hours, at: datetime) -> Contact:
    return replace(SAFE, hours=hours, confirmed_at=at - timedelta(hours=1))


def on_her_wall(hours: Hours, at: datetime) -> bool:
    """The same question asked minute by minute of the window, as a person would count."""
    wall = at.astimezone(hours.zone).replace(tzinfo=None)
    for back in (0, 1):
        day = wall.date() - timedelta(days=back)
        if list(Day)[day.weekday()] not in hours.days:
            continue
        start = datetime.combine(day, hours.opens)
        end = datetime.combine(day, hours.closes)
        if end <= start:
            end += timedelta(days=1)
        if start <= wall < end:
            return True
    return False


@given(windows, instants)
@settings(max_examples=300)
def test_it_is_usable_exactly_while_the_clock_on_her_wall_allows(
    hours: Hours, at: datetime
) -> None:
    answer = usable(told(hours, at), at)
    assert isinstance(answer, Usable) is on_her_wall(hours, at)
    assert safe_at(hours, at) is on_her_wall(hours, at)


@given(windows, instants)
@settings(max_examples=300)
def test_what_is_deferred_opens_at_that_very_instant_and_not_before(
    hours: Hours, at: datetime
) -> None:
    answer = usable(told(hours, at), at)
    if isinstance(answer, Deferred):
        assert answer.until > at
        assert on_her_wall(hours, answer.until)
        assert not on_her_wall(hours, answer.until - timedelta(seconds=1)) or (
            answer.until - timedelta(seconds=1) < at
        )
        span = answer.until - at
        assert not any(on_her_wall(hours, at + span * part / 97) for part in range(97))


@given(windows, instants)
@settings(max_examples=200)
def test_a_window_closes_when_it_says_it_does(hours: Hours, at: datetime) -> None:
    answer = usable(told(hours, at), at)
    if isinstance(answer, Usable):
        assert answer.until > at
        assert not on_her_wall(hours, answer.until)
        span = answer.until - at
        assert all(on_her_wall(hours, at + span * part / 97) for part in range(97))


@given(windows, instants)
@settings(max_examples=100)
def test_nothing_is_ever_deferred_for_longer_than_a_fortnight(hours: Hours, at: datetime) -> None:
    answer = usable(told(hours, at), at)
    assert not isinstance(answer, Blocked)
    assert answer.until - at <= timedelta(days=15)


def test_an_hour_that_happens_twice_is_safe_both_times() -> None:
    hours = Hours(frozenset(Day), time(1, 15), time(1, 45), ZoneInfo("Europe/London"))
    first = datetime(2030, 10, 27, 0, 30, tzinfo=UTC)
    assert isinstance(usable(told(hours, first), first), Usable)
    between = datetime(2030, 10, 27, 0, 50, tzinfo=UTC)
    again = datetime(2030, 10, 27, 1, 15, tzinfo=UTC)
    assert usable(told(hours, between), between) == Deferred(again)


def test_an_hour_that_is_skipped_waits_for_another_day() -> None:
    hours = Hours(frozenset({Day.SUNDAY}), time(1, 15), time(1, 45), ZoneInfo("Europe/London"))
    before = datetime(2030, 3, 31, 0, 30, tzinfo=UTC)
    assert usable(told(hours, before), before) == Deferred(datetime(2030, 4, 7, 0, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"do_not": True}, Why.DO_NOT),
        ({"shared": True}, Why.SHARED),
        ({"method": ContactMethod.IN_PERSON}, Why.IN_PERSON),
        ({"confirmed_at": None}, Why.UNCONFIRMED),
        ({"confirmed_by": ""}, Why.UNCONFIRMED),
        ({"confirmed_at": NOON + timedelta(seconds=1)}, Why.UNCONFIRMED),
        ({"confirmed_at": NOON - LASTS}, Why.EXPIRED),
        ({"method": None}, Why.INCOMPLETE),
        ({"value": ""}, Why.INCOMPLETE),
        ({"hours": None}, Why.INCOMPLETE),
        ({"who_may_answer": ""}, Why.INCOMPLETE),
        ({"may_say": ""}, Why.INCOMPLETE),
        ({"code_word": ""}, Why.INCOMPLETE),
        ({"method": ContactMethod.EMAIL}, Why.NOTHING_LEFT),
        ({"method": ContactMethod.MESSAGE}, Why.NOTHING_LEFT),
    ],
)
def test_a_way_that_lacks_anything_is_not_usable(changed: dict[str, object], why: Why) -> None:
    assert usable(replace(SAFE, **changed), NOON) == Blocked(why)  # type: ignore[arg-type]


def test_a_confirmation_lasts_thirty_days_to_the_second() -> None:
    last = replace(SAFE, confirmed_at=NOON - LASTS + timedelta(seconds=1))
    assert not isinstance(usable(last, NOON), Blocked)
    evening = NOON.replace(hour=14, minute=30)
    ends = replace(SAFE, confirmed_at=evening - LASTS + timedelta(minutes=10))
    assert usable(ends, evening) == Usable(evening + timedelta(minutes=10))


def test_a_body_is_read_as_it_was_written() -> None:
    body = {
        "method": "call",
        "value": "555 0147",
        "days": "tue thu",
        "opens": "17:00",
        "closes": "18:00",
        "zone": "Asia/Amman",
        "confirmed_by": "She herself",
        "confirmed_at": (NOON - timedelta(days=1)).isoformat(),
        "who_may_answer": "only she",
        "may_say": "the dentist",
        "code_word": "marigold",
    }
    assert contact_of(body, shared=False) == SAFE
    for part in ("days", "opens", "closes", "zone"):
        for wrong in ("", "x", "99:99", "../etc", "2030-01-15T12:00"):
            assert contact_of(body | {part: wrong}, shared=False).hours is None
    assert contact_of(body | {"confirmed_at": "2030-01-14"}, shared=False).confirmed_at is None
