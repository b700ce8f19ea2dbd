"""The survivor's ledger: shares gathered into lines a person can read aloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.consent.opened import Opened, opened_of
from hub.consent.release import Release
from hub.core.ids import AgencyId, EnvelopeId, PersonId, ReleaseId
from hub.core.words import Category, Ground, HolderKind
from hub.door import Entry, Told
from hub.door.openings import Opening
from hub.door.shares import CALLED_BACK


@dataclass(frozen=True, slots=True)
class Shared:
    """One entry that was shared; `entry` is None when the one who looks cannot open it."""

    category: Category
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What one receiver was given at one moment.

    Attributes:
        kind, of: whether a desk, a team or a person received it, and the id it stands for.
        behind: the release it stands on; None on another ground.
        opens_at: when the wait is over in which it could be called back; None for at once.
        ended_at, ended_why: when and why it stopped being readable; an end by the hour counts
            although nobody wrote it down. None and "" while it can be read.
        opened: who opened any of it while they could.
    """

    at: datetime
    by: PersonId
    agency: AgencyId
    kind: HolderKind
    of: str
    shared: tuple[Shared, ...]
    ground: Ground
    record: str
    behind: Release | None
    opens_at: datetime | None
    until: datetime
    ended_at: datetime | None
    ended_why: str
    opened: tuple[Opened, ...]

    @property
    def open(self) -> bool:
        """Whether it can still be read, or will be when its wait is over."""
        return self.ended_at is None

    def waits(self, at: datetime) -> bool:
        """Whether nobody can open it yet and it can still be called back."""
        return self.open and self.opens_at is not None and at < self.opens_at

    @property
    def never_opened(self) -> bool:
        """Whether it was over before its wait was, so that nobody there could ever open it."""
        if self.ended_at is None:
            return False
        waited = self.opens_at is not None and self.ended_at <= self.opens_at
        return waited or self.ended_why == CALLED_BACK

    @property
    def with_release(self) -> bool:
        """Whether it ended because its release did, not because of what was done with it."""
        if self.ended_at is None or self.behind is None:
            return False
        return self.ended_at in {self.behind.withdrawn_at, self.until}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the shares: their words, the releases behind them, who opened them."""

    entries: Mapping[EnvelopeId, Entry]
    behind: Mapping[ReleaseId, Release]
    openings: Mapping[EnvelopeId, Sequence[Opening]]


def ledger_line(shares: Sequence[Told], known: Known, at: datetime) -> LedgerLine:
    """Shares of one moment, receiver, ground and end as one line, in the order of categories."""
    first, order = shares[0], list(Category)
    shares = sorted(shares, key=lambda each: order.index(each.category))
    ended_at, ended_why = _ending(first, at)
    return LedgerLine(
        at=first.made_at,
        by=first.made_by,
        agency=first.agency,
        kind=first.kind,
        of=first.of,
        shared=tuple(Shared(each.category, known.entries.get(each.envelope)) for each in shares),
        ground=first.ground,
        record=first.record,
        behind=known.behind.get(ReleaseId(first.record)),
        opens_at=first.opens_at,
        until=first.until,
        ended_at=ended_at,
        ended_why=ended_why,
        opened=tuple(opened_of(shares, known.openings)),
    )


def _ending(share: Told, at: datetime) -> tuple[datetime | None, str]:
    if share.ended_at is not None:
        return share.ended_at, share.ended_why or ""
    return (share.until, "expired") if share.until <= at else (None, "")
