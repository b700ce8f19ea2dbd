"""What is kept of how a release was given: one sealed body, written once and read back."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from hub.consent.terms import Asked, ReleaseTerms, Words

YES: Final = "yes"
TALK: Final = "talk_"


def evidence(terms: ReleaseTerms) -> dict[str, str]:
    """The body of the envelope; what was not said is not in it."""
    given = terms.given
    told = {
        "text": given.limits,
        "witness": given.witness,
        "said": codes(given.said),
        "asked": codes(given.asked),
        "ways": codes(terms.ways),
        "onward": YES if terms.onward else "",
        "by": given.by.value,
        "assent": given.assent.value if given.assent else "",
        "capacity": YES if given.capacity_doubted else "",
        "copies": given.copies.value if given.copies else "",
        "signature": given.drawn,
    }
    told |= {each.value: words for each, words in given.words.items()}
    told |= {TALK + each.value: words for each, words in given.talk.items()}
    return {name: words for name, words in told.items() if words}


def words_in(body: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was written in words, each with what it is about."""
    return [(str(each.label), body[each.value]) for each in Words if body.get(each.value)]


def talk_in(body: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was said to each question that was thought over together."""
    return [
        (str(each.label), body.get(TALK + each.value, ""))
        for each in Asked
        if each.value in body.get("asked", "").split() or body.get(TALK + each.value)
    ]


def codes(chosen: Iterable[StrEnum]) -> str:
    """Codes as a column or a body keeps them: each once, sorted, parted by blanks."""
    return " ".join(sorted({each.value for each in chosen}))
