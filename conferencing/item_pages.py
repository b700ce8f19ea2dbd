"""The pages of an item, for the care team whose case it is about."""

from datetime import date, timedelta

from conferencing import item, item_actions, queries
from conferencing.agendas import TONES, Opened, decision_lines, opened
from conferencing.conference import OPEN_TO_DECISIONS, OPEN_TO_READERS, Side
from conferencing.hearing import Standing
from conferencing.hearing_words import hearing_line
from conferencing.item import (
    LEAST_MINUTES,
    MOST_MINUTES,
    ON_THE_AGENDA,
    USUAL_MINUTES,
    State,
    Step,
    steps_now,
)
from conferencing.item_actions import Proposal
from conferencing.meetings import meeting
from conferencing.queries import Place
from conferencing.sharing import Hearing, Matter, hearings, matters, table
from conferencing.tables import ItemRow
from conferencing.views import Choice, HearingLine, ItemPage, NewItemPage
from hub.cases.queries import my_cases
from hub.core.ids import CaseId, PersonId
from hub.core.language import _
from hub.core.words import RELEASABLE, Category
from hub.desk import Desk
from hub.door.holders import carried_by
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page

A_WEEK = timedelta(days=7)


def new_item(desk: Desk) -> NewItemPage:
    """The form of a new item, about one of my own care teams' cases."""
    place = queries.entered(desk, desk.path["seat"])
    rows = [row for row in my_cases(desk) if row.closed_at is None]
    return NewItemPage(
        meeting=meeting(desk, place),
        cases=tuple(Choice(row.id, row.code) for row in rows),
        case=desk.form.optional_id("case") or "",
        presenters=_colleagues(desk, place, {row.team for row in rows}),
        presenter=desk.sight.person,
        categories=tuple(Choice(each.value, str(each.label)) for each in RELEASABLE),
        minutes=USUAL_MINUTES,
    )


def _colleagues(desk: Desk, place: Place, teams: set[str]) -> tuple[Choice, ...]:
    """Who at the table is on one of these care teams: one of them presents the item."""
    seated = queries.seats(desk.db, place.meeting.id)
    ours = [row.person for row in seated if row.agency == desk.sight.agency]
    on_teams = [person for person in ours if carried_by(desk.db, PersonId(person)) & teams]
    names = queries.names(desk.db, on_teams)
    return tuple(Choice(person, names[person][0]) for person in on_teams)


def add_item(desk: Desk) -> Go:
    """Write an item; who may hear it is the next page."""
    place = queries.entered(desk, desk.path["seat"])
    proposal = _proposal(desk)
    desk.form.check()
    made = item_actions.propose(desk, place, proposal)
    return Go("show_item", seat=place.seat.id, item=made)


def _proposal(desk: Desk) -> Proposal:
    form = desk.form
    return Proposal(
        case=CaseId(form.id("case")),
        category=form.choice("category", Category),
        presenter=PersonId(form.id("presenter")),
        minutes=form.whole("minutes", LEAST_MINUTES, MOST_MINUTES),
        topic=form.text("topic", 120),
        text=form.prose("text", 2000),
    )


def show_item(desk: Desk) -> ItemPage:
    """One item of ours: who hears it, who does not and why, and what was agreed."""
    place = queries.entered(desk, desk.path["seat"])
    row = queries.own_item(desk, place, desk.path["item"])
    held = opened(desk, place)
    (matter,) = matters(desk, [row])
    return _item_page(desk, held, matter, hearings(matter, table(desk, place.meeting.id)))


def _item_page(desk: Desk, held: Opened, matter: Matter, heard: list[Hearing]) -> ItemPage:
    place, row = held.place, matter.row
    body = held.entry(row.envelope).body
    could = sum(each.standing is Standing.COULD for each in heard)
    return ItemPage(
        meeting=meeting(desk, place),
        item=row.id,
        version=row.version,
        topic=body["topic"],
        text=body["question"],
        category=str(row.category.label),
        case=row.case,
        code=held.codes[row.case],
        presenter=held.who.get(row.presenter, ""),
        minutes=row.minutes,
        state=row.state.value,
        state_label=str(row.state.label),
        tone=TONES[row.state],
        reminded_at=row.reminded_at,
        hearings=_lines(desk, held, matter, heard),
        could=could,
        sees_table=place.side is Side.CHAIR,
        may_admit=Step.ADMIT in _steps(place, row),
        may_let_in=bool(could and _on_open_agenda(place, row)),
        steps=_buttons(place, row),
        decisions=tuple(decision_lines(desk, held, row.id)),
        doers=_doers(desk, held, row),
        due=_usual_due(desk),
    )


def _steps(place: Place, row: ItemRow) -> list[Step]:
    return steps_now(place.meeting.state, row.state, item.Side.OWNER)


def _buttons(place: Place, row: ItemRow) -> tuple[Choice, ...]:
    """The steps that need no more than a button."""
    plain = [step for step in _steps(place, row) if step is not Step.ADMIT]
    return tuple(Choice(step.value, str(step.label)) for step in plain)


def _on_open_agenda(place: Place, row: ItemRow) -> bool:
    return row.state in ON_THE_AGENDA and place.meeting.state in OPEN_TO_READERS


def _lines(
    desk: Desk, held: Opened, matter: Matter, heard: list[Hearing]
) -> tuple[HearingLine, ...]:
    """The chair is told of everybody they invited; others only of those who hear it or could."""
    told = (Standing.TEAM, Standing.HEARS, Standing.COULD)
    chaired = held.place.side is Side.CHAIR
    shown = [each for each in heard if chaired or each.standing in told]
    names = queries.names(desk.db, [each.guest.person for each in shown])
    code = held.codes[matter.row.case]
    lines = [hearing_line(each, matter, names[each.guest.person], code) for each in shown]
    order = ("hears", "could", "team", "not")
    return tuple(sorted(lines, key=lambda line: (order.index(line.tone), line.who)))


def _doers(desk: Desk, held: Opened, row: ItemRow) -> tuple[Choice, ...]:
    """Who can be asked to do something about it; empty while nothing can be written down."""
    open_to_it = row.state in {State.ADMITTED, State.DISCUSSED}
    if held.place.meeting.state not in OPEN_TO_DECISIONS or not open_to_it:
        return ()
    people = item_actions.doers(desk, held.place, row)
    names = queries.who(desk.db, people)
    return tuple(Choice(person, names[person]) for person in people)


def _usual_due(desk: Desk) -> date:
    return (desk.at + A_WEEK).astimezone(desk.hub.settings.zone).date()


def _own(desk: Desk) -> tuple[Place, ItemRow]:
    place = queries.entered(desk, desk.path["seat"])
    return place, queries.own_item(desk, place, desk.path["item"])


def _reminded(desk: Desk) -> None:
    if not desk.form.ticked("reminded"):
        desk.form.refuse(
            "reminded", _("Remind her first who will hear this, then tick that you did.")
        )
    desk.form.check()


def admit_item(desk: Desk) -> Go:
    """Put the item on the agenda of those it was released to."""
    place, row = _own(desk)
    _reminded(desk)
    item_actions.admit(desk, place, row, desk.form.version())
    return Go("show_conference", seat=place.seat.id)


def let_in_readers(desk: Desk) -> Go:
    """Give an admitted item to those who may read it by now."""
    place, row = _own(desk)
    _reminded(desk)
    item_actions.let_in(desk, place, row, desk.form.version())
    return Go("show_item", seat=place.seat.id, item=row.id)


def move_item(desk: Desk) -> Go:
    """Move the item along one arrow."""
    place, row = _own(desk)
    step = desk.form.choice("step", Step)
    desk.form.check()
    item_actions.take_item_step(desk, place, row, step, desk.form.version())
    return Go("show_item", seat=place.seat.id, item=row.id)


ITEM = "/conferences/{seat}/items/{item}"

ROUTES = [
    page("GET", "/conferences/{seat}/items/new", new_item, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/conferences/{seat}/items/new",
        add_item,
        audience=CASEWORKERS,
        audit="conference.item_add",
        again=new_item,
    ),
    page("GET", ITEM, show_item, audience=CASEWORKERS, audit="conference.item_open"),
    page(
        "POST",
        f"{ITEM}/admission",
        admit_item,
        audience=CASEWORKERS,
        audit="conference.item_admit",
        again=show_item,
    ),
    page(
        "POST",
        f"{ITEM}/readers",
        let_in_readers,
        audience=CASEWORKERS,
        audit="conference.item_share",
        again=show_item,
    ),
    page(
        "POST",
        f"{ITEM}/steps",
        move_item,
        audience=CASEWORKERS,
        audit="conference.item_step",
        again=show_item,
    ),
]
