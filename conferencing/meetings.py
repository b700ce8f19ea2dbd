"""A meeting in words: what everybody at the table knows of it, and how far it has come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from babel.dates import format_datetime

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

FAR: Final = timedelta(days=90)

REACHED: Final[Mapping[State, int]] = {
    State.DRAFT: -1,
    State.CALLED: 0,
    State.AGENDA_LOCKED: 1,
    State.IN_SESSION: 2,
    State.HELD: 2,
    State.MINUTES_CIRCULATED: 3,
    State.CLOSED: 4,
}


NEXT: Final[Mapping[tuple[State, Side], Lazy]] = {
    (State.DRAFT, Side.CHAIR): lazy("Choose who comes, then send the invitations."),
    (State.CALLED, Side.CHAIR): lazy(
        "Until you close the agenda, everybody can put items on it. Close it when you are ready."
    ),
    (State.CALLED, Side.PARTICIPANT): lazy(
        "Until the agenda is closed you can put something on it. Then the meeting begins."
    ),
    (State.AGENDA_LOCKED, Side.CHAIR): lazy("Begin when everybody is there."),
    (State.AGENDA_LOCKED, Side.PARTICIPANT): lazy("The agenda is closed. Next is the meeting."),
    (State.IN_SESSION, Side.CHAIR): lazy(
        "Whoever does not have an item on their agenda leaves the room for it. Each care team "
        "writes down what is decided."
    ),
    (State.IN_SESSION, Side.PARTICIPANT): lazy(
        "You are in the room for the items on your agenda, and only for those."
    ),
    (State.HELD, Side.CHAIR): lazy(
        "Once the decisions are written down, send the minutes round. Each person gets what was "
        "decided about their own items."
    ),
    (State.HELD, Side.PARTICIPANT): lazy("The minutes come next: you will be told."),
    (State.MINUTES_CIRCULATED, Side.CHAIR): lazy(
        "Everybody was told that the minutes are here. Close the conference when nothing is open."
    ),
    (State.MINUTES_CIRCULATED, Side.PARTICIPANT): lazy(
        "These are the minutes: your items, and what was decided about them."
    ),
    (State.CLOSED, Side.CHAIR): lazy("It is closed. What was decided can still be reported on."),
    (State.CLOSED, Side.PARTICIPANT): lazy(
        "It is closed. What was decided can still be reported on."
    ),
}
"""What happens next, for each side of the table."""


def next_words(place: Place) -> str:
    """What happens next, in a sentence; "" for a cancelled meeting."""
    return str(NEXT.get((place.meeting.state, place.side), ""))


def when(desk: Desk, at: datetime) -> str:
    """A moment for a list: weekday, day and hour while it is near, else the day with its year."""
    settings = desk.hub.settings
    far = abs(at - desk.at) > FAR
    pattern = "d MMM y" if far else "EEE d MMM, HH:mm"
    return format_datetime(at, pattern, tzinfo=settings.zone, locale=settings.language)


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
            when=when(desk, place.meeting.starts_at),
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
