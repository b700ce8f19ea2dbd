"""What a release that is taken back does to meetings; the keys themselves are gone by then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from conferencing import item, queries
from conferencing.conference import TO_COME, State
from conferencing.tables import ConferenceRow, DecisionRow, ItemRow
from hub.consent.days import day
from hub.consent.queries import release
from hub.core.effects import Agreed, Effect, EffectKind, nothing_more
from hub.core.ids import EnvelopeId, PersonId, ReleaseId
from hub.core.language import ngettext
from hub.desk import Desk
from hub.door.ledgers import carriers
from hub.door.readers import readers
from hub.store import outbox
from hub.store.outbox import Letter

STILL_TOLD: Final = TO_COME | {State.HELD}
"""Until its minutes have gone round, what is said of a meeting is made anew for each reader."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What one person at one meeting can read of a case on releases that are taken back."""

    meeting: ConferenceRow
    person: PersonId
    release: ReleaseId
    items: int
    tasks: int


def release_effects(desk: Desk, releases: Sequence[Agreed]) -> list[Effect]:
    """What leaves which agendas and minutes, and the messages of those who have nothing left.

    The invitation itself still leaves: their seat is not hers to take. Items whose last reader
    outside is gone stay, for the care team.
    """
    losses = [loss for meeting in _meetings(desk, releases) for loss in _losses(desk, meeting)]
    names = queries.who(desk.db, [loss.person for loss in losses])
    effects = [_effect(desk, loss, names[loss.person]) for loss in losses]
    return [*effects, *_silences(desk, releases, losses, names)]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One meeting with what is on it of one case, by the envelopes, and the releases that go."""

    row: ConferenceRow
    case: str
    items: Sequence[EnvelopeId]
    decisions: Sequence[EnvelopeId]
    going: frozenset[ReleaseId]


def _meetings(desk: Desk, releases: Sequence[Agreed]) -> Iterator[_Meeting]:
    """Every meeting that is not told to its end yet, with what is on it of these cases."""
    going = frozenset(each.id for each in releases)
    asked = (
        select(ItemRow, ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(ItemRow.conference))
        .where(
            col(ItemRow.case).in_({each.case for each in releases}),
            col(ItemRow.state) != item.State.WITHDRAWN,
            col(ConferenceRow.state).in_(STILL_TOLD),
        )
        .order_by(col(ConferenceRow.starts_at), col(ConferenceRow.id), col(ItemRow.position))
    )
    found: dict[tuple[str, str], list[ItemRow]] = {}
    meetings: dict[str, ConferenceRow] = {}
    for row, meeting in desk.db.execute(asked):
        meetings[meeting.id] = meeting
        found.setdefault((meeting.id, row.case), []).append(row)
    for (meeting_id, case), rows in found.items():
        papers = [EnvelopeId(row.envelope) for row in rows]
        decided = _decided(desk, [row.id for row in rows])
        yield _Meeting(meetings[meeting_id], case, papers, decided, going)


def _decided(desk: Desk, items: Sequence[str]) -> list[EnvelopeId]:
    said = select(col(DecisionRow.envelope)).where(col(DecisionRow.item).in_(items))
    return [EnvelopeId(each) for each in desk.db.execute(said).scalars()]


def _losses(desk: Desk, meeting: _Meeting) -> list[Loss]:
    found: dict[tuple[PersonId, ReleaseId], set[EnvelopeId]] = {}
    papers = [*meeting.items, *meeting.decisions]
    for each in carriers(desk.db, desk.sight, meeting.case, papers):
        if each.record in meeting.going:
            mark = (each.person, ReleaseId(each.record))
            found.setdefault(mark, set()).add(each.envelope)
    return [
        Loss(
            meeting.row,
            person,
            release,
            len(lost & set(meeting.items)),
            len(lost & set(meeting.decisions)),
        )
        for (person, release), lost in found.items()
    ]


def _effect(desk: Desk, loss: Loss, name: str) -> Effect:
    over = loss.meeting.state is State.HELD
    kind = EffectKind.MINUTES if over else EffectKind.AGENDA
    said = [sentence for sentence in (_items(desk, loss, name), _tasks(loss, name)) if sentence]
    return Effect(loss.release, kind, loss.meeting.id, name, " ".join(said), nothing_more)


def _items(desk: Desk, loss: Loss, name: str) -> str:
    if not loss.items:
        return ""
    said = ngettext(
        "{n} item leaves the agenda of {name} for {day}.",
        "{n} items leave the agenda of {name} for {day}.",
        loss.items,
    )
    if loss.meeting.state is State.HELD:
        said = ngettext(
            "{n} item is left out of the minutes of {day} for {name}.",
            "{n} items are left out of the minutes of {day} for {name}.",
            loss.items,
        )
    return said.format(n=loss.items, name=name, day=day(desk.hub.settings, loss.meeting.starts_at))


def _tasks(loss: Loss, name: str) -> str:
    if not loss.tasks:
        return ""
    return ngettext(
        "{name} can no longer read {n} thing that was agreed about it.",
        "{name} can no longer read {n} things that were agreed about it.",
        loss.tasks,
    ).format(n=loss.tasks, name=name)


def _silences(
    desk: Desk, releases: Sequence[Agreed], losses: Sequence[Loss], names: dict[str, str]
) -> Iterator[Effect]:
    """News that has not left for those who will have nothing of ours on their agenda any more."""
    for meeting in _meetings(desk, releases):
        left = _reading_still(desk, meeting)
        mine = {loss.person: loss for loss in losses if loss.meeting.id == meeting.row.id}
        for seat in queries.seats(desk.db, meeting.row.id):
            loss = mine.get(PersonId(seat.person))
            if loss is None or loss.person in left:
                continue
            news = [
                each for each in outbox.waiting(desk.db, [seat.id]) if each.letter is Letter.WAITING
            ]
            if news:
                yield _silence(loss, seat.id, len(news), names[loss.person])


def _reading_still(desk: Desk, meeting: _Meeting) -> set[PersonId]:
    """Who will still have something on the agenda that we put there."""
    ours = carriers(desk.db, desk.sight, meeting.case, meeting.items)
    kept = {each.person for each in ours if each.record not in meeting.going}
    others = [EnvelopeId(row.envelope) for row in queries.own_items(desk, meeting.row.id)]
    beside = readers(desk.db, desk.sight, [each for each in others if each not in meeting.items])
    return kept | {each.person for each in beside}


def _silence(loss: Loss, seat: str, count: int, name: str) -> Effect:
    said = ngettext(
        "{n} message to {name} about the meeting is held back.",
        "{n} messages to {name} about the meeting are held back.",
        count,
    ).format(n=count, name=name)
    end = partial(_hold_back, seat)
    return Effect(loss.release, EffectKind.MESSAGE, seat, name, said, end)


def _hold_back(seat: str, desk: Desk) -> int:
    return outbox.withdraw_news(desk.db, seat, desk.at)


def drop_messages_of_less(desk: Desk, old: ReleaseId, _new: ReleaseId) -> None:
    """Hold back news for those to whom a release that took another's place gave nothing on.

    The keys of the old one are gone by then; whoever has none left of the case reads nothing.
    """
    about = release(desk, old)
    for meeting in _meetings(desk, [about]):
        left = _reading_still(desk, meeting)
        for seat in queries.seats(desk.db, meeting.row.id):
            if seat.agency == about.to_agency and seat.person not in left:
                outbox.withdraw_news(desk.db, seat.id, desk.at)
