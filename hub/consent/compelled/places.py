"""Where somebody is: told by law only with a typed reason for each place, for the care team."""

from collections.abc import Mapping
from typing import Final

from hub.consent.compelled.scope import Scope
from hub.core.ids import EnvelopeId
from hub.core.language import _

MARK: Final = "place "
"""With the name of an entry behind it: the part of a choice's words that holds a reason."""


def to_seal(scope: Scope) -> dict[str, str]:
    """The reasons of what is chosen, as parts of the words that are kept with the choice."""
    return {f"{MARK}{each}": scope.reasons.get(each, "") for each in scope.entries}


def reasons(words: Mapping[str, str]) -> dict[EnvelopeId, str]:
    """The reasons in the words of a choice, by the entry that says where somebody is."""
    return {
        EnvelopeId(part.removeprefix(MARK)): said
        for part, said in words.items()
        if part.startswith(MARK)
    }


def fact(words: Mapping[str, str]) -> tuple[str, str | list[str]]:
    """The reasons as one fact of a page; without any it is left out there."""
    return _("Why they are told where somebody is"), list(reasons(words).values())
