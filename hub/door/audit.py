"""The audit log: who did and opened what, chained line to line, in the same transaction."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, Final, NamedTuple, TypeAlias, cast

from sqlalchemy import Table, bindparam, event, func, select, text
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
NEXT: Final = (
    select(*LINES.columns).where(LINES.c.seq > bindparam("after")).order_by(LINES.c.seq).limit(PAGE)
)
POSTGRES_LOCK: Final = 5_463_366
"""Advisory lock under which the chain's head is read and moved; any fixed number serves."""


Kept: TypeAlias = "tuple[Any, ...]"
"""One line as it lies in the log: the columns of LINES."""


class Line(NamedTuple):
    """One line before it is chained."""

    at: datetime
    person: str
    agency: str
    action: str
    facts: str

    def said(self, seq: int, before: str) -> bytes:
        """The canonical JSON of the line, with its number and the hash of the one before it."""
        at, person, agency, action, facts = self
        who, what = f"{quoted(person)},{quoted(agency)}", f"{quoted(action)},{quoted(facts)}"
        return f'[{seq},"{before}","{at.isoformat()}",{who},{what}]'.encode("ascii")

    def digest(self, seq: int, before: str) -> str:
        """SHA-256 over the canonical JSON."""
        return sha256(self.said(seq, before)).hexdigest()


class Read(NamedTuple):
    """One line that follows from the one before it: when, its hash, and its canonical JSON."""

    at: datetime
    hash: str
    said: bytes


class LogBroken(RuntimeError):
    """A line does not follow from the one before it; `line` is its number."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} does not follow from the line before it")
        self.line = line


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
    hold(db)
    seq, before = _head(db)
    rows: list[dict[str, Any]] = []
    for line in book:
        seq += 1
        made = line.digest(seq, before)
        rows.append(_row(line, seq, before, made))
        before = made
    db.execute(LINES.insert(), rows)


def hold(db: Session) -> None:
    """Until this unit of work ends, nobody else adds to the log (on SQLite nobody can anyhow)."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})


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


def page(db: Session, after: int) -> Sequence[Kept]:
    """The next lines of the log with a number above `after`, no more than PAGE."""
    return cast(Sequence[Kept], db.execute(NEXT, {"after": after}).all())


def lines(ask: Callable[[int], Sequence[Kept]], after: int) -> Iterator[Kept]:
    """Every line with a number above `after`, asked for page by page."""
    while True:
        rows = ask(after)
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1][0]


def followed(rows: Iterable[Kept], size: int, head: str) -> Iterator[Read]:
    """The lines again, as long as each follows from the one before it, without gaps.

    Args:
        size: how many lines came before these.
        head: the hash of the last of those; FIRST when there were none.

    Raises:
        LogBroken: at the first line that does not.
    """
    for seq, *told, before, made in rows:
        size += 1
        said = Line(*told).said(seq, head)
        if seq != size or before != head or sha256(said).hexdigest() != made:
            raise LogBroken(size)
        head = made
        yield Read(told[0], head, said)


def verify(db: Session) -> Verdict:
    """Read the whole log and check every link.

    Returns:
        `broken_at` is None when every line follows from the one before it, without gaps.
    """
    read, head = 0, FIRST
    try:
        for line in followed(lines(partial(page, db), BEFORE_ALL), 0, FIRST):
            read, head = read + 1, line.hash
    except LogBroken as broken:
        return Verdict(read, head, broken.line)
    return Verdict(read, head, None)


def count(db: Session) -> int:
    """How many lines the log has."""
    return int(db.execute(select(func.count()).select_from(AuditRow)).scalar_one())
