"""Checkpoints of the log: its size and root at one instant, signed, for others to keep."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final, Self

from sqlalchemy import Select, select, update
from sqlmodel import Session, col

from hub.door import merkle
from hub.door.signed_note import NotANote, NoteKey, Signer, decoded, encoded, opened
from hub.door.tables import CheckpointRow
from hub.store.unit import rows_changed

SKEW: Final = timedelta(minutes=10)
"""How far two clocks, or the beginning and the end of one long piece of work, may lie apart."""
TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
SHAPE: Final = re.compile(
    r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,17})\n(?P<root>[A-Za-z0-9+/=]+)\n"
    r"time (?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
)
PROVED: Final = re.compile(r"old (?P<size>0|[1-9][0-9]{0,17})\n(?P<hashes>(?:[^\n]+\n)*)\n")
DAYS_SHOWN: Final = 31


class Trouble(StrEnum):
    """What was wrong when a checkpoint was due."""

    CUT = "cut"  # the line the last one ended with is not there any more
    CHANGED = "changed"  # lines do not follow, or are not those an earlier one was made over
    TIME = "time"  # a line says it was written when it cannot have been


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log was at one instant: so many lines, with this root. It names nobody.

    Source: C2SP tlog-checkpoint. The time stands in an extension line, in words anybody reads.
    """

    origin: str
    tree: merkle.Tree
    at: datetime

    def text(self) -> str:
        """The note's text."""
        at = self.at.astimezone(UTC).strftime(TIME)
        return f"{self.origin}\n{self.tree.size}\n{encoded(self.tree.root)}\ntime {at}\n"

    @classmethod
    def read(cls, note: str, key: NoteKey) -> Self:
        """The checkpoint in a note that this key signed.

        Raises:
            NotANote: it is not a checkpoint at all.
            NotSigned: another key signed it, or it was changed.
        """
        found = SHAPE.fullmatch(opened(note, key))
        if found is None or found["origin"] != key.name:
            raise NotANote("it is no checkpoint of a log")
        at = datetime.strptime(found["at"], TIME).replace(tzinfo=UTC)
        return cls(found["origin"], merkle.Tree(int(found["size"]), decoded(found["root"])), at)


@dataclass(frozen=True, slots=True)
class Paper:
    """A checkpoint as somebody kept it, and the proof that came with it, if one did.

    Attributes:
        whose: who kept it, in words: the name of a file.
        grown_from: the size the proof begins at; None without a proof.
    """

    whose: str
    checkpoint: Checkpoint
    grown_from: int | None = None
    proof: tuple[bytes, ...] = ()

    @classmethod
    def read(cls, whose: str, text: str, key: NoteKey) -> Self:
        """A checkpoint's file.

        Raises:
            NotANote: it is not one.
            NotSigned: another key signed it, or it was changed.
        """
        plain = text.replace("\r\n", "\n")
        proved = PROVED.match(plain)
        if proved is None:
            return cls(whose, Checkpoint.read(plain, key))
        made = Checkpoint.read(plain[proved.end() :], key)
        hashes = tuple(decoded(line) for line in proved["hashes"].splitlines())
        return cls(whose, made, int(proved["size"]), hashes)


def proved(note: str, earlier: int, proof: Sequence[bytes]) -> str:
    """A checkpoint with the proof that it goes on from an earlier one (C2SP tlog-witness)."""
    return "\n".join((f"old {earlier}", *map(encoded, proof), "", note))


def signer(log_key: bytes) -> Signer:
    """Who signs the log's checkpoints, under a name that stays when the hub's address changes."""
    public = Signer("-", log_key).key.public
    return Signer(f"linden/log/{sha256(public).hexdigest()[:16]}", log_key)


NEWEST: Final = col(CheckpointRow.nth).desc()
"""By their order, not by date: the clock may have been set back meanwhile."""


def signed() -> Select[CheckpointRow]:
    """Those that could be signed."""
    return select(CheckpointRow).where(col(CheckpointRow.note) != "")


def newest(db: Session) -> CheckpointRow | None:
    """The last one that was due, signed or not."""
    return db.execute(select(CheckpointRow).order_by(NEWEST).limit(1)).scalar_one_or_none()


def newest_signed(db: Session) -> CheckpointRow | None:
    """The last one that could be signed."""
    return db.execute(signed().order_by(NEWEST).limit(1)).scalar_one_or_none()


def one(db: Session, id: str) -> CheckpointRow | None:
    """One that was signed."""
    return db.execute(signed().where(col(CheckpointRow.id) == id)).scalar_one_or_none()


def every(db: Session) -> Sequence[CheckpointRow]:
    """All that were signed, oldest first."""
    return db.execute(signed().order_by(col(CheckpointRow.nth))).scalars().all()


def daily(db: Session, before: str) -> Sequence[CheckpointRow]:
    """Those of midnight, newest first, as many as one page shows; older than `before`, if named."""
    made = signed().where(col(CheckpointRow.daily)).order_by(NEWEST).limit(DAYS_SHOWN)
    last = one(db, before) if before else None
    if last is not None:
        made = made.where(col(CheckpointRow.nth) < last.nth)
    return db.execute(made).scalars().all()


def trouble_since(db: Session, since: datetime) -> datetime | None:
    """When something was found wrong with the log for the first time since then, if it was."""
    wrong = select(col(CheckpointRow.at)).where(
        col(CheckpointRow.trouble).is_not(None), col(CheckpointRow.at) >= since
    )
    return db.execute(wrong.order_by(col(CheckpointRow.nth)).limit(1)).scalar()


def claim_untold(db: Session, at: datetime) -> bool:
    """Whether trouble was found that nobody was told of yet; from now on they were.

    Safe to run twice and on two machines: the UPDATE is the lock.
    """
    untold = update(CheckpointRow).where(
        col(CheckpointRow.trouble).is_not(None), col(CheckpointRow.told_at).is_(None)
    )
    return rows_changed(db.execute(untold.values(told_at=at))) > 0


def told_since(db: Session, since: datetime) -> bool:
    """Whether people were told of trouble since then."""
    told = select(col(CheckpointRow.id)).where(
        col(CheckpointRow.trouble).is_not(None), col(CheckpointRow.told_at) >= since
    )
    return db.execute(told.limit(1)).scalar() is not None
