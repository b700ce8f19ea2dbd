"""What an agency's administrator does with its services, and never with another's."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from sqlalchemy import select
from sqlmodel import Session

from hub.core.ids import ServiceId, fresh
from hub.core.words import ServiceType
from hub.door.tables import AuditRow
from pathways.directory import actions, queries
from pathways.directory.listing import Location, LocationId, Nationality, Service
from pathways.directory.tables import ServiceRow, table
from pathways.directory.terms import CapacityBand, Limit, Weekday
from tests.clients import Browser
from tests.directory_files import bring, collection, feature
from tests.world import Agency, World

STREET: Final = "12 Rose Street"
FILLED: Final[Mapping[str, str | list[str]]] = {
    "name": "Night shelter",
    "description": "A bed tonight.",
    "kinds": ["safe-house-shelter", "hotline"],
    "phones": "01234 5678, day and night\n0999",
    "languages": ["ar", "en"],
    "other_languages": "Tigrinya, Polish",
    "area": "Lower Town",
    "place_name": "Rose House",
    "street": STREET,
    "latitude": "31,5",
    "longitude": "35.25",
    "days": ["MO", "TU"],
    "opens": "8:30",
    "closes": "22:00",
    "minimum_age": "18",
    "nationality": "except",
    "countries": "Jordan, Syria",
    "methods": ["phone"],
    "response": "60",
    "entry_point": "yes",
    "features": ["step-free"],
}


def services(world: World) -> list[Service]:
    with world.hub.unit_of_work() as db:
        return list(queries.services_for_routing(db))


def published(world: World, agency: Agency) -> ServiceId:
    with world.hub.unit_of_work() as db:
        owner = actions.organization_of(db, agency.id)
        kinds = frozenset({ServiceType.LEGAL_ASSISTANCE})
        place = Location(LocationId(fresh()), "Lower Town", "Rose House")
        made = Service(ServiceId(""), "Law clinic", owner, kinds, locations=(place,))
        return actions.publish(db, made, world.now)


def added(world: World, **changed: Any) -> Browser:
    browser = world.browser(world.petra)
    browser.open("/directory/services/new")
    browser.submit("services/new", **(dict(FILLED) | changed))
    return browser


def audited(db: Session) -> list[str]:
    return [line.action for line in db.execute(select(AuditRow)).scalars()]


def test_adds_a_service_that_everybody_can_then_find(world: World) -> None:
    page = added(world).text
    assert "Night shelter" in page
    (made,) = services(world)
    assert made.agency == world.harbour.id
    assert made.types == {ServiceType.SAFE_HOUSE_SHELTER, ServiceType.HOTLINE}
    assert made.languages == {"ar", "en", "ti", "pl"}
    assert [phone.number for phone in made.phones] == ["01234 5678", "0999"]
    assert made.eligibility.nationality == Nationality(Limit.EXCEPT, frozenset({"JO", "SY"}))
    assert made.schedules[0].days == {Weekday.MO, Weekday.TU}
    assert made.entry_point
    assert made.assured == world.now.date()
    assert "Night shelter" in world.browser(world.tomas).open("/directory")


def test_a_form_opened_and_saved_again_changes_only_the_day(world: World) -> None:
    browser = added(world)
    (before,) = services(world)
    browser.open(f"/directory/{before.id}/edit")
    browser.submit("/edit")
    assert services(world) == [before]


def test_marks_a_place_confidential_and_its_street_is_gone(world: World) -> None:
    browser = added(world)
    (made,) = services(world)
    assert STREET in browser.text
    browser.open(f"/directory/{made.id}/edit")
    page = browser.submit("/edit", confidential="yes")
    assert "Its address is confidential" in page
    (hidden,) = services(world)
    assert hidden.locations[0].confidential
    assert hidden.points == ()
    for path in (f"/directory/{made.id}", f"/directory/{made.id}/edit", "/directory?words=rose"):
        for person in (world.petra, world.rosa):
            shown = world.browser(person).get(path).text
            assert STREET not in shown
            assert "Rose House" not in shown


def test_a_street_typed_beside_the_mark_is_never_kept(world: World) -> None:
    added(world, confidential="yes")
    (made,) = services(world)
    assert made.locations[0].address is None
    with world.hub.unit_of_work() as db:
        assert STREET not in str(db.execute(select(table(ServiceRow))).all())


def test_says_whether_there_is_room_as_of_now(world: World) -> None:
    id = published(world, world.harbour)
    browser = world.browser(world.petra)
    browser.open(f"/directory/{id}")
    page = browser.submit("/capacity", capacity="full")
    assert "<strong>Full</strong>" in page
    (found,) = services(world)
    assert (found.capacity.band, found.capacity.as_of) == (CapacityBand.FULL, world.now)


def test_each_change_leaves_its_line_in_the_log(world: World) -> None:
    browser = added(world)
    (made,) = services(world)
    browser.open(f"/directory/{made.id}/edit")
    browser.submit("/edit")
    browser.submit("/capacity", capacity="has")
    with world.hub.unit_of_work() as db:
        seen = audited(db)
    for action in ("service.added", "service.changed", "service.capacity"):
        assert seen.count(action) == 1


WRONG: Final[list[tuple[dict[str, str | list[str]], str]]] = [
    ({"name": ""}, "Fill this in."),
    ({"name": "x" * 301}, "Use at most 300 characters."),
    ({"name": "a\x00b"}, "It holds a character that cannot be shown."),
    ({"description": "x" * 2_000_000}, "Use at most 5,000 characters."),
    ({"kinds": []}, "Tick at least one kind of help."),
    ({"kinds": ["magic"]}, "Choose from the answers shown."),
    ({"area": ""}, "Fill this in."),
    ({"latitude": "91"}, "Give a number from -90 to 90."),
    ({"latitude": "nan"}, "Give a number from -90 to 90."),
    ({"latitude": ""}, "Give both latitude and longitude, or neither."),
    ({"longitude": "east"}, "Give a number from -180 to 180."),
    ({"opens": "25:00"}, "Give a time such as 08:30."),
    ({"minimum_age": "eighteen"}, "Give a whole number from 0 to 150."),
    ({"maximum_age": "5"}, "Give an age that is not below the lowest."),
    ({"countries": ""}, "Name at least one country."),
    ({"countries": "Narnia"}, "is no country known here."),
    ({"other_languages": "Elvish"}, "is no language known here."),
    ({"phones": "ring the bell"}, "Begin each line with a telephone number."),
    ({"phones": "1\n" * 11}, "Give at most 10 numbers."),
    ({"methods": ["phone", "not-accepted"]}, "Tick either a way to refer"),
    ({"first_day": "2031-01-01", "last_day": "2030-01-01"}, "not before the first."),
    ({"last_day": "9999-12-31"}, "Give a year between 1900 and 2199."),
    ({"response": "soon"}, "Choose one of the answers shown."),
]


@pytest.mark.parametrize(
    ("changed", "sentence"), WRONG, ids=[f"{next(iter(c))}" for c, _s in WRONG]
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    world: World, changed: dict[str, str | list[str]], sentence: str
) -> None:
    browser = world.browser(world.petra)
    browser.open("/directory/services/new")
    answer = browser.try_submit("services/new", **(dict(FILLED) | changed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Rose House" in answer.text
    assert 'value="step-free" checked' in answer.text
    assert services(world) == []


def test_direction_overrides_are_taken_out_of_what_she_typed(world: World) -> None:
    added(world, name="Night\u202e shelter\u2066")
    assert services(world)[0].name == "Night shelter"


def test_two_who_change_the_same_get_one_winner_and_nothing_is_lost(world: World) -> None:
    id = published(world, world.harbour)
    first, second = world.browser(world.petra), world.browser(world.petra)
    for browser in (first, second):
        browser.open(f"/directory/{id}/edit")
    first.submit("/edit", name="The first name")
    answer = second.try_submit("/edit", name="The second name")
    assert answer.status_code == 409
    assert "It has changed since you opened it" in answer.text
    assert "The second name" in answer.text
    assert services(world)[0].name == "The first name"


def test_never_touches_a_service_of_another_agency(world: World) -> None:
    id = published(world, world.northside)
    browser = world.browser(world.petra)
    absent = f"/directory/{fresh()}"
    assert "Change this service" not in browser.open(f"/directory/{id}")
    assert browser.get(f"/directory/{id}/edit").status_code == 404
    for path, fields in (("edit", dict(FILLED)), ("capacity", {"capacity": "full"})):
        refused = browser.post(f"/directory/{id}/{path}", fields)
        missing = browser.post(f"{absent}/{path}", fields)
        assert refused.status_code == missing.status_code == 404
    (found,) = services(world)
    assert found.name == "Law clinic"
    assert found.capacity.band is CapacityBand.UNKNOWN


def test_reads_which_records_of_a_file_were_put_aside(world: World) -> None:
    browser = world.browser(world.petra)
    assert "No file has been read yet." in browser.open("/directory/imports")
    bring(world, collection(feature(1), {"type": "Feature"}))
    page = browser.open("/directory/imports")
    assert "directory.json: 1 record taken" in page.replace("<bdi>", "").replace("</bdi>", "")
    assert "record 2, line 3" in page
    assert "properties: It is missing" in page
