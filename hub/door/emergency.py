"""Emergency access: what a care team can open, lent for minutes to a colleague who carries no key.

What custody must be able to do: `Custody.lend(holder)`, the private half of a care team's key
although none of its carriers is there. Server custody can, because the root key opens every
holder. Sealed custody cannot, because only a carrier's own passphrase or passkey opens it; there
`lend` raises KeyOutOfReach, and nothing here goes another way round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select
from sqlmodel import Session, col

from hub.core.errors import NothingHere, SealBroken
from hub.core.grounds import GroundRecord
from hub.core.ids import EnvelopeId, HolderId
from hub.core.words import Ground, HolderKind
from hub.door.custody import Custody, LockedHolder
from hub.door.envelopes import To, share
from hub.door.holders import holder_of
from hub.door.sight import Sight
from hub.door.tables import HolderRow


@dataclass(frozen=True, slots=True)
class Loan:
    """Which of a case's entries are lent to the one who looks, on which record, until when."""

    subject: str
    envelopes: Sequence[EnvelopeId]
    ground: GroundRecord
    until: datetime


@dataclass(frozen=True, slots=True)
class _Lending:
    """Custody that lends: for the one moment in which keys are copied."""

    custody: Custody

    def lock(self, holder: HolderId, private: X25519PrivateKey) -> bytes:
        return self.custody.lock(holder, private)

    def unlock(self, holder: LockedHolder) -> X25519PrivateKey:
        return self.custody.lend(holder)

    def lend(self, holder: LockedHolder) -> X25519PrivateKey:
        return self.custody.lend(holder)


def lend(db: Session, sight: Sight, loan: Loan) -> int:
    """Copy the keys of a care team's entries to the one who looks; returns how many.

    The copies are for that person alone, and the ground decides about each.

    Raises:
        NothingHere: there is no such care team at the agency of the sight, or the one who looks
            must not know of it.
        KeyOutOfReach: custody cannot lend.
        NotCovered: the ground does not permit one of them; then none is copied.
        SealBroken: the ground is not an emergency.
    """
    if loan.ground.kind is not Ground.EMERGENCY or not loan.ground.record:
        raise SealBroken("keys are lent in an emergency that is written down, and never else")
    team = _team(db, sight, loan.subject)
    own = holder_of(db, HolderKind.PERSON, sight.person)
    if own is None or own not in sight.holders:
        raise NothingHere
    sight.custody.lend(team)
    lent = replace(sight, holders=frozenset({team.holder}), custody=_Lending(sight.custody))
    for envelope in loan.envelopes:
        share(db, lent, envelope, [To(own, loan.ground, loan.until)])
    return len(loan.envelopes)


def _team(db: Session, sight: Sight, subject: str) -> LockedHolder:
    """The care team of a case of the sight's own agency."""
    asked = select(col(HolderRow.id), col(HolderRow.locked)).where(
        col(HolderRow.kind) == HolderKind.CARE_TEAM,
        col(HolderRow.of) == subject,
        col(HolderRow.agency) == sight.agency,
    )
    found = db.execute(asked).one_or_none()
    if found is None or subject in sight.kept_out:
        raise NothingHere
    return LockedHolder(HolderId(found[0]), found[1])
