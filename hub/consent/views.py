"""What the templates of releases are given."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from hub.consent.withdraw_views import OpenedView, WithdrawalView


@dataclass(frozen=True, slots=True)
class NewReleasePage:
    """Before a release is written down."""

    template: ClassVar[str] = "hub/consent/new.html"
    case: str
    code: str
    closed: bool
    agencies: list[tuple[str, str]]
    purposes: list[tuple[str, str]]
    service_types: list[tuple[str, str]]
    categories: list[tuple[str, str]]
    belongs: dict[str, str]
    said: list[tuple[str, str]]
    manners: list[tuple[str, str]]
    starts: date
    ends: date
    most_days: int


@dataclass(frozen=True, slots=True)
class SharedView:
    """One entry that was shared: its category and what it said, as pairs of name and words."""

    category: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the ledger, in words."""

    agency: str
    receiver: str
    what: str
    why: str
    release: str
    by: str
    at: datetime
    until: datetime | None
    ended_at: datetime | None
    ended_why: str
    shared: list[SharedView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release: its terms, where it stands, and what was shared under it."""

    template: ClassVar[str] = "hub/consent/release.html"
    release: str
    case: str
    code: str
    own: str
    agency: str
    standing: str
    kind: str
    what: str
    what_for: str
    not_shared: str
    starts: datetime
    ends: datetime
    manner: str
    witness: str
    limits: str
    said: list[str]
    recorded_by: str
    recorded_at: datetime
    revocable: bool
    refers: str
    withdrawal: WithdrawalView | None
    opened: list[OpenedView]
    shared: list[LineView]


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Who was told what."""

    template: ClassVar[str] = "hub/consent/ledger.html"
    case: str
    code: str
    team: list[str]
    open: list[LineView]
    ended: list[LineView]
