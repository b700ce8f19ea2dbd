"""The pages on which a case is offered to a colleague, and taken over or declined."""

from hub.cases import handover, queries
from hub.cases.handover import Offering
from hub.cases.names import names_of
from hub.cases.tables import CaseRow, OfferRow
from hub.cases.tenure import OfferState
from hub.cases.views import HandOverPage, OfferPage, OfferView, TenureView
from hub.core.ids import CaseId, EnvelopeId, PersonId
from hub.core.language import _, speak_of
from hub.desk import Desk
from hub.door import open_entries
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def hand_over_case(desk: Desk) -> HandOverPage:
    """To whom the case can be offered, what waits for an answer, and who had it before."""
    case = CaseId(desk.path["case"])
    row = queries.case(desk, case)
    speak_of(queries.spoken_of(desk, case))
    return _hand_over_page(desk, case, row)


def _hand_over_page(desk: Desk, case: CaseId, row: CaseRow) -> HandOverPage:
    offers = _offers(desk, queries.offers_of(desk, case))
    return HandOverPage(
        case=case,
        code=row.code,
        closed=row.closed_at is not None,
        colleagues=[(str(person), name) for person, name in handover.takers(desk, case)],
        waiting=next((each for each in offers if each.open), None),
        offers=[each for each in offers if not each.open],
        tenures=_tenures(desk, case),
    )


def _tenures(desk: Desk, case: CaseId) -> list[TenureView]:
    found = queries.tenures(desk, case)
    names = names_of(desk.db, [each.person for each in found])
    return [
        TenureView(names.get(each.person, ""), each.started_at, each.ended_at)
        for each in reversed(found)
    ]


def _offers(desk: Desk, rows: list[OfferRow]) -> list[OfferView]:
    """Offers with the words that went with them, as far as the one who looks can open them."""
    names = names_of(desk.db, [each for row in rows for each in (row.from_person, row.to_person)])
    words = [EnvelopeId(each) for row in rows for each in (row.note, row.answer) if each]
    opened = {
        id: entry.body["text"] for id, entry in open_entries(desk.db, desk.sight, words).items()
    }
    return [
        OfferView(
            to=names.get(row.to_person, ""),
            by=names.get(row.from_person, ""),
            at=row.answered_at or row.offered_at,
            state=str(row.state.label),
            open=row.state is OfferState.OFFERED,
            note=opened.get(EnvelopeId(row.note or ""), ""),
            answer=opened.get(EnvelopeId(row.answer or ""), ""),
        )
        for row in rows
    ]


def offer_this_case(desk: Desk) -> Go:
    """Offer it."""
    case = CaseId(desk.path["case"])
    to = PersonId(desk.form.optional_id("to") or "")
    note = desk.form.optional_prose("note")
    queries.case(desk, case)
    if to not in [person for person, _name in handover.takers(desk, case)]:
        desk.form.refuse("to", _("Choose a colleague from the list."))
    desk.form.check()
    handover.offer_case(desk, case, Offering(to, note))
    return Go("hand_over_case", case=case)


def take_offer_back(desk: Desk) -> Go:
    """Keep the case after all."""
    case = CaseId(desk.path["case"])
    handover.take_back_offer(desk, case)
    return Go("hand_over_case", case=case)


def show_offer(desk: Desk) -> OfferPage:
    """A case offered to the one who looks: the note, and nothing of what is inside."""
    offer, case = queries.offer_to_me(desk, desk.path["offer"])
    names = names_of(desk.db, [offer.from_person])
    note = _offers(desk, [offer])[0].note
    return OfferPage(offer.id, case.code, names[offer.from_person], offer.offered_at, note)


def accept_offer(desk: Desk) -> Go:
    """Take the case over."""
    return Go("show_case", case=handover.accept_case(desk, desk.path["offer"]))


def decline_offer(desk: Desk) -> Go:
    """Leave the case where it is."""
    reason = desk.form.prose("reason", 1000)
    desk.form.check()
    handover.decline_case(desk, desk.path["offer"], reason)
    return Go("show_work")


ROUTES = [
    page("GET", "/cases/{case}/hand-over", hand_over_case, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/hand-over",
        offer_this_case,
        audience=CASEWORKERS,
        audit="case.offer",
        again=hand_over_case,
    ),
    page(
        "POST",
        "/cases/{case}/hand-over/back",
        take_offer_back,
        audience=CASEWORKERS,
        audit="case.offer",
        again=hand_over_case,
    ),
    page("GET", "/offers/{offer}", show_offer, audience=CASEWORKERS, audit="offer.read"),
    page(
        "POST",
        "/offers/{offer}/accept",
        accept_offer,
        audience=CASEWORKERS,
        audit="case.offer",
        again=show_offer,
    ),
    page(
        "POST",
        "/offers/{offer}/decline",
        decline_offer,
        audience=CASEWORKERS,
        audit="case.offer",
        again=show_offer,
    ),
]
