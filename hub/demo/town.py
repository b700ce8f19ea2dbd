"""`linden demo`: a hub in a temporary folder, with the made-up town in it, gone when it ends."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Final

from hub.demo import passphrase, story
from hub.demo.cast import Cast
from hub.demo.filling import SEED, fill
from hub.demo.post import deliver
from hub.demo.wall import machine_zone
from hub.desk import Hub
from hub.serving import listen
from hub.settings import OFF, Settings, SettingsRefused

HERE: Final = "127.0.0.1"
STOPS: Final = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Town:
    """A hub with the town in it, and the socket on which it is to be served."""

    hub: Hub
    cast: Cast
    listening: socket

    def card(self) -> dict[str, object]:
        """The address, and everybody who can sign in, for a program to read."""
        people = [
            {
                "name": worker.name,
                "agency": worker.agency,
                "role": worker.role,
                "email": worker.email,
                "passphrase": passphrase.drawn(SEED),
            }
            for worker in story.in_order(self.cast)
        ]
        return {"address": self.hub.settings.address, "people": people}

    def told(self) -> str:
        """The same for a person to read, and the story to follow."""
        return story.told(self.cast, self.hub.settings.address, passphrase.drawn(SEED))


@contextmanager
def temporary(found: Callable[[Settings], Hub], port: int) -> Iterator[Town]:
    """The town, until this ends, by itself or because somebody stops it; then nothing is left.

    Args:
        found: makes a new, empty hub.
        port: where to listen on this machine; 0 for any that is free.

    Raises:
        SettingsRefused: something listens there already.
    """
    with _stopped_by_signals(), _listening(port) as door, _folder() as folder:
        print("Making the town. This takes some seconds.", file=sys.stderr, flush=True)
        hub = found(_settings(folder, door))
        try:
            cast = fill(hub)
            parts = replace(hub.parts, jobs=(*hub.parts.jobs, deliver))
            yield Town(replace(hub, parts=parts), cast, door)
        finally:
            hub.engine.dispose()


@contextmanager
def _listening(port: int) -> Iterator[socket]:
    try:
        door = listen(f"{HERE}:{port}")
    except SettingsRefused as taken:
        other = port + 1 if 1024 <= port < 65535 else 0
        raise SettingsRefused(
            f"Port {port} of this machine cannot be used: something else listens there, or you "
            f"may not. Try linden demo --port {other}"
        ) from taken
    with door:
        yield door


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="linden-demo-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def _settings(folder: Path, door: socket) -> Settings:
    port = door.getsockname()[1]
    return Settings(
        data=folder / "data",
        root_key_file=folder / "root.key",
        smtp_url=OFF,
        address=f"http://{HERE}:{port}",
        bind=f"{HERE}:{port}",
        time_zone=machine_zone(),
    )


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """While this lasts, being told to stop unwinds as Ctrl+C does, so that nothing is left over."""
    before = {each: signal.signal(each, _stop) for each in STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
