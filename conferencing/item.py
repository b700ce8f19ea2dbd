"""The life of one item of an agenda: only those who may read it ever know that it is there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from conferencing.conference import State as Meeting
from hub.core.states import Arrow, arrow, endings, open_steps
from hub.core.words import Worded


class State(Worded):
    """Where an item stands."""

    PROPOSED = "proposed", "Not on the agenda yet"
    ADMITTED = "admitted", "On the agenda"
    DISCUSSED = "discussed", "Discussed"
    DEFERRED = "deferred", "Left for another time"
    WITHDRAWN = "withdrawn", "Taken back"


class Step(Worded):
    """What can happen to an item; the label is the button's."""

    ADMIT = "admit", "Put it on the agenda"
    RECALL = "recall", "Call it back"
    DISCUSS = "discuss", "We have discussed it"
    DEFER = "defer", "Leave it for another time"
    WITHDRAW = "withdraw", "Take the item back"


class Side(Worded):
    """Whose item it is."""

    OWNER = "owner", "The care team of the case"
    READER = "reader", "Somebody it was released to"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.PROPOSED, Step.ADMIT): arrow(State.ADMITTED, Side.OWNER),
        (State.PROPOSED, Step.WITHDRAW): arrow(State.WITHDRAWN, Side.OWNER),
        (State.ADMITTED, Step.RECALL): arrow(State.PROPOSED, Side.OWNER),
        (State.ADMITTED, Step.DISCUSS): arrow(State.DISCUSSED, Side.OWNER),
        (State.ADMITTED, Step.DEFER): arrow(State.DEFERRED, Side.OWNER),
        (State.ADMITTED, Step.WITHDRAW): arrow(State.WITHDRAWN, Side.OWNER),
    }
)
"""Nobody but the owner moves an item: the chair may not even see it.

It is called back only while those it was last given to cannot open it yet.
"""

ENDINGS: Final = endings(STEPS, State)
ON_THE_AGENDA: Final = frozenset({State.ADMITTED, State.DISCUSSED, State.DEFERRED})

WHILE: Final[Mapping[Step, frozenset[Meeting]]] = MappingProxyType(
    {
        Step.ADMIT: frozenset({Meeting.CALLED}),
        Step.RECALL: frozenset({Meeting.CALLED, Meeting.AGENDA_LOCKED, Meeting.IN_SESSION}),
        Step.DISCUSS: frozenset({Meeting.IN_SESSION, Meeting.HELD}),
        Step.DEFER: frozenset({Meeting.IN_SESSION, Meeting.HELD}),
        Step.WITHDRAW: frozenset(
            {Meeting.DRAFT, Meeting.CALLED, Meeting.AGENDA_LOCKED, Meeting.IN_SESSION}
        ),
    }
)
"""Where the meeting must stand for a step of an item."""

LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 240
USUAL_MINUTES: Final = 15


def steps_now(meeting: Meeting, state: State, side: Side) -> list[Step]:
    """The steps this side can take next with an item, given where the meeting stands."""
    return [step for step in open_steps(STEPS, state, side) if meeting in WHILE[step]]
