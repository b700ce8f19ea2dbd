"""The witnesses of the log: its checkpoints, made in time, and who is told when one fails."""

from datetime import timedelta
from typing import Final

from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk, Hub, WorkItem
from hub.door.checkpoints import signer, troubled
from hub.door.keeping_up import Maker

WITNESSES: Final = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
TOLD_FOR: Final = timedelta(days=7)
LATE: Final = timedelta(hours=2)
"""A newest checkpoint older than this means that nobody makes them."""


def maker_of(hub: Hub) -> Maker:
    """Who makes and signs the checkpoints of this hub's log."""
    return Maker(hub.engine, signer(hub.log_key), hub.settings.zone)


def keep_up(desk: Desk) -> None:
    """Make the checkpoint that is due, if one is. Safe to run twice."""
    maker_of(desk.hub).keep_up(desk.at)


def log_in_trouble(desk: Desk) -> list[WorkItem]:
    """For a week, every witness is told when something was wrong with the log."""
    if not desk.sight.roles & WITNESSES or not troubled(desk.db, desk.at - TOLD_FOR):
        return []
    item = WorkItem(
        due=desk.at,
        what=_("The log is not as it should be"),
        sentence=_(
            "Something in it was changed, removed or wrongly dated. Keep your checkpoints safe and "
            "ask whoever runs this hub to examine it."
        ),
        href="/log",
        step=_("See what to do"),
        overdue=True,
    )
    return [item]
