"""The paper of a release: what it says while it holds and after, and the sheet to sign or keep."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hub.consent.superseding import replace_release
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import ReleaseId
from hub.core.words import Category
from tests.survivor import opened, released, terms
from tests.world import World


def agreed(world: World) -> ReleaseId:
    """A release of her need to Northside, in force."""
    case = opened(world, world.rosa)
    return released(world, world.rosa, case, terms(world, world.northside, Category.NEED))


def taken_back(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        withdraw(desk, [release], Withdrawal(Mode.PHONE))


def replaced(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        replace_release(desk, release, terms(world, world.northside, Category.NEED))


def over(world: World, _release: ReleaseId) -> None:
    world.move(timedelta(days=31))


@pytest.mark.parametrize("end", [taken_back, replaced, over])
def test_a_release_that_is_over_is_spoken_of_in_the_past(
    world: World, end: Callable[[World, ReleaseId], None]
) -> None:
    release = agreed(world)
    assert "may let them know, for this" in world.browser(world.rosa).open(f"/releases/{release}")
    world.move(timedelta(hours=1))
    end(world, release)
    page = world.browser(world.rosa).open(f"/releases/{release}")
    assert "could let them know what stands below. That is over." in page
    assert "may let them know" not in page
    assert "They may know" not in page
