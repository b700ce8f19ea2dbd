"""What the templates of receipts are given: the care team's page, and the pages of whose it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The care team's page: whether there is a receipt, and how to give one."""

    template: ClassVar[str] = "hub/consent/receipt.html"
    case: str
    code: str
    closed: bool
    given_at: datetime | None
    given_by: str
    until: datetime | None
    panicked_at: datetime | None
    lastings: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GivenPage:
    """The number, shown once."""

    template: ClassVar[str] = "hub/consent/receipt_given.html"
    case: str
    code: str
    number: str
    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Two fields and a button: the same for everybody, always."""

    template: ClassVar[str] = "hub/consent/notes.html"


@dataclass(frozen=True, slots=True)
class PieceView:
    """One thing that was shared: its kind and its words; no words when they cannot be opened."""

    category: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SharedLine:
    """What one agency was given at one moment."""

    agency: str
    at: datetime
    until: datetime
    ended_at: datetime | None
    what: str
    pieces: list[PieceView]


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """What she agreed to and can take back."""

    release: str
    agency: str
    what: str
    what_for: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a receipt opens; everything empty for the panic PIN."""

    template: ClassVar[str] = "hub/consent/notes_open.html"
    visit: str
    agreed: list[AgreedLine]
    open: list[SharedLine]
    ended: list[SharedLine]
    taken_back: bool


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    """Before something is taken back."""

    template: ClassVar[str] = "hub/consent/notes_take_back.html"
    visit: str
    line: AgreedLine
