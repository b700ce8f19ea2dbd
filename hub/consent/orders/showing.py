"""A court order in words: where it stands, what was tried, and what a second person is asked."""

from collections.abc import Mapping, Sequence
from typing import Final

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of
from hub.cases.tables import CaseRow
from hub.consent.compelled import places, scope, waiting
from hub.consent.compelled.choosing import choosing
from hub.consent.compelled.opened import Words, said, words_of
from hub.consent.compelled.tables import OrderRow
from hub.consent.compelled.views import SheetPage
from hub.consent.orders import queries
from hub.consent.orders.order import (
    COMPELS,
    STEPS,
    Means,
    NoteKind,
    Outcome,
    Side,
    State,
    Step,
)
from hub.consent.orders.views import Facts, NoteView, OrderBrief, OrderPage, ScopePage, SecondPage
from hub.core.errors import NothingHere
from hub.core.ids import CaseId
from hub.core.language import _, ngettext
from hub.core.states import open_steps
from hub.core.words import Category, pairs
from hub.desk import Desk
from hub.web.moments import shown, typed

PATH: Final = (State.RECEIVED, State.ASKED, State.APPROVED, State.COMPLIED, State.ACKNOWLEDGED)
TOLD: Final = frozenset({State.COMPLIED, State.ACKNOWLEDGED})


def briefs(rows: Sequence[OrderRow]) -> list[OrderBrief]:
    """Orders as a list shows them."""
    return [
        OrderBrief(
            id=row.id,
            instrument=str(row.instrument.label),
            state=str(row.state.label),
            kind="plain" if row.state in TOLD | {State.SET_ASIDE} else "honey",
            at=row.written_at,
        )
        for row in rows
    ]


def order_page(desk: Desk, row: OrderRow) -> OrderPage:
    """One order for the care team of its case."""
    words = words_of(desk, row, queries.USES)
    compels = row.instrument in COMPELS
    tried = queries.attempts(desk, row) > 0 or row.silence is not None
    early = Step.ACKNOWLEDGE if scope.waits(desk, row) else Step.CALL_BACK
    steps = [each for each in open_steps(STEPS, row.state, Side.TEAM) if each is not early]
    return OrderPage(
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        order=row.id,
        version=row.version,
        state=str(row.state.label),
        compels=compels,
        progress=_progress(row.state) if compels else [],
        facts=_facts(desk, row, words),
        wants=said(words, "words", "wants"),
        silence=said(words, "silence", "text"),
        sent_back=said(words, "sent_back", "text") if row.state is State.RECEIVED else "",
        set_aside=said(words, "set_aside", "text"),
        why=said(words, "asking", "why"),
        notes=_notes(desk, row),
        can=[step.value for step in steps],
        wait=waiting.wait(desk, row, ready=Step.HAND_OVER in steps),
        asks_me=any(each.id == row.id for each, _case in queries.asked_of_me(desk)),
        ready=compels and tried,
        means=pairs(Means),
        outcomes=pairs(Outcome),
        kinds=pairs(each for each in NoteKind if each is not NoteKind.NOTICE),
        now=typed(desk, desk.at),
        sheet=row.state in TOLD and row.to_agency is None,
        pieces=scope.told_pieces(desk, row.id) if row.state is not State.RECEIVED else [],
    )


def scope_page(desk: Desk, row: OrderRow) -> ScopePage:
    """Choosing what the order compels, with what was chosen before."""
    words = words_of(desk, row, ["asking"])
    return ScopePage(
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        order=row.id,
        version=row.version,
        open=Step.ASK in open_steps(STEPS, row.state, Side.TEAM),
        choosing=choosing(desk, row, words.get("asking", {})),
        why=said(words, "asking", "why"),
    )


def _progress(state: State) -> list[tuple[str, str, str]]:
    if state is State.SET_ASIDE:
        return [(str(State.RECEIVED.label), "", "done"), (str(state.label), "", "stopped")]
    here = PATH.index(state)
    return [
        (str(each.label), "", "done" if place < here else "now" if place == here else "todo")
        for place, each in enumerate(PATH)
    ]


def _facts(desk: Desk, row: OrderRow, words: Words) -> Facts:
    people = [row.written_by, row.asked_by, row.approved_by, row.complied_by]
    names = names_of(desk.db, [each for each in people if each])
    facts: Facts = [
        (_("What it is"), str(row.instrument.label)),
        (_("Court"), said(words, "words", "court")),
        (_("Number"), said(words, "words", "number")),
        (_("Written down"), [names.get(row.written_by, ""), shown(desk, row.written_at)]),
    ]
    for label, person, at in (
        (_("Asked for by"), row.asked_by, row.asked_at),
        (_("Approved by"), row.approved_by, row.approved_at),
        (_("Handed over by"), row.complied_by, row.complied_at),
    ):
        if person and at:
            facts.append((label, [names.get(person, ""), shown(desk, at)]))
    if row.asked_by:
        facts.append((_("To"), _receiver(desk, row, said(words, "asking", "to"))))
        facts.append((_("Can be read until"), shown(desk, row.until)))
        asking = words.get("asking", {})
        facts += [places.fact(asking), waiting.fact(asking)]
    return facts


def _receiver(desk: Desk, row: OrderRow, authority: str) -> str:
    if row.to_agency is None:
        return authority
    return agency_names(desk.db, [row.to_agency]).get(row.to_agency, "")


def _notes(desk: Desk, row: OrderRow) -> list[NoteView]:
    found = queries.notes(desk, row)
    names = names_of(desk.db, [each.by for each in found])
    return [NoteView(str(n.kind.label), n.at, _how(n), n.words, names.get(n.by, "")) for n in found]


def _how(note: queries.Note) -> str:
    if note.means is None or note.outcome is None:
        return ""
    return f"{note.means.label}: {note.outcome.label}"


def second_page(desk: Desk, row: OrderRow, case: CaseRow, words: Mapping[str, str]) -> SecondPage:
    """What the second person is asked. A privacy officer reads no entry of the case here."""
    names = names_of(desk.db, [row.asked_by or ""])
    facts: Facts = [
        (_("What it is"), str(row.instrument.label)),
        (_("Court"), words.get("court", "")),
        (_("Number"), words.get("number", "")),
        (_("Asked for by"), [names.get(row.asked_by or "", ""), shown(desk, row.asked_at)]),
        (_("To"), _receiver(desk, row, words.get("to", ""))),
        (_("Can be read until"), shown(desk, row.until)),
        places.fact(words),
    ]
    return SecondPage(
        order=row.id,
        code=case.code,
        version=row.version,
        facts=facts,
        wants=words.get("wants", ""),
        why=words.get("why", ""),
        attempts=_attempts(desk, row),
        entries=_counted(desk, row),
        case=case.id if case.team in desk.sight.holders else "",
    )


def _attempts(desk: Desk, row: OrderRow) -> list[str]:
    tried = [each for each in queries.notes(desk, row) if each.kind is NoteKind.NOTICE]
    told = [f"{shown(desk, each.at)}. {_how(each)}" for each in tried]
    return told or [_("Nobody tried: the order itself forbids it.")]


def _counted(desk: Desk, row: OrderRow) -> list[str]:
    """How many entries of each category would be told."""
    chosen = [each.category for each in scope.rows(desk, row.id)]
    found = [(category, chosen.count(category)) for category in Category if category in chosen]
    return [
        ngettext("{what}: {n} entry", "{what}: {n} entries", n).format(what=category.label, n=n)
        for category, n in found
    ]


def sheet(desk: Desk, row: OrderRow) -> SheetPage:
    """The sheet of an order that was handed over to a court or authority outside the hub.

    Raises:
        NothingHere: it was not, or it went to an agency of this hub, or its last day is over.
    """
    if row.state not in TOLD or row.to_agency is not None or row.complied_at is None:
        raise NothingHere
    words = words_of(desk, row, queries.USES)
    told_by = row.complied_by or ""
    parts = (said(words, "words", "court"), said(words, "words", "number"))
    return SheetPage(
        back=f"/cases/{row.case}/orders/{row.id}",
        code=cases.case(desk, CaseId(row.case)).code,
        own=agency_names(desk.db, [row.agency]).get(row.agency, ""),
        to=said(words, "asking", "to"),
        law=", ".join(part for part in parts if part),
        by=names_of(desk.db, [told_by]).get(told_by, ""),
        at=row.complied_at,
        pieces=scope.told_pieces(desk, row.id),
    )
