"""What a release that ends does to agendas; the keys themselves are gone by then."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date

from conferencing import queries
from conferencing.conference import ENDINGS
from conferencing.tables import ConferenceRow, ItemRow
from hub.consent.queries import release
from hub.consent.release import Release
from hub.core.ids import EnvelopeId, PersonId, ReleaseId
from hub.core.language import ngettext
from hub.desk import Desk
from hub.door.readers import readers
from hub.store import outbox


def drop_messages(desk: Desk, ended: ReleaseId) -> None:
    """Hold back what has not left for those who have nothing of hers on their agenda any more.

    The invitation itself still leaves: their seat is not hers to take. Items whose last reader
    outside is gone stay, for the care team.
    """
    about = release(desk, ended)
    for meeting, rows in _meetings(desk, about):
        papers = [EnvelopeId(row.envelope) for row in rows]
        reading = {each.person for each in readers(desk.db, desk.sight, papers)}
        for seat in queries.seats(desk.db, meeting.id):
            if seat.agency == about.to_agency and seat.person not in reading:
                outbox.withdraw_news(desk.db, seat.id, desk.at)


def _meetings(desk: Desk, about: Release) -> Iterator[tuple[ConferenceRow, list[ItemRow]]]:
    """Every meeting with items of the release's case, and our own items there."""
    met = {meeting.id: meeting for _row, meeting in queries.items_of_case(desk, about.case)}
    for meeting in met.values():
        yield meeting, queries.own_items(desk, meeting.id)


def agenda_effects(desk: Desk, ending: ReleaseId) -> list[str]:
    """What would leave which agendas, in a sentence for each person and meeting."""
    about = release(desk, ending)
    found = []
    for meeting, rows in _meetings(desk, about):
        if meeting.state not in ENDINGS:
            found += _effects(desk, meeting, rows, ending)
    return found


def _effects(
    desk: Desk, meeting: ConferenceRow, rows: Sequence[ItemRow], ending: ReleaseId
) -> list[str]:
    losing: dict[PersonId, set[EnvelopeId]] = {}
    for each in readers(desk.db, desk.sight, [EnvelopeId(row.envelope) for row in rows]):
        if each.record == ending:
            losing.setdefault(each.person, set()).add(each.envelope)
    names = queries.who(desk.db, losing)
    return [_loses(desk, names[person], len(lost), meeting) for person, lost in losing.items()]


def _loses(desk: Desk, name: str, count: int, meeting: ConferenceRow) -> str:
    settings = desk.hub.settings
    local = meeting.starts_at.astimezone(settings.zone)
    return ngettext(
        "{n} item leaves the agenda of {name} for {day}.",
        "{n} items leave the agenda of {name} for {day}.",
        count,
    ).format(n=count, name=name, day=format_date(local, "d MMMM y", locale=settings.language))
