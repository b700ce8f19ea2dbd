"""The lists of referrals: what a desk or team was sent, and what a care team sent, page by page.

These are the pages people open most. Each is one statement over columns, walked by key along an
index, and one opening of as many envelopes as there are lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import col

from hub.cases.tables import CaseRow
from hub.core.ids import EnvelopeId
from hub.core.words import HolderKind, Priority, ServiceType
from hub.desk import Desk
from hub.door import open_entries, seen
from hub.door.tables import HolderRow
from hub.people.tables import AgencyRow
from pathways.referrals.packet import first_sentence
from pathways.referrals.queries import sent_by, sent_to
from pathways.referrals.referral import Side, Stage, State
from pathways.referrals.tables import ReferralRow

PAGE: Final = 25

REFS: Final[Mapping[Side, Any]] = MappingProxyType(
    {Side.SENDER: ReferralRow.sender_ref, Side.RECEIVER: ReferralRow.receiver_ref}
)
OTHERS: Final[Mapping[Side, Any]] = MappingProxyType(
    {Side.SENDER: ReferralRow.to_agency, Side.RECEIVER: ReferralRow.from_agency}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One referral on a list. `asks` is the first sentence of what she asks for."""

    ref: str
    number: str
    kind: ServiceType
    state: State
    priority: Priority
    agency: str
    case_code: str
    due: datetime | None
    asks: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a list. `after` is the ref to ask for the next page with, "" on the last."""

    lines: Sequence[Line]
    after: str


def inbox(desk: Desk, stage: Stage, after: str = "", most: int = PAGE) -> Stretch:
    """What this person's desk or team was sent, by when an answer is due.

    What waits is walked along the desk's own index; what a team has taken on, along the teams'.
    """
    held: ColumnElement[bool] = col(ReferralRow.receiver_holder).in_(sorted(desk.sight.holders))
    if stage in {Stage.ASKED, Stage.PAUSED}:
        held = col(ReferralRow.receiver_holder) == _own_desk(desk)
    wanted = _columns(Side.RECEIVER).where(held, *sent_to(desk.sight))
    return _stretch(desk, wanted, _Walk(Side.RECEIVER, stage, after, most))


def sent(desk: Desk, stage: Stage, after: str = "", most: int = PAGE) -> Stretch:
    """What this person's care teams sent or are about to send, by when an answer is due."""
    code = (CaseRow, col(CaseRow.id) == col(ReferralRow.case))
    wanted = _columns(Side.SENDER, col(CaseRow.code)).join(*code).where(*sent_by(desk.sight))
    return _stretch(desk, wanted, _Walk(Side.SENDER, stage, after, most))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Which list, from where on, and how far."""

    side: Side
    stage: Stage
    after: str
    most: int


def _own_desk(desk: Desk) -> Any:
    wanted = select(col(HolderRow.id)).where(
        col(HolderRow.of) == desk.sight.agency, col(HolderRow.kind) == HolderKind.DESK
    )
    return wanted.scalar_subquery()


def _columns(side: Side, *more: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (
        col(REFS[side]).label("ref"),
        col(ReferralRow.number),
        col(ReferralRow.service_type),
        col(ReferralRow.state),
        col(ReferralRow.priority),
        col(ReferralRow.respond_by),
        col(ReferralRow.ask),
        col(AgencyRow.name).label("agency"),
    )
    other = (AgencyRow, col(AgencyRow.id) == col(OTHERS[side]))
    return select(*columns, *more).join(*other)


def _stretch(desk: Desk, wanted: Select[Any], walk: _Walk) -> Stretch:
    due, ref = _clock(walk.stage), col(REFS[walk.side])
    wanted = wanted.where(col(ReferralRow.stage) == walk.stage)
    last = _last_seen(desk, walk)
    newest_first = walk.stage in {Stage.OVER, Stage.DRAFT}
    if last is not None:
        wanted = wanted.where(_behind(due, ref, last, newest_first))
    order = (due.desc(), ref.desc()) if newest_first else (due, ref)
    statement = seen(wanted.order_by(*order).limit(walk.most + 1), desk.sight)
    rows = desk.db.execute(statement).all()
    more = len(rows) > walk.most
    lines = _lines(desk, rows[: walk.most])
    return Stretch(lines, lines[-1].ref if more else "")


def _clock(stage: Stage) -> Any:
    """What a list is ordered by: drafts by when they were begun, all else by the answer due."""
    return col(ReferralRow.made_at) if stage is Stage.DRAFT else col(ReferralRow.respond_by)


def _last_seen(desk: Desk, walk: _Walk) -> Any:
    """Where the page before ended, if this sight may know of it."""
    if not walk.after:
        return None
    ours = sent_by(desk.sight) if walk.side is Side.SENDER else sent_to(desk.sight)
    wanted = select(_clock(walk.stage), col(REFS[walk.side])).where(
        col(REFS[walk.side]) == walk.after, *ours
    )
    return desk.db.execute(seen(wanted, desk.sight)).one_or_none()


def _behind(due: Any, ref: Any, last: Any, newest_first: bool) -> ColumnElement[bool]:
    at, id = last
    if newest_first:
        return and_(due <= at, or_(due < at, ref < id))
    return and_(due >= at, or_(due > at, ref > id))


def _lines(desk: Desk, rows: Sequence[Any]) -> list[Line]:
    opened = open_entries(desk.db, desk.sight, [EnvelopeId(row.ask) for row in rows])
    asks = {id: first_sentence(entry.body.get("text", "")) for id, entry in opened.items()}
    return [
        Line(
            ref=row.ref,
            number=row.number,
            kind=row.service_type,
            state=row.state,
            priority=row.priority,
            agency=row.agency,
            case_code=getattr(row, "code", ""),
            due=row.respond_by,
            asks=asks.get(row.ask, ""),
        )
        for row in rows
    ]
