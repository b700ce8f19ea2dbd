"""My work: what needs this person, ordered by when."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar

from hub.core.clock import OPEN_END
from hub.core.language import _
from hub.desk import Aside, Desk, WorkItem
from hub.web.due import in_words
from hub.web.routes import EVERYBODY_SIGNED_IN, page


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing that needs somebody, and when in words; `code` is the case's, or ""."""

    when: str
    code: str
    what: str
    sentence: str
    href: str
    step: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What needs me now, today and later."""

    template: ClassVar[str] = "hub/web/work.html"
    greeting: str
    now: list[WorkRow]
    today: list[WorkRow]
    later: list[WorkRow]
    asides: list[Aside]
    starts: list[tuple[str, str]]


def show_work(desk: Desk) -> WorkPage:
    """The start page."""
    items = [item for source in desk.hub.parts.work for item in source(desk)]
    items.sort(key=lambda item: (item.due or OPEN_END, item.what))
    return _work_page(desk, items)


def _work_page(desk: Desk, items: list[WorkItem]) -> WorkPage:
    midnight = _next_midnight(desk)
    now = [item for item in items if item.overdue]
    rest = [item for item in items if not item.overdue]
    today = [item for item in rest if item.due is not None and item.due < midnight]
    return WorkPage(
        greeting=_greeting(desk),
        now=_rows(desk, now),
        today=_rows(desk, today),
        later=_rows(desk, [item for item in rest if item not in today]),
        asides=[aside for part in desk.hub.parts.asides if (aside := part(desk)) is not None],
        starts=[
            (str(item.label), item.route)
            for item in desk.hub.parts.starts
            if item.audience & desk.sight.roles
        ],
    )


def _rows(desk: Desk, items: list[WorkItem]) -> list[WorkRow]:
    return [_row(desk, item) for item in items]


def _row(desk: Desk, item: WorkItem) -> WorkRow:
    code, dot, rest = item.what.partition(" · ")
    when = in_words(item.due, desk.at, desk.hub.settings)
    if not dot:
        return WorkRow(when, "", item.what, item.sentence, item.href, item.step)
    return WorkRow(when, code, rest, item.sentence, item.href, item.step)


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
