"""Several people at machines of their own, who act in the same instant."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from threading import Barrier, Thread
from typing import Any, Final

from sqlalchemy import event

from hub.app import open_hub, web
from tests.wire import Ask, Heard, put
from tests.world import World

PATIENCE: Final = 60
"""Seconds after which two who wait for each other are taken to wait for ever."""
SPREAD: Final = 0.004
"""Seconds by which one may begin after the other: about as long as a request takes."""

Work = Callable[[], list[Heard]]


class Machine:
    """A loop, threads, connections and an application that nobody else uses: a second process."""

    def __init__(self, world: World) -> None:
        self.hub = open_hub(world.hub.settings, world.clock)
        if self.hub.engine.dialect.name == "sqlite":
            event.listen(self.hub.engine, "connect", _wait_patiently)
        self._app = web(self.hub)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def ask(self, asked: Ask) -> Heard:
        """Put a request to this machine's application and wait for the answer."""
        work = put(self._app, asked)
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def asks(self, asked: Ask, times: int = 1) -> list[Heard]:
        """The same again and again."""
        return [self.ask(asked) for _each in range(times)]

    def rest(self) -> None:
        """Close its connections until it is asked something again."""
        self.hub.engine.dispose()

    def shut(self) -> None:
        """Stop its loop and close its connections."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self.rest()


def _wait_patiently(raw: Any, _record: object) -> None:
    """However busy the machine is with other things, this is no test of giving up."""
    raw.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")


@dataclass(frozen=True, slots=True)
class Start:
    """Where everybody waits for everybody, again and again; then some dawdle for a moment."""

    pool: ThreadPoolExecutor
    chance: Random

    def together(self, *works: Work) -> list[list[Heard]]:
        """Begin all of these in the same instant, each in a thread; what each heard."""
        gate = Barrier(len(works))
        late = [self.chance.uniform(0, SPREAD) * self.chance.randrange(2) for _work in works]
        begun = [
            self.pool.submit(partial(_begin, gate, pause, work))
            for pause, work in zip(late, works, strict=True)
        ]
        return [each.result(PATIENCE) for each in begun]


def _begin(gate: Barrier, pause: float, work: Work) -> list[Heard]:
    gate.wait(PATIENCE)
    time.sleep(pause)
    return work()


@contextmanager
def starting(count: int) -> Iterator[Start]:
    """Where so many start from."""
    with ThreadPoolExecutor(count) as pool:
        yield Start(pool, Random(count))  # noqa: S311 -- who dawdles is no secret


@contextmanager
def machines() -> Iterator[Callable[[World, int], list[Machine]]]:
    """So many machines over the database of a world: the same each time it is asked for them.

    Between two worlds in one home they rest, so that the home's database can be put back.
    """
    made: list[Machine] = []

    def at(world: World, count: int) -> list[Machine]:
        made.extend(Machine(world) for _each in range(count - len(made)))
        assert {machine.hub.settings for machine in made} == {world.hub.settings}
        return made

    yield at
    for machine in made:
        machine.shut()
