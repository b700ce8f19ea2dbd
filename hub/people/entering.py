"""Letting somebody in: whatever session was there ends, and a new one begins."""

from dataclasses import replace

from hub.core.ids import PersonId
from hub.desk import Desk
from hub.people import sessions
from hub.people.tables import PersonRow
from hub.web.answers import Enter, Go


def enter(desk: Desk, person: PersonId) -> Enter:
    """Begin her session and go to her work. The log's line is hers from here on."""
    row = desk.db.get_one(PersonRow, person)
    desk.sight = replace(desk.sight, person=person, agency=row.agency)  # type: ignore[arg-type]
    return Enter(_new_session(desk, person), Go("show_work"))


def go_unnamed(desk: Desk) -> str:
    """Begin a session that is nobody's yet; the token for its cookie."""
    return _new_session(desk, None)


def _new_session(desk: Desk, person: PersonId | None) -> str:
    if desk.token:
        sessions.end(desk.db, desk.token, desk.at)
    return sessions.start(desk.db, person, desk.at)
