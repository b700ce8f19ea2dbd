"""The page on which the chair gives and takes seats."""

from conferencing import actions, queries
from conferencing.actions import AT_THE_TABLE
from conferencing.conference import Side
from conferencing.item import ON_THE_AGENDA
from conferencing.meetings import meeting
from conferencing.queries import Place
from conferencing.views import Choice, GuestsPage, Seated
from hub.cases.names import agency_names, other_agencies, staff_with
from hub.core.errors import NothingHere
from hub.core.ids import AgencyId, PersonId
from hub.core.language import _
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import page


def guests(desk: Desk) -> GuestsPage:
    """Who is invited, and whom the chosen agency could send."""
    place = _chaired(desk)
    agencies = _agencies(desk)
    chosen = desk.form.optional_id("agency") or ""
    return _page(desk, place, agencies, chosen if chosen in agencies else "")


def _page(desk: Desk, place: Place, agencies: dict[str, str], chosen: str) -> GuestsPage:
    seated = _seated(desk, place)
    return GuestsPage(
        meeting=meeting(desk, place),
        seated=seated,
        agencies=tuple(Choice(each, name) for each, name in agencies.items()),
        agency=chosen,
        agency_name=agencies.get(chosen, ""),
        staff=_staff(desk, chosen, {each.person for each in seated}) if chosen else (),
        own_items=any(
            row.state in ON_THE_AGENDA for row in queries.own_items(desk, place.meeting.id)
        ),
    )


def _chaired(desk: Desk) -> Place:
    """My place at a meeting I am in the chair of.

    Raises:
        NothingHere: I am not.
    """
    place = queries.my_place(desk, desk.path["seat"])
    if place.side is not Side.CHAIR:
        raise NothingHere
    return place


def _agencies(desk: Desk) -> dict[str, str]:
    """Every open agency by name, our own first."""
    own = desk.sight.agency
    found: dict[str, str] = {own: agency_names(desk.db, [own])[own]}
    return found | dict(other_agencies(desk.db, own))


def _seated(desk: Desk, place: Place) -> tuple[Seated, ...]:
    rows = queries.seats(desk.db, place.meeting.id)
    names = queries.names(desk.db, [row.person for row in rows])
    found = [
        Seated(row.person, *names[row.person], row.person == place.meeting.chair) for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (not each.chair, each.agency, each.name)))


def _staff(desk: Desk, agency: str, seated: set[str]) -> tuple[Choice, ...]:
    people = staff_with(desk.db, AgencyId(agency), AT_THE_TABLE)
    return tuple(Choice(person, name) for person, name in people if person not in seated)


def invite_guests(desk: Desk) -> Go:
    """Give seats. A seat shows nothing: items are given one by one, each with its reminder."""
    place = _chaired(desk)
    people = [PersonId(each) for each in desk.form.ids("people")]
    if not people:
        desk.form.refuse("people", _("Tick who should come."))
    desk.form.check()
    actions.invite(desk, place, people)
    return Go("guests", seat=place.seat.id)


def excuse_guest(desk: Desk) -> Go:
    """Take somebody's seat away."""
    place = _chaired(desk)
    person = PersonId(desk.form.id("person"))
    desk.form.check()
    actions.excuse(desk, place, person)
    return Go("guests", seat=place.seat.id)


ROUTES = [
    page(
        "GET",
        "/conferences/{seat}/people",
        guests,
        audience=AT_THE_TABLE,
        audit="",
    ),
    page(
        "POST",
        "/conferences/{seat}/people",
        invite_guests,
        audience=AT_THE_TABLE,
        audit="conference.invite",
        again=guests,
    ),
    page(
        "POST",
        "/conferences/{seat}/people/excused",
        excuse_guest,
        audience=AT_THE_TABLE,
        audit="conference.excuse",
        again=guests,
    ),
]
