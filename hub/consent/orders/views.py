"""What the templates of court orders are given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from hub.consent.compelled.views import Choosing, Wait

Facts = list[tuple[str, str | list[str]]]


@dataclass(frozen=True, slots=True)
class OrderBrief:
    """One order in a list."""

    id: str
    instrument: str
    state: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """The orders of a case."""

    template: ClassVar[str] = "hub/consent/orders/list.html"
    case: str
    code: str
    orders: list[OrderBrief]


@dataclass(frozen=True, slots=True)
class NewOrderPage:
    """Before an order is written down."""

    template: ClassVar[str] = "hub/consent/orders/new.html"
    case: str
    code: str
    instruments: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NoteView:
    """One attempt to tell the person, or one note beside the order."""

    kind: str
    at: datetime
    how: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order: what it wants, what was tried, how far it is. `can` are codes of open steps.

    `asks_me` says that it waits for the one who looks as a second person.
    """

    template: ClassVar[str] = "hub/consent/orders/order.html"
    case: str
    code: str
    order: str
    version: int
    state: str
    compels: bool
    progress: list[tuple[str, str, str]]
    facts: Facts
    wants: str
    silence: str
    sent_back: str
    set_aside: str
    why: str
    notes: list[NoteView]
    can: list[str]
    wait: Wait
    asks_me: bool
    ready: bool
    means: list[tuple[str, str]]
    outcomes: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    now: str
    sheet: bool
    pieces: list[Any]


@dataclass(frozen=True, slots=True)
class ScopePage:
    """Choosing, entry by entry, what the order compels; `why` as it was given before."""

    template: ClassVar[str] = "hub/consent/orders/scope.html"
    case: str
    code: str
    order: str
    version: int
    open: bool
    choosing: Choosing
    why: str


@dataclass(frozen=True, slots=True)
class SecondPage:
    """What the second person is asked: the words of the order, what would be told, to whom."""

    template: ClassVar[str] = "hub/consent/orders/second.html"
    order: str
    code: str
    version: int
    facts: Facts
    wants: str
    why: str
    attempts: list[str]
    entries: list[str]
    case: str
