"""Days and moments in the middle of sentences, as the hub says them."""

from datetime import datetime

from babel.dates import format_date, format_datetime

from hub.settings import Settings


def day(settings: Settings, at: datetime) -> str:
    """The day of a moment."""
    local = at.astimezone(settings.zone)
    return format_date(local, "d MMMM y", locale=settings.language)


def moment(settings: Settings, at: datetime) -> str:
    """A moment with its hour."""
    local = at.astimezone(settings.zone)
    return format_datetime(local, "d MMM y, HH:mm", locale=settings.language)
