"""Her own copy holds what her own agency wrote and may be given, until it ends: every situation."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

import pytest

from hub.core.grounds import HerOwn, Passage
from hub.core.ids import AgencyId
from hub.core.words import NEVER_RELEASED, Category, Purpose

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
ENDS: Final = NOON + timedelta(days=30)
INSTANTS: Final = (NOON, ENDS - timedelta(microseconds=1), ENDS, ENDS + timedelta(days=1))
OURS, THEIRS = AgencyId("ours"), AgencyId("theirs")
SITUATIONS: Final = list(product(Category, (OURS, THEIRS), (OURS, THEIRS), INSTANTS))


@pytest.mark.parametrize("purpose", Purpose)
def test_her_copy_holds_what_she_may_be_given_until_it_ends(purpose: Purpose) -> None:
    own = HerOwn("receipt", ENDS)
    for category, written_by, held_by, at in SITUATIONS:
        found = own.permits(Passage(category, written_by, held_by, purpose, at))
        hers = written_by == held_by and category not in NEVER_RELEASED and at < ENDS
        assert found == (ENDS if hers else None), (category, written_by, held_by, at)


def test_her_copy_waits_for_nothing() -> None:
    passage = Passage(Category.NEED, OURS, OURS, Purpose.COORDINATION, NOON)
    assert HerOwn("receipt", ENDS).opens_at(passage) is None
