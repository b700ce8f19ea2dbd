"""Passing over an intake desk: who carries its key must never know of a subject.

Their lines stay when they leave the desk, and whoever comes to it gets one; only those whom their
agency names as safe contacts are let through, when something is about to go to them.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from hub.core.ids import AgencyId, HolderId, PersonId
from hub.core.words import KeptOutFor
from hub.door import audit
from hub.door.keeping_out import Keeping, Whom, let_in, written
from hub.door.sight import Sight
from hub.door.tables import KeepOutRow
from hub.door.wall import Errand, errand
from hub.store.unit import rows_changed


def pass_over(
    db: Session, sight: Sight, subject: str, desk: HolderId, people: Collection[PersonId]
) -> None:
    """From the next request on, the subject does not exist for these people of an intake desk.

    Args:
        people: who carries its key and is no safe contact.
    """
    keeping = Keeping(KeptOutFor.DESK, sight.agency)
    written(db, sight, subject, Whom(None, None, desk), keeping)
    for person in people:
        written(db, sight, subject, Whom(person, None, desk), keeping)


def follow(db: Session, sight: Sight, desk: HolderId, person: PersonId) -> list[str]:
    """Somebody came to an intake desk, or is no safe contact now: they are passed over with it.

    Returns:
        The subjects they must not know of; nothing about these may be mailed to them either.
    """
    passed = select(col(KeepOutRow.subject), col(KeepOutRow.agency)).where(
        col(KeepOutRow.desk) == desk,
        col(KeepOutRow.person).is_(None),
        col(KeepOutRow.lifted_at).is_(None),
    )
    with errand(db, Errand.KEEPING):
        found = db.execute(passed, execution_options={"sight": sight}).all()
    for subject, agency in found:
        keeping = Keeping(KeptOutFor.DESK, AgencyId(agency))
        written(db, sight, subject, Whom(person, None, desk), keeping)
    return [str(subject) for subject, _agency in found]


def let_in_but_for_the_desk(
    db: Session, sight: Sight, subject: str, people: Collection[PersonId]
) -> list[PersonId]:
    """Those of these people whom nothing but their intake desk keeps out of a subject."""
    return let_in(db, sight, subject, people, col(KeepOutRow.desk).is_(None))


def let_through(db: Session, sight: Sight, subject: str, person: PersonId) -> None:
    """Something is about to go to a safe contact: their intake desk keeps them out no more."""
    ended = _end(db, sight, subject, col(KeepOutRow.person) == person)
    if ended:
        audit.note(db, sight, "keep_out.let_through", {"person": person, "count": ended})


def stop_passing_over(db: Session, sight: Sight, subject: str, desk: HolderId) -> None:
    """Two people agreed that the desk may know again, and all who are kept out because of it."""
    _end(db, sight, subject, col(KeepOutRow.desk) == desk)


def _end(db: Session, sight: Sight, subject: str, which: ColumnElement[bool]) -> int:
    ended = update(KeepOutRow).where(
        col(KeepOutRow.subject) == subject,
        col(KeepOutRow.agency) == sight.agency,
        col(KeepOutRow.why) == KeptOutFor.DESK,
        col(KeepOutRow.lifted_at).is_(None),
        which,
    )
    values = {"lifted_at": sight.at, "lifted_by": sight.person}
    return rows_changed(db.execute(ended.values(**values), execution_options={"sight": sight}))
