"""What the templates of the walk to a release are given, one value for each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from hub.consent.notice import Notice

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """The draft a page belongs to, with what was written in it so far.

    `before` is the section one comes from, "" for the first; `follows` says that it takes the
    place of another release.
    """

    id: str
    case: str
    code: str
    section: str
    before: str
    version: int
    agency: str
    follows: bool
    steps: list[tuple[str, str, str]]
    answers: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """What one field says; "" when nothing."""
        said = self.answers.get(name, ())
        return said[0] if said else ""

    def many(self, name: str) -> Sequence[str]:
        """Everything that is ticked in a field."""
        return self.answers.get(name, ())


@dataclass(frozen=True, slots=True)
class BeginPage:
    """Before a release is begun: the language of the talk, and what was begun already."""

    template: ClassVar[str] = "hub/consent/new.html"
    case: str
    code: str
    closed: bool
    alone: bool
    languages: Pairs
    language: str
    begun: Pairs
    follows: str
    agency: str


@dataclass(frozen=True, slots=True)
class LanguagePage:
    """The language of a talk that is begun, to be changed."""

    template: ClassVar[str] = "hub/consent/new_language.html"
    draft: Begun
    languages: Pairs


@dataclass(frozen=True, slots=True)
class WhoPage:
    """Who may know, and what for."""

    template: ClassVar[str] = "hub/consent/new_who.html"
    draft: Begun
    agencies: Pairs
    purposes: Pairs
    service_types: Pairs


@dataclass(frozen=True, slots=True)
class WhatPage:
    """What they may know, and what they must not."""

    template: ClassVar[str] = "hub/consent/new_what.html"
    draft: Begun
    categories: Pairs
    belongs: Mapping[str, str]
    never: Pairs


@dataclass(frozen=True, slots=True)
class UntilPage:
    """From when until when, and how it is passed on."""

    template: ClassVar[str] = "hub/consent/new_until.html"
    draft: Begun
    most_days: int
    ways: Pairs


@dataclass(frozen=True, slots=True)
class TalkPage:
    """The talk: what is read aloud, what is thought over together, what she says to it."""

    template: ClassVar[str] = "hub/consent/new_talk.html"
    draft: Begun
    notice: Notice
    plan: Pairs
    asked: Pairs
    said: Pairs


@dataclass(frozen=True, slots=True)
class AgreesPage:
    """Who agrees, and whether anything stands in the way of understanding."""

    template: ClassVar[str] = "hub/consent/new_agrees.html"
    draft: Begun
    by: Pairs
    assents: Pairs


@dataclass(frozen=True, slots=True)
class DropPage:
    """Before what was begun is dropped: since when, and what is lost."""

    template: ClassVar[str] = "hub/consent/drop_draft.html"
    draft: Begun
    begun_at: datetime
    lost: Pairs


@dataclass(frozen=True, slots=True)
class Summary:
    """One section of the paper as it will stand, and what is still wrong with it."""

    section: str
    title: str
    facts: Pairs
    faults: list[str]
    change: bool


@dataclass(frozen=True, slots=True)
class SignPage:
    """The whole paper to be read aloud once more, and the signature under it.

    `changes` says what becomes of what they can read now, when it takes another's place.
    """

    template: ClassVar[str] = "hub/consent/new_sign.html"
    draft: Begun
    summaries: list[Summary]
    manners: Pairs
    copies: Pairs
    ready: bool
    spoken_counts: bool
    changes: list[str] = field(default_factory=list)
