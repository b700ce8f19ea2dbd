"""What is done with a meeting: prepare it, invite, move it on, confirm the statement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from conferencing import queries
from conferencing.conference import (
    OPEN_TO_GUESTS,
    STATEMENT_EDITION,
    STEPS,
    Kind,
    Reason,
    Side,
    State,
    Step,
)
from conferencing.moving import change
from conferencing.queries import Place
from conferencing.sharing import own_holder
from conferencing.tables import ConferenceRow, SeatRow
from hub.core.clock import OPEN_END
from hub.core.errors import StepRefused
from hub.core.grounds import OWN_WORK, Invitation
from hub.core.ids import AgencyId, ConferenceId, EnvelopeId, PersonId, SeatId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import Category
from hub.desk import Desk, Notice
from hub.door import Ending, Sealing, To, seal, share, unshare
from hub.door.wall import Errand, errand
from hub.people.tables import AgencyRow, PersonRoleRow, PersonRow
from hub.store.outbox import Letter, post, withdraw
from hub.store.unit import rows_changed
from hub.web.routes import COORDINATORS, WORKERS

AT_THE_TABLE: Final = WORKERS | COORDINATORS
"""The roles that can be asked to a meeting; what they hear there is another question."""


@dataclass(frozen=True, slots=True)
class Arrangements:
    """When and where a meeting is; `place` is sealed and reaches those who are invited."""

    starts_at: datetime
    minutes: int
    place: str


def prepare(desk: Desk, kind: Kind, reason: Reason, arrangements: Arrangements) -> SeatId:
    """Begin a meeting, with the one who calls it in the chair; nobody else knows of it yet."""
    conference, seat = ConferenceId(fresh()), SeatId(fresh())
    row = ConferenceRow(
        id=conference,
        kind=kind,
        reason=reason,
        chair=desk.sight.person,
        starts_at=arrangements.starts_at,
        minutes=arrangements.minutes,
        state=State.DRAFT,
        arrangements=_sealed(desk, arrangements.place),
        arranged_at=desk.at,
    )
    desk.db.add(row)
    desk.db.flush()
    desk.db.add(_seat_row(desk, row, seat, desk.sight.person, desk.sight.agency))
    desk.db.flush()
    desk.audit("conference.prepared", conference=conference, kind=kind.value)
    return seat


def _sealed(desk: Desk, place: str) -> EnvelopeId:
    mine = To(own_holder(desk, desk.sight.person), OWN_WORK, OPEN_END)
    return seal(desk.db, desk.sight, Sealing(Category.ARRANGEMENTS, {"text": place}, ""), [mine])


def _seat_row(
    desk: Desk, meeting: ConferenceRow, seat: SeatId, person: str, agency: str
) -> SeatRow:
    return SeatRow(
        id=seat,
        conference=meeting.id,
        person=person,
        agency=agency,
        uid=fresh(),
        made_at=desk.at,
    )


def invite(desk: Desk, place: Place, people: Sequence[PersonId]) -> int:
    """Give these people a seat; those who have one keep it. Returns how many seats were added.

    While the meeting is prepared they do not know; once it is called they are invited at once.

    Raises:
        StepRefused: not in the chair, too late, or one of them cannot be asked.
    """
    _refuse_unless_chair(place)
    if place.meeting.state not in OPEN_TO_GUESTS:
        raise StepRefused(_("It is too late to invite anybody: the meeting has begun or is over."))
    seated = {row.person for row in queries.seats(desk.db, place.meeting.id)}
    agencies = _askable(desk, [person for person in people if person not in seated])
    rows = [
        _seat_row(desk, place.meeting, SeatId(fresh()), person, agency)
        for person, agency in agencies.items()
    ]
    desk.db.add_all(rows)
    desk.db.flush()
    if place.meeting.state is not State.DRAFT:
        _send_invitations(desk, place.meeting, rows)
    for row in rows:
        desk.audit("conference.seated", conference=place.meeting.id, to_person=row.person)
    return len(rows)


def _refuse_unless_chair(place: Place) -> None:
    if place.side is not Side.CHAIR:
        raise StepRefused(_("Only the person who called the meeting can do this."))


def _askable(desk: Desk, people: Sequence[PersonId]) -> dict[PersonId, AgencyId]:
    """These people and their agencies.

    Raises:
        StepRefused: somebody among them left, or has no role that sits at a meeting.
    """
    at_work = (
        select(col(PersonRow.id), col(PersonRow.agency))
        .join(AgencyRow, col(AgencyRow.id) == col(PersonRow.agency))
        .join(PersonRoleRow, col(PersonRoleRow.person) == col(PersonRow.id))
        .where(
            col(PersonRow.id).in_(people),
            col(PersonRow.disabled_at).is_(None),
            col(AgencyRow.closed_at).is_(None),
            col(PersonRoleRow.role).in_(list(AT_THE_TABLE)),
        )
    )
    found = {PersonId(row[0]): AgencyId(row[1]) for row in desk.db.execute(at_work)}
    if set(found) != set(people):
        raise StepRefused(_("One of these people cannot be invited any more. Choose again."))
    return {person: found[person] for person in people}


def _send_invitations(desk: Desk, meeting: ConferenceRow, rows: Sequence[SeatRow]) -> None:
    """Let these people know the place and the hour, by a message that says neither."""
    asked = [row for row in rows if row.person != meeting.chair]
    to = [To(own_holder(desk, PersonId(row.person)), Invitation(row.id), OPEN_END) for row in asked]
    if to:
        share(desk.db, desk.sight, EnvelopeId(meeting.arrangements), to)
    for row in rows:
        row.invited_at = desk.at
        desk.db.add(row)
        post(desk.db, Letter.MEETING, PersonId(row.person), desk.at, row.id)
    desk.db.flush()


def excuse(desk: Desk, place: Place, person: PersonId) -> None:
    """Take somebody's seat away, with all they could read of the meeting through it.

    Raises:
        StepRefused: not in the chair, it is the chair's own seat, or nobody's.
    """
    _refuse_unless_chair(place)
    found = [row for row in queries.seats(desk.db, place.meeting.id) if row.person == person]
    if not found or person == place.meeting.chair:
        raise StepRefused(_("That person has no seat that can be taken away."))
    row = found[0]
    row.removed_at = desk.at
    desk.db.add(row)
    _take_keys_back(desk, row)
    withdraw(desk.db, row.id, desk.at)
    desk.audit("conference.excused", conference=place.meeting.id, to_person=person)


def _take_keys_back(desk: Desk, seat: SeatRow) -> None:
    """The chair ends what others gave, too, and is shown nothing of it."""
    unshare(desk.db, desk.sight, Ending("seat_taken", record=seat.id))
    with errand(desk.db, Errand.ENDING):
        papers = queries.papers_of(desk.db, seat.conference)
        if papers:
            holder = own_holder(desk, PersonId(seat.person))
            unshare(desk.db, desk.sight, Ending("seat_taken", holder=holder, envelopes=papers))


def acknowledge(desk: Desk, place: Place) -> None:
    """Confirm the confidentiality statement; confirming it twice changes nothing."""
    unconfirmed = (col(SeatRow.id) == place.seat.id, col(SeatRow.acknowledged_at).is_(None))
    confirmed = update(SeatRow).where(*unconfirmed)
    values = {"acknowledged_at": desk.at, "statement": STATEMENT_EDITION}
    if rows_changed(desk.db.execute(confirmed.values(**values))):
        desk.audit("conference.acknowledged", seat=place.seat.id, edition=STATEMENT_EDITION)


def rearrange(desk: Desk, place: Place, arrangements: Arrangements, version: int) -> None:
    """Change the hour or the place; everybody invited is told that something is waiting.

    Raises:
        StepRefused: not in the chair, or too late.
        Changed: the meeting was moved on since the page was opened.
    """
    _refuse_unless_chair(place)
    meeting = place.meeting
    if meeting.state not in OPEN_TO_GUESTS:
        raise StepRefused(_("The meeting has begun or is over, so it stays as it was arranged."))
    old = EnvelopeId(meeting.arrangements)
    unshare(desk.db, desk.sight, Ending("replaced", envelopes=[old]))
    change(
        desk,
        meeting,
        version,
        {
            "starts_at": arrangements.starts_at,
            "minutes": arrangements.minutes,
            "arrangements": _sealed(desk, arrangements.place),
            "arranged_at": desk.at,
        },
    )
    if meeting.state is not State.DRAFT:
        seated = queries.seats(desk.db, meeting.id)
        _drop_messages(desk, seated)
        _send_invitations(desk, meeting, seated)
    desk.audit("conference.rearranged", conference=meeting.id)


def take_step(desk: Desk, place: Place, step: Step, version: int) -> State:
    """Move a meeting along one arrow.

    Raises:
        StepRefused: the table has no such arrow from here for this side, or nobody is invited.
        Changed: it was moved since the page was opened.
    """
    meeting, was = place.meeting, place.meeting.state
    now = advance(STEPS, was, step, place.side)
    if step is Step.CALL:
        _refuse_empty_table(desk, meeting)
    ended = {"ended_at": desk.at} if step is Step.END else {}
    change(desk, meeting, version, {"state": now, **ended})
    if step in _EFFECTS:
        _EFFECTS[step](desk, meeting)
    desk.audit("conference.moved", conference=meeting.id, step=step.value, was=was.value)
    return now


def _refuse_empty_table(desk: Desk, meeting: ConferenceRow) -> None:
    if len(queries.seats(desk.db, meeting.id)) < 2:
        raise StepRefused(_("Nobody is invited yet. Choose who should come first."))


def _call(desk: Desk, meeting: ConferenceRow) -> None:
    _send_invitations(desk, meeting, queries.seats(desk.db, meeting.id))


def _call_off(desk: Desk, meeting: ConferenceRow) -> None:
    """Nothing more is sent, and whoever knew of it is told that something is waiting."""
    seated = queries.seats(desk.db, meeting.id)
    _drop_messages(desk, seated)
    _tell(desk, [row for row in seated if row.invited_at is not None])


def _drop_messages(desk: Desk, seated: Sequence[SeatRow]) -> None:
    for row in seated:
        withdraw(desk.db, row.id, desk.at)


def _send_round(desk: Desk, meeting: ConferenceRow) -> None:
    _tell(desk, queries.seats(desk.db, meeting.id))


def _tell(desk: Desk, seated: Sequence[SeatRow]) -> None:
    for row in seated:
        if row.person != desk.sight.person:
            desk.notify(PersonId(row.person), Notice("", row.id))


_EFFECTS: Final[Mapping[Step, Callable[[Desk, ConferenceRow], None]]] = {
    Step.CALL: _call,
    Step.CANCEL: _call_off,
    Step.CIRCULATE: _send_round,
}
