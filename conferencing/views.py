"""What the pages of conferences are given: frozen values, never a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose or press: its code and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision as one reader sees it; `ref` and `steps` are empty when it is not theirs."""

    words: str
    doer: str
    due_at: datetime
    state: str
    tone: str
    ref: str
    version: int
    steps: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of my agenda; `own` is its id for the care team it belongs to, else ""."""

    number: int
    topic: str
    text: str
    category: str
    minutes: int
    presenter: str
    code: str
    state: str
    tone: str
    because: str
    company: tuple[str, ...]
    decisions: tuple[DecisionLine, ...]
    own: str
    nobody_hears: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of my care teams' that is not on the agenda yet."""

    item: str
    topic: str
    code: str
    category: str


@dataclass(frozen=True, slots=True)
class MyAgenda:
    """The items I hold, and nothing about any other."""

    items: tuple[AgendaItem, ...]
    waiting: tuple[Waiting, ...]
    minutes: int
    company: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What everybody at the table knows of a meeting."""

    seat: str
    kind: str
    state: str
    state_label: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place: str
    chair: str
    chaired: bool
    version: int


@dataclass(frozen=True, slots=True)
class ConferencePage:
    """One meeting as one person sees it; `agenda` is None until the statement is confirmed."""

    template: ClassVar[str] = "conferencing/conference.html"
    meeting: Meeting
    progress: tuple[tuple[str, str, str], ...]
    reason: str
    next_words: str
    steps: tuple[Choice, ...]
    agenda: MyAgenda | None
    seated: tuple[str, ...]
    may_add: bool
    may_invite: bool


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """One meeting in my list."""

    seat: str
    kind: str
    state: str
    state_label: str
    when: str
    chair: str
    chaired: bool


@dataclass(frozen=True, slots=True)
class ConferencesPage:
    """My meetings, those to come first."""

    template: ClassVar[str] = "conferencing/conferences.html"
    to_come: tuple[ListedMeeting, ...]
    past: tuple[ListedMeeting, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ArrangementsPage:
    """The form of a meeting: a new one, or one whose hour or place changes."""

    template: ClassVar[str] = "conferencing/arrangements.html"
    seat: str
    kinds: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    starts_at: str
    minutes: int
    place: str
    version: int


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody with a seat, for the chair who gave it."""

    person: str
    name: str
    agency: str
    chair: bool


@dataclass(frozen=True, slots=True)
class GuestsPage:
    """Who is invited, and whom one agency could send; for the chair alone."""

    template: ClassVar[str] = "conferencing/guests.html"
    meeting: Meeting
    seated: tuple[Seated, ...]
    agencies: tuple[Choice, ...]
    agency: str
    agency_name: str
    staff: tuple[Choice, ...]
    own_items: bool


@dataclass(frozen=True, slots=True)
class NewItemPage:
    """The form of a new item."""

    template: ClassVar[str] = "conferencing/new_item.html"
    meeting: Meeting
    cases: tuple[Choice, ...]
    case: str
    presenters: tuple[Choice, ...]
    presenter: str
    categories: tuple[Choice, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class HearingLine:
    """How one person at the table stands to an item.

    Attributes:
        tone: "hears", "waits", "could", "team" or "not": how it is marked.
        why: a whole sentence; for those in whose way something stands, what it is.
        ask: the agency a release would have to name; "" when none would help.
    """

    who: str
    tone: str
    why: str
    opens: datetime | None
    until: datetime | None
    ask: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item for the care team it belongs to: who hears it, and what was agreed.

    `wait` says that it could be called back for a while if it were given now, "" when it could not;
    `waits_until` is set while it can be.
    """

    template: ClassVar[str] = "conferencing/item.html"
    meeting: Meeting
    item: str
    version: int
    topic: str
    text: str
    category: str
    case: str
    code: str
    presenter: str
    minutes: int
    state: str
    state_label: str
    tone: str
    reminded: str
    reminder: str
    place_reason: str
    hurried: tuple[str, str]
    now: str
    about_place: bool
    wait: str
    hurries: Sequence[tuple[str, str]]
    waits_until: datetime | None
    never: Sequence[str]
    hearings: tuple[HearingLine, ...]
    could: int
    sees_table: bool
    may_admit: bool
    may_let_in: bool
    steps: tuple[Choice, ...]
    decisions: tuple[DecisionLine, ...]
    doers: tuple[Choice, ...]
    due: date


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One meeting where a case is on the agenda; `seat` is "" for those without a seat there.

    `on` and `waiting` name the categories of its items that are on the agenda, and not yet.
    """

    kind: str
    when: str
    state: str
    on: str
    waiting: str
    seat: str


@dataclass(frozen=True, slots=True)
class CaseConferences:
    """Where a case is on an agenda, on the case's own page."""

    template: ClassVar[str] = "conferencing/panel.html"
    lines: tuple[PanelLine, ...]
