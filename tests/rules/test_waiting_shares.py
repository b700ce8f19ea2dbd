"""A share that waits opens at its minute and not before; until then it can be called back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core.errors import NothingHere
from hub.core.ids import EnvelopeId, fresh
from hub.door import open_one, told
from hub.door.envelopes import NotCovered
from hub.door.shares import call_back, told_before
from tests.rules.test_keeping_out import WEEK, knows, written
from tests.world import NOON, Person, World

WAIT = timedelta(minutes=10)
A_MOMENT = timedelta(microseconds=1)
OFFSETS = st.one_of(
    st.just(-A_MOMENT),
    st.just(timedelta()),
    st.just(A_MOMENT),
    st.timedeltas(-WAIT, WEEK - 2 * WAIT),
)


def opens(world: World, person: Person, envelope: EnvelopeId) -> bool:
    with world.desk(person) as desk:
        try:
            open_one(desk.db, desk.sight, envelope)
        except NothingHere:
            return False
        return True


def test_before_its_hour_a_share_is_noticed_in_no_way(world: World) -> None:
    subject = fresh()
    envelope = written(world, subject, opens=NOON + WAIT)
    assert knows(world, world.tomas, envelope, subject) == {"mail"}
    with world.desk(world.rosa) as desk:
        assert not told_before(desk.db, desk.sight, subject, world.northside.id)
    world.move(WAIT)
    assert "opens" in knows(world, world.tomas, envelope, fresh())
    with world.desk(world.rosa) as desk:
        assert told_before(desk.db, desk.sight, subject, world.northside.id)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wait=st.timedeltas(A_MOMENT, WAIT), offset=OFFSETS)
def test_its_first_moment_is_included_and_none_before(
    world: World, wait: timedelta, offset: timedelta
) -> None:
    world.clock.set(NOON)
    envelope = written(world, fresh(), opens=NOON + wait)
    at = max(NOON, NOON + wait + offset)
    world.clock.set(at)
    assert opens(world, world.tomas, envelope) is (at >= NOON + wait)
    assert opens(world, world.rosa, envelope)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offset=OFFSETS)
def test_calling_back_succeeds_exactly_while_it_waits(world: World, offset: timedelta) -> None:
    world.clock.set(NOON)
    subject = fresh()
    envelope = written(world, subject, opens=NOON + WAIT)
    at = max(NOON, NOON + WAIT + offset)
    world.clock.set(at)
    with world.desk(world.rosa) as desk:
        ended = call_back(desk.db, desk.sight, [envelope])
    assert ended == int(at < NOON + WAIT)
    world.clock.set(NOON + 2 * WAIT + WAIT)
    assert opens(world, world.tomas, envelope) is (ended == 0)
    with world.desk(world.rosa) as desk:
        assert told_before(desk.db, desk.sight, subject, world.northside.id) is (ended == 0)


def test_the_ledger_keeps_what_was_called_back(world: World) -> None:
    envelope = written(world, fresh(), opens=NOON + WAIT)
    with world.desk(world.rosa) as desk:
        call_back(desk.db, desk.sight, [envelope])
        lines = told(desk.db, desk.sight, world.rosa.holder)
    [line] = [each for each in lines if each.agency == world.northside.id]
    assert (line.opens_at, line.ended_at, line.ended_why) == (NOON + WAIT, NOON, "called_back")


@pytest.mark.parametrize("opens_at", [NOON - A_MOMENT, NOON + WEEK, NOON + 2 * WEEK])
def test_no_share_opens_before_it_is_made_or_after_it_ends(
    world: World, opens_at: datetime
) -> None:
    with pytest.raises(NotCovered):
        written(world, fresh(), opens=opens_at)
