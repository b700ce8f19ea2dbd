"""Whether a service fits a need, what must be asked, and what stands in the way."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.words import Priority, ServiceType
from pathways.directory import terms
from pathways.directory.listing import (
    Eligibility,
    Intake,
)
from pathways.directory.terms import (
    AccessFeature,
    Gender,
    ReferralMethod,
    Registration,
    Status,
)
from pathways.routing.eligibility import fit
from pathways.routing.need import AgeBand, Children, Need, Papers, Place, When
from pathways.routing.reasons import Criterion, Verdict
from tests.asking import (
    AMMAN,
    ARABIC,
    EVERYTHING,
    LAWYER,
    NOON,
    NORTHSIDE,
    SILENT,
    SYRIA,
    reason,
)


def test_a_service_that_meets_everything_asked_fits_and_says_why() -> None:
    answer = fit(NORTHSIDE, replace(LAWYER, language=ARABIC, place=Place("Salt")), NOON)
    assert answer.fits
    assert [one.sentence for one in answer.good] == [
        "Offers: Legal advice.",
        "Takes referrals sent from here.",
        "Speaks Arabic.",
        "In Salt, or takes people from there.",
        "Had room 3 days ago.",
        "Open now, until 16:00.",
    ]
    assert answer.unknowns == ()


def test_what_a_silent_service_never_said_is_asked_and_never_refused() -> None:
    answer = fit(SILENT, EVERYTHING, NOON)
    assert answer.fits
    assert {one.criterion for one in answer.unknowns} == set(Criterion) - {
        Criterion.SERVICE_TYPE,
        Criterion.RUNNING,
        Criterion.INTAKE,
    }


def test_what_nobody_asked_about_is_not_said_of_a_service_without_limits() -> None:
    assert {one.criterion for one in fit(SILENT, LAWYER, NOON).reasons} == {
        Criterion.SERVICE_TYPE,
        Criterion.REFERRAL,
        Criterion.CAPACITY,
        Criterion.OPENING,
    }


def test_another_kind_of_help_stands_in_the_way() -> None:
    answer = fit(NORTHSIDE, Need(ServiceType.HOUSING), NOON)
    assert [one.sentence for one in answer.blocks] == ["Does not offer: Housing."]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"status": Status.CLOSED}, "The directory says: Closed for a while."),
        ({"first_day": date(2030, 1, 16)}, "It begins on 16 January 2030."),
        ({"last_day": date(2030, 1, 14)}, "It ended on 14 January 2030."),
    ],
)
def test_a_service_that_does_not_run_today_says_since_when(
    changed: dict[str, object], sentence: str
) -> None:
    answer = fit(replace(NORTHSIDE, **changed), LAWYER, NOON)  # type: ignore[arg-type]
    assert [one.sentence for one in answer.blocks] == [sentence]


def test_the_first_and_last_day_of_a_service_are_both_included() -> None:
    today = replace(NORTHSIDE, first_day=NOON.date(), last_day=NOON.date())
    assert fit(today, LAWYER, NOON).fits


@pytest.mark.parametrize(
    ("methods", "verdict"),
    [
        (frozenset({ReferralMethod.HUB}), Verdict.FITS),
        (frozenset({ReferralMethod.NOT_NEEDED}), Verdict.FITS),
        (frozenset({ReferralMethod.PHONE, ReferralMethod.FORM}), Verdict.UNKNOWN),
        (frozenset[ReferralMethod](), Verdict.UNKNOWN),
        (frozenset({ReferralMethod.NOT_ACCEPTED}), Verdict.BLOCKS),
    ],
)
def test_how_a_service_takes_referrals_decides_whether_one_can_go(
    methods: frozenset[ReferralMethod], verdict: Verdict
) -> None:
    service = replace(NORTHSIDE, intake=Intake(methods=methods))
    assert reason(service, LAWYER, Criterion.REFERRAL).verdict is verdict


def test_an_organization_outside_the_hub_is_not_said_to_take_its_referrals() -> None:
    outside = replace(NORTHSIDE, organization=replace(NORTHSIDE.organization, agency=None))
    assert reason(outside, LAWYER, Criterion.REFERRAL).verdict is Verdict.UNKNOWN


LIMITS = st.builds(
    Eligibility,
    minimum_age=st.none() | st.integers(0, 99),
    maximum_age=st.none() | st.integers(0, 99),
    genders=st.frozensets(st.sampled_from(Gender)),
    takes_children=st.none() | st.booleans(),
    registration=st.sampled_from(Registration),
    criteria=st.frozensets(st.sampled_from(terms.Criterion)),
)
NEEDS = st.builds(
    Need,
    st.sampled_from([ServiceType.LEGAL_ASSISTANCE, ServiceType.HOUSING]),
    language=st.none() | st.just(ARABIC),
    place=st.none() | st.builds(Place, st.sampled_from(["Salt", "Amman"]), st.just(AMMAN)),
    gender=st.none() | st.sampled_from(Gender),
    age=st.none() | st.sampled_from(AgeBand),
    children=st.none() | st.sampled_from(Children),
    nationality=st.none() | st.just(SYRIA),
    papers=st.none() | st.sampled_from(Papers),
    access=st.frozensets(st.sampled_from(AccessFeature), max_size=2),
    urgency=st.sampled_from(Priority),
    when=st.none() | st.sampled_from(When),
)


@given(LIMITS, NEEDS)
def test_every_reason_is_said_once_in_order_and_as_a_whole_sentence(
    limits: Eligibility, need: Need
) -> None:
    answer = fit(replace(NORTHSIDE, eligibility=limits), need, NOON)
    told = [one.criterion for one in answer.reasons]
    assert told == [criterion for criterion in Criterion if criterion in told]
    assert {*answer.good, *answer.unknowns, *answer.blocks} == set(answer.reasons)
    assert answer.fits is not bool(answer.blocks)
    for one in answer.reasons:
        assert one.sentence[0].isupper()
        assert "{" not in one.sentence


@given(LIMITS, NEEDS)
def test_saying_less_of_a_need_never_puts_anything_new_in_the_way(
    limits: Eligibility, need: Need
) -> None:
    service = replace(NORTHSIDE, eligibility=limits)
    less = Need(need.service_type, urgency=need.urgency)
    fewer = {one.criterion for one in fit(service, less, NOON).blocks}
    assert fewer <= {one.criterion for one in fit(service, need, NOON).blocks}
