"""Write down of every envelope and share whose it is, so that people can be kept out of it.

Fills columns that 0002 made: what was sealed stays sealed as it was, and opens as it did. What was
opened before is gathered from the log, so that the ledger knows it too.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOSE = (
    'SELECT envelope, "case" FROM case_entry',
    'SELECT note, "case" FROM case_offer WHERE note IS NOT NULL',
    'SELECT answer, "case" FROM case_offer WHERE answer IS NOT NULL',
    'SELECT evidence, "case" FROM consent_release',
    'SELECT withdrawal, "case" FROM consent_release WHERE withdrawal IS NOT NULL',
    'SELECT ask, "case" FROM referral',
    'SELECT reminder, "case" FROM referral WHERE reminder IS NOT NULL',
    'SELECT e.envelope, r."case" FROM referral_entry e JOIN referral r ON r.id = e.referral '
    "WHERE e.envelope IS NOT NULL",
    'SELECT e.reason, r."case" FROM referral_entry e JOIN referral r ON r.id = e.referral '
    "WHERE e.reason IS NOT NULL",
    'SELECT e.words, r."case" FROM referral_event e JOIN referral r ON r.id = e.referral '
    "WHERE e.words IS NOT NULL",
    'SELECT a.place, r."case" FROM referral_appointment a JOIN referral r ON r.id = a.referral',
    'SELECT n.envelope, r."case" FROM referral_note n JOIN referral r ON r.id = n.referral',
    'SELECT envelope, "case" FROM conference_item',
    'SELECT d.envelope, i."case" FROM conference_decision d '
    "JOIN conference_item i ON i.id = d.item",
)
"""Envelope and case, wherever the first release kept the two together."""

AT_ONCE = 500


def upgrade() -> None:
    """Forward only: there is no way back but a backup."""
    op.execute("UPDATE referral SET drafted_at = made_at")
    db = op.get_bind()
    for question in WHOSE:
        found = [{"envelope": row[0], "whose": row[1]} for row in db.execute(sa.text(question))]
        _each(db, "UPDATE sealed_envelope SET subject = :whose WHERE id = :envelope", found)
    db.execute(
        sa.text(
            "UPDATE sealed_share SET "
            "subject = (SELECT e.subject FROM sealed_envelope e WHERE e.id = envelope), "
            "agency = COALESCE((SELECT p.agency FROM person p WHERE p.id = made_by), '')"
        ),
    )
    _gather_openings(db)


def _each(db: Any, order: str, told: list[dict[str, Any]]) -> None:
    for start in range(0, len(told), AT_ONCE):
        db.execute(sa.text(order), told[start : start + AT_ONCE])


def _gather_openings(db: Any) -> None:
    """Who opened what was shared with another agency, from the lines of the log."""
    shared = {
        row[0]: (row[1], row[2])
        for row in db.execute(
            sa.text(
                "SELECT DISTINCT e.id, e.agency, e.subject FROM sealed_envelope e "
                "JOIN sealed_share s ON s.envelope = e.id "
                "WHERE s.ground <> 'own_work' AND e.subject <> ''"
            ),
        )
    }
    opened: dict[tuple[str, str], dict[str, Any]] = {}
    lines = sa.text(
        "SELECT at, person, agency, facts FROM audit_line "
        "WHERE action = 'entry.opened' ORDER BY seq"
    )
    for at, person, agency, facts in db.execute(lines):
        for envelope in json.loads(facts)["envelopes"].split():
            if envelope not in shared or shared[envelope][0] == agency or not person:
                continue
            row = {"envelope": envelope, "person": person, "agency": agency, "first_at": at}
            row |= {"subject": shared[envelope][1], "roles": "", "times": 0}
            known = opened.setdefault((envelope, person), row)
            known |= {"last_at": at, "times": known["times"] + 1}
    order = (
        "INSERT INTO sealed_opening "
        "(envelope, person, subject, agency, roles, first_at, last_at, times) "
        "VALUES (:envelope, :person, :subject, :agency, :roles, :first_at, :last_at, :times)"
    )
    _each(db, order, list(opened.values()))
