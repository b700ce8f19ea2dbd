"""The terms of a release as they are written down, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.core.ids import AgencyId
from hub.core.language import _
from hub.core.words import RELEASABLE, Category, Purpose, ServiceType, Worded

USUAL_DAYS: Final = 30
MOST_DAYS: Final = 90
LONGEST: Final = timedelta(days=MOST_DAYS + 1)
"""From the first minute of the first day to the last of the last: under 91 times 24 hours."""


class Manner(Worded):
    """How she gave it."""

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


class Mode(Worded):
    """How she took it back."""

    PHONE = "phone", "By phone"
    IN_PERSON = "in_person", "In person"
    WRITING = "writing", "In writing"
    UNRECORDED = "unrecorded", "How it was said is not written down"


@dataclass(frozen=True, slots=True)
class Given:
    """How a release was given; `witness` and `limits` are words and kept sealed."""

    manner: Manner
    said: frozenset[Said]
    not_the_abuser: bool
    witness: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseTerms:
    """What she agrees to, before it is a release. `ends` is the first instant it is over."""

    to_agency: AgencyId
    purposes: frozenset[Purpose]
    service_types: frozenset[ServiceType]
    categories: frozenset[Category]
    starts: datetime
    ends: datetime
    given: Given


def faults(terms: ReleaseTerms, own: AgencyId, at: datetime) -> dict[str, str]:
    """What is wrong with the terms: field to sentence, the first for each field; {} when nothing.

    Args:
        own: the agency that holds the case and writes the release down.
    """
    found: dict[str, str] = {}
    for field, sentence in _faults(terms, own, at):
        found.setdefault(field, sentence)
    return found


def _faults(terms: ReleaseTerms, own: AgencyId, at: datetime) -> Iterator[tuple[str, str]]:
    if terms.to_agency == own:
        yield "to_agency", _("Choose another agency. A release lets somebody else know.")
    if not terms.purposes:
        yield "purposes", _("Tick what it is for.")
    if Purpose.REFERRAL in terms.purposes and not terms.service_types:
        yield "service_types", _("Tick which kind of service she may be referred to.")
    if not terms.categories:
        yield "categories", _("Tick at least one thing that may be shared.")
    if not terms.categories.issubset(RELEASABLE):
        yield "categories", _("Choose from the answers shown. The rest can never be shared.")
    yield from _time_faults(terms, at)
    yield from _given_faults(terms.given)


def _time_faults(terms: ReleaseTerms, at: datetime) -> Iterator[tuple[str, str]]:
    if terms.ends <= terms.starts:
        yield "ends", _("It ends before it starts. Give a last day on or after the first.")
    elif terms.ends <= at:
        yield "ends", _("That day is over. Give a last day from today on.")
    elif terms.ends - terms.starts >= LONGEST:
        yield "ends", _("Give a last day at most {n} days after the first.").format(n=MOST_DAYS)


def _given_faults(given: Given) -> Iterator[tuple[str, str]]:
    if given.manner in WITNESSED and not given.witness:
        yield "witness", _("Write who was the witness.")
    if given.said != frozenset(Said):
        yield "said", _("Tell her every one of these first, then tick it.")
    if not given.not_the_abuser:
        yield (
            "not_the_abuser",
            _("Tick this only if you are sure. If you are not, do not write the release down."),
        )
