"""The database engine: an encrypted SQLite file by default, PostgreSQL by URL alone."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
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


SQLITE_LOCKED: Final = 6

STATEMENTS_KEPT: Final = 1024
"""More than the hub has: when the driver's hundred are full, it throws out whatever came last, so
that two new statements take turns and each is compiled anew at every request."""


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
        raw = dbapi2.connect(
            str(path),
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
        )
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


WAITED_TOO_LONG: Final = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's codes for work that must be tried again: it, or what it waited for, was undone."""


def is_busy(fault: DBAPIError) -> bool:
    """Whether a statement failed only because somebody else was writing: trying again may do."""
    code = getattr(fault.orig, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF in {dbapi2.SQLITE_BUSY, SQLITE_LOCKED}
    return getattr(fault.orig, "sqlstate", None) in WAITED_TOO_LONG


APP_ROLE: Final = "linden_app"
"""As whom the application works on PostgreSQL: it owns nothing and cannot go round a policy."""
BECOME: Final = (
    f"SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = '{APP_ROLE}'"  # noqa: S608 -- our own
    " AND rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')"
)


def by_url(url: str) -> Engine:
    """An engine over PostgreSQL, each connection in the application's own role if there is one.

    Raises:
        EngineRefused: the URL is of another kind.
    """
    engine = by_owners_url(url)

    @event.listens_for(engine, "connect")
    def _become(raw: Any, _record: Any) -> None:
        raw.execute(BECOME)
        raw.commit()

    return engine


def by_owners_url(url: str) -> Engine:
    """An engine over PostgreSQL in the role that the URL names, whatever that may do.

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
