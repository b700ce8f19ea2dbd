"""What the people of the made-up town say and have written down, drawn from its texts."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from hub.core.words import Category, ServiceType
from hub.demo.cast import Survivor

FOR_A_CHILD: Final = "for_a_child"
PRONOUNS: Final = {"she": "her", "he": "his", "they": "their"}

GOES_ALONG: Final[Mapping[ServiceType, tuple[Category, ...]]] = {
    ServiceType.LEGAL_ASSISTANCE: (Category.LEGAL,),
    ServiceType.IMMIGRATION_RELIEF: (Category.IMMIGRATION,),
    ServiceType.HEALTH_MEDICAL: (Category.HEALTH,),
    ServiceType.SAFE_HOUSE_SHELTER: (Category.SAFETY,),
    ServiceType.SAFETY_SECURITY: (Category.SAFETY,),
    ServiceType.HOUSING: (Category.MONEY,),
    ServiceType.CASH_VOUCHER: (Category.MONEY,),
    ServiceType.LIVELIHOODS: (Category.MONEY,),
    ServiceType.CHILD_PROTECTION: (Category.CHILDREN,),
    ServiceType.CASE_MANAGEMENT: (Category.SAFETY,),
}
"""What a referral to a kind of help carries beside what is asked for, name and safe contact."""


class Words:
    """The texts of the town, drawn with one source of chance."""

    def __init__(self, lives: Mapping[str, Any], chance: Random) -> None:
        self._lives = lives
        self._chance = chance
        self._decks: dict[int, list[Any]] = {}

    def ask(self, of: Survivor, kind: ServiceType, *, for_child: bool) -> str:
        """What somebody asks for, in their own language where the town has words in it."""
        told = self._lives["asks"][FOR_A_CHILD if for_child else kind.value]
        found: str = self._dealt(told.get(of.language, told["en"]))
        return found

    def said(self, about: str) -> str:
        """Something that is said along the way."""
        found: str = self._dealt(self._lives["said"][about])
        return found

    def fixed(self, about: str) -> str:
        """Something of which the town has one way of saying it."""
        found: str = self._lives["said"][about]
        return found

    def of_release(self, about: str) -> str:
        """Something that is said when somebody agrees."""
        found: str = self._lives["said"]["release"][about]
        return found

    def in_meetings(self, about: str) -> str:
        """Something that is said around a conference."""
        found: str = self._dealt(self._lives["said"]["meetings"][about])
        return found

    def contact(self) -> Mapping[str, str]:
        """One way of reaching somebody safely."""
        found: Mapping[str, str] = self._dealt(self._lives["contacts"])
        return found

    def topics(self) -> Sequence[Mapping[str, Any]]:
        """What conferences talk about, in order."""
        found: Sequence[Mapping[str, Any]] = self._lives["topics"]
        return found

    def entry(self, of: Survivor, category: Category) -> str:
        """What a case manager writes down about somebody, in one category."""
        text: str = self._dealt(self._lives["entries"][category.value])
        their = PRONOUNS[of.pronoun]
        return text.replace("{their}", their).replace("{They}", of.pronoun.capitalize())

    def _dealt(self, texts: Sequence[Any]) -> Any:
        """One of the texts, none of them again before all the others were drawn."""
        deck = self._decks.setdefault(id(texts), [])
        if not deck:
            deck += self._chance.sample(list(texts), len(texts))
        return deck.pop()
