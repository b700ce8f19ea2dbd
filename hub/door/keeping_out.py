"""Keeping out: who must never know of a subject, whatever keys they carry."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, EnvelopeId, HolderId, PersonId, fresh
from hub.core.language import lazy
from hub.core.words import HolderKind, KeptOutFor
from hub.door import audit
from hub.door.sight import Sight
from hub.door.tables import HolderRow, KeepOutRow
from hub.door.wall import Errand, errand
from hub.store.unit import rows_changed

_OWN: Final = aliased(HolderRow, name="own")


class KeptAway(StepRefused):
    """She asked that they never know."""

    def __init__(self) -> None:
        super().__init__(lazy("They are among those who must never know. Nothing was sent."))


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is kept out: one person, or everybody at one agency. Exactly one of the two is named.

    `desk` is the intake desk that is passed over where that is why; its own line names no more.
    """

    person: PersonId | None
    agency: AgencyId | None
    desk: HolderId | None = None


@dataclass(frozen=True, slots=True)
class KeepOut:
    """One line of the list of those who must never know of a subject.

    `lift_asked_by` and `lift_reason` are set while somebody has asked to let them know again and
    nobody else has said yes or no.
    """

    id: str
    subject: str
    whom: Whom
    why: KeptOutFor
    made_by: PersonId
    made_at: datetime
    lift_asked_by: PersonId | None
    lift_reason: EnvelopeId | None


def is_let_in(subject: Any, person: Any, *only: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether nobody keeps the person of this column out of the subject of that one.

    Args:
        only: which lines of the list count; every line when none is given.
    """
    agency = (
        select(col(_OWN.agency))
        .where(col(_OWN.of) == person, col(_OWN.kind) == HolderKind.PERSON)
        .correlate_except(_OWN)
        .scalar_subquery()
    )
    return ~exists().where(
        col(KeepOutRow.subject) == subject,
        col(KeepOutRow.lifted_at).is_(None),
        or_(col(KeepOutRow.person) == person, col(KeepOutRow.away) == agency),
        *only,
    )


_NOW: Final = col(KeepOutRow.lifted_at).is_(None)
_OF_PERSON: Final = select(col(KeepOutRow.subject)).where(
    col(KeepOutRow.person) == bindparam("person"), _NOW
)
SUBJECTS: Final = _OF_PERSON.union(
    select(col(KeepOutRow.subject)).where(col(KeepOutRow.away) == bindparam("agency"), _NOW)
)


def kept_out_of(db: Session, sight: Sight) -> frozenset[str]:
    """The subjects that the person of this sight must never know of."""
    told = {"person": sight.person, "agency": sight.agency}
    found = db.execute(SUBJECTS, told, execution_options={"sight": sight})
    return frozenset(found.scalars())


_REFUSED: Final = (
    select(col(HolderRow.id))
    .join(
        KeepOutRow,
        or_(
            col(KeepOutRow.away) == col(HolderRow.agency),
            and_(
                col(KeepOutRow.desk) == col(HolderRow.id),
                col(KeepOutRow.person).is_(None),
            ),
            and_(
                col(KeepOutRow.person) == col(HolderRow.of),
                col(HolderRow.kind) == HolderKind.PERSON,
            ),
        ),
    )
    .where(
        col(HolderRow.id).in_(bindparam("holders", expanding=True)),
        col(KeepOutRow.subject).in_(bindparam("subjects", expanding=True)),
        _NOW,
    )
)


def refuse_kept_away(
    db: Session, sight: Sight, subjects: Collection[str], holders: Sequence[HolderId]
) -> None:
    """Let no share be made for somebody who must not know of its subject.

    Raises:
        KeptAway: one of the holders is such a person, or stands for such an agency.
    """
    told = {"holders": list(holders), "subjects": sorted(subjects)}
    with errand(db, Errand.KEEPING):
        found = db.execute(_REFUSED, told, execution_options={"sight": sight}).first()
    if found is not None:
        raise KeptAway


def let_in(
    db: Session,
    sight: Sight,
    subject: str,
    people: Collection[PersonId],
    *only: ColumnElement[bool],
) -> list[PersonId]:
    """Those of these people whom nobody keeps out of a subject, in the order given.

    Args:
        only: which lines of the list count; every line when none is given.
    """
    own = aliased(HolderRow)
    asked = select(col(own.of)).where(
        col(own.kind) == HolderKind.PERSON,
        col(own.of).in_(list(people)),
        is_let_in(subject, col(own.of), *only),
    )
    with errand(db, Errand.KEEPING):
        found = set(db.execute(asked, execution_options={"sight": sight}).scalars())
    return [person for person in people if person in found]


def keep_out(db: Session, sight: Sight, subject: str, whom: Whom) -> str:
    """From the next request on, the subject does not exist for them; the id of the line.

    It is her wish, kept by the agency of the sight. Shares they hold in their own name are not
    ended here: nothing they hold opens any more.

    Raises:
        ValueError: not exactly one of person and agency is named.
    """
    if (whom.person is None) == (whom.agency is None) or not subject:
        raise ValueError("name one person or one agency, and what they must not know of")
    return written(db, sight, subject, whom, Keeping(KeptOutFor.HER_WISH, sight.agency))


def step_aside(db: Session, sight: Sight, subject: str, person: PersonId, at: AgencyId) -> str:
    """Somebody's own conflict keeps them out, whoever noticed it; the id of the line.

    Args:
        at: the agency they work for, which keeps the line.
    """
    if not subject:
        raise ValueError("name what they must not know of")
    return written(db, sight, subject, Whom(person, None), Keeping(KeptOutFor.CONFLICT, at))


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a line is kept, and by which agency."""

    why: KeptOutFor
    agency: AgencyId


def written(db: Session, sight: Sight, subject: str, whom: Whom, keeping: Keeping) -> str:
    """One line, or the one that says the same already. For the door alone."""
    same = select(col(KeepOutRow.id)).where(
        col(KeepOutRow.subject) == subject,
        col(KeepOutRow.person).is_not_distinct_from(whom.person),
        col(KeepOutRow.away).is_not_distinct_from(whom.agency),
        col(KeepOutRow.desk).is_not_distinct_from(whom.desk),
        col(KeepOutRow.why) == keeping.why,
        col(KeepOutRow.agency) == keeping.agency,
        _NOW,
    )
    with errand(db, Errand.KEEPING):
        known = db.execute(same, execution_options={"sight": sight}).scalars().first()
    if known is not None:
        if keeping.why is not KeptOutFor.CONFLICT:
            _answer_no(db, sight, known)
        return str(known)
    row = KeepOutRow(
        id=fresh(),
        subject=subject,
        agency=keeping.agency,
        person=whom.person,
        away=whom.agency,
        desk=whom.desk,
        why=keeping.why,
        made_by=sight.person,
        made_at=sight.at,
    )
    with errand(db, Errand.KEEPING):
        db.execute(
            KeepOutRow.__table__.insert(),  # type: ignore[attr-defined] # sqlmodel adds it
            [row.model_dump()],
            execution_options={"sight": sight},
        )
    audit.note(db, sight, "keep_out.made", {"record": row.id})
    return row.id


def _answer_no(db: Session, sight: Sight, line: str) -> None:
    """Who is kept out once more is not to know again: what somebody asked about it is answered."""
    asked = update(KeepOutRow).where(
        col(KeepOutRow.id) == line,
        col(KeepOutRow.agency) == sight.agency,
        col(KeepOutRow.lift_asked_by).is_not(None),
    )
    answered = asked.values(lift_asked_at=None, lift_asked_by=None, lift_reason=None)
    if rows_changed(db.execute(answered, execution_options={"sight": sight})):
        audit.note(db, sight, "keep_out.lift_refused", {"record": line, "count": 1})


def kept_out(db: Session, sight: Sight, subject: str) -> list[KeepOut]:
    """Whom the agency of this sight keeps out of a subject now by name, longest first.

    Only for those who work on it. What other agencies' staff said of themselves is not among it,
    nor who is kept out only because of their intake desk.
    """
    asked = (
        select(KeepOutRow)
        .where(
            col(KeepOutRow.subject) == subject,
            col(KeepOutRow.agency) == sight.agency,
            col(KeepOutRow.desk).is_(None),
            _NOW,
        )
        .order_by(col(KeepOutRow.made_at), col(KeepOutRow.id))
    )
    rows = db.execute(asked, execution_options={"sight": sight}).scalars()
    return [line_of(row) for row in rows]


def is_kept_away(db: Session, sight: Sight, subject: str, agency: AgencyId) -> bool:
    """Whether everybody at an agency is kept out of a subject."""
    asked = select(col(KeepOutRow.id)).where(
        col(KeepOutRow.subject) == subject, col(KeepOutRow.away) == agency, _NOW
    )
    with errand(db, Errand.KEEPING):
        return db.execute(asked, execution_options={"sight": sight}).first() is not None


def line_of(row: KeepOutRow) -> KeepOut:
    """A row of the list as what it says."""
    whom = Whom(
        PersonId(row.person) if row.person else None, AgencyId(row.away) if row.away else None
    )
    asked_by = PersonId(row.lift_asked_by) if row.lift_asked_by else None
    reason = EnvelopeId(row.lift_reason) if row.lift_reason else None
    made_by = PersonId(row.made_by)
    return KeepOut(row.id, row.subject, whom, row.why, made_by, row.made_at, asked_by, reason)
