"""A real browser on a real socket: Chromium, when the machine has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, sleep
from typing import Any, Final

import uvicorn

from hub.app import web
from hub.people import sessions
from tests.world import Person, World

START_SECONDS: Final = 20


@contextmanager
def served(world: World) -> Iterator[str]:
    """The world's hub on a free port of this machine; its address."""
    options = uvicorn.Config(web(world.hub), port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(options)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    give_up = monotonic() + START_SECONDS
    while not server.started:
        if monotonic() > give_up or not thread.is_alive():
            raise RuntimeError("the test server did not start")
        sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(START_SECONDS)


@dataclass
class Screen:
    """Chromium windows onto one world; each person has their own, with JavaScript on or off."""

    world: World
    address: str
    chromium: Any
    scripts: bool = True
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def window(self, person: Person | None = None, **options: Any) -> Any:
        """A page in a window of its own, signed in as this person; nobody when None.

        What it asks for and what its console complains of are kept in `requests`, `complaints`.
        """
        context = self.chromium.new_context(
            base_url=self.address, java_script_enabled=self.scripts, **options
        )
        if person is not None:
            with self.world.hub.unit_of_work() as db:
                token = sessions.start(db, person.id, self.world.now)
            context.add_cookies([{"name": "s", "value": token, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda asked: self.requests.append(asked.url))
        page.on("console", self._heard)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        return page

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)
