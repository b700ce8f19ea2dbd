"""The one clock: everything inside Linden is an aware UTC moment read from here."""

from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

OPEN_END: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""`until` of a share that has no end of its own: an agency's own work on its own case."""


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved on purpose."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Stand at `at`, which must be timezone-aware."""
        if at.tzinfo is None:
            raise ValueError("a clock needs a timezone-aware moment")
        self._at = at.astimezone(UTC)

    def move(self, by: timedelta) -> None:
        """Move forward (or back, with a negative duration)."""
        self._at += by
