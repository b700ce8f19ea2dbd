"""Migrations from inside the installed package: which are pending, and running them."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

from hub.store.engine import EngineRefused

MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"
POSTGRES_LOCK: Final = 5_463_367
"""Advisory lock under which one machine migrates while the others wait; any fixed number serves."""


def upgrade(engine: Engine, sight: object) -> list[str]:
    """Run every pending migration in one transaction; returns which ran, oldest first.

    Args:
        sight: who looks: a migration may fill columns of sealed tables, and the tripwire asks.

    Raises:
        EngineRefused: the database comes from a newer version than this one.
    """
    with engine.begin() as connection:
        connection.execution_options(sight=sight)
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL ROLE NONE"))  # as the owner, not the application
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})
        due = _pending(connection)
        if due:
            command.upgrade(config(connection), "head")
    engine.dispose()  # the next connections find the role that was made
    return due


def pending(engine: Engine) -> list[str]:
    """The migrations that this version has and the database has not had, oldest first.

    Raises:
        EngineRefused: the database comes from a newer version than this one.
    """
    with engine.connect() as connection:
        return _pending(connection)


def _pending(connection: Connection) -> list[str]:
    had = MigrationContext.configure(connection).get_current_revision()
    ours = [each.revision for each in _scripts().walk_revisions()][::-1]
    if had is not None and had not in ours:
        raise EngineRefused(
            "The database was made by a newer version of Linden. Install that version, or newer"
        )
    return ours if had is None else ours[ours.index(had) + 1 :]


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def config(connection: Connection, metadata: MetaData | None = None) -> Config:
    """What Alembic needs to know to work on this connection.

    Args:
        metadata: the tables as the models say them; only for writing a new migration.
    """
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes |= {"connection": connection, "metadata": metadata}
    return made
