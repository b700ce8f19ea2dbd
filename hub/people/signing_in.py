"""Signing in by e-mail and passphrase, and out again."""

from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import delete, select, update
from sqlmodel import col

from hub.core.errors import FormRefused
from hub.core.ids import PersonId, fresh
from hub.core.language import _
from hub.desk import Desk
from hub.people import attempts, hashing, queries, sessions, typed
from hub.people.addresses import LONGEST, as_kept
from hub.people.attempts import Attempt
from hub.people.entering import enter, go_unnamed
from hub.people.hashing import Fitting
from hub.people.queries import Account
from hub.people.tables import AgencyRow, ChoiceRow, PersonRow, SessionRow
from hub.people.views import ChooseAgencyPage, SignInPage
from hub.web.answers import Enter, Exit, Go, Later
from hub.web.routes import ANYBODY, page

TIME_TO_CHOOSE: Final = timedelta(minutes=5)


def sign_in(desk: Desk) -> SignInPage:
    """The page everybody begins on."""
    return SignInPage(desk.form.ticked("lost"))


def try_to_sign_in(desk: Desk) -> Later:
    """Count the try and look for accounts; then, without a database, try the passphrase.

    Whether an account is known, unknown, disabled or without a passphrase changes neither the
    answer nor the time it takes.
    """
    email = as_kept(desk.form.text("email", LONGEST))
    passphrase = typed.passphrase(desk.form)
    desk.form.check()
    attempt = attempts.begin(desk, email, attempts.WITHIN)
    known = queries.accounts(desk.db, email)
    work = partial(hashing.tried, passphrase, [account.stored for account in known])
    return Later(work, partial(_answer, attempt, known))


def _answer(attempt: Attempt, known: list[Account], desk: Desk, fitting: list[Fitting]) -> Enter:
    """The second half, with the outcome at hand."""
    people = [person for each in fitting for person in _still(desk, known, each)]
    if not people:
        raise FormRefused({"email": _("This e-mail and this passphrase do not fit together.")})
    attempts.forgive(desk, attempt)
    return enter(desk, people[0]) if len(people) == 1 else _ask_which(desk, people)


def _still(desk: Desk, known: list[Account], fitting: Fitting) -> list[PersonId]:
    """Whose passphrase it still is, now that hashing took its time; kept in its newest form."""
    found = []
    for account in known:
        mine = (
            update(PersonRow)
            .where(
                col(PersonRow.id) == account.person,
                col(PersonRow.passphrase) == fitting.stored,
                col(PersonRow.disabled_at).is_(None),
            )
            .values(passphrase=fitting.renewed)
            .returning(col(PersonRow.id))
        )
        found += [PersonId(person) for person in desk.db.execute(mine).scalars()]
    return found


def _ask_which(desk: Desk, people: list[PersonId]) -> Enter:
    """Two agencies know her by this e-mail and passphrase: for which one is she here?"""
    token = go_unnamed(desk)
    session = sessions.hashed(token)
    desk.db.add_all(
        ChoiceRow(id=fresh(), session=session, person=person, at=desk.at) for person in people
    )
    return Enter(token, Go("choose_agency"))


def _choices(desk: Desk) -> list[tuple[str, str, PersonId]]:
    """The agencies that whoever carries this cookie may choose between: id, name, account."""
    open_ones = (
        select(col(AgencyRow.id), col(AgencyRow.name), col(PersonRow.id))
        .join(PersonRow, col(PersonRow.agency) == col(AgencyRow.id))
        .join(ChoiceRow, col(ChoiceRow.person) == col(PersonRow.id))
        .join(SessionRow, col(SessionRow.id) == col(ChoiceRow.session))
        .where(
            col(ChoiceRow.session) == sessions.hashed(desk.token),
            col(ChoiceRow.at) > desk.at - TIME_TO_CHOOSE,
            col(SessionRow.ended_at).is_(None),
            col(PersonRow.disabled_at).is_(None),
            col(AgencyRow.closed_at).is_(None),
        )
        .order_by(col(AgencyRow.name), col(AgencyRow.id))
    )
    return [(agency, name, PersonId(person)) for agency, name, person in desk.db.execute(open_ones)]


def choose_agency(desk: Desk) -> ChooseAgencyPage | Go:
    """Which agency, for somebody who works at several."""
    found = _choices(desk)
    if not found:
        return Go("sign_in")
    return ChooseAgencyPage([(agency, name) for agency, name, _person in found])


def enter_agency(desk: Desk) -> Enter | Go:
    """Begin work for the agency chosen."""
    found = _choices(desk)
    chosen = [person for agency, _name, person in found if agency == desk.form.id("agency")]
    if found and not chosen:
        raise FormRefused({"agency": _("Choose one.")})
    desk.db.execute(delete(ChoiceRow).where(col(ChoiceRow.session) == sessions.hashed(desk.token)))
    return enter(desk, chosen[0]) if chosen else Go("sign_in")


def sign_out(desk: Desk) -> Exit:
    """End this session and forget what the browser kept."""
    if desk.token:
        sessions.end(desk.db, desk.token, desk.at)
    return Exit("/sign-in")


ROUTES = [
    page("GET", "/sign-in", sign_in, audience=ANYBODY, audit=""),
    page(
        "POST", "/sign-in", try_to_sign_in, audience=ANYBODY, audit="sign_in.passed", again=sign_in
    ),
    page("GET", "/sign-in/which", choose_agency, audience=ANYBODY, audit=""),
    page(
        "POST",
        "/sign-in/which",
        enter_agency,
        audience=ANYBODY,
        audit="sign_in.chosen",
        again=choose_agency,
    ),
    page("POST", "/sign-out", sign_out, audience=ANYBODY, audit="session.ended"),
]
