"""A reason why a service fits or not: what was asked, how it stands, and a sentence to say so."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from hub.core.language import Lazy, lazy
from hub.core.words import Worded

MONTHS: Final = (
    lazy("January"),
    lazy("February"),
    lazy("March"),
    lazy("April"),
    lazy("May"),
    lazy("June"),
    lazy("July"),
    lazy("August"),
    lazy("September"),
    lazy("October"),
    lazy("November"),
    lazy("December"),
)


class Criterion(Worded):
    """What is asked of a service, in the order in which it is said."""

    SERVICE_TYPE = "service-type", "Kind of help"
    RUNNING = "running", "Running now"
    REFERRAL = "referral", "How it takes referrals"
    LANGUAGE = "language", "Language"
    PLACE = "place", "Place"
    GENDER = "gender", "Gender"
    AGE = "age", "Age"
    CHILDREN = "children", "Children"
    NATIONALITY = "nationality", "Nationality"
    PAPERS = "papers", "Papers"
    ACCESS = "access", "Access"
    INTAKE = "intake", "Whom it is for"
    CAPACITY = "capacity", "Room"
    OPENING = "opening", "Opening hours"


class Verdict(Worded):
    """How a service stands by one criterion. UNKNOWN is no refusal: it means "ask"."""

    FITS = "fits", "Fits"
    UNKNOWN = "unknown", "Ask"
    BLOCKS = "blocks", "In the way"


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion's verdict. The sentence is put together when it is read, in the reader's words.

    `said` fills the places of `pattern`: directory facts and labels, nothing about a person beyond
    the choices that were made.
    """

    criterion: Criterion
    verdict: Verdict
    pattern: Lazy
    said: tuple[tuple[str, object], ...] = ()

    @property
    def sentence(self) -> str:
        return str(self.pattern).format(**{name: spoken(thing) for name, thing in self.said})


def fits(criterion: Criterion, pattern: Lazy, **said: object) -> Reason:
    """This criterion is met."""
    return Reason(criterion, Verdict.FITS, pattern, tuple(said.items()))


def unknown(criterion: Criterion, pattern: Lazy, **said: object) -> Reason:
    """The directory cannot say; somebody must ask."""
    return Reason(criterion, Verdict.UNKNOWN, pattern, tuple(said.items()))


def blocks(criterion: Criterion, pattern: Lazy, **said: object) -> Reason:
    """This stands in the way."""
    return Reason(criterion, Verdict.BLOCKS, pattern, tuple(said.items()))


def spoken(thing: object) -> str:
    """A fact as it is said: labels by their label, days and times as people write them."""
    if isinstance(thing, Worded):
        return str(thing.label)
    if isinstance(thing, date):
        return f"{thing.day} {MONTHS[thing.month - 1]} {thing.year}"
    if isinstance(thing, time):
        return f"{thing:%H:%M}"
    if isinstance(thing, (frozenset, tuple, list)):
        parts = [spoken(part) for part in thing]
        return ", ".join(sorted(parts) if isinstance(thing, frozenset) else parts)
    return str(thing)
