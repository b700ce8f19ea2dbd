"""The page on which releases are taken back, and the two stamps that may follow."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of, staff_with
from hub.consent import queries, withdrawing
from hub.consent.ledger_words import opener
from hub.consent.opened import Opened, opened_of
from hub.consent.release import Release, standing
from hub.consent.terms import SAID_TO_STAFF, Mode
from hub.consent.withdraw_views import GoingView, OpenedView, WithdrawPage
from hub.consent.withdrawing import REVOCABLE, Withdrawal
from hub.consent.wording import labels, listed, time_left, what, what_for
from hub.core.effects import Effect, branches
from hub.core.ids import CaseId, EnvelopeId, PersonId, ReleaseId
from hub.core.language import _, speak_of
from hub.core.text import salvaged
from hub.core.words import Category, pairs
from hub.desk import Desk
from hub.door import Told
from hub.door.ledgers import Walk, Which, stretch
from hub.door.openings import openings
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, WORKERS, page

LONGEST: Final = 2000
MOST_LINES: Final = 500


def withdraw_release(desk: Desk) -> WithdrawPage:
    """Before it is taken back: every release to the same agency, and all that goes with them."""
    release = queries.release(desk, ReleaseId(desk.path["release"]))
    speak_of(cases.spoken_of(desk, release.case))
    return _page(desk, release)


def _page(desk: Desk, release: Release) -> WithdrawPage:
    beside = _beside(desk, release)
    asked = set(desk.form.fields.get("releases", [])) or {each.id for each in beside}
    chosen = [each for each in beside if each.id in asked]
    effects = withdrawing.effects_of(desk, chosen)
    return WithdrawPage(
        release=release.id,
        code=cases.case(desk, release.case).code,
        agency=agency_names(desk.db, [release.to_agency])[release.to_agency],
        releases=[(str(each.id), _terms(desk, each)) for each in beside],
        ticked=[each.id for each in chosen],
        going=[_going(desk, each, effects) for each in chosen],
        opened=opened_views(desk, [share for each in chosen for share in shared(desk, each)]),
        modes=pairs(SAID_TO_STAFF),
        staff=_staff(desk),
        me=desk.sight.person,
    )


def _beside(desk: Desk, release: Release) -> list[Release]:
    """What of this case the same agency was released and can be taken back."""
    return [
        each
        for each in queries.releases(desk, release.case)
        if each.to_agency == release.to_agency
        and (standing(each, desk.at) in REVOCABLE or _still_open(desk, each))
    ]


def _still_open(desk: Desk, release: Release) -> bool:
    """Whether anything shared on it can still be read, however it stands."""
    walk = Walk(release.case, Which.OPEN, 1, record=release.id)
    return bool(stretch(desk.db, desk.sight, walk).lines)


def _terms(desk: Desk, release: Release) -> str:
    left = time_left(release, desk.at, desk.hub.settings.zone)
    terms = _("{what}: {what_for}").format(what=what(release), what_for=what_for(release))
    return f"{terms} · {left}" if left else terms


def _going(desk: Desk, release: Release, effects: Iterable[Effect]) -> GoingView:
    groups = [
        (str(branch.kind.label), list(branch.sentences)) for branch in branches(effects, release.id)
    ]
    return GoingView(_terms(desk, release), groups)


def shared(desk: Desk, release: Release) -> list[Told]:
    """Everything that was ever shared on a release."""
    walk = Walk(release.case, Which.ALL, MOST_LINES, record=release.id)
    return [each for line in stretch(desk.db, desk.sight, walk).lines for each in line]


def opened_views(desk: Desk, shares: Sequence[Told]) -> list[OpenedView]:
    """Who opened what of these shares, by name."""
    known = openings(desk.db, desk.sight, [EnvelopeId(each.envelope) for each in shares])
    found = opened_of(shares, known)
    people = names_of(desk.db, [each.person for each in found])
    agencies = agency_names(desk.db, [each.agency for each in found])
    return [
        _opened(each, people.get(each.person, ""), agencies.get(each.agency, "")) for each in found
    ]


def _opened(seen: Opened, name: str, agency: str) -> OpenedView:
    read = listed(labels(seen.categories, Category))
    return OpenedView(opener(name, seen.roles, agency), read, seen.first_at, seen.last_at)


def _staff(desk: Desk) -> list[tuple[str, str]]:
    """Who may have heard her: whoever works with people here."""
    return [(str(id), name) for id, name in staff_with(desk.db, desk.sight.agency, WORKERS)]


def withdraw_releases(desk: Desk) -> Go:
    """Take them back: all of it, now. Nothing but having ticked none stands in the way."""
    release = queries.release_row(desk, ReleaseId(desk.path["release"]))
    ids = [ReleaseId(each) for each in desk.form.ids("releases")]
    if not ids:
        desk.form.refuse("releases", _("Tick at least one release."))
        desk.form.check()
    withdrawing.withdraw(desk, ids, _told(desk))
    return Go("show_release", release=release.id)


def _told(desk: Desk) -> Withdrawal:
    """How she said so, as far as it can be read; what cannot be does not keep her waiting."""
    typed, staff = desk.form.fields, {id for id, _name in _staff(desk)}
    how = _first(typed.get("how"))
    heard = _first(typed.get("received_by"))
    return Withdrawal(
        mode=next((each for each in SAID_TO_STAFF if each.value == how), Mode.UNRECORDED),
        words=salvaged(_first(typed.get("words")), LONGEST),
        received_by=PersonId(heard) if heard in staff else None,
    )


def _first(values: list[str] | None) -> str:
    return values[0].strip() if values else ""


def verify_withdrawal(desk: Desk) -> Go:
    """It was surely she."""
    return _stamped(desk, withdrawing.verify)


def confirm_withdrawal(desk: Desk) -> Go:
    """It has come in writing."""
    return _stamped(desk, withdrawing.confirm)


def _stamped(desk: Desk, stamp: Callable[[Desk, ReleaseId], None]) -> Go:
    release = queries.release(desk, ReleaseId(desk.path["release"]))
    speak_of(cases.spoken_of(desk, CaseId(release.case)))
    stamp(desk, release.id)
    return Go("show_release", release=release.id)


ROUTES = [
    page("GET", "/releases/{release}/withdraw", withdraw_release, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/releases/{release}/withdraw",
        withdraw_releases,
        audience=CASEWORKERS,
        audit="release.withdraw",
        again=withdraw_release,
    ),
    page(
        "POST",
        "/releases/{release}/withdrawal/verified",
        verify_withdrawal,
        audience=CASEWORKERS,
        audit="release.verify_withdrawal",
    ),
    page(
        "POST",
        "/releases/{release}/withdrawal/written",
        confirm_withdrawal,
        audience=CASEWORKERS,
        audit="release.confirm_withdrawal",
    ),
]
