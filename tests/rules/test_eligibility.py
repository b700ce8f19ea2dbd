"""Whether a service fits a need, what must be asked, and what stands in the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.ids import AgencyId, ServiceId
from hub.core.words import Priority, ServiceType
from pathways.directory import terms
from pathways.directory.listing import (
    Address,
    Capacity,
    Eligibility,
    Intake,
    Location,
    LocationId,
    Nationality,
    Organization,
    OrganizationId,
    Point,
    Schedule,
    Service,
    ServiceArea,
)
from pathways.directory.terms import (
    AccessFeature,
    Arrival,
    CapacityBand,
    Document,
    Extent,
    Frequency,
    Gender,
    Limit,
    ReferralMethod,
    Registration,
    Status,
    Weekday,
)
from pathways.routing.eligibility import fit
from pathways.routing.hours import next_span, readable
from pathways.routing.need import AgeBand, Children, Named, Need, Papers, Place, When
from pathways.routing.places import kilometres
from pathways.routing.reasons import Criterion, Reason, Verdict

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)  # a Tuesday
ARABIC = Named("ar", "Arabic")
SYRIA = Named("SY", "Syria")
SALT = Point(32.04, 35.73)
AMMAN = Point(31.95, 35.93)
AQABA = Point(29.53, 35.0)
LAWYER = Need(ServiceType.LEGAL_ASSISTANCE)
HUB = Intake(methods=frozenset({ReferralMethod.HUB, ReferralMethod.PHONE}))
WORKDAYS = frozenset(list(Weekday)[:5])
OFFICE = Schedule(Frequency.WEEKLY, 1, WORKDAYS, time(8, 30), time(16))

NORTHSIDE = Service(
    ServiceId("n" * 26),
    "Legal advice",
    Organization(OrganizationId("o" * 26), "Northside", AgencyId("a" * 26)),
    frozenset({ServiceType.LEGAL_ASSISTANCE}),
    languages=frozenset({"ar", "en"}),
    locations=(Location(LocationId("l" * 26), "Salt", point=SALT),),
    schedules=(OFFICE,),
    intake=HUB,
    capacity=Capacity(CapacityBand.HAS, NOON - timedelta(days=3)),
)
SILENT = Service(
    ServiceId("s" * 26),
    "Somewhere",
    Organization(OrganizationId("q" * 26), "Somebody"),
    frozenset({ServiceType.LEGAL_ASSISTANCE}),
)
EVERYTHING = Need(
    ServiceType.LEGAL_ASSISTANCE,
    ARABIC,
    Place("Salt", SALT),
    Gender.FEMALE,
    AgeBand.ADULT,
    Children.MORE,
    SYRIA,
    Papers.HAS_NOT,
    frozenset({AccessFeature.STEP_FREE}),
    Priority.URGENT,
    When.DAY,
)


def reason(service: Service, need: Need, criterion: Criterion, at: datetime = NOON) -> Reason:
    return next(one for one in fit(service, need, at).reasons if one.criterion is criterion)


def absent(service: Service, need: Need, criterion: Criterion) -> bool:
    return all(one.criterion is not criterion for one in fit(service, need, NOON).reasons)


def takes(**limits: object) -> Service:
    return replace(NORTHSIDE, eligibility=Eligibility(**limits))  # type: ignore[arg-type]


def test_a_service_that_meets_everything_asked_fits_and_says_why() -> None:
    answer = fit(NORTHSIDE, replace(LAWYER, language=ARABIC, place=Place("Salt")), NOON)
    assert answer.fits
    assert [one.sentence for one in answer.good] == [
        "Offers: Legal advice.",
        "Takes referrals through this hub.",
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


@pytest.mark.parametrize(
    ("band", "age", "verdict"),
    [
        (CapacityBand.HAS, timedelta(minutes=59), Verdict.UNKNOWN),
        (CapacityBand.HAS, timedelta(minutes=60), Verdict.FITS),
        (CapacityBand.HAS, timedelta(days=14), Verdict.FITS),
        (CapacityBand.HAS, timedelta(days=15), Verdict.UNKNOWN),
        (CapacityBand.FULL, timedelta(minutes=59), Verdict.UNKNOWN),
        (CapacityBand.FULL, timedelta(minutes=60), Verdict.BLOCKS),
        (CapacityBand.FULL, timedelta(days=30), Verdict.BLOCKS),
        (CapacityBand.FULL, timedelta(days=31), Verdict.UNKNOWN),
        (CapacityBand.HAS, None, Verdict.UNKNOWN),
        (CapacityBand.FULL, None, Verdict.UNKNOWN),
        (CapacityBand.WAITLIST, timedelta(days=1), Verdict.UNKNOWN),
        (CapacityBand.NEEDS_ASSESSMENT, timedelta(days=1), Verdict.UNKNOWN),
        (CapacityBand.UNKNOWN, timedelta(days=1), Verdict.UNKNOWN),
    ],
)
def test_room_is_told_after_an_hour_and_believed_for_a_while(
    band: CapacityBand, age: timedelta | None, verdict: Verdict
) -> None:
    said = None if age is None else NOON - age
    service = replace(NORTHSIDE, capacity=Capacity(band, said))
    assert reason(service, LAWYER, Criterion.CAPACITY).verdict is verdict


def test_within_the_hour_every_change_of_room_reads_the_same() -> None:
    said = NOON - timedelta(minutes=20)
    sentences = {
        reason(replace(NORTHSIDE, capacity=Capacity(band, said)), LAWYER, Criterion.CAPACITY)
        for band in CapacityBand
    }
    assert len(sentences) == 1


@pytest.mark.parametrize(
    ("age", "words"),
    [(2, "in the last day"), (30, "yesterday"), (50, "2 days ago")],
)
def test_room_is_dated_by_the_day_and_never_by_the_hour(age: int, words: str) -> None:
    full = Capacity(CapacityBand.FULL, NOON - timedelta(hours=age))
    found = reason(replace(NORTHSIDE, capacity=full), LAWYER, Criterion.CAPACITY)
    assert found.sentence == f"Full, as it said {words}."


@pytest.mark.parametrize(
    ("at", "urgency", "verdict", "sentence"),
    [
        (NOON, Priority.EMERGENCY, Verdict.FITS, "Open now, until 16:00."),
        (NOON.replace(hour=16), Priority.EMERGENCY, Verdict.FITS, "Wednesday at 08:30"),
        (NOON.replace(day=18, hour=17), Priority.EMERGENCY, Verdict.BLOCKS, "Monday at 08:30"),
        (NOON.replace(day=18, hour=17), Priority.URGENT, Verdict.FITS, "Monday at 08:30"),
    ],
)
def test_doors_must_open_before_an_answer_is_due(
    at: datetime, urgency: Priority, verdict: Verdict, sentence: str
) -> None:
    found = reason(NORTHSIDE, replace(LAWYER, urgency=urgency), Criterion.OPENING, at)
    assert found.verdict is verdict
    assert sentence in found.sentence


def test_doors_open_over_midnight_are_still_open_after_it() -> None:
    night = Schedule(Frequency.WEEKLY, 1, frozenset({Weekday.TU}), time(20), time(4))
    late = replace(NORTHSIDE, schedules=(night,))
    found = reason(late, LAWYER, Criterion.OPENING, NOON.replace(day=16, hour=3))
    assert found.sentence == "Open now, until 04:00."


@pytest.mark.parametrize(
    ("when", "verdict"),
    [(When.DAY, Verdict.FITS), (When.EVENING, Verdict.BLOCKS), (When.WEEKEND, Verdict.BLOCKS)],
)
def test_when_she_can_go_is_held_against_the_opening_hours(when: When, verdict: Verdict) -> None:
    found = reason(NORTHSIDE, replace(LAWYER, when=when), Criterion.OPENING)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("schedules", "verdict", "sentence"),
    [
        ((Schedule(always_open=True),), Verdict.FITS, "Open day and night."),
        ((Schedule(words="every second Monday"),), Verdict.UNKNOWN, "every second Monday"),
        ((Schedule(Frequency.WEEKLY, 2, WORKDAYS, time(9), time(12)),), Verdict.UNKNOWN, "not"),
        ((), Verdict.UNKNOWN, "not recorded"),
    ],
)
def test_hours_no_rule_can_read_are_left_to_a_person(
    schedules: tuple[Schedule, ...], verdict: Verdict, sentence: str
) -> None:
    found = reason(replace(NORTHSIDE, schedules=schedules), LAWYER, Criterion.OPENING)
    assert found.verdict is verdict
    assert sentence in found.sentence


def place_of(service: Service, place: Place) -> Reason:
    return reason(service, replace(LAWYER, place=place), Criterion.PLACE)


@pytest.mark.parametrize(
    ("extent", "point", "verdict"),
    [
        (Extent.WALKING, AMMAN, Verdict.BLOCKS),
        (Extent.CITY, AMMAN, Verdict.UNKNOWN),
        (Extent.DISTRICT, AMMAN, Verdict.FITS),
        (Extent.DISTRICT, AQABA, Verdict.BLOCKS),
        (Extent.COUNTRY, AQABA, Verdict.FITS),
        (Extent.OTHER, AMMAN, Verdict.UNKNOWN),
    ],
)
def test_distance_is_held_against_how_far_a_service_reaches(
    extent: Extent, point: Point, verdict: Verdict
) -> None:
    service = replace(NORTHSIDE, areas=(ServiceArea(extent),))
    assert place_of(service, Place("Elsewhere", point)).verdict is verdict


@pytest.mark.parametrize(
    "service",
    [
        replace(NORTHSIDE, areas=(ServiceArea(Extent.OTHER, "Zarqa"),)),
        replace(
            NORTHSIDE, locations=(Location(LocationId("l"), "x", address=Address(city="ZARQA")),)
        ),
        replace(NORTHSIDE, types=NORTHSIDE.types | {ServiceType.HOTLINE}),
        replace(NORTHSIDE, intake=replace(HUB, arrivals=frozenset({Arrival.HOTLINE}))),
    ],
)
def test_an_area_by_name_or_a_telephone_reaches_her(service: Service) -> None:
    assert place_of(service, Place("Zarqa")).verdict is Verdict.FITS


def test_a_place_that_cannot_be_measured_is_asked_about() -> None:
    assert "In Salt" in place_of(NORTHSIDE, Place("Zarqa")).sentence
    assert "not recorded" in place_of(SILENT, Place("Zarqa")).sentence


def test_a_confidential_place_is_never_measured_even_if_its_point_were_there() -> None:
    hidden = Location(LocationId("l"), "Salt", confidential=True, point=SALT)
    refuge = replace(NORTHSIDE, locations=(hidden,))
    answer = fit(refuge, replace(LAWYER, place=Place("Amman", AMMAN)), NOON)
    assert answer.km is None
    assert all("km" not in one.sentence for one in answer.reasons)


def test_two_ends_of_the_earth_are_half_its_girth_apart() -> None:
    assert kilometres(Point(0, 0), Point(0, 180)) == pytest.approx(20015, abs=1)
    assert kilometres(SALT, SALT) == 0


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


@given(st.sampled_from(list(Weekday)), st.times(), st.times(), st.datetimes(timezones=st.just(UTC)))
def test_the_next_opening_is_now_or_later_and_on_its_own_day(
    day: Weekday, opens: time, closes: time, at: datetime
) -> None:
    if at.year in {1, 9999}:
        return
    weekly = readable([Schedule(Frequency.WEEKLY, 1, frozenset({day}), opens, closes)])
    span = next_span(weekly, at)
    assert span is not None
    assert span.closes > at
    assert list(Weekday)[span.opens.weekday()] is day
    assert span.opens - at <= timedelta(days=7)
