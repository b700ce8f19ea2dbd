"""What the dispatcher does with messages that wait, when some of them cannot be sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPServerDisconnected

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.core.ids import fresh
from hub.people.tables import PersonRow
from hub.store import dispatch
from hub.store.outbox import Letter, OutboxRow, Waits, post, post_waiting, withdraw
from tests.world import World


class Server:
    """A mail server that fails for one address."""

    def __init__(self, fails_for: str, how: Exception) -> None:
        self.fails_for, self.how = fails_for, how
        self.got: list[str] = []

    def send_message(self, message: EmailMessage) -> None:
        if message["To"] == self.fails_for:
            raise self.how
        self.got.append(message["To"])


def sent(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> int:
    """Dispatch a message for Rosa and then one for Tomas through that server."""

    @contextmanager
    def connected(_url: str) -> Iterator[Server]:
        yield server

    monkeypatch.setattr(dispatch, "mail_server", connected)
    for person in (world.rosa, world.tomas):
        world.move(timedelta(seconds=1))
        with world.hub.unit_of_work() as db:
            post(db, Letter.WAITING, person.id, world.now)
    settings = replace(world.hub.settings, smtp_url="smtp://mail")
    return dispatch.dispatch(replace(world.hub, settings=settings))


def still_waiting(world: World) -> list[str]:
    asked = select(col(OutboxRow.person)).where(col(OutboxRow.sent_at).is_(None))
    with world.hub.unit_of_work() as db:
        return list(db.execute(asked).scalars())


@pytest.mark.parametrize(
    "how", [SMTPNotSupportedError("needs SMTPUTF8"), SMTPDataError(550, b"no"), ValueError("odd")]
)
def test_one_that_cannot_be_sent_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch, how: Exception
) -> None:
    server = Server(world.rosa.email, how)
    assert sent(world, server, monkeypatch) == 1
    assert server.got == [world.tomas.email]
    assert still_waiting(world) == [world.rosa.id]


def test_nothing_is_lost_when_the_server_goes_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(world.rosa.email, SMTPServerDisconnected("gone"))
    assert sent(world, server, monkeypatch) == 0
    assert server.got == []
    assert sorted(still_waiting(world)) == sorted([world.rosa.id, world.tomas.id])


def test_what_was_held_back_or_is_not_due_yet_does_not_leave(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = fresh()
    with world.hub.unit_of_work() as db:
        post(db, Letter.WAITING, world.lena.id, world.now, about)
        withdraw(db, about, world.now)
        later = Waits(None, None, world.now + timedelta(hours=1))
        post_waiting(db, world.grace.id, world.now, later)
    server = Server("", ValueError("nobody"))
    assert sent(world, server, monkeypatch) == 2
    assert set(server.got) == {world.rosa.email, world.tomas.email}
    world.move(timedelta(hours=1))
    server.got.clear()
    assert sent(world, server, monkeypatch) == 3
    assert set(server.got) == {world.rosa.email, world.tomas.email, world.grace.email}


def test_who_has_left_is_not_written_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.hub.unit_of_work() as db:
        db.get_one(PersonRow, world.tomas.id).disabled_at = world.now
    server = Server("", ValueError("nobody"))
    assert sent(world, server, monkeypatch) == 1
    assert server.got == [world.rosa.email]


def test_several_that_wait_for_one_person_are_told_in_one_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.hub.unit_of_work() as db:
        for _each in range(3):
            post(db, Letter.WAITING, world.tomas.id, world.now, fresh())
    server = Server("", ValueError("nobody"))
    assert sent(world, server, monkeypatch) == 2
    assert sorted(server.got) == sorted([world.rosa.email, world.tomas.email])
