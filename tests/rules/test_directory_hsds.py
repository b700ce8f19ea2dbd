"""What an HSDS record means, and that a directory survives going out and coming back."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from hub.core.ids import ServiceId, fresh
from hub.core.words import ServiceType
from pathways.directory import terms
from pathways.directory.exporting import exported
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
    Phone,
    Point,
    Promise,
    Schedule,
    Service,
    ServiceArea,
)
from tests.directory_files import (
    EXAMPLES,
    HARVEST,
    JORDAN,
    as_lines,
    as_list,
    as_page,
    hsds_location,
    hsds_service,
    published,
    read,
    reasons,
)

WHOLE = Service(
    ServiceId(fresh()),
    "Law clinic",
    Organization(OrganizationId(fresh()), "Willow Trust", description="A trust"),
    frozenset({ServiceType.LEGAL_ASSISTANCE, ServiceType.HOTLINE}),
    "Advice for anybody.",
    terms.Status.CLOSED,
    (
        Location(
            LocationId(fresh()),
            "Lower Town",
            "Willow Hall",
            address=Address("12 Rose Street", "Lower Town", "North", "4", "JO"),
            point=Point(31.95, 35.93),
            features=frozenset({terms.AccessFeature.STEP_FREE}),
            accessibility="Ring twice.",
        ),
    ),
    (ServiceArea(terms.Extent.REGION, "North"),),
    frozenset({"ar", "en"}),
    "Interpreters on request",
    (
        Schedule(terms.Frequency.WEEKLY, 2, frozenset({terms.Weekday.MO}), time(9), time(16, 30)),
        Schedule(terms.Frequency.ONCE, always_open=True, words="In May"),
    ),
    (Phone("01234", "day and night"),),
    "clinic@willow.example",
    "https://willow.example",
    Eligibility(
        18,
        60,
        frozenset({terms.Gender.FEMALE}),
        True,
        Nationality(terms.Limit.EXCEPT, frozenset({"JO", "SY"})),
        terms.Registration.NEEDED,
        frozenset({terms.Document.IDENTITY_PROOF}),
        False,
        ("A letter",),
        frozenset({terms.Criterion.SURVIVOR}),
        "Adults only.",
    ),
    Intake(
        frozenset({terms.ReferralMethod.EMAIL}),
        frozenset({terms.Arrival.OUTREACH}),
        Promise(timedelta(hours=5)),
        frozenset({terms.NextStep.CLIENT_COMES}),
        frozenset({terms.Feedback.PHONE}),
        Promise(case_by_case=True),
        "Write to us.",
    ),
    Capacity(terms.CapacityBand.WAITLIST, datetime(2030, 1, 2, 3, tzinfo=UTC)),
    "Free",
    "Closed until Monday.",
    True,
    date(2029, 1, 1),
    date(2031, 1, 1),
    date(2030, 1, 1),
)


def service(record: dict[str, Any]) -> Service:
    gathered = read(as_list(record))
    assert not gathered.quarantined
    found = gathered.placed[0].draft.service
    assert found is not None
    return found


def unnamed(service: Service | None) -> Service:
    """A service without the ids and the source that differ from hub to hub."""
    assert service is not None
    owner = replace(service.organization, id=OrganizationId(""), description="")
    places = tuple(replace(place, id=LocationId("")) for place in service.locations)
    return replace(service, id=ServiceId(""), source="", organization=owner, locations=places)


def test_everything_a_service_says_goes_out_and_comes_back() -> None:
    back = read(json.dumps(exported([WHOLE])).encode())
    assert not back.quarantined
    assert unnamed(back.placed[0].draft.service) == unnamed(WHOLE)


def test_the_jordan_directory_goes_out_and_comes_back_the_same() -> None:
    first = [placed.draft.service for placed in read(published(JORDAN).read_bytes()).placed]
    named = [
        replace(
            one,
            id=ServiceId(fresh()),
            organization=replace(one.organization, id=OrganizationId(fresh())),
            locations=tuple(replace(place, id=LocationId(fresh())) for place in one.locations),
        )
        for one in first
        if one is not None
    ]
    back = read(json.dumps(exported(named)).encode())
    assert Counter(unnamed(placed.draft.service) for placed in back.placed) == Counter(
        map(unnamed, named)
    )


def test_a_confidential_location_does_not_go_out_at_all() -> None:
    hidden = Location(LocationId(fresh()), "Secret Vale", confidential=True)
    text = json.dumps(exported([replace(WHOLE, locations=(hidden,))]))
    assert "Secret Vale" not in text
    assert "service_at_locations" not in text


def test_what_goes_out_has_what_hsds_requires() -> None:
    (said,) = exported([WHOLE])["contents"]
    assert {"id", "name", "status"} <= said.keys()
    assert {"id", "name", "description"} <= said["organization"].keys()
    for name in ("phones", "schedules", "languages", "service_areas", "attributes"):
        assert all("id" in one for one in said[name])
    place = said["service_at_locations"][0]["location"]
    assert {"id", "location_type"} <= place.keys()
    address = {"id", "address_1", "city", "state_province", "postal_code", "country"}
    assert address | {"address_type"} <= place["addresses"][0].keys()


@pytest.mark.parametrize("shape", [as_list, as_page, as_lines])
def test_the_same_records_are_read_from_every_shape_of_file(shape: Any) -> None:
    gathered = read(shape(hsds_service("s-1"), hsds_service("s-2", name="Other")))
    assert [placed.draft.source_id for placed in gathered.placed] == ["s-1", "s-2"]


def test_one_object_is_one_record_of_its_own() -> None:
    assert len(read(json.dumps(hsds_service()).encode()).placed) == 1


def test_a_published_directory_in_json_lines_is_taken_whole() -> None:
    gathered = read(published(HARVEST).read_bytes(), lines=True)
    assert (len(gathered.placed), len(gathered.quarantined)) == (300, 0)


EXAMPLE_OUTCOMES = [
    ("service_list.json", 1),
    ("organization_list.json", 1),
    ("service_at_location_list.json", 0),
    ("taxonomy_list.json", 0),
    ("taxonomy_term.json", 0),
    ("base.json", 0),
]


@pytest.mark.parametrize(("name", "taken"), EXAMPLE_OUTCOMES)
def test_the_official_examples_are_taken_or_told_why_not(name: str, taken: int) -> None:
    gathered = read(published(EXAMPLES / name).read_bytes())
    assert (len(gathered.placed), len(gathered.quarantined)) == (taken, 1 - taken)


def test_languages_come_by_code_or_by_name() -> None:
    assert service(hsds_service()).languages == {"ar", "en"}


def test_a_language_nobody_knows_is_kept_in_words() -> None:
    found = service(hsds_service(languages=[{"id": "l", "name": "Elvish"}]))
    assert found.languages == frozenset()
    assert "Elvish" in found.interpretation


def test_words_about_steps_are_never_taken_for_a_ramp() -> None:
    place = hsds_location(accessibility=[{"id": "a", "description": "No wheelchair access."}])
    found = service(hsds_service(service_at_locations=[{"id": "x", "location": place}]))
    assert found.features == frozenset()
    assert found.locations[0].accessibility == "No wheelchair access."


def test_a_location_marked_confidential_leaves_its_street_in_the_file() -> None:
    place = hsds_location(confidential=True)
    found = service(hsds_service(service_at_locations=[{"id": "x", "location": place}]))
    assert found.locations == (Location(LocationId("p-1"), "Lower Town", confidential=True),)


def test_services_at_a_location_gather_the_places_of_one_service() -> None:
    said = hsds_service(service_at_locations=...)
    two = [{"id": f"a-{n}", "service": said, "location": hsds_location(f"p-{n}")} for n in (1, 2)]
    gathered = read(as_list(*two))
    assert len(gathered.placed) == 1
    assert len(gathered.placed[0].found) == 2
    found = gathered.placed[0].draft.service
    assert found is not None
    assert [place.id for place in found.locations] == ["p-1", "p-2"]


def test_units_free_become_a_band_with_its_moment() -> None:
    units = [{"id": "c", "available": 2, "updated": "2030-01-02T03:00:00+01:00"}]
    found = service(hsds_service(capacities=units))
    assert found.capacity == Capacity(terms.CapacityBand.HAS, datetime(2030, 1, 2, 2, tzinfo=UTC))


WRONG = [
    ({"status": "perhaps"}, "status: “perhaps” is no status"),
    ({"organization": ...}, "organization: It does not say"),
    ({"id": ""}, "id: It is missing"),
    ({"name": 5 * ["x"]}, "name: text belongs here"),
    ({"minimum_age": 60, "maximum_age": 18}, "minimum_age: It is above"),
    ({"minimum_age": -1}, "minimum_age: “-1” is not between"),
    ({"assured_date": "yesterday"}, "assured_date: “yesterday” is not a day"),
    ({"assured_date": "9999-01-01"}, "assured_date: The year 9999"),
    ({"phones": {"number": "1"}}, "phones: a list belongs here"),
    ({"phones": [{"id": "p"}]}, "phones[0].number: It is missing"),
    ({"schedules": [{"opens_at": "noon"}]}, "schedules[0].opens_at: “noon” is not a time"),
    ({"description": "x" * 10_001}, "description: Use at most 10,000"),
    ({"description": "a\x00b"}, "description: It holds a character"),
    ({"phones": [{"number": "1"}] * 201}, "phones: It lists more than 200"),
]


@pytest.mark.parametrize(("changed", "reason"), WRONG, ids=[str(reason) for _c, reason in WRONG])
def test_a_wrong_record_says_which_field_and_what_is_wrong(
    changed: dict[str, Any], reason: str
) -> None:
    (held,) = reasons(as_list(hsds_service(**changed)))
    assert held.startswith(reason)


def test_direction_overrides_are_taken_out_of_what_is_kept() -> None:
    assert service(hsds_service(name="Law\u202e clinic\u2066")).name == "Law clinic"


def test_an_organization_that_comes_twice_is_taken_once() -> None:
    said = {"id": "o", "name": "Willow Trust", "description": "", "website": "w.example"}
    gathered = read(as_list(said, said))
    assert (len(gathered.placed), len(gathered.quarantined)) == (1, 1)


def test_the_same_place_of_a_service_twice_is_told_as_a_twin() -> None:
    said = hsds_service(service_at_locations=...)
    one = {"id": "a", "service": said, "location": hsds_location()}
    assert len(reasons(as_list(one, one))) == 1


def test_an_object_without_anything_in_it_is_told_for_what_it_is() -> None:
    assert reasons(b"{}") == [
        "It is neither an HSDS service nor an organization: it has no status."
    ]


def attributes(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"id": "a", "link_type": link, "value": value} for link, value in pairs]


def test_a_limit_without_its_countries_is_no_limit_that_can_be_kept() -> None:
    said = attributes(("nationality-limit", "only"))
    assert service(hsds_service(attributes=said)).eligibility.nationality == Nationality()


@pytest.mark.parametrize("moment", ["", "noon", "0001-01-01T00:00:00+14:00", "9999-01-01"])
def test_an_impossible_moment_of_capacity_is_none(moment: str) -> None:
    said = attributes(("capacity", "full"), ("capacity-as-of", moment))
    found = service(hsds_service(attributes=said))
    assert found.capacity == Capacity(terms.CapacityBand.FULL)


def test_a_kind_of_help_is_told_by_terms_before_names() -> None:
    term = {"id": "t", "name": "Emergency Shelter", "description": ""}
    said = [{"id": "a", "taxonomy_term": term}]
    assert service(hsds_service(attributes=said)).types == {ServiceType.SAFE_HOUSE_SHELTER}
    assert service(hsds_service(name="Law clinic")).types == {ServiceType.LEGAL_ASSISTANCE}
    assert service(hsds_service(name="Faith Hall", description="")).types == {ServiceType.OTHER}
