"""The life of a referral in the made-up town, from the release to how it ended."""

from datetime import datetime
from typing import Final

from hub.consent.actions import record_release
from hub.consent.terms import ReleaseTerms, Way
from hub.core.words import Category, Purpose, ServiceType
from hub.demo.answers import ASKED_FIRST, DEEDS, SCRIPTS, Sent
from hub.demo.cast import kinds
from hub.demo.diary import Life
from hub.demo.papers import given
from hub.demo.plan import ReferralPlan
from hub.demo.stage import Stage
from hub.demo.words import GOES_ALONG
from hub.desk import Desk
from hub.web.form import Form
from pathways.referrals import queries
from pathways.referrals.drafts import Draft, Reminder, opening, remind, start
from pathways.referrals.packet import Ask
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.referral import STAGES, State, Step
from pathways.referrals.referral import Stage as Reached
from pathways.referrals.sending import send
from pathways.referrals.tables import ReferralRow

LEAST: Final = frozenset({Category.NEED, Category.IDENTITY, Category.CONTACT})
LENGTHS: Final = (30, 60, 90)
"""Days for which releases are given in the town."""


def referring(stage: Stage, sent: Sent) -> Life:
    """Everything that happens with one referral up to now."""
    known, plan = sent.known, sent.plan
    yield plan.sent_at
    with stage.desk(known.manager) as desk:
        _draft(stage, desk, sent)
        if plan.state is not State.DRAFT:
            _send(stage, desk, sent)
    last = plan.sent_at
    for step in _script(stage, plan):
        hours, deed = DEEDS[step]
        last = stage.later(last, hours)
        yield last
        deed(stage, sent)


def _script(stage: Stage, plan: ReferralPlan) -> tuple[Step, ...]:
    """What happens to it; some that ended were asked about first, some accepted at first sight."""
    steps, drawn = SCRIPTS[plan.state], stage.chance.random()
    if plan.state is State.CLOSED and drawn < 0.2:
        return (*ASKED_FIRST, *steps[2:])
    if Step.ACCEPT in steps and drawn > 0.5:
        return steps[1:]
    return steps


def _draft(stage: Stage, desk: Desk, sent: Sent) -> None:
    """Ask for a release, tick what it covers, and write down what is asked for."""
    known, plan = sent.known, sent.plan
    told = stage.told(plan.service)
    kind = kinds(told)[0]
    sent.release = record_release(desk, known.id, _terms(stage, desk, sent, kind))
    found = opening(desk, known.id, stage.service(plan.service))
    [offer] = [each for each in found.offers if each.release.id == sent.release]
    ask = Ask(
        stage.words.ask(known.plan.survivor, kind, for_child=known.plan.for_child(told)),
        stage.wall.day_of(desk.at),
        stage.words.said("asked_of_you"),
    )
    ticked = tuple(entry.envelope for entry in offer.entries)
    draft = Draft(kind, sent.release, plan.priority, ask, ticked)
    sent.sender_ref = start(desk, found, draft)


def _terms(stage: Stage, desk: Desk, sent: Sent, kind: ServiceType) -> ReleaseTerms:
    known, plan = sent.known, sent.plan
    return ReleaseTerms(
        to_agency=stage.agency(plan.service),
        purposes=frozenset({Purpose.REFERRAL}),
        service_types=frozenset({kind}),
        categories=LEAST | frozenset(GOES_ALONG.get(kind, ())),
        starts=desk.at,
        ends=_ends(stage, plan),
        given=given(stage, desk, known),
        ways=frozenset({Way.HUB}),
    )


def _ends(stage: Stage, plan: ReferralPlan) -> datetime:
    """The end of a day: soon for what nobody answers, later than today for what is under way."""
    sent = (stage.wall.day_of(plan.sent_at) - stage.wall.today).days
    if plan.state is State.EXPIRED:
        return stage.wall.end_of(sent + stage.chance.randint(7, 11))
    if STAGES[plan.state] is Reached.OVER:
        return stage.wall.end_of(sent + LENGTHS[1] - 1)
    days = next((each for each in LENGTHS if sent + each >= 2), LENGTHS[-1])
    return stage.wall.end_of(sent + days - 1)


def _send(stage: Stage, desk: Desk, sent: Sent) -> None:
    """Remind, write down that it was done, and send."""
    mode = stage.chance.choice([ReminderMode.IN_PERSON, ReminderMode.PHONE])
    row = queries.draft(desk, sent.sender_ref)
    sent.receiver_ref = row.receiver_ref
    _shows(stage, desk, row)
    remind(desk, row, Reminder(desk.at, mode, stage.words.fixed("reminded")))
    desk.db.refresh(row)
    _shows(stage, desk, row)
    send(desk, row, None)


def _shows(stage: Stage, desk: Desk, row: ReferralRow) -> None:
    """The page before whoever acts shows this version."""
    desk.form = Form({"version": [str(row.version)]}, stage.wall.zone)
