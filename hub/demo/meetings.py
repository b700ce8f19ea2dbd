"""The life of a case conference in the made-up town."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from conferencing import decision, item, item_actions, queries
from conferencing.actions import Arrangements, acknowledge, invite, prepare, take_step
from conferencing.conference import Kind, Reason, State, Step
from conferencing.item_actions import Giving, Proposal, Resolution
from conferencing.queries import Place
from hub.consent.actions import record_release
from hub.consent.terms import ReleaseTerms, Way
from hub.core.ids import AgencyId
from hub.core.words import Category, Purpose
from hub.demo.cast import member
from hub.demo.diary import Life
from hub.demo.papers import given
from hub.demo.stage import Known, Stage
from hub.desk import Desk
from pathways.referrals.drafts import Reminder
from pathways.referrals.reasons import ReminderMode

LASTS: Final = 60
AHEAD: Final = timedelta(days=6)
RELEASED_DAYS: Final = 60
A_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Table:
    """One conference: as its file tells it, and under which ids its chair knows it."""

    told: Mapping[str, Any]
    starts_at: datetime
    seat: str = ""
    items: list[str] = field(default_factory=list)

    @property
    def chair(self) -> str:
        """Who called it."""
        return str(self.told["chair"])

    @property
    def guests(self) -> Sequence[str]:
        """Who else comes."""
        return tuple(self.told["guests"])

    @property
    def reached(self) -> State:
        """How far it has come by now."""
        return member(State, self.told["reached"])


def conference(stage: Stage, told: Mapping[str, Any], cases: Sequence[Known]) -> Life:
    """Everything around one conference up to now."""
    meeting = Table(told, stage.wall.local(told["day"], told["hour"]))
    called = min(meeting.starts_at, stage.wall.now) - AHEAD
    yield called
    _prepare(stage, meeting)
    yield called + A_DAY / 8
    _propose(stage, meeting, cases)
    if meeting.reached is State.DRAFT:
        return
    yield called + A_DAY / 4
    _step(stage, meeting, Step.CALL)
    yield called + A_DAY
    _confirm(stage, meeting)
    _admit(stage, meeting)
    if meeting.reached is State.CANCELLED:
        yield called + 2 * A_DAY
        _step(stage, meeting, Step.CANCEL)
    if meeting.reached in {State.CALLED, State.CANCELLED}:
        return
    yield called + 3 * A_DAY
    _step(stage, meeting, Step.LOCK)
    if meeting.reached is not State.AGENDA_LOCKED:
        yield from _held(stage, meeting)


def _held(stage: Stage, meeting: Table) -> Life:
    """The meeting itself and what comes after it."""
    yield meeting.starts_at
    _step(stage, meeting, Step.BEGIN)
    yield meeting.starts_at + timedelta(minutes=LASTS)
    _decide(stage, meeting)
    _step(stage, meeting, Step.END)
    if meeting.reached is State.HELD:
        return
    yield meeting.starts_at + A_DAY
    _step(stage, meeting, Step.CIRCULATE)
    yield meeting.starts_at + 6 * A_DAY
    _carry_out(stage, meeting)
    yield meeting.starts_at + 12 * A_DAY
    _step(stage, meeting, Step.CLOSE)


def _prepare(stage: Stage, meeting: Table) -> None:
    kind, reason = member(Kind, meeting.told["kind"]), member(Reason, meeting.told["reason"])
    where = stage.words.in_meetings("places")
    with stage.desk(meeting.chair) as desk:
        arranged = Arrangements(meeting.starts_at, LASTS, where)
        meeting.seat = prepare(desk, kind, reason, arranged)
        people = [stage.town.people[name] for name in meeting.guests]
        invite(desk, _place(desk, meeting), people)


def _place(desk: Desk, meeting: Table) -> Place:
    return queries.my_place(desk, meeting.seat)


def _step(stage: Stage, meeting: Table, step: Step) -> None:
    with stage.desk(meeting.chair) as desk:
        place = _place(desk, meeting)
        take_step(desk, place, step, place.meeting.version)


def _propose(stage: Stage, meeting: Table, cases: Sequence[Known]) -> None:
    """Items about the chair's own cases, each with a release to whoever is to hear it."""
    own = [known for known in cases if known.manager == meeting.chair and not known.closes]
    topics = stage.words.topics()
    with stage.desk(meeting.chair) as desk:
        for place in range(meeting.told["items"]):
            known, topic = own[place % len(own)], topics[place % len(topics)]
            hearing = {stage.cast.worker(name).agency for name in meeting.guests}
            _release(stage, desk, known, hearing - {known.plan.agency})
            proposal = Proposal(
                case=known.id,
                category=member(Category, topic["category"]),
                presenter=desk.sight.person,
                minutes=topic["minutes"],
                topic=topic["topic"],
                text=topic["text"],
            )
            made = item_actions.propose(desk, _place(desk, meeting), proposal)
            meeting.items.append(made)


def _release(stage: Stage, desk: Desk, known: Known, agencies: set[str]) -> None:
    """Most, not all, of those at the table may hear of it."""
    hearing = sorted(agencies)
    heard = hearing[: max(1, len(hearing) - stage.chance.randint(0, 1))]
    for name in heard:
        record_release(desk, known.id, _terms(stage, desk, known, stage.town.agencies[name]))


def _terms(stage: Stage, desk: Desk, known: Known, to: AgencyId) -> ReleaseTerms:
    day = (stage.wall.day_of(desk.at) - stage.wall.today).days
    topics = {member(Category, topic["category"]) for topic in stage.words.topics()}
    return ReleaseTerms(
        to_agency=to,
        purposes=frozenset({Purpose.CONFERENCE}),
        service_types=frozenset(),
        categories=frozenset(topics),
        starts=desk.at,
        ends=stage.wall.end_of(day + RELEASED_DAYS - 1),
        given=given(stage, desk, known),
        ways=frozenset({Way.MEETING, Way.HUB}),
    )


def _confirm(stage: Stage, meeting: Table) -> None:
    """Everybody but the last guest confirms the confidentiality statement at once."""
    late = meeting.guests[-1] if meeting.reached is State.CALLED else ""
    for name in (meeting.chair, *meeting.guests):
        if name == late:
            continue
        with stage.desk(name) as desk:
            [place] = [
                each
                for each in queries.places_to_come(desk)
                if each.meeting.starts_at == meeting.starts_at
            ]
            acknowledge(desk, place)


def _admit(stage: Stage, meeting: Table) -> None:
    """Put the items on the agenda; while it is open, the last of them still waits."""
    waiting = 1 if meeting.reached is State.CALLED else 0
    with stage.desk(meeting.chair) as desk:
        for made in meeting.items[: len(meeting.items) - waiting]:
            place = _place(desk, meeting)
            row = queries.own_item(desk, place, made)
            said = Reminder(desk.at, ReminderMode.PHONE, stage.words.fixed("reminded"))
            item_actions.admit(desk, place, row, Giving(row.version, said, "", None))


def _decide(stage: Stage, meeting: Table) -> None:
    """Discuss each item, and agree on something for all but the last, due one after the other."""
    with stage.desk(meeting.chair) as desk:
        place = _place(desk, meeting)
        for number, made in enumerate(meeting.items):
            row = queries.own_item(desk, place, made)
            if number == len(meeting.items) - 1 and number:
                item_actions.take_item_step(desk, place, row, item.Step.DEFER, row.version)
                continue
            doers = item_actions.doers(desk, place, row)
            doer = doers[number % len(doers)]
            due = meeting.starts_at + (number + 1) * A_DAY + A_DAY / 3
            words = stage.words.in_meetings("decisions")
            item_actions.record_decision(desk, place, row, Resolution(words, doer, due))


def _carry_out(stage: Stage, meeting: Table) -> None:
    """Whoever was to do something says that it is done."""
    for name in (meeting.chair, *meeting.guests):
        with stage.desk(name) as desk:
            tasks = queries.my_tasks(desk, decision.STILL_TO_DO)
            for row, seat, _kind in tasks:
                if row.made_at == meeting.starts_at + timedelta(minutes=LASTS):
                    place = queries.my_place(desk, seat.id)
                    item_actions.take_decision_step(
                        desk, place, row.task, decision.Step.FINISH, row.version
                    )
