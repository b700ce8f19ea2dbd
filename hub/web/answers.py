"""What a handler may answer besides a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class View(Protocol):
    """A frozen value and the template that shows it."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True, init=False)
class Go:
    """Go on to a page, by its route's name (303). `params` fill its path; `query` follows it."""

    route: str
    params: dict[str, str]
    query: dict[str, str]

    def __init__(self, route: str, /, query: dict[str, str] | None = None, **params: str) -> None:
        object.__setattr__(self, "route", route)
        object.__setattr__(self, "params", params)
        object.__setattr__(self, "query", query or {})


@dataclass(frozen=True, slots=True)
class Abroad:
    """Go to an address outside the hub (303): an identity provider."""

    address: str
    session: str = ""  # a token to set as the session cookie on the way, when not empty


@dataclass(frozen=True, slots=True)
class Enter:
    """Set the session cookie to this token, then go on."""

    session: str
    to: Go


@dataclass(frozen=True, slots=True)
class Exit:
    """Clear the session cookie and everything the browser kept, then go to an address.

    An empty address answers without going anywhere (204).
    """

    address: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file. Its name is constant: it says nothing of what is inside."""

    body: bytes
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class Later:
    """Slow work without a database (a passphrase hash), then the rest in a new unit of work.

    `abroad`: it waits for a machine outside, which must not keep those waiting who hash.
    """

    work: Callable[[], Any]
    then: Callable[[Any, Any], Any]  # (desk, what the work returned) -> another answer
    abroad: bool = False


Answer = View | Go | Abroad | Enter | Exit | Download | Later
