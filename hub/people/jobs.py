"""Forgetting what signing in left behind once it serves nobody."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import col

from hub.desk import Desk
from hub.people import attempts
from hub.people.sessions import LONGEST
from hub.people.signing_in import TIME_TO_CHOOSE
from hub.people.signing_on import TIME_AWAY
from hub.people.tables import ChoiceRow, SessionRow, SignOnRow

LONG_OVER: Final = LONGEST + timedelta(hours=12)


def forget_sign_ins(desk: Desk) -> None:
    """Tries, choices, journeys to providers and sessions that are over. Safe to run twice."""
    attempts.forget_old(desk)
    desk.db.execute(delete(ChoiceRow).where(col(ChoiceRow.at) <= desk.at - TIME_TO_CHOOSE))
    desk.db.execute(delete(SignOnRow).where(col(SignOnRow.at) < desk.at - TIME_AWAY))
    desk.db.execute(delete(SessionRow).where(col(SessionRow.made_at) <= desk.at - LONG_OVER))
