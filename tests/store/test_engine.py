"""The embedded database is encrypted, strict, and says what to do when it cannot be used."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from hub.store import engine as engines
from hub.store.engine import EngineRefused, by_url, embedded
from hub.store.unit import unit_of_work

KEY = bytes(range(32))
SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "cell_size_check": 1,
}


@pytest.fixture
def made(tmp_path: Path) -> Engine:
    engine = embedded(tmp_path / "hub.db", KEY)
    with engine.begin() as db:
        db.execute(text("CREATE TABLE mother (id INTEGER PRIMARY KEY, word TEXT)"))
        db.execute(text("CREATE TABLE child (mother INTEGER REFERENCES mother (id))"))
        db.execute(text("INSERT INTO mother VALUES (1, 'kanariwordx')"))
    return engine


@pytest.mark.parametrize("name", SETTINGS)
def test_every_connection_is_set_to_lose_nothing(made: Engine, name: str) -> None:
    with made.connect() as db:
        assert db.execute(text(f"PRAGMA {name}")).scalar() == SETTINGS[name]


def test_the_file_says_nothing_without_its_key(made: Engine, tmp_path: Path) -> None:
    made.dispose()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"kanariwordx" not in raw
    assert b"SQLite format" not in raw
    with pytest.raises(DatabaseError), embedded(tmp_path / "hub.db", bytes(32)).connect() as db:
        db.execute(text("SELECT * FROM mother"))


def test_a_flipped_bit_is_noticed_and_never_read(made: Engine, tmp_path: Path) -> None:
    with made.connect() as db:
        db.exec_driver_sql("COMMIT")
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    made.dispose()
    whole, chance = (tmp_path / "hub.db").read_bytes(), random.Random(2030)  # noqa: S311
    for number in range(40):
        torn = bytearray(whole)
        torn[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(torn)
        assert is_damaged(path), number


def is_damaged(path: Path) -> bool:
    """Whether the database does not open, or says itself that a page was changed."""
    engine = embedded(path, KEY)
    try:
        with engine.connect() as db:
            db.execute(text("SELECT * FROM mother")).all()
            return bool(db.execute(text("PRAGMA cipher_integrity_check")).all())
    except DatabaseError:
        return True
    finally:
        engine.dispose()


def test_a_row_without_its_mother_is_refused(made: Engine) -> None:
    with pytest.raises(IntegrityError), made.begin() as db:
        db.execute(text("INSERT INTO child VALUES (7)"))


def test_an_error_shows_no_value_of_a_row(made: Engine) -> None:
    with pytest.raises(IntegrityError) as refused, made.begin() as db:
        db.execute(text("INSERT INTO mother VALUES (1, :word)"), {"word": "kanarihiddenx"})
    assert "kanarihiddenx" not in str(refused.value)


def test_work_is_kept_whole_or_not_at_all(made: Engine) -> None:
    with pytest.raises(LookupError):
        fail_half_way(made)
    with made.connect() as db:
        assert db.execute(text("SELECT count(*) FROM mother")).scalar() == 1


def fail_half_way(engine: Engine) -> None:
    with unit_of_work(engine) as db:
        db.execute(text("INSERT INTO mother VALUES (2, 'x')"))
        raise LookupError


def test_a_statement_is_compiled_once_however_many_came_before(made: Engine) -> None:
    compiled: list[object] = []
    with made.connect() as db:
        for column in range(300):
            for _twice in range(2):
                db.exec_driver_sql(f"SELECT word AS w{column} FROM mother")  # noqa: S608
        raw = db.connection.driver_connection
        assert raw is not None

        def compiling(*said: object) -> int:
            compiled.append(said)
            return 0

        raw.set_authorizer(compiling)
        for _turn in range(5):
            db.exec_driver_sql("SELECT id FROM mother")
            db.exec_driver_sql("SELECT count(*) FROM mother")
    assert len(compiled) < 10


def test_a_database_older_than_the_log_bug_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines.dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(EngineRefused, match="too old"):
        embedded(tmp_path / "hub.db", KEY)


@pytest.mark.parametrize("url", ["mysql://u@h/d", "sqlite:///x.db", "oracle://h"])
def test_only_postgresql_is_reached_by_address(url: str) -> None:
    with pytest.raises(EngineRefused, match="postgresql"):
        by_url(url)
