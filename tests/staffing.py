"""What an administrator does on the way to other things: invite, hand over a link, change work."""

from hub.core.words import Role
from hub.people import actions
from hub.people.actions import RoleChange
from hub.people.tables import PersonRow
from tests.clients import Browser
from tests.world import Person, World

NEW_PASSPHRASE = "kettle moss bridge lamp"  # noqa: S105 -- of people who do not exist


def petra(world: World) -> Browser:
    return world.browser(world.petra)


def invited(world: World, email: str = "sam@harbour.example", *roles: str) -> str:
    """Petra invites somebody; the path of the link she is shown."""
    browser = petra(world)
    browser.open("/staff/invite")
    page = browser.submit("/invite", email=email, roles=list(roles) or ["intake_worker"])
    return link_on(page)


def link_on(page: str) -> str:
    found = page.split("http://127.0.0.1:8000/invitation/")[1].split("<")[0]
    return f"/invitation/{found}"


def joined(world: World, link: str, name: str = "Sam Reyes") -> Browser:
    browser = world.browser()
    browser.open(link)
    browser.submit("", name=name, passphrase=NEW_PASSPHRASE)
    return browser


def becomes(world: World, admin: Person, person: Person, *roles: Role) -> None:
    """From now on this is what they do."""
    change = RoleChange(person.id, frozenset(roles), _version(world, person))
    with world.desk(admin) as desk:
        actions.give_roles(desk, change)


def leaves(world: World, admin: Person, person: Person) -> None:
    """Their work at the agency ends."""
    seen = _version(world, person)
    with world.desk(admin) as desk:
        actions.disable(desk, person.id, seen)


def comes_back(world: World, admin: Person, person: Person, *roles: Role) -> None:
    """They are taken back, to do this."""
    change = RoleChange(person.id, frozenset(roles), _version(world, person))
    with world.desk(admin) as desk:
        actions.take_back(desk, change)


def _version(world: World, person: Person) -> int:
    with world.hub.unit_of_work() as db:
        return db.get_one(PersonRow, person.id).version
