"""The paper in sentences, section by section, as it is read aloud before it is signed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from hub.consent.paper import Section
from hub.consent.terms import GivenBy, ReleaseTerms, Way, Words
from hub.consent.wording import labels, listed, purposes_in_words
from hub.core.language import _
from hub.core.words import Category

Pairs = list[tuple[str, str]]


class Days:
    """Writes days as this hub does."""

    def __init__(self, zone: ZoneInfo, language: str) -> None:
        self.zone = zone
        self.language = language

    def said(self, at: datetime | None) -> str:
        """The day of a moment in words; "" for none."""
        if at is None:
            return ""
        return format_date(at.astimezone(self.zone), "d MMMM y", locale=self.language)

    def last(self, to: datetime | None) -> str:
        """The last whole day before a moment in words; "" for none."""
        return self.said(to - timedelta(seconds=1)) if to else ""


def summed(terms: ReleaseTerms, agency: str, days: Days) -> dict[Section, Pairs]:
    """Every section as pairs of name and words; what was left empty is left out."""
    words = terms.given.words
    found = {
        Section.WHO: [
            (_("The one agency that may know"), agency),
            (str(Words.RECEIVERS.label), words.get(Words.RECEIVERS, "")),
            (_("What for"), purposes_in_words(terms.purposes, terms.service_types)),
            (str(Words.PURPOSE.label), words.get(Words.PURPOSE, "")),
        ],
        Section.WHAT: what(terms, days),
        Section.UNTIL: until(terms, days),
        Section.TALK: talk(terms),
        Section.AGREES: agrees(terms),
    }
    return {section: [each for each in pairs if each[1]] for section, pairs in found.items()}


def what(terms: ReleaseTerms, days: Days) -> Pairs:
    """What they may know and what they may not."""
    return [
        (_("They may know"), listed(labels(terms.categories, Category))),
        (str(Words.ITEMS.label), terms.given.words.get(Words.ITEMS, "")),
        (_("Never"), listed(labels(terms.never, Category))),
        (_("Her limits, in her words"), terms.given.limits),
        (_("Only what was written"), span(terms.records_from, terms.records_to, days)),
    ]


def span(since: datetime | None, to: datetime | None, days: Days) -> str:
    """The days between which entries must have been written; "" when none are named."""
    if since and to:
        return _("from {first} to {last}").format(first=days.said(since), last=days.last(to))
    if since:
        return _("from {first} on").format(first=days.said(since))
    return _("up to {last}").format(last=days.last(to)) if to else ""


def until(terms: ReleaseTerms, days: Days) -> Pairs:
    """How long, how it is passed on, and what holds if she dies."""
    no, yes = _("No, only they"), _("Yes, they may pass it on")
    return [
        (_("From the day"), days.said(terms.starts)),
        (_("Until the end of"), days.said(terms.ends)),
        (_("How they are told"), listed(labels(terms.ways, Way))),
        (_("May they tell others?"), yes if terms.onward else no),
        (str(Words.DEATH.label), terms.given.words.get(Words.DEATH, "")),
    ]


def talk(terms: ReleaseTerms) -> Pairs:
    """What was read aloud and what she said to each question."""
    given = terms.given
    return [
        (_("Read aloud in"), str(given.heard.language.label) if given.heard else ""),
        (str(Words.INTERPRETER.label), given.words.get(Words.INTERPRETER, "")),
        *((str(each.label), words) for each, words in given.talk.items()),
    ]


def agrees(terms: ReleaseTerms) -> Pairs:
    """Who agrees, and what stood in the way of understanding."""
    given, words = terms.given, terms.given.words
    by_another = given.by is not GivenBy.HERSELF
    return [
        (_("Who agrees"), str(given.by.label)),
        (str(Words.GUARDIAN.label), words.get(Words.GUARDIAN, "") if by_another else ""),
        (_("What she herself wants"), str(given.assent.label) if given.assent else ""),
        (str(Words.BEST_INTEREST.label), words.get(Words.BEST_INTEREST, "")),
        (str(Words.CAPACITY.label), words.get(Words.CAPACITY, "")),
    ]
