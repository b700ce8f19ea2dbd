"""The ledger in words: who received something, who opened it, and all of it told to her."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from hub.consent.because import at_the_start, in_a_sentence
from hub.consent.ledger import LedgerLine
from hub.consent.opened import Opened
from hub.consent.wording import labels, listed
from hub.core.language import Lazy, _, lazy
from hub.core.words import Category, Ground, HolderKind, Role


def receiver(kind: HolderKind, name: str, agency: str) -> str:
    """Who received something, in the middle of a sentence; `name` is a person's, else ""."""
    if kind is HolderKind.PERSON:
        return _("{name}, {agency}").format(name=name, agency=agency)
    if kind is HolderKind.DESK:
        return _("the intake desk of {agency}").format(agency=agency)
    return _("those who work on it at {agency}").format(agency=agency)


def at_work(roles: Iterable[Role], agency: str) -> str:
    """Somebody by what they do and where, without a name."""
    does = listed(labels(roles, Role))
    return _("{role}, {agency}").format(role=does, agency=agency) if does else agency


def opener(name: str, roles: Iterable[Role], agency: str) -> str:
    """Somebody by name, by what they do and where."""
    return ", ".join(each for each in (name, at_work(roles, agency)) if each)


WITH_RELEASE: Final[Mapping[str, Lazy]] = MappingProxyType(
    {
        "withdrawn": lazy("You took it back."),
        "expired": lazy("The time you agreed to was over."),
    }
)
"""How an end that came with the release is said to her."""
BY_ITSELF: Final[Mapping[str, Lazy]] = MappingProxyType(
    {
        "superseded": lazy("You agreed to something new instead."),
        "called_back": lazy("It was called back."),
        "declined": lazy("They said that they cannot help."),
        "entered_in_error": lazy("It was sent by mistake."),
        "kept_out": lazy("They are not to know of it."),
    }
)
"""How an end is said to her wherever it came from; any other is that it is not needed."""
CLOSED: Final = lazy("They need it no longer.")
NEVER_OPENED: Final = lazy("That ended on {day}, before anybody there could read it. {why}")
NO_LONGER: Final = lazy("Since {day} they can no longer read it. {why}")
GOES_ON: Final[Mapping[str, Lazy]] = MappingProxyType(
    {
        "superseded": lazy("That was so until {day}. {why}"),
        "taken_on": lazy("Colleagues there took it over on {day}."),
    }
)
"""Ends after which the same agency may well read on, as another line of the ledger says."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a line is told with: the agency's name, what it was for, and how days are said."""

    agency: str
    why: str
    at: datetime
    day: Callable[[datetime], str]
    moment: Callable[[datetime], str]


def told_to_her(line: LedgerLine, telling: Telling) -> list[str]:
    """One line of the ledger in short sentences, to be read aloud to her or handed over.

    It speaks to her, names agencies and no member of staff.
    """
    named = dict.fromkeys(str(each.category.label) for each in line.shared)
    what = listed(in_a_sentence(each) for each in named)
    told = [
        _began(line, telling, what),
        _("Why: {why}.").format(why=telling.why),
        _until(line, telling),
        _read(line, telling),
    ]
    return [each for each in told if each]


def told_on_paper(to: str, categories: Iterable[Category], why: str) -> list[str]:
    """The same of what left on paper to somebody outside the hub."""
    what = listed(in_a_sentence(each) for each in labels(categories, Category))
    return [
        _("{agency} was told this about you: {what}.").format(agency=to, what=what),
        _("Why: {why}.").format(why=at_the_start(why)),
        _("It left on paper and cannot be taken back."),
    ]


def _began(line: LedgerLine, telling: Telling, what: str) -> str:
    if line.waits(telling.at) and line.opens_at:
        said = _("From {moment} {agency} can read this about you: {what}.")
        when = telling.moment(line.opens_at)
        return said.format(moment=when, agency=telling.agency, what=what)
    if line.never_opened:
        said = _("{agency} was going to be able to read this about you: {what}.")
    elif line.ground is Ground.EMERGENCY:
        said = _("A colleague at {agency} opened this about you in an emergency: {what}.")
    else:
        said = _("{agency} was told this about you: {what}.")
    return said.format(agency=telling.agency, what=what)


def _until(line: LedgerLine, telling: Telling) -> str:
    if line.ended_at is None:
        said = _("They can read it until {day}.")
        if line.ground is Ground.RELEASE:
            said = _("They can read it until {day}, unless you take it back before.")
        return said.format(day=telling.day(line.until))
    over = NEVER_OPENED if line.never_opened else GOES_ON.get(line.ended_why, NO_LONGER)
    return str(over).format(day=telling.day(line.ended_at), why=_why_over(line))


def _why_over(line: LedgerLine) -> str:
    found = WITH_RELEASE.get(line.ended_why) if line.with_release else None
    return str(found or BY_ITSELF.get(line.ended_why, CLOSED))


def _read(line: LedgerLine, telling: Telling) -> str:
    if line.never_opened:
        return ""
    if line.waits(telling.at):
        return _("Nobody there can open it yet.")
    if not line.opened:
        return _("Nobody there has opened it.")
    first = min(each.first_at for each in line.opened)
    who = listed(dict.fromkeys(_does(each) for each in line.opened))
    said = _("It was opened by somebody who works there as {who}. The first time was on {day}.")
    if len(line.opened) > 1:
        said = _("It was opened by people who work there as {who}. The first time was on {day}.")
    return said.format(who=who, day=telling.day(first))


def _does(seen: Opened) -> str:
    roles = labels(seen.roles, Role)
    return listed(in_a_sentence(each) for each in roles) if roles else _("one of the staff")
