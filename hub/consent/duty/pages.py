"""The pages of a legal duty to report."""

from hub.cases import queries as cases
from hub.consent.brake import typed_haste
from hub.consent.compelled import records
from hub.consent.compelled.choosing import chosen
from hub.consent.compelled.tables import DutyRow
from hub.consent.compelled.views import SheetPage
from hub.consent.duty import actions, queries, showing
from hub.consent.duty.actions import Choice, Talk, ToldFirst
from hub.consent.duty.report import Informed, State
from hub.consent.duty.views import ChooseDutyPage, DutiesPage, DutyPage, NewDutyPage
from hub.core.ids import CaseId, PersonId
from hub.core.language import _, speak_of
from hub.desk import Desk, WorkItem
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


def choose_for_duty(desk: Desk) -> ChooseDutyPage:
    """Choosing the least."""
    return showing.choose_page(desk, _duty(desk))


def choose_duty(desk: Desk) -> Go:
    """Keep what was chosen, to be read once more before it is told."""
    row, form = _duty(desk), desk.form
    choice = Choice(
        chosen(desk), form.text("law", 300), form.prose("next", 2000), form.prose("heard", 2000)
    )
    form.check()
    actions.choose(desk, row, choice, form.version())
    return _back(row)


def make_duty(desk: Desk) -> Go:
    """Tell exactly what was chosen."""
    row, haste = _duty(desk), typed_haste(desk.form)
    desk.form.check()
    actions.make(desk, row, haste, desk.form.version())
    return _back(row)


def recall_duty(desk: Desk) -> Go:
    """Call it back before they can open it."""
    row = _duty(desk)
    actions.call_back(desk, row, desk.form.version())
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


def to_tell(desk: Desk) -> list[WorkItem]:
    """Reports that are ready and that nobody has made yet, for the case manager."""
    return [
        WorkItem(
            due=row.discussed_at,
            what=f"{case.code} · " + _("a report is ready and was not made"),
            sentence=_("Read once more what goes, then tell it, or write why it is not required."),
            href=f"/cases/{case.id}/duties/{row.id}",
            step=_("Look at it"),
        )
        for row, case in records.of_my_cases(desk, DutyRow, State.CHOSEN)
    ]


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
            ("told", make_duty, "duty.make"),
            ("recall", recall_duty, "duty.recall"),
            ("acknowledged", acknowledge_duty, "duty.acknowledge"),
            ("dropped", drop_duty, "duty.drop"),
        )
    ),
    page("GET", f"{_ONE}/choose", choose_for_duty, audience=CASEWORKERS, audit="duty.read"),
    page(
        "POST",
        f"{_ONE}/choose",
        choose_duty,
        audience=CASEWORKERS,
        audit="duty.choose",
        again=choose_for_duty,
    ),
    page("GET", f"{_ONE}/sheet", duty_sheet, audience=CASEWORKERS, audit="duty.print"),
]
