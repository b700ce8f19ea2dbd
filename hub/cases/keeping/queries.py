"""Reads of those who must never know of a case, for its care team."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from hub.cases import queries
from hub.cases.keeping.tables import NeverDeskRow, NeverNameRow
from hub.cases.tables import CaseRow
from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, CaseId, EnvelopeId, PersonId
from hub.desk import Desk
from hub.door import open_entries
from hub.door.keeping_out import kept_out
from hub.people.tables import PersonRow

Beside = NeverDeskRow | NeverNameRow
"""What is kept beside the door's own list of those who must never know."""
KINDS: Final[tuple[type[Beside], ...]] = (NeverDeskRow, NeverNameRow)


def never_names(desk: Desk, case: CaseId) -> list[str]:
    """Those without an account who must never know, as they were written down, oldest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    return list(names_written(desk, never_rows(desk, case)).values())


def never_rows(desk: Desk, case: CaseId) -> list[Beside]:
    """Desks that must not be sent the case, then names without an account, oldest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    queries.case(desk, case)
    return [row for kind in KINDS for row in _standing(desk, kind, case)]


def _standing(desk: Desk, kind: type[Beside], case: CaseId) -> list[Beside]:
    asked = select(kind).where(col(kind.case) == case, col(kind.lifted_at).is_(None))
    return list(desk.db.execute(asked.order_by(col(kind.made_at), col(kind.id))).scalars())


def names_written(desk: Desk, rows: Sequence[Beside]) -> dict[str, str]:
    """The names without an account among these rows, by row; none the looker has no key to."""
    sealed = {row.id: EnvelopeId(row.envelope) for row in rows if isinstance(row, NeverNameRow)}
    opened = open_entries(desk.db, desk.sight, list(sealed.values()))
    return {id: opened[each].body.get("text", "") for id, each in sealed.items() if each in opened}


def agencies_away(desk: Desk, case: str) -> frozenset[AgencyId]:
    """The agencies that must never know of a case; none for whoever is not on its care team."""
    try:
        queries.case(desk, CaseId(case))
    except NothingHere:
        return frozenset()
    kept = kept_out(desk.db, desk.sight, case)
    return frozenset(each.whom.agency for each in kept if each.whom.agency is not None)


def staff_of(db: Session, agency: AgencyId) -> list[tuple[PersonId, str]]:
    """Who works at an agency now, by name, whatever they do there."""
    asked = (
        select(col(PersonRow.id), col(PersonRow.name))
        .where(col(PersonRow.agency) == agency, col(PersonRow.disabled_at).is_(None))
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return [(PersonId(row[0]), row[1]) for row in db.execute(asked)]


def accounts_of(db: Session, person: PersonId) -> list[PersonId]:
    """Under which accounts somebody works, at whatever agency; none when they work nowhere."""
    address = (
        select(col(PersonRow.email))
        .where(col(PersonRow.id) == person, col(PersonRow.disabled_at).is_(None))
        .scalar_subquery()
    )
    asked = select(col(PersonRow.id)).where(col(PersonRow.email) == address)
    return [PersonId(each) for each in db.execute(asked.order_by(col(PersonRow.id))).scalars()]


def own_case(desk: Desk, case: CaseId) -> CaseRow | None:
    """The case a line of one's own agency is about; None for another agency's."""
    own = select(CaseRow).where(col(CaseRow.id) == case, col(CaseRow.agency) == desk.sight.agency)
    return desk.db.execute(own).scalar_one_or_none()
