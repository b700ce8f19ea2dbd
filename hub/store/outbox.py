"""Messages waiting to leave, written in the same transaction as what they announce."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Index, select, text, update
from sqlmodel import Session, SQLModel, col

from hub.core.ids import PersonId, fresh
from hub.store.columns import code, key, loose, moment, number
from hub.store.unit import rows_changed

LEASE: Final = timedelta(minutes=2)
BACK_OFF: Final = timedelta(minutes=2)
GIVE_UP_AFTER: Final = timedelta(hours=24)


class Letter(StrEnum):
    """What kind of message; none says anything about a survivor."""

    WAITING = "waiting"
    MEETING = "meeting"
    INVITATION = "invitation"


_WAITING: Final = text("sent_at IS NULL AND dropped_at IS NULL")


def _of_those_waiting(name: str, *columns: str) -> Index:
    """An index that stays as small as what waits, however much has left."""
    return Index(name, *columns, sqlite_where=_WAITING, postgresql_where=_WAITING)


class OutboxRow(SQLModel, table=True):
    """One message to one member of staff; holds who and which kind, never words.

    `subject` is the case it is about, None when it is about nobody's.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        _of_those_waiting("outbox_waiting", "due_at", "id"),
        _of_those_waiting("outbox_about", "about"),
        _of_those_waiting("outbox_subject", "subject"),
    )

    id: str = key()
    letter: Letter = code(Letter)
    person: str = loose()
    about: str | None = loose(null=True)
    subject: str | None = loose(null=True)
    made_at: datetime = moment()
    due_at: datetime = moment()
    attempts: int = number()
    sent_at: datetime | None = moment(null=True)
    dropped_at: datetime | None = moment(null=True)


def post(
    db: Session, letter: Letter, person: PersonId, at: datetime, about: str | None = None
) -> None:
    """Put one message in the outbox, due at once."""
    db.add(OutboxRow(id=fresh(), letter=letter, person=person, about=about, made_at=at, due_at=at))


@dataclass(frozen=True, slots=True)
class Waits:
    """That something waits: the case and the thing it is about, and when it can be told."""

    subject: str | None
    about: str | None
    due: datetime


def post_waiting(db: Session, person: PersonId, at: datetime, waits: Waits) -> None:
    """Put in the outbox that something waits, not to leave before it can be told."""
    row = OutboxRow(
        id=fresh(),
        letter=Letter.WAITING,
        person=person,
        about=waits.about,
        subject=waits.subject,
        made_at=max(at, waits.due),
        due_at=max(at, waits.due),
    )
    db.add(row)


def withdraw_from(db: Session, subject: str, people: Collection[PersonId], at: datetime) -> int:
    """Drop what has not left yet about a case, for these people; returns how many."""
    if not people:
        return 0
    theirs = col(OutboxRow.person).in_(list(people))
    return _drop(db, at, col(OutboxRow.subject) == subject, theirs)


def claim(db: Session, at: datetime, most: int = 50) -> list[OutboxRow]:
    """Take messages that are due and lease them to this dispatcher.

    Safe on two machines: the UPDATE is the lock, and a dispatcher that dies loses its lease.
    """
    waiting = [col(OutboxRow.sent_at).is_(None), col(OutboxRow.dropped_at).is_(None)]
    due = (
        select(col(OutboxRow.id))
        .where(*waiting, col(OutboxRow.due_at) <= at)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.execute(due).scalars())
    if not ids:
        return []
    db.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(ids))
        .values(due_at=at + LEASE, attempts=OutboxRow.attempts + 1)
    )
    rows = db.execute(select(OutboxRow).where(col(OutboxRow.id).in_(ids))).scalars()
    return sorted(rows, key=lambda row: (row.made_at, row.id))


def mark_sent(db: Session, row: OutboxRow, at: datetime) -> None:
    """The message has left."""
    db.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row.id, col(OutboxRow.sent_at).is_(None))
        .values(sent_at=at)
    )


def put_back(db: Session, row: OutboxRow, at: datetime) -> None:
    """Try again later, more patiently each time; drop it after a day."""
    values = {"due_at": at + BACK_OFF * min(row.attempts + 1, 15)}
    if at - row.made_at >= GIVE_UP_AFTER:
        values = {"dropped_at": at}
    db.execute(update(OutboxRow).where(col(OutboxRow.id) == row.id).values(**values))


def waiting(db: Session, about: Collection[str]) -> list[OutboxRow]:
    """The messages about these things that have not left, the oldest first."""
    held = select(OutboxRow).where(
        col(OutboxRow.about).in_(list(about)),
        col(OutboxRow.sent_at).is_(None),
        col(OutboxRow.dropped_at).is_(None),
    )
    return list(db.execute(held.order_by(col(OutboxRow.made_at), col(OutboxRow.id))).scalars())


def withdraw(db: Session, about: str, at: datetime) -> int:
    """Drop every message about a thing that has not left yet; returns how many."""
    return _drop(db, at, col(OutboxRow.about) == about)


def withdraw_news(db: Session, about: str, at: datetime) -> int:
    """Drop what says that something is waiting, and let an invitation to the thing itself leave."""
    news = col(OutboxRow.letter) == Letter.WAITING
    return _drop(db, at, col(OutboxRow.about) == about, news)


def _drop(db: Session, at: datetime, *which: ColumnElement[bool]) -> int:
    waiting = (col(OutboxRow.sent_at).is_(None), col(OutboxRow.dropped_at).is_(None))
    held = update(OutboxRow).where(*which, *waiting)
    return rows_changed(db.execute(held.values(dropped_at=at)))
