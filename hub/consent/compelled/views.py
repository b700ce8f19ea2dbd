"""What the templates of duties and orders share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """An entry that says where somebody is: its box, its words, and the field of its reason."""

    tick: str
    words: str
    ticked: bool
    why: str
    reason: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """The single entries one can tick, by category: id, and its words; and who can be told.

    `places` are those that say where somebody is: they stand apart, each with its own reason.
    `ticked`, `agency`, `authority` and `until` are what was chosen before, where something was.
    """

    entries: list[tuple[str, str]]
    hints: dict[str, str]
    agencies: list[tuple[str, str]]
    ticked: list[str]
    places: list[Place]
    agency: str
    authority: str
    until: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The minutes in which it can be called back.

    `first` says how long it would wait, "" for not at all; `until` is when the wait is over that it
    is in, "" for none; `hurries` are the reasons for which something does not wait.
    """

    first: str
    until: str
    hurries: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """One thing this agency was told by law or by a court. `pieces` are what it reads."""

    template: ClassVar[str] = "hub/consent/compelled/received.html"
    record: str
    ground: str
    because: str
    agency: str
    by: str
    at: datetime
    until: datetime
    acknowledged_at: datetime | None
    version: int
    pieces: list[Any]


@dataclass(frozen=True, slots=True)
class ReceivedListPage:
    """Everything this agency was told so, as pairs of record and words."""

    template: ClassVar[str] = "hub/consent/compelled/received_list.html"
    told: list[tuple[str, str, datetime]]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Exactly what is told to an authority outside the hub, to be printed."""

    template: ClassVar[str] = "hub/consent/compelled/sheet.html"
    back: str
    code: str
    own: str
    to: str
    law: str
    by: str
    at: datetime
    pieces: list[Any]
