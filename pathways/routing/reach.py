"""What can be reached from where, what hangs on one provider alone, and what is missing.

Linear algorithms only: strongly connected components with one pass of bit masks, and dominators.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import networkx as nx

from hub.core.words import ServiceType
from pathways.directory.listing import OrganizationId
from pathways.routing.graph import Pathways
from pathways.routing.stages import ESSENTIAL, IN_ORDER

EXAMINED: Final = 24
"""Of how many organizations, the best connected first, the closing is thought through."""

BITS: Final = {kind: 1 << n for n, kind in enumerate(IN_ORDER)}
START: Final = ("start", "")

NEEDS: Final = {("need", str(kind)): bit for kind, bit in BITS.items()}

Place = tuple[str, str]
"""("in", entry point), ("org", organization), ("need", kind of help), or START."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of help can be reached; `ways_in` are ids of entry points."""

    kind: ServiceType
    providers: int
    ways_in: frozenset[str]
    only: OrganizationId | None


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing one organization would do to one kind of help: the one left with fewest ways.

    `before` and `after` count entry points it can be reached from, of `doors` that are not its
    own; `stranded` are those of them from which nothing would be reached any more.
    """

    organization: OrganizationId
    kind: ServiceType
    doors: int
    before: int
    after: int
    stranded: tuple[str, ...]


def road_map(pathways: Pathways) -> "nx.DiGraph[Place]":
    """Entry points to organizations, organizations to one another and to the help they give.

    An entry point leads to its own organization and wherever its survivors' cases were opened;
    an organization to all it has referred to. How often does not matter here.
    """
    roads: nx.DiGraph[Place] = nx.DiGraph()
    for node in pathways.nodes.values():
        here = ("org", str(node.organization))
        if node.entry:
            roads.add_edge(START, ("in", node.id))
            roads.add_edge(("in", node.id), here)
        for service in node.services:
            roads.add_edges_from((here, ("need", str(kind))) for kind in service.types)
    for source, target in pathways.graph.edges:
        start, end = pathways.nodes[source], pathways.nodes[target]
        roads.add_edge(("org", str(start.organization)), ("org", str(end.organization)))
        if start.entry:
            roads.add_edge(("in", start.id), ("org", str(end.organization)))
    return roads


def entry_points(roads: "nx.DiGraph[Place]") -> list[str]:
    """The ids of all entry points, in the order of the map."""
    return [name for sort, name in roads.nodes if sort == "in"]


def reached(roads: "nx.DiGraph[Place]") -> dict[str, int]:
    """For each entry point the kinds of help that can be reached from it, as a mask of `BITS`.

    Cost: O(nodes + edges).
    """
    parts = nx.condensation(roads)
    masks: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(parts))):
        masks[part] = sum(NEEDS.get(place, 0) for place in parts.nodes[part]["members"])
        for after in parts.successors(part):
            masks[part] |= masks[after]
    where: Mapping[Place, int] = parts.graph["mapping"]
    return {name: masks[where["in", name]] for name in entry_points(roads)}


def ways(pathways: Pathways, roads: "nx.DiGraph[Place]") -> list[Way]:
    """How each kind of help can be reached: those offered or essential, in the order of the map."""
    masks = reached(roads)
    only = _bottlenecks(roads)
    offers: dict[ServiceType, set[OrganizationId]] = {kind: set() for kind in IN_ORDER}
    for node in pathways.nodes.values():
        for service in node.services:
            for kind in service.types:
                offers[kind].add(node.organization)
    return [
        Way(
            kind,
            len(offers[kind]),
            frozenset(name for name, mask in masks.items() if mask & BITS[kind]),
            only.get(kind),
        )
        for kind in IN_ORDER
        if offers[kind] or kind in ESSENTIAL
    ]


def _bottlenecks(roads: "nx.DiGraph[Place]") -> dict[ServiceType, OrganizationId]:
    """The organization without which no entry point reaches a kind of help, nearest to it.

    Dominators of each kind of help, seen from a start before all entry points; O(nodes + edges).
    """
    if START not in roads:
        return {}
    above = nx.immediate_dominators(roads, START)
    found = {}
    for kind in IN_ORDER:
        before = above.get(("need", str(kind)))
        if before is not None and before[0] == "org":
            found[kind] = OrganizationId(before[1])
    return found


def closings(pathways: Pathways, roads: "nx.DiGraph[Place]") -> list[Closing]:
    """What would be lost with each of the best connected organizations, the heaviest loss first.

    Help that would be left with fewer ways in comes before help that would end altogether: the
    table of ways says of the latter on whom it hangs.

    Cost: `EXAMINED` times O(nodes + edges).
    """
    masks = reached(roads)
    found = [_closing(pathways, roads, name, masks) for name in _busiest(roads)]
    lost = [one for one in found if one is not None]
    return sorted(lost, key=lambda one: (not one.after, one.after - one.before))


def _busiest(roads: "nx.DiGraph[Place]") -> list[str]:
    organizations = [place for place in roads.nodes if place[0] == "org"]
    organizations.sort(key=lambda place: -roads.degree(place))
    return [name for _sort, name in organizations[:EXAMINED]]


def _counted(masks: Iterable[int]) -> dict[ServiceType, int]:
    every = list(masks)
    return {kind: sum(1 for mask in every if mask & bit) for kind, bit in BITS.items()}


def _closing(
    pathways: Pathways, roads: "nx.DiGraph[Place]", name: str, masks: Mapping[str, int]
) -> Closing | None:
    """None when nothing essential would be harder to reach for anybody else."""
    own = {node.id for node in pathways.nodes.values() if node.organization == name and node.entry}
    gone = {("org", name)} | {("in", id) for id in own}
    rest: nx.DiGraph[Place] = nx.DiGraph(roads.subgraph(p for p in roads.nodes if p not in gone))
    left = reached(rest)
    before, after = _counted(masks[id] for id in left), _counted(left.values())
    lost = [kind for kind in ESSENTIAL if after[kind] < before[kind]]
    if not lost:
        return None
    worst = min(lost, key=lambda kind: (not after[kind], after[kind] - before[kind]))
    stranded = tuple(id for id, mask in left.items() if not mask)
    counts = (len(left), before[worst], after[worst])
    return Closing(OrganizationId(name), worst, *counts, stranded)
