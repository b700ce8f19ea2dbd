"""What an entry of each category is made of, and how its parts are named on screen."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from hub.cases.safe_contact import ContactMethod as ContactMethod
from hub.cases.safe_contact import Day
from hub.core.language import Lazy, _, day, lazy
from hub.core.words import NEVER_RELEASED, Category, SpokenOf, Worded


class YesNo(Worded):
    """A plain answer."""

    YES = "yes", "Yes"
    NO = "no", "No"


SPOKEN_OF: Final = "spoken_of"
"""The part of an identity that says how the sentences on a page speak; it lies in envelopes only.

A referral's ask carries it too, so that the receiver's page speaks as the sender's does.
"""

PARTS: Final[Mapping[Category, Mapping[str, Lazy]]] = {
    Category.CONTACT: {
        "method": lazy("How"),
        "value": lazy("Number or address"),
        "safe_when": lazy("Safe when"),
        "days": lazy("Days"),
        "opens": lazy("From"),
        "closes": lazy("Until"),
        "zone": lazy("By the clock of"),
        "who_may_answer": lazy("Who may answer"),
        "may_say": lazy("What may be said"),
        "code_word": lazy("Code word"),
        "leave": lazy("A message may be left"),
        "do_not": lazy("Do not use it"),
        "text": lazy("Never"),
        "confirmed_by": lazy("Confirmed safe by"),
        "confirmed_at": lazy("Confirmed on"),
    },
    Category.IDENTITY: {
        "name": lazy("Name"),
        "birth": lazy("Born"),
        "pronouns": lazy("Pronouns"),
        SPOKEN_OF: lazy("Spoken of as"),
        "text": lazy("Also"),
    },
}
"""The parts of a structured entry, in the order they are read; every other entry is "text"."""

TEXT: Final[Mapping[str, Lazy]] = {"text": lazy("In words")}

BELONGS: Final[Mapping[Category, Lazy]] = {
    Category.IDENTITY: lazy("Her name, the name she prefers, her age, her papers."),
    Category.CONTACT: lazy("How she can be reached safely: how, when, who may answer."),
    Category.LOCATION: lazy("Where she lives, sleeps, works or studies. Never shared unasked."),
    Category.ACCESS: lazy("Language, interpreter, disability, faith and food, transport."),
    Category.NEED: lazy("What she asks for, in her words, and the outcome she hopes for."),
    Category.SAFETY: lazy("Risk, who must not be told, her safety plan."),
    Category.HEALTH: lazy("Injuries, pregnancy, medication, mental health."),
    Category.LEGAL: lazy("Orders, hearings, reports to the police."),
    Category.IMMIGRATION: lazy("Status, documents, fears. Kept apart from legal."),
    Category.CHILDREN: lazy("Her children, who they live with, school by area only."),
    Category.FAMILY: lazy("Household, supporters, who depends on her, who harms her."),
    Category.MONEY: lazy("Income, debts, work, benefits, housing costs."),
    Category.ACCOUNT: lazy("What happened, as she told it. Ask for the least."),
    Category.PLAN: lazy("Goals, options, progress, what comes next."),
    Category.WORKINGS: lazy("Your own notes. No release can ever share these."),
}

WRITTEN_BY_HAND: Final = tuple(
    each for each in Category if each not in NEVER_RELEASED or each is Category.WORKINGS
)
"""What a worker can write on a case's page; evidence and arrangements come from elsewhere."""


def parts_of(category: Category) -> Mapping[str, Lazy]:
    """The parts an entry of this category has, each with its name on screen."""
    return PARTS.get(category, TEXT)


def lines(category: Category, body: Mapping[str, str]) -> list[tuple[str, str]]:
    """The filled parts of a body as pairs of name and words, in reading order.

    An entry of nothing but text has no names: one pair whose name is "". Parts that no list
    names, from another kind of form, come last under their own key.
    """
    names = parts_of(category)
    known = [(str(label), said(key, body[key])) for key, label in names.items() if body.get(key)]
    if set(body) == {"text"} and known:
        known = [("", known[0][1])]
    return known + [(key, words) for key, words in body.items() if key not in names and words]


def said(key: str, words: str) -> str:
    """One part of a body as it is shown: codes become words, words stay."""
    codes = {each.value: str(each.label) for each in CODED.get(key, ())}
    if key == "days" and set(words.split()) <= codes.keys():
        return _days([code in set(words.split()) for code in codes], list(codes.values()))
    if key == "confirmed_at":
        return _day(words)
    return codes.get(words, words)


CODED: Final[Mapping[str, type[Worded]]] = {
    "method": ContactMethod,
    "days": Day,
    "leave": YesNo,
    "do_not": YesNo,
    SPOKEN_OF: SpokenOf,
}
"""Parts whose words are codes."""


def _day(words: str) -> str:
    """The day of a moment as it is kept; what is none somebody typed, and it stays as it is."""
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        return words
    return day(at) if at.tzinfo else words


def _days(chosen: list[bool], names: list[str]) -> str:
    """Days of the week as somebody would say them: three or more in a row by the first and last."""
    if all(chosen):
        return _("Every day")
    found = [name for is_one, name in zip(chosen, names, strict=True) if is_one]
    start = chosen.index(True) if found else 0
    if len(found) > 2 and all(chosen[start : start + len(found)]):
        return _("{first} to {last}").format(first=found[0], last=found[-1])
    return ", ".join(found)


def spoken_of(bodies: Iterable[Mapping[str, str]]) -> SpokenOf:
    """How pages speak of the person these bodies are about: as the first that says so has it.

    "they" when none says so, or in a way that no list names.
    """
    told = (body[SPOKEN_OF] for body in bodies if body.get(SPOKEN_OF))
    known = {each.value: each for each in SpokenOf}
    return known.get(next(told, ""), SpokenOf.THEY)
