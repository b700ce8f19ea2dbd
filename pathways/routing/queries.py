"""The directory's index and the referral graph, built once for each edition and each day."""

from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from hub.cases.queries import arrivals
from hub.core.ids import ServiceId
from hub.desk import Desk
from hub.door import Sight
from pathways.directory.queries import edition, services_for_routing
from pathways.referrals.queries import flows
from pathways.routing.graph import Pathways, referral_graph
from pathways.routing.index import Index
from pathways.statistics import Figure, Flow, months_shown

_indices: Final[WeakKeyDictionary[Engine, tuple[str, Index]]] = WeakKeyDictionary()
_graphs: Final[WeakKeyDictionary[Engine, tuple[tuple[str, date], Pathways]]] = WeakKeyDictionary()


def index(db: Session) -> Index:
    """The directory arranged for asking, from memory where this edition was arranged before."""
    engine, current = db.get_bind().engine, edition(db)
    kept = _indices.get(engine)
    if kept is None or kept[0] != current:
        kept = (current, Index(services_for_routing(db)))
        _indices[engine] = kept
    return kept[1]


def pathways(desk: Desk) -> Pathways:
    """The referral graph of today, its figures those of the last whole months.

    Kept for the day: figures that follow each new referral would tell when one was sent.
    """
    day = desk.at.astimezone(desk.hub.settings.zone).date()
    engine, key = desk.db.get_bind().engine, (edition(desk.db), day)
    kept = _graphs.get(engine)
    if kept is None or kept[0] != key:
        kept = (key, _counted(desk.db, desk.sight, day))
        _graphs[engine] = kept
    return kept[1]


def _counted(db: Session, sight: Sight, day: date) -> Pathways:
    period = months_shown(sight.at)
    arrived = [Flow(*row) for row in arrivals(db, sight, period.since, period.until)]
    return referral_graph(services_for_routing(db), day, flows(db, sight), arrived)


def trodden(desk: Desk) -> dict[ServiceId, Figure]:
    """How often this agency has referred to each service, as released with the map."""
    ways = pathways(desk)
    home = ways.home_of.get(desk.sight.agency, "")
    figures = {id: ways.figure(home, node) for id, node in ways.node_of.items()}
    return {id: figure for id, figure in figures.items() if figure is not None}
