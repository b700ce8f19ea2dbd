"""Letting somebody know again who was kept out: one person asks, another one says yes."""

from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session, col

from hub.core.ids import EnvelopeId
from hub.core.words import Role
from hub.door import audit
from hub.door.keeping_out import KeepOut, line_of
from hub.door.shares import live
from hub.door.sight import Sight
from hub.door.tables import KeepOutRow
from hub.store.unit import rows_changed

MAY_CONFIRM: Final = frozenset({Role.SUPERVISOR, Role.PRIVACY_OFFICER})
"""Who can say yes to what somebody else asked for."""


def ask_to_lift(db: Session, sight: Sight, line: str, reason: EnvelopeId) -> bool:
    """Ask that they may know again; False when somebody asked before, or it was lifted.

    Nothing changes for them until somebody else says yes.
    """
    asked = {"lift_asked_at": sight.at, "lift_asked_by": sight.person, "lift_reason": reason}
    done = _change(db, sight, line, asked, col(KeepOutRow.lift_asked_by).is_(None))
    audit.note(db, sight, "keep_out.lift_asked", {"record": line, "count": int(done)})
    return done


def lift(db: Session, sight: Sight, line: str, reason: EnvelopeId | None) -> bool:
    """Let them know again, as somebody else asked; False when there is nothing to say yes to.

    Args:
        reason: why it was asked, as it was read: to other words nobody says yes unread.

    Never for the one who asked, nor for the one it is about, nor without MAY_CONFIRM.
    """
    values = {"lifted_at": sight.at, "lifted_by": sight.person}
    done = _change(db, sight, line, values, *_read(sight, reason))
    audit.note(db, sight, "keep_out.lifted", {"record": line, "count": int(done)})
    return done


def keep_still(db: Session, sight: Sight, line: str, reason: EnvelopeId | None) -> bool:
    """Say no to what somebody asked, as it was read: they are kept out as before."""
    values = dict.fromkeys(("lift_asked_at", "lift_asked_by", "lift_reason"))
    done = _change(db, sight, line, values, *_read(sight, reason))
    audit.note(db, sight, "keep_out.lift_refused", {"record": line, "count": int(done)})
    return done


def to_confirm(db: Session, sight: Sight) -> list[KeepOut]:
    """What somebody of the sight's agency asked and this sight may say yes or no to.

    Only that whose reason it carries a key to: nobody says yes to what they cannot read.
    """
    readable = select(live(sight).c.envelope)
    asked = (
        select(KeepOutRow)
        .where(*_kept_here(sight), *_confirmable(sight), col(KeepOutRow.lift_reason).in_(readable))
        .order_by(col(KeepOutRow.lift_asked_at), col(KeepOutRow.id))
    )
    rows = db.execute(asked, execution_options={"sight": sight}).scalars()
    return [line_of(row) for row in rows]


def _kept_here(sight: Sight) -> list[ColumnElement[bool]]:
    """Lines that the sight's own agency keeps, about what this sight may know of."""
    return [
        col(KeepOutRow.agency) == sight.agency,
        col(KeepOutRow.subject).not_in(sorted(sight.kept_out)),
        col(KeepOutRow.lifted_at).is_(None),
    ]


def _confirmable(sight: Sight) -> list[ColumnElement[bool]]:
    allowed = bool(MAY_CONFIRM & sight.roles)
    return [
        col(KeepOutRow.id).is_not(None) if allowed else col(KeepOutRow.id).is_(None),
        col(KeepOutRow.lift_asked_by).is_not(None),
        col(KeepOutRow.lift_asked_by) != sight.person,
        or_(col(KeepOutRow.person).is_(None), col(KeepOutRow.person) != sight.person),
    ]


def _read(sight: Sight, reason: EnvelopeId | None) -> list[ColumnElement[bool]]:
    return [*_confirmable(sight), col(KeepOutRow.lift_reason) == reason]


def _change(
    db: Session, sight: Sight, line: str, values: dict[str, Any], *only: ColumnElement[bool]
) -> bool:
    changed = update(KeepOutRow).where(col(KeepOutRow.id) == line, *_kept_here(sight), *only)
    result = db.execute(changed.values(**values), execution_options={"sight": sight})
    return rows_changed(result) == 1
