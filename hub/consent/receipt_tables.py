"""The rows of receipts. The number itself is never stored, nor what it opens."""

from datetime import datetime

from sqlalchemy import Column, Index, String, text
from sqlmodel import Field, SQLModel

from hub.store.columns import flag, key, loose, moment, ref, short


class ReceiptRow(SQLModel, table=True):
    """One receipt, found by a keyed mark of its number; its PINs are kept as passphrases are."""

    __tablename__ = "consent_receipt"
    __table_args__ = (
        Index("consent_receipt_mark", "mark", unique=True),
        Index(
            "consent_receipt_one",
            "case",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = key()
    case: str = ref("hub_case", index=False)
    agency: str = ref("agency", index=False)
    holder: str = ref("holder", index=False)
    mark: str = short(64)
    pin: str = short()
    panic: str = short()
    given_by: str = loose()
    given_at: datetime = moment()
    until: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    panicked_at: datetime | None = moment(null=True)


class ReceiptVisitRow(SQLModel, table=True):
    """One visit, known by the hash of what its page carries; `empty` if the panic PIN began it."""

    __tablename__ = "consent_receipt_visit"

    id: str = Field(sa_column=Column(String(64), primary_key=True))
    receipt: str = ref("consent_receipt", index=False)
    empty: bool = flag()
    until: datetime = moment(index=True)
