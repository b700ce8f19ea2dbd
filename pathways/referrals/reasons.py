"""Why a referral did not come about and how one that did ended: closed lists, as data.

There is no code that says she was known there before: a reason must not tell of her past.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from hub.core.language import Lazy, _, lazy
from hub.core.words import Worded
from pathways.referrals.referral import Side, Step


class ReasonSide(Worded):
    """On whose side a reason lies."""

    SURVIVOR = "survivor", "On her side"
    PROVIDER = "provider", "On the service's side"
    SYSTEM = "system", "On our side"


class Reason(Worded):
    """Why a referral was declined, stopped or withdrawn."""

    SURVIVOR_DECLINED = "survivor_declined", "She does not want it"
    OTHER_HELP_FOUND = "other_help_found", "She found other help"
    NOT_REACHED = "not_reached", "She could not be reached"
    NOT_CONTACTABLE_SAFELY = "not_contactable_safely", "There is no safe way to reach her"
    MOVED = "moved", "She moved away"
    NOT_SAFE_NOW = "not_safe_now", "It is not safe for her now"
    CHANGED_MIND = "changed_mind", "She changed her mind"
    DECEASED = "deceased", "She has died"
    NO_CAPACITY = "no_capacity", "There is no room"
    WAITLIST_FULL = "waitlist_full", "The waiting list is full"
    NOT_ELIGIBLE = "not_eligible", "The service is not for her situation"
    WRONG_AREA = "wrong_area", "She lives outside the area"
    WRONG_SERVICE = "wrong_service", "Another service is needed"
    LANGUAGE_UNAVAILABLE = "language_unavailable", "Nobody speaks her language"
    ACCESSIBILITY = "accessibility", "The place is not accessible for her"
    DOCUMENTS_MISSING = "documents_missing", "Papers are missing"
    SAFETY_BARRIER = "safety_barrier_at_site", "It would not be safe for her at the place"
    STAFF_CONFLICT = "staff_conflict", "Somebody on the staff has a conflict of interest"
    HOURS = "hours", "The hours do not suit"
    COST = "cost", "It costs too much for her"
    DUPLICATE = "duplicate", "It was sent twice"
    SENT_IN_ERROR = "sent_in_error", "It was sent by mistake"
    RELEASE_WITHDRAWN = "release_withdrawn", "The release was withdrawn"
    RELEASE_EXPIRED = "release_expired", "The release ended"
    EXPIRED_NO_ANSWER = "expired_no_answer", "Nobody answered in time"
    SUPERSEDED = "superseded", "A newer referral replaced it"


SURVIVOR_REASONS: Final = tuple(list(Reason)[:8])
PROVIDER_REASONS: Final = tuple(list(Reason)[8:20])
SYSTEM_REASONS: Final = tuple(list(Reason)[20:])

SIDE_OF: Final[Mapping[Reason, ReasonSide]] = MappingProxyType(
    dict.fromkeys(SURVIVOR_REASONS, ReasonSide.SURVIVOR)
    | dict.fromkeys(PROVIDER_REASONS, ReasonSide.PROVIDER)
    | dict.fromkeys(SYSTEM_REASONS, ReasonSide.SYSTEM)
)

COUNTS_AS_GAP: Final = frozenset(PROVIDER_REASONS) - {Reason.WRONG_SERVICE, Reason.STAFF_CONFLICT}
"""Reasons that say help was missing, not that it was sought in the wrong place."""

REASONS_FOR: Final[Mapping[tuple[Step, Side], tuple[Reason, ...]]] = MappingProxyType(
    {
        (Step.DECLINE, Side.RECEIVER): (
            PROVIDER_REASONS + SURVIVOR_REASONS + (Reason.DUPLICATE, Reason.SENT_IN_ERROR)
        ),
        (Step.PROVIDER_STOPS, Side.RECEIVER): PROVIDER_REASONS + SURVIVOR_REASONS,
        (Step.WITHDRAW, Side.SENDER): (
            *SURVIVOR_REASONS,
            Reason.EXPIRED_NO_ANSWER,
            Reason.SUPERSEDED,
        ),
        (Step.ERROR, Side.SENDER): (Reason.SENT_IN_ERROR, Reason.DUPLICATE, Reason.SUPERSEDED),
    }
)
"""What each side may choose from; a reason of the house is never chosen by hand."""

_ASK_HER: Final = lazy("Talk with her: what would help her now?")
_ELSEWHERE: Final = lazy("Look for another service that fits.")
_NOTHING: Final = lazy("Nothing needs doing.")

SUGGESTED_NEXT: Final[Mapping[Reason, Lazy]] = MappingProxyType(
    dict.fromkeys(SURVIVOR_REASONS, _ASK_HER)
    | dict.fromkeys(PROVIDER_REASONS, _ELSEWHERE)
    | dict.fromkeys(SYSTEM_REASONS, _NOTHING)
    | {
        Reason.OTHER_HELP_FOUND: _NOTHING,
        Reason.DECEASED: lazy("Talk with your supervisor."),
        Reason.NOT_REACHED: lazy("Check with her how and when she can safely be reached."),
        Reason.NOT_CONTACTABLE_SAFELY: lazy(
            "Check with her how and when she can safely be reached."
        ),
        Reason.DOCUMENTS_MISSING: lazy("Find out which papers, then send it again."),
        Reason.RELEASE_WITHDRAWN: _ASK_HER,
        Reason.RELEASE_EXPIRED: lazy("If she still wants it, ask her for a new release."),
        Reason.EXPIRED_NO_ANSWER: _ELSEWHERE,
    }
)


class Outcome(Worded):
    """How the help that was asked for ended."""

    RECEIVED_FULL = "received_full", "She got the help she asked for"
    RECEIVED_PART = "received_part", "She got part of it"
    STARTED_NOT_FINISHED = "started_not_finished", "It started and was not finished"
    NOT_RECEIVED = "not_received", "She did not get it"
    SURVIVOR_WITHDREW = "survivor_withdrew", "She chose to stop"
    PROVIDER_STOPPED = "provider_stopped", "The service had to stop"
    UNKNOWN = "unknown", "Nobody knows"


class Confirmer(Worded):
    """Who said that it ended so. Only her own word makes it a success in the figures."""

    SURVIVOR = "survivor", "She said so herself"
    CASE_MANAGER = "case_manager", "Her case manager"
    PROVIDER = "provider", "The service"


class NeedsMet(Worded):
    """Whether what she needed was met."""

    MET = "met", "Yes"
    PARTLY = "partly", "Partly"
    NOT_MET = "not_met", "No"
    UNKNOWN = "unknown", "Not known"


class ReminderMode(Worded):
    """How she was reminded."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"


CONFIRMERS: Final[Mapping[Side, tuple[Confirmer, ...]]] = MappingProxyType(
    {
        Side.SENDER: tuple(Confirmer),
        Side.RECEIVER: (Confirmer.SURVIVOR, Confirmer.PROVIDER),
        Side.HOUSE: (),
    }
)
"""Whose word each side can bring; a receiver does not speak for her case manager."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes the loop. All four are needed: without them a referral stays open."""

    outcome: Outcome
    needs_met: NeedsMet
    confirmer: Confirmer
    confirmed_on: date


def faults(closing: Closing, side: Side, sent_on: date, today: date) -> dict[str, str]:
    """What is wrong with a closing: field to sentence; {} when nothing is.

    Args:
        sent_on: the local day it was sent; a confirmation may be of that day, not before.
        today: the local day now; not after it either.
    """
    found: dict[str, str] = {}
    if closing.confirmer not in CONFIRMERS[side]:
        found["confirmer"] = _("Choose one of the answers shown.")
    if closing.confirmed_on > today:
        found["confirmed_on"] = _("That day is still to come. Give the day it was said.")
    elif closing.confirmed_on < sent_on:
        found["confirmed_on"] = _("That is before it was sent. Give the day it was said.")
    if closing.outcome is Outcome.RECEIVED_FULL and closing.needs_met is NeedsMet.NOT_MET:
        found["needs_met"] = _("She got all the help, yet nothing was met. Look at both again.")
    return found
