"""Shares as facts: which are live for a sight, ending them, and who was told what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Executable, Subquery, func, or_, select, update
from sqlmodel import Session, col

from hub.core.errors import NothingHere, SealBroken
from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId
from hub.core.words import Category, Ground, HolderKind
from hub.door import audit
from hub.door.sight import Sight
from hub.door.span import in_time
from hub.door.tables import EnvelopeRow, HolderRow, ShareRow
from hub.store.unit import rows_changed

CALLED_BACK: Final = "called_back"
"""Why a share ended that was taken back before anybody could use it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Which shares end, and why (a code). Record, holder, envelopes or subject: one is named.

    `agency` narrows it to holders of that agency, `ground` to shares made on that kind of ground.
    """

    why: str
    record: str | None = None
    holder: HolderId | None = None
    envelopes: Sequence[EnvelopeId] | None = None
    agency: AgencyId | None = None
    ground: Ground | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the ledger: what was shared, with whom, on which ground, until when."""

    envelope: EnvelopeId
    category: Category
    holder: HolderId
    kind: HolderKind
    agency: AgencyId
    of: str
    ground: Ground
    record: str
    made_by: PersonId
    made_at: datetime
    opens_at: datetime | None
    until: datetime
    ended_at: datetime | None
    ended_why: str | None


Statement = TypeVar("Statement", bound=Executable)


def seen(statement: Statement, sight: Sight) -> Statement:
    """The same statement, carrying the sight that lets it pass the tripwire."""
    return statement.execution_options(sight=sight)


def live(sight: Sight) -> Subquery:
    """The shares that are live for this sight: columns envelope, holder, ground, record, until.

    For joins in queries about who is party to what. It opens nothing. The statement it is joined
    into must go through `seen`.
    """
    return (
        select(
            col(ShareRow.envelope),
            col(ShareRow.holder),
            col(ShareRow.ground),
            col(ShareRow.record),
            col(ShareRow.until),
        )
        .where(
            col(ShareRow.holder).in_(sorted(sight.holders)),
            col(ShareRow.wrapped).is_not(None),
            *in_time(ShareRow, sight.at),
            col(ShareRow.subject).not_in(sorted(sight.kept_out)),
        )
        .subquery("live")
    )


def unshare(db: Session, sight: Sight, ending: Ending) -> int:
    """Destroy the keys of the shares named; their rows stay, as history. Returns how many ended.

    Raises:
        SealBroken: the ending names nothing in particular.
    """
    named = named_by(ending)
    change = (
        update(ShareRow)
        .where(*named, col(ShareRow.wrapped).is_not(None))
        .values(wrapped=None, ended_at=sight.at, ended_why=ending.why)
    )
    count = rows_changed(db.execute(change, execution_options=_with(sight)))
    facts: dict[str, str | int] = {"count": count, "ending": ending.why}
    if ending.record is not None:
        facts["record"] = ending.record
    audit.note(db, sight, "share.ended", facts)
    return count


def named_by(ending: Ending) -> list[Any]:
    """The conditions on a share for which an ending stands.

    Raises:
        SealBroken: the ending names nothing in particular.
    """
    named: list[Any] = []
    if ending.record is not None:
        named.append(col(ShareRow.record) == ending.record)
    if ending.holder is not None:
        named.append(col(ShareRow.holder) == ending.holder)
    if ending.envelopes is not None:
        named.append(col(ShareRow.envelope).in_(ending.envelopes))
    if ending.subject is not None:
        named.append(col(ShareRow.subject) == ending.subject)
    if not named or "" in (ending.record, ending.holder, ending.subject):
        raise SealBroken("an ending must name a record, a holder, envelopes or a subject")
    if ending.agency is not None:
        theirs = select(col(HolderRow.id)).where(col(HolderRow.agency) == ending.agency)
        named.append(col(ShareRow.holder).in_(theirs))
    if ending.ground is not None:
        named.append(col(ShareRow.ground) == ending.ground)
    return named


def shut_expired(db: Session, sight: Sight) -> int:
    """Destroy the keys of shares whose moment has come; they have opened nothing since then."""
    change = (
        update(ShareRow)
        .where(col(ShareRow.until) <= sight.at, col(ShareRow.wrapped).is_not(None))
        .values(wrapped=None, ended_at=col(ShareRow.until), ended_why="expired")
    )
    count = rows_changed(db.execute(change, execution_options=_with(sight)))
    if count:
        audit.note(db, sight, "share.ended", {"count": count, "ending": "expired"})
    return count


def call_back(db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]) -> int:
    """Destroy the keys of shares that nobody could use yet; returns how many there were."""
    change = (
        update(ShareRow)
        .where(
            col(ShareRow.envelope).in_(envelopes),
            col(ShareRow.opens_at) > sight.at,
            col(ShareRow.wrapped).is_not(None),
        )
        .values(wrapped=None, ended_at=sight.at, ended_why=CALLED_BACK)
    )
    count = rows_changed(db.execute(change, execution_options=_with(sight)))
    audit.note(db, sight, "share.ended", {"count": count, "ending": CALLED_BACK})
    return count


def told_before(db: Session, sight: Sight, subject: str, agency: AgencyId) -> bool:
    """Whether anybody at an agency could ever open anything about a subject up to now.

    What was called back before its hour, or still waits for it, counts for nothing.
    """
    began = func.coalesce(col(ShareRow.opens_at), col(ShareRow.made_at))
    asked = (
        select(col(ShareRow.id))
        .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
        .where(
            col(ShareRow.subject) == subject,
            col(HolderRow.agency) == agency,
            began <= sight.at,
            or_(col(ShareRow.ended_at).is_(None), col(ShareRow.ended_at) > began),
        )
    )
    return db.execute(asked.limit(1), execution_options=_with(sight)).first() is not None


def told(db: Session, sight: Sight, holder: HolderId) -> list[Told]:
    """Every share ever made of what the sight's own agency wrote and this holder was given.

    For a care team it is the survivor's ledger: who was told what, newest first, whatever became
    of it since.

    Raises:
        NothingHere: the sight does not carry that holder's key.
    """
    if holder not in sight.holders:
        raise NothingHere
    theirs = select(col(ShareRow.envelope)).where(col(ShareRow.holder) == holder)
    asked = (
        select(
            ShareRow,
            col(EnvelopeRow.category),
            col(HolderRow.kind),
            col(HolderRow.agency),
            col(HolderRow.of),
        )
        .join(EnvelopeRow, col(EnvelopeRow.id) == col(ShareRow.envelope))
        .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
        .where(col(ShareRow.envelope).in_(theirs), col(EnvelopeRow.agency) == sight.agency)
        .order_by(col(ShareRow.made_at).desc(), col(ShareRow.id))
    )
    return [line_told(*row) for row in db.execute(asked, execution_options=_with(sight)).all()]


def line_told(row: ShareRow, category: Category, kind: HolderKind, agency: str, of: str) -> Told:
    """A share as a line of the ledger."""
    return Told(
        envelope=EnvelopeId(row.envelope),
        category=category,
        holder=HolderId(row.holder),
        kind=kind,
        agency=AgencyId(agency),
        of=of,
        ground=row.ground,
        record=row.record,
        made_by=PersonId(row.made_by),
        made_at=row.made_at,
        opens_at=row.opens_at,
        until=row.until,
        ended_at=row.ended_at,
        ended_why=row.ended_why,
    )


def _with(sight: Sight) -> dict[str, Any]:
    return {"sight": sight}
