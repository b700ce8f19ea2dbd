"""The referral graph: entry points, providers of each kind of help, and what flows between them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import networkx as nx

from hub.core.ids import AgencyId, ServiceId
from hub.core.words import ServiceType
from pathways.directory.listing import OrganizationId, Service
from pathways.routing.stages import IN_ORDER, STAGE_OF, Stage, main_kind
from pathways.statistics import Counted, Figure, Flow, Release, released

MOST_NODES: Final = 2000
MOST_ROADS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Node:
    """An entry point (one service), or all that one organization offers of one kind of help."""

    id: str
    name: str
    organization: OrganizationId
    kind: ServiceType
    entry: bool
    services: tuple[Service, ...]

    @property
    def stage(self) -> Stage:
        """The column it stands in."""
        return Stage.ENTRY if self.entry else STAGE_OF[self.kind]


@dataclass(frozen=True, slots=True)
class Pathways:
    """The referral graph and what is needed to read it.

    `graph` has a node per id in `nodes`, and an edge with its `figure` per released flow.
    `node_of` finds a service; `home_of` the node an agency's own referrals leave from.
    """

    graph: "nx.DiGraph[str]"
    nodes: Mapping[str, Node]
    node_of: Mapping[ServiceId, str]
    home_of: Mapping[AgencyId, str]
    release: Release

    def figure(self, source: str, target: str) -> Figure | None:
        """What is released of one road; None when there is no such road."""
        return self.release.flows.get((source, target))


def referral_graph(
    services: Iterable[Service],
    day: date,
    sent: Iterable[Counted],
    arrived: Iterable[Counted],
) -> Pathways:
    """The graph of the hub's own agencies and of every entry point, as of `day`.

    Args:
        sent: from an agency to a service: referrals.
        arrived: from an entry point (a service) to the agency that opened a case: cases.

    Counts are added per pair of nodes before they are released, and nothing finer is released
    anywhere else: two tables of the same counts, cut differently, could be subtracted. Counts
    about services or agencies that are not on the graph any more are left out.

    Cost: O(services + pairs). At most `MOST_NODES` nodes and `MOST_ROADS` edges are kept.
    """
    nodes, node_of = _nodes(service for service in services if _belongs(service, day))
    home_of = _homes(nodes.values())
    pairs = [(home_of.get(AgencyId(one.source)), _node(one.target, node_of), one) for one in sent]
    pairs += [
        (_node(one.source, node_of), home_of.get(AgencyId(one.target)), one) for one in arrived
    ]
    release = released(
        Flow(source, target, one.count)
        for source, target, one in pairs
        if source is not None and target is not None and source != target
    )
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    for (source, target), figure in list(release.flows.items())[:MOST_ROADS]:
        graph.add_edge(source, target, figure=figure)
    return Pathways(
        graph,
        MappingProxyType(nodes),
        MappingProxyType(node_of),
        MappingProxyType(home_of),
        release,
    )


def _belongs(service: Service, day: date) -> bool:
    return service.runs_on(day) and (service.agency is not None or service.entry_point)


def _node(service: str, node_of: Mapping[ServiceId, str]) -> str | None:
    return node_of.get(ServiceId(service))


def _nodes(services: Iterable[Service]) -> tuple[dict[str, Node], dict[ServiceId, str]]:
    """Nodes by id, in the order of the map: by column, kind of help and name."""
    gathered: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        gathered[_id(service)].append(service)
    found = sorted((_made(id, ones) for id, ones in gathered.items()), key=_order)[:MOST_NODES]
    nodes = {node.id: node for node in found}
    return nodes, {service.id: node.id for node in found for service in node.services}


def _id(service: Service) -> str:
    if service.entry_point:
        return str(service.id)
    return f"{service.organization.id}.{main_kind(service)}"


def _made(id: str, services: list[Service]) -> Node:
    first = services[0]
    name = first.name if first.entry_point else first.organization.name
    kind = main_kind(first)
    return Node(id, name, first.organization.id, kind, first.entry_point, tuple(services))


def _order(node: Node) -> tuple[int, int, str, str]:
    stage = list(Stage).index(node.stage)
    return stage, IN_ORDER.index(node.kind), node.name.casefold(), node.id


def _homes(nodes: Iterable[Node]) -> dict[AgencyId, str]:
    """The first provider node of each agency on a survivor's way; else its first entry point."""
    homes: dict[AgencyId, Node] = {}
    for node in nodes:
        agency = node.services[0].agency
        if agency is not None and (agency not in homes or homes[agency].entry > node.entry):
            homes[agency] = node
    return {agency: node.id for agency, node in homes.items()}
