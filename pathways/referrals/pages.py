"""The pages of referrals: the lists, one referral for either side, and each step."""

from hub.cases.names import agency_names
from hub.consent import queries as consent
from hub.core.errors import NothingHere
from hub.core.ids import ReleaseId
from hub.core.language import _, speak_of
from hub.core.words import Category, pairs
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import CASEWORKERS, WORKERS, page
from pathways.referrals import answering, draft_pages, lists, queries, recalling, sending_pages
from pathways.referrals.answering import Meeting
from pathways.referrals.moving import Move
from pathways.referrals.queries import Party
from pathways.referrals.reasons import (
    CONFIRMERS,
    REASONS_FOR,
    Closing,
    Confirmer,
    NeedsMet,
    Outcome,
    Reason,
)
from pathways.referrals.referral import (
    KEYS_TAKEN_BACK,
    STEPS,
    Side,
    Stage,
    State,
    Step,
    steps_now,
)
from pathways.referrals.showing import line_views, referral_page, times_of
from pathways.referrals.views import ListPage, Pair, ReferralPage, StepPage, TakenPage
from pathways.referrals.wording import STEP_LEDES

RECEIVED = (Stage.ASKED, Stage.PAUSED, Stage.TAKEN, Stage.OVER)
SENT = (Stage.ASKED, Stage.PAUSED, Stage.TAKEN, Stage.DRAFT, Stage.OVER)
WORDS_NEEDED = frozenset({Step.ASK, Step.ANSWER})


def inbox(desk: Desk) -> ListPage:
    """What was sent to this desk or team, by when an answer is due."""
    stage = desk.form.optional_choice("show", Stage) or Stage.ASKED
    found = lists.inbox(desk, stage, desk.form.optional_id("after") or "")
    return ListPage(
        route="inbox",
        stage=stage,
        stages=RECEIVED,
        lines=line_views(found.lines, times_of(desk)),
        after=found.after,
        may_send=bool(CASEWORKERS & desk.sight.roles),
    )


def sent_referrals(desk: Desk) -> ListPage:
    """What this person's care teams sent, or are about to send."""
    stage = desk.form.optional_choice("show", Stage) or Stage.ASKED
    found = lists.sent(desk, stage, desk.form.optional_id("after") or "")
    return ListPage(
        route="sent_referrals",
        stage=stage,
        stages=SENT,
        lines=line_views(found.lines, times_of(desk)),
        after=found.after,
        may_send=True,
    )


def show_referral(desk: Desk) -> ReferralPage | TakenPage | Go:
    """One referral, for whichever side looks; a draft is looked at before it is sent."""
    ref = desk.path["referral"]
    try:
        party = queries.referral(desk, ref)
        if party.row.state is State.DRAFT:
            return Go("check_referral", referral=ref)
        return referral_page(desk, party)
    except NothingHere:
        return _taken(desk, ref)


def _taken(desk: Desk, ref: str) -> TakenPage:
    row = queries.taken_on_by_a_colleague(desk, ref)
    if row is None:
        raise NothingHere
    return TakenPage(number=row.number, kind=row.service_type)


def prepare_step(desk: Desk) -> StepPage | ReferralPage | TakenPage:
    """What a step asks for; the referral itself when the step is not open (any more)."""
    step = _step(desk)
    try:
        party = queries.referral(desk, desk.path["referral"])
    except NothingHere:
        return _taken(desk, desk.path["referral"])
    if step not in steps_now(party.row.state, party.side, waiting=False):
        return referral_page(desk, party)
    speak_of(queries.spoken_of(desk, party.row))
    return _step_page(desk, party, step)


def _step(desk: Desk) -> Step:
    """The step of the address; sending and calling back have addresses of their own.

    Raises:
        NothingHere: there is no such step.
    """
    for step in Step:
        if step.value == desk.path["step"] and step not in {Step.SEND, Step.RECALL}:
            return step
    raise NothingHere


def _step_page(desk: Desk, party: Party, step: Step) -> StepPage:
    row, side = party.row, party.side
    return StepPage(
        ref=party.ref,
        version=row.version,
        step=step.value,
        title=str(step.label),
        lede=str(STEP_LEDES[step]),
        number=row.number,
        agency=agency_names(desk.db, [party.other_agency])[party.other_agency],
        reasons=pairs(REASONS_FOR.get((step, side), ())),
        categories=_categories(desk, party, step),
        outcomes=pairs(Outcome),
        needs=pairs(NeedsMet),
        confirmers=pairs(CONFIRMERS[side]),
        today=times_of(desk).today().isoformat(),
        expected=_expected(desk, party, step),
        question=_question(desk, party, step),
        button=str(step.label),
    )


def _expected(desk: Desk, party: Party, step: Step) -> Pair:
    """The appointment that is to be changed: when, as its field wants it, and where."""
    story = queries.story(desk, party) if step is Step.APPOINT else None
    if story is None or story.appointment is None:
        return "", ""
    local = story.appointment.at.astimezone(desk.hub.settings.zone)
    return local.strftime("%Y-%m-%dT%H:%M"), story.words(story.appointment.place)


def _categories(desk: Desk, party: Party, step: Step) -> list[Pair]:
    """What an answer may be about: nothing crosses that she has not released."""
    if step is not Step.ANSWER or not party.row.release:
        return []
    release = consent.release(desk, ReleaseId(party.row.release))
    covered = [each for each in Category if each in release.categories]
    return pairs([each for each in covered if each is not Category.LOCATION])


def _question(desk: Desk, party: Party, step: Step) -> str:
    """The question that is open, beside its answer."""
    if step is not Step.ANSWER:
        return ""
    story = queries.story(desk, party)
    asked = [event.words for event in story.events if event.step is Step.ASK]
    return story.words(asked[-1]) if asked else ""


def take_step(desk: Desk) -> Go:
    """Take a step, with what its form says."""
    step, party = _step(desk), answering.party_to_act(desk, desk.path["referral"])
    speak_of(queries.spoken_of(desk, party.row))
    made = _made(desk, party, step)
    _doing(desk, party, made)
    if party.side is Side.RECEIVER and STEPS[party.row.state, step].to in KEYS_TAKEN_BACK:
        return Go("inbox")
    return Go("show_referral", referral=party.ref)


def _doing(desk: Desk, party: Party, made: Move) -> None:
    if made.step is Step.ACCEPT:
        desk.form.check()
        answering.accept(desk, party, made)
    elif made.step is Step.APPOINT:
        meeting = Meeting(desk.form.moment("at"), desk.form.prose("place", 1000))
        if meeting.at < desk.at:
            desk.form.refuse("at", _("Give a day and a time that are still to come."))
        desk.form.check()
        answering.appoint(desk, party, made, meeting)
    elif made.step in {Step.REPORT_OUTCOME, Step.PROVIDER_STOPS}:
        closing = _closing(desk, made.step)
        desk.form.check()
        answering.close(desk, party, made, closing)
    else:
        desk.form.check()
        answering.take(desk, party, made)


def _made(desk: Desk, party: Party, step: Step) -> Move:
    form = desk.form
    offered = REASONS_FOR.get((step, party.side), ())
    reason = form.choice("reason", Reason) if offered else None
    if reason is not None and reason not in offered:
        form.refuse("reason", _("Choose one of the answers shown."))
    words = form.prose("words") if step in WORDS_NEEDED else form.optional_prose("words")
    category = Category.PLAN
    if step is Step.ANSWER:
        category = form.choice("category", Category)
        if category.value not in dict(_categories(desk, party, step)):
            form.refuse("category", _("Choose one of the answers shown."))
    return Move(step, form.version(), reason, words, category)


def _closing(desk: Desk, step: Step) -> Closing:
    """What closes the loop; a service that stops speaks for itself, today."""
    form, needs = desk.form, desk.form.choice("needs_met", NeedsMet)
    if step is Step.PROVIDER_STOPS:
        today = times_of(desk).today()
        return Closing(Outcome.PROVIDER_STOPPED, needs, Confirmer.PROVIDER, today)
    outcome, confirmer = form.choice("outcome", Outcome), form.choice("confirmer", Confirmer)
    return Closing(outcome, needs, confirmer, form.day("confirmed_on"))


def write_note(desk: Desk) -> Go:
    """A note of the receiving agency's own."""
    party = answering.party_to_act(desk, desk.path["referral"])
    words = desk.form.prose("note", 4000)
    desk.form.check()
    answering.write_note(desk, party, words)
    return Go("show_referral", referral=party.ref)


def know_who_it_is(desk: Desk) -> Go:
    """One knows the person it is about, and is taken off it; those who stay are told."""
    party = answering.party_to_act(desk, desk.path["referral"])
    answering.step_off(desk, party)
    return Go("inbox")


def note_answer(desk: Desk) -> Go:
    """The sender has read the last answer."""
    party = queries.referral(desk, desk.path["referral"])
    answering.note_news(desk, party)
    return Go("show_referral", referral=party.ref)


def recall_referral(desk: Desk) -> Go:
    """Call it back before they can open it; it is a draft again."""
    party = answering.party_to_act(desk, desk.path["referral"])
    speak_of(queries.spoken_of(desk, party.row))
    recalling.recall(desk, party, desk.form.version())
    return Go("check_referral", referral=party.ref)


ROUTES = [
    page("GET", "/referrals", inbox, audience=WORKERS, audit=""),
    page("GET", "/referrals/sent", sent_referrals, audience=CASEWORKERS, audit=""),
    *draft_pages.ROUTES,
    *sending_pages.ROUTES,
    page(
        "POST",
        "/referrals/{referral}/recall",
        recall_referral,
        audience=CASEWORKERS,
        audit="referral.recall",
        again=show_referral,
    ),
    page("GET", "/referrals/{referral}", show_referral, audience=WORKERS, audit="referral.read"),
    page(
        "GET",
        "/referrals/{referral}/steps/{step}",
        prepare_step,
        audience=WORKERS,
        audit="",
    ),
    page(
        "POST",
        "/referrals/{referral}/steps/{step}",
        take_step,
        audience=WORKERS,
        audit="referral.step",
        again=prepare_step,
    ),
    page(
        "POST",
        "/referrals/{referral}/notes",
        write_note,
        audience=WORKERS,
        audit="referral.note",
        again=show_referral,
    ),
    page(
        "POST",
        "/referrals/{referral}/conflict",
        know_who_it_is,
        audience=WORKERS,
        audit="referral.step_off",
    ),
    page(
        "POST",
        "/referrals/{referral}/noted",
        note_answer,
        audience=CASEWORKERS,
        audit="referral.noted_by_sender",
        again=show_referral,
    ),
]
