"""A moment in words, for facts that a page lists beside other words."""

from datetime import datetime
from typing import Final

from babel.dates import format_datetime

from hub.desk import Desk

PATTERN: Final = "d MMM y, HH:mm"


def shown(desk: Desk, at: datetime | None) -> str:
    """A moment in the hub's time zone and language; "" for none."""
    settings = desk.hub.settings
    return format_datetime(at, PATTERN, settings.zone, settings.language) if at else ""


def typed(desk: Desk, at: datetime) -> str:
    """A moment as a form's field holds it."""
    return at.astimezone(desk.hub.settings.zone).strftime("%Y-%m-%dT%H:%M")
