"""Ending what is kept beside the door's own list: one asks and says why, another one says yes."""

from typing import Any, Final

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from hub.cases.keeping.queries import KINDS, Beside
from hub.core.errors import Changed, NothingHere
from hub.core.ids import EnvelopeId
from hub.desk import Desk
from hub.door import live, seen
from hub.door.lifting import MAY_CONFIRM
from hub.store.unit import rows_changed

NOT_ASKED: Final[dict[str, Any]] = {
    "lift_asked_at": None,
    "lift_asked_by": None,
    "lift_reason": None,
}


def ask(desk: Desk, row: Beside, reason: EnvelopeId) -> None:
    """Ask to end it; nothing changes until somebody else says yes.

    Raises:
        Changed: somebody asked before, or it ended meanwhile.
    """
    asked = {
        "lift_asked_at": desk.at,
        "lift_asked_by": desk.sight.person,
        "lift_reason": reason,
    }
    _change(desk, row, asked, col(type(row).lift_asked_by).is_(None))
    desk.audit("keep_out.lift_asked", record=row.id)


def say_yes(desk: Desk, row: Beside, reason: str) -> None:
    """End it, as somebody else asked.

    Args:
        reason: the envelope that was read.

    Raises:
        Changed: there is nothing to say yes to any more.
    """
    ended = {"lifted_at": desk.at, "lifted_by": desk.sight.person}
    _change(desk, row, ended, *_asked_by_another(desk, type(row), reason))
    desk.audit("keep_out.lifted", record=row.id)


def say_no(desk: Desk, row: Beside, reason: str) -> None:
    """All stays as it was, and it can be asked again.

    Args:
        reason: the envelope that was read.

    Raises:
        Changed: there is nothing to say no to any more.
    """
    _change(desk, row, NOT_ASKED, *_asked_by_another(desk, type(row), reason))
    desk.audit("keep_out.lift_refused", record=row.id)


def keep_on(desk: Desk, row: Beside) -> None:
    """It is kept once more: whatever was asked about ending it is answered with no."""
    if row.lift_asked_by is not None:
        _change(desk, row, NOT_ASKED)


def to_answer(desk: Desk) -> list[Beside]:
    """What somebody else asked and the one who looks may say yes or no to, oldest first."""
    if not MAY_CONFIRM & desk.sight.roles:
        return []
    found = [row for kind in KINDS for row in _asked(desk, kind)]
    return sorted(found, key=lambda row: (row.lift_asked_at, row.id))


def _asked(desk: Desk, kind: type[Beside]) -> list[Beside]:
    """Those whose reason the one who looks carries a key to: nobody says yes to what is unread."""
    readable = select(live(desk.sight).c.envelope)
    asked = select(kind).where(
        col(kind.lifted_at).is_(None),
        col(kind.lift_reason).in_(readable),
        col(kind.lift_asked_by) != desk.sight.person,
    )
    return list(desk.db.execute(seen(asked, desk.sight)).scalars())


def one_to_answer(desk: Desk, line: str) -> Beside:
    """One of them.

    Raises:
        NothingHere: there is none such.
    """
    for row in to_answer(desk):
        if row.id == line:
            return row
    raise NothingHere


def _asked_by_another(desk: Desk, kind: type[Beside], reason: str) -> list[ColumnElement[bool]]:
    """That it is still asked as it was read, by somebody else."""
    return [
        col(kind.lift_reason) == reason,
        col(kind.lift_asked_by) != desk.sight.person,
    ]


def _change(desk: Desk, row: Beside, values: dict[str, Any], *only: ColumnElement[bool]) -> None:
    kind = type(row)
    standing = update(kind).where(col(kind.id) == row.id, col(kind.lifted_at).is_(None), *only)
    if rows_changed(desk.db.execute(standing.values(**values))) == 0:
        raise Changed
    desk.db.expire(row)
