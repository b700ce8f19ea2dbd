"""Every state of the small scope in one real database: the door's answers against the oracle's."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from time import perf_counter
from typing import Any, Final

import pytest

from hub.door import shut_expired
from tests.oracle import oracle, states
from tests.oracle.behind_the_door import (
    House,
    happen,
    listed,
    looked_at,
    moved_in,
    opened,
    who_else,
)
from tests.oracle.states import CONSENTS, Consent, State
from tests.world import World

ORDINARY: Final = 257
"""In the ordinary suite one state in so many lives in the database; a prime, so that all mix."""

OPENED_AT: Final = {states.BEGIN, states.LIFTED, states.REVOKED, states.EXPIRES, states.ENDS}


def expected(house: House, worlds: dict[State, oracle.World], at: Any) -> dict[str, set[str]]:
    """Who reads each envelope now, as the oracle has it."""
    return {
        envelope: oracle.readers(worlds[state], thing, at)
        for (state, thing), envelope in house.things.items()
    }


def compare(world: World, chosen: Sequence[State]) -> int:
    """Ask the door about every person, thing, state and instant; how many answers agreed."""
    house = moved_in(world, chosen)
    worlds = {state: states.facts(state) for state in chosen}
    compared = 0
    for at in states.INSTANTS:
        happen(house, at)
        compared += compare_now(house, expected(house, worlds, at))
        if at == states.EXPIRES:
            with world.hub.desk_of_the_house() as night:
                assert shut_expired(night.db, night.sight)
            compared += compare_now(house, expected(house, worlds, at))
    return compared


def compare_now(house: House, reading: dict[str, set[str]]) -> int:
    """Everybody looks at this instant, in each of the ways there are."""
    mine = defaultdict(set)
    for envelope, people in reading.items():
        for person in people:
            mine[person].add(envelope)
    ways = 0
    for name in states.PEOPLE:
        with house.desk(name) as desk:
            assert listed(desk) == mine[name], name
            assert looked_at(desk) == mine[name], name
            ways += 2
            if desk.at in OPENED_AT:
                assert opened(desk, house) == mine[name], name
                ways += 1
    with house.desk("rosa") as desk:
        if desk.at in OPENED_AT:
            assert who_else(desk, house) == reading
            ways += len(states.PEOPLE)
    return ways * len(reading)


def test_door_agrees_with_the_oracle_in_part(world: World) -> None:
    assert compare(world, list(islice(states.states(), 0, None, ORDINARY))) > 50_000


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("consent", CONSENTS)
def test_door_agrees_with_the_oracle_everywhere(
    world: World, consent: Consent, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = [state for state in states.states() if state.referral == consent]
    began = perf_counter()
    compared = compare(world, chosen)
    with capsys.disabled():
        told = f"{len(chosen) * len(states.INSTANTS)} states, {compared} answers compared"
        print(f"\ndoor, release {consent}: {told} in {perf_counter() - began:.0f} s")
