"""A meeting in words: what everybody at the table knows of it, and how far it has come."""

from collections.abc import Mapping
from typing import Final

from conferencing import queries
from conferencing.conference import STEPS, Side, State, Step
from conferencing.queries import Place
from conferencing.views import Choice, ListedMeeting, Meeting
from hub.core.ids import EnvelopeId
from hub.core.language import Lazy, lazy
from hub.core.states import open_steps
from hub.desk import Desk
from hub.door import open_entries

STAGES: Final[tuple[tuple[State, Lazy], ...]] = (
    (State.CALLED, lazy("Called")),
    (State.AGENDA_LOCKED, lazy("Agenda closed")),
    (State.IN_SESSION, lazy("Meeting")),
    (State.MINUTES_CIRCULATED, lazy("Minutes sent round")),
    (State.CLOSED, lazy("Closed")),
)
"""What the bar at the top of a meeting's page shows, in order."""

REACHED: Final[Mapping[State, int]] = {
    State.DRAFT: -1,
    State.CALLED: 0,
    State.AGENDA_LOCKED: 1,
    State.IN_SESSION: 2,
    State.HELD: 2,
    State.MINUTES_CIRCULATED: 3,
    State.CLOSED: 4,
}


def meeting(desk: Desk, place: Place) -> Meeting:
    """One meeting as everybody at the table knows it."""
    row = place.meeting
    arrangements = EnvelopeId(row.arrangements)
    opened = open_entries(desk.db, desk.sight, [arrangements])
    known = opened[arrangements].body["text"] if arrangements in opened else ""
    return Meeting(
        seat=place.seat.id,
        kind=str(row.kind.label),
        state=row.state.value,
        state_label=str(row.state.label),
        starts_at=row.starts_at,
        ends_at=place.ends_at,
        minutes=row.minutes,
        place="" if row.state is State.CANCELLED else known,
        chair=queries.who(desk.db, [row.chair])[row.chair],
        chaired=place.side is Side.CHAIR,
        version=row.version,
    )


def listed(desk: Desk, places: list[Place]) -> tuple[ListedMeeting, ...]:
    """Meetings for a list."""
    chairs = queries.who(desk.db, {place.meeting.chair for place in places})
    return tuple(
        ListedMeeting(
            seat=place.seat.id,
            kind=str(place.meeting.kind.label),
            state=place.meeting.state.value,
            state_label=str(place.meeting.state.label),
            starts_at=place.meeting.starts_at,
            chair=chairs[place.meeting.chair],
            chaired=place.side is Side.CHAIR,
        )
        for place in places
    )


def progress(state: State) -> tuple[tuple[str, str, str], ...]:
    """The bar: (words, detail, done or now or todo); empty for a draft and a cancelled meeting."""
    if state not in REACHED or state is State.DRAFT:
        return ()
    at = REACHED[state]
    over = state in {State.HELD, State.CLOSED, State.MINUTES_CIRCULATED}
    stages = []
    for place, (_stage, label) in enumerate(STAGES):
        now = "done" if over else "now"
        stands = "done" if place < at else now if place == at else "todo"
        stages.append((str(label), "", stands))
    return tuple(stages)


def steps(place: Place) -> tuple[Choice, ...]:
    """The buttons that are open to me."""
    found: list[Step] = open_steps(STEPS, place.meeting.state, place.side)
    return tuple(Choice(step.value, str(step.label)) for step in found)
