"""The life of a decision: who does what by when, and what became of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hub.core.states import Arrow, arrow, endings
from hub.core.words import Worded


class State(Worded):
    """Where a decision stands."""

    OPEN = "open", "To do"
    IN_PROGRESS = "in_progress", "Under way"
    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"
    IMPOSSIBLE = "impossible_changed_circumstances", "No longer possible: things have changed"
    WITHDRAWN = "withdrawn", "Taken back"


class Step(Worded):
    """What can happen to a decision; the label is the button's."""

    START = "start", "I have begun"
    FINISH = "finish", "It is done"
    LEAVE_UNDONE = "leave_undone", "It was not done"
    GIVE_UP = "give_up", "Things have changed: it is no longer possible"
    WITHDRAW = "withdraw", "Take the decision back"


class Side(Worded):
    """Who has to do with it."""

    DOER = "doer", "Who is to do it"
    KEEPER = "keeper", "The care team whose item it belongs to"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.OPEN, Step.START): arrow(State.IN_PROGRESS, Side.DOER),
        (State.OPEN, Step.FINISH): arrow(State.DONE, Side.DOER),
        (State.OPEN, Step.LEAVE_UNDONE): arrow(State.NOT_DONE, Side.DOER),
        (State.OPEN, Step.GIVE_UP): arrow(State.IMPOSSIBLE, Side.DOER),
        (State.OPEN, Step.WITHDRAW): arrow(State.WITHDRAWN, Side.KEEPER),
        (State.IN_PROGRESS, Step.FINISH): arrow(State.DONE, Side.DOER),
        (State.IN_PROGRESS, Step.LEAVE_UNDONE): arrow(State.NOT_DONE, Side.DOER),
        (State.IN_PROGRESS, Step.GIVE_UP): arrow(State.IMPOSSIBLE, Side.DOER),
        (State.IN_PROGRESS, Step.WITHDRAW): arrow(State.WITHDRAWN, Side.KEEPER),
    }
)
"""What was not done and what became impossible are told apart: only the first is a failure."""

ENDINGS: Final = endings(STEPS, State)
STILL_TO_DO: Final = frozenset(State) - ENDINGS
