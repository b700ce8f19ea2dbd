"""What the templates of cases are given."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from hub.core.words import Category


@dataclass(frozen=True, slots=True)
class Named:
    """Something a list links to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """A case in a list."""

    id: str
    code: str
    manager: str
    mine: bool
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The cases one can open; `asked` is what was searched for."""

    template: ClassVar[str] = "hub/cases/cases.html"
    asked: str
    open: list[CaseBrief]
    closed: list[CaseBrief]


@dataclass(frozen=True, slots=True)
class NewCasePage:
    """Before a case is opened."""

    template: ClassVar[str] = "hub/cases/new.html"
    entry_points: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, opened. `lines` are pairs of name and words; a name may be "".

    `hidden` is a number or address, shown only when somebody asks for it.
    """

    line: str
    lines: list[tuple[str, str]]
    by: str
    at: datetime
    hidden: str = ""
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """The entries of one category."""

    category: Category
    entries: list[EntryView]


@dataclass(frozen=True, slots=True)
class ContactView:
    """How she can be reached safely: in one line, whether now, what never to do, and the rest."""

    summary: str
    standing: str
    kind: str
    never: str
    entry: EntryView


@dataclass(frozen=True, slots=True)
class ReleaseBrief:
    """A release on the page of its case."""

    id: str
    agency: str
    standing: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case, for its care team.

    `drafts` are releases that were begun, each with when; `dropped` says that one was just dropped.
    """

    template: ClassVar[str] = "hub/cases/case.html"
    case: str
    code: str
    opened_at: datetime
    closed_at: datetime | None
    closed_why: str
    came_by: str
    manager: str
    mine: bool
    since: datetime
    supervisors: list[str]
    offered_to: str
    contact: ContactView | None
    groups: list[CategoryGroup]
    releases: list[ReleaseBrief]
    drafts: list[tuple[str, datetime]]
    dropped: bool
    panels: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EntryChoicePage:
    """What the next entry is about: each category with what belongs in it."""

    template: ClassVar[str] = "hub/cases/entry_choice.html"
    case: str
    code: str
    categories: list[tuple[Category, str]]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry as a form: a new one, or one that is about to be replaced."""

    template: ClassVar[str] = "hub/cases/entry.html"
    case: str
    code: str
    category: Category
    belongs: str
    methods: list[tuple[str, str]]
    ways: list[tuple[str, str]]
    days: list[tuple[str, str]]
    zone: str
    line: str = ""
    replaces: str = ""
    body: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    earlier: list[EntryView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TenureView:
    """Somebody's time as primary case manager."""

    name: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer and what became of it."""

    to: str
    by: str
    at: datetime
    state: str
    open: bool
    note: str
    answer: str


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """Handing a case to a colleague."""

    template: ClassVar[str] = "hub/cases/hand_over.html"
    case: str
    code: str
    closed: bool
    colleagues: list[tuple[str, str]]
    waiting: OfferView | None
    offers: list[OfferView]
    tenures: list[TenureView]


@dataclass(frozen=True, slots=True)
class OfferPage:
    """A case offered to the one who looks."""

    template: ClassVar[str] = "hub/cases/offer.html"
    offer: str
    code: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """Before a case is closed."""

    template: ClassVar[str] = "hub/cases/closing.html"
    case: str
    code: str
    version: int
    closed: bool
    reasons: list[tuple[str, str]]
    releases: list[ReleaseBrief]
