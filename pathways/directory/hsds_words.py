"""What kind of help an HSDS service is, and the words of our closed lists in its attributes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from hub.core.words import ServiceType as Kind
from pathways.directory.fields import FIRST_YEAR, LAST_YEAR, Fields
from pathways.directory.listing import Promise
from pathways.directory.terms import SERVICE_TYPE

Word = TypeVar("Word", bound=StrEnum)

CASE_BY_CASE: Final = "case-by-case"

NOT_OF_LAW: Final = r"(?<!law )(?<!legal )(?<!advice )"
SIGNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"\b(?:{signs})\b", re.IGNORECASE))
    for kind, signs in (
        (Kind.CASE_MANAGEMENT, r"case management|advocacy for survivors"),
        (
            Kind.HEALTH_MEDICAL,
            rf"health ?care|medical (?:care|services)|{NOT_OF_LAW}clinic|hospital",
        ),
        (Kind.PSYCHOSOCIAL, r"counsell?ing|psychosocial|mental health|support groups?"),
        (Kind.LEGAL_ASSISTANCE, r"legal (?:aid|advice|assistance|services|help)|law clinic"),
        (Kind.SAFETY_SECURITY, r"police|immediate safety"),
        (Kind.SAFE_HOUSE_SHELTER, r"safe ?houses?|safe housing|(?:women's|emergency) shelter"),
        (Kind.LIVELIHOODS, r"livelihoods?|job (?:search|training)|vocational training"),
        (Kind.CHILD_PROTECTION, r"child protection"),
        (Kind.HOTLINE, r"hotline|helpline|crisis line"),
        (Kind.CASH_VOUCHER, r"cash (?:assistance|transfers?)|vouchers?"),
        (Kind.EDUCATION, r"tutoring|literacy|education (?:program(?:me)?s?|classes)"),
        (Kind.HOUSING, r"help pay for housing|rent assistance|housing (?:advice|support)"),
        (Kind.FOOD, r"food|meals?|pantry|clothing|diapers?"),
        (Kind.REGISTRATION_DOCUMENTATION, r"identity documents|birth certificates?"),
        (Kind.IMMIGRATION_RELIEF, r"immigration|asylum"),
        (Kind.INTERPRETATION, r"interpreting|interpretation|translation"),
        (Kind.TRANSPORT, r"transportation|bus pass(?:es)?"),
        (Kind.SUBSTANCE_USE, r"substance (?:use|abuse)|addiction|detox"),
        (Kind.DISABILITY, r"disabilit(?:y|ies)"),
        (Kind.SPIRITUAL, r"spiritual|pastoral care"),
    )
)
"""Words that tell the kind of help, as Open Eligibility and the people who write entries use them.

Names mislead ("Faith Hall", "Hospitality House"), so a word is here only if it means the help."""


class Attributes:
    """The attributes of one service: values by link type, and the names of taxonomy terms."""

    def __init__(self, service: Fields) -> None:
        self.values: dict[str, list[str]] = defaultdict(list)
        self.terms: list[str] = []
        for attribute in service.each("attributes"):
            link, value = attribute.text("link_type"), attribute.text("value", 2_000)
            if link and value:
                self.values[link].append(value)
            term = attribute.inner("taxonomy_term")
            if term is not None:
                self.terms.append(term.text("name"))

    def words(self, link: str, of: type[Word]) -> frozenset[Word]:
        """The members of a closed list said under a link type."""
        known = {str(word.value): word for word in of}
        return frozenset(known[value] for value in self.values.get(link, ()) if value in known)

    def word(self, link: str, of: type[Word], otherwise: Word) -> Word:
        """The one member said, or `otherwise`."""
        said = self.words(link, of)
        return next(iter(said)) if len(said) == 1 else otherwise

    def text(self, link: str) -> str:
        """The first value said under a link type."""
        return next(iter(self.values.get(link, ())), "")

    def yes(self, link: str) -> bool | None:
        """True, false, or None where it is not said."""
        return {"true": True, "false": False}.get(self.text(link))

    def day(self, link: str) -> date | None:
        """A day written YYYY-MM-DD; None where it is not said so."""
        try:
            day = date.fromisoformat(self.text(link))
        except ValueError:
            return None
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None

    def promise(self, link: str) -> Promise:
        """A promise: whole minutes, or case by case."""
        said = self.text(link)
        if said == CASE_BY_CASE:
            return Promise(case_by_case=True)
        if said.isascii() and said.isdigit() and len(said) <= 7:
            return Promise(timedelta(minutes=int(said)))
        return Promise()


def types(attributes: Attributes, name: str, description: str) -> frozenset[Kind]:
    """Our kinds where the attributes say them; else what the words of the service tell.

    Taxonomy terms are believed first, then the name, then the description: the first of them
    that tells anything decides. OTHER when none does.
    """
    ours = attributes.words(SERVICE_TYPE, Kind)
    if ours:
        return ours
    for said in (attributes.terms, [name], [description]):
        told = _told(said)
        if told:
            return told
    return frozenset({Kind.OTHER})


def _told(texts: Iterable[str]) -> frozenset[Kind]:
    text = "\n".join(texts)
    return frozenset(kind for kind, signs in SIGNS if signs.search(text))
