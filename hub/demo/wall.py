"""The clock on the wall of the made-up town: hours and days as its people see them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

LOCALTIME: Final = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class Wall:
    """The present moment and where it is seen."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day it is here."""
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The day a moment falls on here."""
        return at.astimezone(self.zone).date()

    def local(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A time of the wall clock, `day` days from today."""
        there = self.today + timedelta(days=day)
        return datetime.combine(there, time(hour, minute), self.zone).astimezone(UTC)

    def end_of(self, day: int) -> datetime:
        """The last minute of a day, `day` days from today: when releases end."""
        return self.local(day, 23, 59)

    def left_of_today(self) -> timedelta:
        """How long it is until midnight."""
        return self.local(1, 0) - self.now

    def midnights(self, days: int) -> list[datetime]:
        """Some minutes after each midnight of the last `days` days, the oldest first."""
        return [self.local(-day, 0, 5) for day in range(days, -1, -1)]


def machine_zone(localtime: Path = LOCALTIME) -> str:
    """The name of this machine's time zone; "UTC" where the machine does not say it."""
    _before, found, name = localtime.resolve().as_posix().partition("/zoneinfo/")
    try:
        return ZoneInfo(name).key if found else "UTC"
    except (KeyError, ValueError, OSError):
        return "UTC"
