"""What is done with an item and its decisions, by the care team whose case it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from conferencing import decision, item, queries
from conferencing.agenda import next_position
from conferencing.conference import OPEN_TO_DECISIONS, OPEN_TO_ITEMS, OPEN_TO_READERS
from conferencing.moving import change
from conferencing.queries import Place
from conferencing.sharing import give, matters, meet, outside, same_readers, table
from conferencing.tables import DecisionRow, ItemRow
from hub.cases.queries import care_team, case
from hub.consent.brake import Haste
from hub.core.clock import OPEN_END
from hub.core.errors import FormRefused, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import CaseId, EnvelopeId, ItemId, PersonId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import NEVER_RELEASED, Category, Ground
from hub.desk import Desk, Notice
from hub.door import Ending, Sealing, To, custodians, seal, unshare
from hub.door.readers import promised, readers
from hub.door.shares import call_back
from hub.door.wall import Errand, errand
from hub.store import outbox
from pathways.referrals.drafts import Reminder


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item as its owner writes it: a topic, and the question the table is to answer."""

    case: CaseId
    category: Category
    presenter: PersonId
    minutes: int
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was agreed, who does it and by when."""

    words: str
    doer: PersonId
    due_at: datetime


def propose(desk: Desk, place: Place, proposal: Proposal) -> ItemId:
    """Write an item, for the care team alone; nobody else can read it until it is admitted.

    Raises:
        NothingHere: not a case of this team's.
        StepRefused: the agenda is closed, the case is closed, or the presenter cannot present it.
    """
    if place.meeting.state not in OPEN_TO_ITEMS:
        raise StepRefused(_("The agenda is closed. Ask the person who called the meeting."))
    _refuse_closed(desk, proposal.case)
    if proposal.category in NEVER_RELEASED:
        raise StepRefused(_("Choose what it is about from the list."))
    if proposal.presenter not in presenters(desk, place, proposal.case):
        raise StepRefused(_("Choose somebody of the care team who has a seat at this meeting."))
    row = _item_row(desk, place, proposal)
    desk.db.add(row)
    desk.db.flush()
    desk.audit("conference.item_proposed", item=row.id, case=row.case, minutes=row.minutes)
    return ItemId(row.id)


def _refuse_closed(desk: Desk, about: CaseId) -> None:
    if case(desk, about).closed_at is not None:
        raise StepRefused(_("This case is closed, so it cannot come on an agenda."))


def presenters(desk: Desk, place: Place, about: CaseId) -> list[PersonId]:
    """Who can present an item about a case: its care team, as far as it has seats."""
    seated = {row.person for row in queries.seats(desk.db, place.meeting.id)}
    return [each for each in custodians(desk.db, care_team(desk.db, about)) if each in seated]


def _item_row(desk: Desk, place: Place, proposal: Proposal) -> ItemRow:
    return ItemRow(
        id=fresh(),
        conference=place.meeting.id,
        case=proposal.case,
        agency=desk.sight.agency,
        category=proposal.category,
        presenter=proposal.presenter,
        minutes=proposal.minutes,
        position=next_position(_places_taken(desk, place)),
        state=item.State.PROPOSED,
        envelope=_sealed_for_team(desk, proposal),
    )


def _places_taken(desk: Desk, place: Place) -> list[int]:
    """The places of all items of a meeting, whoever's they are; they are shown to nobody."""
    taken = select(col(ItemRow.position)).where(col(ItemRow.conference) == place.meeting.id)
    with errand(desk.db, Errand.COUNTING):
        return list(desk.db.execute(taken).scalars())


def _sealed_for_team(desk: Desk, proposal: Proposal) -> EnvelopeId:
    body = {"topic": proposal.topic, "question": proposal.text}
    team = To(care_team(desk.db, proposal.case), OWN_WORK, OPEN_END)
    return seal(desk.db, desk.sight, Sealing(proposal.category, body, proposal.case), [team])


@dataclass(frozen=True, slots=True)
class Giving:
    """What is known when an item is given to others: that she was reminded of exactly this.

    Attributes:
        version: the item's, as its page showed it.
        place_reason: why they must know where she is; an item about that is not given without.
        haste: why it cannot wait; None lets it wait where it must.
    """

    version: int
    reminder: Reminder
    place_reason: str
    haste: Haste | None


def admit(desk: Desk, place: Place, row: ItemRow, giving: Giving) -> None:
    """Put an item on the agenda and give it to those it was released to.

    Raises:
        StepRefused: it is not open to this now, or nobody outside the agency could hear it.
        Changed: it was moved since the page was opened.
    """
    _advance(place, row, item.Step.ADMIT)
    _refuse_closed(desk, CaseId(row.case))
    meet(desk, row)
    (matter,) = matters(desk, [row])
    if not outside(matter, table(desk, place.meeting.id)):
        raise StepRefused(
            _(
                "Nobody of another agency could read this item: she has released nothing to them "
                "that covers it. Below you see what stands in the way."
            )
        )
    _give(desk, row, giving, {"state": item.State.ADMITTED})
    desk.audit("conference.item_moved", item=row.id, step=item.Step.ADMIT.value)


def _give(desk: Desk, row: ItemRow, giving: Giving, values: Mapping[str, Any]) -> None:
    """Write down what she was reminded of, and give the item to those who may read it.

    Raises:
        FormRefused: it says where she is, and nobody said why they must know.
    """
    if row.category is Category.LOCATION and not giving.place_reason:
        said = _("Say why they must know where she is, or do not put it on the agenda.")
        raise FormRefused({"place_reason": said})
    reminder, haste = giving.reminder, giving.haste
    change(
        desk,
        row,
        giving.version,
        {
            "reminded_at": reminder.at,
            "reminded_by": desk.sight.person,
            "reminded_mode": reminder.mode,
            "reminder": _aside(desk, row, reminder.words),
            "place_reason": _aside(desk, row, giving.place_reason),
            "hurry": haste.hurry if haste else None,
            "hurry_words": _aside(desk, row, haste.words if haste else ""),
            "opens_at": give(desk, row, haste),
            **values,
        },
    )


def _aside(desk: Desk, row: ItemRow, words: str) -> EnvelopeId | None:
    """Words beside an item that stay with the care team."""
    if not words:
        return None
    team = To(care_team(desk.db, CaseId(row.case)), OWN_WORK, OPEN_END)
    sealing = Sealing(Category.WORKINGS, {"text": words}, row.case)
    return seal(desk.db, desk.sight, sealing, [team])


def _advance(place: Place, row: ItemRow, step: item.Step) -> item.State:
    """Where the step leads.

    Raises:
        StepRefused: not from here, or not while the meeting stands where it does.
    """
    now = advance(item.STEPS, row.state, step, item.Side.OWNER)
    if place.meeting.state not in item.WHILE[step]:
        raise StepRefused(_("The meeting does not stand where this can be done."))
    return now


def let_in(desk: Desk, place: Place, row: ItemRow, giving: Giving) -> None:
    """Give an admitted item to those who may read it by now and cannot yet.

    Raises:
        StepRefused: it is not on the agenda, or the meeting is over.
        Changed: it was moved since the page was opened.
    """
    if row.state not in item.ON_THE_AGENDA or place.meeting.state not in OPEN_TO_READERS:
        raise StepRefused(_("This item is not on an agenda, so nobody else is given it."))
    _give(desk, row, giving, {})
    desk.audit("conference.item_moved", item=row.id, step="let_in")


CALLED_BACK: Final = MappingProxyType(
    dict.fromkeys(
        ("reminded_at", "reminded_by", "reminded_mode", "reminder", "place_reason", "opens_at")
    )
)
"""What an item loses that is called back: she is reminded again before it goes anywhere."""


def _call_back(desk: Desk, row: ItemRow) -> Mapping[str, Any]:
    """Take an item back before those it was last given to can open it; others lose it as well.

    Raises:
        StepRefused: they can open it by now.
    """
    (matter,) = matters(desk, [row])
    waiting = row.opens_at is not None and desk.at < row.opens_at
    if not waiting or call_back(desk.db, desk.sight, matter.papers) == 0:
        raise StepRefused(_("They can open it by now, so it cannot be called back. Take it back."))
    for person in {person for _paper, person in matter.waits}:
        seat = queries.seat_of(desk.db, row.conference, person)
        outbox.withdraw_news(desk.db, seat or "", desk.at)
    return CALLED_BACK


def take_item_step(
    desk: Desk, place: Place, row: ItemRow, step: item.Step, version: int
) -> item.State:
    """Move an item along one arrow; taking it off ends what others could read of it.

    Raises:
        StepRefused: the table has no such arrow from here, or admitting was asked for.
        Changed: it was moved since the page was opened.
    """
    now = _advance(place, row, step)
    if step is item.Step.ADMIT:
        raise StepRefused(_("Say on the item's page that you have reminded her."))
    lost = _call_back(desk, row) if step is item.Step.RECALL else {}
    if step in {item.Step.WITHDRAW, item.Step.RECALL}:
        _end_for_others(desk, row)
    change(desk, row, version, {"state": now, **lost})
    desk.audit("conference.item_moved", item=row.id, step=step.value)
    return now


def _end_for_others(desk: Desk, row: ItemRow) -> None:
    paper = EnvelopeId(row.envelope)
    found = readers(desk.db, desk.sight, [paper])
    found += [each for each, _opens in promised(desk.db, desk.sight, [paper])]
    for holder in {each.holder for each in found if each.ground is not Ground.OWN_WORK}:
        unshare(desk.db, desk.sight, Ending("taken_off", holder=holder, envelopes=[paper]))


def record_decision(desk: Desk, place: Place, row: ItemRow, resolution: Resolution) -> str:
    """Write down what was agreed about an item, for exactly those who can read the item.

    Raises:
        StepRefused: not while the meeting stands there, or who is to do it cannot read the item.
    """
    if place.meeting.state not in OPEN_TO_DECISIONS:
        raise StepRefused(_("Decisions are written down during the meeting or right after it."))
    if row.state is item.State.ADMITTED:
        take_item_step(desk, place, row, item.Step.DISCUSS, row.version)
    if row.state is not item.State.DISCUSSED:
        raise StepRefused(_("This item was not discussed, so there is nothing to write down."))
    if resolution.doer not in doers(desk, place, row):
        raise StepRefused(_("Choose somebody at the table who can read this item."))
    made = _decision_row(desk, row, resolution)
    desk.db.add(made)
    desk.db.flush()
    if resolution.doer != desk.sight.person:
        seat = queries.seat_of(desk.db, row.conference, resolution.doer)
        desk.notify(resolution.doer, Notice(row.case, seat))
    desk.audit("conference.decided", item=row.id, decision=made.id, to_person=resolution.doer)
    return made.id


def doers(desk: Desk, place: Place, row: ItemRow) -> list[PersonId]:
    """Who at the table can read an item now, and so can be asked to do something about it."""
    reading = {each.person for each in readers(desk.db, desk.sight, [EnvelopeId(row.envelope)])}
    seated = queries.seats(desk.db, place.meeting.id)
    return [PersonId(each.person) for each in seated if each.person in reading]


def _decision_row(desk: Desk, row: ItemRow, resolution: Resolution) -> DecisionRow:
    to = [To(care_team(desk.db, CaseId(row.case)), OWN_WORK, OPEN_END), *same_readers(desk, row)]
    sealing = Sealing(row.category, {"decision": resolution.words}, row.case)
    return DecisionRow(
        id=fresh(),
        task=fresh(),
        item=row.id,
        envelope=seal(desk.db, desk.sight, sealing, to),
        doer=resolution.doer,
        due_at=resolution.due_at,
        state=decision.State.OPEN,
        made_at=desk.at,
    )


def take_decision_step(
    desk: Desk, place: Place, ref: str, step: decision.Step, version: int
) -> decision.State:
    """Say what became of a decision.

    Args:
        ref: the id by which the one who asks knows it: its doer's or its keeper's.

    Raises:
        NothingHere: there is none such, or I do not hold it.
        StepRefused: the table has no such arrow from here for this side.
        Changed: it was moved since the page was opened.
    """
    row, _about = queries.decision_held(desk, place, ref)
    side = decision.Side.DOER if row.task == ref else decision.Side.KEEPER
    now = advance(decision.STEPS, row.state, step, side)
    change(desk, row, version, {"state": now, "moved_at": desk.at})
    desk.audit("conference.decision_moved", decision=row.id, step=step.value)
    return now
