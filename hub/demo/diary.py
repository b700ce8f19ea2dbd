"""The diary of the made-up town: many lives told at once, each deed at its own moment."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush

from hub.core.clock import SetClock

Life = Iterator[datetime]
"""Something that happens over time: it yields the moment of its next deed, then does it."""


class Diary:
    """Lets lives happen in the order of their moments, up to now."""

    def __init__(self, clock: SetClock, now: datetime) -> None:
        self._clock = clock
        self._now = now
        self._waiting: list[tuple[datetime, int, Life]] = []
        self._begun = 0

    def begin(self, life: Life) -> None:
        """Let a life go on until its first moment."""
        self._begun += 1
        self._wait(life, self._begun)

    def live(self, lives: Iterable[Life]) -> None:
        """Let these lives happen; what would come after now does not."""
        for life in lives:
            self.begin(life)
        while self._waiting:
            moment, number, life = heappop(self._waiting)
            self._clock.set(max(moment, self._clock.now()))
            self._wait(life, number)

    def _wait(self, life: Life, number: int) -> None:
        moment = next(life, None)
        if moment is not None and moment <= self._now:
            heappush(self._waiting, (moment, number, life))


def once(at: datetime, deed: Callable[[], object]) -> Life:
    """A life of one deed."""
    yield at
    deed()


def every(moments: Iterable[datetime], deed: Callable[[], object]) -> Life:
    """The same deed at each of these moments."""
    for moment in moments:
        yield moment
        deed()
