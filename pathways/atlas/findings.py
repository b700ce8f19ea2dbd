"""What the map tells a coordinator to look at: plain findings, each from the graph as released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hub.core.language import _, ngettext
from hub.core.words import ServiceType
from pathways.directory.listing import OrganizationId
from pathways.routing import reach
from pathways.routing.graph import Pathways
from pathways.routing.reach import Closing, Way
from pathways.routing.stages import ESSENTIAL

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One card: a question, its answer in whole sentences, and where it is strained or missing."""

    title: str
    sentences: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The cards, and rows of: kind of help, agencies, ways in, the agency that all of them pass."""

    cards: tuple[Finding, ...]
    ways: tuple[tuple[str, str, str, str], ...]


def found(pathways: Pathways) -> Findings:
    """What can be said of the whole graph now; nothing while the directory is empty."""
    if not pathways.nodes:
        return Findings((), ())
    roads = reach.road_map(pathways)
    doors = len(reach.entry_points(roads))
    ways = reach.ways(pathways, roads)
    names = {
        node.organization: node.services[0].organization.name for node in pathways.nodes.values()
    }
    cards = (
        _closing(pathways, reach.closings(pathways, roads)),
        _single(ways, names),
        _missing(ways, doors),
    )
    return Findings(cards, tuple(_way(way, doors, names) for way in ways))


def _closing(pathways: Pathways, closings: Sequence[Closing]) -> Finding:
    """The closing after which some help is still reached, but from the fewest entry points."""
    worst = next((one for one in closings if one.after), None)
    if worst is None:
        title = _("If one agency closed tonight")
        told = _("Every kind of help could be reached as before.")
        but = _("Only what hangs on one agency would be lost; all else is reached as before.")
        return Finding(title, (but if closings else told,), "")
    name = next(n for n in pathways.nodes.values() if n.organization == worst.organization)
    title = _("If {name} closed tonight").format(name=name.services[0].organization.name)
    told = _(
        "{need} could be reached from {after} of the other {doors} entry points; now {before}."
    )
    counts = {"after": worst.after, "before": worst.before, "doors": worst.doors}
    sentences = [told.format(need=worst.kind.label, **counts)]
    if worst.stranded:
        lost = ", ".join(pathways.nodes[id].name for id in worst.stranded[:3])
        sentences.append(_("It is the only way in from: {names}.").format(names=lost))
    return Finding(title, tuple(sentences), "honey")


def _single(ways: Sequence[Way], names: Mapping[OrganizationId, str]) -> Finding:
    """Kinds of help that hang on one agency: its closing ends them for everybody."""
    title = _("What hangs on one agency")
    by_name: dict[str, list[ServiceType]] = {}
    for way in ways:
        if way.only is not None:
            by_name.setdefault(names[way.only], []).append(way.kind)
    if not by_name:
        return Finding(title, (_("No kind of help hangs on one agency alone."),), "")
    lines = [
        _("Without {name} nobody reaches: {needs}.").format(name=name, needs=_labels(kinds))
        for name, kinds in sorted(by_name.items(), key=lambda item: -len(item[1]))
    ]
    return Finding(title, (*lines[:MOST], *_more(len(lines) - MOST)), "honey")


def _labels(kinds: Sequence[ServiceType]) -> str:
    return ", ".join(str(kind.label) for kind in kinds)


def _more(count: int) -> tuple[str, ...]:
    if count <= 0:
        return ()
    words = ngettext(
        "The table below names one more.", "The table below names {count} more.", count
    )
    return (words.format(count=count),)


def _missing(ways: Sequence[Way], doors: int) -> Finding:
    """Kinds of help that nobody gives, and those that no way leads to."""
    title = _("Who cannot be helped")
    absent = [way.kind for way in ways if not way.providers and way.kind in ESSENTIAL]
    named = [way for way in ways if way.kind is not ServiceType.OTHER]
    cut_off = [way.kind for way in named if way.providers and not way.ways_in]
    sentences = []
    if absent:
        sentences.append(_("No agency here offers: {needs}.").format(needs=_labels(absent)))
    if cut_off and doors:
        words = _("Offered, but no entry point has led there yet: {needs}.")
        sentences.append(words.format(needs=_labels(cut_off)))
    if not doors:
        sentences.append(_("No service is marked as an entry point yet, so no way in is known."))
    if not sentences:
        return Finding(title, (_("Every kind of help a town needs is offered and reached."),), "")
    return Finding(title, tuple(sentences), "clay")


def _way(way: Way, doors: int, names: Mapping[OrganizationId, str]) -> tuple[str, str, str, str]:
    reached = _("{count} of {doors}").format(count=len(way.ways_in), doors=doors)
    only = names[way.only] if way.only is not None else _("no")
    return str(way.kind.label), str(way.providers), reached, only
