"""The terms of a release: what cannot stand, and the sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.consent.policy import STRICT
from hub.consent.terms import WITNESSED, Given, Manner, ReleaseTerms, Said, faults
from hub.core.ids import AgencyId
from hub.core.words import RELEASABLE, Category, Purpose, ServiceType

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
HARBOUR, NORTHSIDE = AgencyId("harbour"), AgencyId("northside")
GIVEN: Final = Given(Manner.SIGNATURE, frozenset(Said), not_the_abuser=True)
TERMS: Final = ReleaseTerms(
    to_agency=NORTHSIDE,
    purposes=frozenset({Purpose.REFERRAL}),
    service_types=frozenset({ServiceType.LEGAL_ASSISTANCE}),
    categories=frozenset({Category.NEED}),
    starts=NOON,
    ends=NOON + timedelta(days=30),
    given=GIVEN,
)

NOTHING: Final[frozenset[Any]] = frozenset()
WRONG: Final[Mapping[str, tuple[dict[str, Any], str]]] = {
    "to one's own agency": ({"to_agency": HARBOUR}, "to_agency"),
    "for nothing": ({"purposes": NOTHING}, "purposes"),
    "a referral to no kind of service": ({"service_types": NOTHING}, "service_types"),
    "nothing to know": ({"categories": NOTHING}, "categories"),
    "own notes": ({"categories": frozenset({Category.WORKINGS})}, "categories"),
    "evidence beside need": (
        {"categories": frozenset({Category.NEED, Category.EVIDENCE})},
        "categories",
    ),
    "ends as it starts": ({"ends": NOON}, "ends"),
    "ends before it starts": ({"ends": NOON - timedelta(days=1)}, "ends"),
    "too long": ({"ends": NOON + STRICT.longest}, "ends"),
    "the year 9999": ({"ends": datetime(9999, 1, 1, tzinfo=UTC)}, "ends"),
    "over already": (
        {"starts": NOON - timedelta(days=9), "ends": NOON - timedelta(days=8)},
        "ends",
    ),
    "over this instant": ({"starts": NOON - timedelta(days=9), "ends": NOON}, "ends"),
    "not told everything": (
        {"given": replace(GIVEN, said=frozenset(Said) - {Said.WITHDRAW})},
        "said",
    ),
    "told nothing": ({"given": replace(GIVEN, said=NOTHING)}, "said"),
    "perhaps the abuser": ({"given": replace(GIVEN, not_the_abuser=False)}, "not_the_abuser"),
}


def test_a_release_as_most_are_has_no_fault() -> None:
    assert faults(TERMS, HARBOUR, NOON, STRICT) == {}
    everything = replace(TERMS, categories=frozenset(RELEASABLE), purposes=frozenset(Purpose))
    assert faults(everything, HARBOUR, NOON, STRICT) == {}


def test_kinds_of_service_are_asked_for_referrals_only() -> None:
    talk = replace(TERMS, purposes=frozenset({Purpose.CONFERENCE}), service_types=NOTHING)
    assert faults(talk, HARBOUR, NOON, STRICT) == {}


@pytest.mark.parametrize("wrong", WRONG)
def test_each_fault_is_said_beside_its_own_field(wrong: str) -> None:
    change, field = WRONG[wrong]
    found = faults(replace(TERMS, **change), HARBOUR, NOON, STRICT)
    assert list(found) == [field]
    assert found[field].endswith(".")


@pytest.mark.parametrize("manner", Manner)
def test_a_witness_is_named_for_thumbprint_and_spoken_words(manner: Manner) -> None:
    alone = replace(TERMS, given=replace(GIVEN, manner=manner))
    assert ("witness" in faults(alone, HARBOUR, NOON, STRICT)) is (manner in WITNESSED)
    seen = replace(TERMS, given=replace(GIVEN, manner=manner, witness="Dora Finch"))
    assert faults(seen, HARBOUR, NOON, STRICT) == {}


def test_ninety_days_are_allowed_and_ninety_one_are_not() -> None:
    last_minute = STRICT.longest - timedelta(minutes=1)
    assert faults(replace(TERMS, ends=NOON + last_minute), HARBOUR, NOON, STRICT) == {}
    assert "ends" in faults(replace(TERMS, ends=NOON + STRICT.longest), HARBOUR, NOON, STRICT)


def test_all_mistakes_of_a_form_are_said_at_once() -> None:
    blank = ReleaseTerms(
        HARBOUR, NOTHING, NOTHING, NOTHING, NOON, NOON, Given(Manner.VERBAL, NOTHING, False)
    )
    told = {"to_agency", "purposes", "categories", "ends", "witness", "said", "not_the_abuser"}
    assert set(faults(blank, HARBOUR, NOON, STRICT)) == told


moments = st.datetimes(datetime(2029, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, moments)
def test_whatever_the_days_only_a_short_future_span_stands(
    starts: datetime, ends: datetime
) -> None:
    stands = not faults(replace(TERMS, starts=starts, ends=ends), HARBOUR, NOON, STRICT)
    assert stands is (starts < ends and ends > NOON and ends - starts < STRICT.longest)
