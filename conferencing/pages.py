"""The pages of meetings: my list, calling one, my agenda, moving it on, the calendar file."""

from datetime import datetime

from conferencing import actions, queries
from conferencing.actions import AT_THE_TABLE, Arrangements
from conferencing.agendas import my_agenda
from conferencing.conference import (
    LONGEST,
    OPEN_TO_GUESTS,
    OPEN_TO_ITEMS,
    SHORTEST,
    Kind,
    Reason,
    Side,
    State,
    Step,
)
from conferencing.meeting_file import FILENAME, MEDIA_TYPE, Entry, meeting_file
from conferencing.meetings import listed, meeting, next_words, progress, steps
from conferencing.queries import Place
from conferencing.tables import ConferenceRow, SeatRow
from conferencing.views import ArrangementsPage, Choice, ConferencePage, ConferencesPage, MyAgenda
from hub.core.errors import NothingHere
from hub.core.language import _
from hub.desk import Desk
from hub.web.answers import Download, Go
from hub.web.routes import CASEWORKERS, page


def conferences(desk: Desk) -> ConferencesPage:
    """My meetings: those to come, and a page of those that are over."""
    past = queries.places_past(desk, desk.form.optional_id("before") or "")
    shown = past[: queries.PAGE]
    return ConferencesPage(
        to_come=listed(desk, queries.places_to_come(desk)),
        past=listed(desk, shown),
        older=shown[-1].seat.id if len(past) > len(shown) else "",
    )


def new_conference(desk: Desk) -> ArrangementsPage:
    """The form of a new meeting."""
    return ArrangementsPage("", _kinds(), _reasons(), "", 60, "", 0)


def _kinds() -> tuple[Choice, ...]:
    return tuple(Choice(each.value, str(each.label)) for each in Kind)


def _reasons() -> tuple[Choice, ...]:
    return tuple(Choice(each.value, str(each.label)) for each in Reason)


def prepare_conference(desk: Desk) -> Go:
    """Begin a meeting; inviting is the next page."""
    kind, reason = desk.form.choice("kind", Kind), desk.form.choice("reason", Reason)
    arranged = _arrangements(desk)
    desk.form.check()
    return Go("guests", seat=actions.prepare(desk, kind, reason, arranged))


def _arrangements(desk: Desk) -> Arrangements:
    form = desk.form
    found = Arrangements(
        starts_at=form.moment("starts_at"),
        minutes=form.whole("minutes", SHORTEST, LONGEST),
        place=form.text("place", 300),
    )
    if "starts_at" not in form.errors and found.starts_at <= desk.at:
        form.refuse("starts_at", _("Give a day and a time that are still to come."))
    return found


def show_conference(desk: Desk) -> ConferencePage:
    """One meeting: my agenda once I confirmed the statement, and what I can do next."""
    place = queries.my_place(desk, desk.path["seat"])
    confirmed = place.seat.acknowledged_at is not None
    shown = confirmed and place.meeting.state is not State.CANCELLED
    return _page(desk, place, my_agenda(desk, place) if shown else None)


def _page(desk: Desk, place: Place, agenda: MyAgenda | None) -> ConferencePage:
    state, chaired = place.meeting.state, place.side is Side.CHAIR
    return ConferencePage(
        meeting=meeting(desk, place),
        progress=progress(state),
        reason=str(place.meeting.reason.label) if chaired else "",
        next_words=next_words(place),
        steps=steps(place),
        agenda=agenda,
        seated=_seated(desk, place) if chaired else (),
        may_add=bool(state in OPEN_TO_ITEMS and CASEWORKERS & desk.sight.roles),
        may_invite=chaired and state in OPEN_TO_GUESTS,
    )


def _seated(desk: Desk, place: Place) -> tuple[str, ...]:
    """Everybody invited, for the one who invited them."""
    rows = queries.seats(desk.db, place.meeting.id)
    others = [row.person for row in rows if row.person != desk.sight.person]
    return tuple(sorted(queries.who(desk.db, others).values()))


def acknowledge_statement(desk: Desk) -> Go:
    """Confirm the confidentiality statement; the agenda opens."""
    place = queries.my_place(desk, desk.path["seat"])
    actions.acknowledge(desk, place)
    return Go("show_conference", seat=place.seat.id)


def change_conference(desk: Desk) -> ArrangementsPage:
    """The form with which the chair changes the hour or the place."""
    place = queries.my_place(desk, desk.path["seat"])
    if place.side is not Side.CHAIR:
        raise NothingHere
    return _arranged(desk, place)


def _arranged(desk: Desk, place: Place) -> ArrangementsPage:
    now, row = meeting(desk, place), place.meeting
    return ArrangementsPage(
        seat=place.seat.id,
        kinds=(),
        reasons=(),
        starts_at=_typed(desk, row.starts_at),
        minutes=row.minutes,
        place=now.place,
        version=row.version,
    )


def _typed(desk: Desk, at: datetime) -> str:
    """A moment as a field for day and time holds it."""
    return at.astimezone(desk.hub.settings.zone).strftime("%Y-%m-%dT%H:%M")


def rearrange_conference(desk: Desk) -> Go:
    """Change the hour or the place."""
    place = queries.my_place(desk, desk.path["seat"])
    arranged = _arrangements(desk)
    desk.form.check()
    actions.rearrange(desk, place, arranged, desk.form.version())
    return Go("show_conference", seat=place.seat.id)


def move_conference(desk: Desk) -> Go:
    """Move the meeting along one arrow."""
    place = queries.my_place(desk, desk.path["seat"])
    step = desk.form.choice("step", Step)
    if step is Step.CANCEL and not desk.form.ticked("sure"):
        desk.form.refuse("sure", _("Tick that you mean it. Nothing has changed yet."))
    desk.form.check()
    actions.take_step(desk, place, step, desk.form.version())
    return Go("show_conference", seat=place.seat.id)


def calendar_file(desk: Desk) -> Download:
    """The meeting for my calendar: a constant word and an hour."""
    place = queries.my_place(desk, desk.path["seat"])
    if place.meeting.state in {State.DRAFT, State.CANCELLED}:
        raise NothingHere
    return Download(meeting_file(calendar_entry(place.seat, place.meeting)), MEDIA_TYPE, FILENAME)


def calendar_entry(seat: SeatRow, row: ConferenceRow) -> Entry:
    """What goes into one participant's calendar."""
    made = max(seat.invited_at or seat.made_at, row.arranged_at)
    return Entry(seat.uid, row.starts_at, row.minutes, made)


ROUTES = [
    page("GET", "/conferences", conferences, audience=AT_THE_TABLE, audit=""),
    page("GET", "/conferences/new", new_conference, audience=AT_THE_TABLE, audit=""),
    page(
        "POST",
        "/conferences/new",
        prepare_conference,
        audience=AT_THE_TABLE,
        audit="conference.prepare",
        again=new_conference,
    ),
    page(
        "GET",
        "/conferences/{seat}",
        show_conference,
        audience=AT_THE_TABLE,
        audit="conference.open",
    ),
    page(
        "POST",
        "/conferences/{seat}/statement",
        acknowledge_statement,
        audience=AT_THE_TABLE,
        audit="conference.acknowledge",
        again=show_conference,
    ),
    page(
        "GET",
        "/conferences/{seat}/arrangements",
        change_conference,
        audience=AT_THE_TABLE,
        audit="",
    ),
    page(
        "POST",
        "/conferences/{seat}/arrangements",
        rearrange_conference,
        audience=AT_THE_TABLE,
        audit="conference.rearrange",
        again=change_conference,
    ),
    page(
        "POST",
        "/conferences/{seat}/steps",
        move_conference,
        audience=AT_THE_TABLE,
        audit="conference.step",
        again=show_conference,
    ),
    page(
        "GET",
        "/conferences/{seat}/meeting.ics",
        calendar_file,
        audience=AT_THE_TABLE,
        audit="conference.calendar",
    ),
]
