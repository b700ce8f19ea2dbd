"""What a feature of the Services Advisor means, and that nothing it says is lost or made up."""

from datetime import date, time, timedelta

import pytest

from hub.core.words import ServiceType
from pathways.directory.listing import Nationality, Promise, Service
from pathways.directory.terms import (
    Arrival,
    CapacityBand,
    Criterion,
    Document,
    Extent,
    Feedback,
    Frequency,
    Gender,
    Limit,
    NextStep,
    ReferralMethod,
    Registration,
    Weekday,
)
from tests.directory_files import JORDAN, collection, feature, published, read, reasons


def service(**changed: object) -> Service:
    gathered = read(collection(feature(**changed)))
    assert not gathered.quarantined
    found = gathered.placed[0].draft.service
    assert found is not None
    return found


def test_every_jordan_service_lands_and_none_is_quarantined() -> None:
    gathered = read(published(JORDAN).read_bytes())
    assert len(gathered.placed) == 562
    assert not gathered.quarantined


def test_one_id_for_two_activities_names_two_records() -> None:
    drafts = [placed.draft for placed in read(published(JORDAN).read_bytes()).placed]
    assert len({draft.source_id for draft in drafts}) == 562
    assert {"22442789/5575", "22442789/5604"} <= {draft.source_id for draft in drafts}


def test_records_that_say_the_same_twice_are_told() -> None:
    assert len(read(published(JORDAN).read_bytes()).alike) == 46


def test_no_answer_in_the_published_file_is_left_unread() -> None:
    services = [placed.draft.service for placed in read(published(JORDAN).read_bytes()).placed]
    unread = {s.eligibility.words + s.intake.words for s in services if s is not None}
    assert unread == {""}


def test_answers_become_what_routing_asks_about() -> None:
    found = service()
    whom, how = found.eligibility, found.intake
    assert whom.registration is Registration.NEEDED
    assert whom.documents == {Document.UNHCR_CERTIFICATE, Document.INTERIOR_CARD}
    assert whom.expired_documents_taken is False
    assert whom.nationality == Nationality(Limit.ONLY, frozenset({"SY"}))
    assert whom.criteria == {Criterion.WOMAN_AT_RISK}
    assert how.arrivals == {Arrival.WALK_IN}
    assert how.methods == {ReferralMethod.FORM}
    assert how.next_steps == {NextStep.FOLLOW_UP_CALL}
    assert how.response == Promise(timedelta(weeks=1))
    assert how.feedback == {Feedback.EMAIL}
    assert how.feedback_delay == Promise(timedelta(days=1))
    assert [(area.extent, area.name) for area in found.areas] == [(Extent.REGION, "North")]
    assert (found.first_day, found.last_day) == (date(2029, 1, 1), date(2031, 12, 31))


def test_only_parts_counted_above_nothing_say_what_help_it_is() -> None:
    found = service(indicators={"Legal services": 1, "Shelter for vulnerable families": 0})
    assert found.types == {ServiceType.LEGAL_ASSISTANCE}
    assert found.description == "Legal services"


def test_an_activity_without_a_known_meaning_is_other_help() -> None:
    assert service(activityName="Drainage", indicators={}).types == {ServiceType.OTHER}


def test_what_is_not_answered_is_not_recorded_and_never_anyone() -> None:
    blank = {name: {} for name in feature()["properties"] if name[0].isdigit()}
    found = service(**blank)
    assert found.eligibility.nationality == Nationality(Limit.UNRECORDED)
    assert found.eligibility.registration is Registration.UNRECORDED
    assert found.eligibility.takes_children is None
    assert found.intake.methods == frozenset()
    assert not found.intake.response.recorded
    assert found.capacity.band is CapacityBand.UNKNOWN
    assert found.languages == frozenset()


def test_an_answer_nobody_knows_is_kept_in_words_and_decides_nothing() -> None:
    found = service(**{"2. Nationality": {"Martians only": True, "Syrians only": False}})
    assert found.eligibility.nationality.limit is Limit.UNRECORDED
    assert found.eligibility.words == "Nationality: Martians only"


def test_two_answers_that_contradict_decide_nothing() -> None:
    found = service(**{"2. Nationality": {"Jordanians only": True, "Syrians only": True}})
    assert found.eligibility.nationality.limit is Limit.UNRECORDED


def test_a_space_for_women_is_for_women_and_a_place_to_come_first() -> None:
    found = service(activityName="Women Safe Spaces", indicators={"Women Safe Spaces": 1})
    assert found.eligibility.genders == {Gender.FEMALE}
    assert found.entry_point


def test_a_service_reached_by_referral_only_is_no_entry_point() -> None:
    found = service(
        activityName="Women Safe Spaces", **{"4. Accessibility": {"Referrals only": True}}
    )
    assert not found.entry_point


HOURS = [
    ({}, (Frequency.WEEKLY, 5, time(8, 30), time(16))),
    ({"6. Availability": {"Once a week": True}}, (Frequency.WEEKLY, 0, time(8, 30), time(16))),
    (
        {"6. Availability": {"Biweekly": True}, "7. Availability Day": {"Mondays only": True}},
        (Frequency.UNRECORDED, 1, time(8, 30), time(16)),
    ),
    ({"6. Availability": {"One Off": True}}, (Frequency.ONCE, 0, time(8, 30), time(16))),
    ({"6. Availability": {}}, (Frequency.WEEKLY, 5, time(8, 30), time(16))),
    (
        {"8. Office Open at": {"13:00pm": True, "8:30am": True}, "9. Office close at": {}},
        (Frequency.WEEKLY, 5, time(8, 30), None),
    ),
    ({"8. Office Open at": {"12:00am": True}}, (Frequency.WEEKLY, 5, None, time(16))),
    ({"8. Office Open at": {"25:00am": True}}, (Frequency.WEEKLY, 5, None, time(16))),
    ({"8. Office Open at": {"1:15pm": True}}, (Frequency.WEEKLY, 5, time(13, 15), time(16))),
]


@pytest.mark.parametrize(("said", "meant"), HOURS)
def test_hours_are_read_only_as_far_as_they_can_be_known(
    said: dict[str, object], meant: tuple[Frequency, int, time | None, time | None]
) -> None:
    (hours,) = service(**said).schedules
    assert (hours.frequency, len(hours.days), hours.opens, hours.closes) == meant
    assert hours.words


def test_days_from_sunday_to_thursday_leave_out_the_weekend_there() -> None:
    (hours,) = service().schedules
    assert frozenset(Weekday) - hours.days == {Weekday.FR, Weekday.SA}


def test_a_service_that_says_nothing_of_hours_has_no_schedule() -> None:
    blank = {name: {} for name in feature()["properties"] if name[:2] in {"6.", "7.", "8.", "9."}}
    assert service(**blank).schedules == ()


def test_a_feature_without_any_parts_or_answers_is_still_taken() -> None:
    found = service(indicators=None, **{"2. Nationality": None})
    assert found.types == {ServiceType.OTHER}
    assert found.eligibility.nationality == Nationality()


MANY = {f"part {n}": 1 for n in range(201)}
UNTIDY = [
    ({"indicators": MANY}, "indicators: It lists more than 200."),
    ({"indicators": {"a\x00b": 1}}, "indicators: It holds a character"),
    ({"2. Nationality": MANY}, "2. Nationality: It lists more than 200."),
    ({"2. Nationality": {"a\x00b": True}}, "2. Nationality: It holds a character"),
]


@pytest.mark.parametrize(("changed", "reason"), UNTIDY, ids=[reason for _c, reason in UNTIDY])
def test_answers_no_person_ticked_are_refused(changed: dict[str, object], reason: str) -> None:
    (held,) = reasons(collection(feature(1, **changed)))
    assert held.startswith(f"properties.{reason}")
