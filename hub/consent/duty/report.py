"""A legal duty to report: its states, and the one rule that lets anything be told on it.

Source: GBV case management training, module 14; NNEDV on mandatory reporting: talk with the
supervisor, tell the person first, choose the least, write down what was told to whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hub.consent.compelled.ground import CompelledGround, Telling
from hub.core.ids import PersonId
from hub.core.states import Arrow, arrow
from hub.core.words import Ground, Worded


class State(Worded):
    """Where a report stands."""

    CONSIDERED = "considered", "Considered"
    DISCUSSED = "discussed", "Talked through with a supervisor"
    INFORMED = "informed", "The person knows, or it was not safe to say"
    CHOSEN = "chosen", "Chosen what must be told"
    MADE = "made", "Made"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    NOT_REQUIRED = "not_required", "Not required"


class Step(StrEnum):
    """What can happen to a report."""

    DISCUSS = "discuss"
    INFORM = "inform"
    CHOOSE = "choose"
    MAKE = "make"
    CALL_BACK = "call_back"
    ACKNOWLEDGE = "acknowledge"
    DROP = "drop"


class Side(StrEnum):
    """Who acts: the care team, or the agency that was told."""

    TEAM = "team"
    RECEIVER = "receiver"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.CONSIDERED, Step.DISCUSS): arrow(State.DISCUSSED, Side.TEAM),
        (State.CONSIDERED, Step.DROP): arrow(State.NOT_REQUIRED, Side.TEAM, needs_reason=True),
        (State.DISCUSSED, Step.INFORM): arrow(State.INFORMED, Side.TEAM),
        (State.DISCUSSED, Step.DROP): arrow(State.NOT_REQUIRED, Side.TEAM, needs_reason=True),
        (State.INFORMED, Step.CHOOSE): arrow(State.CHOSEN, Side.TEAM),
        (State.INFORMED, Step.DROP): arrow(State.NOT_REQUIRED, Side.TEAM, needs_reason=True),
        (State.CHOSEN, Step.MAKE): arrow(State.MADE, Side.TEAM),
        (State.CHOSEN, Step.CHOOSE): arrow(State.CHOSEN, Side.TEAM),
        (State.CHOSEN, Step.DROP): arrow(State.NOT_REQUIRED, Side.TEAM, needs_reason=True),
        (State.MADE, Step.CALL_BACK): arrow(State.CHOSEN, Side.TEAM),
        (State.MADE, Step.ACKNOWLEDGE): arrow(State.ACKNOWLEDGED, Side.TEAM, Side.RECEIVER),
    }
)
"""Nothing is told before somebody else has heard of it and the person it is about knows first, nor
before whoever tells it has read it as it will be read. It is called back only while it waits.
"""


class Informed(Worded):
    """How the person heard of it before anybody else did, or that it was not safe."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"
    NOT_SAFE = "not_safe", "It was not safe to say so first"


@dataclass(frozen=True, slots=True)
class Report:
    """A report as far as the rule needs it.

    Attributes:
        written_by: who began it.
        discussed_with: the supervisor; None until then.
        informed: how the person heard of it first, or that it was not safe; None until then.
        telling: what is told; None until it is chosen.
    """

    state: State
    written_by: PersonId
    discussed_with: PersonId | None
    discussed_at: datetime | None
    informed: Informed | None
    informed_at: datetime | None
    telling: Telling | None


def ground_of(report: Report) -> CompelledGround | None:
    """The ground this report is; None while a step before it has not been taken."""
    if report.state not in {State.MADE, State.ACKNOWLEDGED}:
        return None
    if report.discussed_with is None or report.discussed_with == report.written_by:
        return None
    if report.discussed_at is None or report.informed is None or report.informed_at is None:
        return None
    if report.telling is None:
        return None
    return CompelledGround(Ground.LEGAL_DUTY, report.telling)
