"""Taking releases back is one thing: whatever fails on the way, nothing at all has happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from hub.consent.withdrawing import effects_of
from hub.core.effects import Effect
from hub.core.ids import ReleaseId
from hub.desk import Desk
from tests.hanging import Hanging, hang, reads
from tests.looks import stored
from tests.world import World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
STRIDE = {"sqlite": 1, "postgresql": 7}
"""Every statement on the embedded engine; every seventh, and the last ones, on the other."""
NEVER = 10**9


class Broken(Exception):
    """Something failed on the way."""


@contextmanager
def breaking(world: World, at: int) -> Iterator[list[str]]:
    """Let the statement of this number fail, and keeping what was done, if it comes to that.

    Yields the statements as they come.
    """
    sent: list[str] = []

    def note(_db: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        sent.append(sql)
        if len(sent) == at:
            raise Broken

    def keep(_db: Any) -> None:
        sent.append("COMMIT")
        raise Broken

    hooks = {"before_cursor_execute": note, "commit": keep}
    for name, hook in hooks.items():
        event.listen(world.hub.engine, name, hook)
    try:
        yield sent
    finally:
        for name, hook in hooks.items():
            event.remove(world.hub.engine, name, hook)


def tried(made: Hanging, at: int) -> list[str]:
    """The statements of a withdrawal that fails at one of them, or when it would be kept."""
    with breaking(made.world, at) as sent, pytest.raises(Broken):
        made.withdraws(made.world.rosa)
    return sent


@BOTH
def test_whichever_statement_fails_nothing_in_any_table_has_changed(world: World) -> None:
    made = hang(world)
    before = stored(world, without=())
    statements = tried(made, NEVER)
    assert statements[-1] == "COMMIT"
    assert len(statements) > 60
    last = len(statements) - 1
    places = {*range(1, last, STRIDE[world.hub.engine.dialect.name]), last - 1, last}
    for place in sorted(places):
        assert len(tried(made, place)) == place
        assert stored(world, without=()) == before, statements[place - 1]
        assert tried(made, NEVER)[-1] == "COMMIT", statements[place - 1]
    assert stored(world, without=()) == before
    assert made.withdraws(world.rosa) == 2
    assert nothing_is_left(made)


def nothing_is_left(made: Hanging) -> bool:
    """Whether nobody at Northside can open anything of hers."""
    world, story = made.world, made.story
    asks = [story.row(ref).ask for ref in (made.waiting, made.taken)]
    people = (world.tomas, world.lena, world.noor, world.grace)
    topics = [table.topics(world.tomas) for table in made.tables]
    return not any(reads(world, who, ask) for who in people for ask in asks) and topics == [[], []]


def going(made: Hanging) -> list[Effect]:
    """What would go with both releases."""
    with made.world.desk(made.world.rosa) as desk:
        return effects_of(desk, _known(desk, made.both))


def _known(desk: Desk, ids: list[ReleaseId]) -> list[Any]:
    from hub.consent.queries import release

    return [release(desk, each) for each in ids]


@BOTH
def test_whichever_part_fails_at_its_own_ending_nothing_has_changed(world: World) -> None:
    made = hang(world)
    before = stored(world, without=("audit_line",))
    parts = world.hub.parts.release_effects
    count = sum(len(part) for part in _told(made))
    assert count >= 8
    for place in range(count):
        seen = iter(range(count))

        def broken(part: Any, seen: Any = seen, place: int = place) -> Any:
            def told(desk: Desk, releases: Any) -> list[Effect]:
                return [_failing(each, next(seen) == place) for each in part(desk, releases)]

            return told

        object.__setattr__(world.hub.parts, "release_effects", tuple(map(broken, parts)))
        with pytest.raises(Broken):
            made.withdraws(world.rosa)
        assert stored(world, without=("audit_line",)) == before
    object.__setattr__(world.hub.parts, "release_effects", parts)
    assert made.withdraws(world.miriam) == 2
    assert nothing_is_left(made)


def _told(made: Hanging) -> list[list[Effect]]:
    with made.world.desk(made.world.rosa) as desk:
        known = _known(desk, made.both)
        return [part(desk, known) for part in made.world.hub.parts.release_effects]


def _failing(effect: Effect, fails: bool) -> Effect:
    def end(_desk: Desk) -> None:
        raise Broken

    return replace(effect, end=end) if fails else effect


def test_what_was_told_beforehand_is_exactly_what_is_done(world: World) -> None:
    made = hang(world)
    before = going(made)
    done: list[Effect] = []
    parts = world.hub.parts.release_effects

    def noting(part: Any) -> Any:
        def told(desk: Desk, releases: Any) -> list[Effect]:
            found = part(desk, releases)
            done.extend(found)
            return list(found)

        return told

    object.__setattr__(world.hub.parts, "release_effects", tuple(map(noting, parts)))
    assert made.withdraws(world.rosa) == 2
    assert done == before[len(before) - len(done) :]
    assert going(made) == []
