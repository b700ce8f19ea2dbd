"""The rows of copies of a ledger: that it was asked whether one is safe to keep, and given or not.

What such a copy says is never stored; it is made anew from the shares.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from hub.core.words import Worded
from hub.store.columns import code, key, loose, moment, ref


class Safe(Worded):
    """What she said when she was asked whether it is safe to keep a copy."""

    GIVEN = "given", "It is safe to keep: a printed copy"
    TOLD = "told", "It is not safe to keep: read aloud, nothing printed"


class LedgerCopyRow(SQLModel, table=True):
    """One asking, by whom, when; from which moment to which the copy reaches."""

    __tablename__ = "consent_ledger_copy"
    __table_args__ = (Index("consent_ledger_copy_of", "case", "asked_at"),)

    id: str = key()
    case: str = ref("hub_case", index=False)
    answer: Safe = code(Safe)
    since: datetime | None = moment(null=True)
    until: datetime | None = moment(null=True)
    asked_at: datetime = moment()
    asked_by: str = loose()
