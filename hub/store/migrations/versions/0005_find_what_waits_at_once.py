"""Find what still waits to leave, and what is still open, at once, however much there was before.

Indexes alone. Those that held every row there ever was are replaced by ones that hold only what
the clock of the house asks for every few seconds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WAITING = sa.text("sent_at IS NULL AND dropped_at IS NULL")
OPEN = sa.text("wrapped IS NOT NULL")
WRONG = sa.text("trouble IS NOT NULL")


def upgrade() -> None:
    """Forward only: there is no way back but a backup."""
    op.drop_index("ix_outbox_due_at", "outbox")
    _add("outbox_waiting", "outbox", ["due_at", "id"], WAITING)
    _add("outbox_about", "outbox", ["about"], WAITING)
    _add("outbox_subject", "outbox", ["subject"], WAITING)
    op.drop_index("sealed_share_until", "sealed_share")
    _add("sealed_share_ending", "sealed_share", ["until"], OPEN)
    op.drop_index("ix_log_checkpoint_trouble", "log_checkpoint")
    _add("log_checkpoint_trouble", "log_checkpoint", ["nth"], WRONG)


def _add(name: str, table: str, columns: list[str], which: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=which, postgresql_where=which)
