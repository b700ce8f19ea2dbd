"""From rows and opened entries to the frozen values of the pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of
from hub.core.ids import CaseId
from hub.core.language import _, speak_of
from hub.desk import Desk
from pathways.referrals import queries
from pathways.referrals.lists import Line
from pathways.referrals.moving import case_managers, nobody_there
from pathways.referrals.packet import Packet
from pathways.referrals.progress import Standing, bar, first_taken
from pathways.referrals.queries import Party, Story
from pathways.referrals.reasons import SUGGESTED_NEXT
from pathways.referrals.referral import (
    STAGES,
    Side,
    Stage,
    State,
    Step,
    overdue,
    steps_now,
    waits,
)
from pathways.referrals.tables import ReferralEventRow, ReferralRow
from pathways.referrals.times import Times, span
from pathways.referrals.views import (
    EventView,
    LineView,
    NoteView,
    PacketView,
    ReferralPage,
    StepView,
)
from pathways.referrals.wording import (
    DONE,
    MEET_HER,
    TAG_KINDS,
    approved,
    because,
    ended,
    next_for,
)

AT_ONCE = frozenset({Step.ACCEPT, Step.ACKNOWLEDGE, Step.START})
QUIET = frozenset({Step.DECLINE, Step.WITHDRAW, Step.ERROR, Step.PROVIDER_STOPS, Step.ACKNOWLEDGE})
REROUTED = frozenset({State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.CLOSED})


def times_of(desk: Desk) -> Times:
    """How this page says moments."""
    settings = desk.hub.settings
    return Times(desk.at, settings.zone, settings.language)


@dataclass(frozen=True, slots=True)
class Names:
    """What people and agencies are called, by id; and who her case managers are."""

    people: Mapping[str, str]
    agencies: Mapping[str, str]
    managers: Sequence[str]


def names_in(desk: Desk, row: ReferralRow, people: Iterable[str] = ()) -> Names:
    """The names of both agencies, of her case managers and of these people."""
    managers = case_managers(desk, row)
    return Names(
        names_of(desk.db, {*managers, *people}),
        agency_names(desk.db, [row.from_agency, row.to_agency]),
        managers,
    )


def packet_view(row: ReferralRow, packet: Packet, names: Names, times: Times) -> PacketView:
    """What the receiver is shown of her, or would be."""
    called = [names.people[each] for each in names.managers if each in names.people]
    who = [f"{name}, {names.agencies[row.from_agency]}" for name in called]
    return PacketView(
        packet=packet,
        approved=approved(packet, times),
        because=_why(row, packet, names.agencies[row.to_agency], times),
        who=[(_("Primary case manager"), who)],
    )


def _why(row: ReferralRow, packet: Packet, agency: str, times: Times) -> str:
    """Why they can see it; or, for the sender's own eyes, that they no longer can."""
    if row.closed_to_them_at is not None and waits(row.opens_at, row.closed_to_them_at):
        return _("They could never open this: it ended before.")
    if row.closed_to_them_at is not None:
        return ended(times.moment(row.closed_to_them_at))
    if packet.until <= times.now:
        return ended(times.moment(packet.until))
    return because(packet, agency, row.service_type, times)


def referral_page(desk: Desk, party: Party) -> ReferralPage:
    """A referral as this side sees it."""
    row, story, times = party.row, queries.story(desk, party), times_of(desk)
    speak_of(queries.spoken_of(desk, row, story.opened))
    busy = [*(event.by for event in story.events), *(note.by for note in story.notes)]
    names = names_in(desk, row, busy)
    other = names.agencies[party.other_agency]
    shown = queries.shown(row, story, desk.at) if row.ends_at else None
    view = packet_view(row, shown, names, times) if shown else None
    code = cases.case(desk, CaseId(row.case)).code if party.side is Side.SENDER else ""
    events = _events(party, story, names, times)
    return ReferralPage(
        ref=party.ref,
        version=row.version,
        ours=party.side is Side.SENDER,
        title=str(row.service_type.label),
        number=row.number,
        lede=_lede(party, other, code, times),
        marks=bar(_standing(party, story, other), times),
        view=view,
        events=events,
        steps=_steps(party, story),
        figure=_figure(row, times),
        standing=str(row.state.label),
        next=_next(desk, party, story, times),
        news=_news(party, story, events),
        case=row.case if code else "",
        code=code,
        place=_place(story, times),
        outcome=_outcome(row, times),
        notes=_notes(story, names, times),
        agency=other,
        may_reroute=party.side is Side.SENDER and row.state in REROUTED,
        waits_until=times.moment(row.opens_at) if row.opens_at and _waiting(party, times) else "",
        hurried=_hurried(party, story),
    )


def _waiting(party: Party, times: Times) -> bool:
    """Whether it is the sender who looks, and nobody else can yet."""
    ours = party.side is Side.SENDER and party.row.state is State.SENT
    return ours and waits(party.row.opens_at, times.now)


def _hurried(party: Party, story: Story) -> tuple[str, str]:
    row = party.row
    if party.side is not Side.SENDER or row.hurry is None:
        return "", ""
    return str(row.hurry.label), story.words(row.hurry_words)


def sent_for(party: Party) -> datetime | None:
    """When it was sent; for its receiver, from when on they could know of it."""
    row = party.row
    return (row.opens_at or row.sent_at) if party.side is Side.RECEIVER else row.sent_at


def _lede(party: Party, other: str, code: str, times: Times) -> str:
    row = party.row
    sent = sent_for(party)
    when = times.moment(sent) if sent else _("not sent yet")
    if party.side is Side.RECEIVER:
        said = _("Referral {number} from {agency}, {when}")
    else:
        said = _("Referral {number} to {agency}, for {code}, {when}")
    return said.format(number=row.number, agency=other, code=code, when=when)


def _standing(party: Party, story: Story, other: str) -> Standing:
    row = party.row
    return Standing(
        state=row.state,
        side=party.side,
        taken=first_taken([(event.step, _at(party, event)) for event in story.last_sending]),
        due=row.respond_by,
        expected=story.appointment.at if story.appointment else None,
        closed_on=row.confirmed_on,
        other_agency=other,
    )


def _steps(party: Party, story: Story) -> list[StepView]:
    """The buttons; once she has an appointment, the first of them is that help has started."""
    steps = [step for step in steps_now(party.row.state, party.side, waiting=False)]
    steps = [step for step in steps if step is not Step.SEND]
    if story.appointment is not None and Step.START in steps:
        steps.remove(Step.START)
        steps.insert(0, Step.START)
    return [
        StepView(step.value, _label(step, story), step in AT_ONCE, _kind(step, place))
        for place, step in enumerate(steps)
    ]


def _label(step: Step, story: Story) -> str:
    if step is Step.APPOINT and story.appointment is not None:
        return _("Change the appointment")
    return str(step.label)


def _kind(step: Step, place: int) -> str:
    if step in QUIET:
        return "quiet"
    return "" if place == 0 else "secondary"


def _figure(row: ReferralRow, times: Times) -> tuple[str, str, str, str] | None:
    """Label, number, what it follows from, and its colour: the time that is left to answer."""
    if STAGES[row.state] is not Stage.ASKED or row.respond_by is None:
        return None
    after = str(row.priority.label)
    if overdue(row.state, row.respond_by, times.now):
        late = _("{span} ago").format(span=span(times.now - row.respond_by))
        return (_("An answer was due"), late, after, "clay")
    return (_("Answer within"), span(row.respond_by - times.now), after, "")


def _next(desk: Desk, party: Party, story: Story, times: Times) -> str:
    row = party.row
    if party.side is Side.SENDER and nobody_there(desk, row):
        return _("Nobody there can open it now. Call them, or ask somebody else.")
    if _waiting(party, times):
        return _("They cannot open it yet.")
    if party.side is Side.SENDER and row.reason is not None and row.stage is Stage.OVER:
        return str(SUGGESTED_NEXT[row.reason])
    if party.side is Side.RECEIVER and row.state is State.ACCEPTED and story.appointment:
        return str(MEET_HER)
    return next_for(party.side, row.state)


def _news(party: Party, story: Story, events: Sequence[EventView]) -> EventView | None:
    """What came back and the sender has not noted yet."""
    told = [each.side for each in story.events][-1:] == [Side.RECEIVER]
    return events[-1] if party.side is Side.SENDER and party.row.news and told else None


def _place(story: Story, times: Times) -> str:
    """When and where she is expected, "" when nobody said."""
    meeting = story.appointment
    if meeting is None:
        return ""
    where = story.words(meeting.place)
    return f"{times.moment(meeting.at)}, {where}" if where else times.moment(meeting.at)


def _outcome(row: ReferralRow, times: Times) -> list[tuple[str, str | list[str]]]:
    if row.outcome is None or row.needs_met is None or row.confirmer is None:
        return []
    day = times.day(row.confirmed_on) if row.confirmed_on else ""
    return [
        (_("How it ended"), str(row.outcome.label)),
        (_("Was her need met?"), str(row.needs_met.label)),
        (_("Who said so"), f"{row.confirmer.label}, {day}"),
    ]


def _events(party: Party, story: Story, names: Names, times: Times) -> list[EventView]:
    sides = {Side.SENDER: party.row.from_agency, Side.RECEIVER: party.row.to_agency}
    return [
        EventView(
            what=_done(event, story, times),
            who=_who(names.people.get(event.by), names.agencies.get(sides.get(event.side, ""))),
            at=times.moment(_at(party, event)),
            why=str(event.reason.label) if event.reason else "",
            words=story.words(event.words),
        )
        for event in story.events
    ]


def _at(party: Party, event: ReferralEventRow) -> datetime:
    """When a step was taken; the receiver knows of the sending from when it could be opened."""
    sent = sent_for(party) if event.step is Step.SEND else None
    return event.at if sent is None or party.side is Side.SENDER else sent


def _done(event: ReferralEventRow, story: Story, times: Times) -> str:
    """What was done; of an appointment, also for when: the two were written at one moment."""
    said = str(DONE[event.step])
    given = {each.made_at: each.at for each in story.appointments}
    if event.step is not Step.APPOINT or event.at not in given:
        return said
    return _("{done}: {when}").format(done=said, when=times.moment(given[event.at]))


def _who(*names: str | None) -> str:
    return ", ".join(name for name in names if name)


def _notes(story: Story, names: Names, times: Times) -> list[NoteView]:
    return [
        NoteView(names.people.get(note.by, ""), times.moment(note.at), story.words(note.envelope))
        for note in story.notes
    ]


def line_views(lines: Sequence[Line], times: Times) -> list[LineView]:
    """The lines of a list in words."""
    return [_line_view(line, times) for line in lines]


def _line_view(line: Line, times: Times) -> LineView:
    late = overdue(line.state, line.due, times.now)
    text = _("from {agency}") if not line.case_code else _("to {agency}, for {code}")
    said = text.format(agency=line.agency, code=line.case_code)
    return LineView(
        when=_when(line.state, line.due, times),
        number=line.number,
        subject=str(line.kind.label),
        text=f"{said}. {line.asks}" if line.asks else said,
        ref=line.ref,
        tag=_tag(line, times),
        tag_kind=TAG_KINDS[line.state],
        late=late,
        draft=line.state is State.DRAFT,
    )


def _tag(line: Line, times: Times) -> str:
    if line.state is State.SENT and not line.case_code:
        return _("New")
    return _standing_of(line.state, line.opens_at, times)


def _standing_of(state: State, opens_at: datetime | None, times: Times) -> str:
    """Where it stands, for its sender: also that it waits to be opened."""
    if state is State.SENT and opens_at is not None and waits(opens_at, times.now):
        return _("Waits until {when}").format(when=times.moment(opens_at))
    return str(state.label)


def _when(state: State, due: datetime | None, times: Times) -> str:
    """When an answer is due, while one is."""
    if STAGES[state] is not Stage.ASKED or due is None:
        return ""
    if overdue(state, due, times.now):
        return _("{span} late").format(span=span(times.now - due))
    return times.moment(due)


def row_view(row: ReferralRow, agency: str, times: Times) -> LineView:
    """One referral on the page of its case."""
    late = overdue(row.state, row.respond_by, times.now)
    return LineView(
        when=_when(row.state, row.respond_by, times),
        number=row.number,
        subject=str(row.service_type.label),
        text=_("to {agency}").format(agency=agency),
        ref=row.sender_ref,
        tag=_standing_of(row.state, row.opens_at, times),
        tag_kind=TAG_KINDS[row.state],
        late=late,
        draft=row.state is State.DRAFT,
    )
