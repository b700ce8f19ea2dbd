"""What I hold of a meeting, asked the quick way: every agenda begins here."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, select

from conferencing import decision, item
from conferencing.tables import DecisionRow, ItemRow
from hub.core.words import Category
from hub.desk import Desk
from hub.door.look import look, open_to_sight


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One item that I hold, without its words: those are in the envelope."""

    id: str
    case: str
    agency: str
    category: Category
    presenter: str
    minutes: int
    position: int
    state: item.State
    envelope: str
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """One decision that I hold, without its words."""

    id: str
    task: str
    item: str
    envelope: str
    doer: str
    due_at: datetime
    state: decision.State
    version: int


_ITEM: Final = cast(Table, ItemRow.__table__).c  # type: ignore[attr-defined]
_DECISION: Final = cast(Table, DecisionRow.__table__).c  # type: ignore[attr-defined]


def _columns(row: Any, held: type) -> list[Any]:
    return [row[field.name] for field in fields(held)]


# Built once: these are asked with every agenda.
ITEMS_HELD: Final = select(*_columns(_ITEM, HeldItem)).where(
    _ITEM.conference == bindparam("conference"), open_to_sight(_ITEM.envelope)
)
DECISIONS_HELD: Final = (
    select(*_columns(_DECISION, HeldDecision))
    .where(
        _DECISION.item.in_(bindparam("items", expanding=True)),
        open_to_sight(_DECISION.envelope),
    )
    .order_by(_DECISION.made_at, _DECISION.id)
)


def items_held(desk: Desk, conference: str) -> list[HeldItem]:
    """The items of a meeting that I hold, in whatever state."""
    return [HeldItem(*row) for row in look(desk.db, desk.sight, ITEMS_HELD, conference=conference)]


def decisions_held(desk: Desk, items: Iterable[str]) -> list[HeldDecision]:
    """The decisions of these items that I hold, oldest first."""
    found = look(desk.db, desk.sight, DECISIONS_HELD, items=list(items))
    return [HeldDecision(*row) for row in found]
