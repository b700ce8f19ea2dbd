"""How often somebody may try to sign in: counted in the store, so that a restart forgives nothing.

Counted before the passphrase is tried, and taken back when it fits.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlmodel import col

from hub.core.errors import TooMany
from hub.core.ids import fresh
from hub.desk import Desk
from hub.people.addresses import network
from hub.people.keyed import mark
from hub.people.tables import AttemptRow

MOST: Final = 10
WITHIN: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, as counted against the account named and against where it came from."""

    account: str
    rows: tuple[str, ...]


def begin(desk: Desk, account: str) -> Attempt:
    """Count one more try. Whether there is such an account is not asked.

    Args:
        account: what was typed to name an account; kept only as a keyed mark.

    Raises:
        TooMany: ten tries failed for this account, or from this address, within 15 minutes. A
            refused try is not counted: the first of the ten is forgiven 15 minutes after it.
    """
    named = mark(desk.hub.signing, "attempt", "account", account)
    whence = mark(desk.hub.signing, "attempt", "address", network(desk.address))
    for who in (named, whence):
        if _failed(desk, who) >= MOST:
            raise TooMany
    rows = [AttemptRow(id=fresh(), who=who, at=desk.at) for who in (named, whence)]
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


def forget_old(desk: Desk) -> None:
    """Forget tries that no longer count."""
    desk.db.execute(delete(AttemptRow).where(col(AttemptRow.at) <= desk.at - WITHIN))
