"""Names of staff and of agencies, for pages that say who."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from hub.core.ids import AgencyId, PersonId
from hub.core.words import Role
from hub.people.tables import AgencyRow, PersonRoleRow, PersonRow


def names_of(db: Session, people: Iterable[str]) -> dict[str, str]:
    """The names of these members of staff, by id."""
    asked = set(people)
    if not asked:
        return {}
    wanted = select(col(PersonRow.id), col(PersonRow.name)).where(col(PersonRow.id).in_(asked))
    return {row[0]: row[1] for row in db.execute(wanted)}


def agency_names(db: Session, agencies: Iterable[str]) -> dict[str, str]:
    """The names of these agencies, by id; closed ones too, because history names them."""
    asked = set(agencies)
    if not asked:
        return {}
    wanted = select(col(AgencyRow.id), col(AgencyRow.name)).where(col(AgencyRow.id).in_(asked))
    return {row[0]: row[1] for row in db.execute(wanted)}


def other_agencies(db: Session, own: AgencyId) -> list[tuple[AgencyId, str]]:
    """Every open agency but our own, by name."""
    wanted = (
        select(col(AgencyRow.id), col(AgencyRow.name))
        .where(col(AgencyRow.id) != own, col(AgencyRow.closed_at).is_(None))
        .order_by(col(AgencyRow.name), col(AgencyRow.id))
    )
    return [(AgencyId(row[0]), row[1]) for row in db.execute(wanted)]


def staff_with(db: Session, agency: AgencyId, roles: Iterable[Role]) -> list[tuple[PersonId, str]]:
    """Who works at this agency in any of these roles now, by name."""
    wanted = (
        select(col(PersonRow.id), col(PersonRow.name))
        .join(PersonRoleRow, col(PersonRoleRow.person) == col(PersonRow.id))
        .where(
            col(PersonRow.agency) == agency,
            col(PersonRow.disabled_at).is_(None),
            col(PersonRoleRow.role).in_(list(roles)),
        )
        .distinct()
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return [(PersonId(row[0]), row[1]) for row in db.execute(wanted)]
