"""Who opened a share: those of the agency it went to, after it was made and before it ended."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from hub.consent.opened import opened_of
from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.words import Category, Ground, HolderKind, Role
from hub.door import Told
from hub.door.openings import Opening

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
PAPER: Final = EnvelopeId("paper")
OURS, THEIRS = AgencyId("northside"), AgencyId("eastway")
ENDED: Final = NOON + timedelta(hours=2)


def a_share(ended_at: datetime | None) -> Told:
    return Told(
        envelope=PAPER,
        category=Category.NEED,
        holder=HolderId("desk"),
        kind=HolderKind.DESK,
        agency=OURS,
        of="northside",
        ground=Ground.RELEASE,
        record="release",
        made_by=PersonId("rosa"),
        made_at=NOON,
        opens_at=None,
        until=NOON + timedelta(days=30),
        ended_at=ended_at,
        ended_why="withdrawn" if ended_at else None,
    )


def an_opening(hours: int, agency: AgencyId) -> Opening:
    at = NOON + timedelta(hours=hours)
    roles = frozenset({Role.INTAKE_WORKER})
    return Opening(PAPER, PersonId("tomas"), agency, roles, at, at, 1)


@pytest.mark.parametrize("ended_at", [None, ENDED])
@pytest.mark.parametrize("agency", [OURS, THEIRS])
@pytest.mark.parametrize("hours", [-1, 0, 1, 2, 3])
def test_an_opening_belongs_to_a_share_while_it_lasts(
    hours: int, agency: AgencyId, ended_at: datetime | None
) -> None:
    found = opened_of([a_share(ended_at)], {PAPER: [an_opening(hours, agency)]})
    lasts = hours >= 0 and (ended_at is None or hours <= 2)
    assert bool(found) is (lasts and agency == OURS)
