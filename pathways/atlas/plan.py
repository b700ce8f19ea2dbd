"""What goes on the map: boxes with what strains them, roads with their released figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.core.language import _
from hub.core.words import ServiceType
from pathways.atlas.shapes import Site, Stream, Tone
from pathways.directory.terms import CapacityBand
from pathways.routing.graph import Node, Pathways
from pathways.routing.stages import ESSENTIAL, STAGE_OF, Stage
from pathways.routing.standing import FULL_IS_TRUE, ago, told
from pathways.statistics import UNTOLD, Figure, added

MOST_BOXES: Final = 60
"""Of more, the least travelled stand together in one box per kind of help."""

MOST_ROADS: Final = 300
"""Of more, the smallest figures are told in the tables alone."""

CONFIRMED_IS_TRUE: Final = timedelta(days=180)
STAGES: Final = tuple(Stage)
REST: Final = "rest."
GAP: Final = "gap."


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn and said: sites in the order of the map, streams between them.

    `undrawn` counts the roads that only the tables tell.
    """

    sites: tuple[Site, ...]
    streams: tuple[Stream, ...]
    undrawn: int


def planned(pathways: Pathways, need: ServiceType | None, at: datetime) -> Plan:
    """The map of all pathways, or of those that lead to one kind of help.

    With a need, the boxes are its providers and everything from which they can be reached; the
    figures are the same as without, so that no two maps can be subtracted from one another.
    """
    nodes = leading_to(pathways, need)
    kept, rest = _fitting(pathways, nodes)
    place = {node.id: node.id for node in kept} | {node.id: _rest(node) for node in rest}
    notes = {node.id: noted(node, at) for node in kept}
    roads = _roads(pathways, place)
    sites = [_site(pathways, node, notes[node.id]) for node in kept]
    sites += _rests(rest) + _gaps(pathways, need)
    names = {site.id: site.name for site in sites}
    tones = {site.id: site.tone for site in sites}
    drawn = sorted(roads, key=lambda ends: -roads[ends].least)[:MOST_ROADS]
    streams = tuple(
        Stream(*ends, roads[ends], _strain(tones[ends[1]]), _road(names, *ends, roads[ends]))
        for ends in drawn
    )
    return Plan(tuple(sorted(sites, key=_site_order)), streams, len(roads) - len(drawn))


def leading_to(pathways: Pathways, need: ServiceType | None) -> list[Node]:
    """The providers of one kind of help and all from which a road leads there; all for None."""
    if need is None:
        return list(pathways.nodes.values())
    kept = [node.id for node in pathways.nodes.values() if _gives(node, need)]
    seen = set(kept)
    for goal in kept:
        fresh = [source for source in pathways.graph.predecessors(goal) if source not in seen]
        seen.update(fresh)
        kept += fresh
    return [node for node in pathways.nodes.values() if node.id in seen]


def _gives(node: Node, need: ServiceType) -> bool:
    return any(need in service.types for service in node.services)


def _fitting(pathways: Pathways, nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The nodes that get a box of their own, and the rest."""
    if len(nodes) <= MOST_BOXES:
        return list(nodes), []
    release = pathways.release
    travelled = {
        node.id: max(_least(release.received, node), _least(release.sent, node)) for node in nodes
    }
    most = sorted(nodes, key=lambda node: -travelled[node.id])[: MOST_BOXES - len(ESSENTIAL)]
    own = {node.id for node in most}
    return [n for n in nodes if n.id in own], [n for n in nodes if n.id not in own]


def _least(figures: Mapping[str, Figure], node: Node) -> int:
    return figures.get(node.id, UNTOLD).least


def _rest(node: Node) -> str:
    return f"{REST}{node.stage}.{node.kind if not node.entry else ''}"


def _roads(pathways: Pathways, place: Mapping[str, str]) -> dict[tuple[str, str], Figure]:
    """The roads between boxes; those that fall together are added from what is shown of each."""
    together: dict[tuple[str, str], list[Figure]] = {}
    for (source, target), figure in pathways.release.flows.items():
        ends = (place.get(source, ""), place.get(target, ""))
        if all(ends) and ends[0] != ends[1]:
            together.setdefault(ends, []).append(figure)
    return {ends: added(figures) for ends, figures in together.items()}


def noted(node: Node, at: datetime) -> tuple[Tone, str]:
    """What a box says under its name, and how it is drawn.

    Room is told only as `standing.told` tells it: an hour late, and dated by the day.
    """
    said = [(told(one.capacity, at), one.capacity.as_of) for one in node.services]
    known = [(band, as_of) for band, as_of in said if band is not CapacityBand.UNKNOWN and as_of]
    fresh = [(band, as_of) for band, as_of in known if at - as_of <= FULL_IS_TRUE]
    bands = {band for band, _as_of in fresh}
    if bands == {CapacityBand.FULL}:
        last = min(at - as_of for _band, as_of in fresh)
        return Tone.STRAIN, _("full, as said {ago}").format(ago=ago(last))
    if bands and bands <= {CapacityBand.FULL, CapacityBand.WAITLIST}:
        return Tone.STRAIN, _("has a waiting list")
    days = [one.assured for one in node.services if one.assured is not None]
    assured = max(days, default=None)
    if assured is not None and at.date() - assured > CONFIRMED_IS_TRUE:
        months = (at.date() - assured).days // 30
        return Tone.UNSURE, _("not confirmed for {months} months").format(months=months)
    return Tone.PLAIN, ""


def _site(pathways: Pathways, node: Node, note: tuple[Tone, str]) -> Site:
    tone, words = note
    group = "" if node.entry else str(node.kind.label)
    house = node.services[0].organization.name
    if node.entry and not words and house.casefold() not in node.name.casefold():
        words = house
    facts = [str(node.stage.label) if node.entry else group, *_in_and_out(pathways, node)]
    return Site(
        id=node.id,
        column=STAGES.index(node.stage),
        group=group,
        name=node.name,
        note=words,
        tone=tone,
        link=str(node.services[0].id),
        spoken=_sentences(facts),
    )


def _in_and_out(pathways: Pathways, node: Node) -> list[str]:
    told = []
    received = pathways.release.received.get(node.id)
    if received is not None:
        told.append(_("Came in: {figure}").format(figure=received))
    sent = pathways.release.sent.get(node.id)
    if sent is not None:
        told.append(_("Went out: {figure}").format(figure=sent))
    return told


def _sentences(facts: Iterable[str]) -> str:
    return " ".join(f"{fact[0].upper()}{fact[1:]}." for fact in facts if fact)


def _rests(rest: Sequence[Node]) -> list[Site]:
    """One box for the providers of a kind of help that have none of their own."""
    together: dict[str, list[Node]] = {}
    for node in rest:
        together.setdefault(_rest(node), []).append(node)
    return [_rest_site(id, nodes) for id, nodes in together.items()]


def _rest_site(id: str, nodes: Sequence[Node]) -> Site:
    first, name = nodes[0], _("{count} more").format(count=len(nodes))
    group = "" if first.entry else str(first.kind.label)
    spoken = _sentences([group or str(first.stage.label)])
    column = STAGES.index(first.stage)
    return Site(id, column, group, name, _("in the tables below"), Tone.PLAIN, "", spoken)


def _gaps(pathways: Pathways, need: ServiceType | None) -> list[Site]:
    """A box for each kind of help that should be there and that nobody gives."""
    given = {
        kind for node in pathways.nodes.values() for one in node.services for kind in one.types
    }
    wanted = ESSENTIAL if need is None else (need,)
    return [_gap(kind) for kind in wanted if pathways.nodes and kind not in given]


def _gap(kind: ServiceType) -> Site:
    column, group = STAGES.index(STAGE_OF[kind]), str(kind.label)
    name, note = _("Nobody yet"), _("no agency here offers this")
    return Site(f"{GAP}{kind}", column, group, name, note, Tone.GAP, "", _sentences([group]))


def _strain(tone: Tone) -> Tone:
    return Tone.STRAIN if tone is Tone.STRAIN else Tone.PLAIN


def _road(names: Mapping[str, str], source: str, target: str, figure: Figure) -> str:
    words = _("{source} to {target}: {figure}")
    return words.format(source=names[source], target=names[target], figure=figure)


def _site_order(site: Site) -> tuple[int, int, str, str]:
    groups = [str(kind.label) for kind in STAGE_OF]
    place = groups.index(site.group) if site.group else -1
    return site.column, place, site.name.casefold(), site.id
