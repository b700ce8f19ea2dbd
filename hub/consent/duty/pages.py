"""The pages of a legal duty to report."""

from hub.cases import queries as cases
from hub.consent.compelled.choosing import choosing, chosen
from hub.consent.compelled.tables import DutyRow
from hub.consent.compelled.views import SheetPage
from hub.consent.duty import actions, queries, showing
from hub.consent.duty.actions import Making, Talk, ToldFirst
from hub.consent.duty.report import STEPS, Informed, Side, Step
from hub.consent.duty.views import DutiesPage, DutyPage, MakeDutyPage, NewDutyPage
from hub.core.ids import CaseId, PersonId
from hub.core.language import speak_of
from hub.core.states import open_steps
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def duties(desk: Desk) -> DutiesPage:
    """The duties of a case, whatever became of them."""
    case = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(case.id)))
    found = showing.briefs(desk, queries.of_case(desk, CaseId(case.id)))
    return DutiesPage(case.id, case.code, case.closed_at is not None, found)


def new_duty(desk: Desk) -> NewDutyPage:
    """Before one is written down."""
    case = cases.case(desk, CaseId(desk.path["case"]))
    speak_of(cases.spoken_of(desk, CaseId(case.id)))
    return NewDutyPage(case.id, case.code)


def add_duty(desk: Desk) -> Go:
    """Write it down."""
    case = CaseId(desk.path["case"])
    concern = desk.form.prose("concern")
    desk.form.check()
    return Go("show_duty", case=case, duty=actions.begin(desk, case, concern))


def _duty(desk: Desk) -> DutyRow:
    case = CaseId(desk.path["case"])
    row = queries.one(desk, case, desk.path["duty"])
    speak_of(cases.spoken_of(desk, case))
    return row


def _back(row: DutyRow) -> Go:
    return Go("show_duty", case=row.case, duty=row.id)


def show_duty(desk: Desk) -> DutyPage:
    """How far it is, and what comes next."""
    return showing.duty_page(desk, _duty(desk))


def discuss_duty(desk: Desk) -> Go:
    """It was talked through with a supervisor."""
    row, form = _duty(desk), desk.form
    talk = Talk(
        PersonId(form.id("supervisor")), form.moment("discussed_at"), form.prose("talk", 2000)
    )
    form.check()
    actions.discuss(desk, row, talk, form.version())
    return _back(row)


def inform_duty(desk: Desk) -> Go:
    """The person heard of it first, or it was not safe."""
    row, form = _duty(desk), desk.form
    first = ToldFirst(
        form.choice("informed", Informed), form.moment("informed_at"), form.prose("first", 2000)
    )
    form.check()
    actions.inform(desk, row, first, form.version())
    return _back(row)


def choose_for_duty(desk: Desk) -> MakeDutyPage:
    """Choosing the least."""
    row = _duty(desk)
    case = cases.case(desk, CaseId(row.case))
    can = Step.MAKE in open_steps(STEPS, row.state, Side.TEAM)
    choice = choosing(desk, CaseId(case.id))
    return MakeDutyPage(case.id, case.code, row.id, row.version, can, choice)


def make_duty(desk: Desk) -> Go:
    """Tell it."""
    row, form = _duty(desk), desk.form
    making = Making(
        chosen(desk), form.text("law", 300), form.prose("next", 2000), form.prose("heard", 2000)
    )
    form.check()
    actions.make(desk, row, making, form.version())
    return _back(row)


def acknowledge_duty(desk: Desk) -> Go:
    """Whoever was told has said that they have it."""
    row = _duty(desk)
    words = desk.form.prose("answer", 2000)
    desk.form.check()
    actions.acknowledge(desk, row, words, desk.form.version())
    return _back(row)


def drop_duty(desk: Desk) -> Go:
    """No report is owed."""
    row = _duty(desk)
    reason = desk.form.prose("reason", 2000)
    desk.form.check()
    actions.drop(desk, row, reason, desk.form.version())
    return _back(row)


def duty_sheet(desk: Desk) -> SheetPage:
    """Exactly what is told to an authority outside the hub, to be printed."""
    return showing.sheet(desk, _duty(desk))


_ONE = "/cases/{case}/duties/{duty}"
ROUTES = [
    page("GET", "/cases/{case}/duties", duties, audience=CASEWORKERS, audit="duty.list"),
    page("GET", "/cases/{case}/duties/new", new_duty, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/duties",
        add_duty,
        audience=CASEWORKERS,
        audit="duty.begin",
        again=new_duty,
    ),
    page("GET", _ONE, show_duty, audience=CASEWORKERS, audit="duty.read"),
    *(
        page("POST", f"{_ONE}/{end}", taken, audience=CASEWORKERS, audit=audit, again=show_duty)
        for end, taken, audit in (
            ("discussed", discuss_duty, "duty.discuss"),
            ("informed", inform_duty, "duty.inform"),
            ("acknowledged", acknowledge_duty, "duty.acknowledge"),
            ("dropped", drop_duty, "duty.drop"),
        )
    ),
    page("GET", f"{_ONE}/make", choose_for_duty, audience=CASEWORKERS, audit="duty.choose"),
    page(
        "POST",
        f"{_ONE}/make",
        make_duty,
        audience=CASEWORKERS,
        audit="duty.make",
        again=choose_for_duty,
    ),
    page("GET", f"{_ONE}/sheet", duty_sheet, audience=CASEWORKERS, audit="duty.print"),
]
