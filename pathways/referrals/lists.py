"""The lists of referrals: what a desk or team was sent, and what a care team sent, page by page.

These are the pages people open most. Each is one statement over columns, walked by key along an
index, and one opening of as many envelopes as there are lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlmodel import col

from hub.cases.keeping.tables import NamedContactRow
from hub.cases.tables import CaseRow
from hub.core.ids import EnvelopeId
from hub.core.words import HolderKind, Priority, ServiceType
from hub.desk import Desk
from hub.door import open_entries
from hub.door.look import look, open_to_sight
from hub.door.tables import HolderRow
from hub.people.tables import AgencyRow
from hub.store.columns import UtcMoment
from pathways.referrals.packet import first_sentence
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
    opens_at: datetime | None
    asks: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a list. `after` is the ref to ask for the next page with, "" on the last."""

    lines: Sequence[Line]
    after: str


def inbox(desk: Desk, stage: Stage, after: str = "", most: int = PAGE) -> Stretch:
    """What this person's desk or team was sent, by when an answer is due."""
    return _stretch(desk, _Walk(Side.RECEIVER, stage, after, most))


def sent(desk: Desk, stage: Stage, after: str = "", most: int = PAGE) -> Stretch:
    """What this person's care teams sent or are about to send, by when an answer is due."""
    return _stretch(desk, _Walk(Side.SENDER, stage, after, most))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Which list, from where on, and how far."""

    side: Side
    stage: Stage
    after: str
    most: int


def _stretch(desk: Desk, walk: _Walk) -> Stretch:
    told = _asked_by(desk) | {"most": walk.most + 1}
    last = _last_seen(desk, walk)
    if last is not None:
        told |= {"last_clock": last[0], "last_ref": last[1]}
    asked = _question(walk.side, walk.stage, last is not None)
    rows = look(desk.db, desk.sight, asked, **told)
    more = len(rows) > walk.most
    lines = _lines(desk, rows[: walk.most])
    return Stretch(lines, lines[-1].ref if more else "")


def _last_seen(desk: Desk, walk: _Walk) -> Any:
    """Where the page before ended, if this sight may know of it."""
    if not walk.after:
        return None
    told = _asked_by(desk) | {"after": walk.after}
    found = look(desk.db, desk.sight, _mark(walk.side, walk.stage), **told)
    return found[0] if found else None


def _asked_by(desk: Desk) -> dict[str, Any]:
    """Whose lists these are: those of an agency's desk, and what came to a safe contact of it."""
    mine = waiting_places(desk)
    return {"agency": desk.sight.agency, "places": mine}


@cache
def _question(side: Side, stage: Stage, further: bool) -> Select[Any]:
    """The statement of one list, built once; `further` walks on from the last line seen."""
    clock, ref = _clock(stage), col(REFS[side])
    newest_first = stage in {Stage.OVER, Stage.DRAFT}
    wanted = _columns(side).where(*_ours(side, stage), col(ReferralRow.stage) == stage)
    if further:
        wanted = wanted.where(_behind(clock, ref, newest_first))
    order = (clock.desc(), ref.desc()) if newest_first else (clock, ref)
    return wanted.order_by(*order).limit(bindparam("most"))


@cache
def _mark(side: Side, stage: Stage) -> Select[Any]:
    """Where a line stands in the order of its list."""
    ours = _ours(side, stage)
    return select(_clock(stage), col(REFS[side])).where(
        col(REFS[side]) == bindparam("after"), *ours
    )


def _ours(side: Side, stage: Stage) -> list[ColumnElement[bool]]:
    """What the asking sight is party to.

    What waits is walked along the desk's own index; what a team has taken on, along the teams'.
    """
    agency: Any = bindparam("agency")
    holders: Any = bindparam("sight_holders", expanding=True)
    if side is Side.SENDER:
        return [col(ReferralRow.from_agency) == agency, col(ReferralRow.sender_team).in_(holders)]
    held: ColumnElement[bool] = col(ReferralRow.receiver_holder).in_(holders)
    if stage in {Stage.ASKED, Stage.PAUSED}:
        held = col(ReferralRow.receiver_holder).in_(bindparam("places", expanding=True))
    theirs = col(ReferralRow.to_agency) == agency
    return [held, theirs, open_to_sight(col(ReferralRow.ask))]


_OWN_PLACES: Final = select(col(HolderRow.id)).where(
    or_(
        and_(col(HolderRow.of) == bindparam("agency"), col(HolderRow.kind) == HolderKind.DESK),
        and_(
            col(HolderRow.of) == bindparam("person"),
            col(HolderRow.kind) == HolderKind.PERSON,
            exists().where(col(NamedContactRow.person) == col(HolderRow.of)),
        ),
    )
)


def waiting_places(desk: Desk) -> list[str]:
    """Where what waits for the one who looks may lie: the desk, or with them as a safe contact."""
    told = {"agency": desk.sight.agency, "person": desk.sight.person}
    return list(desk.db.execute(_OWN_PLACES, told).scalars())


def _columns(side: Side) -> Select[Any]:
    columns: list[Any] = [
        col(REFS[side]).label("ref"),
        col(ReferralRow.number),
        col(ReferralRow.service_type),
        col(ReferralRow.state),
        col(ReferralRow.priority),
        col(ReferralRow.respond_by),
        col(ReferralRow.opens_at),
        col(ReferralRow.ask),
        col(AgencyRow.name).label("agency_name"),
    ]
    other = (AgencyRow, col(AgencyRow.id) == col(OTHERS[side]))
    if side is Side.RECEIVER:
        return select(*columns).join(*other)
    case = (CaseRow, col(CaseRow.id) == col(ReferralRow.case))
    return select(*columns, col(CaseRow.code)).join(*other).join(*case)


def _clock(stage: Stage) -> Any:
    """What a list is ordered by: drafts by when they were begun, all else by the answer due."""
    return col(ReferralRow.made_at) if stage is Stage.DRAFT else col(ReferralRow.respond_by)


def _behind(clock: Any, ref: Any, newest_first: bool) -> ColumnElement[bool]:
    at: Any = bindparam("last_clock", type_=UtcMoment)
    id: Any = bindparam("last_ref")
    if newest_first:
        return and_(clock <= at, or_(clock < at, ref < id))
    return and_(clock >= at, or_(clock > at, ref > id))


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
            agency=row.agency_name,
            case_code=getattr(row, "code", ""),
            due=row.respond_by,
            opens_at=row.opens_at,
            asks=asks.get(row.ask, ""),
        )
        for row in rows
    ]
