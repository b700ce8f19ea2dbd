"""A part's own question about what a sight can open: built once, asked with each sight."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, bindparam, exists
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import SQLColumnExpression
from sqlmodel import Session, col

from hub.door.sight import Sight
from hub.door.span import in_time
from hub.door.tables import ShareRow
from hub.store.columns import UtcMoment

_HELD: Final = aliased(ShareRow, name="held")


def open_to_sight(envelope: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether a live share lets the asking sight open the envelope of this column, row by row.

    Nothing is gathered first, so it costs the same however much the sight can open.
    """
    return exists().where(
        col(_HELD.envelope) == envelope,
        col(_HELD.holder).in_(bindparam("sight_holders", expanding=True)),
        col(_HELD.wrapped).is_not(None),
        *in_time(_HELD, bindparam("sight_at", type_=UtcMoment)),
        col(_HELD.subject).not_in(bindparam("sight_kept_out", expanding=True)),
    )


def look(db: Session, sight: Sight, question: Executable, **told: Any) -> Sequence[Any]:
    """The rows of a question that may hold `open_to_sight`, for this sight; opens nothing.

    Args:
        told: the values of the question's own parameters, by name.
    """
    seen = {
        "sight_holders": sorted(sight.holders),
        "sight_at": sight.at,
        "sight_kept_out": sorted(sight.kept_out),
    }
    return db.execute(question, told | seen, execution_options={"sight": sight}).all()
