"""Lifecycles as tables: no arrow, no change; a refused step raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from hub.core.errors import StepRefused
from hub.core.language import _

State = TypeVar("State", bound=StrEnum)
Step = TypeVar("Step", bound=StrEnum)
Side = TypeVar("Side", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Arrow(Generic[State, Side]):
    """Where a step leads, which sides may take it, and whether it needs a reason."""

    to: State
    by: frozenset[Side]
    needs_reason: bool = False


Table = Mapping[tuple[State, Step], Arrow[State, Side]]


def arrow(to: State, *by: Side, needs_reason: bool = False) -> Arrow[State, Side]:
    """An arrow that any of the sides `by` may take."""
    return Arrow(to, frozenset(by), needs_reason)


def open_steps(table: Table[State, Step, Side], state: State, side: Side) -> list[Step]:
    """The steps this side can take next, in the order of the table: the buttons on the page."""
    return [step for (start, step), way in table.items() if start is state and side in way.by]


def advance(
    table: Table[State, Step, Side], state: State, step: Step, side: Side, reason: str = ""
) -> State:
    """Where `step` leads from `state` for `side`.

    Raises:
        StepRefused: the table has no such arrow for this side, or it needs a reason and has none.
    """
    way = table.get((state, step))
    if way is None or side not in way.by:
        raise StepRefused(_("This step is not open now. Read the page again to see what is."))
    if way.needs_reason and not reason:
        raise StepRefused(_("Give a reason, so that the other side knows what to do next."))
    return way.to


def endings(table: Table[State, Step, Side], states: type[State]) -> frozenset[State]:
    """The states that no arrow leaves."""
    return frozenset(states) - {state for state, _step in table}
