"""A random story told twice: done with the product's own actions, written down as plain facts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from hub.core.errors import HubError
from hub.core.words import Category
from hub.desk import Desk
from tests.oracle import oracle
from tests.world import NOON, World

Any_ = TypeVar("Any_")

DIGITS = "0189"
"""No identifier holds these, so that no word is found in one by chance."""

AGENCIES = ("harbour", "northside", "eastway", "task_force")


class Refused(Exception):
    """The product said no, so nothing happened."""


@dataclass
class Chronicle:
    """The world, the facts so far, and the names under which things can be found again.

    A thing is called by the one word that stands in it, which stands nowhere else.
    """

    world: World
    random: Random
    facts: dict[str, set[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(set))
    ids: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    pages: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    doors: dict[str, tuple[str, str]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    made: int = 0

    def __post_init__(self) -> None:
        for name, person in self.world.town.people.items():
            roles = frozenset(role.value for role in person.roles)
            agency = self.agency_of(name)
            self.facts["roles"].add((NOON - timedelta(days=400), name, agency, roles))

    # -- words and people -------------------------------------------------------------------------

    def word(self, kind: str) -> str:
        """A new word that nothing else holds; the name of the thing it is written in."""
        self.made += 1
        number = "".join(DIGITS[self.made >> shift & 3] for shift in (8, 6, 4, 2, 0))
        name = f"{kind}{number}"
        self.kinds[name] = kind
        return name

    def agency_of(self, person: str) -> str:
        """The short name of somebody's agency."""
        at = self.world.town.people[person].agency
        return next(each for each in AGENCIES if getattr(self.world, each).id == at.id)

    def people(self) -> list[str]:
        """The whole cast."""
        return list(self.world.town.people)

    def named(self, name: str) -> Any:
        """A person, or an agency, of the cast."""
        return getattr(self.world, name)

    def any_of(self, several: Sequence[Any_]) -> Any_:
        """One of them; the deed does not happen when there is none."""
        if not several:
            raise Refused
        return self.random.choice(several)

    def some_of(self, several: Sequence[Any_], least: int = 0) -> list[Any_]:
        """Some of them."""
        most = min(len(several), 4)
        count = self.random.randint(min(least, most), most)
        return self.random.sample(list(several), count)

    # -- facts ------------------------------------------------------------------------------------

    @property
    def now(self) -> Any:
        """The instant of the story."""
        return self.world.now

    def tell(self, name: str, *words: Any) -> None:
        """A fact that holds from now on."""
        self.facts[name].add((self.now, *words))

    def known(self, name: str) -> list[tuple[Any, ...]]:
        """The facts of a name until now, in an order that is the same in every telling."""
        held = [fact for fact in self.facts.get(name, ()) if fact[0] <= self.now]
        return [fact[1:] for fact in sorted(held, key=lambda fact: (fact[0], str(fact[1:])))]

    def write(self, case: str, *things: str) -> None:
        """The care team's own work about a case."""
        for thing in things:
            self.tell("wrote", thing, case)
            self.tell("about", thing, case)

    def door(self, path: str, side: str, thing: str) -> None:
        """A page that exists for one side, of those who may read a thing."""
        self.doors[path] = side, thing

    def lead(self, case: str) -> str:
        """Who leads a case now."""
        return str([lead for which, _at, lead in self.known("leads") if which == case][-1])

    def worker(self, case: str) -> str:
        """Somebody of the case's care team who works on it just now."""
        team = sorted(oracle.readers(self.facts, f"code of {case}", self.now))
        return self.any_of(team)

    def cases(self) -> list[str]:
        """Every case."""
        return sorted({case for case, _agency, _lead in self.known("leads")})

    # -- doing ------------------------------------------------------------------------------------

    @contextmanager
    def desk(self, person: str, **fields: str) -> Iterator[Desk]:
        """A desk for one of the cast; a refusal is the product's answer and no fault.

        Whoever has left, or has no work with people any more, reaches no page to do it on.
        """
        roles = oracle.duties(self.facts, self.now)[person][1]
        if not roles & (oracle.WITH_PEOPLE | {"coordinator", "administrator"}):
            raise Refused
        try:
            with self.world.desk(self.world.town.people[person], **fields) as desk:
                yield desk
        except HubError as refusal:
            self.done[f"refused {type(refusal).__name__}"] += 1
            raise Refused from refusal

    def happen(self, deed: Callable[["Chronicle"], None]) -> None:
        """Try a deed a little later; what is refused leaves no fact behind."""
        self.world.move(timedelta(minutes=self.random.choice((1, 2, 7, 15))))
        try:
            deed(self)
        except Refused:
            return
        self.done[deed.__name__] += 1


def body(category: Category, word: str) -> dict[str, str]:
    """An entry of a category with one word in it."""
    if category is Category.IDENTITY:
        return {"name": word, "spoken_of": "she"}
    if category is Category.CONTACT:
        return {"method": "call", "value": "020 7946 0991", "safe_when": word}
    return {"text": word}
