"""The calendar file of one participant: that there is a meeting, when, and nothing else.

Source: RFC 5545 for the form; a calendar lies open on shared phones and family accounts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

MEDIA_TYPE: Final = "text/calendar; method=PUBLISH; charset=utf-8"
FILENAME: Final = "meeting.ics"
SUMMARY: Final = "Meeting"


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into the file.

    Attributes:
        uid: random and of this one seat, so that two calendars cannot be laid side by side.
        made_at: when the invitation was made or the hour last changed; never the present moment,
            so that the file is the same bytes whenever it is asked for.
    """

    uid: str
    starts_at: datetime
    minutes: int
    made_at: datetime


def meeting_file(entry: Entry) -> bytes:
    """The file: the whole session under a constant word, in UTC. No names, place or address."""
    calendar, event = Calendar(), Event()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Meeting//EN")
    calendar.add("METHOD", "PUBLISH")
    event.add("UID", entry.uid)
    event.add("DTSTAMP", _second(entry.made_at))
    event.add("DTSTART", _second(entry.starts_at))
    event.add("DTEND", _second(entry.starts_at + timedelta(minutes=entry.minutes)))
    event.add("SUMMARY", SUMMARY)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
