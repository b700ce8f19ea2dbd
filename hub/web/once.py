"""Forms are sent once: a double click or a reload finds the first answer again."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import Column, String, delete, select
from sqlmodel import Field, Session, SQLModel, col

from hub.core.ids import LENGTH, looks_like_id
from hub.store.columns import moment

KEPT: Final = timedelta(hours=72)


class SentFormRow(SQLModel, table=True):
    """One form that was sent and where its sender went on to."""

    __tablename__ = "sent_form"

    actor: str = Field(sa_column=Column(String(64), primary_key=True))
    once: str = Field(sa_column=Column(String(26), primary_key=True))
    went_to: str = Field(sa_column=Column(String(300), nullable=False))
    at: datetime = moment(index=True)


def marked(path: str, fields: Mapping[str, Sequence[str]]) -> str:
    """What tells this very sending of a form from every other; "" when it carries no `once`.

    All fields count: two forms of one page share its `once`, and somebody who goes back, writes
    something else and sends again must not be told that it was done before.
    """
    typed = fields.get("once", [])
    if len(typed) != 1 or not looks_like_id(typed[0]):
        return ""
    said = json.dumps([path, sorted((name, list(each)) for name, each in fields.items())])
    digest = sha256(said.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii")[:LENGTH].lower()


def went_to(db: Session, actor: str, once: str) -> str | None:
    """Where the sender of this very form went on to; None when it was not sent before."""
    sent = select(col(SentFormRow.went_to)).where(
        col(SentFormRow.actor) == actor, col(SentFormRow.once) == once
    )
    return db.execute(sent).scalar_one_or_none()


def remember(db: Session, row: SentFormRow) -> None:
    """Write down that a form was sent; two at the same moment collide, and one of them wins."""
    db.add(row)
    db.flush()


def forget_old(db: Session, at: datetime) -> None:
    """Forget forms nobody will send again."""
    db.execute(delete(SentFormRow).where(col(SentFormRow.at) < at - KEPT))
