"""Who lives and works in the made-up town, as its two files tell it; all of them are invented."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from hub.core.words import Role, ServiceType

Word = TypeVar("Word", bound=StrEnum)

HERE: Final = Path(__file__).resolve().parent

GROWN: Final = 16

LETTERS: Final = {
    "C": Role.CASE_MANAGER,
    "S": Role.SUPERVISOR,
    "I": Role.INTAKE_WORKER,
    "O": Role.COORDINATOR,
    "A": Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Worker:
    """One member of staff of the town."""

    name: str
    email: str
    agency: str
    roles: frozenset[Role]

    @property
    def role(self) -> str:
        """What they do, in words."""
        first, *others = [str(role.label) for role in Role if role in self.roles]
        return " and ".join([first, *(other.lower() for other in others)])


@dataclass(frozen=True, slots=True)
class House:
    """One agency, its staff, what its services say of themselves, and its law for releases."""

    name: str
    staff: Sequence[Worker]
    services: Sequence[Mapping[str, Any]]
    releases: str = ""

    def who(self, role: Role) -> list[Worker]:
        """Those of the staff who have this role."""
        return [worker for worker in self.staff if role in worker.roles]


@dataclass(frozen=True, slots=True)
class Survivor:
    """Somebody who does not exist. `children` is how many come along."""

    name: str
    pronoun: str
    age: int
    language: str
    children: int

    @property
    def is_child(self) -> bool:
        """Too young for most of what is written of grown people."""
        return self.age < GROWN


@dataclass(frozen=True, slots=True)
class Caseload:
    """Whose cases an agency has, by which doors they came, and where it sends them how often."""

    agency: str
    people: Sequence[Survivor]
    doors: Sequence[str]
    routes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cast:
    """The whole town as it is written down."""

    houses: Sequence[House]
    districts: Mapping[str, tuple[float, float]]
    caseloads: Sequence[Caseload]
    lives: Mapping[str, Any]

    @property
    def staff(self) -> list[Worker]:
        """Everybody who works in the town."""
        return [worker for house in self.houses for worker in house.staff]

    def house(self, name: str) -> House:
        """The agency of that name."""
        return next(house for house in self.houses if house.name == name)

    def worker(self, name: str) -> Worker:
        """The member of staff of that name."""
        return next(worker for worker in self.staff if worker.name == name)


@cache
def cast() -> Cast:
    """The town as its files tell it, read once."""
    town, lives = _read("town.toml"), _read("lives.toml")
    return Cast(
        houses=tuple(_house(told) for told in town["agencies"]),
        districts={name: (north, east) for name, (north, east) in town["districts"].items()},
        caseloads=tuple(_caseload(name, told) for name, told in lives["agencies"].items()),
        lives=lives,
    )


def member(of: type[Word], code: str) -> Word:
    """The member of a closed list that the town's files name."""
    return of(code)


def kinds(service: Mapping[str, Any]) -> list[ServiceType]:
    """The kinds of help a service gives, the chief one first."""
    return [member(ServiceType, code) for code in service["kind"].split()]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def _house(told: Mapping[str, Any]) -> House:
    staff = [_worker(told["name"], told["mail"], *pair) for pair in told["staff"]]
    return House(told["name"], tuple(staff), tuple(told["services"]), told.get("releases", ""))


def _worker(agency: str, mail: str, name: str, letters: str) -> Worker:
    email = f"{name.lower().replace(' ', '.')}@{mail}"
    return Worker(name, email, agency, frozenset(LETTERS[letter] for letter in letters))


def _caseload(agency: str, told: Mapping[str, Any]) -> Caseload:
    doors = [door for door, count in told["doors"] for _each in range(count)]
    people = tuple(Survivor(*row) for row in told["people"])
    return Caseload(agency, people, doors, dict(told["routes"]))
