"""How often somebody may try to sign in: counted in the store, so that a restart forgives nothing.

Counted before the passphrase is tried, and taken back when it fits. Tries at a number of somebody's
own count for a day: its PIN is short.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlmodel import col

from hub.core.errors import TooMany, TooManyToday
from hub.core.ids import fresh
from hub.desk import Desk
from hub.people.addresses import network
from hub.people.keyed import mark
from hub.people.tables import AttemptRow

MOST: Final = 10
WITHIN: Final = timedelta(minutes=15)
A_DAY: Final = timedelta(days=1)
"""How long a try counts where few digits are all there is to guess."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, as counted against the account named and against where it came from."""

    account: str
    rows: tuple[str, ...]


def begin(desk: Desk, account: str, lasts: timedelta) -> Attempt:
    """Count one more try. Whether there is such an account is not asked.

    Args:
        account: what was typed to name an account; kept only as a keyed mark.
        lasts: how long a failed try counts against the account.

    Raises:
        TooMany: ten tries failed for this account while they last, or from this address within 15
            minutes. A refused try is not counted: the first of the ten is forgiven in its time.
    """
    named = mark(desk.hub.signing, "attempt", "account", account)
    whence = mark(desk.hub.signing, "attempt", "address", network(desk.address))
    if _failed(desk, named) >= MOST:
        raise TooManyToday if lasts >= A_DAY else TooMany
    if _failed(desk, whence) >= MOST:
        raise TooMany
    until = desk.at + lasts - WITHIN  # what counts for longer is written as if it came later
    rows = [
        AttemptRow(id=fresh(), who=who, at=at) for who, at in ((named, until), (whence, desk.at))
    ]
    desk.db.add_all(rows)
    desk.audit("sign_in.tried", account=named)
    return Attempt(named, tuple(row.id for row in rows))


def _failed(desk: Desk, who: str) -> int:
    recent = select(func.count()).where(
        col(AttemptRow.who) == who, col(AttemptRow.at) > desk.at - WITHIN
    )
    return int(desk.db.execute(recent).scalar_one())


def forgive(desk: Desk, attempt: Attempt) -> None:
    """The passphrase fitted: nothing counts against the account, nor this try against anybody."""
    gone = (col(AttemptRow.id).in_(attempt.rows)) | (col(AttemptRow.who) == attempt.account)
    desk.db.execute(delete(AttemptRow).where(gone))


def forgive_this(desk: Desk, attempt: Attempt) -> None:
    """What was typed fitted: this try counts against nobody; those that failed before still do."""
    desk.db.execute(delete(AttemptRow).where(col(AttemptRow.id).in_(attempt.rows)))


def forget_old(desk: Desk) -> None:
    """Forget tries that no longer count."""
    desk.db.execute(delete(AttemptRow).where(col(AttemptRow.at) <= desk.at - WITHIN))
