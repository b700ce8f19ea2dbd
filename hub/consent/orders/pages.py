"""The pages of a court order, and of the second person who approves it."""

from typing import Final

from hub.cases import queries as cases
from hub.consent.brake import typed_haste
from hub.consent.compelled import records
from hub.consent.compelled.choosing import chosen
from hub.consent.compelled.tables import OrderRow
from hub.consent.compelled.views import SheetPage
from hub.consent.orders import actions, queries, showing
from hub.consent.orders.actions import Noted, Served
from hub.consent.orders.order import Instrument, Means, NoteKind, Outcome, State
from hub.consent.orders.views import NewOrderPage, OrderPage, OrdersPage, ScopePage, SecondPage
from hub.core.ids import CaseId
from hub.core.language import _, speak_of
from hub.core.words import Role, pairs
from hub.desk import Desk, WorkItem
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page

SECONDS: Final = frozenset({Role.SUPERVISOR, Role.PRIVACY_OFFICER})


def orders(desk: Desk) -> OrdersPage:
    """The orders of a case, whatever became of them."""
    case = cases.case(desk, CaseId(desk.path["case"]))
    found = queries.of_case(desk, CaseId(case.id))
    return OrdersPage(case.id, case.code, showing.briefs(found))


def new_order(desk: Desk) -> NewOrderPage:
    """Before one is written down."""
    case = cases.case(desk, CaseId(desk.path["case"]))
    return NewOrderPage(case.id, case.code, pairs(Instrument))


def add_order(desk: Desk) -> Go:
    """Write down what was served."""
    case, form = CaseId(desk.path["case"]), desk.form
    served = Served(
        form.choice("instrument", Instrument),
        form.text("court", 300),
        form.optional_text("number", 100),
        form.prose("wants"),
    )
    form.check()
    return Go("show_order", case=case, order=actions.receive(desk, case, served))


def _order(desk: Desk) -> OrderRow:
    case = CaseId(desk.path["case"])
    row = queries.one(desk, case, desk.path["order"])
    speak_of(cases.spoken_of(desk, case))
    return row


def _back(row: OrderRow) -> Go:
    return Go("show_order", case=row.case, order=row.id)


def show_order(desk: Desk) -> OrderPage:
    """How far it is, and what comes next."""
    return showing.order_page(desk, _order(desk))


def note_attempt(desk: Desk) -> Go:
    """Somebody tried to tell the person."""
    row, form = _order(desk), desk.form
    means, outcome = form.choice("means", Means), form.choice("outcome", Outcome)
    at, words = form.moment("noted_at"), form.optional_prose("tried", 2000)
    form.check()
    actions.note(desk, row, Noted(NoteKind.NOTICE, at, means, outcome, words))
    return _back(row)


def note_beside(desk: Desk) -> Go:
    """What a lawyer says, or an objection to the court."""
    row, form = _order(desk), desk.form
    kind, words = form.choice("kind", NoteKind), form.prose("note", 2000)
    if kind is NoteKind.NOTICE:
        form.refuse("kind", _("Choose one of the answers shown."))
    form.check()
    actions.note(desk, row, Noted(kind, desk.at, None, None, words))
    return _back(row)


def keep_silence(desk: Desk) -> Go:
    """The order itself forbids telling the person."""
    row = _order(desk)
    reason = desk.form.prose("silence", 2000)
    desk.form.check()
    actions.keep_silence(desk, row, reason, desk.form.version())
    return _back(row)


def choose_for_order(desk: Desk) -> ScopePage:
    """Entry by entry, what the order compels."""
    return showing.scope_page(desk, _order(desk))


def ask_second(desk: Desk) -> Go:
    """Ask a second person."""
    row, form = _order(desk), desk.form
    told, why = chosen(desk), form.prose("why", 2000)
    form.check()
    actions.ask(desk, row, told, why, form.version())
    return _back(row)


def hand_over_order(desk: Desk) -> Go:
    """Tell exactly what two people agreed on."""
    row, haste = _order(desk), typed_haste(desk.form)
    desk.form.check()
    actions.hand_over(desk, row, haste, desk.form.version())
    return _back(row)


def recall_order(desk: Desk) -> Go:
    """Call it back before they can open it."""
    row = _order(desk)
    actions.call_back(desk, row, desk.form.version())
    return _back(row)


def acknowledge_order(desk: Desk) -> Go:
    """Whoever was told has said that they have it."""
    row = _order(desk)
    actions.acknowledge(desk, row, desk.form.version())
    return _back(row)


def set_order_aside(desk: Desk) -> Go:
    """The order does not stand any more."""
    row = _order(desk)
    reason = desk.form.prose("reason", 2000)
    desk.form.check()
    actions.set_aside(desk, row, reason, desk.form.version())
    return _back(row)


def order_sheet(desk: Desk) -> SheetPage:
    """Exactly what is handed over, to be printed."""
    return showing.sheet(desk, _order(desk))


def second_person(desk: Desk) -> SecondPage:
    """What the second person is asked."""
    return showing.second_page(desk, *queries.asked(desk, desk.path["order"]))


def approve_order(desk: Desk) -> Go:
    """Agree."""
    actions.approve(desk, desk.path["order"], desk.form.version())
    return Go("show_work")


def send_order_back(desk: Desk) -> Go:
    """Do not agree, and say why."""
    queries.asked(desk, desk.path["order"])
    reason = desk.form.prose("reason", 2000)
    desk.form.check()
    actions.send_back(desk, desk.path["order"], reason, desk.form.version())
    return Go("show_work")


def to_approve(desk: Desk) -> list[WorkItem]:
    """Orders that wait for the one who looks as a second person."""
    return [
        WorkItem(
            due=row.asked_at,
            what=f"{case.code} · " + _("an order waits for a second person"),
            sentence=_("Read what would be handed over, to whom and why, and answer."),
            href=f"/orders/{row.id}",
            step=_("Answer"),
        )
        for row, case in queries.asked_of_me(desk)
    ]


def to_hand_over(desk: Desk) -> list[WorkItem]:
    """Orders two people agree on, for the case manager who has to carry them out."""
    return [
        WorkItem(
            due=row.approved_at,
            what=f"{case.code} · " + _("two people agree on an order"),
            sentence=_("Read once more what goes, then hand it over."),
            href=f"/cases/{case.id}/orders/{row.id}",
            step=_("Look at it"),
        )
        for row, case in records.of_my_cases(desk, OrderRow, State.APPROVED)
    ]


_ONE: Final = "/cases/{case}/orders/{order}"
ROUTES = [
    page("GET", "/cases/{case}/orders", orders, audience=CASEWORKERS, audit="order.list"),
    page("GET", "/cases/{case}/orders/new", new_order, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/orders",
        add_order,
        audience=CASEWORKERS,
        audit="order.receive",
        again=new_order,
    ),
    page("GET", _ONE, show_order, audience=CASEWORKERS, audit="order.read"),
    *(
        page("POST", f"{_ONE}/{end}", taken, audience=CASEWORKERS, audit=audit, again=show_order)
        for end, taken, audit in (
            ("tried", note_attempt, "order.note"),
            ("noted", note_beside, "order.note"),
            ("silence", keep_silence, "order.note"),
            ("handed-over", hand_over_order, "order.hand_over"),
            ("recall", recall_order, "order.recall"),
            ("acknowledged", acknowledge_order, "order.acknowledge"),
            ("set-aside", set_order_aside, "order.set_aside"),
        )
    ),
    page("GET", f"{_ONE}/scope", choose_for_order, audience=CASEWORKERS, audit="order.choose"),
    page(
        "POST",
        f"{_ONE}/scope",
        ask_second,
        audience=CASEWORKERS,
        audit="order.ask",
        again=choose_for_order,
    ),
    page("GET", f"{_ONE}/sheet", order_sheet, audience=CASEWORKERS, audit="order.print"),
    page("GET", "/orders/{order}", second_person, audience=SECONDS, audit="order.read"),
    page(
        "POST",
        "/orders/{order}/approve",
        approve_order,
        audience=SECONDS,
        audit="order.approve",
        again=second_person,
    ),
    page(
        "POST",
        "/orders/{order}/back",
        send_order_back,
        audience=SECONDS,
        audit="order.send_back",
        again=second_person,
    ),
]
