"""Who else can open, now, what a sight can open itself: colleagues of one page, never strangers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.words import Ground
from hub.door.shares import live
from hub.door.sight import Sight
from hub.door.tables import HolderMemberRow, HolderRow, ShareRow


@dataclass(frozen=True, slots=True)
class Reader:
    """One person who carries a key to one envelope now, and the share it comes from."""

    envelope: EnvelopeId
    person: PersonId
    holder: HolderId
    agency: AgencyId
    ground: Ground
    record: str
    until: datetime


def readers(db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]) -> list[Reader]:
    """Everybody who can open these envelopes now, once for each live share that lets them.

    Of envelopes that the sight cannot open itself, nothing is said. It opens nothing.
    """
    columns = (
        col(ShareRow.envelope),
        col(HolderMemberRow.person),
        col(ShareRow.holder),
        col(HolderRow.agency),
        col(ShareRow.ground),
        col(ShareRow.record),
        col(ShareRow.until),
    )
    asked = (
        select(*columns)
        .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
        .join(HolderMemberRow, col(HolderMemberRow.holder) == col(ShareRow.holder))
        .where(
            col(ShareRow.envelope).in_(envelopes),
            col(ShareRow.envelope).in_(select(live(sight).c.envelope)),
            col(ShareRow.wrapped).is_not(None),
            col(ShareRow.until) > sight.at,
            col(HolderMemberRow.ended_at).is_(None),
        )
        .order_by(col(ShareRow.envelope), col(ShareRow.made_at), col(HolderMemberRow.person))
    )
    found = db.execute(asked, execution_options={"sight": sight})
    return [Reader(*row) for row in found]
