"""Migrations make the database that the models describe, on both engines, all or nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text
from sqlmodel import SQLModel

from hub.app import import_tables
from hub.core.errors import SealBroken
from hub.door import tripwire
from hub.door.raising import raise_wall
from hub.door.sight import sight_of_a_migration
from hub.store.engine import EngineRefused, by_owners_url, embedded
from hub.store.migrate import MIGRATIONS, pending, upgrade
from tests import engines
from tests.world import NOON

LOOKS_ON = sight_of_a_migration(NOON)

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def opened(kind: str, folder: Path, name: str) -> Engine:
    if kind == engines.POSTGRES:
        return by_owners_url(engines.postgres_empty(name))
    return embedded(folder / f"{name}.db", bytes(32))


@pytest.fixture
def empty(engine_kind: str, tmp_path: Path) -> Iterator[Engine]:
    engine = opened(engine_kind, tmp_path, f"empty_{engines.WORKER}")
    tripwire.arm(engine)
    yield engine
    engine.dispose()


def shape(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys and indexes, in an order of its own."""
    seen = inspect(engine)
    tables = {}
    for name in sorted(set(seen.get_table_names()) - {"alembic_version"}):
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(name)}
        keys = [
            (k["constrained_columns"], k["referred_table"]) for k in seen.get_foreign_keys(name)
        ]
        indexes = [
            (i["name"], i["column_names"], bool(i["unique"])) for i in seen.get_indexes(name)
        ]
        primary = seen.get_pk_constraint(name)["constrained_columns"]
        tables[name] = (columns, primary, sorted(keys), sorted(indexes))
    return tables


@BOTH
def test_models_and_migrations_say_the_same(
    empty: Engine, engine_kind: str, tmp_path: Path
) -> None:
    import_tables()
    upgrade(empty, LOOKS_ON)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == [], (
            "the models have moved on: python -m tests.make_migration 'What changes'"
        )
    modelled = opened(engine_kind, tmp_path, f"modelled_{engines.WORKER}")
    SQLModel.metadata.create_all(modelled)
    assert shape(modelled) == shape(empty)
    modelled.dispose()


@pytest.mark.postgres
def test_the_wall_is_the_same_in_models_and_migrations() -> None:
    import_tables()
    migrated = by_owners_url(engines.postgres_empty(f"migrated_{engines.WORKER}"))
    modelled = by_owners_url(engines.postgres_empty(f"walled_{engines.WORKER}"))
    upgrade(migrated, LOOKS_ON)
    with modelled.begin() as db:
        SQLModel.metadata.create_all(db)
        raise_wall(db)
    assert wall_around(migrated) == wall_around(modelled) != [], (
        "the wall has moved on: python -m tests.make_wall_migration"
    )
    for engine in (migrated, modelled):
        engine.dispose()


def wall_around(engine: Engine) -> list[tuple[Any, ...]]:
    """Every policy with its conditions, and which tables are secured against their owner too."""
    policies = (
        "SELECT tablename, policyname, permissive, cmd, qual, with_check FROM pg_policies"
        " UNION ALL SELECT relname, 'forced', '', '', '', '' FROM pg_class"
        " WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1, 2, 4"
    )
    with engine.connect() as db:
        return [tuple(row) for row in db.execute(text(policies))]


def test_partial_indexes_are_the_same_in_models_and_migrations(tmp_path: Path) -> None:
    import_tables()
    migrated, modelled = embedded(tmp_path / "1", bytes(32)), embedded(tmp_path / "2", bytes(32))
    upgrade(migrated, LOOKS_ON)
    SQLModel.metadata.create_all(modelled)
    indexes = text("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    said = []
    for engine in (migrated, modelled):
        with engine.connect() as db:
            said.append(sorted(" ".join(row[0].split()) for row in db.execute(indexes)))
        engine.dispose()
    assert said[0] == said[1]


@BOTH
def test_a_second_upgrade_finds_nothing_to_do(empty: Engine) -> None:
    assert pending(empty)
    ran = upgrade(empty, LOOKS_ON)
    assert ran == sorted(ran) != []
    assert pending(empty) == []
    assert upgrade(empty, LOOKS_ON) == []


@BOTH
def test_a_database_from_a_newer_version_is_refused(empty: Engine) -> None:
    upgrade(empty, LOOKS_ON)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(EngineRefused, match="newer version"):
        pending(empty)
    with pytest.raises(EngineRefused, match="newer version"):
        upgrade(empty, LOOKS_ON)


@BOTH
def test_a_migration_that_fails_half_way_leaves_nothing_behind(empty: Engine) -> None:
    made: list[str] = []

    def fail(_db: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        if sql.lstrip().startswith("CREATE TABLE"):
            made.append(sql)
        if len(made) == 4:
            raise OSError("the power went")

    event.listen(empty, "before_cursor_execute", fail)
    with pytest.raises(OSError, match="the power went"):
        upgrade(empty, LOOKS_ON)
    event.remove(empty, "before_cursor_execute", fail)
    assert inspect(empty).get_table_names() == []
    assert upgrade(empty, LOOKS_ON)


def test_migrations_name_no_module_of_the_product() -> None:
    written = list((MIGRATIONS / "versions").glob("*.py"))
    assert written
    for path in written:
        source = path.read_text("utf-8")
        assert not re.search(r"^\s*(import|from) hub", source, re.MULTILINE), path


def test_the_tripwire_stays_armed_while_migrations_run(empty: Engine) -> None:
    upgrade(empty, LOOKS_ON)
    with empty.connect() as db, pytest.raises(SealBroken):
        db.execute(text("INSERT INTO copy SELECT * FROM sealed_share"))
