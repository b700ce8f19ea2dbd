"""The care team's page of a receipt: given in person, shown once, ended at any time."""

from functools import partial

from hub.cases import queries as cases
from hub.cases.names import names_of
from hub.cases.tables import CaseRow
from hub.consent import receipts
from hub.consent.receipt import LASTS, Lasting, digits, faults, in_groups
from hub.consent.receipt_tables import ReceiptRow
from hub.consent.receipt_views import GivenPage, ReceiptPage
from hub.consent.receipts import Pins
from hub.core.errors import FormRefused
from hub.core.ids import CaseId
from hub.core.language import _, speak_of
from hub.core.words import pairs
from hub.desk import Desk
from hub.people.hashing import stored_form
from hub.web.answers import Go, Later
from hub.web.routes import CASEWORKERS, page


def show_receipt(desk: Desk) -> ReceiptPage:
    """Whether there is one; how one is given."""
    case = CaseId(desk.path["case"])
    speak_of(cases.spoken_of(desk, case))
    return _page(desk, cases.case(desk, case), receipts.current(desk, case))


def _page(desk: Desk, row: CaseRow, now: ReceiptRow | None) -> ReceiptPage:
    return ReceiptPage(
        case=row.id,
        code=row.code,
        closed=row.closed_at is not None,
        given_at=now.given_at if now else None,
        given_by=_giver(desk, now.given_by) if now else "",
        until=now.until if now else None,
        panicked_at=now.panicked_at if now else None,
        lastings=pairs(Lasting),
    )


def _giver(desk: Desk, person: str) -> str:
    return names_of(desk.db, [person]).get(person, "")


def give_receipt(desk: Desk) -> Later:
    """Read what was chosen with her; its PINs are made unreadable without a database."""
    case, form = CaseId(desk.path["case"]), desk.form
    cases.case(desk, case)
    speak_of(cases.spoken_of(desk, case))
    pin, panic = digits(form.text("pin", 20)), digits(form.text("panic", 20))
    lasting = form.choice("lasting", Lasting)
    if not form.ticked("decided"):
        form.refuse("decided", _("Decide it with her first; tick this when you have."))
    for field, sentence in faults(pin, panic).items():
        form.refuse(field, sentence)
    form.check()
    return Later(lambda: (stored_form(pin), stored_form(panic)), partial(_give, lasting))


def _give(lasting: Lasting, desk: Desk, stored: tuple[str, str]) -> GivenPage:
    """The second half: the number, shown this once."""
    case = CaseId(desk.path["case"])
    until = desk.at + LASTS[lasting]
    number = receipts.give(desk, case, Pins(*stored, until))
    speak_of(cases.spoken_of(desk, case))
    code, address = cases.case(desk, case).code, f"{desk.hub.settings.origin}/notes"
    return GivenPage(case, code, in_groups(number), address, until)


def end_receipt(desk: Desk) -> Go:
    """It opens nothing any more."""
    case = CaseId(desk.path["case"])
    if not receipts.end_receipts(desk, case):
        raise FormRefused({"": _("There is no number to end: it has ended already.")})
    return Go("show_receipt", case=case)


ROUTES = [
    page("GET", "/cases/{case}/own-copy", show_receipt, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/own-copy",
        give_receipt,
        audience=CASEWORKERS,
        audit="receipt.give",
        again=show_receipt,
    ),
    page(
        "POST",
        "/cases/{case}/own-copy/end",
        end_receipt,
        audience=CASEWORKERS,
        audit="receipt.end",
        again=show_receipt,
    ),
]
