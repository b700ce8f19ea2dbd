"""What the page that asks the directory shows: the question, and the answer with its reasons."""

from dataclasses import dataclass
from typing import ClassVar

Choice = tuple[str, str]
"""A code that may stand in an address, and its words."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for: only what the directory knows, and coarse choices."""

    needs: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    places: tuple[Choice, ...]
    genders: tuple[Choice, ...]
    ages: tuple[Choice, ...]
    children: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    papers: tuple[Choice, ...]
    access: tuple[Choice, ...]
    urgencies: tuple[Choice, ...]
    times: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FittingView:
    """One service that fits: why, what to ask, why it stands here, and what can be done now.

    `step` is "refer" when a referral can be sent from here, "own" for the reader's own agency,
    "away" where they must never know of the case that is asked for, else "" with the way to reach
    it among the reasons.
    """

    id: str
    name: str
    agency: str
    where: str
    why: tuple[str, ...]
    ask: tuple[str, ...]
    because: tuple[str, ...]
    step: str


@dataclass(frozen=True, slots=True)
class OtherView:
    """One service that does not fit, and what stands in the way."""

    id: str
    name: str
    agency: str
    in_the_way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The services for a need; `asked` says the question in words."""

    asked: str
    fitting: tuple[FittingView, ...]
    others: tuple[OtherView, ...]
    more: int
    more_others: int


@dataclass(frozen=True, slots=True)
class FindPage:
    """The question and, once asked, its answer; `case` is the id of the case it is asked for."""

    template: ClassVar[str] = "pathways/routing/find.html"
    choices: Choices
    case: str
    answer: Answer | None
