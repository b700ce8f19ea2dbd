"""The copy of the person it is about: who carries one, and of which envelopes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from hub.core.ids import EnvelopeId, HolderId
from hub.door.sight import Sight
from hub.door.tables import OwnCopyRow, ShareRow
from hub.door.wall import Errand, errand
from hub.store.columns import UtcMoment
from hub.store.unit import rows_changed


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """One person's copy: the holder it is for, under which receipt, until when."""

    subject: str
    holder: HolderId
    record: str
    until: datetime


_NOW: Final = (
    col(OwnCopyRow.ended_at).is_(None),
    col(OwnCopyRow.until) > bindparam("now", type_=UtcMoment),
)
COPIES: Final = select(
    col(OwnCopyRow.subject), col(OwnCopyRow.holder), col(OwnCopyRow.id), col(OwnCopyRow.until)
).where(
    col(OwnCopyRow.subject).in_(bindparam("subjects", expanding=True)),
    col(OwnCopyRow.agency) == bindparam("agency"),
    *_NOW,
)


def own_copies(db: Session, sight: Sight, subjects: Collection[str]) -> Mapping[str, OwnCopy]:
    """Who among these subjects carries a copy of their own now, by subject.

    Only of the sight's own agency: what others write is theirs to give.
    """
    told = {"subjects": sorted(subjects), "agency": sight.agency, "now": sight.at}
    with errand(db, Errand.COPYING):
        found = db.execute(COPIES, told, execution_options={"sight": sight}).all()
    return {row[0]: OwnCopy(row[0], HolderId(row[1]), row[2], row[3]) for row in found}


def without_copy(
    db: Session, sight: Sight, own: OwnCopy, envelopes: Sequence[EnvelopeId]
) -> set[EnvelopeId]:
    """Those of these envelopes that she was not given under this receipt."""
    given = select(col(ShareRow.envelope)).where(
        col(ShareRow.holder) == own.holder,
        col(ShareRow.record) == own.record,
        col(ShareRow.envelope).in_(envelopes),
    )
    with errand(db, Errand.COPYING):
        had = set(db.execute(given, execution_options={"sight": sight}).scalars())
    return set(envelopes) - had


def begin_copy(db: Session, sight: Sight, own: OwnCopy) -> None:
    """From now on, what is shared of her is copied for her; one copy at a time."""
    row = OwnCopyRow(
        id=own.record,
        subject=own.subject,
        agency=sight.agency,
        holder=own.holder,
        made_at=sight.at,
        until=own.until,
    )
    db.execute(
        OwnCopyRow.__table__.insert(),  # type: ignore[attr-defined] # sqlmodel adds it
        [row.model_dump()],
        execution_options={"sight": sight},
    )


def end_copy(db: Session, sight: Sight, record: str) -> bool:
    """Nothing more is copied under this receipt; False when it had ended before."""
    ended = (
        update(OwnCopyRow)
        .where(col(OwnCopyRow.id) == record, col(OwnCopyRow.ended_at).is_(None))
        .values(ended_at=sight.at)
    )
    return rows_changed(db.execute(ended, execution_options={"sight": sight})) == 1
