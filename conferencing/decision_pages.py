"""Writing down what was agreed, and saying what became of it."""

from datetime import UTC, datetime, time

from conferencing import item_actions, queries
from conferencing.actions import AT_THE_TABLE
from conferencing.decision import Step
from conferencing.item_actions import Resolution
from conferencing.item_pages import ITEM, show_item
from conferencing.pages import show_conference
from hub.core.ids import PersonId
from hub.core.language import _
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page


def record_decision(desk: Desk) -> Go:
    """Write down what was agreed about an item of ours."""
    place = queries.entered(desk, desk.path["seat"])
    row = queries.own_item(desk, place, desk.path["item"])
    resolution = _resolution(desk)
    desk.form.check()
    item_actions.record_decision(desk, place, row, resolution)
    return Go("show_item", seat=place.seat.id, item=row.id)


def _resolution(desk: Desk) -> Resolution:
    form, zone = desk.form, desk.hub.settings.zone
    words, doer, day = form.prose("words", 1000), form.id("doer"), form.day("due")
    if "due" not in form.errors and day < desk.at.astimezone(zone).date():
        form.refuse("due", _("Give a day from today on."))
    last = datetime.combine(day, time(23, 59), zone).astimezone(UTC)
    return Resolution(words, PersonId(doer), last)


def move_decision(desk: Desk) -> Go:
    """Say what became of a decision: its doer, or the care team that takes it back."""
    place = queries.entered(desk, desk.path["seat"])
    step = desk.form.choice("step", Step)
    desk.form.check()
    ref = desk.path["decision"]
    item_actions.take_decision_step(desk, place, ref, step, desk.form.version())
    return Go("show_conference", seat=place.seat.id)


ROUTES = [
    page(
        "POST",
        f"{ITEM}/decisions",
        record_decision,
        audience=CASEWORKERS,
        audit="conference.decide",
        again=show_item,
    ),
    page(
        "POST",
        "/conferences/{seat}/decisions/{decision}",
        move_decision,
        audience=AT_THE_TABLE,
        audit="conference.decision_step",
        again=show_conference,
    ),
]
