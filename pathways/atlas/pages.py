"""The page of the pathway map."""

from datetime import datetime, timedelta

from hub.core.words import ServiceType
from hub.desk import Desk
from hub.web.routes import EVERYBODY_SIGNED_IN, page
from pathways.atlas.drawing import drawn
from pathways.atlas.findings import found
from pathways.atlas.plan import leading_to, planned
from pathways.atlas.twin import told
from pathways.atlas.views import AtlasPage, Months
from pathways.directory.queries import services_for_routing
from pathways.routing import queries
from pathways.routing.graph import Pathways
from pathways.routing.stages import IN_ORDER, Stage
from pathways.statistics import months_shown


def show_pathways(desk: Desk) -> AtlasPage:
    """Entry points, providers and the flows between them: all, or those to one kind of help."""
    need = desk.form.optional_choice("need", ServiceType)
    desk.form.check()
    return _atlas(desk, need)


def show_all_pathways(desk: Desk) -> AtlasPage:
    """The whole map, beside what was asked for in a way nobody understands."""
    return _atlas(desk, None)


def _atlas(desk: Desk, need: ServiceType | None) -> AtlasPage:
    pathways = queries.pathways(desk)
    local = desk.at.astimezone(desk.hub.settings.zone)
    plan = planned(pathways, need, local)
    heads = tuple(str(stage.label) for stage in Stage)
    return AtlasPage(
        picture=drawn(plan.sites, plan.streams, heads),
        findings=found(pathways),
        twin=told(pathways, leading_to(pathways, need), local),
        months=_months(desk.at),
        needs=tuple((str(kind), str(kind.label)) for kind in IN_ORDER),
        need=str(need.label) if need else "",
        empty=not pathways.nodes,
        flowing=bool(pathways.release.flows),
        outside=_outside(desk, pathways),
        undrawn=plan.undrawn,
    )


def _outside(desk: Desk, pathways: Pathways) -> int:
    """How many services of the directory are not on the map: not in this hub, or not running."""
    on_it = sum(len(node.services) for node in pathways.nodes.values())
    return len(services_for_routing(desk.db)) - on_it


def _months(at: datetime) -> Months:
    period = months_shown(at)
    changes = (period.until + timedelta(days=32)).replace(day=1)
    return Months(period.since.date(), (period.until - timedelta(days=1)).date(), changes.date())


ROUTES = [
    page(
        "GET",
        "/pathways",
        show_pathways,
        audience=EVERYBODY_SIGNED_IN,
        audit="",
        again=show_all_pathways,
    )
]
