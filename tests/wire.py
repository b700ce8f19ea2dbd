"""Requests put straight to the application: no client and no socket between question and answer."""

from dataclasses import dataclass, field
from time import perf_counter_ns, thread_time_ns
from typing import Final
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message, Scope

from hub.core.ids import fresh
from tests.world import ADDRESS, Person, World

HOST: Final = ADDRESS.removeprefix("http://")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in: what the cookie holds and what forms carry. Nobody has neither."""

    token: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a form when it carries fields, else a page to open."""

    path: str
    visit: Visit = Visit()
    fields: tuple[tuple[str, str], ...] | None = None
    whence: str = "127.0.0.1"

    def scope(self) -> Scope:
        """The request as the application is told of it."""
        path, _mark, query = self.path.partition("?")
        headers = [(b"host", HOST.encode()), (b"sec-fetch-site", b"same-origin")]
        if self.visit.token:
            headers.append((b"cookie", f"s={self.visit.token}".encode()))
        if self.fields is not None:
            headers.append((b"content-type", b"application/x-www-form-urlencoded"))
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET" if self.fields is None else "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": headers,
            "client": (self.whence, 40000),
            "server": ("127.0.0.1", 8000),
        }

    def body(self) -> bytes:
        """What is sent after the headers."""
        return urlencode(self.fields).encode() if self.fields else b""


@dataclass(slots=True)
class Heard:
    """What was answered, when its request began, and when the last of it had come (nanoseconds).

    `worked` is how long this thread itself was busy with it, whatever else the machine did.
    """

    began: int
    ended: int = 0
    worked: int = 0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        """The answer as words, with what its headers say."""
        said = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{said}\n{self.body.decode('utf-8', 'replace')}"


async def put(app: ASGIApp, ask: Ask) -> Heard:
    """Put one request to the application and hear the whole answer."""
    scope, body = ask.scope(), ask.body()
    heard, before = Heard(perf_counter_ns()), thread_time_ns()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            heard.status = message["status"]
            heard.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            heard.body += message.get("body", b"")

    await app(scope, receive, send)
    heard.ended, heard.worked = perf_counter_ns(), thread_time_ns() - before
    return heard


def visit(world: World, person: Person) -> Visit:
    """This person has just signed in."""
    browser = world.browser(person)
    return Visit(browser.client.cookies["s"], browser.known_csrf)


def form(path: str, by: Visit, **typed: str) -> Ask:
    """A form as a page of ours sends it."""
    return Ask(path, by, (("csrf", by.csrf), ("once", fresh()), *typed.items()))
