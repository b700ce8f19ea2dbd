"""The pages of the agency that was told by law or by a court."""

from collections.abc import Sequence

from hub.cases.names import agency_names, names_of
from hub.consent.because import Why, because, in_a_sentence
from hub.consent.compelled import received
from hub.consent.compelled.scope import Piece
from hub.consent.compelled.views import ReceivedListPage, ReceivedPage
from hub.consent.days import moment
from hub.consent.wording import listed
from hub.core.language import _
from hub.desk import Aside, Desk, WorkItem
from hub.web.answers import Go
from hub.web.routes import WORKERS, page


def told_by_law(desk: Desk) -> ReceivedListPage:
    """Everything of the kind that can be read now."""
    found = received.received(desk)
    names = agency_names(desk.db, [each.from_agency for each in found])
    told = [(each.record, names.get(each.from_agency, ""), each.at) for each in found]
    return ReceivedListPage(told)


def show_told(desk: Desk) -> ReceivedPage:
    """The very entries, why they can be read, and until when."""
    return _received_page(desk, received.one(desk, desk.path["record"]))


def _received_page(desk: Desk, told: received.Received) -> ReceivedPage:
    names = agency_names(desk.db, [told.from_agency, desk.sight.agency])
    owner, pieces = names.get(told.from_agency, ""), received.pieces(desk, told)
    return ReceivedPage(
        record=told.record,
        ground=str(told.ground.label),
        because=because(
            Why(
                told.ground,
                what=listed(in_a_sentence(each.category) for each in _each_once(pieces)),
                agency=names.get(desk.sight.agency, ""),
                owner=owner,
                until=moment(desk.hub.settings, told.until),
            )
        ),
        agency=owner,
        by=names_of(desk.db, [told.by]).get(told.by, ""),
        at=told.at,
        until=told.until,
        acknowledged_at=told.acknowledged_at,
        version=told.version,
        pieces=pieces,
    )


def _each_once(pieces: Sequence[Piece]) -> list[Piece]:
    """One piece of each category."""
    return list({each.category: each for each in pieces}.values())


def acknowledge_told(desk: Desk) -> Go:
    """Say that it arrived."""
    told = received.one(desk, desk.path["record"])
    received.acknowledge(desk, told, desk.form.version())
    return Go("show_told", record=told.record)


def to_acknowledge(desk: Desk) -> list[WorkItem]:
    """What waits to be read and acknowledged."""
    found = [each for each in received.received(desk) if each.acknowledged_at is None]
    names = agency_names(desk.db, [each.from_agency for each in found])
    return [
        WorkItem(
            due=each.at,
            what=_("{agency} had to tell you something").format(
                agency=names.get(each.from_agency, "")
            ),
            sentence=_("On {ground}. Read it and say that it arrived.").format(
                ground=each.ground.label
            ),
            href=f"/told/{each.record}",
            step=_("Read it"),
        )
        for each in found
    ]


def told_by_law_aside(desk: Desk) -> Aside | None:
    """How much of the kind can be read; None for those who read none."""
    count = len(received.received(desk))
    if not count:
        return None
    return Aside(_("Told to us by law"), str(count), _("can be read now"), "/told", _("See it"))


ROUTES = [
    page("GET", "/told", told_by_law, audience=WORKERS, audit=""),
    page("GET", "/told/{record}", show_told, audience=WORKERS, audit="told.read"),
    page(
        "POST",
        "/told/{record}",
        acknowledge_told,
        audience=WORKERS,
        audit="told.acknowledge",
        again=show_told,
    ),
]
