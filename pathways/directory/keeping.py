"""Writes drafts into the directory's rows: what is new or has changed, and nothing else."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlmodel import Session, SQLModel

from hub.core.ids import fresh
from pathways.directory.draft import Draft
from pathways.directory.listing import HERE, Location, Organization, Service
from pathways.directory.rows import (
    CHILDREN,
    Values,
    child_values,
    feature_values,
    location_values,
    service_values,
)
from pathways.directory.tables import (
    AccessibilityRow,
    CapacityRow,
    EditionRow,
    LocationRow,
    OrganizationRow,
    ServiceAtLocationRow,
    ServiceRow,
    table,
)
from pathways.directory.terms import CapacityBand

THE_DIRECTORY: Final = "directory"
Key = tuple[str, str]
"""Source and source_id."""

BELONGING: Final[tuple[type[SQLModel], ...]] = (*CHILDREN, ServiceAtLocationRow)
"""Rows of one service, taken away before they are written anew."""

IN_ORDER: Final[tuple[type[SQLModel], ...]] = (
    OrganizationRow,
    LocationRow,
    AccessibilityRow,
    ServiceRow,
    *CHILDREN,
    ServiceAtLocationRow,
    CapacityRow,
)
"""Tables so that what is pointed at is written first."""


class KeptHere(ValueError):
    """Its agency writes this service on our own pages, and the draft says something else."""


@dataclass(slots=True)
class _Known:
    """What the database holds of one source."""

    organizations: dict[str, Values] = field(default_factory=dict)
    services: dict[str, Row[Any]] = field(default_factory=dict)
    locations: dict[str, Row[Any]] = field(default_factory=dict)


class Keeper:
    """Decides draft by draft what must be written, and writes it all at the end, or not at all."""

    def __init__(self, db: Session, at: datetime) -> None:
        self.db = db
        self.at = at
        self._sources: dict[str, _Known] = {}
        self._inserts: dict[type[SQLModel], list[Values]] = defaultdict(list)
        self._updates: list[tuple[type[SQLModel], str, Values]] = []
        self._emptied: list[str] = []
        self._placed: dict[Key, str] = {}

    def keep(self, draft: Draft) -> str | None:
        """Note what must be written for this draft.

        Returns:
            the service's (or organization's) id, or None when nothing must change.

        Raises:
            KeptHere: the service is written on our own pages.
        """
        if draft.service is None:
            return self._keep_organization(draft)
        known, digest = self._of(draft.source).services.get(draft.source_id), draft.digest
        if known is not None and known.digest == digest:
            return None
        if known is not None and known.kept_here:
            raise KeptHere
        values = service_values(draft.service) | {
            "digest": digest,
            "organization": self._organization(draft.source, draft.organization),
            "changed_at": self.at,
        }
        return self._keep_service(draft, draft.service, values, None if known is None else known.id)

    def write(self) -> None:
        """Write everything noted, as a new edition; nothing, if nothing was noted."""
        if not self._inserts and not self._updates:
            return
        self._empty()
        for of in IN_ORDER:
            rows = self._inserts.pop(of, [])
            if rows:
                self.db.execute(insert(table(of)), rows)
        for changed, id, values in self._updates:
            whole = table(changed)
            self.db.execute(update(whole).where(whole.c.id == id).values(**values))
        new_edition(self.db)

    def _keep_organization(self, draft: Draft) -> str | None:
        noted = len(self._updates) + len(self._inserts[OrganizationRow])
        id = self._organization(draft.source, draft.organization)
        changed = len(self._updates) + len(self._inserts[OrganizationRow]) > noted
        return id if changed else None

    def _keep_service(self, draft: Draft, service: Service, values: Values, id: str | None) -> str:
        if id is None:
            id = fresh()
            named = {"id": id, "source": draft.source, "source_id": draft.source_id}
            own = {"kept_here": draft.source == HERE, "version": 1}
            self._inserts[ServiceRow].append(values | named | own)
        else:
            self._emptied.append(id)
            self._updates.append(
                (ServiceRow, id, values | {"version": table(ServiceRow).c.version + 1})
            )
        for of, rows in child_values(id, service).items():
            self._inserts[of] += rows
        for place, location in enumerate(service.locations):
            at = self._location(draft.source, location)
            link = {"id": fresh(), "service": id, "location": at, "place": place}
            self._inserts[ServiceAtLocationRow].append(link)
        self._note_capacity(id, service)
        return id

    def _organization(self, source: str, organization: Organization) -> str:
        """The organization's id, its row noted for writing where it says something new."""
        said: Values = {
            "name": organization.name,
            "description": organization.description,
            "website": organization.website,
            "email": organization.email,
        }
        if organization.agency is not None:
            said["agency"] = organization.agency
        known = self._of(source).organizations
        before = known.get(organization.id)
        if before is None:
            before = {"id": fresh(), "source": source, "source_id": organization.id} | said
            self._inserts[OrganizationRow].append({"agency": None} | before)
        elif before | said != before:
            self._updates.append((OrganizationRow, before["id"], said))
        known[organization.id] = before | said
        return str(before["id"])

    def _location(self, source: str, location: Location) -> str:
        """The place's id. One that was made confidential here is never written over."""
        key = (source, location.id)
        if key in self._placed:
            return self._placed[key]
        known = self._of(source).locations.get(location.id)
        id = fresh() if known is None else str(known.id)
        self._placed[key] = id
        if known is not None and known.confidential:
            return id
        values = location_values(location)
        if known is None:
            named = {"id": id, "source": source, "source_id": location.id}
            self._inserts[LocationRow].append(values | named)
        else:
            self._updates.append((LocationRow, id, values))
            self._emptied.append(id)
        self._inserts[AccessibilityRow] += feature_values(id, location)
        return id

    def _note_capacity(self, id: str, service: Service) -> None:
        """A file's word on capacity counts for a new service; afterwards the agency's own does."""
        if id in self._emptied or service.capacity.band is CapacityBand.UNKNOWN:
            return
        said = {"band": service.capacity.band, "as_of": service.capacity.as_of}
        self._inserts[CapacityRow].append({"id": fresh(), "service": id} | said)

    def _empty(self) -> None:
        """Take away the rows that belong to what is written anew."""
        for start in range(0, len(self._emptied), 500):
            ids = self._emptied[start : start + 500]
            for of in BELONGING:
                self.db.execute(delete(table(of)).where(table(of).c.service.in_(ids)))
            features = table(AccessibilityRow)
            self.db.execute(delete(features).where(features.c.location.in_(ids)))

    def _of(self, source: str) -> _Known:
        """What is known of a source, read once."""
        if source not in self._sources:
            self._sources[source] = _known(self.db, source)
        return self._sources[source]


def _known(db: Session, source: str) -> _Known:
    known = _Known()
    for row in db.execute(_all(OrganizationRow, source)):
        known.organizations[row.source_id] = dict(row._mapping)
    for row in db.execute(_all(ServiceRow, source)):
        known.services[row.source_id] = row
    for row in db.execute(_all(LocationRow, source)):
        known.locations[row.source_id] = row
    return known


def _all(of: type[SQLModel], source: str) -> Select[Any]:
    return select(table(of)).where(table(of).c.source == source)


def new_edition(db: Session) -> None:
    """Say that the directory has changed: whoever keeps it in memory reads it again."""
    editions, made = table(EditionRow), {"edition": fresh()}
    ours = editions.c.id == THE_DIRECTORY
    if db.execute(select(editions.c.id).where(ours)).first() is None:
        db.execute(insert(editions).values(id=THE_DIRECTORY, **made))
    else:
        db.execute(update(editions).where(ours).values(**made))


def rewrite(db: Session, service: Service, at: datetime) -> None:
    """Write the whole of a service that is already in the directory under its id."""
    rows = table(ServiceRow)
    values = service_values(service) | {"changed_at": at}
    db.execute(update(rows).where(rows.c.id == service.id).values(**values))
    for of in BELONGING:
        db.execute(delete(table(of)).where(table(of).c.service == service.id))
    for of, children in child_values(service.id, service).items():
        if children:
            db.execute(insert(table(of)), children)
    for place, location in enumerate(service.locations):
        link = {"id": fresh(), "service": service.id, "place": place}
        link["location"] = _rewritten_place(db, service, location)
        db.execute(insert(table(ServiceAtLocationRow)).values(**link))
    new_edition(db)


def _rewritten_place(db: Session, service: Service, location: Location) -> str:
    """The id of the place, written anew; one where others give services too is left as it is.

    Then the service gets a place of its own, so that no agency opens or moves another's.
    """
    places, features = table(LocationRow), table(AccessibilityRow)
    values = location_values(location)
    if location.id and not _others_are_at(db, location.id, service.id):
        db.execute(update(places).where(places.c.id == location.id).values(**values))
        db.execute(delete(features).where(features.c.location == location.id))
        id = str(location.id)
    else:
        id = fresh()
        named = {"id": id, "source": HERE, "source_id": id}
        db.execute(insert(places).values(**values, **named))
    usable = feature_values(id, location)
    if usable:
        db.execute(insert(features), usable)
    return id


def _others_are_at(db: Session, location: str, service: str) -> bool:
    """Whether another organization than this service's gives a service there."""
    at, services = table(ServiceAtLocationRow), table(ServiceRow)
    ours = select(services.c.organization).where(services.c.id == service).scalar_subquery()
    theirs = (
        select(at.c.id)
        .join(services, at.c.service == services.c.id)
        .where(at.c.location == location, services.c.organization != ours)
    )
    return db.execute(theirs).first() is not None
