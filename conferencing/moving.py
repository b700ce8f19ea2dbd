"""How a row of a conference changes: as the page that asked for it showed it, or not at all."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from conferencing.tables import ConferenceRow, DecisionRow, ItemRow
from hub.core.errors import Changed
from hub.desk import Desk
from hub.store.unit import rows_changed


def change(
    desk: Desk,
    row: ConferenceRow | ItemRow | DecisionRow,
    version: int,
    values: Mapping[str, Any],
) -> None:
    """Write these values if the row still is the version its page showed, and read it again.

    Raises:
        Changed: it is not; of two who act at the same moment, exactly one gets here first.
    """
    kind = type(row)
    unchanged = (col(kind.id) == row.id, col(kind.version) == version)
    written = update(kind).where(*unchanged).values(**values, version=version + 1)
    if rows_changed(desk.db.execute(written)) == 0:
        raise Changed
    desk.db.refresh(row)
