"""The pages on which a referral is drafted, looked at with her, and sent."""

from collections.abc import Sequence

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of
from hub.consent import queries as consent
from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, CaseId, EnvelopeId, ReleaseId, ServiceId
from hub.core.language import _, speak_of
from hub.core.words import Category, Priority, ServiceType
from hub.desk import Desk
from hub.door import Entry, custodians, desk_of, open_one
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page
from pathways.referrals import drafts, queries, sending
from pathways.referrals.drafts import Draft, Offer, Opening, Reminder
from pathways.referrals.packet import Ask, rows
from pathways.referrals.queries import Party, Story
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.referral import REMINDER_KEEPS, Side, reminded
from pathways.referrals.showing import REROUTED, names_in, packet_view, times_of
from pathways.referrals.tables import ReferralRow
from pathways.referrals.times import Times
from pathways.referrals.views import (
    CheckPage,
    DraftPage,
    GroundPage,
    Pair,
    ReleaseChoice,
)
from pathways.referrals.wording import in_a_sentence, named

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


def check_referral(desk: Desk) -> CheckPage | GroundPage | DraftPage | Go:
    """Exactly what the receiver will see, the reminder, the sending; the form, if it lost its
    release; the referral itself, for whoever comes back to it once it is sent.
    """
    if queries.sent_already(desk, desk.path["referral"]):
        return Go("show_referral", referral=desk.path["referral"])
    row = queries.draft(desk, desk.path["referral"])
    if row.release is None:
        return edit_referral(desk)
    return _check_page(desk, row)


def _check_page(desk: Desk, row: ReferralRow) -> CheckPage:
    story, times = queries.story(desk, Party(row, Side.SENDER)), times_of(desk)
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    local, names = desk.at.astimezone(desk.hub.settings.zone), names_in(desk, row)
    return CheckPage(
        ref=row.sender_ref,
        version=row.version,
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        title=str(row.service_type.label),
        agency=names.agencies[row.to_agency],
        readers=_readers(desk, row),
        priority=str(row.priority.label),
        view=packet_view(row, queries.shown(row, story), names, times),
        now=local.strftime("%Y-%m-%dT%H:%M"),
        reminded=_reminded(desk, row, times),
        reminder=_reminder_words(desk, row),
        limits=_limits(desk, row),
        place_reasons=[story.words(piece.reason) for piece in story.pieces if piece.reason],
        obstacle=_obstacle(desk, row),
    )


def _limits(desk: Desk, row: ReferralRow) -> str:
    """What the receiver must not know or do, as it was said with the release."""
    behind = consent.release_row(desk, ReleaseId(row.release or ""))
    given = consent.evidence(desk, behind).get("given")
    return given.body.get("text", "") if given else ""


def _readers(desk: Desk, row: ReferralRow) -> list[str]:
    """Who is at the receiving desk now and will be able to read it."""
    found = desk_of(desk.db, AgencyId(row.to_agency))
    people = custodians(desk.db, found) if found else []
    return sorted(names_of(desk.db, people).values())


def _reminded(desk: Desk, row: ReferralRow, times: Times) -> str:
    """How and when she was reminded of this very disclosure; "" when that is still to be done."""
    if row.reminded_at is None or row.reminded_mode is None:
        return ""
    if not reminded(row.reminded_at, desk.at):
        return ""
    name = names_of(desk.db, [row.reminded_by or ""]).get(row.reminded_by or "", "")
    return _("{name} reminded her {mode}, {when}.").format(
        name=name,
        mode=in_a_sentence(str(row.reminded_mode.label)),
        when=times.moment(row.reminded_at),
    )


def _reminder_words(desk: Desk, row: ReferralRow) -> str:
    if not row.reminder or not reminded(row.reminded_at, desk.at):
        return ""
    return open_one(desk.db, desk.sight, EnvelopeId(row.reminder)).body.get("text", "")


def _obstacle(desk: Desk, row: ReferralRow) -> str:
    """What must happen before it can be sent, as the sending itself would say it."""
    try:
        sending.refuse_unready(desk, row)
        sending.receiving_desk(desk, AgencyId(row.to_agency))
        sending.refuse_outdated(desk, row)
    except StepRefused as refused:
        return str(refused.advice)
    return ""


def record_reminder(desk: Desk) -> Go:
    """Write down that she was reminded of this disclosure."""
    row, form = queries.draft(desk, desk.path["referral"]), desk.form
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    at = form.moment("reminded_at")
    if at > desk.at:
        form.refuse("reminded_at", _("That is still to come. Write it down when you have spoken."))
    elif at < desk.at - REMINDER_KEEPS:
        form.refuse("reminded_at", _("That is more than a day ago. Remind her again, now."))
    reminder = Reminder(at, form.choice("mode", ReminderMode), form.prose("said", 2000))
    form.check()
    drafts.remind(desk, row, reminder)
    return Go("check_referral", referral=row.sender_ref)


def send_referral(desk: Desk) -> Go:
    """Send it."""
    row = queries.draft(desk, desk.path["referral"])
    speak_of(cases.spoken_of(desk, CaseId(row.case)))
    sending.send(desk, row)
    return Go("show_referral", referral=row.sender_ref)


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
    page("GET", "/referrals/{referral}/check", check_referral, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/referrals/{referral}/reminder",
        record_reminder,
        audience=CASEWORKERS,
        audit="referral.remind",
        again=check_referral,
    ),
    page(
        "POST",
        "/referrals/{referral}/send",
        send_referral,
        audience=CASEWORKERS,
        audit="referral.send",
        again=check_referral,
    ),
]
