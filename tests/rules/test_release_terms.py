"""The terms of a release: what cannot stand, and the sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.consent.paper import read
from hub.consent.policy import STRICT, Regime, policy_faults
from hub.consent.terms import (
    WITNESSED,
    Assent,
    Given,
    GivenBy,
    Manner,
    ReleaseTerms,
    Said,
    Words,
    faults,
)
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


STROKES: Final = "10,10 20,20 30,10 40,20 50,10 60,20 70,10 80,20"
HUMANE: Final = replace(STRICT, regime=Regime.HUMANITARIAN)
OF_THE_SIGNER: Final[Mapping[str, tuple[dict[str, Any], str]]] = {
    "nobody is named": ({"by": GivenBy.GUARDIAN}, "guardian"),
    "she was not asked": ({"by": GivenBy.COURT}, "assent"),
    "against her word": ({"by": GivenBy.GUARDIAN, "assent": Assent.AGAINST}, "assent"),
    "why it is best for her": ({"by": GivenBy.CAREGIVER}, "best_interest"),
    "what was done so that she understood": ({"capacity_doubted": True}, "capacity_words"),
}


@pytest.mark.parametrize("manner", Manner)
def test_a_witness_is_named_for_thumbprint_and_spoken_words(manner: Manner) -> None:
    alone = replace(TERMS, given=replace(GIVEN, manner=manner, drawn=STROKES))
    assert ("witness" in faults(alone, HARBOUR, NOON, HUMANE)) is (manner in WITNESSED)
    seen = replace(TERMS, given=replace(alone.given, witness="Dora Finch"))
    assert faults(seen, HARBOUR, NOON, HUMANE) == {}


@pytest.mark.parametrize("allows", [True, False])
@pytest.mark.parametrize("regime", Regime)
def test_spoken_words_count_only_where_the_law_lets_them(regime: Regime, allows: bool) -> None:
    policy = replace(STRICT, regime=regime, law="A law", law_allows_spoken=allows)
    spoken = replace(TERMS, given=replace(GIVEN, manner=Manner.VERBAL, witness="Dora Finch"))
    counts = regime is Regime.HUMANITARIAN or (regime is Regime.OTHER and allows)
    assert ("manner" not in faults(spoken, HARBOUR, NOON, policy)) is counts


@pytest.mark.parametrize("drawn", ["", "1,1", "1,1 2,2", STROKES + ";", "9,9 a,1", "1001,1 " * 9])
def test_a_signature_on_screen_is_really_drawn(drawn: str) -> None:
    empty = replace(TERMS, given=replace(GIVEN, manner=Manner.DRAWN, drawn=drawn))
    assert set(faults(empty, HARBOUR, NOON, STRICT)) == {"signature"}


@pytest.mark.parametrize("wrong", OF_THE_SIGNER)
def test_whoever_agrees_for_her_is_named_and_she_is_asked(wrong: str) -> None:
    change, field = OF_THE_SIGNER[wrong]
    assert field in faults(replace(TERMS, given=replace(GIVEN, **change)), HARBOUR, NOON, STRICT)


def test_a_guardian_with_her_own_yes_and_a_reason_can_agree() -> None:
    words = {Words.GUARDIAN: "Her aunt", Words.BEST_INTEREST: "School", Words.CAPACITY: "Slowly"}
    agreed = replace(
        GIVEN, by=GivenBy.GUARDIAN, assent=Assent.AGREES, words=words, capacity_doubted=True
    )
    assert faults(replace(TERMS, given=agreed), HARBOUR, NOON, STRICT) == {}


def test_what_is_never_to_be_told_is_not_ticked_as_what_may_be() -> None:
    never = frozenset({Category.NEED, Category.LOCATION})
    assert set(faults(replace(TERMS, never=never), HARBOUR, NOON, STRICT)) == {"never"}
    apart = replace(TERMS, never=frozenset({Category.LOCATION}))
    assert faults(apart, HARBOUR, NOON, STRICT) == {}


def test_records_end_after_they_begin() -> None:
    backwards = replace(TERMS, records_from=NOON, records_to=NOON)
    assert set(faults(backwards, HARBOUR, NOON, STRICT)) == {"records_to"}


def test_an_agency_can_let_releases_last_twelve_months_and_no_longer() -> None:
    year = replace(STRICT, usual_days=90, most_days=365)
    assert dict(policy_faults(year)) == {}
    assert faults(replace(TERMS, ends=NOON + timedelta(days=365)), HARBOUR, NOON, year) == {}
    assert "most_days" in dict(policy_faults(replace(STRICT, most_days=366)))
    assert "usual_days" in dict(policy_faults(replace(STRICT, usual_days=91)))
    assert "usual_days" in dict(policy_faults(replace(STRICT, usual_days=0)))
    assert "law" in dict(policy_faults(replace(STRICT, regime=Regime.OTHER)))


def test_ninety_days_are_allowed_and_ninety_one_are_not() -> None:
    last_minute = STRICT.longest - timedelta(minutes=1)
    assert faults(replace(TERMS, ends=NOON + last_minute), HARBOUR, NOON, STRICT) == {}
    assert "ends" in faults(replace(TERMS, ends=NOON + STRICT.longest), HARBOUR, NOON, STRICT)


def test_all_mistakes_of_a_form_are_said_at_once() -> None:
    blank = ReleaseTerms(
        HARBOUR, NOTHING, NOTHING, NOTHING, NOON, NOON, Given(Manner.VERBAL, NOTHING, False)
    )
    told = {"to_agency", "purposes", "categories", "ends", "witness", "said", "not_the_abuser"}
    told |= {"manner"}
    assert set(faults(blank, HARBOUR, NOON, STRICT)) == told


moments = st.datetimes(datetime(2029, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, moments)
def test_whatever_the_days_only_a_short_future_span_stands(
    starts: datetime, ends: datetime
) -> None:
    stands = not faults(replace(TERMS, starts=starts, ends=ends), HARBOUR, NOON, STRICT)
    assert stands is (starts < ends and ends > NOON and ends - starts < STRICT.longest)


def test_nobody_is_taken_to_agree_who_was_not_named() -> None:
    _terms, unread = read({}, ZoneInfo("UTC"))
    assert "by" in unread
