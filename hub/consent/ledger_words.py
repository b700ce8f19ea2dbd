"""The ledger in words: who received something, and who opened it."""

from collections.abc import Iterable

from hub.consent.wording import labels, listed
from hub.core.language import _
from hub.core.words import HolderKind, Role


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
