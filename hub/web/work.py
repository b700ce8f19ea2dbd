"""My work: what needs this person, ordered by when."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar

from hub.core.clock import OPEN_END
from hub.core.language import _
from hub.desk import Desk, WorkItem
from hub.web.routes import EVERYBODY_SIGNED_IN, page


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What needs me now, today and later."""

    template: ClassVar[str] = "hub/web/work.html"
    greeting: str
    now: list[WorkItem]
    today: list[WorkItem]
    later: list[WorkItem]


def show_work(desk: Desk) -> WorkPage:
    """The start page."""
    items = [item for source in desk.hub.parts.work for item in source(desk)]
    items.sort(key=lambda item: (item.due or OPEN_END, item.what))
    midnight = _next_midnight(desk)
    now = [item for item in items if item.overdue]
    rest = [item for item in items if not item.overdue]
    today = [item for item in rest if item.due is not None and item.due < midnight]
    return WorkPage(_greeting(desk), now, today, [item for item in rest if item not in today])


def _next_midnight(desk: Desk) -> datetime:
    local = desk.at.astimezone(desk.hub.settings.zone)
    return datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)


def _greeting(desk: Desk) -> str:
    name = desk.visitor.name.split()[0] if desk.visitor else ""
    hour = desk.at.astimezone(desk.hub.settings.zone).hour
    if 5 <= hour < 12:
        return _("Good morning, {name}").format(name=name)
    if 12 <= hour < 18:
        return _("Good afternoon, {name}").format(name=name)
    return _("Good evening, {name}").format(name=name)


ROUTES = [page("GET", "/", show_work, audience=EVERYBODY_SIGNED_IN, audit="")]
