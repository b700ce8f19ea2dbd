"""Nothing reaches the sealed tables but through the one door."""

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from sqlalchemy import delete, exists, func, insert, select, text, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from hub.core.errors import SealBroken
from hub.door.sight import sight_of_the_house
from hub.door.tables import EnvelopeRow, HolderRow, ShareRow
from tests.architecture.sources import ROOT, is_migration, sources, templates
from tests.world import World

Other: Final = aliased(ShareRow)
SHAPES: Final[dict[str, Callable[[Session], Any]]] = {
    "every row": lambda db: db.exec(sqlmodel_select(EnvelopeRow)).all(),
    "by id": lambda db: db.get(EnvelopeRow, "x"),
    "one or none": lambda db: db.get(ShareRow, "x"),
    "columns only": lambda db: db.execute(select(col(ShareRow.envelope))).all(),
    "count": lambda db: db.execute(select(func.count()).select_from(ShareRow)).scalar(),
    "count by id": lambda db: db.execute(select(func.count(col(ShareRow.id)))).scalar(),
    "exists": lambda db: db.execute(select(exists(select(ShareRow)))).scalar(),
    "alias": lambda db: db.execute(select(Other)).all(),
    "join from another table": lambda db: db.execute(
        select(HolderRow.id).join(ShareRow, col(ShareRow.holder) == col(HolderRow.id))
    ).all(),
    "outer join": lambda db: db.execute(
        select(HolderRow.id).outerjoin(ShareRow, col(ShareRow.holder) == col(HolderRow.id))
    ).all(),
    "in a subquery": lambda db: db.execute(
        select(HolderRow.id).where(col(HolderRow.id).in_(select(col(ShareRow.holder))))
    ).all(),
    "in a common table expression": lambda db: db.execute(
        select(select(col(ShareRow.holder)).cte("held"))
    ).all(),
    "in a union": lambda db: db.execute(
        union_all(select(col(HolderRow.id)), select(col(ShareRow.id)))
    ).all(),
    "scalar subquery": lambda db: db.execute(
        select(HolderRow.id, select(func.count(col(ShareRow.id))).scalar_subquery())
    ).all(),
    "order by it": lambda db: db.execute(
        select(HolderRow.id).order_by(select(func.max(col(ShareRow.until))).scalar_subquery())
    ).all(),
    "text": lambda db: db.execute(text("SELECT 1 FROM sealed_share")).all(),
    "quoted text": lambda db: db.execute(text('SELECT 1 FROM "sealed_share"')).all(),
    "shouted text": lambda db: db.execute(text("SELECT 1 FROM SEALED_SHARE")).all(),
    "schema before it": lambda db: db.execute(text("SELECT 1 FROM main.sealed_share")).all(),
    "after a comment": lambda db: db.execute(text("/* x */ SELECT 1 FROM sealed_share")).all(),
    "below the session": lambda db: (
        db.connection().exec_driver_sql("SELECT 1 FROM sealed_share").all()
    ),
    "insert": lambda db: db.execute(insert(ShareRow).values(id="x")),
    "insert from select": lambda db: db.execute(
        insert(HolderRow).from_select(["id"], select(col(ShareRow.holder)))
    ),
    "update": lambda db: db.execute(update(ShareRow).values(ended_why="x")),
    "delete": lambda db: db.execute(delete(EnvelopeRow)),
    "create as select": lambda db: db.execute(
        text("CREATE TABLE copy AS SELECT * FROM sealed_share")
    ),
    "view": lambda db: db.execute(text("CREATE VIEW copy AS SELECT * FROM sealed_share")),
    "trigger": lambda db: db.execute(
        text("CREATE TRIGGER copy AFTER INSERT ON sealed_share BEGIN SELECT 1; END")
    ),
    "a row put in by the session": lambda db: _flush(db),
    "a sight that is only a word": lambda db: db.execute(
        select(ShareRow), execution_options={"sight": "rosa"}
    ).all(),
    "a sight that is none": lambda db: db.execute(
        select(ShareRow), execution_options={"sight": None}
    ).all(),
}


def _flush(db: Session) -> None:
    db.add(EnvelopeRow(id="x"))
    db.flush()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_query_shape_without_a_sight_is_refused(world: World, shape: str) -> None:
    with Session(world.hub.engine) as db, pytest.raises(SealBroken):
        SHAPES[shape](db)


def test_the_same_statement_passes_with_a_sight(world: World) -> None:
    house = sight_of_the_house(world.now, world.hub.custody)
    with world.hub.unit_of_work() as db:
        assert db.execute(select(ShareRow), execution_options={"sight": house}).all() == []


def test_a_lazily_loaded_row_is_refused_as_well(world: World) -> None:
    with Session(world.hub.engine) as db, pytest.raises(SealBroken):
        db.refresh(db.merge(EnvelopeRow(id="x")))


def test_nobody_outside_the_door_names_a_sealed_table() -> None:
    naming = [
        source.name
        for source in sources()
        if re.search(r"sealed_(envelope|share)|EnvelopeRow|ShareRow", source.text)
        and not source.name.startswith("hub/door/")
        and not is_migration(source)
    ]
    assert not naming
    assert not [name for name, text in templates() if "sealed_" in text]


def test_only_the_door_uses_the_keys_and_custody() -> None:
    allowed = (
        "hub/door/",
        "hub/people/keyed.py",  # the client secrets of identity providers, under the root key
        "hub/app.py",  # these four only read the root key from its file
        "hub/cli.py",
        "hub/doctor.py",
        "hub/demo/",
    )
    using = [
        source.name
        for source in sources()
        if re.search(r"hub\.door\.keys|import (un)?(lock|wrap)\b|HPKE|hpke|AESGCM", source.text)
        and not source.name.startswith(allowed)
    ]
    assert not using


def test_only_the_door_says_execution_options_of_sight() -> None:
    saying = [
        source.name
        for source in sources()
        if re.search(r"execution_options[^\n]*\bsight\b", source.text)
        and not source.name.startswith(("hub/door/", "hub/store/migrate.py"))
    ]
    assert not saying


def test_row_classes_never_reach_a_template() -> None:
    views = [
        source.name
        for source in sources()
        if source.path.name in {"views.py", "view.py"} and re.search(r"\b\w+Row\b", source.text)
    ]
    assert not views, ROOT
