"""Times what two kinds of request take, in one thread, mixed at random, as an attacker would."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import anyio.to_thread
import pytest

from tests.wire import Ask, Heard, put
from tests.world import World

WARM_UP: Final = 60

Asking = Callable[[], Ask]


def _nothing() -> None:
    """Nothing needs doing now and then."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for when there is nothing, and when there is something that is kept from one.

    Attributes:
        absent, kept: make one request of each kind.
        status: what both are answered with.
        every, rest: after so many requests, something is done that is not timed.
    """

    absent: Asking
    kept: Asking
    status: int = 404
    every: int = 0
    rest: Callable[[], None] = _nothing


@contextmanager
def in_one_thread() -> Iterator[None]:
    """Work is done where it is asked for, so that no thread's waking blurs what is measured."""

    async def at_once(work: Callable[[], Any], **_limits: object) -> Any:
        return work()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anyio.to_thread, "run_sync", at_once)
        yield


def finished(work: Coroutine[Any, Any, Heard]) -> Heard:
    """Run a request to its end without a loop: it never has to wait for anything."""
    try:
        work.send(None)
    except StopIteration as end:
        heard: Heard = end.value
        return heard
    raise AssertionError("a request waited for something outside its thread")


@dataclass(frozen=True, slots=True)
class Timed:
    """How long requests took, each as (kind, nanoseconds), in the order they were made.

    Attributes:
        waited: by the clock on the wall, which is all that anybody outside can read.
        worked: by the processor's own count, which no other program on the machine blurs.
    """

    waited: list[tuple[int, int]]
    worked: list[tuple[int, int]]


def timed(world: World, target: Target, each: int) -> Timed:
    """How long so many requests of each kind take, mixed at random."""
    order = [0, 1] * (each + WARM_UP)
    warm, rest = order[: 2 * WARM_UP], order[2 * WARM_UP :]
    Random(each).shuffle(rest)  # noqa: S311 -- an order, not a secret
    with in_one_thread():
        _measured(world, target, warm)
        return _measured(world, target, rest)


def _measured(world: World, target: Target, order: Sequence[int]) -> Timed:
    made = (target.absent, target.kept)
    found = Timed([], [])
    for place, kind in enumerate(order, 1):
        heard = finished(put(world.app, made[kind]()))
        assert heard.status == target.status, heard.text
        found.waited.append((kind, heard.ended - heard.began))
        found.worked.append((kind, heard.worked))
        if target.every and place % target.every == 0:
            target.rest()
    return found
