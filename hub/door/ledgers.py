"""The ledger of one subject: all that was ever shared of it, a page at a time, and what hangs on.

Nothing here opens an envelope. It is asked by those who carry the key of the subject's own care
team, and by the person it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

from hub.core.errors import Changed, NothingHere
from hub.core.ids import EnvelopeId
from hub.core.words import Ground, HolderKind
from hub.door.openings import OWNERS
from hub.door.readers import READER, Reader
from hub.door.shares import Ending, Told, line_told, named_by
from hub.door.sight import Sight
from hub.door.tables import EnvelopeRow, HolderMemberRow, HolderRow, ShareRow

UNTOLD: Final = (Ground.OWN_WORK, Ground.HER_OWN, Ground.INVITATION)
"""Grounds on which nobody was told anything: the team's own work, her own copy, a meeting."""


class Which(StrEnum):
    """Which lines of a ledger."""

    OPEN = "open"  # can be read now, or waits to be opened
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Walk:
    """Through whose ledger, which lines, and how far.

    Attributes:
        after: the mark of the last line that was shown; "" to begin with the newest.
        record: only what stands on this record; "" for whatever it stands on.
        since, until: only what was shared from then on, and before then; None for no bound.
    """

    subject: str
    which: Which
    most: int
    after: str = ""
    record: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a ledger, newest first: the shares of each line; and the mark to go on from."""

    lines: list[list[Told]]
    last: str


def refuse_stranger(db: Session, sight: Sight, subject: str) -> None:
    """Let nobody ask about a subject but its care team and the person it is about.

    Raises:
        NothingHere: the sight carries neither's key.
    """
    asked = select(col(HolderRow.id)).where(
        col(HolderRow.of) == subject,
        col(HolderRow.kind).in_(OWNERS),
        col(HolderRow.id).in_(sorted(sight.holders)),
    )
    if not subject or subject in sight.kept_out or db.execute(asked).first() is None:
        raise NothingHere


TRIES: Final = 5
"""On PostgreSQL a share may end between two statements of one page; then it is read anew."""
_LINE: Final[tuple[Any, ...]] = (
    col(ShareRow.made_at),
    col(ShareRow.made_by),
    col(ShareRow.holder),
    col(ShareRow.ground),
    col(ShareRow.record),
    col(ShareRow.opens_at),
    col(ShareRow.until),
    col(ShareRow.ended_at),
    col(ShareRow.ended_why),
)
"""What the shares of one line have in common."""
_MARK: Final = func.min(col(ShareRow.id))
_SHARES: Final[tuple[Any, ...]] = (
    ShareRow,
    col(EnvelopeRow.category),
    col(HolderRow.kind),
    col(HolderRow.agency),
    col(HolderRow.of),
)


def stretch(db: Session, sight: Sight, walk: Walk) -> Stretch:
    """One page of who was told what: lines of what one receiver was given at one moment.

    Raises:
        NothingHere: the one who looks is no part of it, or the mark is none of this ledger's.
        Changed: it goes on changing while it is read.
    """
    refuse_stranger(db, sight, walk.subject)
    for _try in range(TRIES):
        found = _stretch(db, sight, walk)
        if found is not None:
            return found
    raise Changed


def _stretch(db: Session, sight: Sight, walk: Walk) -> Stretch | None:
    """The page; None when some of it ended between asking for its lines and for their shares."""
    which = _which(sight, walk)
    marks = db.execute(_marks(db, sight, walk, which), execution_options={"sight": sight}).all()
    page = marks[: walk.most]
    if not page:
        return Stretch([], "")
    gathered: dict[Any, list[Told]] = {tuple(each[:-2]): [] for each in page}
    between = col(ShareRow.made_at).between(page[-1].made_at, page[0].made_at)
    for row in db.execute(_whole(which).where(between), execution_options={"sight": sight}):
        line = gathered.get(tuple(getattr(row[0], name.key) for name in _LINE))
        if line is not None:
            line.append(line_told(*row))
    if any(len(gathered[tuple(each[:-2])]) != each[-1] for each in page):
        return None
    more = len(marks) > walk.most
    return Stretch(list(gathered.values()), page[-1][-2] if more else "")


def _marks(
    db: Session, sight: Sight, walk: Walk, which: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    """What each line of the page has in common, its mark (the least id of its shares), how many."""
    asked = (
        select(*_LINE, _MARK, func.count())
        .join(EnvelopeRow, col(EnvelopeRow.id) == col(ShareRow.envelope))
        .where(*which)
        .group_by(*_LINE)
        .order_by(col(ShareRow.made_at).desc(), _MARK.desc())
        .limit(walk.most + 1)
    )
    if not walk.after:
        return asked
    seen = select(col(ShareRow.made_at)).where(
        col(ShareRow.id) == walk.after, col(ShareRow.subject) == walk.subject
    )
    at = db.execute(seen, execution_options={"sight": sight}).scalar_one_or_none()
    if at is None:
        raise NothingHere
    same = and_(col(ShareRow.made_at) == at, walk.after > _MARK)
    return asked.having(or_(col(ShareRow.made_at) < at, same))


def _whole(which: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return (
        select(*_SHARES)
        .join(EnvelopeRow, col(EnvelopeRow.id) == col(ShareRow.envelope))
        .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
        .where(*which)
        .order_by(col(ShareRow.made_at).desc(), col(ShareRow.id))
    )


def _which(sight: Sight, walk: Walk) -> list[ColumnElement[bool]]:
    own = select(col(HolderRow.agency)).where(
        col(HolderRow.of) == walk.subject, col(HolderRow.kind) == HolderKind.CARE_TEAM
    )
    found = [
        col(ShareRow.subject) == walk.subject,
        col(ShareRow.ground).not_in(UNTOLD),
        col(EnvelopeRow.agency) == own.scalar_subquery(),
    ]
    still = and_(col(ShareRow.wrapped).is_not(None), col(ShareRow.until) > sight.at)
    if walk.which is not Which.ALL:
        found.append(still if walk.which is Which.OPEN else ~still)
    if walk.record:
        found.append(col(ShareRow.record) == walk.record)
    if walk.since is not None:
        found.append(col(ShareRow.made_at) >= walk.since)
    if walk.until is not None:
        found.append(col(ShareRow.made_at) < walk.until)
    return found


def hanging(db: Session, sight: Sight, subject: str, ending: Ending) -> list[Told]:
    """The shares that `unshare(ending)` would end now: those that can be read, or wait to be.

    They are told to those who are part of the subject whose record the ending names.

    Raises:
        NothingHere: the one who looks is no part of the subject.
        SealBroken: the ending names nothing in particular.
    """
    refuse_stranger(db, sight, subject)
    asked = _whole(
        [
            *named_by(ending),
            col(ShareRow.wrapped).is_not(None),
            col(ShareRow.until) > sight.at,
        ]
    )
    return [line_told(*row) for row in db.execute(asked, execution_options={"sight": sight})]


def carriers(
    db: Session, sight: Sight, subject: str, envelopes: Sequence[EnvelopeId]
) -> list[Reader]:
    """Everybody who carries a key to these envelopes of a subject, or will when its wait is over.

    Raises:
        NothingHere: the one who looks is no part of the subject.
    """
    refuse_stranger(db, sight, subject)
    asked = (
        select(*READER)
        .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
        .join(HolderMemberRow, col(HolderMemberRow.holder) == col(ShareRow.holder))
        .where(
            col(ShareRow.envelope).in_(list(envelopes)),
            col(ShareRow.subject) == subject,
            col(ShareRow.wrapped).is_not(None),
            col(ShareRow.until) > sight.at,
            col(HolderMemberRow.ended_at).is_(None),
        )
        .order_by(col(ShareRow.envelope), col(ShareRow.made_at), col(HolderMemberRow.person))
    )
    return [Reader(*row) for row in db.execute(asked, execution_options={"sight": sight})]
