"""The post at work: asks the rule at the moment of leaving, then sends, waits, or stops.

What the rule does not allow now is deferred to the next safe hour. A message by mail says nothing:
one constant subject and one constant sentence, without a name, an agency or a link.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases.reaching import queries
from hub.cases.reaching.actions import shut, step_taken
from hub.cases.reaching.message import STEPS, Channel, Side, State, Step
from hub.cases.reaching.tables import MessageRow
from hub.cases.safe_contact import Answer, Blocked, Deferred, Usable
from hub.core.ids import AgencyId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.desk import Desk, Hub
from hub.door import Entry
from hub.door.post import sight_of_the_post
from hub.settings import OFF
from hub.store.dispatch import mail_server

log = logging.getLogger("linden.post")

LEASE: Final = timedelta(minutes=2)
LOOK_AGAIN: Final = timedelta(minutes=1)
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where a message goes, and until when it may still leave."""

    address: str
    until: datetime


def deliver(hub: Hub) -> int:
    """Do what is due; returns how many messages left. Safe to run twice and on two machines."""
    with hub.desk_of_the_house() as desk:
        due = _claim(desk)
    return sum(_one(hub, id) for id in due)


def _claim(desk: Desk) -> list[str]:
    """Lease what is due to this run; the UPDATE is the lock."""
    waiting = (
        select(col(MessageRow.id))
        .where(
            col(MessageRow.state).in_([State.WAITING, State.READY]),
            col(MessageRow.due_at) <= desk.at,
        )
        .order_by(col(MessageRow.due_at), col(MessageRow.id))
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    ids = list(desk.db.execute(waiting).scalars())
    if ids:
        lease = update(MessageRow).where(col(MessageRow.id).in_(ids))
        desk.db.execute(lease.values(due_at=desk.at + LEASE))
    return ids


def _one(hub: Hub, id: str) -> bool:
    """One message, in units of work of its own: a fault in one keeps no other waiting."""
    try:
        leaving = _asked(hub, id)
        if leaving is None or not mail(hub, leaving):
            return False
        _left(hub, id)
    except Exception as fault:  # the next run tries again; no value may reach the log
        log.warning("message not delivered: %s", type(fault).__name__)
        return False
    return True


def _asked(hub: Hub, id: str) -> Leaving | None:
    """Where to send it now; None when it is for a person to do, or waits, or stops."""
    with hub.desk_of_the_house() as desk:
        row, found = _opened(desk, id)
        if row is None:
            return None
        if found is None:
            _move(desk, row, Step.BLOCK, {})
            return None
        entry, answer = found
        if isinstance(answer, Usable) and row.channel is Channel.MAIL:
            return Leaving(entry.body.get("value", ""), answer.until)
        _settle(desk, row, answer)
        return None


def _opened(desk: Desk, id: str) -> tuple[MessageRow | None, tuple[Entry, Answer] | None]:
    row = desk.db.get(MessageRow, id)
    if row is None or row.state not in {State.WAITING, State.READY}:
        return None, None
    desk.sight = sight_of_the_post(desk.db, desk.sight, AgencyId(row.agency))
    return row, queries.of_message(desk.db, desk.sight, row)


def _settle(desk: Desk, row: MessageRow, answer: Answer) -> None:
    """What the rule says becomes of it."""
    if isinstance(answer, Blocked):
        _move(desk, row, Step.BLOCK, {"why": answer.why, "until": None})
    elif isinstance(answer, Deferred):
        step = Step.CLOSE if row.state is State.READY else None
        _move(desk, row, step, {"due_at": answer.until, "until": None})
    else:
        step = Step.OPEN if row.state is State.WAITING else None
        again = min(answer.until, desk.at + LOOK_AGAIN)
        _move(desk, row, step, {"due_at": again, "until": answer.until})


def _move(desk: Desk, row: MessageRow, step: Step | None, kept: dict[str, Any]) -> None:
    state = advance(STEPS, row.state, step, Side.POST) if step else row.state
    if step and step_taken(desk, row, row.version, {"state": state, **kept}):
        desk.audit("message.step", record=row.id, step=step.value, state=state.value)
    elif step is None:
        same = (col(MessageRow.id) == row.id, col(MessageRow.version) == row.version)
        desk.db.execute(update(MessageRow).where(*same).values(**kept))


def _left(hub: Hub, id: str) -> None:
    with hub.desk_of_the_house() as desk:
        row, _found = _opened(desk, id)
        if row is None:
            return
        state = advance(STEPS, row.state, Step.SEND, Side.POST)
        if step_taken(desk, row, row.version, {"state": state, "ended_at": desk.at}):
            shut(desk, row)
            desk.audit("message.step", record=row.id, step=Step.SEND.value, state=state.value)


def mail(hub: Hub, leaving: Leaving) -> bool:
    """Take it to its address; False when there is no mail server, or it answered too late."""
    if hub.settings.smtp_url in {"", OFF}:
        return False
    message = composed(hub)
    message["To"] = leaving.address
    try:
        with mail_server(hub.settings.smtp_url) as server:
            if hub.clock.now() >= leaving.until:
                return False
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as down:
        log.warning("mail server not reached: %s", type(down).__name__)
        return False
    return True


def composed(hub: Hub) -> EmailMessage:
    """The one message there is: it says nothing, whoever reads it."""
    message = EmailMessage()
    message["Subject"] = _("Hello")
    message["From"] = hub.settings.mail_from or f"no-reply@{hub.settings.host}"
    message["Date"] = format_datetime(hub.clock.now())
    message["Message-ID"] = f"<{fresh()}@{hub.settings.host}>"
    message.set_content(_("Please get in touch when it suits you.") + "\n")
    return message
