"""What the templates of releases are given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hub.consent.ledger_views import LineView
from hub.consent.notice import Notice
from hub.consent.withdraw_views import OpenedView, WithdrawalView


@dataclass(frozen=True, slots=True)
class Paper:
    """The rest of the paper, beside who, what and until when.

    Attributes:
        signature: the path of the drawing; "" where it is on paper or was spoken.
        follows, followed_by: the releases before and after it; "" where there is none.
        renewable: whether another one can take its place.
    """

    terms: list[tuple[str, str]]
    given: list[tuple[str, str]]
    said: list[str]
    asked: list[str]
    talk: list[tuple[str, str]]
    notice: Notice | None
    signature: str
    follows: str
    followed_by: str
    followed_at: datetime | None
    renewable: bool


@dataclass(frozen=True, slots=True)
class Signer:
    """One line to sign on: who, their name where it is known, and a signature drawn on screen."""

    who: str
    name: str
    drawn: str


@dataclass(frozen=True, slots=True)
class ReleaseSheet:
    """The paper of a release to print: its terms and nothing else of the case.

    Attributes:
        draft, release: what it is the paper of; "" for the other.
        signed: the day of a signature drawn on screen.
        over: whether it holds no longer.
    """

    template: ClassVar[str] = "hub/consent/sheet.html"
    own: str
    agency: str
    terms: list[tuple[str, str]]
    limits: str
    notice: Notice | None
    signers: list[Signer]
    draft: str = ""
    release: str = ""
    signed: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release: its terms, where it stands, and what was shared under it.

    `over` is whether it holds no longer, whatever ended it.
    """

    template: ClassVar[str] = "hub/consent/release.html"
    release: str
    case: str
    code: str
    own: str
    agency: str
    standing: str
    kind: str
    over: bool
    what: str
    what_for: str
    not_shared: str
    starts: datetime
    ends: datetime
    limits: str
    paper: Paper
    recorded_by: str
    recorded_at: datetime
    revocable: bool
    refers: str
    withdrawal: WithdrawalView | None
    opened: list[OpenedView]
    shared: list[LineView]
