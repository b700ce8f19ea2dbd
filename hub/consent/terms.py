"""The terms of a release as they are written down, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hub.consent.notice import Heard
from hub.consent.policy import Policy
from hub.consent.signature import lines_of
from hub.core.ids import AgencyId
from hub.core.language import _
from hub.core.words import RELEASABLE, Category, Purpose, ServiceType, Worded


class Manner(Worded):
    """How she gave it."""

    DRAWN = "drawn", "Signature drawn on this screen"
    SIGNATURE = "signature", "Signature on paper"
    THUMBPRINT = "thumbprint", "Thumbprint on paper, with a witness"
    VERBAL = "verbal", "Spoken, with a witness"


WITNESSED: Final = frozenset({Manner.THUMBPRINT, Manner.VERBAL})


class Said(Worded):
    """What she was told before she agreed. Source: NNEDV and GBV case management, module 14."""

    PLAN = "plan", "What would be shared, with whom and what for"
    VOLUNTARY = "voluntary", "It is her choice, and help does not depend on it"
    WITHDRAW = "withdraw", "She can take it back at any time, by phone, in person or in writing"
    UNREAD = "unread", "What they have read by then cannot be un-read"
    LIMITS = "limits", "What the law can make us report, and what a court can order"


class Asked(Worded):
    """What was thought over together before she agreed. Source: NNEDV; Michigan MDHHS."""

    HELPS = "helps", "How does it help?"
    KEPT = "kept", "Will they keep it to themselves?"
    AGAINST = "against", "Could it be used against her?"
    REACHED = "reached", "Could the person who harms her get to see it?"
    OTHER_WAY = "other_way", "Is there another way?"


class Way(Worded):
    """How it is passed on."""

    HUB = "hub", "Here, on their own screen"
    ALOUD = "aloud", "Aloud, by telephone or in person"
    WRITTEN = "written", "On paper"
    MEETING = "meeting", "At a meeting"


class GivenBy(Worded):
    """Who agreed."""

    HERSELF = "herself", "She herself"
    GUARDIAN = "guardian", "A legal guardian, for her"
    CAREGIVER = "caregiver", "Somebody who looks after her, for her"
    COURT = "court", "A court, for her"


class Assent(Worded):
    """What a young person says to what somebody else agrees to for them."""

    AGREES = "agrees", "She wants it too"
    TOO_YOUNG = "too_young", "She is too young or too ill to be asked"
    AGAINST = "against", "She does not want it"


class Copies(Worded):
    """Whether she took a copy along."""

    GIVEN = "given", "She took a copy along"
    UNSAFE = "unsafe", "She took none: a copy would not be safe"
    DECLINED = "declined", "She wants none"


class Words(Worded):
    """What is written down in words; all of it is sealed."""

    PURPOSE = "purpose_words", "For exactly what"
    ITEMS = "items", "Also, by name"
    RECEIVERS = "receivers", "Who there may know"
    DEATH = "death", "If she dies or nobody can find her"
    INTERPRETER = "interpreter", "Interpreter"
    GUARDIAN = "guardian", "Who agrees for her"
    BEST_INTEREST = "best_interest", "Why it is best for her"
    CAPACITY = "capacity_words", "What stood in the way of understanding, and what was done"
    FILED = "filed", "Where the paper is kept"


class Mode(Worded):
    """How she took it back."""

    PHONE = "phone", "By phone"
    IN_PERSON = "in_person", "In person"
    WRITING = "writing", "In writing"
    NUMBER = "number", "With the number of her own"
    UNRECORDED = "unrecorded", "How it was said is not written down"


SAID_TO_STAFF: Final = (Mode.PHONE, Mode.IN_PERSON, Mode.WRITING)
"""What a form can say of it. The other two nobody chooses: what was done by itself is known so."""


@dataclass(frozen=True, slots=True)
class Given:
    """How a release was given; every word of it is kept sealed.

    Attributes:
        words, talk: what was said, by what it is about; only what was written down.
        heard: the text that was read aloud; None when none is recorded.
        drawn: the strokes of a signature drawn on screen.
        capacity_doubted: whether anything stood in the way of understanding.
    """

    manner: Manner
    said: frozenset[Said]
    not_the_abuser: bool
    witness: str = ""
    limits: str = ""
    words: Mapping[Words, str] = field(default_factory=dict)
    asked: frozenset[Asked] = frozenset()
    talk: Mapping[Asked, str] = field(default_factory=dict)
    heard: Heard | None = None
    by: GivenBy = GivenBy.HERSELF
    assent: Assent | None = None
    capacity_doubted: bool = False
    copies: Copies | None = None
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseTerms:
    """What she agrees to, before it is a release. `ends` is the first instant it is over.

    Attributes:
        never: categories that were named as those which must not be shared.
        records_from, records_to: only entries written from the first until before the second can
            be offered; None where that side was left open.
        onward: whether they may tell others in their turn.
    """

    to_agency: AgencyId
    purposes: frozenset[Purpose]
    service_types: frozenset[ServiceType]
    categories: frozenset[Category]
    starts: datetime
    ends: datetime
    given: Given
    never: frozenset[Category] = frozenset()
    records_from: datetime | None = None
    records_to: datetime | None = None
    ways: frozenset[Way] = frozenset()
    onward: bool = False


def faults(terms: ReleaseTerms, own: AgencyId, at: datetime, policy: Policy) -> dict[str, str]:
    """What is wrong with the terms: field to sentence, the first for each field; {} when nothing.

    Args:
        own: the agency that holds the case and writes the release down.
        policy: what that agency has set for its releases.
    """
    found: dict[str, str] = {}
    for name, sentence in _faults(terms, own, at, policy):
        found.setdefault(name, sentence)
    return found


def _faults(
    terms: ReleaseTerms, own: AgencyId, at: datetime, policy: Policy
) -> Iterator[tuple[str, str]]:
    if terms.to_agency == own:
        yield "to_agency", _("Choose another agency. A release lets somebody else know.")
    if not terms.purposes:
        yield "purposes", _("Tick what it is for.")
    if Purpose.REFERRAL in terms.purposes and not terms.service_types:
        yield "service_types", _("Tick which kind of service she may be referred to.")
    yield from _category_faults(terms)
    yield from _time_faults(terms, at, policy)
    yield from _given_faults(terms.given, policy)
    yield from _signer_faults(terms.given)


def _category_faults(terms: ReleaseTerms) -> Iterator[tuple[str, str]]:
    if not terms.categories:
        yield "categories", _("Tick at least one thing that may be shared.")
    if not terms.categories.issubset(RELEASABLE):
        yield "categories", _("Choose from the answers shown. The rest can never be shared.")
    if terms.categories & terms.never:
        yield "never", _("Something is ticked both as what they may know and as what they may not.")


def _time_faults(terms: ReleaseTerms, at: datetime, policy: Policy) -> Iterator[tuple[str, str]]:
    if terms.ends <= terms.starts:
        yield "ends", _("It ends before it starts. Give a last day on or after the first.")
    elif terms.ends <= at:
        yield "ends", _("That day is over. Give a last day from today on.")
    elif terms.ends - terms.starts >= policy.longest:
        most = _("Give a last day at most {n} days after the first.")
        yield "ends", most.format(n=policy.most_days)
    if terms.records_from and terms.records_to and terms.records_to <= terms.records_from:
        yield "records_to", _("That is before the first day. Give a day on or after it.")


def _given_faults(given: Given, policy: Policy) -> Iterator[tuple[str, str]]:
    if given.manner is Manner.VERBAL and not policy.spoken_counts:
        yield (
            "manner",
            _("Under the law your agency keeps, a release must be in writing."),
        )
    if given.manner is Manner.DRAWN and lines_of(given.drawn) is None:
        yield "signature", _("Nothing is drawn yet. Let her sign here, or on paper.")
    if given.manner in WITNESSED and not given.witness:
        yield "witness", _("Write who was the witness.")
    if given.said != frozenset(Said):
        yield "said", _("Tell her every one of these first, then tick it.")
    if not given.not_the_abuser:
        yield (
            "not_the_abuser",
            _("Tick this only if you are sure. If you are not, do not write the release down."),
        )


def _signer_faults(given: Given) -> Iterator[tuple[str, str]]:
    if given.capacity_doubted and not given.words.get(Words.CAPACITY):
        yield "capacity_words", _("Write what was done so that she could understand.")
    if given.by is GivenBy.HERSELF:
        return
    if not given.words.get(Words.GUARDIAN):
        yield "guardian", _("Write who agrees for her, and by what right.")
    if given.assent is None:
        yield "assent", _("Say what she herself wants.")
    if given.assent is Assent.AGAINST:
        yield "assent", _("Against her own word nothing is released, whoever agrees for her.")
    if not given.words.get(Words.BEST_INTEREST):
        yield "best_interest", _("Write why it is best for her.")
