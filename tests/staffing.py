"""What an administrator does on the way to other things: invite, hand over a link."""

from tests.clients import Browser
from tests.world import World

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
