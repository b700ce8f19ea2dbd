"""Moments the way people say them, seen from one instant in one zone and language."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from hub.core.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Times:
    """The instant a page is made, and how its people write days and hours."""

    now: datetime
    zone: ZoneInfo
    language: str

    def today(self) -> date:
        """The day it is here."""
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The day a moment falls on here."""
        return at.astimezone(self.zone).date()

    def moment(self, at: datetime) -> str:
        """ "14:20" today, "tomorrow 14:20", else "22 Nov, 14:20"; another year is said."""
        local = at.astimezone(self.zone)
        hour = _hour(local.hour, local.minute, self.language)
        away = (local.date() - self.today()).days
        if away == 0:
            return hour
        if away == 1:
            return _("tomorrow {hour}").format(hour=hour)
        if away == -1:
            return _("yesterday {hour}").format(hour=hour)
        return f"{self.short_day(local.date())}, {hour}"

    def short_day(self, day: date) -> str:
        """ "22 Nov", with the year when it is not this one."""
        return self._said(day, "d MMM")

    def day(self, day: date) -> str:
        """ "22 November", with the year when it is not this one."""
        return self._said(day, "d MMMM")

    def _said(self, day: date, pattern: str) -> str:
        pattern += "" if day.year == self.today().year else " y"
        return _date(day, pattern, self.language)


@lru_cache(maxsize=4096)
def _hour(hour: int, minute: int, language: str) -> str:
    return format_time(time(hour, minute), "HH:mm", locale=language)


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def span(length: timedelta) -> str:
    """How long: "21 h 40 min", "3 days 4 h", "under a minute"; never below nothing."""
    minutes = max(0, int(length.total_seconds() // 60))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        said = ngettext("{n} day", "{n} days", days).format(n=days)
        return said + (_(" {n} h").format(n=hours) if hours else "")
    parts = [_("{n} h").format(n=hours)] if hours else []
    parts += [_("{n} min").format(n=minutes)] if minutes else []
    return " ".join(parts) or _("under a minute")
