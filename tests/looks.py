"""What may differ between two answers that say the same, and what a hub has stored."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import event
from sqlmodel import SQLModel

from hub.door.sight import sight_of_the_house
from tests.clients import Answer
from tests.world import World

RANDOM: Final = [
    (re.compile(r'nonce="[^"]*"'), 'nonce=""'),
    (re.compile(r"'nonce-[^']*'"), "'nonce-'"),
    (re.compile(r'name="once" value="[^"]*"'), 'name="once" value=""'),
    (re.compile(r'name="csrf" value="[^"]*"'), 'name="csrf" value=""'),
]
"""All that is random in an answer: the page's nonce and the two hidden fields of a form."""

WRITES: Final = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)

LOGS: Final = frozenset({"audit_line", "sealed_opening", "session"})
"""What opening a page may write: that it was opened, and that its reader is still there."""


def same(text: str) -> str:
    """A text without what is random in it."""
    for pattern, constant in RANDOM:
        text = pattern.sub(constant, text)
    return text


def whole(answer: Answer) -> tuple[int, list[tuple[str, str]], str]:
    """Everything an answer says: status, headers and text, without what is random in them."""
    headers = sorted((name.lower(), same(value)) for name, value in answer.headers.items())
    length = [(name, "" if name == "content-length" else value) for name, value in headers]
    return answer.status_code, length, same(answer.text)


@contextmanager
def writing(world: World) -> Iterator[set[str]]:
    """The tables written to meanwhile, whether it was kept or rolled back."""
    with _noting(world) as (tables, _kept):
        yield tables


@contextmanager
def keeping(world: World) -> Iterator[set[str]]:
    """The tables in which something was written meanwhile and kept."""
    with _noting(world) as (_tables, kept):
        yield kept


@contextmanager
def _noting(world: World) -> Iterator[tuple[set[str], set[str]]]:
    tables: set[str] = set()
    pending: set[str] = set()
    kept: set[str] = set()

    def note(_db: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        if found := WRITES.match(sql):
            tables.add(found[1])
            pending.add(found[1])

    def commit(_db: Any) -> None:
        kept.update(pending)
        pending.clear()

    def rollback(_db: Any) -> None:
        pending.clear()

    hooks = {"before_cursor_execute": note, "commit": commit, "rollback": rollback}
    for name, hook in hooks.items():
        event.listen(world.hub.engine, name, hook)
    yield tables, kept
    for name, hook in hooks.items():
        event.remove(world.hub.engine, name, hook)


def stored(world: World, without: Collection[str] = LOGS) -> dict[str, str]:
    """A digest of every table's rows."""
    sight = sight_of_the_house(world.now, world.hub.custody)
    found = {}
    with world.hub.engine.connect() as db:
        for name, table in SQLModel.metadata.tables.items():
            if name not in without:
                keys = list(table.primary_key)
                rows = db.execute(
                    table.select().order_by(*keys), execution_options={"sight": sight}
                )
                found[name] = sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()
    return found
