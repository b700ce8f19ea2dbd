"""A court order: its states, what is not an order, and the one rule that lets anything be told.

Source: 28 CFR 94.115(b): if release is compelled by statute or court order, make reasonable
attempts to notify the person affected, and protect those affected. NNEDV: in most states, a
subpoena is not a court order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hub.consent.compelled.ground import CompelledGround, Telling
from hub.core.errors import StepRefused
from hub.core.ids import PersonId
from hub.core.language import _
from hub.core.states import Arrow, arrow
from hub.core.words import Ground, Worded


class Instrument(Worded):
    """What was served on the agency."""

    ORDER = "order", "A court order"
    WARRANT = "warrant", "A warrant signed by a judge"
    SUBPOENA = "subpoena", "A subpoena"


COMPELS: Final = frozenset({Instrument.ORDER, Instrument.WARRANT})
"""A subpoena asks; only a judge compels."""


class State(Worded):
    """Where an order stands."""

    RECEIVED = "received", "Received"
    ASKED = "asked", "Waits for a second person"
    APPROVED = "approved", "Approved by a second person"
    COMPLIED = "complied", "Handed over"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    SET_ASIDE = "set_aside", "Set aside"


class Step(StrEnum):
    """What can happen to an order."""

    ASK = "ask"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    HAND_OVER = "hand_over"
    CALL_BACK = "call_back"
    ACKNOWLEDGE = "acknowledge"
    SET_ASIDE = "set_aside"


class Side(StrEnum):
    """Who acts: the care team, the second person, or the agency that was told."""

    TEAM = "team"
    SECOND = "second"
    RECEIVER = "receiver"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.RECEIVED, Step.ASK): arrow(State.ASKED, Side.TEAM),
        (State.RECEIVED, Step.SET_ASIDE): arrow(State.SET_ASIDE, Side.TEAM, needs_reason=True),
        (State.ASKED, Step.APPROVE): arrow(State.APPROVED, Side.SECOND),
        (State.ASKED, Step.SEND_BACK): arrow(State.RECEIVED, Side.SECOND, needs_reason=True),
        (State.ASKED, Step.SET_ASIDE): arrow(State.SET_ASIDE, Side.TEAM, needs_reason=True),
        (State.APPROVED, Step.HAND_OVER): arrow(State.COMPLIED, Side.TEAM),
        (State.APPROVED, Step.SET_ASIDE): arrow(State.SET_ASIDE, Side.TEAM, needs_reason=True),
        (State.COMPLIED, Step.CALL_BACK): arrow(State.APPROVED, Side.TEAM),
        (State.COMPLIED, Step.ACKNOWLEDGE): arrow(State.ACKNOWLEDGED, Side.TEAM, Side.RECEIVER),
        (State.COMPLIED, Step.SET_ASIDE): arrow(State.SET_ASIDE, Side.TEAM, needs_reason=True),
        (State.ACKNOWLEDGED, Step.SET_ASIDE): arrow(State.SET_ASIDE, Side.TEAM, needs_reason=True),
    }
)


class Means(Worded):
    """How it was tried to tell the person."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone"
    MESSAGE = "message", "By a message the safe contact allows"
    THROUGH = "through", "Through somebody trusted"


class Outcome(Worded):
    """What came of trying."""

    REACHED = "reached", "Reached and told"
    NOT_REACHED = "not_reached", "Not reached"
    NOT_SAFE = "not_safe", "It was not safe to say more"


class NoteKind(Worded):
    """What is written down beside an order."""

    NOTICE = "notice", "Trying to tell the person"
    COUNSEL = "counsel", "What a lawyer says"
    OBJECTION = "objection", "An objection to the court"


@dataclass(frozen=True, slots=True)
class Order:
    """An order as far as the rule needs it.

    Attributes:
        attempts: how often it was tried to tell the person.
        silence_ordered: whether the order itself forbids telling, with its words written down.
        asked_by, approved_by: the two people; None until then.
        telling: what is handed over; None until it is asked for.
    """

    state: State
    instrument: Instrument
    attempts: int
    silence_ordered: bool
    asked_by: PersonId | None
    approved_by: PersonId | None
    telling: Telling | None


def refuse_to_ask(order: Order) -> None:
    """Let nobody ask for a second person before the law's own conditions are met.

    Raises:
        StepRefused: it is a subpoena, or nobody tried to tell the person.
    """
    if order.instrument not in COMPELS:
        raise StepRefused(
            _("A subpoena is not a court order. Nothing can be handed over on it; ask counsel.")
        )
    if order.attempts < 1 and not order.silence_ordered:
        raise StepRefused(
            _("Try to tell the person first and write it down, or write why the order forbids it.")
        )


def refuse_second(order: Order, person: PersonId) -> None:
    """Let nobody approve what they asked for themselves.

    Raises:
        StepRefused: it is the one who asked, or nobody asked.
    """
    if order.asked_by is None or order.asked_by == person:
        raise StepRefused(_("A second person approves it, not the one who asked."))


def ground_of(order: Order) -> CompelledGround | None:
    """The ground this order is; None for a subpoena and while a step has not been taken."""
    if order.instrument not in COMPELS:
        return None
    if order.state not in {State.COMPLIED, State.ACKNOWLEDGED}:
        return None
    if order.attempts < 1 and not order.silence_ordered:
        return None
    if order.asked_by is None or order.approved_by is None:
        return None
    if order.asked_by == order.approved_by:
        return None
    if order.telling is None:
        return None
    return CompelledGround(Ground.COURT_ORDER, order.telling)
