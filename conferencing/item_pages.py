"""The pages of an item, for the care team whose case it is about."""

from collections.abc import Callable
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
from conferencing.item_actions import Giving, Proposal
from conferencing.meetings import meeting
from conferencing.queries import Place
from conferencing.sharing import Hearing, Matter, Table, hearings, matters, table, would_wait
from conferencing.tables import ItemRow
from conferencing.views import Choice, HearingLine, ItemPage, NewItemPage
from hub.cases import queries as cases
from hub.cases.keeping.queries import never_names
from hub.cases.names import names_of
from hub.cases.queries import my_cases
from hub.consent.because import in_a_sentence
from hub.consent.brake import typed_haste
from hub.core.ids import CaseId, EnvelopeId, PersonId
from hub.core.language import _, speak_of
from hub.core.words import RELEASABLE, Category, Hurry, pairs
from hub.desk import Desk
from hub.door import open_entries
from hub.door.holders import carried_by
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page
from pathways.referrals.drafts import Reminder
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.referral import REMINDER_KEEPS
from pathways.referrals.times import Times, span

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
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    held = opened(desk, place)
    (matter,) = matters(desk, [row])
    return _item_page(desk, held, matter, table(desk, place.meeting.id))


def _item_page(desk: Desk, held: Opened, matter: Matter, at_table: Table) -> ItemPage:
    place, row, heard = held.place, matter.row, hearings(matter, at_table)
    body, beside = held.entry(row.envelope).body, _beside(desk, row)
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
        reminded=_reminded(desk, row),
        reminder=beside(row.reminder),
        place_reason=beside(row.place_reason),
        hurried=(str(row.hurry.label) if row.hurry else "", beside(row.hurry_words)),
        now=desk.at.astimezone(desk.hub.settings.zone).strftime("%Y-%m-%dT%H:%M"),
        about_place=row.category is Category.LOCATION,
        wait=_wait(desk, matter, at_table),
        hurries=pairs(Hurry),
        waits_until=row.opens_at if _waits(desk, row) else None,
        never=never_names(desk, CaseId(row.case)),
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


def _beside(desk: Desk, row: ItemRow) -> Callable[[str | None], str]:
    """The words beside an item, by their envelope; "" where there are none."""
    kept = [EnvelopeId(e) for e in (row.reminder, row.place_reason, row.hurry_words) if e]
    said = open_entries(desk.db, desk.sight, kept)
    words = {str(id): entry.body.get("text", "") for id, entry in said.items()}
    return lambda envelope: words.get(envelope or "", "")


def _reminded(desk: Desk, row: ItemRow) -> str:
    """How and when she was reminded before it was last given; "" while it is given to nobody."""
    if row.reminded_at is None or row.reminded_mode is None:
        return ""
    name = names_of(desk.db, [row.reminded_by or ""]).get(row.reminded_by or "", "")
    settings = desk.hub.settings
    return _("{name} reminded her {mode}, {when}.").format(
        name=name,
        mode=in_a_sentence(str(row.reminded_mode.label)),
        when=Times(desk.at, settings.zone, settings.language).moment(row.reminded_at),
    )


def _wait(desk: Desk, matter: Matter, at_table: Table) -> str:
    opens = would_wait(desk, matter, at_table)
    if opens is None:
        return ""
    return _("It waits {length} first. Until then you can call it back.").format(
        length=span(opens - desk.at)
    )


def _waits(desk: Desk, row: ItemRow) -> bool:
    """Whether those it was last given to cannot open it yet."""
    return row.state is State.ADMITTED and row.opens_at is not None and desk.at < row.opens_at


def _steps(place: Place, row: ItemRow) -> list[Step]:
    return steps_now(place.meeting.state, row.state, item.Side.OWNER)


def _buttons(place: Place, row: ItemRow) -> tuple[Choice, ...]:
    """The steps that need no more than a button."""
    plain = [step for step in _steps(place, row) if step not in {Step.ADMIT, Step.RECALL}]
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
    order = ("hears", "waits", "could", "team", "not")
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


def _giving(desk: Desk, row: ItemRow) -> Giving:
    """What the form says of the reminder, of the place and of haste, with its mistakes."""
    form = desk.form
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    at = form.moment("reminded_at")
    if not desk.at - REMINDER_KEEPS <= at <= desk.at:
        form.refuse("reminded_at", _("Remind her before this, and not more than a day before."))
    reminder = Reminder(at, form.choice("mode", ReminderMode), form.prose("said", 2000))
    place_reason = ""
    if row.category is Category.LOCATION:
        place_reason = form.prose("place_reason", 1000)
        if not form.ticked("place"):
            form.refuse("place", _("Tick that they must know where she is, or leave it."))
    haste = typed_haste(form)
    form.check()
    return Giving(form.version(), reminder, place_reason, haste)


def admit_item(desk: Desk) -> Go:
    """Put the item on the agenda of those it was released to."""
    place, row = _own(desk)
    item_actions.admit(desk, place, row, _giving(desk, row))
    return Go("show_item", seat=place.seat.id, item=row.id)


def let_in_readers(desk: Desk) -> Go:
    """Give an admitted item to those who may read it by now."""
    place, row = _own(desk)
    item_actions.let_in(desk, place, row, _giving(desk, row))
    return Go("show_item", seat=place.seat.id, item=row.id)


def recall_item(desk: Desk) -> Go:
    """Call the item back before those it was just given to can open it."""
    place, row = _own(desk)
    item_actions.take_item_step(desk, place, row, Step.RECALL, desk.form.version())
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
        f"{ITEM}/recall",
        recall_item,
        audience=CASEWORKERS,
        audit="conference.item_recall",
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
