"""What the templates of safe contact are given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a way may be used now, in a sentence; kind is a banner's."""

    sentence: str
    kind: str
    usable: bool
    blocked: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to reach somebody: everything that must be known before it is used.

    `confirmable`: one button confirms it again. `mend`: what else to do before it can be used, ""
    when nothing. `value` is "" unless it may be used now.
    """

    line: str
    how: str
    standing: Standing
    facts: list[tuple[str, str]]
    value: str
    confirmable: bool
    mend: str
    waits: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message that waits, and until when."""

    id: str
    how: str
    state: str
    kind: str
    when: str
    why: str
    by: str
    at: datetime
    ready: bool
    version: int


@dataclass(frozen=True, slots=True)
class ReachPage:
    """The ways to reach somebody, and what waits for a safe hour."""

    template: ClassVar[str] = "hub/cases/reaching/reach.html"
    case: str
    code: str
    closed: bool
    ways: list[WayView]
    messages: list[MessageView]
