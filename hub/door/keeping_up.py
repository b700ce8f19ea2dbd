"""Keeping up with the log: the checkpoint of each full hour and each midnight, made and signed."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from hub.door import audit, merkle
from hub.door.checkpoints import (
    SKEW,
    Checkpoint,
    Paper,
    Trouble,
    every,
    newest,
    newest_signed,
)
from hub.door.examining import LONG_AGO, examine
from hub.door.signed_note import NotANote, NotSigned, Signer, decoded, encoded
from hub.door.tables import AuditRow, CheckpointRow
from hub.store.unit import unit_of_work


class Due(StrEnum):
    """Which checkpoint is due."""

    NOT_YET = "not yet"
    HOURLY = "hourly"
    DAILY = "daily"


def due(last: datetime | None, now: datetime, zone: ZoneInfo) -> Due:
    """What is due at `now`, when the last one was made at `last`: each full hour, each midnight.

    A last one from the future was made under a wrong clock and counts as long ago.
    """
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if last is None or last < midnight:
        return Due.DAILY
    if last < hour or last > now + SKEW:
        return Due.HOURLY
    return Due.NOT_YET


@dataclass(slots=True)
class Reading:
    """The log read so far: the tree over it, its last line's hash, and what was wrong with it."""

    tree: merkle.Growing
    head: str
    since: datetime  # nothing that comes after can have been written earlier
    trouble: Trouble | None = None

    @classmethod
    def after(cls, row: CheckpointRow | None) -> "Reading":
        """What a checkpoint kept of the lines it was made over."""
        if row is None:
            return cls(merkle.Growing.empty(), audit.FIRST, LONG_AGO)
        return cls(merkle.Growing.read(row.size, decoded(row.peaks)), row.head, row.at)

    def on(self, ask: Callable[[int], Sequence[audit.Kept]], until: datetime) -> None:
        """Read whatever was written since, up to the present end of the log."""
        rows = audit.lines(ask, self.tree.size or audit.BEFORE_ALL)
        try:
            for line in audit.followed(rows, self.tree.size, self.head):
                self.tree.add(merkle.leaf(line.said))
                self.head = line.hash
                if not self.since - SKEW <= line.at <= until + SKEW:
                    self.trouble = Trouble.TIME
        except audit.LogBroken:
            self.trouble = Trouble.CHANGED


def paged(engine: Engine) -> Callable[[int], Sequence[audit.Kept]]:
    """Pages of the log, each in a unit of work of its own, so that nobody waits for a long log."""

    def ask(after: int) -> Sequence[audit.Kept]:
        with unit_of_work(engine) as db:
            return audit.page(db, after)

    return ask


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the checkpoints of one hub's log."""

    engine: Engine
    signer: Signer
    zone: ZoneInfo

    def keep_up(self, at: datetime) -> None:
        """Make the checkpoint that is due, if one is. Safe to run twice and on two machines."""
        with unit_of_work(self.engine) as db:
            last = newest(db)
        kind = due(last.at if last else None, at, self.zone)
        if kind is not Due.NOT_YET:
            self._make(at, kind, _nth(last))

    def make(self, at: datetime) -> None:
        """Make one now, due or not."""
        with unit_of_work(self.engine) as db:
            last = newest(db)
        self._make(at, Due.HOURLY, _nth(last))

    def _make(self, at: datetime, kind: Due, last: int) -> None:
        """Read what is new, in pages that hold nobody up; then, quickly, the rest, and sign.

        Args:
            last: the number of the last one before; nothing is made if there is a later one.
        """
        with unit_of_work(self.engine) as db:
            signed = newest_signed(db)
            trouble = _cut(db, signed)
        if kind is Due.DAILY and not trouble:
            trouble = self._examined(at)
        read = Reading.after(signed)
        if not trouble:
            read.on(paged(self.engine), at)
        with unit_of_work(self.engine) as db:
            audit.hold(db)
            if _nth(newest(db)) != last:
                return  # another machine was faster
            if not trouble:
                read.on(partial(audit.page, db), at)
            read.trouble = trouble or read.trouble
            row = self._row(read, at, kind)
            row.nth = last + 1
            row.id = named(self.signer.name, row.nth)
            db.add(row)

    def _row(self, read: Reading, at: datetime, kind: Due) -> CheckpointRow:
        tree = merkle.Tree(read.tree.size, read.tree.root())
        text = Checkpoint(self.signer.name, tree, at).text()
        return CheckpointRow(
            id="",
            at=at,
            size=tree.size,
            head=read.head,
            peaks=encoded(read.tree.packed()),
            note=self.signer.sign(text) if read.trouble in {None, Trouble.TIME} else "",
            daily=kind is Due.DAILY,
            trouble=read.trouble,
        )

    def _examined(self, at: datetime) -> Trouble | None:
        """Once a day the whole log is read again and held against every checkpoint kept here."""
        papers, unsigned = self.papers()
        if unsigned:
            return Trouble.CHANGED
        rows = audit.lines(paged(self.engine), audit.BEFORE_ALL)
        return Trouble.CHANGED if examine(rows, papers, at).changed else None

    def papers(self) -> tuple[list[Paper], int]:
        """The checkpoints kept in the database, and how many there this hub did not sign."""
        with unit_of_work(self.engine) as db:
            rows = every(db)
        papers, unsigned = [], 0
        for row in rows:
            try:
                whose = f"kept in the database, {row.at:%Y-%m-%d %H:%M} UTC"
                papers.append(Paper.read(whose, row.note, self.signer.key))
            except (NotANote, NotSigned):
                unsigned += 1
        return papers, unsigned


def named(origin: str, nth: int) -> str:
    """The id of a checkpoint. It says which of them it is and, unlike a random one, no more."""
    return base64.b32encode(sha256(f"{origin} {nth}".encode()).digest()[:16])[:26].decode().lower()


def _nth(row: CheckpointRow | None) -> int:
    return row.nth if row else 0


def _cut(db: Session, signed: CheckpointRow | None) -> Trouble | None:
    """Whether the line the last checkpoint ended with is gone, or another stands in its place."""
    if signed is None or signed.size == 0:
        return None
    there = select(col(AuditRow.hash)).where(col(AuditRow.seq) == signed.size)
    return None if db.execute(there).scalar() == signed.head else Trouble.CUT
