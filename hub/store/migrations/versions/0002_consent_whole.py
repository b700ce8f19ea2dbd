"""Keep the whole of what somebody agreed to, who must never know, and who opened what.

New tables, and columns with a beginning for the rows there are: old rows keep all they had. Whose
each envelope is, 0003 writes down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE_ALL = "2000-01-01 00:00:00"
"""When drafts of the first release were last changed is not known; 0003 says when they began."""


def upgrade() -> None:
    """Forward only: there is no way back but a backup."""
    _case_emergency_try()
    _consent_told_entry()
    _log_checkpoint()
    _sealed_keep_out()
    _sealed_opening()
    _consent_policy()
    _sealed_own_copy()
    _case_emergency()
    _case_message()
    _case_name_mark()
    _case_never_desk()
    _case_never_name()
    _case_safe_contact()
    _consent_draft()
    _consent_duty()
    _consent_ledger_copy()
    _consent_order()
    _consent_receipt()
    _named_contact()
    _staff_conflict()
    _consent_order_note()
    _consent_receipt_visit()
    _conference_item()
    _consent_release()
    _outbox()
    _referral()
    _sealed_envelope()
    _sealed_share()


def _case_emergency_try() -> None:
    op.create_table(
        "case_emergency_try",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_emergency_try", schema=None) as batch_op:
        batch_op.create_index("case_emergency_try_person", ["person", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_emergency_try_at"), ["at"], unique=False)


def _consent_told_entry() -> None:
    op.create_table(
        "consent_told_entry",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("record", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_told_entry", schema=None) as batch_op:
        batch_op.create_index("consent_told_entry_once", ["record", "envelope"], unique=True)


def _log_checkpoint() -> None:
    op.create_table(
        "log_checkpoint",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("peaks", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("log_checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_checkpoint_trouble"), ["trouble"], unique=False)
        batch_op.create_index("log_checkpoint_daily", ["daily", "nth"], unique=False)
        batch_op.create_index("log_checkpoint_nth", ["nth"], unique=True)


def _sealed_keep_out() -> None:
    op.create_table(
        "sealed_keep_out",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("subject", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("away", sa.String(length=26), nullable=True),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("lift_asked_at", sa.DateTime(), nullable=True),
        sa.Column("lift_asked_by", sa.String(length=26), nullable=True),
        sa.Column("lift_reason", sa.String(length=26), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(length=26), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("sealed_keep_out", schema=None) as batch_op:
        batch_op.create_index(
            "sealed_keep_out_away", ["away", "lifted_at", "subject"], unique=False
        )
        batch_op.create_index(
            "sealed_keep_out_person", ["person", "lifted_at", "subject"], unique=False
        )
        batch_op.create_index("sealed_keep_out_subject", ["subject", "lifted_at"], unique=False)


def _sealed_opening() -> None:
    op.create_table(
        "sealed_opening",
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("subject", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("envelope", "person"),
    )

    with op.batch_alter_table("sealed_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_opening_subject"), ["subject"], unique=False)


def _consent_policy() -> None:
    op.create_table(
        "consent_policy",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=False),
        sa.Column("usual_days", sa.Integer(), nullable=False),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("law_allows_spoken", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(length=26), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_policy", schema=None) as batch_op:
        batch_op.create_index("consent_policy_agency", ["agency"], unique=True)


def _sealed_own_copy() -> None:
    op.create_table(
        "sealed_own_copy",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("subject", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("holder", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["holder"],
            ["holder.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("sealed_own_copy", schema=None) as batch_op:
        batch_op.create_index(
            "sealed_own_copy_one",
            ["subject"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "sealed_own_copy_subject", ["subject", "ended_at", "until"], unique=False
        )


def _case_emergency() -> None:
    op.create_table(
        "case_emergency",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reviewed_by", sa.String(length=26), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("review", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_emergency", schema=None) as batch_op:
        batch_op.create_index("case_emergency_case", ["case", "opened_at"], unique=False)
        batch_op.create_index("case_emergency_person", ["person", "until"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_emergency_state"), ["state"], unique=False)


def _case_message() -> None:
    op.create_table(
        "case_message",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("line", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_message", schema=None) as batch_op:
        batch_op.create_index("case_message_case", ["case", "state"], unique=False)
        batch_op.create_index("case_message_due", ["state", "due_at"], unique=False)


def _case_name_mark() -> None:
    op.create_table(
        "case_name_mark",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_name_mark", schema=None) as batch_op:
        batch_op.create_index("case_name_mark_case", ["case"], unique=False)
        batch_op.create_index("case_name_mark_once", ["agency", "mark", "case"], unique=True)


def _case_never_desk() -> None:
    op.create_table(
        "case_never_desk",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_never_desk", schema=None) as batch_op:
        batch_op.create_index("case_never_desk_once", ["case", "agency"], unique=True)


def _case_never_name() -> None:
    op.create_table(
        "case_never_name",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("envelope"),
    )

    with op.batch_alter_table("case_never_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_never_name_case"), ["case"], unique=False)


def _case_safe_contact() -> None:
    op.create_table(
        "case_safe_contact",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("line", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("line"),
    )

    with op.batch_alter_table("case_safe_contact", schema=None) as batch_op:
        batch_op.create_index("case_safe_contact_case", ["case", "confirmed_at"], unique=False)


def _consent_draft() -> None:
    op.create_table(
        "consent_draft",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("follows", sa.String(length=26), nullable=True),
        sa.Column("begun_by", sa.String(length=26), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_draft_case"), ["case"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_consent_draft_touched_at"), ["touched_at"], unique=False
        )


def _consent_duty() -> None:
    op.create_table(
        "consent_duty",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("written_by", sa.String(length=26), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("concern", sa.String(length=26), nullable=False),
        sa.Column("discussed_with", sa.String(length=26), nullable=True),
        sa.Column("discussed_at", sa.DateTime(), nullable=True),
        sa.Column("talk", sa.String(length=26), nullable=True),
        sa.Column("informed", sa.String(length=40), nullable=True),
        sa.Column("informed_at", sa.DateTime(), nullable=True),
        sa.Column("told_first", sa.String(length=26), nullable=True),
        sa.Column("made_by", sa.String(length=26), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("making", sa.String(length=26), nullable=True),
        sa.Column("to_agency", sa.String(length=26), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=26), nullable=True),
        sa.Column("dropped", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_duty", schema=None) as batch_op:
        batch_op.create_index("consent_duty_case", ["case", "written_at"], unique=False)


def _consent_ledger_copy() -> None:
    op.create_table(
        "consent_ledger_copy",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_ledger_copy", schema=None) as batch_op:
        batch_op.create_index("consent_ledger_copy_of", ["case", "asked_at"], unique=False)


def _consent_order() -> None:
    op.create_table(
        "consent_order",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("written_by", sa.String(length=26), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.String(length=26), nullable=False),
        sa.Column("silence", sa.String(length=26), nullable=True),
        sa.Column("asked_by", sa.String(length=26), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("asking", sa.String(length=26), nullable=True),
        sa.Column("to_agency", sa.String(length=26), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("approved_by", sa.String(length=26), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("sent_back", sa.String(length=26), nullable=True),
        sa.Column("complied_by", sa.String(length=26), nullable=True),
        sa.Column("complied_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("set_aside", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_order", schema=None) as batch_op:
        batch_op.create_index("consent_order_case", ["case", "written_at"], unique=False)
        batch_op.create_index("consent_order_waiting", ["agency", "state"], unique=False)


def _consent_receipt() -> None:
    op.create_table(
        "consent_receipt",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("holder", sa.String(length=26), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("pin", sa.String(length=200), nullable=False),
        sa.Column("panic", sa.String(length=200), nullable=False),
        sa.Column("given_by", sa.String(length=26), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("panicked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["holder"],
            ["holder.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_receipt", schema=None) as batch_op:
        batch_op.create_index("consent_receipt_mark", ["mark"], unique=True)
        batch_op.create_index(
            "consent_receipt_one",
            ["case"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def _named_contact() -> None:
    op.create_table(
        "named_contact",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("named_contact", schema=None) as batch_op:
        batch_op.create_index(
            "named_contact_now",
            ["agency", "person"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def _staff_conflict() -> None:
    op.create_table(
        "staff_conflict",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("envelope"),
    )

    with op.batch_alter_table("staff_conflict", schema=None) as batch_op:
        batch_op.create_index("staff_conflict_mark", ["agency", "mark", "ended_at"], unique=False)
        batch_op.create_index("staff_conflict_person", ["person", "ended_at"], unique=False)


def _consent_order_note() -> None:
    op.create_table(
        "consent_order_note",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("order", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("means", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("words", sa.String(length=26), nullable=True),
        sa.Column("written_by", sa.String(length=26), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order"],
            ["consent_order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_order_note", schema=None) as batch_op:
        batch_op.create_index("consent_order_note_order", ["order", "at"], unique=False)


def _consent_receipt_visit() -> None:
    op.create_table(
        "consent_receipt_visit",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=26), nullable=False),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt"],
            ["consent_receipt.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_receipt_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_receipt_visit_until"), ["until"], unique=False)


def _conference_item() -> None:
    with op.batch_alter_table("conference_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("reminded_mode", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("reminder", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("place_reason", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("opens_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("hurry", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("hurry_words", sa.String(length=26), nullable=True))


def _consent_release() -> None:
    with op.batch_alter_table("consent_release", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("never", sa.String(length=400), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("records_from", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("records_to", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("language", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("notice", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("withdrawal_received_by", sa.String(length=26), nullable=True)
        )
        batch_op.add_column(sa.Column("withdrawal_verified_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("withdrawal_verified_by", sa.String(length=26), nullable=True)
        )
        batch_op.add_column(sa.Column("withdrawal_written_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawal_written_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("follows", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("followed_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("followed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("week_said_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("day_said_at", sa.DateTime(), nullable=True))


def _outbox() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=26), nullable=True))


def _referral() -> None:
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("drafted_at", sa.DateTime(), nullable=False, server_default=BEFORE_ALL)
        )
        batch_op.add_column(sa.Column("opens_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("hurry", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("hurry_words", sa.String(length=26), nullable=True))


def _sealed_envelope() -> None:
    with op.batch_alter_table("sealed_envelope", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("subject", sa.String(length=26), nullable=False, server_default="")
        )


def _sealed_share() -> None:
    with op.batch_alter_table("sealed_share", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("subject", sa.String(length=26), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("agency", sa.String(length=26), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("opens_at", sa.DateTime(), nullable=True))
        batch_op.create_index("sealed_share_subject", ["subject", "made_at"], unique=False)
