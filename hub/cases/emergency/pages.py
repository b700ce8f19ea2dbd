"""The pages of emergency access: asking, reading for fifteen minutes, and the review."""

from functools import partial
from typing import Final

from hub.cases import queries as cases
from hub.cases.bodies import spoken_of
from hub.cases.emergency import actions, queries
from hub.cases.emergency.access import LASTS, State, Step
from hub.cases.emergency.tables import EmergencyRow
from hub.cases.emergency.views import (
    AskEmergencyPage,
    EmergenciesPage,
    EmergencyPage,
    EmergencyView,
    ReviewPage,
)
from hub.cases.names import names_of
from hub.cases.reaching.at_the_top import groups, shown_first
from hub.cases.tables import CaseRow
from hub.consent.because import Why, because
from hub.consent.days import moment
from hub.core.ids import CaseId
from hub.core.language import _, speak_of
from hub.core.words import Category, Ground
from hub.desk import Desk
from hub.door import Entry
from hub.web.answers import Go, Later
from hub.web.routes import CASEWORKERS, WORKERS, page

MINUTES: Final = int(LASTS.total_seconds()) // 60
KINDS: Final = {State.UNREVIEWED: "honey", State.NOT_JUSTIFIED: "clay", State.JUSTIFIED: "plain"}


def ask_emergency(_desk: Desk) -> AskEmergencyPage:
    """Before: what it does, and who is told."""
    return AskEmergencyPage(MINUTES)


def open_emergency(desk: Desk) -> Later:
    """Count the try in a transaction of its own; then open the case, or say that there is none."""
    code = desk.form.text("code", 40).upper()
    reason = desk.form.prose("reason", 2000)
    desk.form.check()
    actions.count_try(desk)
    return Later(_nothing, partial(_opened, code, reason))


def _nothing() -> None:
    """Nothing is slow here: only the try is kept, whatever comes of it."""


def _opened(code: str, reason: str, desk: Desk, _done: None) -> Go:
    known = cases.cases_called(desk, code)
    if any(row.code == code for row in known):
        return Go("show_case", case=next(row.id for row in known if row.code == code))
    return Go("show_emergency", access=actions.open_in_emergency(desk, code, reason))


def show_emergency(desk: Desk) -> EmergencyPage:
    """What is open, until when; nothing on it can be changed or sent."""
    row, case = queries.mine(desk, desk.path["access"])
    found = queries.read(desk, row)
    speak_of(spoken_of(e.body for _line, e in found if e.category is Category.IDENTITY))
    return _open_page(desk, row, case, found)


def _open_page(
    desk: Desk, row: EmergencyRow, case: CaseRow, found: list[tuple[str, Entry]]
) -> EmergencyPage:
    manager = cases.primary(desk.db, CaseId(case.id))
    names = names_of(desk.db, [manager, *(entry.by for _line, entry in found)])
    contact = shown_first(desk, CaseId(case.id), found, names)
    above = contact.entry.line if contact else ""
    return EmergencyPage(
        access=row.id,
        code=case.code,
        until=row.until,
        manager=names.get(manager, ""),
        because=because(Why(Ground.EMERGENCY, until=moment(desk.hub.settings, row.until))),
        contact=contact,
        groups=groups([each for each in found if each[0] != above], names),
    )


def close_emergency(desk: Desk) -> Go:
    """Close it before its time."""
    actions.close_early(desk, desk.path["access"])
    return Go("show_work")


def emergencies(desk: Desk) -> EmergenciesPage:
    """Every emergency access to a case, for its care team."""
    case = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(case.id)))
    rows = queries.of_case(desk, CaseId(case.id))
    return EmergenciesPage(case.id, case.code, [_view(desk, row) for row in rows])


def _view(desk: Desk, row: EmergencyRow) -> EmergencyView:
    names = names_of(desk.db, [row.person, row.reviewed_by or ""])
    words = queries.words(desk, row)
    return EmergencyView(
        id=row.id,
        by=names.get(row.person, ""),
        at=row.opened_at,
        until=row.closed_at or row.until,
        lasts=row.closed_at is None and row.until > desk.at,
        state=str(row.state.label),
        kind=KINDS[row.state],
        reason=words.get("reason", ""),
        reviewed_by=names.get(row.reviewed_by or "", ""),
        reviewed_at=row.reviewed_at,
        review=words.get("review", ""),
        reviewable=queries.can_review(desk, row),
        version=row.version,
    )


def show_emergency_review(desk: Desk) -> ReviewPage:
    """One access, with the review or the form for it."""
    case = cases.case(desk, CaseId(desk.path["case"]))
    row = queries.one_of_case(desk, CaseId(case.id), desk.path["access"])
    speak_of(cases.spoken_of(desk, CaseId(case.id)))
    answers = [(Step.JUSTIFY.value, _("It was justified")), (Step.FAULT.value, _("It was not"))]
    return ReviewPage(case.id, case.code, _view(desk, row), answers)


def review_emergency(desk: Desk) -> Go:
    """Say whether it was justified."""
    row = queries.one_of_case(desk, CaseId(desk.path["case"]), desk.path["access"])
    step = desk.form.choice("answer", Step)
    words = desk.form.prose("words", 2000)
    desk.form.check()
    actions.review(desk, row, step, words, desk.form.version())
    return Go("emergencies", case=row.case)


ROUTES = [
    page("GET", "/emergency", ask_emergency, audience=WORKERS, audit=""),
    page(
        "POST",
        "/emergency",
        open_emergency,
        audience=WORKERS,
        audit="emergency.ask",
        again=ask_emergency,
    ),
    page("GET", "/emergency/{access}", show_emergency, audience=WORKERS, audit="emergency.read"),
    page(
        "POST",
        "/emergency/{access}/close",
        close_emergency,
        audience=WORKERS,
        audit="emergency.close",
    ),
    page("GET", "/cases/{case}/emergencies", emergencies, audience=CASEWORKERS, audit="case.read"),
    page(
        "GET",
        "/cases/{case}/emergencies/{access}",
        show_emergency_review,
        audience=CASEWORKERS,
        audit="case.read",
    ),
    page(
        "POST",
        "/cases/{case}/emergencies/{access}",
        review_emergency,
        audience=CASEWORKERS,
        audit="emergency.review",
        again=show_emergency_review,
    ),
]
