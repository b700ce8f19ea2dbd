"""Shares as an auditor asks about them: every one of an envelope, whatever became of it.

It opens nothing and is no part of any page. Whoever asks must write down that they did.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.words import Category, Ground, HolderKind
from hub.door import wall
from hub.door.sight import Sight
from hub.door.tables import EnvelopeRow, HolderMemberRow, HolderRow, ShareRow
from hub.door.wall import Errand


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope from outside: what kind of thing it is, whose, and when it was written."""

    envelope: EnvelopeId
    subject: str
    category: Category
    agency: AgencyId
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """One share. `live` says whether its key is still there; the hours are another question."""

    envelope: EnvelopeId
    subject: str
    holder: HolderId
    kind: HolderKind
    agency: AgencyId
    of: str
    ground: Ground
    record: str
    made_at: datetime
    opens_at: datetime | None
    until: datetime
    ended_at: datetime | None
    ended_why: str | None
    live: bool


@dataclass(frozen=True, slots=True)
class Carrying:
    """From when until when somebody carries a holder's key; `until` is None while they do."""

    since: datetime
    until: datetime | None


def sealed(db: Session, sight: Sight, envelopes: Collection[EnvelopeId]) -> list[Sealed]:
    """These envelopes from outside, the oldest first."""
    asked = select(EnvelopeRow).where(col(EnvelopeRow.id).in_(list(envelopes)))
    return _sealed(db, sight, asked)


def sealed_of(db: Session, sight: Sight, subject: str) -> list[Sealed]:
    """Every envelope about a subject, from outside, the oldest first."""
    return _sealed(db, sight, select(EnvelopeRow).where(col(EnvelopeRow.subject) == subject))


def _sealed(db: Session, sight: Sight, asked: Any) -> list[Sealed]:
    ordered = asked.order_by(col(EnvelopeRow.written_at), col(EnvelopeRow.id))
    with wall.errand(db, Errand.EXPLAINING):
        rows = db.execute(ordered, execution_options={"sight": sight}).scalars().all()
    return [
        Sealed(EnvelopeId(row.id), row.subject, row.category, AgencyId(row.agency), row.written_at)
        for row in rows
    ]


_COLUMNS: Final[tuple[Any, ...]] = (
    ShareRow,
    col(HolderRow.kind),
    col(HolderRow.agency),
    col(HolderRow.of),
)


def traces(db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]) -> list[Trace]:
    """Every share ever made of these envelopes, the oldest first."""
    asked = (
        select(*_COLUMNS)
        .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
        .where(col(ShareRow.envelope).in_(list(envelopes)))
        .order_by(col(ShareRow.made_at), col(ShareRow.id))
    )
    with wall.errand(db, Errand.EXPLAINING):
        return [_trace(*row) for row in db.execute(asked, execution_options={"sight": sight})]


def _trace(row: ShareRow, kind: HolderKind, agency: str, of: str) -> Trace:
    return Trace(
        envelope=EnvelopeId(row.envelope),
        subject=row.subject,
        holder=HolderId(row.holder),
        kind=kind,
        agency=AgencyId(agency),
        of=of,
        ground=row.ground,
        record=row.record,
        made_at=row.made_at,
        opens_at=row.opens_at,
        until=row.until,
        ended_at=row.ended_at,
        ended_why=row.ended_why,
        live=row.wrapped is not None,
    )


def carrying(db: Session, person: PersonId) -> dict[HolderId, Carrying]:
    """Which holders' keys somebody carries or carried, each as it was last."""
    asked = select(HolderMemberRow).where(col(HolderMemberRow.person) == person)
    rows = db.execute(asked.order_by(col(HolderMemberRow.since))).scalars()
    return {HolderId(row.holder): Carrying(row.since, row.ended_at) for row in rows}
