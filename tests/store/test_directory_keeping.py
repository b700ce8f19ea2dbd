"""What an import leaves in the database, the first time, the second time, and after corrections."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from hub.desk import Desk
from pathways.directory import actions, queries
from pathways.directory.exporting import exported
from pathways.directory.listing import (
    Address,
    Capacity,
    Location,
    LocationId,
    Point,
    Service,
)
from pathways.directory.reading import FileRefused
from pathways.directory.tables import LocationRow, OrganizationRow, table
from pathways.directory.terms import CapacityBand, ReferralMethod
from tests.directory_files import (
    JORDAN,
    as_list,
    bring,
    collection,
    feature,
    hsds_location,
    hsds_service,
    published,
)
from tests.world import World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
STREET: Final = "12 Rose Street"


def services(world: World) -> list[Service]:
    with world.hub.unit_of_work() as db:
        return list(queries.services_for_routing(db))


def everything(world: World) -> dict[str, list[Any]]:
    """Every row of every table but the log, in an order of its own."""
    with world.hub.unit_of_work() as db:
        return {
            name: sorted(db.execute(select(rows)).all(), key=repr)
            for name, rows in SQLModel.metadata.tables.items()
            if not name.startswith(("sealed_", "audit"))
        }


def refuge(world: World, desk: Desk, **changed: Any) -> Service:
    owner = actions.organization_of(desk.db, world.harbour.id)
    made = Service(
        ServiceId(""),
        "Refuge",
        owner,
        frozenset({ServiceType.SAFE_HOUSE_SHELTER}),
        locations=(
            Location(
                LocationId("rose"),
                "Lower Town",
                "Rose House",
                address=Address(STREET, "Lower Town", postal_code="LT1 2AB"),
                point=Point(31.5, 35.25),
            ),
        ),
    )
    return replace(made, **changed)


def published_refuge(world: World, **changed: Any) -> ServiceId:
    with world.desk(world.petra) as desk:
        return actions.add_service(desk, refuge(world, desk, **changed))


@BOTH
def test_all_of_jordan_lands_and_a_second_run_changes_nothing(world: World) -> None:
    path = published(JORDAN)
    first = bring(world, path)
    assert (first.taken, first.unchanged, first.quarantined) == (562, 0, ())
    before = everything(world)
    second = bring(world, path)
    assert (second.taken, second.unchanged, second.quarantined) == (0, 562, ())
    assert everything(world) == before
    assert len(services(world)) == 562


@BOTH
def test_a_record_that_changed_is_written_anew_and_no_other(world: World) -> None:
    bring(world, collection(feature(1), feature(2)))
    before = {service.id: service for service in services(world)}
    outcome = bring(world, collection(feature(1), feature(2, activityName="Child Protection")))
    assert (outcome.taken, outcome.unchanged) == (1, 1)
    after = {service.id: service for service in services(world)}
    assert after.keys() == before.keys()
    assert sum(after[id] != before[id] for id in after) == 1


def test_what_is_kept_is_what_the_file_said(world: World) -> None:
    bring(world, as_list(hsds_service()))
    (found,) = services(world)
    assert found.name == "Law clinic"
    assert found.eligibility.minimum_age == 18
    assert found.languages == {"ar", "en"}
    assert found.points == (Point(31.95, 35.93),)
    assert found.agency is None


def test_a_dry_run_says_the_same_and_writes_nothing(world: World) -> None:
    content = collection(feature(1), {"type": "Feature"})
    before = everything(world)
    tried = bring(world, content, dry_run=True)
    assert everything(world) == before
    done = bring(world, content)
    assert (tried.taken, tried.unchanged) == (done.taken, done.unchanged) == (1, 0)
    assert [held.reason for held in tried.quarantined] == [held.reason for held in done.quarantined]


def test_a_file_cut_off_at_its_end_takes_back_its_beginning(world: World) -> None:
    with pytest.raises(FileRefused):
        bring(world, collection(feature(1), feature(2))[:-40])
    assert services(world) == []


def test_an_organization_by_itself_is_kept_and_then_unchanged(world: World) -> None:
    said = {"id": "o", "name": "Willow Trust", "description": "A trust", "website": "w.example"}
    assert bring(world, as_list(said)).taken == 1
    assert bring(world, as_list(said)).unchanged == 1
    with world.hub.unit_of_work() as db:
        assert len(db.execute(select(table(OrganizationRow))).all()) == 1


def test_a_place_marked_confidential_keeps_nothing_that_finds_it(world: World) -> None:
    id = published_refuge(world)
    with world.desk(world.petra) as desk:
        shown = queries.service(desk.db, id)
        hidden = Location(shown.locations[0].id, "Lower Town", confidential=True)
        actions.change_service(desk, replace(shown, locations=(hidden,)), version=1)
    (found,) = services(world)
    assert found.locations == (hidden,)
    assert found.points == ()
    told = repr(everything(world)) + json.dumps(exported([found]))
    for secret in (STREET, "Rose House", "LT1 2AB", "31.5", "35.25"):
        assert secret not in told


def test_the_database_itself_refuses_a_street_for_a_confidential_place(world: World) -> None:
    published_refuge(world)
    rows = table(LocationRow)
    with pytest.raises(IntegrityError), world.hub.unit_of_work() as db:
        db.execute(rows.update().values(confidential=True))


def test_reading_never_shows_the_street_of_a_confidential_row(world: World) -> None:
    """Even where a row, against its constraint, had kept one."""
    from pathways.directory.loading import location

    class Row:
        id, area, name, street, accessibility = "x", "Lower Town", "Rose House", STREET, "Ring"
        confidential, latitude, longitude = True, 31.5, 35.25

    shown = location(Row(), frozenset())  # type: ignore[arg-type] # stands in for a row
    assert shown == Location(LocationId("x"), "Lower Town", confidential=True)


def test_a_file_never_opens_a_place_that_was_made_confidential(world: World) -> None:
    bring(world, as_list(hsds_service()))
    rows = table(LocationRow)
    blank = {"name": "", "street": "", "postal_code": "", "latitude": None, "longitude": None}
    with world.hub.unit_of_work() as db:
        db.execute(rows.update().values(confidential=True, **blank))
    assert bring(world, as_list(hsds_service(description="Changed"))).taken == 1
    place = hsds_location()
    bring(
        world, as_list(hsds_service("s-2", service_at_locations=[{"id": "b", "location": place}]))
    )
    found = services(world)
    assert len(found) == 2
    assert all(place.confidential for service in found for place in service.locations)
    assert STREET not in repr(everything(world))


def test_a_place_of_two_organizations_is_not_changed_by_one_of_them(world: World) -> None:
    id = published_refuge(world)
    other = hsds_service("s-2")
    bring(world, as_list(other))
    with world.hub.unit_of_work() as db:
        shared = next(s for s in queries.services_for_routing(db) if s.id != id).locations[0]
    with world.desk(world.petra) as desk:
        ours = queries.service(desk.db, id)
        hidden = replace(shared, confidential=True, name="", address=None, point=None)
        actions.change_service(desk, replace(ours, locations=(hidden,)), version=1)
    theirs = next(service for service in services(world) if service.id != id)
    assert theirs.locations == (shared,)


def test_what_an_agency_wrote_is_never_written_over_by_a_file(world: World) -> None:
    bring(world, collection(feature(1)))
    (found,) = services(world)
    with world.desk(world.petra) as desk:
        rows = table(OrganizationRow)
        desk.db.execute(rows.update().values(agency=world.harbour.id))
        actions.new_edition(desk.db)
        actions.change_service(desk, replace(found, name="As we say it"), version=1)
    assert bring(world, collection(feature(1))).unchanged == 1
    outcome = bring(world, collection(feature(1, locationName="Upper Town")))
    assert (outcome.taken, outcome.unchanged) == (0, 0)
    assert outcome.quarantined[0].reason.startswith("Its agency writes this service")
    assert services(world)[0].name == "As we say it"


def test_a_service_of_an_agency_takes_referrals_through_the_hub(world: World) -> None:
    published_refuge(world)
    (found,) = services(world)
    assert found.agency == world.harbour.id
    assert found.intake.methods == {ReferralMethod.HUB}


def test_an_organization_that_changed_is_changed_for_all_its_services(world: World) -> None:
    bring(world, as_list(hsds_service("s-1"), hsds_service("s-2", name="Other")))
    moved = {"id": "o-1", "name": "Willow Union", "description": "A union"}
    outcome = bring(world, as_list(hsds_service("s-1", organization=moved)))
    assert outcome.taken == 1
    assert {one.organization.name for one in services(world)} == {"Willow Union"}


def test_capacity_in_a_file_counts_once_and_then_the_agencys_word_does(world: World) -> None:
    units = [{"id": "c", "available": 2, "updated": "2030-01-02T03:00:00Z"}]
    bring(world, as_list(hsds_service(capacities=units)))
    assert services(world)[0].capacity.band is CapacityBand.HAS
    units = [{"id": "c", "available": 0, "updated": "2030-01-03T03:00:00Z"}]
    bring(world, as_list(hsds_service(capacities=units)))
    assert services(world)[0].capacity.band is CapacityBand.HAS


@BOTH
def test_capacity_is_said_with_its_moment_and_stays_one_row(world: World) -> None:
    id = published_refuge(world)
    for band in (CapacityBand.FULL, CapacityBand.HAS):
        world.move(timedelta(minutes=1))
        with world.desk(world.petra) as desk:
            actions.set_capacity(desk, id, band)
    assert services(world)[0].capacity == Capacity(CapacityBand.HAS, world.now)


class Stop(Exception):
    """Whatever goes wrong after a change."""


def added_and_stopped(world: World) -> None:
    with world.desk(world.petra) as desk:
        actions.add_service(desk, refuge(world, desk))
        assert len(queries.services_for_routing(desk.db)) == 1
        raise Stop


def test_a_change_rolled_back_is_forgotten_by_the_memory_too(world: World) -> None:
    with pytest.raises(Stop):
        added_and_stopped(world)
    assert services(world) == []
