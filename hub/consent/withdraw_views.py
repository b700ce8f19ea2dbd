"""What the page of taking releases back is given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class OpenedView:
    """Who opened what, when first and when last."""

    who: str
    what: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class GoingView:
    """What goes with one release: groups of a heading and its sentences."""

    terms: str
    groups: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """Before releases are taken back: their terms, what goes with them, what was opened already.

    `ticked` are the releases whose going is shown; `alone` the same page for each one by itself.
    """

    template: ClassVar[str] = "hub/consent/withdraw.html"
    release: str
    code: str
    agency: str
    releases: list[tuple[str, str]]
    ticked: list[str]
    going: list[GoingView]
    opened: list[OpenedView]
    modes: list[tuple[str, str]]
    staff: list[tuple[str, str]]
    me: str


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """How a release was taken back, and what was stamped afterwards; None and "" where nothing."""

    at: datetime
    mode: str
    by: str
    received_by: str
    words: str
    verified_at: datetime | None
    verified_by: str
    written_at: datetime | None
    written_by: str
