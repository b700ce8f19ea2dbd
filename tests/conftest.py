"""The fixtures every test shares: which engine, and a world of its own."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings

from tests import engines
from tests.chromium import open_browser
from tests.screen import Screen, served
from tests.stories.told import Tale, told_until_withdrawn
from tests.world import World, town

settings.register_profile("linden", deadline=None, derandomize=True, database=None)
settings.load_profile("linden")


@pytest.fixture
def engine_kind(request: pytest.FixtureRequest) -> str:
    """The engine of this test: SQLite unless it is marked postgres or the whole suite is told."""
    if hasattr(request, "param"):
        return str(request.param)
    if request.node.get_closest_marker("postgres"):
        return engines.POSTGRES
    return os.environ.get("LINDEN_TEST_ENGINE", engines.SQLITE)


@pytest.fixture
def world(engine_kind: str) -> Iterator[World]:
    """The town at noon on 15 January 2030."""
    with town(engine_kind) as (made, _nothing):
        yield made


@pytest.fixture
def tale(engine_kind: str) -> Iterator[Tale]:
    """The town in which one survivor's story was told, until just before she withdraws."""
    with town(engine_kind, told_until_withdrawn) as (made, told):
        yield replace(told, world=made)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for the whole run."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def screen(world: World, chromium: Any) -> Iterator[Screen]:
    """Windows onto the world in a real browser."""
    with served(world) as address:
        made = Screen(world, address, chromium)
        yield made
        for context in chromium.contexts:
            context.close()


@pytest.fixture
def chromium_page(screen: Screen) -> Any:
    """One window in which nobody has signed in."""
    return screen.window()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever opens a window is a browser test; what is slow runs when it is asked for by name."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    if "slow" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
