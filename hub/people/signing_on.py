"""Signing in through one's agency: to its identity provider and back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import delete
from sqlmodel import col

from hub.core.errors import HubError
from hub.core.ids import AgencyId
from hub.core.language import lazy
from hub.desk import Desk
from hub.people import openid, sessions, subjects
from hub.people.entering import enter, go_unnamed
from hub.people.id_token import TokenRefused
from hub.people.keyed import same
from hub.people.openid import Client, Published, Returned
from hub.people.providers import client_of, provider, secrets_of
from hub.people.reaching import Unreachable
from hub.people.subjects import Vouched
from hub.people.tables import ProviderRow, SignOnRow
from hub.people.views import EntrancePage, PendingPage
from hub.web.answers import Abroad, Enter, Later
from hub.web.routes import ANYBODY, page

log = logging.getLogger("linden.people")

TIME_AWAY: Final = timedelta(minutes=10)

Done = TypeVar("Done")


class ProviderAway(HubError):
    """The agency's identity provider does not answer as it should."""

    status = 503
    title = lazy("Your agency's sign-in cannot be reached")

    def __init__(self) -> None:
        super().__init__(
            lazy("Try again in a few minutes. If it stays away, tell your administrator.")
        )


class NotLetIn(HubError):
    """Whoever came back was not vouched for, or not to this browser, or too late."""

    status = 403
    title = lazy("You are not signed in")

    def __init__(self) -> None:
        super().__init__(
            lazy("Signing in through your agency did not finish. Begin again at its entrance.")
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Slow work may not raise: what it would have raised, for the unit of work that follows."""

    why: HubError


def _careful(work: Callable[[], Done]) -> Done | Refusal:
    """The work, with what goes wrong outside turned into a page; the log is told a code only."""
    try:
        return work()
    except Unreachable as lost:
        log.warning("identity provider unreachable: %s", lost)
        return Refusal(ProviderAway())
    except TokenRefused as refused:
        log.warning("identity provider's word refused: %s", refused)
        return Refusal(NotLetIn())


def show_entrance(desk: Desk) -> EntrancePage:
    """Where an agency's staff begin. It names nobody."""
    return EntrancePage(provider(desk, desk.path["way"]).id)


def go_to_provider(desk: Desk) -> Later:
    """Find the provider; then send the browser there with a cookie that alone can come back.

    A link, not a form: browsers hold a form to our own address even after a redirection.
    """
    client = client_of(desk.hub, provider(desk, desk.path["way"]))
    work = partial(_careful, partial(openid.look_up, client, desk.at))
    return Later(work, partial(_send_away, client), abroad=True)


def _send_away(client: Client, desk: Desk, found: Published | Refusal) -> Abroad:
    if isinstance(found, Refusal):
        raise found.why
    row, token = provider(desk, desk.path["way"]), go_unnamed(desk)
    desk.db.add(SignOnRow(session=sessions.hashed(token), provider=row.id, at=desk.at))
    address = openid.way_there(client, found, secrets_of(desk.hub, token))
    return Abroad(address, token)


def come_back(desk: Desk) -> Later:
    """Take up the sign-in that this cookie began, once; then redeem what was brought back."""
    row = provider(desk, desk.path["way"])
    _take_up(desk, row)
    secrets = secrets_of(desk.hub, desk.token)
    if not same(desk.form.optional_text("state"), secrets.state):
        raise NotLetIn
    code = desk.form.optional_text("code", 2000)
    if not code or desk.form.errors:
        raise NotLetIn
    returned = Returned(code, desk.form.optional_text("iss", 500) or None)
    client, at = client_of(desk.hub, row), desk.at
    work = partial(_careful, partial(openid.who_came, client, secrets, returned, at))
    return Later(work, partial(_let_in, AgencyId(row.agency), row.version), abroad=True)


def _take_up(desk: Desk, row: ProviderRow) -> None:
    """Use up the sign-in of this cookie at this provider.

    Raises:
        NotLetIn: this browser did not begin one within ten minutes, or it was used before.
    """
    begun: datetime | None = desk.db.execute(
        delete(SignOnRow)
        .where(
            col(SignOnRow.session) == sessions.hashed(desk.token),
            col(SignOnRow.provider) == row.id,
        )
        .returning(col(SignOnRow.at))
    ).scalar_one_or_none()
    if begun is None or desk.at - begun > TIME_AWAY:
        raise NotLetIn


def _let_in(
    agency: AgencyId, version: int, desk: Desk, came: Vouched | Refusal
) -> Enter | PendingPage:
    """Let in a colleague; anybody else is told whom to ask."""
    if isinstance(came, Refusal):
        raise came.why
    row = provider(desk, desk.path["way"])
    if row.version != version:  # the administrator changed the provider meanwhile
        raise NotLetIn
    subject = subjects.recognise(desk, agency, came)
    person = subjects.person_of(desk, subject)
    if person is not None:
        return enter(desk, person)
    sessions.end(desk.db, desk.token, desk.at)
    return PendingPage(row.id, subject.code)


ROUTES = [
    page("GET", "/sign-in/agency/{way}", show_entrance, audience=ANYBODY, audit=""),
    page("GET", "/sign-in/agency/{way}/go", go_to_provider, audience=ANYBODY, audit=""),
    page("GET", "/sign-in/agency/{way}/back", come_back, audience=ANYBODY, audit="sign_in.vouched"),
]
