"""Sign-in, staff and accounts in a real browser: for every hand and eye, without scripts too."""

from collections.abc import Callable
from typing import Any

import pytest

from hub.core.ids import fresh
from hub.core.words import Role
from hub.people import providers, sessions, teams
from hub.people.invitations import Asking, invite
from hub.people.subjects import Vouched, recognise
from hub.people.tables import ChoiceRow
from tests.axe import barriers
from tests.screen import Screen
from tests.world import PASSPHRASE, World


def link(world: World) -> str:
    with world.hub.desk_of_the_house() as desk:
        roles = frozenset({Role.INTAKE_WORKER})
        made = invite(desk, Asking(world.harbour.id, "sam@harbour.example", roles))
    return made.link.removeprefix(world.hub.settings.origin)


def invitation(world: World) -> str:
    with world.desk(world.petra) as desk:
        roles = frozenset({Role.INTAKE_WORKER})
        made = invite(desk, Asking(world.harbour.id, "sam@harbour.example", roles))
    return f"/staff/invitations/{made.id}"


def waiting(world: World) -> str:
    with world.desk(world.petra) as desk:
        who = Vouched("https://login.harbour.example", "u", "Jo Marsh", "jo@harbour.example")
        return f"/staff/waiting/{recognise(desk, world.harbour.id, who).id}"


def team(world: World) -> str:
    with world.desk(world.petra, name="Nights") as desk:
        made = teams.add_team(desk)
    return f"/teams/{made.params['team']}"


def left(world: World) -> str:
    world.browser(world.petra).post(f"/staff/{world.dora.id}/end", version="1", sure="yes")
    return f"/staff/{world.dora.id}"


def entrance(world: World) -> str:
    told = {"issuer": "https://login.example", "client": "linden", "secret": "secret"}
    with world.desk(world.petra, **told) as desk:
        providers.save_provider(desk)
        return providers.show_provider(desk).way_in.removeprefix(world.hub.settings.origin)


def at(path: str) -> Callable[[World], str]:
    return lambda _world: path


def full_staff(world: World) -> str:
    for each in (link, waiting, team, left):
        each(world)
    return "/staff"


STAFF: dict[str, Callable[[World], str]] = {
    "the staff": full_staff,
    "inviting": at("/staff/invite"),
    "a link": invitation,
    "a colleague": lambda world: f"/staff/{world.rosa.id}",
    "oneself": lambda world: f"/staff/{world.petra.id}",
    "somebody who left": left,
    "somebody waiting": waiting,
    "no teams": at("/teams"),
    "a team": team,
    "no provider": at("/agency/sign-in"),
    "a provider": lambda world: entrance(world) and "/agency/sign-in",
    "one's account": at("/account"),
}

OPEN: dict[str, Callable[[World], str]] = {
    "sign-in": at("/sign-in"),
    "joining": link,
    "a link that is over": at("/invitation/none"),
    "an entrance": entrance,
}


def check(screen: Screen, window: Any, width: int) -> None:
    assert barriers(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert all(asked.startswith(screen.address) for asked in screen.requests)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("place", STAFF)
def test_an_administrator_is_kept_out_of_no_page(screen: Screen, place: str, width: int) -> None:
    path = STAFF[place](screen.world)
    window = screen.window(screen.world.petra, viewport={"width": width, "height": 800})
    window.goto(path)
    check(screen, window, width)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("place", OPEN)
def test_nobody_is_kept_out_before_they_sign_in(screen: Screen, place: str, width: int) -> None:
    path = OPEN[place](screen.world)
    window = screen.window(None, viewport={"width": width, "height": 800})
    window.goto(path)
    check(screen, window, width)
    screen.complaints.clear()  # the browser itself complains of a page that is over


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_signing_in_and_out_works_with_and_without_scripts(screen: Screen, scripts: bool) -> None:
    screen.scripts = scripts
    window = screen.window(None)
    window.goto("/")
    window.get_by_label("E-mail").fill(screen.world.rosa.email)
    window.get_by_label("Passphrase", exact=True).fill("kettle moss bridge lamp")
    window.get_by_role("button", name="Sign in").click()
    window.get_by_text("do not fit together").first.wait_for()
    screen.complaints.clear()  # of the 422
    assert window.get_by_label("E-mail").input_value() == screen.world.rosa.email
    window.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    window.get_by_role("button", name="Sign in").click()
    window.get_by_role("link", name="Rosa Adeyemi").click()
    window.get_by_role("button", name="Sign out").click()
    window.wait_for_url("**/sign-in")
    window.goto("/account")
    window.wait_for_url("**/sign-in")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_colleague_joins_from_a_link_with_and_without_scripts(
    screen: Screen, scripts: bool
) -> None:
    screen.scripts = scripts
    path = link(screen.world)
    window = screen.window(None)
    window.goto(path)
    window.get_by_label("Your name").fill("Sam Reyes")
    window.get_by_label("Choose a passphrase", exact=True).fill("kettle moss bridge lamp")
    window.get_by_role("button", name="Join").click()
    window.get_by_role("link", name="Sam Reyes").wait_for()


@pytest.mark.parametrize("width", [320, 1280])
def test_choosing_between_agencies_keeps_nobody_out(screen: Screen, width: int) -> None:
    world = screen.world
    with world.hub.unit_of_work() as db:
        token = sessions.start(db, None, world.now)
        for who in (world.rosa, world.ines):
            session = sessions.hashed(token)
            db.add(ChoiceRow(id=fresh(), session=session, person=who.id, at=world.now))
    window = screen.window(None, viewport={"width": width, "height": 800})
    window.context.add_cookies([{"name": "s", "value": token, "url": screen.address}])
    window.goto("/sign-in/which")
    check(screen, window, width)
    window.get_by_label("Task Force").check()
    window.get_by_role("button", name="Go on").click()
    window.get_by_role("link", name="Ines Okafor").wait_for()
