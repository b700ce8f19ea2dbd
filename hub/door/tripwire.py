"""The tripwire: SQL that names a sealed table runs only with a sight."""

import re
from typing import Any, Final

from sqlalchemy import Engine, event

from hub.core.errors import SealBroken
from hub.door.sight import Sight

SEALED: Final = re.compile(r"\bsealed_\w+", re.IGNORECASE)
SCHEMA_WORDS: Final = ("CREATE ", "ALTER ", "DROP ", "PRAGMA ", "GRANT ", "COMMENT ")


def arm(engine: Engine) -> None:
    """Refuse, at the last moment before the driver, any SQL that names a sealed table unseen.

    It refuses rather than filters: a filter that is forgotten leaks, a refusal is noticed.
    Statements that only shape the schema read no row and may pass.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def _tripwire(conn: Any, cursor: Any, sql: str, params: Any, context: Any, many: bool) -> None:
        if not SEALED.search(sql) or _shapes_only(sql):
            return
        if context is not None and isinstance(context.execution_options.get("sight"), Sight):
            return
        raise SealBroken("a sealed table was named without a sight")


def _shapes_only(sql: str) -> bool:
    """Whether the statement shapes the schema and copies no row on the way."""
    shouted = sql.lstrip().upper()
    if shouted.startswith("CREATE POLICY "):
        return True  # a condition, which the database asks and nobody reads
    return shouted.startswith(SCHEMA_WORDS) and "SELECT" not in shouted
