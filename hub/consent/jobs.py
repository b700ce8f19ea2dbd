"""What the clock does for releases: say that one ends soon, and drop what nobody went on with."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent.actions import AHEAD
from hub.consent.drafting import drop_old
from hub.consent.release import State
from hub.consent.tables import ReleaseRow
from hub.core.ids import CaseId
from hub.desk import Desk, Notice
from hub.store.unit import rows_changed

MOST_AT_ONCE: Final = 200


def announce_endings(desk: Desk) -> None:
    """Tell case managers a week and a day before a release of theirs ends.

    Safe to run twice: the row remembers that it was said, and the UPDATE is the lock. Access ends
    at the release's hour whether or not this ever ran.
    """
    for name, span in AHEAD.items():
        for id, case in _ending(desk, name, span):
            if _claimed(desk, id, name):
                desk.notify(cases.primary(desk.db, CaseId(case)), Notice(case, id))


def _ending(desk: Desk, name: str, span: timedelta) -> list[tuple[str, str]]:
    """Releases in force that end within the span and of which it was not said yet, soonest first.

    Those of a closed case, and those another has taken the place of, need nothing more.
    """
    asked = (
        select(col(ReleaseRow.id), col(ReleaseRow.case))
        .join(CaseRow, col(CaseRow.id) == col(ReleaseRow.case))
        .where(
            col(ReleaseRow.state) == State.ACTIVE,
            col(ReleaseRow.withdrawn_at).is_(None),
            col(ReleaseRow.ends) > desk.at,
            col(ReleaseRow.ends) <= desk.at + span,
            _said(name).is_(None),
            col(CaseRow.closed_at).is_(None),
        )
        .order_by(col(ReleaseRow.ends), col(ReleaseRow.id))
        .limit(MOST_AT_ONCE)
    )
    return [(row[0], row[1]) for row in desk.db.execute(asked)]


def _claimed(desk: Desk, id: str, name: str) -> bool:
    mine = update(ReleaseRow).where(col(ReleaseRow.id) == id, _said(name).is_(None))
    return rows_changed(desk.db.execute(mine.values({name: desk.at}))) == 1


def _said(name: str) -> Any:
    return col(getattr(ReleaseRow, name))


def forget_drafts(desk: Desk) -> None:
    """Drop releases that were begun and touched by nobody for a month. Safe to run twice."""
    drop_old(desk)
