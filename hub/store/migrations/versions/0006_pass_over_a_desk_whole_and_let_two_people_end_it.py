"""Pass over a desk whole, and let two people end it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back but a backup."""
    with op.batch_alter_table("case_never_desk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lift_asked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("lift_asked_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("lift_reason", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("lifted_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("lifted_by", sa.String(length=26), nullable=True))
        batch_op.drop_index(batch_op.f("case_never_desk_once"))
        batch_op.create_index(
            "case_never_desk_now",
            ["case", "agency"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    with op.batch_alter_table("case_never_name", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lift_asked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("lift_asked_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("lift_reason", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("lifted_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("lifted_by", sa.String(length=26), nullable=True))

    with op.batch_alter_table("sealed_keep_out", schema=None) as batch_op:
        batch_op.add_column(sa.Column("desk", sa.String(length=26), nullable=True))
        batch_op.create_index("sealed_keep_out_desk", ["desk", "lifted_at"], unique=False)
