"""A place marked confidential is kept and drawn without what finds it, whoever filled it in."""

from dataclasses import replace

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from pathways.directory.listing import (
    Address,
    Location,
    LocationId,
    Organization,
    OrganizationId,
    Point,
    Service,
)
from pathways.directory.rows import location_values

OPEN = Location(
    LocationId("place"),
    "Salt",
    name="The house with the blue door",
    address=Address(street="4 Weaver Lane", city="Salt", postal_code="19110"),
    point=Point(32.0, 35.7),
)
HIDDEN = replace(OPEN, confidential=True)


def test_nothing_that_finds_a_confidential_place_is_kept() -> None:
    kept, hidden = location_values(OPEN), location_values(HIDDEN)
    assert {"4 Weaver Lane", "19110", 32.0, 35.7, OPEN.name} <= set(kept.values())
    assert hidden["area"] == "Salt"
    assert {each for name, each in hidden.items() if name != "area"} <= {True, "", None}


def test_a_confidential_place_has_no_point_on_any_map() -> None:
    service = Service(
        ServiceId("service"),
        "A safe place",
        Organization(OrganizationId("harbour"), "Harbour House"),
        frozenset({ServiceType.SAFE_HOUSE_SHELTER}),
        locations=(OPEN, HIDDEN),
    )
    assert service.points == (OPEN.point,)
