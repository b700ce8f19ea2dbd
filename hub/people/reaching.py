"""Speaking to a machine outside: only where it may be, only so long, only so much, no detours."""

import json
from collections.abc import Iterator
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

from hub.settings import is_loopback

PATIENCE_SECONDS: Final = 5.0
"""For one step: to connect, to send, to hear the next byte."""

LONGEST_SECONDS: Final = 15.0
"""For a whole answer, however steadily it drips."""

MOST_BYTES: Final = 512 * 1024


class Unreachable(Exception):
    """No answer that can be used. The one argument is a code for the log, never a value."""


def refuse_address(address: object, *, near: bool) -> str:
    """The address, if the hub may speak to it.

    Args:
        near: whether plain http to this very machine is allowed: on a hub that is itself reached
            by plain http only, for trying things out.

    Raises:
        Unreachable: not https (or near and http to the loopback), or it carries a name and
            passphrase or a fragment.
    """
    if not isinstance(address, str) or len(address) > 2000 or not address.isprintable():
        raise Unreachable("address")
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError as unreadable:
        raise Unreachable("address") from unreadable
    plain = near and parts.scheme == "http" and is_loopback(host)
    if not (parts.scheme == "https" or plain) or not host:
        raise Unreachable("address")
    if parts.username is not None or parts.password is not None or "#" in address:
        raise Unreachable("address")
    return address


class _Bounded(httpx2.SyncByteStream):
    """An answer's bytes, cut off at MOST_BYTES and LONGEST_SECONDS."""

    def __init__(self, stream: httpx2.SyncByteStream) -> None:
        self._stream = stream
        self._ends = monotonic() + LONGEST_SECONDS

    def __iter__(self) -> Iterator[bytes]:
        heard = 0
        for chunk in self._stream:
            heard += len(chunk)
            if heard > MOST_BYTES or monotonic() > self._ends:
                raise Unreachable("too much")
            yield chunk

    def close(self) -> None:
        self._stream.close()


class BoundedTransport(httpx2.HTTPTransport):
    """The ordinary transport, whose answers end."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Refuse packed answers, which could unfold without end, and bound the rest."""
        request.headers["Accept-Encoding"] = "identity"
        answer = super().handle_request(request)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            answer.close()
            raise Unreachable("encoding")
        if isinstance(answer.stream, httpx2.SyncByteStream):
            answer.stream = _Bounded(answer.stream)
        return answer


def read_json(address: str) -> dict[str, Any]:
    """The JSON object at an address.

    Raises:
        Unreachable: no answer, another status than 200, too much, or not a JSON object.
    """
    try:
        with httpx2.Client(transport=BoundedTransport(), timeout=PATIENCE_SECONDS) as client:
            answer = client.get(address, headers={"Accept": "application/json"})
        found = json.loads(answer.content) if answer.status_code == 200 else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as lost:
        raise Unreachable("answer") from lost
    if not isinstance(found, dict):
        raise Unreachable("answer")
    return found
