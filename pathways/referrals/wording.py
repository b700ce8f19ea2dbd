"""Referrals in sentences."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from hub.consent.because import Why, in_a_sentence
from hub.consent.because import because as why_shown
from hub.consent.wording import listed
from hub.core.language import Lazy, _, lazy
from hub.core.words import Category, Ground, Purpose, ServiceType
from pathways.referrals.packet import Packet
from pathways.referrals.referral import Side, State, Step
from pathways.referrals.times import Times

DONE: Final[Mapping[Step, Lazy]] = MappingProxyType(
    {
        Step.SEND: lazy("Sent"),
        Step.RECALL: lazy("Called back before anybody could open it"),
        Step.ACKNOWLEDGE: lazy("Seen"),
        Step.ACCEPT: lazy("Accepted"),
        Step.ASK: lazy("Asked a question"),
        Step.WAITLIST: lazy("Put on the waiting list"),
        Step.DECLINE: lazy("Declined"),
        Step.ANSWER: lazy("Answered the question"),
        Step.APPOINT: lazy("Gave an appointment"),
        Step.START: lazy("Help has started"),
        Step.REPORT_OUTCOME: lazy("Reported how it ended"),
        Step.PROVIDER_STOPS: lazy("Had to stop"),
        Step.WITHDRAW: lazy("Withdrawn"),
        Step.EXPIRE: lazy("Ended without an answer"),
        Step.ERROR: lazy("Marked as made by mistake"),
    }
)

TAG_KINDS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.DRAFT: "plain",
        State.SENT: "lake",
        State.ACKNOWLEDGED: "lake",
        State.INFO_REQUESTED: "honey",
        State.ON_HOLD: "honey",
        State.ACCEPTED: "",
        State.IN_SERVICE: "",
        State.CLOSED: "plain",
        State.DECLINED: "clay",
        State.EXPIRED: "clay",
        State.WITHDRAWN: "plain",
        State.ENTERED_IN_ERROR: "plain",
    }
)

NEXT_FOR_RECEIVER: Final[Mapping[State, Lazy]] = MappingProxyType(
    {
        State.SENT: lazy("Say that you have seen it, or answer at once."),
        State.ACKNOWLEDGED: lazy("Can you help? Answer as soon as you know."),
        State.INFO_REQUESTED: lazy(
            "Your question is with them; your time stands still until then."
        ),
        State.ON_HOLD: lazy("Accept it as soon as there is room."),
        State.ACCEPTED: lazy("Give her an appointment; say so when help has started."),
        State.IN_SERVICE: lazy("When it is over, say how it ended. Only that closes it."),
        State.CLOSED: lazy("Nothing more needs doing."),
        State.DECLINED: lazy("Nothing more needs doing."),
        State.EXPIRED: lazy("Nothing more needs doing."),
        State.WITHDRAWN: lazy("Nothing more needs doing."),
        State.ENTERED_IN_ERROR: lazy("Nothing more needs doing."),
        State.DRAFT: lazy("Nothing more needs doing."),
    }
)

NEXT_FOR_SENDER: Final[Mapping[State, Lazy]] = MappingProxyType(
    {
        State.DRAFT: lazy("Look at it together with her, remind her, and send it."),
        State.SENT: lazy("They will answer. You get a message as soon as they do."),
        State.ACKNOWLEDGED: lazy("They have seen it. You get a message as soon as they answer."),
        State.INFO_REQUESTED: lazy(
            "They ask something before they decide. Their time stands still."
        ),
        State.ON_HOLD: lazy("They help when there is room. Is there something sooner for her?"),
        State.ACCEPTED: lazy("They take her on. Tell her, and go with her if she wishes."),
        State.IN_SERVICE: lazy("Ask her how it goes. When it is over, ask her how it ended."),
        State.CLOSED: lazy("It is closed. How it ended is written down."),
        State.DECLINED: lazy("Look for another service that fits."),
        State.EXPIRED: lazy("Nobody answered before her release ended. Does she still want it?"),
        State.WITHDRAWN: lazy("They can open nothing of it any more."),
        State.ENTERED_IN_ERROR: lazy("They can open nothing of it any more."),
    }
)

STEP_LEDES: Final[Mapping[Step, Lazy]] = MappingProxyType(
    {
        Step.SEND: lazy("They can read it from that moment until the release ends."),
        Step.RECALL: lazy("Nobody there could open it, and nobody there learns of it."),
        Step.ACKNOWLEDGE: lazy(
            "The sender sees that somebody has it. You can still answer freely."
        ),
        Step.ACCEPT: lazy(
            "You and your supervisors work on it from now on. Colleagues at the desk who do not "
            "need it no longer see it."
        ),
        Step.ASK: lazy(
            "Ask only what you need to decide. Your time stands still until they answer."
        ),
        Step.WAITLIST: lazy("Say roughly how long it may take, so that she can decide to wait."),
        Step.DECLINE: lazy(
            "Say why, so that her case manager can look elsewhere. What was shared with you is "
            "taken back at once."
        ),
        Step.ANSWER: lazy(
            "They read your answer until the release ends. Say no more than they need."
        ),
        Step.APPOINT: lazy("When and where she is expected. Her case manager tells her."),
        Step.START: lazy("The help she asked for has begun."),
        Step.REPORT_OUTCOME: lazy("A referral is closed by how it ended, who said so, and when."),
        Step.PROVIDER_STOPS: lazy("It closes, and her case manager looks for other help."),
        Step.WITHDRAW: lazy("They can open nothing of it from then on. What they read is read."),
        Step.EXPIRE: lazy("Nobody answered."),
        Step.ERROR: lazy("It counts nowhere, and they can open nothing of it from then on."),
    }
)


def because(packet: Packet, agency: str, kind: ServiceType, times: Times) -> str:
    """Why the receiver can see it, and until when."""
    return why_shown(
        Why(
            Ground.RELEASE,
            what=named(packet.categories),
            agency=agency,
            purpose=Purpose.REFERRAL,
            kind=in_a_sentence(str(kind.label)),
            until=times.day(times.day_of(packet.until)),
        )
    )


def ended(until: str) -> str:
    """What stands in the place of `because` once they can open none of it any more."""
    return _("They could see this until {when}. Now they can open none of it.").format(when=until)


def named(categories: Iterable[Category]) -> str:
    """Categories in the middle of a sentence, in the order they come in."""
    return listed(in_a_sentence(str(each.label)) for each in categories)


def approved(packet: Packet, times: Times) -> str:
    """That the words are hers."""
    if packet.ask.approved is None:
        return _("In her own words.")
    return _("In her own words; she approved this text on {day}.").format(
        day=times.day(packet.ask.approved)
    )


MEET_HER: Final = lazy("Say so when help has started; change the appointment if you must.")


def next_for(side: Side, state: State) -> str:
    """What happens next, or what this side can do."""
    said = NEXT_FOR_RECEIVER if side is Side.RECEIVER else NEXT_FOR_SENDER
    return str(said[state])
