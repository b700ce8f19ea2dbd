"""Who else can open, now, what a sight can open itself: colleagues of one page, never strangers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, select
from sqlmodel import Session, col

from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.words import Ground
from hub.door.keeping_out import is_let_in
from hub.door.look import look, open_to_sight
from hub.door.sight import Sight
from hub.door.span import in_time
from hub.door.tables import HolderMemberRow, HolderRow, ShareRow
from hub.door.wall import Errand, errand
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


READER: Final[tuple[Any, ...]] = (
    col(ShareRow.envelope),
    col(HolderMemberRow.person),
    col(ShareRow.holder),
    col(HolderRow.agency),
    col(ShareRow.ground),
    col(ShareRow.record),
    col(ShareRow.until),
)
READERS: Final = (
    select(*READER)
    .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
    .join(HolderMemberRow, col(HolderMemberRow.holder) == col(ShareRow.holder))
    .where(
        col(ShareRow.envelope).in_(bindparam("envelopes", expanding=True)),
        open_to_sight(col(ShareRow.envelope)),
        col(ShareRow.wrapped).is_not(None),
        *in_time(ShareRow, bindparam("now", type_=UtcMoment)),
        is_let_in(col(ShareRow.subject), col(HolderMemberRow.person)),
        col(HolderMemberRow.ended_at).is_(None),
    )
    .order_by(col(ShareRow.envelope), col(ShareRow.made_at), col(HolderMemberRow.person))
)


PROMISED: Final = (
    select(*READER, col(ShareRow.opens_at))
    .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
    .join(HolderMemberRow, col(HolderMemberRow.holder) == col(ShareRow.holder))
    .where(
        col(ShareRow.envelope).in_(bindparam("envelopes", expanding=True)),
        open_to_sight(col(ShareRow.envelope)),
        col(ShareRow.wrapped).is_not(None),
        col(ShareRow.opens_at) > bindparam("now", type_=UtcMoment),
        is_let_in(col(ShareRow.subject), col(HolderMemberRow.person)),
        col(HolderMemberRow.ended_at).is_(None),
    )
    .order_by(col(ShareRow.envelope), col(ShareRow.made_at), col(HolderMemberRow.person))
)
_SHARE: Final = cast(Table, ShareRow.__table__).c  # type: ignore[attr-defined]
_HOLDER: Final = cast(Table, HolderRow.__table__).c  # type: ignore[attr-defined]
_MEMBER: Final = cast(Table, HolderMemberRow.__table__).c  # type: ignore[attr-defined]
BESIDE: Final = (
    select(_SHARE.envelope, _MEMBER.person, _HOLDER.agency)
    .distinct()
    .join(HolderRow, _HOLDER.id == _SHARE.holder)
    .join(HolderMemberRow, _MEMBER.holder == _SHARE.holder)
    .where(
        _SHARE.envelope.in_(bindparam("envelopes", expanding=True)),
        open_to_sight(_SHARE.envelope),
        _SHARE.wrapped.is_not(None),
        *in_time(ShareRow, bindparam("now", type_=UtcMoment)),
        is_let_in(_SHARE.subject, _MEMBER.person),
        _MEMBER.ended_at.is_(None),
    )
)


def beside(
    db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]
) -> dict[EnvelopeId, dict[PersonId, AgencyId]]:
    """Who can open each of these envelopes now, with the agency whose key they carry for it.

    As `readers`, without the grounds: for pages that say who else is there.
    """
    found: dict[EnvelopeId, dict[PersonId, AgencyId]] = {each: {} for each in envelopes}
    if found:
        told = {"envelopes": list(found), "now": sight.at}
        with errand(db, Errand.COMPANY):
            for envelope, person, agency in look(db, sight, BESIDE, **told):
                found[envelope][person] = agency
    return found


def promised(
    db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]
) -> list[tuple[Reader, datetime]]:
    """Everybody who will be able to open these envelopes and cannot yet, and from when on.

    Of envelopes that the sight cannot open itself, nothing is said. It opens nothing.
    """
    if not envelopes:
        return []
    with errand(db, Errand.COMPANY):
        found = look(db, sight, PROMISED, envelopes=list(envelopes), now=sight.at)
    return [(Reader(*row[:-1]), row[-1]) for row in found]


def readers(db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]) -> list[Reader]:
    """Everybody who can open these envelopes now, once for each live share that lets them.

    Of envelopes that the sight cannot open itself, nothing is said. It opens nothing.
    """
    if not envelopes:
        return []
    with errand(db, Errand.COMPANY):
        found = look(db, sight, READERS, envelopes=list(envelopes), now=sight.at)
    return [Reader(*row) for row in found]
