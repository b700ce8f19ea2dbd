"""The time in which a share opens: from when on, and until when."""

from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col


def in_time(share: Any, now: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether a share opens at `now`: `opens_at` is included, `until` is not.

    Args:
        share: the table of shares, or an alias of it.
        now: a moment, or the parameter that will hold one.
    """
    waits = col(share.opens_at)
    return (or_(waits.is_(None), waits <= now), col(share.until) > now)
