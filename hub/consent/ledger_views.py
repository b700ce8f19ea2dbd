"""What the pages of the ledger are given."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from hub.consent.withdraw_views import OpenedView


@dataclass(frozen=True, slots=True)
class SharedView:
    """One entry that was shared: its category and what it said, as pairs of name and words."""

    category: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the ledger, in words.

    `href` leads to the record it stands on, named by `ground`; "" where there is no page of it.
    `released` is whether she agreed to it herself. `opens_at` is set while it waits to be opened
    and can be called back.
    """

    agency: str
    receiver: str
    what: str
    why: str
    ground: str
    released: bool
    href: str
    by: str
    at: datetime
    opens_at: datetime | None
    until: datetime | None
    ended_at: datetime | None
    ended_why: str
    opened: list[OpenedView] = field(default_factory=list)
    shared: list[SharedView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OutsideView:
    """What left on paper to an authority outside the hub, on which ground."""

    to: str
    what: str
    why: str
    ground: str
    by: str
    at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class CopyView:
    """That she was asked whether a copy is safe to keep."""

    answer: str
    at: datetime
    by: str
    copy: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Who was told what; `more_open` and `more_ended` are the marks to go on from, "" at the end.

    `because` says why the one who looks can see it.
    """

    template: ClassVar[str] = "hub/consent/ledger.html"
    case: str
    code: str
    because: str
    team: list[str]
    open: list[LineView]
    more_open: str
    ended: list[LineView]
    more_ended: str
    first: bool
    outside: list[OutsideView]
    copies: list[CopyView]


@dataclass(frozen=True, slots=True)
class AskCopyPage:
    """Before a copy is made: whether it is safe to keep."""

    template: ClassVar[str] = "hub/consent/ask_copy.html"
    case: str
    code: str
    answers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ToldView:
    """One line of a copy: when and to whom, then its sentences."""

    heading: str
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A copy to hand over or to read aloud: plain words, no names of staff, no agency's mark.

    `soon` is what waits to be opened: nobody it went to can read it yet.
    """

    template: ClassVar[str] = "hub/consent/paper.html"
    case: str
    code: str
    aloud: bool
    span: str
    open: list[ToldView]
    soon: list[ToldView]
    ended: list[ToldView]
    outside: list[ToldView]
    more: bool
