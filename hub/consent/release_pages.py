"""The page on which a release is written down."""

from datetime import date, datetime, time, timedelta

from hub.cases import queries as cases
from hub.cases.bodies import BELONGS
from hub.cases.names import other_agencies
from hub.cases.tables import CaseRow
from hub.consent import actions
from hub.consent.policy import MOST_DAYS, STRICT, USUAL_DAYS
from hub.consent.terms import Given, Manner, ReleaseTerms, Said, faults
from hub.consent.views import NewReleasePage
from hub.core.ids import AgencyId, CaseId
from hub.core.language import _, speak_of
from hub.core.words import RELEASABLE, Category, Purpose, ServiceType, pairs
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.form import Form
from hub.web.routes import CASEWORKERS, page

LAST_MINUTE = time(23, 59)
OFFERED = tuple(each for each in Purpose if each is not Purpose.FIGURES)


def new_release(desk: Desk) -> NewReleasePage:
    """A release as the paper has it, empty but for its usual length."""
    row = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(row.id)))
    return _empty(desk, row)


def _empty(desk: Desk, row: CaseRow) -> NewReleasePage:
    today = desk.at.astimezone(desk.hub.settings.zone).date()
    apart = [each for each in RELEASABLE if each is not Category.LOCATION]
    return NewReleasePage(
        case=row.id,
        code=row.code,
        closed=row.closed_at is not None,
        agencies=[(str(id), name) for id, name in other_agencies(desk.db, desk.sight.agency)],
        purposes=pairs(OFFERED),
        service_types=pairs(ServiceType),
        categories=pairs(apart),
        belongs={each.value: str(BELONGS[each]) for each in apart},
        said=pairs(Said),
        manners=pairs(Manner),
        starts=today,
        ends=today + timedelta(days=USUAL_DAYS),
        most_days=MOST_DAYS,
    )


def add_release(desk: Desk) -> Go:
    """Write it down."""
    case = CaseId(desk.path["case"])
    cases.case(desk, case)
    speak_of(cases.spoken_of(desk, case))
    terms = _terms(desk.form)
    _refuse_faults(desk, terms)
    return Go("show_release", release=actions.record_release(desk, case, terms))


def _refuse_faults(desk: Desk, terms: ReleaseTerms) -> None:
    """All mistakes at once; a day that could not be read is not held against the other one."""
    unread = {"starts", "ends"} & set(desk.form.errors)
    for field, sentence in faults(terms, desk.sight.agency, desk.at, STRICT).items():
        if not (unread and field == "ends"):
            desk.form.refuse(field, sentence)
    desk.form.check()


def _terms(form: Form) -> ReleaseTerms:
    to_agency = form.optional_id("to_agency")
    if to_agency is None:
        form.refuse("to_agency", _("Choose the one agency that may know."))
    categories = form.choices("categories", Category) - {Category.LOCATION}
    if form.ticked("location"):
        categories |= {Category.LOCATION}
    return ReleaseTerms(
        to_agency=AgencyId(to_agency or ""),
        purposes=form.choices("purposes", Purpose),
        service_types=form.choices("service_types", ServiceType),
        categories=categories,
        starts=_moment(form, form.day("starts"), time.min),
        ends=_moment(form, form.day("ends"), LAST_MINUTE),
        given=_given(form),
    )


def _given(form: Form) -> Given:
    manner = form.optional_choice("manner", Manner)
    if manner is None:
        form.refuse("manner", _("Choose how she agreed."))
    return Given(
        manner=manner or Manner.SIGNATURE,
        said=form.choices("said", Said),
        not_the_abuser=form.ticked("not_the_abuser"),
        witness=form.optional_text("witness"),
        limits=form.optional_prose("limits", 2000),
    )


def _moment(form: Form, day: date, at: time) -> datetime:
    """A release runs from the first minute of its first day to the last minute of its last."""
    return datetime.combine(day, at, form.zone)


ROUTES = [
    page("GET", "/cases/{case}/releases/new", new_release, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/releases",
        add_release,
        audience=CASEWORKERS,
        audit="release.record",
        again=new_release,
    ),
]
