"""A message to the person a case is about: it waits for a safe hour, and is never dropped."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hub.cases.safe_contact import ContactMethod
from hub.core.states import Arrow, arrow
from hub.core.words import Worded


class Channel(Worded):
    """How it leaves."""

    MAIL = "mail", "An e-mail that says nothing"
    BY_HAND = "by_hand", "Somebody calls or writes"


class State(Worded):
    """Where a message stands."""

    WAITING = "waiting", "Waits for a safe hour"
    READY = "ready", "Now is a safe hour"
    BLOCKED = "blocked", "Waits until the contact is confirmed again"
    SENT = "sent", "Sent"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Taken back"


class Step(StrEnum):
    """What can happen to a message."""

    OPEN = "open"
    CLOSE = "close"
    SEND = "send"
    BLOCK = "block"
    RESUME = "resume"
    DO = "do"
    CANCEL = "cancel"


class Side(StrEnum):
    """Who acts: the post, or the care team."""

    POST = "post"
    TEAM = "team"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.WAITING, Step.OPEN): arrow(State.READY, Side.POST),
        (State.WAITING, Step.SEND): arrow(State.SENT, Side.POST),
        (State.WAITING, Step.BLOCK): arrow(State.BLOCKED, Side.POST),
        (State.WAITING, Step.CANCEL): arrow(State.CANCELLED, Side.TEAM),
        (State.READY, Step.CLOSE): arrow(State.WAITING, Side.POST),
        (State.READY, Step.BLOCK): arrow(State.BLOCKED, Side.POST),
        (State.READY, Step.RESUME): arrow(State.WAITING, Side.TEAM),
        (State.READY, Step.DO): arrow(State.DONE, Side.TEAM),
        (State.READY, Step.CANCEL): arrow(State.CANCELLED, Side.TEAM),
        (State.BLOCKED, Step.RESUME): arrow(State.WAITING, Side.TEAM),
        (State.BLOCKED, Step.CANCEL): arrow(State.CANCELLED, Side.TEAM),
    }
)

OPEN: Final = frozenset({State.WAITING, State.READY, State.BLOCKED})
"""What has neither left nor been taken back."""


def channel_of(method: ContactMethod | None) -> Channel:
    """By mail what has an e-mail address; everything else a person does at the safe hour."""
    return Channel.MAIL if method is ContactMethod.EMAIL else Channel.BY_HAND
