"""The one rule of what a law or a court makes us tell: exactly these entries, to one receiver."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.core.grounds import Passage
from hub.core.ids import AgencyId, CaseId, EnvelopeId
from hub.core.words import NEVER_RELEASED, Category, Ground, Purpose

LONGEST: Final = timedelta(days=91)
"""From now to the end of the last day: what is told is not left open for longer."""

TELLABLE: Final = tuple(each for each in Category if each not in NEVER_RELEASED)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told, to whom, until when.

    Attributes:
        to_agency: an agency of this hub; None for an authority outside it, to which nothing is
            shared here.
        entries: the very entries, each with its category.
        opens: from when it can be read there; None for at once. Until then it can be called back.
    """

    record: str
    case: CaseId
    from_agency: AgencyId
    to_agency: AgencyId | None
    entries: frozenset[EnvelopeId]
    categories: frozenset[Category]
    until: datetime
    opens: datetime | None


def admits(telling: Telling, passage: Passage) -> datetime | None:
    """Until when the passage may be read; None when it is not among what is told.

    Args:
        passage: one entry on its way; without an entry it names, nothing passes. `until` is not
            included: what ends at noon lets nothing pass at noon.
    """
    if telling.to_agency is None or passage.to_agency != telling.to_agency:
        return None
    if passage.from_agency != telling.from_agency:
        return None
    if passage.to_agency == passage.from_agency:
        return None
    if not passage.envelope or passage.envelope not in telling.entries:
        return None
    if passage.category not in telling.categories:
        return None
    if passage.category in NEVER_RELEASED:
        return None
    return telling.until if passage.at < telling.until else None


@dataclass(frozen=True, slots=True)
class CompelledGround:
    """A duty or an order as the ground of a share.

    Only `hub.consent.duty.report.ground_of` and `hub.consent.orders.order.ground_of` make one,
    and only once every step before has been taken.
    """

    kind: Ground
    telling: Telling
    purpose: Purpose = Purpose.COORDINATION

    @property
    def record(self) -> str:
        """The id of the record behind it."""
        return self.telling.record

    def permits(self, passage: Passage) -> datetime | None:
        """What `admits` says."""
        return admits(self.telling, passage)

    def opens_at(self, passage: Passage) -> datetime | None:
        """When the wait is over; None when there is none."""
        return self.telling.opens
