"""What of the shares on a release goes on under the one that takes its place, and how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

import pytest

from hub.consent.release import EVER, Release, State, Written, goes_on, read_until
from hub.core.ids import AgencyId, CaseId, ReleaseId
from hub.core.words import Category, Purpose, ServiceType

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
OLD: Final = Release(
    id=ReleaseId("old"),
    case=CaseId("kestrel"),
    from_agency=AgencyId("harbour"),
    to_agency=AgencyId("northside"),
    purposes=frozenset({Purpose.REFERRAL, Purpose.CONFERENCE}),
    service_types=frozenset({ServiceType.LEGAL_ASSISTANCE}),
    categories=frozenset({Category.NEED, Category.LEGAL}),
    starts=NOON - timedelta(days=3),
    ends=NOON + timedelta(days=27),
    withdrawn_at=None,
    state=State.ACTIVE,
    records=Written(NOON - timedelta(days=100), NOON),
)
WIDER_KINDS: Final = OLD.service_types | {ServiceType.HOUSING}
GOES_ON: Final = {
    "the same again": {},
    "longer": {"ends": NOON + timedelta(days=60)},
    "shorter": {"ends": NOON + timedelta(days=1)},
    "fewer subjects": {"categories": frozenset({Category.NEED})},
    "more subjects": {"categories": OLD.categories | {Category.HEALTH}},
    "more purposes": {"purposes": OLD.purposes | {Purpose.TRANSFER}},
    "more kinds of service": {"service_types": WIDER_KINDS},
    "older records": {"records": Written(NOON - timedelta(days=200), NOON)},
    "all records": {"records": EVER},
}
ENDS: Final = {
    "another agency": {"to_agency": AgencyId("eastway")},
    "another giver": {"from_agency": AgencyId("eastway")},
    "a purpose less": {"purposes": frozenset({Purpose.REFERRAL})},
    "a kind of service less": {"service_types": frozenset()},
    "the need left out": {"categories": frozenset({Category.LEGAL})},
    "younger records only": {"records": Written(NOON - timedelta(days=99), NOON)},
    "older records only": {"records": Written(NOON - timedelta(days=100), NOON - timedelta(1))},
}


@pytest.mark.parametrize("change", GOES_ON)
def test_what_she_still_wants_goes_on(change: str) -> None:
    assert goes_on(OLD, replace(OLD, id=ReleaseId("new"), **GOES_ON[change]))


@pytest.mark.parametrize("change", ENDS)
def test_what_is_for_less_begins_from_nothing(change: str) -> None:
    assert not goes_on(OLD, replace(OLD, id=ReleaseId("new"), **ENDS[change]))


def test_a_talk_without_referrals_needs_no_need() -> None:
    talk = frozenset({Purpose.CONFERENCE})
    old = replace(OLD, purposes=talk)
    assert goes_on(old, replace(old, categories=frozenset({Category.LEGAL})))


@pytest.mark.parametrize(("until", "ends"), list(product((-9, 0, 9), (-5, 0, 5))))
def test_nothing_lasts_longer_than_either_lets_it(until: int, ends: int) -> None:
    """`until` and `ends` are days after the end of the old release."""
    share = OLD.ends + timedelta(days=min(until, 0))
    new = replace(OLD, ends=OLD.ends + timedelta(days=ends))
    last = read_until(share, OLD, new)
    assert last <= new.ends
    if share < OLD.ends:
        assert last <= share
    else:
        assert last == new.ends


def test_only_what_was_written_in_its_days_is_among_the_records() -> None:
    days = Written(NOON, NOON + timedelta(days=2))
    hours = {hour: days.holds(NOON + timedelta(hours=hour)) for hour in (-1, 0, 47, 48)}
    assert hours == {-1: False, 0: True, 47: True, 48: False}
    assert EVER.holds(NOON)
