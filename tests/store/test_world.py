"""The shared town is what every other test believes it to be."""

import pytest

from hub.core.words import HolderKind, Role
from hub.door import custodians, holder_of
from tests.world import NOON, World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@BOTH
def test_the_cast_is_signed_in_and_the_clock_stands_still(world: World) -> None:
    assert world.now == NOON
    assert world.browser(world.rosa).get("/").status_code == 200
    assert world.browser().get("/").status_code == 303


@BOTH
def test_everyone_carries_their_own_key_and_intake_the_desk(world: World) -> None:
    with world.hub.unit_of_work() as db:
        for person in world.town.people.values():
            assert holder_of(db, HolderKind.PERSON, person.id) == person.holder
            assert custodians(db, person.holder) == [person.id]
            at_desk = person.id in custodians(db, person.agency.desk)
            assert at_desk is (Role.INTAKE_WORKER in person.roles)


def test_a_world_holds_nothing_of_the_world_before_it(world: World) -> None:
    with world.desk(world.rosa) as desk:
        assert desk.sight.person == world.rosa.id
        assert desk.sight.holders == {world.rosa.holder}
