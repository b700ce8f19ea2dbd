"""Write the migration that raises the second wall as `hub/door/policies.py` says it now.

    python -m tests.make_wall_migration "Keep what a new table says of anybody behind the wall"

After the migration that makes the tables, never before: the wall stands around tables.
"""

import sys
from textwrap import indent

from hub.door.raising import every_order
from hub.store.migrate import MIGRATIONS
from tests.make_migration import name_of, tidy

HEAD = '''"""{message}.

On PostgreSQL alone. The application works as a role that owns nothing; what that role is given of
each table is decided by the database itself. Every policy is made anew, in one transaction.
"""

from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None

ORDERS = (
{orders})


def upgrade() -> None:
    """Forward only: there is no way back but a backup."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for order in ORDERS:
        op.execute(order)
'''


def main(message: str) -> None:
    """Write the file and format it."""
    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    orders = "".join(f"{order!r},\n" for order in every_order())
    text = HEAD.format(
        message=message,
        number=f"{number:04d}",
        before=f"{number - 1:04d}",
        orders=indent(orders, "    "),
    )
    path = MIGRATIONS / "versions" / f"{name_of(number, message)}.py"
    path.write_text(text, "utf-8")
    tidy(path)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "Row level security")
