"""The life of a referral: which side may take which step when, and when an answer is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hub.core import states
from hub.core.states import Arrow, arrow
from hub.core.words import ANSWER_WITHIN, Priority, Worded


class State(Worded):
    """Where a referral stands. Overdue is no state: the instant decides it."""

    DRAFT = "draft", "Not sent yet"
    SENT = "sent", "Sent"
    ACKNOWLEDGED = "acknowledged", "Seen"
    INFO_REQUESTED = "info_requested", "A question is open"
    ON_HOLD = "on_hold", "On the waiting list"
    ACCEPTED = "accepted", "Accepted"
    IN_SERVICE = "in_service", "Help has started"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Ended without an answer"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENTERED_IN_ERROR = "entered_in_error", "Made by mistake"


class Step(Worded):
    """What can happen to a referral, in the words of the button."""

    SEND = "send", "Send"
    RECALL = "recall", "Call it back"
    ACCEPT = "accept", "Accept"
    ACKNOWLEDGE = "acknowledge", "We have seen it"
    ASK = "ask", "Ask a question"
    WAITLIST = "waitlist", "Put on our waiting list"
    DECLINE = "decline", "We cannot help this time"
    ANSWER = "answer", "Answer the question"
    APPOINT = "appoint", "Give an appointment"
    START = "start", "Help has started"
    REPORT_OUTCOME = "report_outcome", "Report how it ended"
    PROVIDER_STOPS = "provider_stops", "We have to stop"
    WITHDRAW = "withdraw", "Withdraw it"
    EXPIRE = "expire", "End it unanswered"
    ERROR = "error", "It was made by mistake"


class Side(StrEnum):
    """Who takes a step: the agency that refers, the one that is asked, or the house itself."""

    SENDER = "sender"
    RECEIVER = "receiver"
    HOUSE = "house"


class Stage(Worded):
    """On which of the lists a referral stands."""

    DRAFT = "draft", "Not sent yet"
    ASKED = "asked", "Waiting for an answer"
    PAUSED = "paused", "Paused"
    TAKEN = "taken", "Taken on"
    OVER = "over", "Finished"


STAGES: Final[Mapping[State, Stage]] = MappingProxyType(
    {
        State.DRAFT: Stage.DRAFT,
        State.SENT: Stage.ASKED,
        State.ACKNOWLEDGED: Stage.ASKED,
        State.INFO_REQUESTED: Stage.PAUSED,
        State.ON_HOLD: Stage.PAUSED,
        State.ACCEPTED: Stage.TAKEN,
        State.IN_SERVICE: Stage.TAKEN,
        State.CLOSED: Stage.OVER,
        State.DECLINED: Stage.OVER,
        State.EXPIRED: Stage.OVER,
        State.WITHDRAWN: Stage.OVER,
        State.ENTERED_IN_ERROR: Stage.OVER,
    }
)

_S, _R, _H = Side.SENDER, Side.RECEIVER, Side.HOUSE
_TAKEN_ON: Final = arrow(State.ACCEPTED, _R)
_DECLINED: Final = arrow(State.DECLINED, _R, needs_reason=True)
_WITHDRAWN: Final = arrow(State.WITHDRAWN, _S, _H, needs_reason=True)
_EXPIRED: Final = arrow(State.EXPIRED, _H)
_MISTAKE: Final = arrow(State.ENTERED_IN_ERROR, _S, needs_reason=True)
_CLOSED: Final = arrow(State.CLOSED, _S, _R)
_STOPPED: Final = arrow(State.CLOSED, _R, needs_reason=True)

STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.DRAFT, Step.SEND): arrow(State.SENT, _S),
        (State.DRAFT, Step.ERROR): _MISTAKE,
        (State.SENT, Step.RECALL): arrow(State.DRAFT, _S),
        (State.SENT, Step.ACCEPT): _TAKEN_ON,
        (State.SENT, Step.ACKNOWLEDGE): arrow(State.ACKNOWLEDGED, _R),
        (State.SENT, Step.ASK): arrow(State.INFO_REQUESTED, _R),
        (State.SENT, Step.WAITLIST): arrow(State.ON_HOLD, _R),
        (State.SENT, Step.DECLINE): _DECLINED,
        (State.SENT, Step.WITHDRAW): _WITHDRAWN,
        (State.SENT, Step.EXPIRE): _EXPIRED,
        (State.SENT, Step.ERROR): _MISTAKE,
        (State.ACKNOWLEDGED, Step.ACCEPT): _TAKEN_ON,
        (State.ACKNOWLEDGED, Step.ASK): arrow(State.INFO_REQUESTED, _R),
        (State.ACKNOWLEDGED, Step.WAITLIST): arrow(State.ON_HOLD, _R),
        (State.ACKNOWLEDGED, Step.DECLINE): _DECLINED,
        (State.ACKNOWLEDGED, Step.WITHDRAW): _WITHDRAWN,
        (State.ACKNOWLEDGED, Step.EXPIRE): _EXPIRED,
        (State.ACKNOWLEDGED, Step.ERROR): _MISTAKE,
        (State.INFO_REQUESTED, Step.ANSWER): arrow(State.ACKNOWLEDGED, _S),
        (State.INFO_REQUESTED, Step.ACCEPT): _TAKEN_ON,
        (State.INFO_REQUESTED, Step.DECLINE): _DECLINED,
        (State.INFO_REQUESTED, Step.WITHDRAW): _WITHDRAWN,
        (State.INFO_REQUESTED, Step.EXPIRE): _EXPIRED,
        (State.INFO_REQUESTED, Step.ERROR): _MISTAKE,
        (State.ON_HOLD, Step.ACCEPT): _TAKEN_ON,
        (State.ON_HOLD, Step.DECLINE): _DECLINED,
        (State.ON_HOLD, Step.WITHDRAW): _WITHDRAWN,
        (State.ON_HOLD, Step.EXPIRE): _EXPIRED,
        (State.ON_HOLD, Step.ERROR): _MISTAKE,
        (State.ACCEPTED, Step.APPOINT): arrow(State.ACCEPTED, _R),
        (State.ACCEPTED, Step.START): arrow(State.IN_SERVICE, _R),
        (State.ACCEPTED, Step.REPORT_OUTCOME): _CLOSED,
        (State.ACCEPTED, Step.PROVIDER_STOPS): _STOPPED,
        (State.ACCEPTED, Step.WITHDRAW): _WITHDRAWN,
        (State.ACCEPTED, Step.ERROR): _MISTAKE,
        (State.IN_SERVICE, Step.APPOINT): arrow(State.IN_SERVICE, _R),
        (State.IN_SERVICE, Step.REPORT_OUTCOME): _CLOSED,
        (State.IN_SERVICE, Step.PROVIDER_STOPS): _STOPPED,
        (State.IN_SERVICE, Step.WITHDRAW): _WITHDRAWN,
        (State.IN_SERVICE, Step.ERROR): _MISTAKE,
    }
)
"""Accepting a referral that was only sent acknowledges it too. Nothing leads out of an ending.

Calling back is open only while `waits`: the receiver cannot know of it then.
"""

ENDINGS: Final = states.endings(STEPS, State)

KEYS_TAKEN_BACK: Final = frozenset(
    {State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.ENTERED_IN_ERROR}
)
"""Endings after which the receiver needs nothing of hers any more, so keeps no key to it.

Source: need to know stands beside right to know (OVC task force e-guide 3.2).
"""

REMINDER_KEEPS: Final = timedelta(hours=24)
"""How long before the sending the reminder may lie. A reminder is for one disclosure only."""


def open_steps(state: State, side: Side) -> list[Step]:
    """The steps this side can take next, in the order of the table: the buttons on the page."""
    return states.open_steps(STEPS, state, side)


def steps_now(state: State, side: Side, waiting: bool) -> list[Step]:
    """The same, of a referral that waits to be opened or does not: only then is it called back."""
    return [step for step in open_steps(state, side) if waiting or step is not Step.RECALL]


def waits(opens_at: datetime | None, at: datetime) -> bool:
    """Whether the receiver cannot open it yet; at `opens_at` itself they can."""
    return opens_at is not None and at < opens_at


def advance(state: State, step: Step, side: Side, reason: str = "") -> State:
    """Where `step` leads from `state` for `side`.

    Raises:
        StepRefused: no arrow leads there for this side, or it needs a reason and has none.
    """
    return states.advance(STEPS, state, step, side, reason)


def respond_by(priority: Priority, sent_at: datetime) -> datetime:
    """When an answer is due. Source: IASC inter-agency referral form."""
    return sent_at + ANSWER_WITHIN[priority]


def resumed(due: datetime, paused_at: datetime, at: datetime) -> datetime:
    """When an answer is due after a pause: a question stops the receiver's clock."""
    return due + (at - paused_at)


def overdue(state: State, due: datetime | None, at: datetime) -> bool:
    """Whether the receiver owes an answer at `at`; the due instant itself is still in time."""
    return STAGES[state] is Stage.ASKED and due is not None and at > due


def reminded(reminded_at: datetime | None, at: datetime) -> bool:
    """Whether she was reminded of this disclosure: not after `at`, nor REMINDER_KEEPS before it.

    Source: OVC task force e-guide 4.3: remind before every new disclosure, even under a release.
    """
    return reminded_at is not None and at - REMINDER_KEEPS <= reminded_at <= at
