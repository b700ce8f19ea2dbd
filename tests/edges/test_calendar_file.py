"""The calendar file holds a constant word and an hour; anything else is a leak."""

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from conferencing.meeting_file import Entry, meeting_file
from hub.core.ids import ALPHABET, fresh

LINES = (
    r"BEGIN:VCALENDAR",
    r"VERSION:2\.0",
    r"PRODID:-//Meeting//EN",
    r"METHOD:PUBLISH",
    r"BEGIN:VEVENT",
    r"SUMMARY:Meeting",
    r"DTSTART:\d{8}T\d{6}Z",
    r"DTEND:\d{8}T\d{6}Z",
    r"DTSTAMP:\d{8}T\d{6}Z",
    r"UID:[a-z2-7]{26}",
    r"END:VEVENT",
    r"END:VCALENDAR",
)

moments = st.datetimes(datetime(1990, 1, 1), datetime(2190, 1, 1)).map(  # noqa: DTZ001 -- zoned next
    lambda at: at.replace(tzinfo=timezone(timedelta(hours=3)))
)
entries = st.builds(
    Entry,
    uid=st.text(sorted(ALPHABET), min_size=26, max_size=26),
    starts_at=moments,
    minutes=st.integers(10, 480),
    made_at=moments,
)


@given(entries)
def test_the_file_has_the_allowed_lines_and_no_others(entry: Entry) -> None:
    said = meeting_file(entry).decode("ascii")
    assert said.endswith("\r\n")
    found = said.removesuffix("\r\n").split("\r\n")
    assert len(found) == len(LINES)
    for line, allowed in zip(found, LINES, strict=True):
        assert re.fullmatch(allowed, line), line


@given(entries)
def test_the_hours_come_back_as_they_went_in(entry: Entry) -> None:
    calendar = Calendar.from_ical(meeting_file(entry).decode())
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART") == entry.starts_at.replace(microsecond=0)
    length = event.decoded("DTEND") - event.decoded("DTSTART")
    assert length == timedelta(minutes=entry.minutes)
    assert event.decoded("DTSTART").tzinfo is not None


@given(entries)
def test_the_same_seat_gets_the_same_bytes_whenever_it_asks(entry: Entry) -> None:
    assert meeting_file(entry) == meeting_file(entry)


def test_two_calendars_share_no_name_for_the_meeting() -> None:
    at = datetime(2030, 1, 15, 14, tzinfo=UTC)
    mine, yours = (meeting_file(Entry(fresh(), at, 90, at)) for _ in range(2))
    shared = {line for line in mine.splitlines() if line.startswith(b"UID")}
    assert not shared & set(yours.splitlines())
