"""A part's own question about what a sight can open: built once, asked with each sight."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, bindparam, exists, select
from sqlalchemy.sql.expression import SQLColumnExpression
from sqlmodel import Session, col

from hub.door.sight import Sight
from hub.door.tables import ShareRow
from hub.store.columns import UtcMoment

OPEN_TO_SIGHT: Final = select(col(ShareRow.envelope)).where(
    col(ShareRow.holder).in_(bindparam("sight_holders", expanding=True)),
    col(ShareRow.wrapped).is_not(None),
    col(ShareRow.until) > bindparam("sight_at", type_=UtcMoment),
)
"""The envelopes a live share lets the asking sight open; for `column.in_(OPEN_TO_SIGHT)`."""


def open_to_sight(envelope: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether a live share lets the asking sight open the envelope of this column, row by row.

    For long lists of which a page shows the beginning: nothing is gathered first.
    """
    return exists().where(
        col(ShareRow.envelope) == envelope,
        col(ShareRow.holder).in_(bindparam("sight_holders", expanding=True)),
        col(ShareRow.wrapped).is_not(None),
        col(ShareRow.until) > bindparam("sight_at", type_=UtcMoment),
    )


def look(db: Session, sight: Sight, question: Executable, **told: Any) -> Sequence[Any]:
    """The rows of a question that may hold one of the two above, for this sight; opens nothing.

    Args:
        told: the values of the question's own parameters, by name.
    """
    seen = {"sight_holders": sorted(sight.holders), "sight_at": sight.at}
    return db.execute(question, told | seen, execution_options={"sight": sight}).all()
