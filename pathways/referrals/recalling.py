"""Calling a referral back while it waits: the receiver never learns that it was on its way."""

from typing import Any, Final

from sqlalchemy import update
from sqlmodel import col

from hub.core.errors import NothingHere, StepRefused
from hub.core.language import _
from hub.desk import Desk
from hub.door.shares import call_back
from hub.store import outbox
from pathways.referrals.moving import Move, crossed, move
from pathways.referrals.queries import Party
from pathways.referrals.referral import Side, Step, waits
from pathways.referrals.tables import ReferralEntryRow

UNSENT: Final = (
    "sent_at",
    "sent_by",
    "opens_at",
    "respond_by",
    "desk",
    "receiver_holder",
    "reminded_at",
    "reminded_by",
    "reminded_mode",
    "reminder",
)
"""What a referral loses that is called back: what she was reminded of went another way."""


def recall(desk: Desk, party: Party, version: int) -> None:
    """Call a referral back before anybody can open it: it is a draft again, and nothing crossed.

    Raises:
        NothingHere: the one who looks is not on the sending side.
        StepRefused: it can be opened by now.
        Changed: somebody changed it since the page was opened.
    """
    row = party.row
    if party.side is not Side.SENDER:
        raise NothingHere
    going = crossed(desk, row)
    if not waits(row.opens_at, desk.at) or call_back(desk.db, desk.sight, going) == 0:
        raise StepRefused(_("They can open it by now, so it cannot be called back. Withdraw it."))
    values: dict[str, Any] = dict.fromkeys(UNSENT)
    move(desk, party, Move(Step.RECALL, version), values)
    _keep_no_copy(desk, party)
    outbox.withdraw(desk.db, row.id, desk.at)


def _keep_no_copy(desk: Desk, party: Party) -> None:
    """A draft shows what stands in the case, and copies it when it is sent."""
    mine = update(ReferralEntryRow).where(col(ReferralEntryRow.referral) == party.row.id)
    desk.db.execute(mine.values(envelope=None))
