"""The pages behind a one-time link, and the page on which people look after their own account."""

from functools import partial

from hub.core.errors import FormRefused, StepRefused
from hub.core.ids import PersonId
from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk
from hub.people import actions, attempts, hashing, invitations, queries, typed
from hub.people.attempts import Attempt
from hub.people.entering import enter
from hub.people.hashing import Fitting
from hub.people.tables import AgencyRow, PersonRow
from hub.people.views import AccountPage, JoinPage
from hub.web.answers import Enter, Later
from hub.web.routes import ANYBODY, EVERYBODY_SIGNED_IN, page


def show_invitation_link(desk: Desk) -> JoinPage:
    """What the link is for. Looking at it, as mail scanners do, does not use it."""
    row = invitations.find(desk, desk.path["token"])
    agency = desk.db.get_one(AgencyRow, row.agency).name
    return JoinPage(desk.path["token"], agency, row.email, row.person is None, row.until)


def use_invitation_link(desk: Desk) -> Later:
    """Read name and passphrase; then, without a database, hash; then use the link."""
    row = invitations.find(desk, desk.path["token"])
    name = desk.form.text("name") if row.person is None else _name_of(desk, row.person)
    passphrase = typed.new_passphrase(desk.form, _own_words(desk, row.agency, name, row.email))
    desk.form.check()
    return Later(partial(hashing.stored_form, passphrase), partial(_join, name))


def _join(name: str, desk: Desk, stored: str) -> Enter:
    row = invitations.find(desk, desk.path["token"])
    return enter(desk, actions.accept(desk, row, name, stored))


def _name_of(desk: Desk, person: str) -> str:
    return desk.db.get_one(PersonRow, person).name


def _own_words(desk: Desk, agency: str, name: str, email: str) -> list[str]:
    """What a stranger would guess with."""
    return [name, email, desk.db.get_one(AgencyRow, agency).name, desk.hub.settings.site_name]


def show_account(desk: Desk) -> AccountPage:
    """Who the hub takes her for, and where she is signed in."""
    row = desk.db.get_one(PersonRow, desk.sight.person)
    return AccountPage(
        name=row.name,
        email=row.email,
        agency=desk.db.get_one(AgencyRow, row.agency).name,
        roles=[role for role in Role if role in desk.sight.roles],
        has_passphrase=row.passphrase is not None,
        sessions=queries.live_sessions(desk),
    )


def change_my_passphrase(desk: Desk) -> Later:
    """Count the try, as at sign-in: an open screen must not be a way to guess."""
    row = desk.db.get_one(PersonRow, desk.sight.person)
    if row.passphrase is None:
        raise StepRefused(_("You sign in through your agency and have no passphrase here."))
    old = typed.passphrase(desk.form, "old")
    words = _own_words(desk, row.agency, row.name, row.email)
    new = typed.new_passphrase(desk.form, words, "new")
    desk.form.check()
    attempt = attempts.begin(desk, row.email, attempts.WITHIN)
    return Later(partial(_both, old, new, row.passphrase), partial(_change, attempt))


def _both(old: str, new: str, stored: str) -> tuple[list[Fitting], str]:
    return hashing.tried(old, [stored]), hashing.stored_form(new)


def _change(attempt: Attempt, desk: Desk, outcome: tuple[list[Fitting], str]) -> Enter:
    fitting, stored = outcome
    if not fitting:
        raise FormRefused({"old": _("This is not your passphrase.")})
    attempts.forgive(desk, attempt)
    actions.change_passphrase(desk, stored)
    return enter(desk, PersonId(desk.sight.person))


ROUTES = [
    page("GET", "/invitation/{token}", show_invitation_link, audience=ANYBODY, audit=""),
    page(
        "POST",
        "/invitation/{token}",
        use_invitation_link,
        audience=ANYBODY,
        audit="invitation.used",
        again=show_invitation_link,
    ),
    page("GET", "/account", show_account, audience=EVERYBODY_SIGNED_IN, audit=""),
    page(
        "POST",
        "/account/passphrase",
        change_my_passphrase,
        audience=EVERYBODY_SIGNED_IN,
        audit="account.passphrase",
        again=show_account,
    ),
]
