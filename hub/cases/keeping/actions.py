"""What is done to keep those out who must never know of a case: people, agencies, desks, names."""

from sqlalchemy import select
from sqlmodel import col

from hub.cases import handover, queries
from hub.cases.keeping import beside
from hub.cases.keeping import queries as queries_of_keeping
from hub.cases.keeping.conflicts import silence
from hub.cases.keeping.named import named_contacts, standing
from hub.cases.keeping.tables import NeverDeskRow, NeverNameRow
from hub.cases.tables import CaseRow
from hub.consent import queries as consent
from hub.consent.release import State
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.clock import OPEN_END
from hub.core.errors import StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, HolderId, PersonId, fresh
from hub.core.language import _
from hub.core.words import Category, Ground, HolderKind
from hub.desk import Desk
from hub.door import Ending, Sealing, To, custodians, desk_of, holder_of, seal, unshare
from hub.door.keeping_out import Whom, keep_out
from hub.door.passing_over import pass_over
from hub.people.tables import AgencyRow, PersonRow


def keep_person_out(desk: Desk, case: CaseId, person: PersonId) -> None:
    """From the next request on, the case does not exist for this member of staff of any agency.

    Nor for the same person where they work for another agency too: whoever has the same address.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: it is the case manager, the one who asks, or nobody who works here.
    """
    row = queries.case(desk, case)
    if person == queries.primaries(desk.db, [case]).get(case):
        raise StepRefused(
            _("That is the case manager. Hand the case over first; then they can be kept out.")
        )
    if person == desk.sight.person:
        raise StepRefused(
            _("You would shut yourself out. Say on the case's page that you know her.")
        )
    accounts = queries_of_keeping.accounts_of(desk.db, person)
    if person not in accounts:
        raise StepRefused(_("Choose somebody from the list."))
    offer = queries.open_offer(desk, case)
    if offer is not None and offer.to_person == person:
        handover.take_back_offer(desk, case)
    for account in accounts:
        keep_out(desk.db, desk.sight, row.id, Whom(account, None))
    silence(desk, case, accounts)


def keep_agency_out(desk: Desk, case: CaseId, agency: AgencyId, mode: Mode) -> None:
    """From the next request on, the case does not exist for anybody at this agency.

    What she released to it is taken back, with all that stood on it, and nothing can be sent there.

    Args:
        mode: how she said it.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: it is the case's own agency, or no agency.
    """
    row = queries.case(desk, case)
    if agency == row.agency or not _is_agency(desk, agency):
        raise StepRefused(_("Choose another agency from the list."))
    standing = {State.DRAFTED, State.ACTIVE}
    to_them = [each for each in consent.releases(desk, case) if each.to_agency == agency]
    withdraw(desk, [each.id for each in to_them if each.state in standing], Withdrawal(mode))
    keep_out(desk.db, desk.sight, row.id, Whom(None, agency))
    ending = Ending("kept_out", subject=row.id, agency=agency, ground=Ground.RELEASE)
    unshare(desk.db, desk.sight, ending)
    there = select(col(PersonRow.id)).where(col(PersonRow.agency) == agency)
    silence(desk, case, [PersonId(each) for each in desk.db.execute(there).scalars()])


def _is_agency(desk: Desk, agency: AgencyId) -> bool:
    known = select(col(AgencyRow.id)).where(col(AgencyRow.id) == agency)
    return desk.db.execute(known).first() is not None


def keep_desk_out(desk: Desk, case: CaseId, agency: AgencyId) -> None:
    """What goes to this agency goes to its named safe contact, and to nobody at its intake desk.

    For whoever carries the desk's key the case does not exist any more, whatever they took on
    before. What lies at the desk is to be sent again.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: it is the case's own agency, or no agency, or it has no intake desk.
    """
    row, there = queries.case(desk, case), desk_of(desk.db, agency)
    if agency == row.agency or not _is_agency(desk, agency) or there is None:
        raise StepRefused(_("Choose another agency from the list."))
    consent.hold_alone(desk.db, [row.id])
    known = standing(desk, case, agency)
    if known is None:
        me, now = desk.sight.person, desk.at
        desk.db.add(NeverDeskRow(id=fresh(), case=case, agency=agency, made_by=me, made_at=now))
        desk.db.flush()
    else:
        beside.keep_on(desk, known)
    named = {person for person, _name in named_contacts(desk, agency)}
    people = sorted(set(custodians(desk.db, there)) - named)
    pass_over(desk.db, desk.sight, row.id, there, people)
    _clear_desk(desk, row, there, people)
    desk.audit("keep_out.desk", case=case, agency=agency)


def _clear_desk(desk: Desk, row: CaseRow, there: HolderId, people: list[PersonId]) -> None:
    """What she let that desk know, or somebody of it by name, is shared with them no more."""
    own = [holder_of(desk.db, HolderKind.PERSON, person) for person in people]
    for holder in [there, *own]:
        if holder is not None:
            ending = Ending("kept_out", subject=row.id, holder=holder, ground=Ground.RELEASE)
            unshare(desk.db, desk.sight, ending)
    silence(desk, CaseId(row.id), people)


def write_name(desk: Desk, case: CaseId, name: str) -> None:
    """Somebody without an account who must never know: shown whenever something is about to go.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    row = queries.case(desk, case)
    sealing = Sealing(Category.WORKINGS, {"text": name}, row.id)
    envelope = seal(desk.db, desk.sight, sealing, [To(HolderId(row.team), OWN_WORK, OPEN_END)])
    me, now = desk.sight.person, desk.at
    desk.db.add(NeverNameRow(id=fresh(), case=case, envelope=envelope, made_by=me, made_at=now))
    desk.db.flush()
    desk.audit("keep_out.named", case=case)
