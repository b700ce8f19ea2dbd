"""What somebody is told when the hub cannot save because somebody else is saving."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.clients import Browser
from tests.looks import whole
from tests.survivor import opened
from tests.world import World

WORDS = "She asked for a bed for tonight"


@pytest.fixture
def impatient(world: World) -> World:
    """A hub on the embedded engine that waits a moment only for whoever is writing."""
    engine = world.hub.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets many write at once")

    @event.listens_for(engine, "checkout")
    def _hurry(raw: Any, _record: Any, _proxy: Any) -> None:
        raw.execute("PRAGMA busy_timeout=20")

    return world


@pytest.fixture
def writer(impatient: World) -> Iterator[Connection]:
    """Somebody else, who is not yet writing."""
    with impatient.hub.engine.connect() as held:
        held.rollback()
        yield held


def _form(world: World) -> Browser:
    rosa = world.browser(world.rosa)
    case = opened(world, world.rosa)
    rosa.open(f"/cases/{case}/entries/new?category=need")
    return rosa


def test_a_form_comes_back_with_all_that_was_typed(impatient: World, writer: Connection) -> None:
    rosa = _form(impatient)
    writer.begin()

    @event.listens_for(impatient.hub.engine, "handle_error")
    def _over(_context: Any) -> None:
        if writer.in_transaction():
            writer.rollback()

    answer = rosa.try_submit("/entries", text=WORDS)
    assert answer.status_code == 503
    assert WORDS in answer.text
    assert "Nothing was changed. Wait a moment, then try again." in answer.text
    assert rosa.try_submit("/entries", text=WORDS).status_code == 303


def test_a_page_says_so_while_nothing_can_be_read(impatient: World, writer: Connection) -> None:
    rosa = _form(impatient)
    writer.begin()
    answers = [rosa.try_submit("/entries", text=WORDS), rosa.get("/")]
    writer.rollback()
    for answer in answers:
        assert answer.status_code == 503
        assert "Somebody else is saving something" in answer.text
    assert rosa.get("/").status_code == 200


def test_a_busy_hub_says_the_same_of_what_is_there_and_what_is_not(
    impatient: World, writer: Connection
) -> None:
    rosa, case = impatient.browser(impatient.rosa), opened(impatient, impatient.rosa)
    tomas = impatient.browser(impatient.tomas)
    writer.begin()
    there, hidden = rosa.get(f"/cases/{case}"), tomas.get(f"/cases/{case}")
    absent = tomas.get("/cases/01J00000000000000000000000")
    writer.rollback()
    assert there.status_code == hidden.status_code == absent.status_code == 503
    assert whole(hidden) == whole(absent)
