"""A copy of the ledger for the person it is about: asked whether it is safe, and written down."""

from dataclasses import dataclass
from datetime import datetime

from hub.cases import queries as cases
from hub.consent.ledger_tables import LedgerCopyRow, Safe
from hub.core.ids import CaseId, fresh
from hub.desk import Desk


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a copy reaches: `since` is included, `until` is not; None for no bound."""

    since: datetime | None
    until: datetime | None


def ask(desk: Desk, case: CaseId, answer: Safe, span: Span) -> str:
    """Write down that she was asked whether a copy is safe to keep; the id of the copy.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    row = LedgerCopyRow(
        id=fresh(),
        case=cases.case(desk, case).id,
        answer=answer,
        since=span.since,
        until=span.until,
        asked_at=desk.at,
        asked_by=desk.sight.person,
    )
    desk.db.add(row)
    desk.db.flush()
    desk.audit("ledger.copy_asked", case=case, record=row.id, decision=answer.value)
    return row.id
