"""What conferences bring to the start page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from conferencing import decision, queries
from conferencing.conference import Side, State, minutes_due
from conferencing.queries import Place
from hub.core.language import _
from hub.desk import Desk, WorkItem

LINGERS: Final = timedelta(hours=12)
"""How long after its planned end a meeting that nobody ended is still shown to its participants."""


def my_meetings(desk: Desk) -> list[WorkItem]:
    """The meetings I am asked to, soonest first; for the chair also what moves them on."""
    return [item for place in queries.places_to_come(desk) for item in _meeting(desk, place)]


def _meeting(desk: Desk, place: Place) -> Iterator[WorkItem]:
    row, begun = place.meeting, place.meeting.starts_at <= desk.at
    if place.side is Side.CHAIR and row.state is State.DRAFT:
        sentence = _("Nobody is invited yet. Choose who should come, then send the invitations.")
        yield _work(place, row.starts_at, sentence, _("Go on"), overdue=begun)
    elif place.side is Side.CHAIR and begun and row.state is not State.IN_SESSION:
        sentence = _("Its hour has come. Begin it, or cancel it.")
        yield _work(place, row.starts_at, sentence, _("Open"), overdue=True)
    elif row.state is State.IN_SESSION or desk.at < place.ends_at + LINGERS:
        yield _work(place, row.starts_at, _sentence(place), _("Open your agenda"), overdue=begun)


def _sentence(place: Place) -> str:
    if place.seat.acknowledged_at is None:
        return _("Read the confidentiality statement; then your agenda opens.")
    if place.meeting.state is State.CALLED:
        return _("You can put something on the agenda until it is closed.")
    if place.meeting.state is State.IN_SESSION:
        return _("It is going on now.")
    return _("The agenda is closed.")


def _work(
    place: Place, due: datetime, sentence: str, step: str, *, overdue: bool = False
) -> WorkItem:
    return WorkItem(
        due=due,
        what=str(place.meeting.kind.label),
        sentence=sentence,
        href=f"/conferences/{place.seat.id}",
        step=step,
        overdue=overdue,
    )


def minutes_to_send(desk: Desk) -> list[WorkItem]:
    """Meetings I chaired that were held and whose minutes have not gone round."""
    held = [
        place
        for place in queries.places_past(desk)
        if place.meeting.state is State.HELD and place.side is Side.CHAIR
    ]
    return [_minutes(desk, place) for place in held]


def _minutes(desk: Desk, place: Place) -> WorkItem:
    ended = place.meeting.ended_at or place.ends_at
    due = minutes_due(ended, desk.hub.settings.zone)
    sentence = _("It was held. Once the decisions are written down, send the minutes round.")
    return _work(place, due, sentence, _("Open"), overdue=due <= desk.at)


def my_tasks(desk: Desk) -> list[WorkItem]:
    """What was decided that I am to do and have not finished."""
    return [
        WorkItem(
            due=row.due_at,
            what=_("Something you agreed to do"),
            sentence=_("Decided at a meeting: {kind}. Do it, then say what became of it.").format(
                kind=kind.label
            ),
            href=f"/conferences/{seat.id}",
            step=_("Open"),
            overdue=row.due_at <= desk.at,
        )
        for row, seat, kind in queries.my_tasks(desk, decision.STILL_TO_DO)
    ]


def not_on_agenda(desk: Desk) -> list[WorkItem]:
    """Items I am to present that are written and not on the agenda yet."""
    found = queries.my_proposals(desk)
    codes = queries.codes(desk, [row.case for row, _seat, _meeting in found])
    return [
        WorkItem(
            due=meeting.starts_at,
            what=f"{codes[row.case]} · " + _("not on the agenda yet"),
            sentence=_("See who may hear your item, remind her, then put it on the agenda."),
            href=f"/conferences/{seat.id}/items/{row.id}",
            step=_("Look at it"),
        )
        for row, seat, meeting in found
    ]
