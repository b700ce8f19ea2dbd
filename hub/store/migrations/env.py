"""What Alembic runs: the connection comes from hub.store.migrate, never from a settings file."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from hub.store.columns import Coded, UtcMoment


def plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so migrations stand alone."""
    if kind == "type" and isinstance(item, UtcMoment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Coded):
        return f"sa.String(length={getattr(item.impl, 'length', None)})"
    return False


def run(connection: Connection) -> None:
    """Run what Alembic was asked for inside the caller's transaction: all of it, or nothing."""
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("metadata"),
        render_item=plain_type,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
