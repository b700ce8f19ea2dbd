"""Drives an ASGI application with so many callers at once and says how long each call took."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message, Scope

FORM = b"application/x-www-form-urlencoded"


class CallFailed(RuntimeError):
    """A measured call did not answer as it should; a figure of it would be worthless."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: method, path with query, the session's cookie, and what a form holds."""

    method: str
    path: str
    cookie: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    answers: int = 200


@dataclass(frozen=True, slots=True)
class Took:
    """What a run of calls took."""

    calls: int
    median_ms: float
    p95_ms: float
    per_second: float


async def send(app: ASGIApp, call: Call) -> bytes:
    """One call, straight into the application: no socket, no client library."""
    path, _, query = call.path.partition("?")
    body = urlencode(call.fields).encode()
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": _headers(call),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def hear(message: Message) -> None:
        said.append(message)

    await app(scope, receive, hear)
    if said[0]["status"] != call.answers:
        raise CallFailed(f"{call.method} {path} answered {said[0]['status']}")
    return b"".join(message.get("body", b"") for message in said[1:])


def _headers(call: Call) -> list[tuple[bytes, bytes]]:
    headers = [(b"host", b"127.0.0.1:8000"), (b"sec-fetch-site", b"same-origin")]
    if call.cookie:
        headers.append((b"cookie", f"s={call.cookie}".encode()))
    if call.method == "POST":
        headers.append((b"content-type", FORM))
    return headers


def drive(app: ASGIApp, calls: Callable[[], Call], count: int, callers: int) -> Took:
    """Make `count` calls, `callers` of them at a time, each caller waiting for its answer."""
    return asyncio.run(_drive(lambda: send(app, calls()), count, callers))


async def _drive(work: Callable[[], Awaitable[Any]], count: int, callers: int) -> Took:
    took: list[float] = []
    left = iter(range(count))

    async def caller(turns: Iterator[int]) -> None:
        for _turn in turns:
            began = perf_counter()
            await work()
            took.append(perf_counter() - began)

    await work()  # the first call compiles templates and statements
    began = perf_counter()
    await asyncio.gather(*(caller(left) for _ in range(callers)))
    return took_of(took, perf_counter() - began)


def took_of(took: list[float], whole: float) -> Took:
    """The figures of so many calls that took `whole` seconds together."""
    p95 = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    return Took(len(took), median(took) * 1000, p95 * 1000, len(took) / whole)


def line(operation: str, callers: int, product: Took, limit: Took) -> str:
    """One JSON line."""
    return json.dumps(
        {
            "operation": operation,
            "callers": callers,
            "n": product.calls,
            "median_ms": round(product.median_ms, 3),
            "p95_ms": round(product.p95_ms, 3),
            "per_second": round(product.per_second, 1),
            "limit_per_second": round(limit.per_second, 1),
            "ratio": round(product.per_second / limit.per_second, 3),
        }
    )
