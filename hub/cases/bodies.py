"""What an entry of each category is made of, and how its parts are named on screen."""

from collections.abc import Mapping
from typing import Final

from hub.core.language import Lazy, lazy
from hub.core.words import NEVER_RELEASED, Category, Worded


class ContactMethod(Worded):
    """How she can be reached."""

    CALL = "call", "Call"
    MESSAGE = "message", "Text message"
    CHAT = "chat", "Message in an app"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    THROUGH = "through someone", "Through somebody she trusts"
    IN_PERSON = "in person", "Only in person"


PARTS: Final[Mapping[Category, Mapping[str, Lazy]]] = {
    Category.CONTACT: {
        "method": lazy("How"),
        "value": lazy("Number or address"),
        "safe_when": lazy("Safe when"),
        "who_may_answer": lazy("Who may answer"),
        "may_say": lazy("What may be said"),
        "code_word": lazy("Code word"),
        "text": lazy("Never"),
    },
    Category.IDENTITY: {
        "name": lazy("Name"),
        "birth": lazy("Born"),
        "pronouns": lazy("Pronouns"),
        "text": lazy("Also"),
    },
}
"""The parts of a structured entry, in the order they are read; every other entry is "text"."""

TEXT: Final[Mapping[str, Lazy]] = {"text": lazy("In words")}

WRITTEN_BY_HAND: Final = tuple(
    each for each in Category if each not in NEVER_RELEASED or each is Category.WORKINGS
)
"""What a worker can write on a case's page; evidence and arrangements come from elsewhere."""


def parts_of(category: Category) -> Mapping[str, Lazy]:
    """The parts an entry of this category has, each with its name on screen."""
    return PARTS.get(category, TEXT)


def lines(category: Category, body: Mapping[str, str]) -> list[tuple[str, str]]:
    """The filled parts of a body as pairs of name and words, in reading order.

    Parts that no list names, from another kind of form, come last under their own key.
    """
    names = parts_of(category)
    known = [(str(label), _said(key, body[key])) for key, label in names.items() if body.get(key)]
    return known + [(key, words) for key, words in body.items() if key not in names and words]


def _said(key: str, words: str) -> str:
    methods = {method.value: str(method.label) for method in ContactMethod}
    return methods.get(words, words) if key == "method" else words


def contact_sentence(body: Mapping[str, str]) -> str:
    """A safe contact in one breath: how, when, who, what to say, what never to do."""
    head = " · ".join(filter(None, (_said("method", body.get("method", "")), body.get("value"))))
    names = PARTS[Category.CONTACT]
    rest = [
        f"{names[key]}: {body[key]}"
        for key in ("safe_when", "who_may_answer", "may_say", "code_word", "text")
        if body.get(key)
    ]
    return "\n".join(filter(None, (head, *rest)))
