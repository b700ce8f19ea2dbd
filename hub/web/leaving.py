"""The exit control: ends the session, clears what the browser kept, and is gone."""

from hub.desk import Desk
from hub.people import sessions
from hub.web.answers import Exit
from hub.web.routes import ANYBODY, page


def leave(desk: Desk) -> Exit:
    """Leave at once; works without scripts, and for people who were never signed in."""
    if desk.token:
        sessions.end(desk.db, desk.token, desk.at)
    return Exit(desk.hub.settings.exit_address)


def leave_by_beacon(desk: Desk) -> Exit:
    """The same, sent by the script that has already left the page: there is nowhere to go on to."""
    leave(desk)
    return Exit("")


ROUTES = [
    page("GET", "/leave", leave, audience=ANYBODY, audit="session.left"),
    page("POST", "/leave", leave_by_beacon, audience=ANYBODY, audit="session.left"),
]
