"""What anybody signed in may read of the directory; it holds nothing of any survivor.

The whole directory of one edition is kept in memory as a Shelf; each read asks the database only
which edition is current, so a change is seen by the next request on every machine.
"""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, ServiceId
from pathways.directory.keeping import THE_DIRECTORY
from pathways.directory.listing import Service
from pathways.directory.loading import load
from pathways.directory.shelf import Shelf
from pathways.directory.tables import EditionRow, ServiceRow

_shelves: WeakKeyDictionary[Engine, tuple[str, Shelf]] = WeakKeyDictionary()


def edition(db: Session) -> str:
    """The name of the current edition; "" before anything was written."""
    current = select(col(EditionRow.edition)).where(col(EditionRow.id) == THE_DIRECTORY)
    return db.execute(current).scalar_one_or_none() or ""


def shelf(db: Session) -> Shelf:
    """The whole directory as it is now, from memory where this edition was read before.

    An edition that is not yet committed has a name nobody else can know, so the memory of one
    that is rolled back is never found again.
    """
    engine, current = db.get_bind().engine, edition(db)
    kept = _shelves.get(engine)
    if kept is None or kept[0] != current:
        kept = (current, Shelf(load(db)))
        _shelves[engine] = kept
    return kept[1]


def service(db: Session, id: ServiceId) -> Service:
    """One service.

    Raises:
        NothingHere: there is none with this id.
    """
    found = shelf(db).get(id)
    if found is None:
        raise NothingHere
    return found


def own_service(db: Session, agency: AgencyId, id: ServiceId) -> Service:
    """A service that this agency writes about itself.

    Raises:
        NothingHere: there is none with this id, or it is another agency's.
    """
    found = service(db, id)
    if not agency or found.agency != agency:
        raise NothingHere
    return found


def version(db: Session, id: ServiceId) -> int:
    """The version of a service's row, for the form that changes it."""
    row = select(col(ServiceRow.version)).where(col(ServiceRow.id) == id)
    return int(db.execute(row).scalar_one())


def services_for_routing(db: Session) -> Sequence[Service]:
    """Every service, in order; confidential places without street or coordinates."""
    return shelf(db).services


def entry_points(db: Session) -> list[tuple[ServiceId, str]]:
    """The services through which people come, each with its name and whose it is, in order."""
    doors = [each for each in services_for_routing(db) if each.entry_point]
    return [(each.id, f"{each.name}, {each.organization.name}") for each in doors]
