"""What the pages of referrals are given: frozen values, already in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from hub.core.words import ServiceType
from pathways.referrals.packet import Packet, Row
from pathways.referrals.progress import Mark
from pathways.referrals.referral import Stage

Pair = tuple[str, str]
"""A value and its words, for something to choose from."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One referral on a list; `late` when the answer is owed, `draft` when nothing was sent."""

    when: str
    number: str
    subject: str
    text: str
    ref: str
    tag: str
    tag_kind: str
    late: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of referrals, the inbox or what was sent; `after` leads to the next page."""

    template: ClassVar[str] = "pathways/referrals/list.html"
    route: str
    stage: Stage
    stages: Sequence[Stage]
    lines: Sequence[LineView]
    after: str
    may_send: bool


@dataclass(frozen=True, slots=True)
class PacketView:
    """What the receiver sees of her, for both of them: one value, one template."""

    packet: Packet
    approved: str
    because: str
    who: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ReleaseChoice:
    """A release a referral could stand on."""

    id: str
    what: str
    until: str


@dataclass(frozen=True, slots=True)
class GroundPage:
    """Before a draft: she has released nothing that fits, or one of several must be chosen."""

    template: ClassVar[str] = "pathways/referrals/ground.html"
    case: str
    code: str
    service: str
    service_name: str
    agency: str
    to_agency: str
    kinds: Sequence[str]
    choices: Sequence[ReleaseChoice]
    previous: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The form of a draft. `ref` is "" while it is new.

    `hints` are the words of each entry, by the value of its box.
    """

    template: ClassVar[str] = "pathways/referrals/draft.html"
    ref: str
    version: int
    case: str
    code: str
    service: str
    service_name: str
    agency: str
    release: ReleaseChoice
    kinds: Sequence[Pair]
    kind: str
    priority: str
    words: str
    questions: str
    entries: Sequence[Pair]
    places: Sequence[Pair]
    hints: Mapping[str, str]
    ticked: Sequence[str]
    place_reason: str
    earlier: Sequence[Pair]
    previous: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Exactly what the receiver will see, the reminder, and the sending.

    `obstacle` says what must happen first, "" when nothing stands in the way. `wait` says that it
    can be called back for a while, "" when it opens at once. `never` are those without an account
    who must never know; `named_contact`: it goes to the agency's safe contact, not to its desk.
    """

    template: ClassVar[str] = "pathways/referrals/check.html"
    ref: str
    version: int
    case: str
    code: str
    title: str
    agency: str
    readers: Sequence[str]
    named_contact: bool
    never: Sequence[str]
    going: str
    priority: str
    view: PacketView
    now: str
    reminded: str
    reminder: str
    limits: str
    place_reasons: Sequence[str]
    obstacle: str
    wait: str
    hurries: Sequence[Pair]
    called_back: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One step of the story, in words."""

    what: str
    who: str
    at: str
    why: str
    words: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that is open: its words, and whether it needs a page of its own before it is taken."""

    step: str
    label: str
    at_once: bool
    kind: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note of the receiving agency's own."""

    who: str
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """A referral, for either side. `figure` is the number that matters now, or None.

    `waits_until` is set for its sender while nobody can open it yet; `hurried` says why it did
    not wait, and in which words.
    """

    template: ClassVar[str] = "pathways/referrals/referral.html"
    ref: str
    version: int
    ours: bool
    title: str
    number: str
    lede: str
    marks: Sequence[Mark]
    view: PacketView | None
    events: Sequence[EventView]
    steps: Sequence[StepView]
    figure: tuple[str, str, str, str] | None
    standing: str
    next: str
    news: EventView | None
    case: str
    code: str
    place: str
    outcome: Sequence[Row]
    notes: Sequence[NoteView]
    agency: str
    may_reroute: bool
    waits_until: str
    hurried: Pair


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step with what it asks for."""

    template: ClassVar[str] = "pathways/referrals/step.html"
    ref: str
    version: int
    step: str
    title: str
    lede: str
    number: str
    agency: str
    reasons: Sequence[Pair]
    categories: Sequence[Pair]
    outcomes: Sequence[Pair]
    needs: Sequence[Pair]
    confirmers: Sequence[Pair]
    today: str
    expected: Pair
    question: str
    button: str


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A colleague took the referral on: that, and nothing more."""

    template: ClassVar[str] = "pathways/referrals/taken.html"
    number: str
    kind: ServiceType


@dataclass(frozen=True, slots=True)
class PanelView:
    """Referrals on the page of their case."""

    template: ClassVar[str] = "pathways/referrals/panel.html"
    case: str
    open: Sequence[LineView]
    over: Sequence[LineView]
    may_refer: bool
