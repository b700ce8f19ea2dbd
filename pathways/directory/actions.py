"""What agencies do with their own entries: publish, change, say whether there is room."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from hub.core.errors import Changed
from hub.core.ids import AgencyId, ServiceId, fresh
from hub.desk import Desk
from hub.people.tables import AgencyRow
from pathways.directory import queries
from pathways.directory.draft import Draft
from pathways.directory.keeping import Keeper, new_edition, rewrite
from pathways.directory.listing import HERE, Organization, OrganizationId, Service
from pathways.directory.tables import CapacityRow, ServiceRow, table
from pathways.directory.terms import CapacityBand


def organization_of(db: Session, agency: AgencyId) -> Organization:
    """An agency of this hub as the directory lists it."""
    name = db.execute(select(col(AgencyRow.name)).where(col(AgencyRow.id) == agency)).scalar_one()
    return Organization(OrganizationId(agency), name, agency)


def publish(db: Session, service: Service, at: datetime) -> ServiceId:
    """Put a service of an agency of this hub into the directory.

    Args:
        service: its organization as `organization_of` gives it; its own id counts for nothing.
    """
    keeper = Keeper(db, at)
    id = keeper.keep(Draft(HERE, fresh(), service.organization, service))
    keeper.write()
    assert id is not None  # noqa: S101 (a fresh source_id is never known)
    return ServiceId(id)


def add_service(desk: Desk, service: Service) -> ServiceId:
    """Publish a service of the agency this person works for."""
    id = publish(desk.db, service, desk.at)
    desk.audit("service.added", service=id)
    return id


def change_service(desk: Desk, service: Service, version: int) -> None:
    """Write a service of her own agency anew, as she has just confirmed it.

    Raises:
        NothingHere: it is another agency's, or there is none.
        Changed: somebody changed it after the page with this version was shown.
    """
    queries.own_service(desk.db, desk.sight.agency, service.id)
    moved = (
        update(ServiceRow)
        .where(col(ServiceRow.id) == service.id, col(ServiceRow.version) == version)
        .values(version=version + 1, kept_here=True)
        .returning(col(ServiceRow.id))
    )
    if desk.db.execute(moved).first() is None:
        raise Changed
    rewrite(desk.db, service, desk.at)
    desk.audit("service.changed", service=service.id)


def set_capacity(desk: Desk, id: ServiceId, band: CapacityBand) -> None:
    """Say whether a service of her own agency has room, as of now.

    Raises:
        NothingHere: it is another agency's, or there is none.
    """
    queries.own_service(desk.db, desk.sight.agency, id)
    rows = table(CapacityRow)
    desk.db.execute(delete(rows).where(rows.c.service == id))
    desk.db.execute(insert(rows).values(id=fresh(), service=id, band=band, as_of=desk.at))
    new_edition(desk.db)
    desk.audit("service.capacity", service=id, capacity=band.value)
