"""What goes to the receiver, in the shape it is shown in: one shape before and after sending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hub.cases.bodies import SPOKEN_OF, lines, spoken_of
from hub.cases.safe_contact import contact_of, is_confirmed
from hub.core.language import _
from hub.core.words import RELEASABLE, Category, SpokenOf

Row = tuple[str, str | list[str]]
Piece = tuple[Category, Mapping[str, str]]

HELD_BACK: Final = ("value", "code_word")
"""Parts of a contact that are shown when somebody is about to use them, and not before."""

FIRST_SENTENCE: Final = 110


@dataclass(frozen=True, slots=True)
class Ask:
    """What she asks for, in words she approved, and what the sender wants to know.

    `spoken_of` is how the receiver's page speaks of her.
    """

    words: str
    approved: date | None
    questions: str
    spoken_of: SpokenOf = SpokenOf.THEY

    @staticmethod
    def read(body: Mapping[str, str]) -> "Ask":
        """The ask an envelope holds."""
        approved = body.get("approved", "")
        return Ask(
            body.get("text", ""),
            date.fromisoformat(approved) if approved else None,
            body.get("questions", ""),
            spoken_of([body]),
        )

    def body(self) -> dict[str, str]:
        """The body an envelope keeps."""
        approved = self.approved.isoformat() if self.approved else ""
        told = {"text": self.words, "approved": approved, "questions": self.questions}
        return told | {SPOKEN_OF: self.spoken_of.value}


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything the receiver is shown of her; `numbers` are what is held back until asked for.

    `unconfirmed` says that nobody has lately confirmed one of the ways to reach her as safe.
    """

    ask: Ask
    rows: tuple[Row, ...]
    numbers: tuple[Row, ...]
    categories: tuple[Category, ...]
    until: datetime
    unconfirmed: bool


def packet(ask: Ask, pieces: Sequence[Piece], until: datetime, at: datetime) -> Packet:
    """The packet of these entries, in the order of the categories whatever order they come in.

    Args:
        until: when the release ends that lets them be seen.
        at: when it is looked at.
    """
    pieces = sorted(pieces, key=lambda piece: RELEASABLE.index(piece[0]))
    named = {category for category, _body in pieces} - {Category.NEED}
    return Packet(
        ask=ask,
        rows=tuple(row for category, body in pieces for row in rows(category, body)),
        numbers=tuple(row for category, body in pieces for row in _numbers(category, body)),
        categories=(Category.NEED, *(each for each in RELEASABLE if each in named)),
        until=until,
        unconfirmed=any(_unconfirmed(category, body, at) for category, body in pieces),
    )


def rows(category: Category, body: Mapping[str, str]) -> list[Row]:
    """An entry as labelled facts; the parts of a contact that are held back are not among them."""
    if category is not Category.CONTACT:
        return [(name or str(category.label), words) for name, words in lines(category, body)]
    shown = {part: words for part, words in body.items() if part not in HELD_BACK}
    said = [f"{name}: {words}" if name else words for name, words in lines(category, shown)]
    return [(_("Safe contact"), said)] if said else []


def _numbers(category: Category, body: Mapping[str, str]) -> list[Row]:
    if category is not Category.CONTACT:
        return []
    held = {part: words for part, words in body.items() if part in HELD_BACK}
    return list(lines(category, held))


def _unconfirmed(category: Category, body: Mapping[str, str], at: datetime) -> bool:
    """Whether it is a way that could be used and that nobody has confirmed in the last 30 days."""
    if category is not Category.CONTACT or not body.get("value") or body.get("do_not"):
        return False
    return not is_confirmed(contact_of(body, shared=False), at)


def first_sentence(text: str, longest: int = FIRST_SENTENCE) -> str:
    """The first sentence of a text, cut at a word when it is longer than `longest` characters."""
    line = text.strip().partition("\n")[0]
    for place, letter in enumerate(line):
        ends = place + 1 == len(line) or line[place + 1].isspace()
        if letter in ".!?؟。" and ends:
            line = line[: place + 1]
            break
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0] + "…"
