"""The cast and the town every test shares, on one frozen day: noon on 15 January 2030.

Harbour House (a refuge), Northside Law, Eastway Clinic (the awkward third, with releases of its
own) and the Task Force. Nobody else exists unless a test brings them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, delete
from sqlmodel import Session, SQLModel
from starlette.types import ASGIApp

from hub.app import import_tables, open_hub, web
from hub.core.clock import SetClock
from hub.core.ids import AgencyId, HolderId, PersonId
from hub.core.words import HolderKind, Role
from hub.desk import Desk, Hub
from hub.door import desk_of, holder_of
from hub.door.raising import raise_wall
from hub.door.tables import AuditRow
from hub.door.tripwire import arm
from hub.people import actions, sessions
from hub.people.hashing import stored_form
from hub.settings import Settings
from hub.store.engine import by_owners_url
from hub.store.unit import unit_of_work
from hub.web.form import Form
from tests import engines
from tests.clients import Browser

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
ADDRESS: Final = "http://127.0.0.1:8000"
PASSPHRASE: Final = "correct horse battery staple"  # noqa: S105 -- of people who do not exist


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the town."""

    id: AgencyId
    name: str
    desk: HolderId


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff of the town."""

    id: PersonId
    name: str
    email: str
    agency: Agency
    roles: frozenset[Role]
    holder: HolderId


CAST: Final = {
    "Harbour House": {
        "rosa": ("Rosa Adeyemi", Role.CASE_MANAGER),
        "joan": ("Joan Whitlock", Role.CASE_MANAGER),
        "miriam": ("Miriam Cole", Role.SUPERVISOR),
        "dora": ("Dora Finch", Role.INTAKE_WORKER),
        "petra": ("Petra Novak", Role.ADMINISTRATOR),
        "paula": ("Paula Reyes", Role.PRIVACY_OFFICER),
    },
    "Northside Law": {
        "tomas": ("Tomas Lind", Role.INTAKE_WORKER),
        "lena": ("Lena Okoro", Role.INTAKE_WORKER),
        "noor": ("Noor Haddad", Role.CASE_MANAGER),
        "grace": ("Grace Park", Role.SUPERVISOR),
        "oskar": ("Oskar Berg", Role.ADMINISTRATOR),
    },
    "Eastway Clinic": {
        "amin": ("Dr Amin", Role.INTAKE_WORKER),
        "sofia": ("Sofia Marsh", Role.CASE_MANAGER),
        "edith": ("Edith Boateng", Role.SUPERVISOR),
        "vera": ("Vera Hill", Role.ADMINISTRATOR),
    },
    "Task Force": {
        "ines": ("Ines Okafor", Role.COORDINATOR),
        "ivor": ("Ivor Lamb", Role.ADMINISTRATOR),
    },
}


@dataclass(slots=True)
class Town:
    """Who lives in a database, found once when it was filled."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


@cache
def stored_passphrase() -> str:
    """What the store keeps of everybody's passphrase; made once, because making it is slow."""
    return stored_form(PASSPHRASE)


def found_agency(house: Desk, name: str) -> Agency:
    """An agency with its intake desk."""
    founded = NOON - timedelta(days=400)
    agency = actions.found_agency(house.db, house.hub.custody, name, founded)
    desk = desk_of(house.db, agency)
    assert desk is not None
    return Agency(agency, name, desk)


def employ(house: Desk, agency: Agency, name: str, *roles: Role) -> Person:
    """A member of staff, with a key of their own and those of their roles."""
    email = f"{name.lower().replace(' ', '.')}@{agency.name.split()[0].lower()}.example"
    told = actions.Newcomer(agency.id, name, email, frozenset(roles), stored_passphrase())
    person = actions.employ(house, told)
    own = holder_of(house.db, HolderKind.PERSON, person)
    assert own is not None
    return Person(person, name, email, agency, frozenset(roles), own)


@dataclass(frozen=True, slots=True)
class OpenHub(Hub):
    """The hub in the hands of a test: its own work goes round the second wall, its people's not."""

    owner: Engine | None = None

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """A session that sees every row, as the owner of the database does."""
        with unit_of_work(self.owner or self.engine) as db:
            yield db


class World:
    """One hub with the cast in it, a clock that stands still, and a browser for everyone."""

    def __init__(self, hub: OpenHub, clock: SetClock, town: Town) -> None:
        self.hub = hub
        self.clock = clock
        self.town = town

    @cached_property
    def app(self) -> ASGIApp:
        """The application that answers requests."""
        return web(as_served(self.hub))

    @property
    def harbour(self) -> Agency:
        """The refuge."""
        return self.town.agencies["Harbour House"]

    @property
    def northside(self) -> Agency:
        """The law clinic."""
        return self.town.agencies["Northside Law"]

    @property
    def eastway(self) -> Agency:
        """The clinic, with releases of its own."""
        return self.town.agencies["Eastway Clinic"]

    @property
    def task_force(self) -> Agency:
        """The task force, which works with no survivor."""
        return self.town.agencies["Task Force"]

    def __getattr__(self, name: str) -> Person:
        """`world.rosa` and the rest of the cast."""
        try:
            return self.town.people[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def now(self) -> datetime:
        """The frozen moment."""
        return self.clock.now()

    def move(self, by: timedelta) -> None:
        """Let time pass. Sessions idle out as they would; ask for a new browser."""
        self.clock.move(by)

    def lets_wait(self, minutes: int) -> None:
        """From now on what goes somewhere for the first time waits so long."""
        settings = replace(self.hub.settings, recall_minutes=str(minutes))
        self.hub = replace(self.hub, settings=settings)
        self.__dict__.pop("app", None)

    def employs(self, agency: Agency, name: str, *roles: Role) -> Person:
        """Somebody new at an agency."""
        with self.hub.desk_of_the_house() as house:
            return employ(house, agency, name, *roles)

    def browser(self, person: Person | None = None) -> Browser:
        """A browser in which this person has just signed in; nobody has when None."""
        if person is None:
            return Browser(self.app, {}, ADDRESS)
        with self.hub.unit_of_work() as db:
            token = sessions.start(db, person.id, self.now)
            visitor = sessions.find(db, token, self.now)
        browser = Browser(self.app, {"s": token}, ADDRESS)
        browser.known_csrf = visitor.csrf if visitor else ""
        return browser

    @contextmanager
    def desk(self, person: Person, **fields: str | list[str]) -> Iterator[Desk]:
        """A desk as a handler gets it, in one unit of work, with these fields typed."""
        typed = {n: [v] if isinstance(v, str) else v for n, v in fields.items()}
        with self.hub.desk_of(person.id, Form(typed, self.hub.settings.zone)) as desk:
            yield desk

    def raw(self) -> bytes:
        """Every byte that lies in the data folder: database, write-ahead log and all else."""
        files = sorted(path for path in self.hub.settings.data.rglob("*") if path.is_file())
        return b"".join(path.read_bytes() for path in files)


def town_filled(data: Path, url: str) -> Town:
    """Make the tables and put the cast into an empty database; the log starts empty."""
    hub, made = opened(settings_in(data, url), SetClock(NOON)), Town()
    import_tables()
    make_tables(hub)
    with hub.desk_of_the_house() as house:
        for name, staff in CAST.items():
            agency = made.agencies[name] = found_agency(house, name)
            for short, (full, *roles) in staff.items():
                made.people[short] = employ(house, agency, full, *roles)
    with hub.unit_of_work() as db:
        db.execute(delete(AuditRow))
    settle(hub)
    return made


def make_tables(hub: OpenHub) -> None:
    """The tables as the models say them; on PostgreSQL behind the second wall."""
    owner = hub.owner or hub.engine
    SQLModel.metadata.create_all(owner)
    if hub.owner:
        with owner.begin() as db:
            raise_wall(db)
        hub.engine.dispose()


def opened(settings: Settings, clock: SetClock) -> OpenHub:
    """A hub as the product opens it, under the tests' own root key."""
    settings.root_key_file.write_text(engines.ROOT_KEY.hex(), "ascii")
    return in_our_hands(open_hub(settings, clock))


def in_our_hands(hub: Hub) -> OpenHub:
    """The same hub, whose unit of work a test may use to look at any row."""
    url = hub.settings.database_url
    owner = by_owners_url(url) if url else None
    if owner:
        arm(owner)
    return OpenHub(**{each.name: getattr(hub, each.name) for each in fields(hub)}, owner=owner)


def as_served(hub: Hub) -> Hub:
    """The same hub as the product has it, without a way round the wall."""
    return Hub(**{each.name: getattr(hub, each.name) for each in fields(Hub)})


def settings_in(data: Path, url: str = "") -> Settings:
    """Settings as a test needs them: what is sent opens at once, unless it is about the wait."""
    key = data.parent / f"{data.name}-root.key"
    return Settings(
        data=data, root_key_file=key, database_url=url, address=ADDRESS, recall_minutes="0"
    )


Tell = Callable[[World], Any]
"""Something that happens in a town before tests begin, once; what it returns is handed to each."""

_filled: dict[str, tuple[Town, Any]] = {}


def nothing_yet(_world: World) -> None:
    """A town in which nothing has happened."""


@contextmanager
def town(kind: str, tell: Tell = nothing_yet) -> Iterator[tuple[World, Any]]:
    """A world over a copy of the town in which `tell` has happened, and what `tell` returned."""
    key = f"{kind}_{tell.__name__}"

    def fill(folder: Path, url: str) -> None:
        _filled[key] = _told(town_filled(folder, url), settings_in(folder, url), tell)

    home = engines.move_in(kind, tell.__name__, fill)
    (people, result), clock = _filled[key], SetClock(NOON)
    hub = opened(settings_in(home.data, home.url), clock)
    home.engine, home.owner = home.engine or hub.engine, home.owner or hub.owner
    yield World(replace(hub, engine=home.engine, owner=home.owner), clock, people), result
    engines.move_out(kind, tell.__name__, home)


def _told(people: Town, settings: Settings, tell: Tell) -> tuple[Town, Any]:
    clock = SetClock(NOON)
    hub = opened(settings, clock)
    result = tell(World(hub, clock, people))
    settle(hub)
    return people, result


def settle(hub: OpenHub) -> None:
    """Close the database with everything in its one file."""
    if hub.engine.dialect.name == "sqlite":
        with hub.engine.connect() as raw:
            raw.exec_driver_sql("COMMIT")
            raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    hub.engine.dispose()
    if hub.owner:
        hub.owner.dispose()


def build(data: Path) -> World:
    """A world of its own on the embedded engine, for whoever needs it longer than one test."""
    data.mkdir(exist_ok=True)
    people, clock = town_filled(data, ""), SetClock(NOON)
    return World(opened(settings_in(data), clock), clock, people)
