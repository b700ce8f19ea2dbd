"""The map in words: the same boxes and roads as rows of tables, nothing more and nothing less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.core.language import _
from pathways.atlas.plan import noted
from pathways.routing.graph import Node, Pathways
from pathways.routing.stages import Stage
from pathways.statistics import Figure

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Rows under their heads: entry points, providers, and the flows between them."""

    entries: tuple[Row, ...]
    providers: tuple[Row, ...]
    flows: tuple[Row, ...]


def told(pathways: Pathways, nodes: Sequence[Node], at: datetime) -> Twin:
    """The tables of these boxes and of every released road between them."""
    kept = {node.id: node for node in nodes}
    roads = [
        (kept[source], kept[target], str(figure))
        for (source, target), figure in pathways.release.flows.items()
        if source in kept and target in kept
    ]
    roads.sort(key=lambda road: (_order(road[0]), _order(road[1])))
    return Twin(
        tuple(_entry(pathways, node) for node in nodes if node.entry),
        tuple(_provider(pathways, node, at) for node in nodes if not node.entry),
        tuple((called(source), called(target), figure) for source, target, figure in roads),
    )


def called(node: Node) -> str:
    """A box's name; for a provider also its kind of help, as one agency can have several."""
    return node.name if node.entry else f"{node.name} ({node.kind.label})"


def _order(node: Node) -> tuple[int, str]:
    return list(Stage).index(node.stage), called(node).casefold()


def _entry(pathways: Pathways, node: Node) -> Row:
    agency = node.services[0].organization.name
    return node.name, agency, str(node.kind.label), _total(pathways.release.sent, node)


def _provider(pathways: Pathways, node: Node, at: datetime) -> Row:
    release = pathways.release
    _tone, note = noted(node, at)
    return (
        node.name,
        str(node.kind.label),
        str(node.stage.label),
        f"{note[0].upper()}{note[1:]}" if note else _("No strain known"),
        _total(release.received, node),
        _total(release.sent, node),
    )


def _total(figures: Mapping[str, Figure], node: Node) -> str:
    return str(figures.get(node.id, _("none released")))
