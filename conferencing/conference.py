"""The life of a case conference, from a draft to its closing, and the words of its form.

Source: UN Women and IRC case management training, module 14; SafeLives guidance on meetings.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Final

from hub.core.states import Arrow, arrow, endings
from hub.core.words import Worded


class Kind(Worded):
    """What sort of meeting it is."""

    CASE_CONFERENCE = "case_conference", "Case conference"
    PLAN_REVIEW = "plan_review", "Review of a plan"
    HIGH_RISK = "high_risk", "High-risk meeting"
    MULTI_AGENCY = "multi_agency", "Meeting of several agencies"
    INTAKE = "intake", "Task force intake meeting"
    EMERGENCY = "emergency", "Emergency meeting"


class Reason(Worded):
    """Why it was called. Only the person who called it sees the reason: it may point at someone."""

    NEEDS_UNMET = "needs_unmet", "Needs are still unmet"
    COMPLEX = "complex", "Many agencies, or a complex situation"
    ESCALATION = "escalation", "The danger has grown"
    REPEAT = "repeat", "It has happened again"
    HAND_OVER = "hand_over", "The case changes hands"
    NEW_AGENCY = "new_agency", "Another agency joins"
    SURVIVOR_ASKED = "survivor_asked", "She asked for it"
    OTHER = "other", "Another reason"


class State(Worded):
    """Where a conference stands."""

    DRAFT = "draft", "Being prepared"
    CALLED = "called", "Called"
    AGENDA_LOCKED = "agenda_locked", "Agenda closed"
    IN_SESSION = "in_session", "Going on now"
    HELD = "held", "Held"
    MINUTES_CIRCULATED = "minutes_circulated", "Minutes sent round"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class Step(Worded):
    """What can happen to a conference; the label is the button's."""

    CALL = "call", "Send the invitations"
    LOCK = "lock", "Close the agenda"
    UNLOCK = "unlock", "Open the agenda again"
    BEGIN = "begin", "Begin the meeting"
    END = "end", "End the meeting"
    CIRCULATE = "circulate", "Send the minutes round"
    CLOSE = "close", "Close the conference"
    CANCEL = "cancel", "Cancel the conference"


class Side(Worded):
    """Who sits where at the table."""

    CHAIR = "chair", "Chair"
    PARTICIPANT = "participant", "Participant"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.DRAFT, Step.CALL): arrow(State.CALLED, Side.CHAIR),
        (State.DRAFT, Step.CANCEL): arrow(State.CANCELLED, Side.CHAIR),
        (State.CALLED, Step.LOCK): arrow(State.AGENDA_LOCKED, Side.CHAIR),
        (State.CALLED, Step.CANCEL): arrow(State.CANCELLED, Side.CHAIR),
        (State.AGENDA_LOCKED, Step.BEGIN): arrow(State.IN_SESSION, Side.CHAIR),
        (State.AGENDA_LOCKED, Step.UNLOCK): arrow(State.CALLED, Side.CHAIR),
        (State.AGENDA_LOCKED, Step.CANCEL): arrow(State.CANCELLED, Side.CHAIR),
        (State.IN_SESSION, Step.END): arrow(State.HELD, Side.CHAIR),
        (State.HELD, Step.CIRCULATE): arrow(State.MINUTES_CIRCULATED, Side.CHAIR),
        (State.MINUTES_CIRCULATED, Step.CLOSE): arrow(State.CLOSED, Side.CHAIR),
    }
)
"""The chair moves the meeting and nothing more: moving it shows the chair nobody's item."""

ENDINGS: Final = endings(STEPS, State)
OPEN_TO_ITEMS: Final = frozenset({State.DRAFT, State.CALLED})
OPEN_TO_READERS: Final = frozenset(State) - {State.DRAFT, State.CLOSED, State.CANCELLED}
OPEN_TO_GUESTS: Final = frozenset({State.DRAFT, State.CALLED, State.AGENDA_LOCKED})
OPEN_TO_DECISIONS: Final = frozenset({State.IN_SESSION, State.HELD})
TO_COME: Final = frozenset({State.DRAFT, State.CALLED, State.AGENDA_LOCKED, State.IN_SESSION})

SHORTEST: Final = 10
LONGEST: Final = 480
"""Minutes that a meeting may last."""

STATEMENT_EDITION: Final = 1
"""Which wording of the confidentiality statement people confirm."""

WORKING_DAYS_TO_CIRCULATE: Final = 3
"""Source: SafeLives, minutes within three working days."""


def minutes_due(ended_at: datetime, zone: tzinfo) -> datetime:
    """By when the minutes should have gone round: midnight after the third working day.

    Args:
        ended_at: timezone-aware; the day the meeting ended is not counted.
        zone: the hub's. Saturdays and Sundays are not counted.
    """
    day = ended_at.astimezone(zone).date()
    left = WORKING_DAYS_TO_CIRCULATE
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5:
            left -= 1
    return datetime.combine(day + timedelta(days=1), time.min, zone)
