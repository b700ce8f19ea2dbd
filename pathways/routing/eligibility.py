"""Does this service fit this need, and if not, why: every criterion answers with a sentence."""

from dataclasses import dataclass
from datetime import datetime

from pathways.directory.listing import Service
from pathways.routing import people, places, standing
from pathways.routing.need import Need
from pathways.routing.reasons import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Fit:
    """How one service answers one need.

    `reasons` are in the order of Criterion; one that was not asked about, and leaves nobody out,
    is absent. `km` is None when the distance cannot be said.
    """

    service: Service
    reasons: tuple[Reason, ...]
    km: float | None

    @property
    def fits(self) -> bool:
        """Whether nothing stands in the way; there may still be questions."""
        return not self.blocks

    @property
    def good(self) -> tuple[Reason, ...]:
        """What speaks for it."""
        return tuple(one for one in self.reasons if one.verdict is Verdict.FITS)

    @property
    def blocks(self) -> tuple[Reason, ...]:
        """What stands in the way."""
        return tuple(one for one in self.reasons if one.verdict is Verdict.BLOCKS)

    @property
    def unknowns(self) -> tuple[Reason, ...]:
        """What must be asked, because the directory does not say."""
        return tuple(one for one in self.reasons if one.verdict is Verdict.UNKNOWN)


def fit(service: Service, need: Need, at: datetime) -> Fit:
    """How `service` answers `need` at the instant `at`.

    Args:
        need: what was not said is not asked about, but a service that leaves somebody out says so.
        at: aware, and by the clock on the wall where the service is: opening hours are read by it.

    Returns:
        Every reason, for and against. "Not recorded" is UNKNOWN: never a yes, never a no.

    Source: the criteria of the inter-agency service mapping that `Services Advisor` records.
    """
    reasons = (
        standing.kind(service, need),
        standing.running(service, at),
        standing.referral(service, need),
        people.language(service, need),
        places.reaches(service, need),
        people.gender(service, need),
        people.age(service, need),
        people.children(service, need),
        people.nationality(service, need),
        people.papers(service, need),
        people.access(service, need),
        people.intake(service, need),
        standing.room(service, at),
        standing.opening(service, need, at),
    )
    given = tuple(reason for reason in reasons if reason is not None)
    return Fit(service, given, places.distance(service, need.place))
