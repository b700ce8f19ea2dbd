"""The pages on which a referral is drafted."""

from collections.abc import Sequence

from hub.cases import queries as cases
from hub.cases.names import agency_names
from hub.core.ids import CaseId, EnvelopeId, ReleaseId, ServiceId
from hub.core.language import _, speak_of
from hub.core.words import Category, Priority, ServiceType
from hub.desk import Desk
from hub.door import Entry
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page
from pathways.referrals import drafts, queries
from pathways.referrals.drafts import Draft, Offer, Opening
from pathways.referrals.packet import Ask, rows
from pathways.referrals.queries import Party, Story
from pathways.referrals.referral import Side
from pathways.referrals.showing import REROUTED, times_of
from pathways.referrals.tables import ReferralRow
from pathways.referrals.views import (
    DraftPage,
    GroundPage,
    Pair,
    ReleaseChoice,
)
from pathways.referrals.wording import named

NO_DRAFT = Draft(ServiceType.OTHER, ReleaseId(""), Priority.NORMAL, Ask("", None, ""))


def new_referral(desk: Desk) -> GroundPage | DraftPage | Go:
    """Begin a referral from a case to a service, on a release that covers it."""
    case = CaseId(desk.form.id("case"))
    if not desk.form.optional_id("service"):
        return Go("find_service", {"case": case})
    found = _opening(desk, case, ServiceId(desk.form.id("service")))
    return _draft_or_ground(desk, found, None)


def _draft_or_ground(desk: Desk, found: Opening, row: ReferralRow | None) -> GroundPage | DraftPage:
    """The form, once it is clear on which release; else what must be settled before."""
    chosen = desk.form.optional_id("release") or (row.release if row else None)
    offers = [offer for offer in found.offers if offer.release.id == chosen]
    if len(found.offers) == 1:
        offers = list(found.offers)
    if not offers:
        return _ground_page(desk, found)
    return _draft_page(desk, found, offers[0], row)


def _ground_page(desk: Desk, found: Opening) -> GroundPage:
    return GroundPage(
        case=found.case.id,
        code=found.case.code,
        service=found.service.id,
        service_name=found.service.name,
        agency=agency_names(desk.db, [found.to_agency])[found.to_agency],
        to_agency=found.to_agency,
        kinds=sorted(kind.value for kind in found.service.types),
        choices=[_choice(desk, offer) for offer in found.offers],
        previous=desk.form.optional_id("previous") or "",
    )


def _choice(desk: Desk, offer: Offer) -> ReleaseChoice:
    times = times_of(desk)
    ends = times.day(times.day_of(offer.release.ends))
    released = [each for each in Category if each in offer.release.categories]
    return ReleaseChoice(offer.release.id, named(released), ends)


def _draft_page(desk: Desk, found: Opening, offer: Offer, row: ReferralRow | None) -> DraftPage:
    story = queries.story(desk, Party(row, Side.SENDER)) if row else None
    standing = _standing(row, story) if row and story else NO_DRAFT
    kinds = [kind for kind in ServiceType if kind in found.service.types]
    kinds = [kind for kind in kinds if kind in offer.release.service_types]
    return DraftPage(
        ref=row.sender_ref if row else "",
        version=row.version if row else 0,
        case=found.case.id,
        code=found.case.code,
        service=found.service.id,
        service_name=found.service.name,
        agency=agency_names(desk.db, [found.to_agency])[found.to_agency],
        release=_choice(desk, offer),
        kinds=[(kind.value, str(kind.label)) for kind in kinds],
        kind=(standing.kind if row else kinds[0]).value,
        priority=standing.priority.value,
        words=standing.ask.words or (offer.need if row is None else ""),
        questions=standing.ask.questions,
        entries=_boxes(offer.entries),
        places=_boxes(offer.places),
        hints={entry.envelope: _snippet(entry) for entry in [*offer.entries, *offer.places]},
        ticked=[*standing.sources, *standing.places],
        place_reason=standing.place_reason,
        earlier=_earlier(desk, found) if row is None else [],
        previous=desk.form.optional_id("previous") or "",
    )


def _standing(row: ReferralRow, story: Story) -> Draft:
    """The draft as it was saved."""
    asked = story.entry(row.ask)
    places = [piece for piece in story.pieces if piece.category is Category.LOCATION]
    return Draft(
        kind=row.service_type,
        release=ReleaseId(row.release or ""),
        priority=row.priority,
        ask=Ask.read(asked.body if asked else {}),
        sources=tuple(EnvelopeId(piece.source) for piece in story.pieces),
        places=tuple(EnvelopeId(piece.source) for piece in places),
        place_reason=story.words(places[0].reason) if places else "",
    )


def _boxes(entries: Sequence[Entry]) -> list[Pair]:
    return [(entry.envelope, str(entry.category.label)) for entry in entries]


def _snippet(entry: Entry) -> str:
    """What an entry says, as the packet says it; a number goes along, but not onto this page."""
    said = [words for _label, words in rows(entry.category, entry.body)]
    return " · ".join(each if isinstance(each, str) else " · ".join(each) for each in said)


def _earlier(desk: Desk, found: Opening) -> list[Pair]:
    """Referrals of the case that came to nothing, which this one may follow on from."""
    before = queries.of_case(desk, CaseId(found.case.id))
    ended = [row for row in before if row.state in REROUTED]
    return [
        (row.sender_ref, f"{row.number}: {row.service_type.label}, {row.state.label}")
        for row in ended
    ]


def start_referral(desk: Desk) -> Go:
    """Begin the draft."""
    case, service = CaseId(desk.form.id("case")), ServiceId(desk.form.id("service"))
    found = _opening(desk, case, service)
    return Go("check_referral", referral=drafts.start(desk, found, _typed(desk)))


def edit_referral(desk: Desk) -> GroundPage | DraftPage:
    """The draft again."""
    row = queries.draft(desk, desk.path["referral"])
    return _draft_or_ground(desk, _opening_of(desk, row), row)


def save_referral(desk: Desk) -> Go:
    """Change the draft."""
    row = queries.draft(desk, desk.path["referral"])
    found = _opening_of(desk, row)
    drafts.rewrite(desk, row, found, _typed(desk))
    return Go("check_referral", referral=row.sender_ref)


def _opening_of(desk: Desk, row: ReferralRow) -> Opening:
    return _opening(desk, CaseId(row.case), ServiceId(row.service))


def _opening(desk: Desk, case: CaseId, service: ServiceId) -> Opening:
    """What can be sent; from here on the page speaks of her as her case does."""
    speak_of(cases.spoken_of(desk, case))
    return drafts.opening(desk, case, service)


def _typed(desk: Desk) -> Draft:
    """What the form says, with a sentence for each mistake.

    Raises:
        FormRefused: something is missing or was not offered.
    """
    form, today = desk.form, times_of(desk).today()
    if not form.ticked("approved"):
        form.refuse("approved", _("Read the text to her. Tick this when she agrees to it."))
    draft = Draft(
        kind=form.choice("kind", ServiceType),
        release=ReleaseId(form.id("release")),
        priority=form.choice("priority", Priority),
        ask=Ask(form.prose("words"), today, form.optional_prose("questions")),
        sources=tuple(EnvelopeId(each) for each in form.ids("entries")),
        places=tuple(EnvelopeId(each) for each in form.ids("places")),
        place_reason=form.optional_prose("place_reason", 1000),
        previous=form.optional_id("previous"),
    )
    form.check()
    return draft


ROUTES = [
    page("GET", "/referrals/new", new_referral, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/referrals/new",
        start_referral,
        audience=CASEWORKERS,
        audit="referral.draft",
        again=new_referral,
    ),
    page("GET", "/referrals/{referral}/draft", edit_referral, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/referrals/{referral}/draft",
        save_referral,
        audience=CASEWORKERS,
        audit="referral.redraft",
        again=edit_referral,
    ),
]
