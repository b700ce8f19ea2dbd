"""The audit log: who did and opened what, chained line to line, in the same transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, cast

from sqlalchemy import Table, event, func, select, text
from sqlmodel import Session, col

from hub.core.facts import admit
from hub.door.sight import Sight
from hub.door.tables import AuditRow

FIRST: Final = "0" * 64
PAGE: Final = 2000
BEFORE_ALL: Final = -(2**62)
"""Below any number a line could be given, so that one put in before the first is found."""
LINES: Final = cast(Table, AuditRow.__table__)  # type: ignore[attr-defined]
LAST: Final = (
    select(col(AuditRow.seq), col(AuditRow.hash)).order_by(col(AuditRow.seq).desc()).limit(1)
)
POSTGRES_LOCK: Final = 5_463_366
"""Advisory lock under which the chain's head is read and moved; any fixed number serves."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is chained."""

    at: datetime
    person: str
    agency: str
    action: str
    facts: str

    def digest(self, seq: int, before: str) -> str:
        """SHA-256 over the canonical JSON of the line, its number and the hash before it."""
        said = [
            seq,
            before,
            self.at.isoformat(),
            self.person,
            self.agency,
            self.action,
            self.facts,
        ]
        return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: lines read, and the number of the first line that does not fit."""

    lines: int
    head: str
    broken_at: int | None


def note(db: Session, sight: Sight, action: str, facts: Mapping[str, str | int]) -> None:
    """Write one line when this unit of work commits; if it cannot be written, nothing commits.

    Raises:
        UnknownFact: a fact is not on the allow-list.
    """
    said = json.dumps(admit(dict(facts)), sort_keys=True, separators=(",", ":"))
    _book(db).append(Line(sight.at, sight.person, sight.agency, action, said))


def _book(db: Session) -> list[Line]:
    book: list[Line] = db.info.setdefault("audit", [])
    return book


@event.listens_for(Session, "after_rollback")
def _forget(db: Session) -> None:
    """What was rolled back did not happen."""
    db.info.pop("audit", None)


@event.listens_for(Session, "before_commit")
def _write(db: Session) -> None:
    """Chain the lines of this unit of work to the head of the log."""
    book: list[Line] = db.info.pop("audit", [])
    if not book:
        return
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})
    seq, before = _head(db)
    rows: list[dict[str, Any]] = []
    for line in book:
        seq += 1
        made = line.digest(seq, before)
        rows.append(_row(line, seq, before, made))
        before = made
    db.execute(LINES.insert(), rows)


def _row(line: Line, seq: int, before: str, made: str) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": line.at,
        "person": line.person,
        "agency": line.agency,
        "action": line.action,
        "facts": line.facts,
        "before": before,
        "hash": made,
    }


def _head(db: Session) -> tuple[int, str]:
    found = db.execute(LAST).one_or_none()
    return (0, FIRST) if found is None else (found[0], found[1])


def verify(db: Session) -> Verdict:
    """Read the whole log and check every link.

    Returns:
        `broken_at` is None when every line follows from the one before it, without gaps.
    """
    before, expected, read = FIRST, 0, BEFORE_ALL
    while True:
        page = (
            select(AuditRow).where(col(AuditRow.seq) > read).order_by(col(AuditRow.seq)).limit(PAGE)
        )
        rows = list(db.execute(page).scalars())
        for row in rows:
            expected += 1
            line = Line(row.at, row.person, row.agency, row.action, row.facts)
            fits = row.seq == expected and row.before == before
            if not fits or line.digest(expected, before) != row.hash:
                return Verdict(expected - 1, before, expected)
            before, read = row.hash, expected
        db.expunge_all()
        if len(rows) < PAGE:
            return Verdict(expected, before, None)


def count(db: Session) -> int:
    """How many lines the log has."""
    return int(db.execute(select(func.count()).select_from(AuditRow)).scalar_one())
