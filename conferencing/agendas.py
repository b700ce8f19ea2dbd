"""My agenda as it stands: what I hold is opened, numbered and put into words; nothing else is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from conferencing import decision, item, queries
from conferencing.agenda import Numbered, agenda, minutes_together
from conferencing.conference import OPEN_TO_ITEMS, OPEN_TO_READERS
from conferencing.held import HeldDecision, HeldItem, decisions_held, items_held
from conferencing.queries import Place
from conferencing.views import AgendaItem, Choice, DecisionLine, MyAgenda, Waiting
from hub.consent.because import Why, because, in_a_sentence
from hub.consent.days import moment
from hub.core.ids import AgencyId, EnvelopeId, PersonId
from hub.core.states import open_steps
from hub.core.words import Purpose
from hub.desk import Desk
from hub.door import Entry, open_entries
from hub.door.readers import beside

TONES: Final[Mapping[str, str]] = {
    item.State.PROPOSED: "honey",
    item.State.ADMITTED: "lake",
    item.State.DISCUSSED: "",
    item.State.DEFERRED: "plain",
    item.State.WITHDRAWN: "plain",
    decision.State.OPEN: "lake",
    decision.State.IN_PROGRESS: "honey",
    decision.State.DONE: "",
    decision.State.NOT_DONE: "clay",
    decision.State.IMPOSSIBLE: "plain",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What I hold of one meeting, opened, and who at the table holds it with me."""

    place: Place
    items: Sequence[HeldItem]
    decisions: Mapping[str, Sequence[HeldDecision]]
    entries: Mapping[EnvelopeId, Entry]
    company: Mapping[str, Mapping[PersonId, AgencyId]]
    who: Mapping[str, str]
    codes: Mapping[str, str]
    agency: str

    def entry(self, envelope: str) -> Entry:
        """One of the entries."""
        return self.entries[EnvelopeId(envelope)]


def opened(desk: Desk, place: Place) -> Opened:
    """Everything of a meeting that I hold: the only way anything of it is read."""
    items = items_held(desk, place.meeting.id)
    if not items:
        return Opened(place, (), {}, {}, {}, {}, {}, "")
    rows = decisions_held(desk, [row.id for row in items])
    seated = queries.at_table(desk, place.meeting.id)
    company = _company(desk, seated, items)
    met: set[str] = {person for found in company.values() for person in found}
    met |= {row.presenter for row in items} | {row.doer for row in rows}
    return Opened(
        place=place,
        items=items,
        decisions=_by_item(rows),
        entries=open_entries(desk.db, desk.sight, _papers([*items, *rows])),
        company=company,
        who=_who(desk, met, seated),
        codes=queries.codes(desk, {row.case for row in items}),
        agency=seated[desk.sight.person][1],
    )


def _papers(rows: Sequence[HeldItem | HeldDecision]) -> list[EnvelopeId]:
    return [EnvelopeId(row.envelope) for row in rows]


def _by_item(rows: Iterable[HeldDecision]) -> dict[str, list[HeldDecision]]:
    found: dict[str, list[HeldDecision]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    return found


def _who(desk: Desk, met: set[str], seated: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Those I meet in my items, by name and agency; some may have left the table since."""
    gone = met - seated.keys()
    known = {person: seated[person] for person in met - gone}
    return queries.spoken(known | (queries.names(desk.db, gone) if gone else {}))


def _company(
    desk: Desk, seated: Mapping[str, tuple[str, str]], items: Sequence[HeldItem]
) -> dict[str, dict[PersonId, AgencyId]]:
    """Who at the table can read each item beside me: nobody else's presence is shown to me."""
    reading = beside(desk.db, desk.sight, _papers(items))
    others = seated.keys() - {desk.sight.person}
    return {
        row.id: {
            person: agency
            for person, agency in reading[EnvelopeId(row.envelope)].items()
            if person in others
        }
        for row in items
    }


def my_agenda(desk: Desk, place: Place) -> MyAgenda:
    """My agenda of one meeting."""
    held = opened(desk, place)
    on = [row for row in held.items if row.state in item.ON_THE_AGENDA]
    met = {held.who[person] for row in on for person in held.company[row.id]}
    return MyAgenda(
        items=tuple(_item(desk, held, each) for each in agenda(on)),
        waiting=tuple(_waiting(held)),
        minutes=minutes_together(on),
        company=tuple(sorted(met)),
    )


def _waiting(held: Opened) -> list[Waiting]:
    if held.place.meeting.state not in OPEN_TO_ITEMS:
        return []
    rows = [row for row in held.items if row.state is item.State.PROPOSED]
    return [
        Waiting(
            item=each.item.id,
            topic=held.entry(each.item.envelope).body["topic"],
            code=held.codes.get(each.item.case, ""),
            category=str(each.item.category.label),
        )
        for each in agenda(rows)
    ]


def _item(desk: Desk, held: Opened, numbered: Numbered[HeldItem]) -> AgendaItem:
    row = numbered.item
    entry, own = held.entry(row.envelope), row.agency == desk.sight.agency
    company = held.company[row.id]
    code = held.codes.get(row.case, "")
    return AgendaItem(
        number=numbered.number,
        topic=entry.body["topic"],
        text=entry.body["question"],
        category=str(row.category.label),
        minutes=row.minutes,
        presenter=held.who.get(row.presenter, ""),
        code=code,
        state=str(row.state.label),
        tone=TONES[row.state],
        because=_because(desk, held, row, entry),
        company=tuple(sorted(held.who[person] for person in company if person != row.presenter)),
        decisions=tuple(decision_lines(desk, held, row.id)),
        own=row.id if own else "",
        nobody_hears=own
        and held.place.meeting.state in OPEN_TO_READERS
        and not (row.opens_at is not None and desk.at < row.opens_at)
        and not any(agency != row.agency for agency in company.values()),
    )


def _because(desk: Desk, held: Opened, row: HeldItem, entry: Entry) -> str:
    """Why I can see an item; on a release, because it is for case conferences."""
    why = entry.because
    return because(
        Why(
            why.ground,
            what=in_a_sentence(str(row.category.label)),
            agency=held.agency,
            purpose=Purpose.CONFERENCE,
            until=moment(desk.hub.settings, why.until),
            code=held.codes.get(row.case, ""),
        )
    )


def decision_lines(desk: Desk, held: Opened, item_id: str) -> list[DecisionLine]:
    """The decisions of one item, each with the steps that are open to me."""
    about = next(row for row in held.items if row.id == item_id)
    return [_decision(desk, held, about, each) for each in held.decisions.get(item_id, [])]


def _decision(desk: Desk, held: Opened, about: HeldItem, row: HeldDecision) -> DecisionLine:
    side = decision.Side.DOER
    ref = row.task if row.doer == desk.sight.person else ""
    if not ref and about.agency == desk.sight.agency:
        side, ref = decision.Side.KEEPER, row.id
    steps = open_steps(decision.STEPS, row.state, side) if ref else []
    return DecisionLine(
        words=held.entry(row.envelope).body["decision"],
        doer=held.who.get(row.doer, ""),
        due_at=row.due_at,
        state=str(row.state.label),
        tone=_tone(desk, row),
        ref=ref,
        version=row.version,
        steps=tuple(Choice(step.value, str(step.label)) for step in steps),
    )


def _tone(desk: Desk, row: HeldDecision) -> str:
    """The colour of a decision's tag: clay when its day has passed and nobody did it."""
    late = row.state in decision.STILL_TO_DO and row.due_at <= desk.at
    return "clay" if late else TONES.get(row.state, "plain")
