"""A ground for tests of the door: it permits exactly what it is told to, until it is told."""

from dataclasses import dataclass
from datetime import datetime

from hub.core.grounds import Passage
from hub.core.ids import AgencyId
from hub.core.words import Category, Ground, Purpose


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed paper: to one agency, for some categories, until a moment."""

    record: str
    to_agency: AgencyId
    categories: frozenset[Category]
    ends: datetime
    kind: Ground = Ground.RELEASE
    purpose: Purpose = Purpose.REFERRAL
    opens: datetime | None = None

    def permits(self, passage: Passage) -> datetime | None:
        """Until its end, to its agency, for its categories; else not at all."""
        if passage.to_agency != self.to_agency or passage.category not in self.categories:
            return None
        return self.ends if passage.at < self.ends else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """When it says; at once when it says nothing."""
        return self.opens
