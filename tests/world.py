"""The cast and the town every test shares, on one frozen day: noon on 15 January 2030.

Harbour House (a refuge), Northside Law, Eastway Clinic (the awkward third, with releases of its
own) and the Task Force. Nobody else exists unless a test brings them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session, SQLModel
from starlette.types import ASGIApp

from hub.app import import_tables, open_engine, open_hub, web
from hub.core.clock import SetClock
from hub.core.ids import AgencyId, HolderId, PersonId, fresh
from hub.core.words import HolderKind, Role
from hub.desk import Desk, Hub
from hub.door.custody import Custody, ServerCustody
from hub.door.holders import join, make_holder
from hub.door.keys import Root
from hub.people import sessions
from hub.people.tables import AgencyRow, PersonRoleRow, PersonRow
from hub.settings import Settings
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
    },
    "Northside Law": {
        "tomas": ("Tomas Lind", Role.INTAKE_WORKER),
        "lena": ("Lena Okoro", Role.INTAKE_WORKER),
        "noor": ("Noor Haddad", Role.CASE_MANAGER),
        "grace": ("Grace Park", Role.SUPERVISOR),
    },
    "Eastway Clinic": {
        "amin": ("Dr Amin", Role.INTAKE_WORKER),
        "sofia": ("Sofia Marsh", Role.CASE_MANAGER),
        "edith": ("Edith Boateng", Role.SUPERVISOR),
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


def found_agency(db: Session, custody: Custody, name: str) -> Agency:
    """An agency with its intake desk."""
    agency = AgencyId(fresh())
    db.add(AgencyRow(id=agency, name=name, made_at=NOON - timedelta(days=400)))
    db.flush()
    desk = make_holder(db, custody, HolderKind.DESK, agency, of=agency, at=NOON)
    return Agency(agency, name, desk)


def employ(db: Session, custody: Custody, agency: Agency, name: str, *roles: Role) -> Person:
    """A member of staff, with a key of their own and, for intake workers, the desk's."""
    person = PersonId(fresh())
    email = f"{name.lower().replace(' ', '.')}@{agency.name.split()[0].lower()}.example"
    made = NOON - timedelta(days=300)
    db.add(PersonRow(id=person, agency=agency.id, name=name, email=email, made_at=made))
    db.flush()
    db.add_all(PersonRoleRow(id=fresh(), person=person, role=role) for role in roles)
    own = make_holder(db, custody, HolderKind.PERSON, agency.id, of=person, at=made)
    join(db, own, person, made)
    if Role.INTAKE_WORKER in roles:
        join(db, agency.desk, person, made)
    return Person(person, name, email, agency, frozenset(roles), own)


class World:
    """One hub with the cast in it, a clock that stands still, and a browser for everyone."""

    def __init__(self, hub: Hub, clock: SetClock, town: Town) -> None:
        self.hub = hub
        self.clock = clock
        self.town = town
        self.app: ASGIApp = web(hub)

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

    def employs(self, agency: Agency, name: str, *roles: Role) -> Person:
        """Somebody new at an agency."""
        with self.hub.unit_of_work() as db:
            return employ(db, self.hub.custody, agency, name, *roles)

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
    """Make the tables and put the cast into an empty database."""
    settings = settings_in(data, url)
    root = Root(engines.ROOT_KEY)
    import_tables()
    engine = open_engine(settings, root)
    SQLModel.metadata.create_all(engine)
    custody, town = ServerCustody(root), Town()
    with Session(engine, expire_on_commit=False) as db:
        for name, staff in CAST.items():
            agency = town.agencies[name] = found_agency(db, custody, name)
            for short, (full, *roles) in staff.items():
                town.people[short] = employ(db, custody, agency, full, *roles)
        db.commit()
    if not url:
        with engine.connect() as db_again:
            db_again.exec_driver_sql("COMMIT")
            db_again.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return town


def settings_in(data: Path, url: str = "") -> Settings:
    """Settings as a test needs them."""
    key = data.parent / f"{data.name}-root.key"
    return Settings(data=data, root_key_file=key, database_url=url, address=ADDRESS)


_towns: dict[str, Town] = {}


def build(kind: str, data: Path) -> tuple[World, str]:
    """A world over a fresh copy of the town; and the URL of its database, "" for SQLite."""

    def fill(folder: Path, url: str) -> None:
        _towns[kind] = town_filled(folder, url)

    data.mkdir(exist_ok=True)
    url = engines.postgres_copy(fill) if kind == engines.POSTGRES else ""
    if not url:
        engines.sqlite_copy(fill, data)
    settings = settings_in(data, url)
    settings.root_key_file.write_text(engines.ROOT_KEY.hex(), "ascii")
    clock = SetClock(NOON)
    return World(open_hub(settings, clock), clock, _towns[kind]), url


__all__ = ["ADDRESS", "NOON", "Agency", "Person", "World", "build"]
