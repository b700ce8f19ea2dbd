"""The rule of emergency access: how long it lasts, what it opens, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hub.core.grounds import Passage
from hub.core.ids import AgencyId
from hub.core.states import Arrow, arrow
from hub.core.words import Category, Ground, Purpose, Worded

LASTS: Final = timedelta(minutes=15)
NEVER_OPENED: Final = frozenset({Category.EVIDENCE, Category.ARRANGEMENTS})

MOST_TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(minutes=15)
"""However a try ends, it counts: five in fifteen minutes, then the next is refused."""


class State(Worded):
    """What the supervisor made of it."""

    UNREVIEWED = "unreviewed", "Waits for a supervisor"
    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"


class Step(StrEnum):
    """What can happen to an emergency access once it was opened."""

    JUSTIFY = "justify"
    FAULT = "fault"


class Side(StrEnum):
    """Who acts: whoever read, or a supervisor of the case who did not."""

    READER = "reader"
    SUPERVISOR = "supervisor"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.UNREVIEWED, Step.JUSTIFY): arrow(
            State.JUSTIFIED, Side.SUPERVISOR, needs_reason=True
        ),
        (State.UNREVIEWED, Step.FAULT): arrow(
            State.NOT_JUSTIFIED, Side.SUPERVISOR, needs_reason=True
        ),
    }
)
"""Only a supervisor who did not read reviews, once, and says why."""


@dataclass(frozen=True, slots=True)
class EmergencyGround:
    """An emergency as the ground of a share: inside one agency, for fifteen minutes."""

    record: str
    agency: AgencyId
    began: datetime
    kind: Ground = Ground.EMERGENCY
    purpose: Purpose = Purpose.COORDINATION

    def permits(self, passage: Passage) -> datetime | None:
        """Fifteen minutes from its beginning, for what the agency wrote itself.

        None across two agencies, for evidence, before it began and from its last instant on.
        """
        ends = self.began + LASTS
        if passage.from_agency != self.agency or passage.to_agency != self.agency:
            return None
        if passage.category in NEVER_OPENED:
            return None
        return ends if self.began <= passage.at < ends else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """At once."""
        return None
