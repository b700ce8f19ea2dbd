"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


REFERRAL: tuple[sa.Column[Any] | sa.Constraint, ...] = (
    sa.Column("id", sa.String(length=26), nullable=False),
    sa.Column("sender_ref", sa.String(length=26), nullable=False),
    sa.Column("receiver_ref", sa.String(length=26), nullable=False),
    sa.Column("number", sa.String(length=12), nullable=False),
    sa.Column("case", sa.String(length=26), nullable=False),
    sa.Column("sender_team", sa.String(length=26), nullable=False),
    sa.Column("from_agency", sa.String(length=26), nullable=False),
    sa.Column("to_agency", sa.String(length=26), nullable=False),
    sa.Column("service", sa.String(length=26), nullable=False),
    sa.Column("service_type", sa.String(length=40), nullable=False),
    sa.Column("release", sa.String(length=26), nullable=True),
    sa.Column("priority", sa.String(length=40), nullable=False),
    sa.Column("state", sa.String(length=40), nullable=False),
    sa.Column("stage", sa.String(length=40), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("ask", sa.String(length=26), nullable=False),
    sa.Column("previous_referral", sa.String(length=26), nullable=True),
    sa.Column("made_by", sa.String(length=26), nullable=False),
    sa.Column("made_at", sa.DateTime(), nullable=False),
    sa.Column("reminded_at", sa.DateTime(), nullable=True),
    sa.Column("reminded_by", sa.String(length=26), nullable=True),
    sa.Column("reminded_mode", sa.String(length=40), nullable=True),
    sa.Column("reminder", sa.String(length=26), nullable=True),
    sa.Column("sent_at", sa.DateTime(), nullable=True),
    sa.Column("sent_by", sa.String(length=26), nullable=True),
    sa.Column("ends_at", sa.DateTime(), nullable=True),
    sa.Column("desk", sa.String(length=26), nullable=True),
    sa.Column("receiver_holder", sa.String(length=26), nullable=True),
    sa.Column("respond_by", sa.DateTime(), nullable=True),
    sa.Column("paused_at", sa.DateTime(), nullable=True),
    sa.Column("answered_at", sa.DateTime(), nullable=True),
    sa.Column("closed_to_them_at", sa.DateTime(), nullable=True),
    sa.Column("reason", sa.String(length=40), nullable=True),
    sa.Column("outcome", sa.String(length=40), nullable=True),
    sa.Column("needs_met", sa.String(length=40), nullable=True),
    sa.Column("confirmer", sa.String(length=40), nullable=True),
    sa.Column("confirmed_on", sa.Date(), nullable=True),
    sa.Column("news", sa.Boolean(), nullable=False),
    sa.CheckConstraint(
        "stage IN ('draft', 'over') OR (release IS NOT NULL AND reminded_at IS NOT NULL AND sent_at IS NOT NULL AND receiver_holder IS NOT NULL)",
        name="referral_sent_with_release",
    ),
    sa.CheckConstraint(
        "state <> 'closed' OR (outcome IS NOT NULL AND needs_met IS NOT NULL AND confirmer IS NOT NULL AND confirmed_on IS NOT NULL)",
        name="referral_closed_with_outcome",
    ),
    sa.CheckConstraint("from_agency <> to_agency", name="referral_to_others"),
    sa.ForeignKeyConstraint(
        ["case"],
        ["hub_case.id"],
    ),
    sa.ForeignKeyConstraint(
        ["from_agency"],
        ["agency.id"],
    ),
    sa.ForeignKeyConstraint(
        ["sender_team"],
        ["holder.id"],
    ),
    sa.ForeignKeyConstraint(
        ["to_agency"],
        ["agency.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
"""The columns of a referral and what holds of them."""


def upgrade() -> None:
    """Forward only: there is no way back but a backup."""
    _agency()
    _audit_line()
    _conference()
    _directory_edition()
    _directory_import()
    _holder()
    _location()
    _outbox()
    _sealed_envelope()
    _sent_form()
    _sign_in_attempt()
    _accessibility()
    _directory_quarantine()
    _holder_member()
    _hub_case()
    _identity_provider()
    _organization()
    _person()
    _sealed_share()
    _team()
    _case_entry()
    _case_offer()
    _case_tenure()
    _conference_item()
    _later_tables()


def _later_tables() -> None:
    _conference_seat()
    _consent_release()
    _invitation()
    _person_role()
    _provider_subject()
    _referral()
    _referral_indexes()
    _service()
    _session()
    _sign_in_choice()
    _sign_on()
    _team_member()
    _attribute()
    _conference_decision()
    _language()
    _phone()
    _referral_appointment()
    _referral_entry()
    _referral_event()
    _referral_note()
    _required_document()
    _schedule()
    _service_area()
    _service_at_location()
    _service_capacity()


def _agency() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _audit_line() -> None:
    op.create_table(
        "audit_line",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )

    with op.batch_alter_table("audit_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_line_agency"), ["agency"], unique=False)


def _conference() -> None:
    op.create_table(
        "conference",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("chair", sa.String(length=26), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("arrangements", sa.String(length=26), nullable=False),
        sa.Column("arranged_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_chair"), ["chair"], unique=False)
        batch_op.create_index(batch_op.f("ix_conference_starts_at"), ["starts_at"], unique=False)


def _directory_edition() -> None:
    op.create_table(
        "directory_edition",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _directory_import() -> None:
    op.create_table(
        "directory_import",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("directory_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_import_at"), ["at"], unique=False)


def _holder() -> None:
    op.create_table(
        "holder",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("of", sa.String(length=26), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("holder", schema=None) as batch_op:
        batch_op.create_index("holder_of", ["of", "kind"], unique=True)
        batch_op.create_index(batch_op.f("ix_holder_agency"), ["agency"], unique=False)


def _location() -> None:
    op.create_table(
        "location",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("street", sa.String(length=300), nullable=False),
        sa.Column("city", sa.String(length=300), nullable=False),
        sa.Column("region", sa.String(length=300), nullable=False),
        sa.Column("postal_code", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("accessibility", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "NOT confidential OR (name = '' AND street = '' AND postal_code = '' AND latitude IS NULL AND longitude IS NULL)",
            name="location_confidential",
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.create_index("location_source", ["source", "source_id"], unique=True)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("letter", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_due_at"), ["due_at"], unique=False)


def _sealed_envelope() -> None:
    op.create_table(
        "sealed_envelope",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("written_by", sa.String(length=26), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("sealed_envelope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_envelope_agency"), ["agency"], unique=False)


def _sent_form() -> None:
    op.create_table(
        "sent_form",
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("went_to", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "once"),
    )

    with op.batch_alter_table("sent_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_form_at"), ["at"], unique=False)


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_at"), ["at"], unique=False)
        batch_op.create_index("sign_in_attempt_who", ["who", "at"], unique=False)


def _accessibility() -> None:
    op.create_table(
        "accessibility",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("location", sa.String(length=26), nullable=False),
        sa.Column("feature", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["location"],
            ["location.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("accessibility", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accessibility_location"), ["location"], unique=False)


def _directory_quarantine() -> None:
    op.create_table(
        "directory_quarantine",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("run", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["directory_import.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("directory_quarantine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_quarantine_run"), ["run"], unique=False)


def _holder_member() -> None:
    op.create_table(
        "holder_member",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("holder", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["holder"],
            ["holder.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("holder_member", schema=None) as batch_op:
        batch_op.create_index("holder_member_now", ["person", "ended_at", "holder"], unique=False)
        batch_op.create_index(
            "holder_member_once",
            ["holder", "person"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_holder_member_holder"), ["holder"], unique=False)


def _hub_case() -> None:
    op.create_table(
        "hub_case",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("team", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_why", sa.String(length=40), nullable=True),
        sa.Column("came_by", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team"],
            ["holder.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("hub_case", schema=None) as batch_op:
        batch_op.create_index("hub_case_code", ["agency", "code"], unique=True)
        batch_op.create_index(batch_op.f("ix_hub_case_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_hub_case_team"), ["team"], unique=False)


def _identity_provider() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("identity_provider", schema=None) as batch_op:
        batch_op.create_index("identity_provider_agency", ["agency"], unique=True)


def _organization() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_agency"), ["agency"], unique=False)
        batch_op.create_index("organization_source", ["source", "source_id"], unique=True)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("passphrase", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_email"), ["email"], unique=False)
        batch_op.create_index("person_email", ["agency", "email"], unique=True)


def _sealed_share() -> None:
    op.create_table(
        "sealed_share",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("holder", sa.String(length=26), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("record", sa.String(length=26), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_why", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["envelope"],
            ["sealed_envelope.id"],
        ),
        sa.ForeignKeyConstraint(
            ["holder"],
            ["holder.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("sealed_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_share_envelope"), ["envelope"], unique=False)
        batch_op.create_index("sealed_share_held", ["holder", "envelope"], unique=False)
        batch_op.create_index("sealed_share_record", ["record"], unique=False)
        batch_op.create_index("sealed_share_until", ["until"], unique=False)


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_agency"), ["agency"], unique=False)


def _case_entry() -> None:
    op.create_table(
        "case_entry",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("line", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("envelope"),
    )

    with op.batch_alter_table("case_entry", schema=None) as batch_op:
        batch_op.create_index("case_entry_case", ["case", "at"], unique=False)
        batch_op.create_index(
            "case_entry_one",
            ["line"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )


def _case_offer() -> None:
    op.create_table(
        "case_offer",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("from_person", sa.String(length=26), nullable=False),
        sa.Column("to_person", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(length=26), nullable=True),
        sa.Column("answer", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_offer", schema=None) as batch_op:
        batch_op.create_index(
            "case_offer_one",
            ["case"],
            unique=True,
            sqlite_where=sa.text("state = 'offered'"),
            postgresql_where=sa.text("state = 'offered'"),
        )
        batch_op.create_index("case_offer_to", ["to_person", "state"], unique=False)


def _case_tenure() -> None:
    op.create_table(
        "case_tenure",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("ended_at IS NULL OR started_at < ended_at", name="case_tenure_forward"),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("case_tenure", schema=None) as batch_op:
        batch_op.create_index("case_tenure_end", ["case", "ended_at"], unique=True)
        batch_op.create_index(
            "case_tenure_one",
            ["case"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("case_tenure_person", ["person", "ended_at"], unique=False)
        batch_op.create_index("case_tenure_start", ["case", "started_at"], unique=True)


def _conference_item() -> None:
    op.create_table(
        "conference_item",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("conference", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("presenter", sa.String(length=26), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["conference"],
            ["conference.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("envelope"),
    )

    with op.batch_alter_table("conference_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_item_case"), ["case"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_conference_item_conference"), ["conference"], unique=False
        )


def _conference_seat() -> None:
    op.create_table(
        "conference_seat",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("conference", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("uid", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("statement", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conference"],
            ["conference.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )

    with op.batch_alter_table("conference_seat", schema=None) as batch_op:
        batch_op.create_index(
            "conference_seat_once",
            ["conference", "person"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.create_index("conference_seat_person", ["person", "removed_at"], unique=False)


def _consent_release() -> None:
    op.create_table(
        "consent_release",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case", sa.String(length=26), nullable=False),
        sa.Column("from_agency", sa.String(length=26), nullable=False),
        sa.Column("to_agency", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("purposes", sa.String(length=200), nullable=False),
        sa.Column("service_types", sa.String(length=600), nullable=False),
        sa.Column("categories", sa.String(length=400), nullable=False),
        sa.Column("starts", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("manner", sa.String(length=40), nullable=False),
        sa.Column("evidence", sa.String(length=26), nullable=False),
        sa.Column("recorded_by", sa.String(length=26), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_mode", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=26), nullable=True),
        sa.Column("withdrawal", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_agency <> to_agency", name="consent_release_abroad"),
        sa.CheckConstraint("starts < ends", name="consent_release_forward"),
        sa.ForeignKeyConstraint(
            ["case"],
            ["hub_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["from_agency"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_agency"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("consent_release", schema=None) as batch_op:
        batch_op.create_index("consent_release_case", ["case", "to_agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_release_ends"), ["ends"], unique=False)


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("nonce", sa.String(length=26), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
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

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("invitation_token", ["token"], unique=True)
        batch_op.create_index(batch_op.f("ix_invitation_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_person"), ["person"], unique=False)


def _person_role() -> None:
    op.create_table(
        "person_role",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("person_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_role_person"), ["person"], unique=False)
        batch_op.create_index("person_role_once", ["person", "role"], unique=True)


def _provider_subject() -> None:
    op.create_table(
        "provider_subject",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agency", sa.String(length=26), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("first_at", sa.DateTime(), nullable=False),
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

    with op.batch_alter_table("provider_subject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_subject_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_subject_person"), ["person"], unique=False)
        batch_op.create_index("provider_subject_once", ["agency", "issuer", "subject"], unique=True)


def _referral() -> None:
    op.create_table(
        "referral",
        *REFERRAL,
    )


def _referral_indexes() -> None:
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("referral_case", ["case"], unique=False)
        batch_op.create_index("referral_ending", ["stage", "ends_at"], unique=False)
        batch_op.create_index("referral_flow", ["sent_at", "from_agency", "service"], unique=False)
        batch_op.create_index(
            "referral_inbox",
            ["receiver_holder", "stage", "respond_by", "receiver_ref"],
            unique=False,
        )
        batch_op.create_index("referral_receiver", ["to_agency", "receiver_ref"], unique=True)
        batch_op.create_index("referral_release", ["release"], unique=False)
        batch_op.create_index("referral_sender", ["from_agency", "sender_ref"], unique=True)
        batch_op.create_index("referral_sent", ["sender_team", "stage"], unique=False)


def _service() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kept_here", sa.Boolean(), nullable=False),
        sa.Column("organization", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("interpretation", sa.Text(), nullable=False),
        sa.Column("fees", sa.Text(), nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("takes_children", sa.Boolean(), nullable=True),
        sa.Column("nationality", sa.String(length=40), nullable=False),
        sa.Column("registration", sa.String(length=40), nullable=False),
        sa.Column("expired_documents_taken", sa.Boolean(), nullable=True),
        sa.Column("eligibility_words", sa.Text(), nullable=False),
        sa.Column("response_minutes", sa.Integer(), nullable=True),
        sa.Column("response_case_by_case", sa.Boolean(), nullable=False),
        sa.Column("feedback_minutes", sa.Integer(), nullable=True),
        sa.Column("feedback_case_by_case", sa.Boolean(), nullable=False),
        sa.Column("intake_words", sa.Text(), nullable=False),
        sa.Column("entry_point", sa.Boolean(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("assured", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_organization"), ["organization"], unique=False)
        batch_op.create_index("service_source", ["source", "source_id"], unique=True)


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("csrf", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_person"), ["person"], unique=False)


def _sign_in_choice() -> None:
    op.create_table(
        "sign_in_choice",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("sign_in_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_choice_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_choice_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_choice_session"), ["session"], unique=False)


def _sign_on() -> None:
    op.create_table(
        "sign_on",
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider"],
            ["identity_provider.id"],
        ),
        sa.PrimaryKeyConstraint("session"),
    )

    with op.batch_alter_table("sign_on", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_on_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_on_provider"), ["provider"], unique=False)


def _team_member() -> None:
    op.create_table(
        "team_member",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("team", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team"],
            ["team.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_team_member_team"), ["team"], unique=False)
        batch_op.create_index("team_member_once", ["team", "person"], unique=True)


def _attribute() -> None:
    op.create_table(
        "attribute",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("link_type", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("attribute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attribute_service"), ["service"], unique=False)


def _conference_decision() -> None:
    op.create_table(
        "conference_decision",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("task", sa.String(length=26), nullable=False),
        sa.Column("item", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("doer", sa.String(length=26), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item"],
            ["conference_item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("envelope"),
        sa.UniqueConstraint("task"),
    )

    with op.batch_alter_table("conference_decision", schema=None) as batch_op:
        batch_op.create_index("conference_decision_doer", ["doer", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_conference_decision_item"), ["item"], unique=False)


def _language() -> None:
    op.create_table(
        "language",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("language", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_language_service"), ["service"], unique=False)


def _phone() -> None:
    op.create_table(
        "phone",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_service"), ["service"], unique=False)


def _referral_appointment() -> None:
    op.create_table(
        "referral_appointment",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("referral", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("referral_appointment", schema=None) as batch_op:
        batch_op.create_index("referral_appointment_of", ["referral", "made_at"], unique=False)


def _referral_entry() -> None:
    op.create_table(
        "referral_entry",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("referral", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=26), nullable=True),
        sa.CheckConstraint(
            "category <> 'location' OR reason IS NOT NULL", name="referral_location_with_reason"
        ),
        sa.ForeignKeyConstraint(
            ["referral"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("referral_entry", schema=None) as batch_op:
        batch_op.create_index("referral_entry_once", ["referral", "source"], unique=True)


def _referral_event() -> None:
    op.create_table(
        "referral_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("referral", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("words", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.create_index("referral_event_order", ["referral", "place"], unique=True)


def _referral_note() -> None:
    op.create_table(
        "referral_note",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("referral", sa.String(length=26), nullable=False),
        sa.Column("envelope", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("envelope"),
    )

    with op.batch_alter_table("referral_note", schema=None) as batch_op:
        batch_op.create_index("referral_note_of", ["referral", "at"], unique=False)


def _required_document() -> None:
    op.create_table(
        "required_document",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("required_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_required_document_service"), ["service"], unique=False)


def _schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(length=40), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("days", sa.String(length=40), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("always_open", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedule_service"), ["service"], unique=False)


def _service_area() -> None:
    op.create_table(
        "service_area",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("extent", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_service"), ["service"], unique=False)


def _service_at_location() -> None:
    op.create_table(
        "service_at_location",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("location", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location"],
            ["location.id"],
        ),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("service_at_location", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_service_at_location_location"), ["location"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_service_at_location_service"), ["service"], unique=False
        )
        batch_op.create_index("service_at_location_once", ["service", "location"], unique=True)


def _service_capacity() -> None:
    op.create_table(
        "service_capacity",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("service", sa.String(length=26), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )

    with op.batch_alter_table("service_capacity", schema=None) as batch_op:
        batch_op.create_index("service_capacity_once", ["service"], unique=True)
