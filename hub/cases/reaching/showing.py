"""Safe contact in words: now, not before, or not at all and what to do about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from hub.cases.bodies import lines, said
from hub.cases.names import names_of
from hub.cases.reaching.message import State
from hub.cases.reaching.queries import Way
from hub.cases.reaching.tables import MessageRow
from hub.cases.reaching.views import MessageView, Standing, WayView
from hub.cases.safe_contact import Answer, Blocked, Deferred, Usable, Why, hours_of
from hub.core.ids import PersonId
from hub.core.language import _
from hub.core.words import Category
from hub.desk import Desk

HIDDEN: Final = ("value", "method")
WHEN: Final = "EEE d MMM, HH:mm"
CONFIRM: Final = frozenset({Why.EXPIRED, Why.UNCONFIRMED})
STAYS: Final = frozenset({Why.DO_NOT, Why.IN_PERSON})
"""Why a way is not used as long as she wants it so."""


def standing(desk: Desk, way: Way) -> Standing:
    """Whether a way may be used now, by the clock on her wall."""
    answer = way.answer
    if isinstance(answer, Blocked):
        again = _("Ask again and confirm it.") if answer.why in CONFIRM else ""
        sentence = _("Not usable: {why}.").format(why=_lowered(str(answer.why.label)))
        return Standing(f"{sentence} {again}".strip(), "honey", usable=False, blocked=True)
    then = _wall(desk, way)
    if isinstance(answer, Deferred):
        sentence = _("Not now. Safe again from {then}.").format(then=then)
        return Standing(sentence, "honey", usable=False, blocked=False)
    return Standing(_("Safe now, until {then}.").format(then=then), "", usable=True, blocked=False)


def hours(body: Mapping[str, str]) -> list[str]:
    """When it is safe: days and hours, and what she said of it."""
    days = said("days", body.get("days", ""))
    span = f"{body['opens']}-{body['closes']}" if body.get("opens") and body.get("closes") else ""
    return [each for each in (days, span, body.get("safe_when", "")) if each]


def _wall(desk: Desk, way: Way) -> str:
    """Until when what the rule says of a way holds, by the clock on her wall."""
    kept = hours_of(way.entry.body)
    zone = kept.zone if kept else desk.hub.settings.zone
    return "" if isinstance(way.answer, Blocked) else _on_the_wall(desk, way.answer.until, zone)


def _on_the_wall(desk: Desk, at: datetime, zone: ZoneInfo) -> str:
    """A moment by the clock on her wall; its zone is named where it is not the hub's own."""
    shown = format_datetime(at, WHEN, zone, desk.hub.settings.language)
    return shown if zone == desk.hub.settings.zone else f"{shown} ({zone.key})"


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def way_view(desk: Desk, way: Way, waiting: set[str]) -> WayView:
    """One way; its number or address only while it may be used."""
    body = way.entry.body
    shown = {part: words for part, words in body.items() if part not in HIDDEN}
    now = standing(desk, way)
    return WayView(
        line=way.line,
        how=said("method", body.get("method", "")),
        standing=now,
        facts=lines(Category.CONTACT, shown),
        value=body.get("value", "") if now.usable else "",
        confirmable=_confirmable(way),
        mend=_mend(way),
        waits=way.line in waiting,
    )


def _confirmable(way: Way) -> bool:
    """Whether it is enough that somebody says once more that it is safe."""
    lacks_more = isinstance(way.answer, Blocked) and way.answer.why not in CONFIRM
    return bool(way.entry.body.get("confirmed_by")) and not lacks_more


def _mend(way: Way) -> str:
    """What to do about a way that no confirmation makes usable; "" when nothing is amiss."""
    if not isinstance(way.answer, Blocked) or way.answer.why in STAYS or _confirmable(way):
        return ""
    if way.answer.why in CONFIRM:
        return _("Ask, and write down what is missing")
    return _("Change it")


def message_views(desk: Desk, rows: list[MessageRow], ways: list[Way]) -> list[MessageView]:
    """What waits, in words."""
    names = names_of(desk.db, [row.made_by for row in rows])
    known = {way.line: way for way in ways}
    return [_message_view(desk, row, names, known.get(row.line)) for row in rows]


def _message_view(
    desk: Desk, row: MessageRow, names: dict[str, str], way: Way | None
) -> MessageView:
    answer: Answer | None = way.answer if way else None
    how = said("method", way.entry.body.get("method", "")) if way else ""
    blocked = isinstance(answer, Blocked) or row.state is State.BLOCKED
    return MessageView(
        id=row.id,
        how=how,
        state=str((State.BLOCKED if blocked else row.state).label),
        kind="honey" if blocked else "",
        when=_wall(desk, way) if way and isinstance(answer, Deferred) else "",
        why=str(answer.why.label) if isinstance(answer, Blocked) else "",
        by=names.get(PersonId(row.made_by), ""),
        at=row.made_at,
        ready=isinstance(answer, Usable) and row.state is State.READY,
        version=row.version,
    )
