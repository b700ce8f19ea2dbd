"""Grounds: the records that let a share be made, and the one question the door asks them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from hub.core.clock import OPEN_END
from hub.core.ids import AgencyId, EnvelopeId
from hub.core.words import NEVER_RELEASED, Category, Ground, Purpose

NO_ENTRY: Final = EnvelopeId("")


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry about to be shared: of which category, from and to which agency, what for, when.

    `envelope` is the very entry, for grounds that name entries one by one; "" is none of them.
    """

    category: Category
    from_agency: AgencyId
    to_agency: AgencyId
    purpose: Purpose
    at: datetime
    envelope: EnvelopeId = NO_ENTRY


class GroundRecord(Protocol):
    """Something written down that lets an entry be shared."""

    @property
    def kind(self) -> Ground:
        """Which ground this is."""
        ...

    @property
    def record(self) -> str:
        """The id of the record, "" for own work."""
        ...

    @property
    def purpose(self) -> Purpose:
        """What a share on this ground is for."""
        ...

    def permits(self, passage: Passage) -> datetime | None:
        """Until when the passage may be read; None when it may not be made at all."""
        ...

    def opens_at(self, passage: Passage) -> datetime | None:
        """From when the passage may be read, later than `passage.at`; None means at once."""
        ...


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The team that wrote it works with it: never a ground for crossing from agency to agency."""

    kind: Ground = Ground.OWN_WORK
    record: str = ""
    purpose: Purpose = Purpose.COORDINATION

    def permits(self, passage: Passage) -> datetime | None:
        """Without end inside one agency; None across two, always."""
        return OPEN_END if passage.from_agency == passage.to_agency else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """At once."""
        return None


@dataclass(frozen=True, slots=True)
class Invitation:
    """Being asked to a meeting: ground for its place and hour, and for nothing else."""

    record: str
    kind: Ground = Ground.INVITATION
    purpose: Purpose = Purpose.CONFERENCE

    def permits(self, passage: Passage) -> datetime | None:
        """The arrangements of the meeting, which tell nobody's story; None for all else."""
        return OPEN_END if passage.category is Category.ARRANGEMENTS else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """At once."""
        return None


@dataclass(frozen=True, slots=True)
class HerOwn:
    """The copy of the person it is about: of what was shared of hers, for as long as she wants."""

    record: str
    ends: datetime
    kind: Ground = Ground.HER_OWN
    purpose: Purpose = Purpose.COORDINATION

    def permits(self, passage: Passage) -> datetime | None:
        """Until it ends, of what her own agency wrote; None for what nobody may be given."""
        if passage.from_agency != passage.to_agency or passage.category in NEVER_RELEASED:
            return None
        return self.ends if passage.at < self.ends else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """At once."""
        return None


OWN_WORK = OwnWork()
