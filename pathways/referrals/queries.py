"""Reads of one referral: whoever is party to it, and nobody else, finds it under their address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session, col

from hub.cases import queries as cases
from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, CaseId, EnvelopeId
from hub.core.words import SpokenOf
from hub.desk import Desk
from hub.door import Entry, Sight, live, open_entries, seen
from hub.door.holders import teams_to_hold
from hub.door.wall import Errand, errand
from pathways.referrals.packet import Ask, Packet, packet
from pathways.referrals.referral import Side, Stage, State, Step
from pathways.referrals.tables import (
    AppointmentRow,
    ReferralEntryRow,
    ReferralEventRow,
    ReferralNoteRow,
    ReferralRow,
)
from pathways.statistics import Flow, months_shown


@dataclass(frozen=True, slots=True)
class Party:
    """A referral, and on which side of it the one who looks stands."""

    row: ReferralRow
    side: Side

    @property
    def ref(self) -> str:
        """The id in this side's addresses."""
        return self.row.sender_ref if self.side is Side.SENDER else self.row.receiver_ref

    @property
    def other_agency(self) -> AgencyId:
        """The agency on the other side."""
        sender = self.side is Side.SENDER
        return AgencyId(self.row.to_agency if sender else self.row.from_agency)


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about a referral that this side may read, opened at once.

    `note` rows are the receiving agency's own and are absent on the sender's side.
    """

    events: Sequence[ReferralEventRow]
    appointments: list[AppointmentRow]
    notes: Sequence[ReferralNoteRow]
    pieces: Sequence[ReferralEntryRow]
    opened: dict[EnvelopeId, Entry]

    @property
    def appointment(self) -> AppointmentRow | None:
        """The appointment that stands, the one given last; None before the first."""
        return self.appointments[-1] if self.appointments else None

    @property
    def last_sending(self) -> Sequence[ReferralEventRow]:
        """What happened since it was last sent: what was called back before never happened."""
        return since_sent(self.events)

    def entry(self, envelope: str | None) -> Entry | None:
        """An opened entry; None where there is none, or it is no longer readable."""
        return self.opened.get(EnvelopeId(envelope)) if envelope else None

    def words(self, envelope: str | None) -> str:
        """The words of an opened entry, "" where there are none."""
        entry = self.entry(envelope)
        return entry.body.get("text", "") if entry else ""


def sent_by(sight: Sight) -> list[ColumnElement[bool]]:
    """The sender's side: the sight carries the key of the case's care team."""
    return [
        col(ReferralRow.from_agency) == sight.agency,
        col(ReferralRow.sender_team).in_(sorted(sight.holders)),
    ]


def sent_to(sight: Sight) -> list[ColumnElement[bool]]:
    """The receiver's side: a live share of what she asks for is held by the sight.

    So the referral is gone for the receiver in the instant in which the release is. The statement
    must go through `seen`.
    """
    mine = live(sight)
    return [
        col(ReferralRow.to_agency) == sight.agency,
        exists().where(mine.c.envelope == col(ReferralRow.ask)),
    ]


def referral(desk: Desk, ref: str) -> Party:
    """The referral at this address.

    Raises:
        NothingHere: there is none, or the sight is on neither side of it.
    """
    sender = and_(col(ReferralRow.sender_ref) == ref, *sent_by(desk.sight))
    receiver = and_(col(ReferralRow.receiver_ref) == ref, *sent_to(desk.sight))
    row = _found(desk, or_(sender, receiver))
    if row is None:
        raise NothingHere
    return Party(row, Side.SENDER if row.sender_ref == ref else Side.RECEIVER)


def _found(desk: Desk, *conditions: ColumnElement[bool]) -> ReferralRow | None:
    wanted = seen(select(ReferralRow).where(*conditions), desk.sight)
    found: ReferralRow | None = desk.db.execute(wanted).scalar_one_or_none()
    return found


def hold(desk: Desk, ref: str) -> None:
    """Let nobody take back a release of this referral's case until this unit of work is over.

    Taken before anything else is read or written, as withdrawing takes it alone: so a withdrawal
    finds every share that was made, and the two never wait for each other in a ring.
    """
    ours = and_(
        col(ReferralRow.from_agency) == desk.sight.agency, col(ReferralRow.sender_ref) == ref
    )
    theirs = and_(
        col(ReferralRow.to_agency) == desk.sight.agency, col(ReferralRow.receiver_ref) == ref
    )
    behind = select(col(ReferralRow.case)).where(or_(ours, theirs))
    desk.db.execute(teams_to_hold(behind).with_for_update(read=True)).all()


def draft(desk: Desk, ref: str) -> ReferralRow:
    """A referral of this team's that is not sent yet.

    Raises:
        NothingHere: there is none at this address, or it has been sent.
    """
    draft = (col(ReferralRow.sender_ref) == ref, col(ReferralRow.state) == State.DRAFT)
    row = _found(desk, *draft, *sent_by(desk.sight))
    if row is None:
        raise NothingHere
    return row


def sent_already(desk: Desk, ref: str) -> bool:
    """Whether this team's referral at this address was sent."""
    ours = (col(ReferralRow.sender_ref) == ref, *sent_by(desk.sight))
    return _found(desk, *ours, col(ReferralRow.sent_at).is_not(None)) is not None


def taken_on_by_a_colleague(desk: Desk, ref: str) -> ReferralRow | None:
    """A referral this person's desk was sent, which a few colleagues now hold in its stead.

    Says that it was, under its number, and nothing of her; None once the release has ended, for
    those colleagues themselves, and for everybody who was not at that desk.
    """
    return _found(
        desk,
        col(ReferralRow.to_agency) == desk.sight.agency,
        col(ReferralRow.receiver_ref) == ref,
        col(ReferralRow.desk).in_(sorted(desk.sight.holders)),
        col(ReferralRow.receiver_holder).not_in(sorted(desk.sight.holders)),
        col(ReferralRow.stage) == Stage.TAKEN,
        col(ReferralRow.ends_at) > desk.at,
        col(ReferralRow.case).not_in(sorted(desk.sight.kept_out)),
    )


def pieces(db: Session, row: ReferralRow) -> list[ReferralEntryRow]:
    """What goes with a referral beside what she asks for, in the order it was ticked."""
    asked = select(ReferralEntryRow).where(col(ReferralEntryRow.referral) == row.id)
    return list(db.execute(asked.order_by(col(ReferralEntryRow.place))).scalars())


def events(db: Session, row: ReferralRow) -> list[ReferralEventRow]:
    """Every step taken, oldest first."""
    asked = select(ReferralEventRow).where(col(ReferralEventRow.referral) == row.id)
    return list(db.execute(asked.order_by(col(ReferralEventRow.place))).scalars())


def since_sent(events: Sequence[ReferralEventRow]) -> Sequence[ReferralEventRow]:
    """The last sending and what came after it; everything, when it was never sent."""
    sendings = [place for place, event in enumerate(events) if event.step is Step.SEND]
    return events[sendings[-1] :] if sendings else events


def appointments(db: Session, row: ReferralRow) -> list[AppointmentRow]:
    """Every appointment that was given, oldest first; the last one stands."""
    asked = select(AppointmentRow).where(col(AppointmentRow.referral) == row.id)
    return list(db.execute(asked.order_by(col(AppointmentRow.made_at))).scalars())


def story(desk: Desk, party: Party) -> Story:
    """The referral with all that this side may read of it, opened in one go."""
    row = party.row
    parts, steps, given = pieces(desk.db, row), events(desk.db, row), appointments(desk.db, row)
    own = notes(desk.db, row) if party.side is Side.RECEIVER else []
    steps = steps if party.side is Side.SENDER else list(since_sent(steps))
    wanted = [row.ask, *(part.envelope or part.source for part in parts)]
    wanted += [part.reason for part in parts if part.reason]
    wanted += [step.words for step in steps if step.words]
    wanted += [row.hurry_words] if row.hurry_words and party.side is Side.SENDER else []
    wanted += [meeting.place for meeting in given[-1:]]
    wanted += [note.envelope for note in own]
    return Story(steps, given, own, parts, _opened(desk, wanted))


def spoken_of(
    desk: Desk, row: ReferralRow, opened: Mapping[EnvelopeId, Entry] | None = None
) -> SpokenOf:
    """How a referral's pages speak of her.

    Her own care team has it from her case, as it is now; the receiver from what she asks for, as
    it was when that was sent. It is among `opened`, or opened for this.
    """
    if row.sender_team in desk.sight.holders:
        return cases.spoken_of(desk, CaseId(row.case))
    found = _opened(desk, [row.ask]) if opened is None else opened
    asked = found.get(EnvelopeId(row.ask))
    return Ask.read(asked.body).spoken_of if asked else SpokenOf.THEY


def notes(db: Session, row: ReferralRow) -> list[ReferralNoteRow]:
    """The receiving agency's own notes, newest first; only ever read for the receiver's side."""
    asked = select(ReferralNoteRow).where(col(ReferralNoteRow.referral) == row.id)
    return list(db.execute(asked.order_by(col(ReferralNoteRow.at).desc())).scalars())


def _opened(desk: Desk, envelopes: Iterable[str]) -> dict[EnvelopeId, Entry]:
    return open_entries(desk.db, desk.sight, [EnvelopeId(each) for each in envelopes])


def envelopes_numbered(desk: Desk, number: str) -> list[EnvelopeId]:
    """All that belongs to the referrals of this number, for an auditor; it opens nothing."""
    asked = select(ReferralRow).where(col(ReferralRow.number) == number.strip().upper())
    found: list[str | None] = []
    for row in desk.db.execute(asked).scalars():
        found.append(row.ask)
        found += [each for part in pieces(desk.db, row) for each in (part.envelope, part.reason)]
        found += [event.words for event in events(desk.db, row)]
        found += [given.place for given in appointments(desk.db, row)]
    return [EnvelopeId(each) for each in found if each]


def shown(row: ReferralRow, story: Story, at: datetime) -> Packet:
    """What the receiver is shown at a moment, or would be: the same before sending and after.

    A sent packet shows its copies; a draft shows the entries it will copy. `until` is when the
    release ends.

    Raises:
        NothingHere: what she asks for cannot be opened.
    """
    asked = story.entry(row.ask)
    if asked is None or row.ends_at is None:
        raise NothingHere
    bodies = [story.entry(part.envelope or part.source) for part in story.pieces]
    readable = [(entry.category, entry.body) for entry in bodies if entry is not None]
    return packet(Ask.read(asked.body), readable, row.ends_at, at)


def of_case(desk: Desk, case: CaseId) -> list[ReferralRow]:
    """Every referral from a case, newest first; none for whoever is not on the case."""
    asked = select(ReferralRow).where(*sent_by(desk.sight), col(ReferralRow.case) == case)
    newest = asked.order_by(col(ReferralRow.made_at).desc(), col(ReferralRow.id))
    return list(desk.db.execute(newest).scalars())


def flows(db: Session, sight: Sight) -> list[Flow]:
    """How many referrals each agency sent to each service in the months that are shown.

    Counted from routes alone; no key is needed. What leaves must go through `statistics`.
    """
    period = months_shown(sight.at)
    counted = (
        select(col(ReferralRow.from_agency), col(ReferralRow.service), func.count())
        .where(
            col(ReferralRow.sent_at) >= period.since,
            col(ReferralRow.sent_at) < period.until,
            col(ReferralRow.state) != State.ENTERED_IN_ERROR,
        )
        .group_by(col(ReferralRow.from_agency), col(ReferralRow.service))
        .order_by(col(ReferralRow.from_agency), col(ReferralRow.service))
    )
    with errand(db, Errand.COUNTING):
        return [Flow(*row) for row in db.execute(counted)]
