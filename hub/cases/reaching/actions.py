"""What is done to reach somebody: confirm a way, let a message wait, do it, take it back."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.actions import replace_entry
from hub.cases.reaching import keeping, queries
from hub.cases.reaching.message import OPEN, STEPS, Side, State, Step, channel_of
from hub.cases.reaching.queries import Way
from hub.cases.reaching.tables import MessageRow
from hub.cases.safe_contact import Blocked, Deferred, Usable, contact_of
from hub.core.errors import Changed, StepRefused
from hub.core.ids import CaseId, EnvelopeId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.desk import Desk
from hub.door import Ending, unshare
from hub.door.post import post_of
from hub.store.unit import rows_changed


def confirm(desk: Desk, case: CaseId, way: Way) -> None:
    """The person has said again that it is safe: thirty days from now.

    Raises:
        NothingHere, Changed, StepRefused: as `replace_entry`.
        StepRefused: nobody ever wrote down who said that it is safe.
    """
    if not way.entry.body.get("confirmed_by"):
        raise StepRefused(_("Open it first, and write down who says that it is safe."))
    body = {**way.entry.body, "confirmed_at": desk.at.isoformat()}
    replace_entry(desk, case, way.entry.envelope, body)
    desk.audit("contact.confirmed", case=case, entry=way.line)


def queue(desk: Desk, case: CaseId, way: Way) -> str:
    """Let a message wait for the next safe hour of this way: now, if now is one.

    Raises:
        StepRefused: this way may not be used, the case is closed, or one waits already.
    """
    row = cases.case(desk, case)
    if row.closed_at is not None or isinstance(way.answer, Blocked):
        raise StepRefused(_("This way cannot be used now. Read why above, and change that first."))
    if any(each.line == way.line for each in queries.messages(desk, case)):
        raise StepRefused(_("A message waits for this way already."))
    message = MessageRow(
        id=fresh(),
        case=row.id,
        agency=row.agency,
        line=way.line,
        envelope=way.entry.envelope,
        channel=channel_of(contact_of(way.entry.body, shared=False).method),
        state=State.WAITING,
        made_by=desk.sight.person,
        made_at=desk.at,
        due_at=way.answer.until if isinstance(way.answer, Deferred) else desk.at,
    )
    desk.db.add(message)
    desk.db.flush()
    keeping.hand_to_the_post(desk, EnvelopeId(way.entry.envelope))
    desk.audit("message.queued", case=case, record=message.id)
    return message.id


def do(desk: Desk, row: MessageRow, version: int) -> None:
    """Somebody called or wrote, at a safe hour.

    Raises:
        StepRefused: now is no safe hour, or it is done already.
        Changed: somebody else changed it since the page was opened.
    """
    found = queries.of_message(desk.db, desk.sight, row)
    if found is None or not isinstance(found[1], Usable):
        raise StepRefused(_("Now is not a safe hour. It waits for the next one."))
    _end(desk, row, Step.DO, version)


def cancel(desk: Desk, row: MessageRow, version: int) -> None:
    """Take it back.

    Raises:
        Changed: somebody else changed it, or it has left, since the page was opened.
    """
    _end(desk, row, Step.CANCEL, version)


def _end(desk: Desk, row: MessageRow, step: Step, version: int) -> None:
    state = advance(STEPS, row.state, step, Side.TEAM)
    if not step_taken(desk, row, version, {"state": state, "ended_at": desk.at}):
        raise Changed
    shut(desk, row)
    desk.audit("message.ended", case=row.case, record=row.id, state=state.value)


def step_taken(desk: Desk, row: MessageRow, version: int, kept: dict[str, Any]) -> bool:
    """Change a message if it still is as it was read; False when it is not."""
    changed = (
        update(MessageRow)
        .where(
            col(MessageRow.id) == row.id,
            col(MessageRow.version) == version,
            col(MessageRow.state).in_(OPEN),
        )
        .values(version=version + 1, **kept)
    )
    return rows_changed(desk.db.execute(changed)) == 1


def shut(desk: Desk, row: MessageRow) -> None:
    """The post can no longer open the way that a message has left by."""
    ending = Ending(
        "delivered", holder=post_of(desk.db, desk.sight), envelopes=[EnvelopeId(row.envelope)]
    )
    unshare(desk.db, desk.sight, ending)
