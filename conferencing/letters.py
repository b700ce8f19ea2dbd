"""The invitation by mail: the one sentence every message has, and a file that says "Meeting"."""

from email.message import EmailMessage

from conferencing.conference import State
from conferencing.meeting_file import FILENAME, meeting_file
from conferencing.pages import calendar_entry
from conferencing.tables import ConferenceRow, SeatRow
from hub.desk import Desk
from hub.store.dispatch import waiting
from hub.store.outbox import OutboxRow

STILL_INVITES = frozenset({State.CALLED, State.AGENDA_LOCKED, State.IN_SESSION})


def meeting_letter(desk: Desk, row: OutboxRow) -> EmailMessage | None:
    """The invitation as it is when it leaves; None when the seat or the meeting is gone by then."""
    seat = desk.db.get(SeatRow, row.about or "")
    if seat is None or seat.removed_at is not None or seat.person != row.person:
        return None
    meeting = desk.db.get_one(ConferenceRow, seat.conference)
    if meeting.state not in STILL_INVITES:
        return None
    message = waiting(desk)
    message.add_attachment(
        meeting_file(calendar_entry(seat, meeting)),
        maintype="text",
        subtype="calendar",
        filename=FILENAME,
        params={"method": "PUBLISH", "charset": "utf-8"},
    )
    return message
