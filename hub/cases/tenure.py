"""Who is a case's one primary case manager: tenures that follow each other without a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from hub.core.errors import StepRefused
from hub.core.ids import PersonId
from hub.core.language import _
from hub.core.states import Arrow, arrow
from hub.core.words import Worded


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's time as primary case manager. `ended_at` is None while it lasts."""

    person: PersonId
    started_at: datetime
    ended_at: datetime | None = None


def succeed(current: Tenure, to: PersonId, at: datetime) -> tuple[Tenure, Tenure]:
    """The tenure that ends at `at` and the one that begins at that very instant.

    Raises:
        StepRefused: it has ended already, it is hers already, or `at` is not after its start (a
            tenure without a duration would leave nobody answerable).
    """
    if current.ended_at is not None or current.person == to:
        raise StepRefused(_("The case has a new case manager already. Read the page again."))
    if at <= current.started_at:
        raise StepRefused(_("The case changed hands this very moment. Try again."))
    return replace(current, ended_at=at), Tenure(to, at)


def unbroken(history: Sequence[Tenure]) -> bool:
    """Whether the tenures, oldest first, leave no instant with none and none with two.

    Each begins exactly when the one before it ends, only the last may last, none is empty.
    """
    if not history:
        return False
    follows = all(one.ended_at == next_one.started_at for one, next_one in pairwise(history))
    forward = all(one.ended_at is None or one.started_at < one.ended_at for one in history)
    return follows and forward


class OfferState(Worded):
    """Where the offer of a case stands."""

    OFFERED = "offered", "Waiting for an answer"
    ACCEPTED = "accepted", "Taken over"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


class OfferStep(StrEnum):
    """What can happen to an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"


class OfferSide(StrEnum):
    """Who acts: the care team that offers, or the colleague it is offered to."""

    TEAM = "team"
    COLLEAGUE = "colleague"


OFFER_STEPS: Final[Mapping[tuple[OfferState, OfferStep], Arrow[OfferState, OfferSide]]] = (
    MappingProxyType(
        {
            (OfferState.OFFERED, OfferStep.ACCEPT): arrow(OfferState.ACCEPTED, OfferSide.COLLEAGUE),
            (OfferState.OFFERED, OfferStep.DECLINE): arrow(
                OfferState.DECLINED, OfferSide.COLLEAGUE, needs_reason=True
            ),
            (OfferState.OFFERED, OfferStep.TAKE_BACK): arrow(OfferState.TAKEN_BACK, OfferSide.TEAM),
        }
    )
)
