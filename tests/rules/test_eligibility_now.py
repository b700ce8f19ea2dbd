"""Whether a service can take somebody now and there: room, opening hours, distance."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.words import Priority, ServiceType
from pathways.directory.listing import (
    Address,
    Capacity,
    Location,
    LocationId,
    Point,
    Schedule,
    Service,
    ServiceArea,
)
from pathways.directory.terms import (
    Arrival,
    CapacityBand,
    Extent,
    Frequency,
    Weekday,
)
from pathways.routing.eligibility import fit
from pathways.routing.hours import next_span, readable
from pathways.routing.need import Place, When
from pathways.routing.places import kilometres
from pathways.routing.reasons import Criterion, Verdict
from tests.asking import (
    AMMAN,
    AQABA,
    HUB,
    LAWYER,
    NOON,
    NORTHSIDE,
    SALT,
    SILENT,
    WORKDAYS,
    place_of,
    reason,
)


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
