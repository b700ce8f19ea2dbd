"""The witnesses of the log: its checkpoints, made in time, and who is told when one fails."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from hub.core.ids import PersonId
from hub.core.language import _
from hub.core.words import Role
from hub.desk import Desk, Hub, Notice, WorkItem
from hub.door.checkpoints import claim_untold, signer, told_since, trouble_since
from hub.door.keeping_up import Maker
from hub.people.tables import PersonRoleRow, PersonRow

WITNESSES: Final = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
TOLD_FOR: Final = timedelta(days=7)
TOLD_AGAIN: Final = timedelta(days=1)
LATE: Final = timedelta(hours=2)
"""A newest checkpoint older than this means that nobody makes them."""


def maker_of(hub: Hub) -> Maker:
    """Who makes and signs the checkpoints of this hub's log."""
    return Maker(hub.engine, signer(hub.log_key), hub.settings.zone)


def keep_up(desk: Desk) -> None:
    """Make the checkpoint that is due, if one is. Safe to run twice."""
    maker_of(desk.hub).keep_up(desk.at)


def tell_witnesses(desk: Desk) -> None:
    """Send word to every witness of every agency when the log is in trouble, once a day at most."""
    if not told_since(desk.db, desk.at - TOLD_AGAIN) and claim_untold(desk.db, desk.at):
        for person in _witnesses(desk.db):
            desk.notify(person, Notice(subject=""))


def _witnesses(db: Session) -> list[PersonId]:
    """Everybody at work who keeps checkpoints, at whichever agency."""
    having = (
        select(col(PersonRow.id))
        .join(PersonRoleRow, col(PersonRoleRow.person) == col(PersonRow.id))
        .where(col(PersonRow.disabled_at).is_(None), col(PersonRoleRow.role).in_(WITNESSES))
        .distinct()
    )
    return [PersonId(person) for person in db.execute(having).scalars()]


def log_in_trouble(desk: Desk) -> list[WorkItem]:
    """For a week, every witness is told when something was wrong with the log."""
    if not desk.sight.roles & WITNESSES:
        return []
    since = trouble_since(desk.db, desk.at - TOLD_FOR)
    if since is None:
        return []
    item = WorkItem(
        due=since,
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
