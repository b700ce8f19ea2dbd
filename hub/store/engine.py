"""The database engine: an encrypted SQLite file by default, PostgreSQL by URL alone."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlcipher3 import dbapi2

OLDEST_SQLITE: Final = (3, 51, 3)
"""Older ones can corrupt a write-ahead log when it is reset."""

PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    "cell_size_check=ON",
)


class EngineRefused(RuntimeError):
    """The database cannot be used as it is; the message says what to do."""


def embedded(path: Path, key: bytes) -> Engine:
    """An engine over one encrypted file.

    Args:
        key: 32 bytes, the raw SQLCipher key.

    Raises:
        EngineRefused: the SQLite inside is too old to be trusted with a write-ahead log.
    """
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise EngineRefused(
            "The SQLite in sqlcipher3 is too old. Install sqlcipher3 0.6.4 or newer."
        )

    def connect() -> Any:
        raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        raw.execute("PRAGMA cipher_log_level = NONE")  # it writes past us, to standard error
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        return raw

    # The pool is named because "sqlite://" alone means one that closes connections in use.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=4,
    )
    _begin_immediate(engine)
    return engine


def _begin_immediate(engine: Engine) -> None:
    """Take the write lock at once, so that no transaction fails half-way by having read first."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def by_url(url: str) -> Engine:
    """An engine over PostgreSQL.

    Raises:
        EngineRefused: the URL is of another kind.
    """
    parts = make_url(url)
    if parts.get_backend_name() != "postgresql":
        raise EngineRefused("LINDEN_DATABASE_URL must begin with postgresql://")
    return create_engine(
        parts.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,
    )
