"""Reads of those who must never know of a case, for its care team."""

from sqlalchemy import select
from sqlmodel import Session, col

from hub.cases import queries
from hub.cases.keeping.tables import NeverDeskRow, NeverNameRow
from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, CaseId, EnvelopeId, PersonId
from hub.desk import Desk
from hub.door import open_entries
from hub.door.keeping_out import kept_out
from hub.people.tables import PersonRow


def never_names(desk: Desk, case: CaseId) -> list[str]:
    """Those without an account who must never know, as they were written down, oldest first.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    queries.case(desk, case)
    asked = select(col(NeverNameRow.envelope)).where(col(NeverNameRow.case) == case)
    order = asked.order_by(col(NeverNameRow.made_at), col(NeverNameRow.id))
    envelopes = [EnvelopeId(each) for each in desk.db.execute(order).scalars()]
    opened = open_entries(desk.db, desk.sight, envelopes)
    return [opened[each].body.get("text", "") for each in envelopes if each in opened]


def never_desks(desk: Desk, case: CaseId) -> list[AgencyId]:
    """The agencies whose intake desk must not be sent the case.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    queries.case(desk, case)
    asked = select(col(NeverDeskRow.agency)).where(col(NeverDeskRow.case) == case)
    return [AgencyId(each) for each in desk.db.execute(asked).scalars()]


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
