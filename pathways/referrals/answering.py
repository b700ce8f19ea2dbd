"""What each side does with a referral that was sent: answer, ask, take on, report, withdraw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from hub.cases.keeping import conflicts
from hub.cases.names import staff_with
from hub.consent import queries as consent
from hub.consent.release import ReleaseGround
from hub.core.clock import OPEN_END
from hub.core.errors import Changed, FormRefused, NothingHere
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, ReleaseId, fresh
from hub.core.words import Category, HolderKind, Purpose, Role
from hub.desk import Desk
from hub.door import (
    Ending,
    Entry,
    Sealing,
    To,
    custodians,
    join,
    make_holder,
    open_entries,
    seal,
    unshare,
)
from hub.door import share as share_with
from pathways.referrals import queries
from pathways.referrals.moving import (
    Move,
    audience,
    case_managers,
    crossed,
    move,
    nobody_there,
    tell,
)
from pathways.referrals.queries import Party
from pathways.referrals.reasons import Closing, faults
from pathways.referrals.referral import Side, Step, resumed
from pathways.referrals.tables import REFERRALS, AppointmentRow, ReferralNoteRow, ReferralRow
from pathways.referrals.times import Times


@dataclass(frozen=True, slots=True)
class Meeting:
    """When she is expected, and where."""

    at: datetime
    place: str


def party_to_act(desk: Desk, ref: str) -> Party:
    """The referral at this address, for somebody who is about to take a step.

    Raises:
        Changed: a colleague took it on since this person's page was opened.
        NothingHere: there is none, or the sight is on neither side of it.
    """
    queries.hold(desk, ref)
    try:
        return queries.referral(desk, ref)
    except NothingHere:
        if queries.taken_on_by_a_colleague(desk, ref) is None:
            raise
        raise Changed from None


def take(desk: Desk, party: Party, made: Move) -> None:
    """A step that changes nothing but where the referral stands and what was said.

    Raises:
        Changed, StepRefused, NotCovered: as `move`.
    """
    move(desk, party, made, _clocks(party.row, made.step, desk.at))


def _clocks(row: ReferralRow, step: Step, at: datetime) -> dict[str, Any]:
    """What a step does to the times: a question stops the clock, its answer starts it again."""
    if step is Step.ASK:
        return {"paused_at": at, "answered_at": row.answered_at or at}
    if step is Step.ANSWER and row.paused_at and row.respond_by:
        return {"paused_at": None, "respond_by": resumed(row.respond_by, row.paused_at, at)}
    if step in {Step.WAITLIST, Step.DECLINE, Step.ACCEPT}:
        return {"answered_at": row.answered_at or at}
    return {}


def accept(desk: Desk, party: Party, made: Move) -> None:
    """Take a referral on: what was the desk's is now held by a team of few.

    The row is changed first, so that of two who accept at once the second is told.

    Raises:
        Changed: somebody else took it on, or it was withdrawn, since the page was opened.
        StepRefused: it cannot be accepted any more.
    """
    take(desk, party, made)
    row, team = party.row, _seat_team(desk, party.row)
    holds = update(REFERRALS).where(REFERRALS.c.id == row.id).values(receiver_holder=team)
    desk.db.execute(holds)
    _hand_over(desk, party, team)


def _seat_team(desk: Desk, row: ReferralRow) -> HolderId:
    """Whoever accepts and every supervisor of their agency."""
    agency, custody = AgencyId(row.to_agency), desk.hub.custody
    team = make_holder(desk.db, custody, HolderKind.CARE_TEAM, agency, of=row.id, at=desk.at)
    supervisors = staff_with(desk.db, agency, [Role.SUPERVISOR])
    for person in [desk.sight.person, *(PersonId(each) for each, _name in supervisors)]:
        join(desk.db, team, person, desk.at)
    return team


def _hand_over(desk: Desk, party: Party, team: HolderId) -> None:
    """Everything the desk holds of this referral moves to the team, on the ground it stood on."""
    row, held = party.row, party.row.receiver_holder or ""
    notes = [note.envelope for note in queries.notes(desk.db, row)]
    own = [step.words for step in queries.events(desk.db, row) if step.words]
    wanted = [*crossed(desk, row), *(EnvelopeId(each) for each in [*own, *notes])]
    opened = open_entries(desk.db, desk.sight, wanted)
    release = consent.release_behind(desk, ReleaseId(row.release or ""))
    ground = ReleaseGround(release, Purpose.REFERRAL, None)
    for envelope, entry in opened.items():
        share_with(
            desk.db, desk.sight, envelope, [_passed_on(desk, entry, To(team, ground, release.ends))]
        )
    unshare(desk.db, desk.sight, Ending("taken_on", holder=HolderId(held), envelopes=list(opened)))


def _passed_on(desk: Desk, entry: Entry, released: To) -> To:
    own = entry.agency == desk.sight.agency
    return To(released.holder, OWN_WORK, OPEN_END) if own else released


def appoint(desk: Desk, party: Party, made: Move, meeting: Meeting) -> None:
    """Give her a day, an hour and a place; a newer appointment takes the place of an older.

    Raises:
        Changed, StepRefused, NotCovered: as `move`.
    """
    move(desk, party, made)
    sealing = Sealing(Category.PLAN, {"text": meeting.place}, party.row.case)
    place = seal(desk.db, desk.sight, sealing, audience(desk, party, made.step))
    row = AppointmentRow(
        id=fresh(),
        referral=party.row.id,
        at=meeting.at,
        place=place,
        made_at=desk.at,
        made_by=desk.sight.person,
    )
    desk.db.add(row)
    desk.db.flush()


def close(desk: Desk, party: Party, made: Move, closing: Closing) -> None:
    """Close the loop: only with an outcome, whether the need was met, who said so, and when.

    Raises:
        FormRefused: the closing does not hold together.
        Changed, StepRefused, NotCovered: as `move`.
    """
    settings = desk.hub.settings
    times = Times(desk.at, settings.zone, settings.language)
    sent_on = times.day_of(party.row.sent_at or desk.at)
    found = faults(closing, party.side, sent_on, times.today())
    if found:
        raise FormRefused(found)
    values = {
        "outcome": closing.outcome,
        "needs_met": closing.needs_met,
        "confirmer": closing.confirmer,
        "confirmed_on": closing.confirmed_on,
    }
    move(desk, party, made, values)
    desk.audit("referral.closed", referral=party.row.id, outcome=closing.outcome.value)


def write_note(desk: Desk, party: Party, words: str) -> None:
    """A note of the receiving agency's own; the sender never sees that there is one.

    Raises:
        NothingHere: the one who looks is not on the receiving side.
    """
    if party.side is not Side.RECEIVER:
        raise NothingHere
    own = To(HolderId(party.row.receiver_holder or ""), OWN_WORK, OPEN_END)
    sealing = Sealing(Category.WORKINGS, {"text": words}, party.row.case)
    envelope = seal(desk.db, desk.sight, sealing, [own])
    row = ReferralNoteRow(
        id=fresh(), referral=party.row.id, envelope=envelope, at=desk.at, by=desk.sight.person
    )
    desk.db.add(row)
    desk.db.flush()
    desk.audit("referral.noted", referral=party.row.id)


def step_off(desk: Desk, party: Party) -> None:
    """Whoever looks knows the person, and is kept out of it from the next request on.

    Those who hold it there are told that something is; when nobody is left who could open it, its
    sender finds it among what needs them.

    Raises:
        NothingHere: the one who looks is not on the receiving side.
    """
    row = party.row
    if party.side is not Side.RECEIVER:
        raise NothingHere
    holding = custodians(desk.db, HolderId(row.receiver_holder or ""))
    others = {each for each in holding if each != desk.sight.person}
    conflicts.step_off(desk, CaseId(row.case), sorted(others), row.id)
    if nobody_there(desk, row):
        unread = update(REFERRALS).where(REFERRALS.c.id == row.id).values(news=True)
        desk.db.execute(unread)
        tell(desk, case_managers(desk, row), row)


def note_news(desk: Desk, party: Party) -> None:
    """The sender has read the last answer; it leaves their list of work.

    Raises:
        NothingHere: the one who looks is not on the sending side.
    """
    if party.side is not Side.SENDER:
        raise NothingHere
    read = update(REFERRALS).where(REFERRALS.c.id == party.row.id).values(news=False)
    desk.db.execute(read)
