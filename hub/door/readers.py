"""Who else can open, now, what a sight can open itself: colleagues of one page, never strangers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.words import Ground
from hub.door.look import OPEN_TO_SIGHT, look
from hub.door.sight import Sight
from hub.door.tables import HolderMemberRow, HolderRow, ShareRow
from hub.store.columns import UtcMoment


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


_COLUMNS: Final[tuple[Any, ...]] = (
    col(ShareRow.envelope),
    col(HolderMemberRow.person),
    col(ShareRow.holder),
    col(HolderRow.agency),
    col(ShareRow.ground),
    col(ShareRow.record),
    col(ShareRow.until),
)
READERS: Final = (
    select(*_COLUMNS)
    .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
    .join(HolderMemberRow, col(HolderMemberRow.holder) == col(ShareRow.holder))
    .where(
        col(ShareRow.envelope).in_(bindparam("envelopes", expanding=True)),
        col(ShareRow.envelope).in_(OPEN_TO_SIGHT),
        col(ShareRow.wrapped).is_not(None),
        col(ShareRow.until) > bindparam("now", type_=UtcMoment),
        col(HolderMemberRow.ended_at).is_(None),
    )
    .order_by(col(ShareRow.envelope), col(ShareRow.made_at), col(HolderMemberRow.person))
)


def readers(db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]) -> list[Reader]:
    """Everybody who can open these envelopes now, once for each live share that lets them.

    Of envelopes that the sight cannot open itself, nothing is said. It opens nothing.
    """
    if not envelopes:
        return []
    found = look(db, sight, READERS, envelopes=list(envelopes), now=sight.at)
    return [Reader(*row) for row in found]
