"""What safe contact brings to the start page: what can be done now, and what must be confirmed."""

from datetime import timedelta
from typing import Final

from hub.cases.reaching import queries
from hub.cases.reaching.message import State
from hub.cases.safe_contact import LASTS
from hub.core.language import _
from hub.desk import Desk, WorkItem

AHEAD: Final = timedelta(days=3)


def to_reach(desk: Desk) -> list[WorkItem]:
    """Calls and messages whose safe hour is now, and those that wait for a confirmation."""
    return [*_ready(desk), *_blocked(desk)]


def _ready(desk: Desk) -> list[WorkItem]:
    return [
        WorkItem(
            due=row.until,
            what=f"{case.code} · " + _("now is a safe hour to get in touch"),
            sentence=_("Read who may answer and what may be said, then call or write."),
            href=f"/cases/{case.id}/reach",
            step=_("Get in touch"),
        )
        for row, case in queries.mine(desk, [State.READY])
        if row.until is None or row.until > desk.at
    ]


def _blocked(desk: Desk) -> list[WorkItem]:
    return [
        WorkItem(
            due=row.due_at,
            what=f"{case.code} · " + _("a message cannot leave"),
            sentence=_(
                "The way to get in touch is not confirmed as safe any more. Nothing is lost."
            ),
            href=f"/cases/{case.id}/reach",
            step=_("Look at it"),
        )
        for row, case in queries.mine(desk, [State.BLOCKED])
    ]


def to_confirm(desk: Desk) -> list[WorkItem]:
    """Ways to get in touch that must be confirmed again, and those the family has too."""
    found = [
        WorkItem(
            due=row.confirmed_at + LASTS if row.confirmed_at else None,
            what=f"{case.code} · " + _("ask again whether the contact is safe"),
            sentence=_("After 30 days it cannot be used until it is confirmed again."),
            href=f"/cases/{case.id}/reach",
            step=_("Confirm it"),
        )
        for row, case in queries.to_confirm(desk, desk.at + AHEAD)
    ]
    return [*found, *_shared(desk)]


def _shared(desk: Desk) -> list[WorkItem]:
    return [
        WorkItem(
            due=desk.at,
            what=f"{case.code} · " + _("a contact must not be used"),
            sentence=_("The same number or address is written down under family and household."),
            href=f"/cases/{case.id}/reach",
            step=_("Look at it"),
        )
        for _row, case in queries.shared(desk)
    ]
