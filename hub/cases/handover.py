"""Handing a case over: offered, then accepted or declined; never two primaries, never none."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import col

from hub.cases import queries
from hub.cases.keeping.conflicts import met_again, silence
from hub.cases.names import staff_with
from hub.cases.tables import CaseRow, OfferRow, TenureRow
from hub.cases.tenure import OFFER_STEPS, OfferSide, OfferState, OfferStep, Tenure, succeed
from hub.core.clock import OPEN_END
from hub.core.errors import Changed, NothingHere, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import CaseId, EnvelopeId, HolderId, PersonId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import Category, HolderKind, Role
from hub.desk import Desk, Notice
from hub.door import Ending, Sealing, To, holder_of, join, leave, seal, unshare
from hub.door.keeping_out import let_in
from hub.store import outbox
from hub.store.unit import rows_changed

TAKERS = (Role.CASE_MANAGER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Offering:
    """To whom a case is offered, and the words that go with it."""

    to: PersonId
    note: str


def takers(desk: Desk, case: CaseId) -> list[tuple[PersonId, str]]:
    """The colleagues a case can be offered to, by name."""
    now = queries.primary(desk.db, case)
    staff = staff_with(desk.db, desk.sight.agency, TAKERS)
    may = let_in(desk.db, desk.sight, case, [person for person, _name in staff])
    return [(person, name) for person, name in staff if person != now and person in may]


def offer_case(desk: Desk, case: CaseId, offering: Offering) -> str:
    """Offer a case to a colleague, who reads the note and nothing else until they accept.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: it is closed, waits for an answer already, or the colleague cannot take it.
    """
    row = queries.case(desk, case)
    if row.closed_at is not None or queries.open_offer(desk, case) is not None:
        raise StepRefused(_("This case cannot be offered now. Read the page again to see why."))
    if offering.to not in [person for person, _name in takers(desk, case)]:
        raise StepRefused(_("Choose a colleague from the list."))
    offer = OfferRow(
        id=fresh(),
        case=case,
        from_person=desk.sight.person,
        to_person=offering.to,
        state=OfferState.OFFERED,
        offered_at=desk.at,
        note=_sealed(desk, row, offering.note, _own_holder(desk, offering.to)),
    )
    desk.db.add(offer)
    desk.db.flush()
    desk.notify(offering.to, Notice(case, offer.id))
    desk.audit("case.offered", case=case, to_person=offering.to)
    return offer.id


def _sealed(desk: Desk, case: CaseRow, words: str, *readers: HolderId | None) -> EnvelopeId | None:
    """Words about a hand-over, for the care team and these; None when there are none."""
    if not words:
        return None
    holders = [HolderId(case.team), *(reader for reader in readers if reader)]
    to = [To(holder, OWN_WORK, OPEN_END) for holder in holders]
    return seal(desk.db, desk.sight, Sealing(Category.WORKINGS, {"text": words}, case.id), to)


def accept_case(desk: Desk, offer: str) -> CaseId:
    """Take a case over: from this instant its one primary case manager.

    Raises:
        NothingHere: no such offer waits for the one who looks.
        Changed: it was answered at the same moment.
    """
    row, case = queries.offer_to_me(desk, offer)
    _answer(desk, row, OfferStep.ACCEPT, "")
    hand_over(desk, case, desk.sight.person)
    desk.notify(PersonId(row.from_person), Notice(case.id))
    return CaseId(case.id)


def decline_case(desk: Desk, offer: str, reason: str) -> None:
    """Say no to a case, with a reason its care team reads.

    Raises:
        NothingHere: no such offer waits for the one who looks.
        StepRefused: without a reason.
    """
    row, case = queries.offer_to_me(desk, offer)
    _answer(desk, row, OfferStep.DECLINE, reason)
    row.answer = _sealed(desk, case, reason)
    desk.notify(PersonId(row.from_person), Notice(case.id))


def take_back_offer(desk: Desk, case: CaseId) -> None:
    """Take an offer back before it is answered.

    Raises:
        NothingHere: no such case, or not this team's, or nothing is offered.
    """
    row = queries.open_offer(desk, case)
    if row is None:
        raise NothingHere
    _answer(desk, row, OfferStep.TAKE_BACK, "")
    outbox.withdraw(desk.db, row.id, desk.at)


def _answer(desk: Desk, row: OfferRow, step: OfferStep, reason: str) -> None:
    side = OfferSide.TEAM if step is OfferStep.TAKE_BACK else OfferSide.COLLEAGUE
    state = advance(OFFER_STEPS, row.state, step, side, reason)
    changed = (
        update(OfferRow)
        .where(col(OfferRow.id) == row.id, col(OfferRow.version) == row.version)
        .values(state=state, answered_at=desk.at, version=row.version + 1)
    )
    if rows_changed(desk.db.execute(changed)) == 0:
        raise Changed
    _close_note(desk, row)
    desk.audit("case.offer_answered", case=row.case, step=step.value, state=state.value)


def _close_note(desk: Desk, row: OfferRow) -> None:
    """The note was for the one who had to answer; from then on the care team alone reads it."""
    person = _own_holder(desk, row.to_person)
    if row.note and person:
        ending = Ending("offer_closed", holder=person, envelopes=[EnvelopeId(row.note)])
        unshare(desk.db, desk.sight, ending)


def _own_holder(desk: Desk, person: str) -> HolderId | None:
    return holder_of(desk.db, HolderKind.PERSON, person)


def hand_over(desk: Desk, case: CaseRow, to: PersonId) -> None:
    """End one tenure and begin the next at the same instant, and pass the key on with it.

    Raises:
        StepRefused: the case is theirs already, or changed hands this very moment.
        Changed: it changed hands meanwhile.
    """
    row = queries.current_tenure(desk.db, CaseId(case.id))
    old, new = succeed(Tenure(PersonId(row.person), row.started_at), to, desk.at)
    ended = update(TenureRow).where(col(TenureRow.id) == row.id, col(TenureRow.ended_at).is_(None))
    if rows_changed(desk.db.execute(ended.values(ended_at=old.ended_at))) == 0:
        raise Changed
    desk.db.add(TenureRow(id=fresh(), case=case.id, person=new.person, started_at=new.started_at))
    desk.db.flush()
    _pass_key(desk, case, old.person, new.person)
    met_again(desk, CaseId(case.id))
    facts = {"case": case.id, "from_person": old.person, "to_person": new.person}
    desk.audit("case.handed_over", **facts)


def _pass_key(desk: Desk, case: CaseRow, old: PersonId, new: PersonId) -> None:
    """Supervisors carry the key whoever is primary; the one before carries it no longer.

    Nor does word leave for them of what waits in a case that is not there for them any more.
    """
    team = HolderId(case.team)
    join(desk.db, team, new, desk.at)
    supervisors = staff_with(desk.db, desk.sight.agency, [Role.SUPERVISOR])
    if old not in [person for person, _name in supervisors]:
        leave(desk.db, team, old, desk.at)
        silence(desk, CaseId(case.id), [old])
