"""The directory in a real browser: for every hand and eye, at every width, without scripts too."""

import pytest

from hub.core.ids import ServiceId, fresh
from hub.core.words import ServiceType
from pathways.directory import actions
from pathways.directory.listing import Location, LocationId, Service
from tests.axe import barriers
from tests.directory_files import bring, collection, feature
from tests.screen import Screen
from tests.world import World

PAGES = {
    "the list": "/directory",
    "a search": "/directory?place=lower&language=ar",
    "nothing found": "/directory?words=zeppelin",
    "a search refused": "/directory?need=nonsense",
    "a service": "/directory/{id}",
    "the form": "/directory/{id}/edit",
    "a new form": "/directory/services/new",
    "files read": "/directory/imports",
}


@pytest.fixture
def refuge(world: World) -> ServiceId:
    bring(world, collection(*[feature(n) for n in range(30)], {"type": "Feature"}))
    with world.hub.unit_of_work() as db:
        owner = actions.organization_of(db, world.harbour.id)
        kinds = frozenset({ServiceType.SAFE_HOUSE_SHELTER})
        hidden = Location(LocationId(fresh()), "Lower Town", confidential=True)
        made = Service(ServiceId(""), "The refuge", owner, kinds, locations=(hidden,))
        return actions.publish(db, made, world.now)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_kept_out_of_the_directory_at_any_width(
    screen: Screen, refuge: ServiceId, page: str, width: int
) -> None:
    window = screen.window(screen.world.petra, viewport={"width": width, "height": 800})
    window.goto(PAGES[page].format(id=refuge))
    assert barriers(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert all(asked.startswith(screen.address) for asked in screen.requests)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_place_is_made_confidential_by_keyboard_and_pointer_alike(
    screen: Screen, refuge: ServiceId, scripts: bool
) -> None:
    screen.scripts = scripts
    window = screen.window(screen.world.petra)
    window.goto(f"/directory/{refuge}/edit")
    window.get_by_label("This place is confidential").uncheck()
    window.get_by_label("Street and number").fill("12 Rose Street")
    window.get_by_role("button", name="Save and confirm").click()
    assert "12 Rose Street" in window.content()
    window.get_by_role("link", name="Change this service").click()
    window.get_by_label("This place is confidential").focus()
    window.keyboard.press("Space")
    window.keyboard.press("Enter")
    window.wait_for_url(f"**/directory/{refuge}")
    assert "12 Rose Street" not in window.content()
    assert "Its address is confidential" in window.content()
