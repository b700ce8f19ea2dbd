"""The fixtures every test shares: which engine, and a world of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import engines
from tests.world import World, build


@pytest.fixture
def engine_kind(request: pytest.FixtureRequest) -> str:
    """The engine of this test: SQLite unless it is marked postgres or the whole suite is told."""
    if hasattr(request, "param"):
        return str(request.param)
    if request.node.get_closest_marker("postgres"):
        return engines.POSTGRES
    return os.environ.get("LINDEN_TEST_ENGINE", engines.SQLITE)


@pytest.fixture
def world(tmp_path: Path, engine_kind: str) -> Iterator[World]:
    """The town at noon on 15 January 2030."""
    made, url = build(engine_kind, tmp_path / "data")
    yield made
    made.hub.engine.dispose()
    if url:
        engines.postgres_drop(url)
