"""A session lives only as long as its person and its agency do, whoever forgot to end it."""

import pytest
from sqlalchemy import update
from sqlmodel import col

from hub.people import sessions
from hub.people.tables import AgencyRow, PersonRow
from tests.world import World


@pytest.mark.parametrize("what", ["the person", "the agency"])
def test_a_forgotten_session_of_somebody_gone_opens_nothing(world: World, what: str) -> None:
    with world.hub.unit_of_work() as db:
        token = sessions.start(db, world.rosa.id, world.now)
        assert sessions.find(db, token, world.now) is not None
        if what == "the person":
            gone = update(PersonRow).where(col(PersonRow.id) == world.rosa.id)
            db.execute(gone.values(disabled_at=world.now))
        else:
            closed = update(AgencyRow).where(col(AgencyRow.id) == world.harbour.id)
            db.execute(closed.values(closed_at=world.now))
        assert sessions.find(db, token, world.now) is None


def test_a_token_is_kept_only_as_its_hash(world: World) -> None:
    with world.hub.unit_of_work() as db:
        token = sessions.start(db, world.rosa.id, world.now)
        assert sessions.find(db, sessions.hashed(token), world.now) is None
    assert token.encode() not in world.raw()
