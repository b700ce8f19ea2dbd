"""Whom a service takes: language, gender, age, children, nationality, papers, access."""

from dataclasses import replace

import pytest

from pathways.directory import terms
from pathways.directory.listing import (
    Location,
    LocationId,
    Nationality,
    Service,
)
from pathways.directory.terms import (
    AccessFeature,
    Document,
    Gender,
    Limit,
    Registration,
)
from pathways.routing.need import AgeBand, Children, Named, Papers
from pathways.routing.reasons import Criterion, Verdict
from tests.asking import (
    ARABIC,
    LAWYER,
    NORTHSIDE,
    SYRIA,
    absent,
    reason,
    takes,
)


@pytest.mark.parametrize(
    ("service", "verdict"),
    [
        (NORTHSIDE, Verdict.FITS),
        (replace(NORTHSIDE, languages=frozenset({"en"})), Verdict.BLOCKS),
        (replace(NORTHSIDE, languages=frozenset()), Verdict.UNKNOWN),
        (replace(NORTHSIDE, languages=frozenset({"en"}), interpretation="by phone"), Verdict.FITS),
    ],
)
def test_a_language_is_spoken_or_interpreted_or_missing_or_not_recorded(
    service: Service, verdict: Verdict
) -> None:
    asked = replace(LAWYER, language=ARABIC)
    assert reason(service, asked, Criterion.LANGUAGE).verdict is verdict


@pytest.mark.parametrize(
    ("taken", "asked", "verdict"),
    [
        (frozenset({Gender.FEMALE}), Gender.FEMALE, Verdict.FITS),
        (frozenset({Gender.FEMALE}), Gender.MALE, Verdict.BLOCKS),
        (frozenset({Gender.FEMALE}), None, Verdict.UNKNOWN),
        (frozenset[Gender](), Gender.OTHER, Verdict.UNKNOWN),
    ],
)
def test_whom_a_service_is_for_by_gender_is_said_even_unasked(
    taken: frozenset[Gender], asked: Gender | None, verdict: Verdict
) -> None:
    need = replace(LAWYER, gender=asked)
    assert reason(takes(genders=taken), need, Criterion.GENDER).verdict is verdict


@pytest.mark.parametrize("taken", [frozenset[Gender](), frozenset(Gender)])
def test_a_service_for_everybody_says_nothing_of_gender_unasked(taken: frozenset[Gender]) -> None:
    assert absent(takes(genders=taken), LAWYER, Criterion.GENDER)


@pytest.mark.parametrize(
    ("least", "most", "band", "verdict", "limits"),
    [
        (18, None, AgeBand.YOUNG, Verdict.FITS, "from 18 years"),
        (19, None, AgeBand.YOUNG, Verdict.UNKNOWN, "from 19 years"),
        (25, None, AgeBand.YOUNG, Verdict.BLOCKS, "from 25 years"),
        (None, 17, AgeBand.TEEN, Verdict.FITS, "up to 17 years"),
        (None, 16, AgeBand.TEEN, Verdict.UNKNOWN, "up to 16 years"),
        (None, 11, AgeBand.TEEN, Verdict.BLOCKS, "up to 11 years"),
        (25, 59, AgeBand.ADULT, Verdict.FITS, "from 25 to 59 years"),
        (18, 60, None, Verdict.UNKNOWN, "from 18 to 60 years"),
        (None, None, AgeBand.ADULT, Verdict.UNKNOWN, "not recorded"),
    ],
)
def test_an_age_band_fits_when_the_whole_of_it_is_taken(
    least: int | None, most: int | None, band: AgeBand | None, verdict: Verdict, limits: str
) -> None:
    service = takes(minimum_age=least, maximum_age=most)
    found = reason(service, replace(LAWYER, age=band), Criterion.AGE)
    assert found.verdict is verdict
    assert limits in found.sentence


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [(True, Verdict.FITS), (False, Verdict.BLOCKS), (None, Verdict.UNKNOWN)],
)
def test_children_who_come_along_are_asked_about(taken: bool | None, verdict: Verdict) -> None:
    need = replace(LAWYER, children=Children.ONE)
    assert reason(takes(takes_children=taken), need, Criterion.CHILDREN).verdict is verdict


@pytest.mark.parametrize("said", [None, Children.NONE])
def test_no_children_with_her_is_nothing_to_say(said: Children | None) -> None:
    assert absent(takes(takes_children=False), replace(LAWYER, children=said), Criterion.CHILDREN)


@pytest.mark.parametrize(
    ("rule", "asked", "verdict"),
    [
        (Nationality(Limit.ANYONE), SYRIA, Verdict.FITS),
        (Nationality(Limit.ONLY, frozenset({"SY"})), SYRIA, Verdict.FITS),
        (Nationality(Limit.ONLY, frozenset({"IQ"})), SYRIA, Verdict.BLOCKS),
        (Nationality(Limit.EXCEPT, frozenset({"SY"})), SYRIA, Verdict.BLOCKS),
        (Nationality(Limit.EXCEPT, frozenset({"IQ"})), SYRIA, Verdict.FITS),
        (Nationality(), SYRIA, Verdict.UNKNOWN),
        (Nationality(Limit.ONLY, frozenset({"IQ"})), None, Verdict.UNKNOWN),
    ],
)
def test_a_limit_by_nationality_reads_its_list_the_right_way_round(
    rule: Nationality, asked: Named | None, verdict: Verdict
) -> None:
    need = replace(LAWYER, nationality=asked)
    assert reason(takes(nationality=rule), need, Criterion.NATIONALITY).verdict is verdict


@pytest.mark.parametrize("limit", [Limit.ANYONE, Limit.UNRECORDED])
def test_no_limit_by_nationality_is_nothing_to_say_unasked(limit: Limit) -> None:
    assert absent(takes(nationality=Nationality(limit)), LAWYER, Criterion.NATIONALITY)


@pytest.mark.parametrize(
    ("rule", "documents", "asked", "verdict"),
    [
        (Registration.NONE_NEEDED, frozenset(), Papers.HAS_NOT, Verdict.FITS),
        (Registration.NEEDED, frozenset(), Papers.HAS_NOT, Verdict.BLOCKS),
        (Registration.NEEDED, frozenset(), Papers.HAS, Verdict.FITS),
        (Registration.NEEDED, frozenset({Document.INTERIOR_CARD}), Papers.HAS, Verdict.UNKNOWN),
        (Registration.UNRECORDED, frozenset(), Papers.HAS, Verdict.UNKNOWN),
        (Registration.NEEDED, frozenset(), None, Verdict.UNKNOWN),
    ],
)
def test_papers_are_needed_or_not_or_must_be_asked_about(
    rule: Registration, documents: frozenset[Document], asked: Papers | None, verdict: Verdict
) -> None:
    service = takes(registration=rule, documents=documents)
    assert reason(service, replace(LAWYER, papers=asked), Criterion.PAPERS).verdict is verdict


def test_an_access_need_that_is_not_recorded_is_a_question() -> None:
    need = replace(LAWYER, access=frozenset({AccessFeature.STEP_FREE}))
    assert reason(NORTHSIDE, need, Criterion.ACCESS).verdict is Verdict.UNKNOWN
    ramp = Location(LocationId("l" * 26), "Salt", features=need.access)
    able = replace(NORTHSIDE, locations=(ramp,))
    assert reason(able, need, Criterion.ACCESS).sentence == "It has: No steps."


def test_a_service_meant_for_survivors_says_so_and_others_are_asked() -> None:
    hers = takes(criteria=frozenset({terms.Criterion.SURVIVOR, terms.Criterion.SCORE}))
    assert reason(hers, LAWYER, Criterion.INTAKE).verdict is Verdict.FITS
    other = takes(criteria=frozenset({terms.Criterion.OLDER}))
    assert reason(other, LAWYER, Criterion.INTAKE).verdict is Verdict.UNKNOWN
