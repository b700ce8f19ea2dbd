"""The numbered questions of a Services Advisor feature, and what was answered to each."""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from hub.core.language import _
from hub.core.text import UntidyText
from pathways.directory.fields import MOST_ITEMS, NAME, Fields, cleaned

ASKED: Final = re.compile(r"(\d{1,2})\. ?(.*)", re.DOTALL)

Meaning = TypeVar("Meaning")


class Answers:
    """Answers by the number of their question; the wording of questions is not relied on."""

    def __init__(self, said: Fields) -> None:
        self.ticked: dict[int, tuple[str, ...]] = {}
        self.asked: dict[int, str] = {}
        for question in said.values:
            parts = ASKED.fullmatch(question)
            if parts is not None:
                self.asked[int(parts[1])] = parts[2]
                self.ticked[int(parts[1])] = _ticked(said, question)

    def known(self, number: int, meanings: Mapping[str, Meaning]) -> list[Meaning]:
        """What the answers to a question mean; an answer without a known meaning is left out."""
        return [meanings[answer] for answer in self.ticked.get(number, ()) if answer in meanings]

    def one(self, number: int, meanings: Mapping[str, Meaning]) -> Meaning | None:
        """The meaning of the only answer; None where there is none, or several that may differ."""
        found = self.known(number, meanings)
        return found[0] if len(found) == 1 else None

    def unread(self, number: int, meanings: Mapping[str, object]) -> str:
        """In its own words, what was answered to a question and has no known meaning."""
        left = [answer for answer in self.ticked.get(number, ()) if answer not in meanings]
        return f"{self.asked[number]}: {', '.join(left)}" if left else ""

    def words(self, *numbers: int) -> str:
        """All answers to these questions, in their own words."""
        return "; ".join(answer for number in numbers for answer in self.ticked.get(number, ()))


def _ticked(said: Fields, question: str) -> tuple[str, ...]:
    """The answers that are true, in the order of the alphabet."""
    answers = said.inner(question)
    if answers is None:
        return ()
    if len(answers.values) > MOST_ITEMS:
        raise said.wrong(question, _("It lists more than {n}.").format(n=MOST_ITEMS))
    try:
        return tuple(
            sorted(cleaned(key, NAME) for key, yes in answers.values.items() if yes is True)
        )
    except UntidyText as untidy:
        raise said.wrong(question, untidy) from untidy
