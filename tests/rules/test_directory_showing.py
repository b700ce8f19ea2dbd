"""A service in sentences, as its page says them."""

from datetime import date, time, timedelta
from typing import Final

import pytest

from hub.core.ids import AgencyId, ServiceId
from hub.core.words import ServiceType
from pathways.directory import showing
from pathways.directory.languages import code_of, country_code
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
    Promise,
    Schedule,
    Service,
)
from pathways.directory.terms import (
    Arrival,
    CapacityBand,
    Document,
    Frequency,
    Limit,
    ReferralMethod,
    Registration,
    Status,
    Weekday,
)

TODAY: Final = date(2030, 1, 15)
BARE: Final = Service(
    ServiceId("s"),
    "Law clinic",
    Organization(OrganizationId("o"), "Willow Trust"),
    frozenset({ServiceType.LEGAL_ASSISTANCE}),
)


def test_a_service_nobody_described_asks_for_everything() -> None:
    assert showing.cards(BARE) == []
    assert showing.missing(BARE).count(",") == 5
    assert showing.warnings(BARE, TODAY) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Nationality(), ""),
        (Nationality(Limit.ANYONE), "Every nationality"),
        (Nationality(Limit.ONLY, frozenset({"SY"})), "Only people from Syria"),
        (
            Nationality(Limit.EXCEPT, frozenset({"SY", "JO"})),
            "Everybody except people from Jordan, Syria",
        ),
    ],
)
def test_nationality_limits_are_told_with_their_countries(said: Nationality, words: str) -> None:
    assert showing.nationality(said) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(None, None, ""), (18, None, "From 18"), (None, 17, "Up to 17"), (0, 5, "From 0 to 5")],
)
def test_ages_are_told_as_far_as_known(least: int | None, most: int | None, words: str) -> None:
    assert showing.ages(least, most) == words


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (Promise(), ""),
        (Promise(case_by_case=True), "Case by case"),
        (Promise(timedelta(minutes=20)), "20 minutes"),
        (Promise(timedelta(hours=1)), "1 hour"),
        (Promise(timedelta(days=1)), "1 day"),
        (Promise(timedelta(days=14)), "2 weeks"),
        (Promise(timedelta(days=30)), "30 days"),
    ],
)
def test_a_promise_is_told_in_its_largest_whole_unit(promise: Promise, words: str) -> None:
    assert showing.promise(promise) == words


WEEK: Final = frozenset({Weekday.MO, Weekday.TU})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Schedule(always_open=True), "Always open"),
        (Schedule(Frequency.WEEKLY, 1, WEEK, time(9), time(17)), "Monday, Tuesday 09:00-17:00"),
        (Schedule(Frequency.MONTHLY, 1, WEEK), "Every month Monday, Tuesday"),
        (Schedule(opens=time(9)), "from 09:00"),
        (Schedule(words="Biweekly"), "Biweekly"),
    ],
)
def test_hours_are_told_in_one_line(said: Schedule, words: str) -> None:
    assert showing.hours(said) == words


def test_papers_are_told_with_whether_expired_ones_will_do() -> None:
    needed = Eligibility(
        registration=Registration.NEEDED,
        documents=frozenset({Document.IDENTITY_PROOF}),
        expired_documents_taken=True,
    )
    assert showing.papers(needed) == ["Original proof of identity", "Expired ones will do"]
    assert showing.papers(Eligibility(registration=Registration.NONE_NEEDED)) == [
        "No papers needed"
    ]
    assert showing.papers(Eligibility()) == []


def test_a_confidential_place_is_told_by_its_area_alone() -> None:
    hidden = Location(
        LocationId("l"), "Lower Town", "Rose House", True, Address("12 Rose Street", "Town")
    )
    assert "Rose" not in showing.place(hidden)
    assert showing.place(hidden).startswith("Lower Town")


@pytest.mark.parametrize(
    ("methods", "arrivals", "words"),
    [
        ({ReferralMethod.HUB}, set(), "Open the person's case"),
        ({ReferralMethod.NOT_ACCEPTED}, set(), "It does not accept"),
        ({ReferralMethod.NOT_NEEDED}, set(), "It is not in this hub. No referral"),
        (set(), {Arrival.WALK_IN}, "It is not in this hub. People can walk in"),
        ({ReferralMethod.EMAIL}, set(), "It is not in this hub. Refer outside it"),
    ],
)
def test_the_page_says_how_to_refer_somebody(
    methods: set[ReferralMethod], arrivals: set[Arrival], words: str
) -> None:
    intake = Intake(frozenset(methods), frozenset(arrivals))
    service = Service(ServiceId("s"), "x", BARE.organization, frozenset(), intake=intake)
    assert showing.referring(service).startswith(words)


def test_an_entry_past_its_last_day_is_warned_of() -> None:
    over = Service(ServiceId("s"), "x", BARE.organization, frozenset(), last_day=date(2014, 12, 31))
    assert "31 December 2014" in showing.warnings(over, TODAY)[0]
    assert ("Not running now", "plain") in showing.line(over, TODAY).tags
    early = Service(ServiceId("s"), "x", BARE.organization, frozenset(), first_day=date(2031, 1, 1))
    assert "1 January 2031" in showing.warnings(early, TODAY)[0]
    closed = Service(
        ServiceId("s"), "x", BARE.organization, frozenset(), status=Status.CLOSED, alert="Flood"
    )
    assert showing.warnings(closed, TODAY) == ["Flood", "The directory says: Closed for a while."]


def test_a_line_tells_the_hub_the_door_and_the_room() -> None:
    owner = Organization(OrganizationId("o"), "Willow Trust", AgencyId("a"))
    full = Service(
        ServiceId("s"),
        "x",
        owner,
        frozenset(),
        capacity=Capacity(CapacityBand.FULL),
        entry_point=True,
    )
    tags = [word for word, _kind in showing.line(full, TODAY).tags]
    assert tags == ["In this hub", "Entry point", "Full"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ar", "ar"),
        ("ara", "ar"),
        ("ARABIC", "ar"),
        ("en-GB", "en"),
        ("العربية", "ar"),
        ("Elvish", ""),
        ("", ""),
    ],
)
def test_languages_are_known_by_code_and_by_name(said: str, code: str) -> None:
    assert code_of(said) == code


@pytest.mark.parametrize(
    ("said", "code"), [("Syria", "SY"), ("jo", "JO"), ("Narnia", ""), ("", "")]
)
def test_countries_are_known_by_code_and_by_name(said: str, code: str) -> None:
    assert country_code(said) == code
