"""The survivor's ledger: shares gathered into lines a person can read aloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.consent.release import Release
from hub.core.ids import AgencyId, EnvelopeId, PersonId, ReleaseId
from hub.core.words import Category, Ground, HolderKind
from hub.door import Entry, Told


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
        ended_at, ended_why: when and why it stopped being readable; an end by the hour counts
            although nobody wrote it down. None and "" while it can be read.
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
    until: datetime
    ended_at: datetime | None
    ended_why: str

    @property
    def open(self) -> bool:
        """Whether it can still be read."""
        return self.ended_at is None

    @property
    def with_release(self) -> bool:
        """Whether it ended because its release did, not because of what was done with it."""
        if self.ended_at is None or self.behind is None:
            return False
        return self.ended_at in {self.behind.withdrawn_at, self.until}


def ledger_lines(
    told: Sequence[Told],
    opened: Mapping[EnvelopeId, Entry],
    behind: Mapping[ReleaseId, Release],
    at: datetime,
) -> list[LedgerLine]:
    """Shares of the same moment, receiver, ground and end as one line; the order is kept."""
    gathered: dict[tuple[object, ...], list[Told]] = {}
    for share in told:
        gathered.setdefault(_same(share), []).append(share)
    return [_line(shares, opened, behind, at) for shares in gathered.values()]


def _same(share: Told) -> tuple[object, ...]:
    ended = (share.until, share.ended_at, share.ended_why)
    return (share.made_at, share.made_by, share.holder, share.ground, share.record, *ended)


def _line(
    shares: Sequence[Told],
    opened: Mapping[EnvelopeId, Entry],
    behind: Mapping[ReleaseId, Release],
    at: datetime,
) -> LedgerLine:
    first, order = shares[0], list(Category)
    shares = sorted(shares, key=lambda each: order.index(each.category))
    ended_at, ended_why = _ending(first, at)
    return LedgerLine(
        at=first.made_at,
        by=first.made_by,
        agency=first.agency,
        kind=first.kind,
        of=first.of,
        shared=tuple(Shared(each.category, opened.get(each.envelope)) for each in shares),
        ground=first.ground,
        record=first.record,
        behind=behind.get(ReleaseId(first.record)),
        until=first.until,
        ended_at=ended_at,
        ended_why=ended_why,
    )


def _ending(share: Told, at: datetime) -> tuple[datetime | None, str]:
    if share.ended_at is not None:
        return share.ended_at, share.ended_why or ""
    return (share.until, "expired") if share.until <= at else (None, "")
