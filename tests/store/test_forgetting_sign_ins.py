"""The clock forgets what signing in left behind, and nothing that still serves somebody."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.core.ids import fresh
from hub.people import sessions
from hub.people.jobs import forget_sign_ins
from hub.people.tables import AttemptRow, ChoiceRow, ProviderRow, SessionRow, SignOnRow
from tests.world import World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
GOOD_FOR = {
    AttemptRow: timedelta(minutes=15),
    ChoiceRow: timedelta(minutes=5),
    SignOnRow: timedelta(minutes=10),
    SessionRow: timedelta(hours=24),
}


def counts(world: World) -> dict[type, int]:
    with world.hub.unit_of_work() as db:
        return {
            table: db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in GOOD_FOR
        }


@BOTH
def test_each_is_kept_exactly_as_long_as_it_serves(world: World) -> None:
    began = world.now
    row = {"id": fresh(), "agency": world.harbour.id, "issuer": "https://x", "client": "x"}
    with world.hub.unit_of_work() as db:
        session = sessions.hashed(sessions.start(db, world.rosa.id, began))
        db.add(ProviderRow(**row, secret=b"", made_at=began))
        db.add(AttemptRow(id=fresh(), who="x", at=began))
        db.add(ChoiceRow(id=fresh(), session=session, person=world.rosa.id, at=began))
        db.flush()
        db.add(SignOnRow(session=session, provider=row["id"], at=began))
    for table, kept in sorted(GOOD_FOR.items(), key=lambda each: each[1]):
        for moment, left in ((kept - timedelta(seconds=1), 1), (kept + timedelta(seconds=1), 0)):
            world.clock.set(began + moment)
            for _twice in range(2):
                with world.hub.desk_of_the_house() as desk:
                    forget_sign_ins(desk)
            assert counts(world)[table] == left
