"""The page on which a referral is looked at with her and sent, and the way to call it back."""

from hub.cases import queries as cases
from hub.cases.keeping.named import receivers
from hub.cases.keeping.queries import never_names
from hub.cases.names import names_of
from hub.consent import queries as consent
from hub.consent.because import in_a_sentence
from hub.consent.brake import typed_haste
from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, CaseId, EnvelopeId, ReleaseId
from hub.core.language import _, speak_of
from hub.core.words import Hurry, pairs
from hub.desk import Desk
from hub.door import open_one
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, page
from pathways.referrals import drafts, queries, sending
from pathways.referrals.draft_pages import edit_referral
from pathways.referrals.drafts import Reminder
from pathways.referrals.queries import Party, Story
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.referral import REMINDER_KEEPS, Side, Step, reminded
from pathways.referrals.showing import names_in, packet_view, times_of
from pathways.referrals.tables import ReferralRow
from pathways.referrals.times import Times, span
from pathways.referrals.views import CheckPage, DraftPage, GroundPage
from pathways.referrals.wording import named


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
    shown, (people, named_contact) = queries.shown(row, story, desk.at), sending.goes_to(desk, row)
    return CheckPage(
        ref=row.sender_ref,
        version=row.version,
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        title=str(row.service_type.label),
        agency=names.agencies[row.to_agency],
        readers=sorted(names_of(desk.db, people).values()),
        named_contact=named_contact,
        never=never_names(desk, CaseId(row.case)),
        priority=str(row.priority.label),
        going=named(shown.categories),
        view=packet_view(row, shown, names, times),
        now=local.strftime("%Y-%m-%dT%H:%M"),
        reminded=_reminded(desk, row, times),
        reminder=_reminder_words(desk, row),
        limits=_limits(desk, row),
        place_reasons=[story.words(piece.reason) for piece in story.pieces if piece.reason],
        obstacle=_obstacle(desk, row),
        wait=_wait(desk, row),
        hurries=pairs(Hurry),
        called_back=_called_back(story, times),
    )


def _wait(desk: Desk, row: ReferralRow) -> str:
    """Why and how long it would wait before they can open it; "" when it would not."""
    opens = sending.pause_before(desk, row)
    if opens is None:
        return ""
    return _("It waits {length} first. Until then you can call it back.").format(
        length=span(opens - desk.at)
    )


def _called_back(story: Story, times: Times) -> str:
    """When it was called back, if that is the last that happened to it."""
    last = story.events[-1] if story.events else None
    return times.moment(last.at) if last is not None and last.step is Step.RECALL else ""


def _limits(desk: Desk, row: ReferralRow) -> str:
    """What the receiver must not know or do, as it was said with the release."""
    behind = consent.release_row(desk, ReleaseId(row.release or ""))
    given = consent.evidence(desk, behind).get("given")
    return given.body.get("text", "") if given else ""


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
    """What must happen before it can be sent; first what no reminder could mend."""
    try:
        receivers(desk, CaseId(row.case), AgencyId(row.to_agency))
        sending.refuse_unready(desk, row)
        sending.refuse_known_at_home(desk, row, sending.refuse_outdated(desk, row))
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
    haste = typed_haste(desk.form)
    desk.form.check()
    sending.send(desk, row, haste)
    return Go("show_referral", referral=row.sender_ref)


ROUTES = [
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
