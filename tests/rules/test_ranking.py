"""In which order the services that fit are offered, why, and what becomes of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.ids import ServiceId
from hub.core.words import Priority, ServiceType
from pathways.directory.listing import (
    Capacity,
    Eligibility,
    Location,
    LocationId,
    Point,
    Promise,
    Service,
)
from pathways.directory.terms import CapacityBand, Gender
from pathways.routing import index as indexes
from pathways.routing import ranking
from pathways.routing.index import Candidates, Index
from pathways.routing.need import Need, Place
from pathways.routing.ranking import MOST, Ranking, duration
from pathways.statistics import Figure, figure
from tests.asking import AMMAN, AQABA, ARABIC, LAWYER, NOON, NORTHSIDE, SALT, SILENT

TODAY = NOON.date()


def called(name: str, **changes: object) -> Service:
    """Northside under another name, changed."""
    changed = replace(NORTHSIDE, **changes)  # type: ignore[arg-type]
    return replace(changed, id=ServiceId(name), name=name)


def answering(name: str, **within: float) -> Service:
    return called(name, intake=replace(NORTHSIDE.intake, response=Promise(timedelta(**within))))


def at_point(name: str, point: Point) -> Service:
    return called(name, locations=(Location(LocationId(name), name, point=point),))


def ranked(
    services: Sequence[Service], need: Need, at: datetime, routes: Mapping[ServiceId, Figure]
) -> Ranking:
    return ranking.ranked(Candidates(tuple(services)), need, at, routes)


def names(answer: Ranking) -> list[str]:
    return [one.service.name for one in answer.fitting]


def test_fewer_open_questions_come_before_everything_else() -> None:
    asks = replace(answering("first by name", hours=1), languages=frozenset())
    answer = ranked([asks, answering("second", days=9)], replace(LAWYER, language=ARABIC), NOON, {})
    assert names(answer) == ["second", "first by name"]


def test_who_answers_in_time_comes_before_who_promises_nothing_or_too_late() -> None:
    services = [answering("late", days=4), called("silent"), answering("soon", hours=72)]
    answer = ranked(services, replace(LAWYER, urgency=Priority.URGENT), NOON, {})
    assert names(answer) == ["soon", "silent", "late"]


def test_the_nearer_comes_first_but_a_few_kilometres_make_no_difference() -> None:
    near = Point(SALT.latitude + 0.01, SALT.longitude)
    services = [at_point("far", AQABA), at_point("b", SALT), at_point("a", near)]
    answer = ranked(services, replace(LAWYER, place=Place("Nowhere", SALT)), NOON, {})
    assert names(answer) == ["a", "b", "far"]


def test_room_said_lately_comes_before_room_said_long_ago() -> None:
    old = called("a", capacity=Capacity(CapacityBand.HAS, NOON - timedelta(days=13)))
    new = called("b", capacity=Capacity(CapacityBand.HAS, NOON - timedelta(days=3)))
    assert names(ranked([old, new], LAWYER, NOON, {})) == ["b", "a"]


def test_a_trodden_way_comes_first_by_what_is_released_of_it() -> None:
    routes = {ServiceId("b"): figure(40), ServiceId("c"): figure(9)}
    answer = ranked([called("a"), called("b"), called("c")], LAWYER, NOON, routes)
    assert names(answer) == ["b", "a", "c"]
    assert "40\u201344 times" in " ".join(answer.fitting[0].because)
    assert "times" not in " ".join(answer.fitting[2].because)


def test_a_small_count_behind_a_way_changes_nothing_on_the_page() -> None:
    services = [called("a"), called("b")]
    one, nine = (ranked(services, LAWYER, NOON, {ServiceId("b"): figure(n)}) for n in (1, 9))
    assert one == nine


def test_every_place_in_the_list_is_explained_in_words() -> None:
    need = replace(LAWYER, place=Place("Salt", SALT), urgency=Priority.EMERGENCY)
    answer = ranked([answering("x", hours=24)], need, NOON, {})
    assert answer.fitting[0].because == (
        "Nothing is left to ask.",
        "It answers within 24 hours, in time.",
        "It is less than a kilometre away.",
    )
    silent = ranked([SILENT], replace(need, place=Place("Amman", AMMAN)), NOON, {})
    assert silent.fitting[0].because == (
        "4 things are left to ask.",
        "It does not say how soon it answers.",
    )


def test_what_does_not_fit_is_listed_with_all_that_stands_in_the_way() -> None:
    english = called("english", languages=frozenset({"en"}))
    closed = called("closed", languages=frozenset({"en"}), last_day=NOON.date() - timedelta(days=1))
    answer = ranked([closed, english], replace(LAWYER, language=ARABIC), NOON, {})
    assert [one.service.name for one in answer.not_fitting] == ["english", "closed"]
    assert [reason.sentence for reason in answer.not_fitting[1].in_the_way] == [
        "It ended on 14 January 2030.",
        "Arabic is not among its languages, and no interpreter is recorded.",
    ]


def test_long_lists_are_cut_and_say_how_many_are_left_out() -> None:
    services = [called(f"{n:03}") for n in range(MOST + 7)]
    answer = ranked(services, LAWYER, NOON, {})
    assert names(answer) == [f"{n:03}" for n in range(MOST)]
    assert (answer.more, answer.more_not) == (7, 0)


@given(st.permutations([called(name) for name in "abcdef"]))
def test_the_order_never_depends_on_how_the_directory_lies(services: list[Service]) -> None:
    assert names(ranked(services, LAWYER, NOON, {})) == list("abcdef")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.2, "within an hour"),
        (1, "within an hour"),
        (48, "within 48 hours"),
        (49, "within 2 days"),
        (336, "within 14 days"),
    ],
)
def test_promises_are_said_in_hours_and_then_in_days(hours: float, words: str) -> None:
    assert duration(timedelta(hours=hours)) == words


def test_the_index_gives_all_services_of_a_kind_and_no_others() -> None:
    two = called("two", types=frozenset({ServiceType.HOUSING, ServiceType.LEGAL_ASSISTANCE}))
    index = Index([NORTHSIDE, two])
    assert index.candidates(LAWYER, TODAY) == Candidates((NORTHSIDE, two))
    assert index.candidates(Need(ServiceType.HOUSING), TODAY) == Candidates((two,))
    assert index.candidates(Need(ServiceType.FOOD), TODAY) == Candidates(())


def test_the_nearest_are_looked_for_ring_after_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "SCANNED", 5)
    spread = [at_point(f"{n}", Point(SALT.latitude + n * 0.3, SALT.longitude)) for n in range(9)]
    found = Index(spread).candidates(replace(LAWYER, place=Place("Here", SALT)), TODAY)
    assert {one.name for one in found.services} == set("01234")


def test_of_many_those_that_look_best_are_asked_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexes, "ASKED", 2)
    english = called("english", languages=frozenset({"en"}))
    men = called("men", eligibility=Eligibility(genders=frozenset({Gender.MALE})))
    ended = called("ended", last_day=TODAY - timedelta(days=1))
    far, near = at_point("far", AQABA), at_point("near", SALT)
    silent = replace(SILENT, languages=frozenset())
    index = Index([english, men, ended, far, silent, near])
    need = replace(LAWYER, language=ARABIC, gender=Gender.FEMALE, place=Place("Here", AMMAN))
    found = index.candidates(need, TODAY)
    assert [one.name for one in found.services] == ["near", "far"]
    assert (found.more, found.more_not) == (1, 3)
    answer = ranking.ranked(found, need, NOON, {})
    assert (answer.more, answer.more_not) == (1, 3)


def test_without_a_place_or_limits_a_glance_takes_them_as_they_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexes, "ASKED", 2)
    index = Index([called(name) for name in "abc"])
    found = index.candidates(LAWYER, TODAY)
    assert [one.name for one in found.services] == ["a", "b"]
    assert (found.more, found.more_not) == (1, 0)


def test_the_index_offers_places_with_their_middle_and_never_a_confidential_point() -> None:
    hidden = Location(LocationId("h"), "Old Town", confidential=True, point=SALT)
    index = Index(
        [
            at_point("Salt", SALT),
            called("Refuge", locations=(hidden,)),
            called("Nowhere", locations=(Location(LocationId("n"), ""),)),
        ]
    )
    assert dict(index.places) == {"Old Town": Place("Old Town"), "Salt": Place("Salt", SALT)}


@pytest.mark.parametrize("point", [SALT, Point(89.9, 10), Point(-89.9, 179.9)])
def test_of_very_many_services_the_nearest_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, point: Point
) -> None:
    monkeypatch.setattr(indexes, "SCANNED", 3)
    close = [at_point(f"near {n}", Point(point.latitude, point.longitude)) for n in range(3)]
    far = [at_point(f"far {n}", Point(-point.latitude, 0.0)) for n in range(5)]
    index = Index([*far, *close, replace(SILENT, id=ServiceId("nowhere"))])
    found = index.candidates(replace(LAWYER, place=Place("Here", point)), TODAY)
    assert {one.name for one in found.services} == {"near 0", "near 1", "near 2", "Somewhere"}
    assert len(index.candidates(LAWYER, TODAY).services) == 3
