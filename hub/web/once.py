"""Forms are sent once: a double click or a reload finds the first answer again."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, String, delete, select
from sqlmodel import Field, Session, SQLModel, col

from hub.core.ids import looks_like_id
from hub.store.columns import moment

KEPT: Final = timedelta(hours=72)


class SentFormRow(SQLModel, table=True):
    """One form that was sent and where its sender went on to."""

    __tablename__ = "sent_form"

    actor: str = Field(sa_column=Column(String(64), primary_key=True))
    once: str = Field(sa_column=Column(String(26), primary_key=True))
    went_to: str = Field(sa_column=Column(String(300), nullable=False))
    at: datetime = moment(index=True)


def went_to(db: Session, actor: str, once: str) -> str | None:
    """Where the sender of this very form went on to; None when it was not sent before."""
    sent = select(col(SentFormRow.went_to)).where(
        col(SentFormRow.actor) == actor, col(SentFormRow.once) == once
    )
    return db.execute(sent).scalar_one_or_none()


def remember(db: Session, row: SentFormRow) -> None:
    """Write down that a form was sent; two at the same moment collide, and one of them wins."""
    if row.actor and looks_like_id(row.once):
        db.add(row)
        db.flush()


def forget_old(db: Session, at: datetime) -> None:
    """Forget forms nobody will send again."""
    db.execute(delete(SentFormRow).where(col(SentFormRow.at) < at - KEPT))
