"""A release and the one rule that says what it covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hub.core.clock import OPEN_END
from hub.core.grounds import Passage
from hub.core.ids import AgencyId, CaseId, ReleaseId
from hub.core.states import Arrow, arrow
from hub.core.words import RELEASABLE, Category, Ground, Purpose, ServiceType, Worded


class State(Worded):
    """Where a release stands. EXPIRED is never written down: the instant alone decides it."""

    DRAFTED = "drafted", "Not signed yet"
    ACTIVE = "active", "Agreed"
    EXPIRED = "expired", "Ended"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Replaced by a newer one"


class Step(StrEnum):
    """What can happen to a release."""

    SIGN = "sign"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    EXPIRE = "expire"


class Side(StrEnum):
    """Who brings a step about."""

    SURVIVOR = "survivor"
    CASE_MANAGER = "case_manager"
    CLOCK = "clock"


STEPS: Final[Mapping[tuple[State, Step], Arrow[State, Side]]] = MappingProxyType(
    {
        (State.DRAFTED, Step.SIGN): arrow(State.ACTIVE, Side.SURVIVOR),
        (State.DRAFTED, Step.WITHDRAW): arrow(State.WITHDRAWN, Side.SURVIVOR),
        (State.ACTIVE, Step.WITHDRAW): arrow(State.WITHDRAWN, Side.SURVIVOR),
        (State.ACTIVE, Step.SUPERSEDE): arrow(State.SUPERSEDED, Side.SURVIVOR, Side.CASE_MANAGER),
        (State.ACTIVE, Step.EXPIRE): arrow(State.EXPIRED, Side.CLOCK),
    }
)
"""Only the survivor agrees and only she takes it back; a case manager writes it down for her."""


class Standing(Worded):
    """How a release stands at one instant, for the screen."""

    DRAFTED = "drafted", "Not signed yet"
    TO_COME = "to_come", "Begins later"
    LIVE = "live", "In force"
    ENDED = "ended", "Ended"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Replaced by a newer one"


OVER: Final = frozenset({Standing.ENDED, Standing.WITHDRAWN, Standing.SUPERSEDED})
"""A release that stands so holds no longer."""


@dataclass(frozen=True, slots=True)
class Written:
    """When an entry must have been written for a release to be about it; `to` is not included."""

    since: datetime
    to: datetime

    def holds(self, at: datetime) -> bool:
        """Whether what was written at `at` is among it."""
        return self.since <= at < self.to

    def reaches(self, other: "Written") -> bool:
        """Whether everything the other is about is among it."""
        return self.since <= other.since and other.to <= self.to


EVER: Final = Written(datetime.min.replace(tzinfo=UTC), OPEN_END)
"""Where no dates were named."""


@dataclass(frozen=True, slots=True)
class Release:
    """What she agreed to: one receiving agency, for these purposes, these categories, this long.

    `records` narrows what can be offered of her file; what is written for the receiver alone is
    not from the file.
    """

    id: ReleaseId
    case: CaseId
    from_agency: AgencyId
    to_agency: AgencyId
    purposes: frozenset[Purpose]
    service_types: frozenset[ServiceType]
    categories: frozenset[Category]
    starts: datetime
    ends: datetime
    withdrawn_at: datetime | None
    state: State
    records: Written = EVER


def covers(release: Release, passage: Passage) -> datetime | None:
    """Until when `release` lets the passage be read; None when it does not let it pass.

    Args:
        passage: one entry, from the agency that wrote it to one other, for one purpose, at one
            timezone-aware instant. `starts` is included, `ends` and `withdrawn_at` are not: a
            release that ends at noon lets nothing pass at noon.

    Source: VAWA 34 U.S.C. 12291(b)(2), read with NNEDV's guidance: written, specific to one
    receiver and its information, limited in time, revocable at any time.
    """
    if release.state is not State.ACTIVE:
        return None
    if release.withdrawn_at is not None and passage.at >= release.withdrawn_at:
        return None
    if passage.at < release.starts:
        return None
    if passage.at >= release.ends:
        return None
    if passage.from_agency != release.from_agency:
        return None
    if passage.to_agency != release.to_agency:
        return None
    if passage.to_agency == passage.from_agency:
        return None
    if passage.purpose not in release.purposes:
        return None
    if passage.category not in release.categories:
        return None
    if passage.category not in RELEASABLE:
        return None
    return release.ends


def live(release: Release, at: datetime) -> bool:
    """Whether the release is in force at `at`, with the same boundaries as `covers`."""
    return standing(release, at) is Standing.LIVE


def standing(release: Release, at: datetime) -> Standing:
    """How the release stands at `at`; it ends by the instant, whether or not any job ran."""
    if release.state is State.WITHDRAWN or release.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if release.state is State.SUPERSEDED:
        return Standing.SUPERSEDED
    if release.state is State.EXPIRED or at >= release.ends:
        return Standing.ENDED
    if release.state is State.DRAFTED:
        return Standing.DRAFTED
    return Standing.TO_COME if at < release.starts else Standing.LIVE


def names_service(release: Release, kind: ServiceType) -> bool:
    """Whether the release is for referring her to this kind of service."""
    return Purpose.REFERRAL in release.purposes and kind in release.service_types


def goes_on(old: Release, new: Release) -> bool:
    """Whether what was shared on `old` can be read further on `new`, as far as `new` covers it.

    A share does not say for which of a release's purposes it was made. So a new release that
    leaves out a purpose, a kind of service or days of records ends everything that was shared on
    the old one, and what is still wanted is shared again. So does one that leaves out the need
    on which referrals stand.
    """
    if new.to_agency != old.to_agency or new.from_agency != old.from_agency:
        return False
    if not new.purposes >= old.purposes or not new.service_types >= old.service_types:
        return False
    if Purpose.REFERRAL in old.purposes and not new.categories >= {Category.NEED} & old.categories:
        return False
    return new.records.reaches(old.records)


def read_until(until: datetime, old: Release, new: Release) -> datetime:
    """Until when a share made on `old` until `until` can be read on `new`.

    What lasted as long as the old release lasts as long as the new one; what was to end sooner
    ends then, and never after the new one.
    """
    return new.ends if until >= old.ends else min(until, new.ends)


@dataclass(frozen=True, slots=True)
class ReleaseGround:
    """A release as the ground of a share for one of its purposes.

    `opens` is when the receiver can begin to read: the wait in which it can be called back. None
    means at once.
    """

    release: Release
    purpose: Purpose
    opens: datetime | None

    @property
    def kind(self) -> Ground:
        """A release."""
        return Ground.RELEASE

    @property
    def record(self) -> str:
        """The release's id: withdrawing it ends every share made on it."""
        return self.release.id

    def permits(self, passage: Passage) -> datetime | None:
        """What `covers` says, for this purpose; None for any other."""
        return covers(self.release, passage) if passage.purpose is self.purpose else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """When the wait is over; None when there is none."""
        return self.opens


@dataclass(frozen=True, slots=True)
class AnswerGround:
    """A release as the ground on which its receiver answers the agency that holds it."""

    release: Release

    @property
    def kind(self) -> Ground:
        """A release."""
        return Ground.RELEASE

    @property
    def record(self) -> str:
        """The release's id."""
        return self.release.id

    @property
    def purpose(self) -> Purpose:
        """Answering is coordination between the two agencies."""
        return Purpose.COORDINATION

    def permits(self, passage: Passage) -> datetime | None:
        """Back to the agency that holds the release, while it is in force; then without end.

        None on any other way, and for what no release can share.
        Only the making needs the release to be live: what the receiver has answered is known to
        the care team and stays with it.
        """
        if not live(self.release, passage.at):
            return None
        if passage.from_agency != self.release.to_agency:
            return None
        if passage.to_agency != self.release.from_agency:
            return None
        return OPEN_END if passage.category in RELEASABLE else None

    def opens_at(self, passage: Passage) -> datetime | None:
        """At once: an answer waits for nothing."""
        return None
