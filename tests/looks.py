"""What may differ between two answers that say the same, and what a hub has stored."""

import re
from collections.abc import Collection
from hashlib import sha256
from typing import Final

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

LOGS: Final = frozenset({"audit_line", "session"})
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
