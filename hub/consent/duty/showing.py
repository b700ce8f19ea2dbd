"""A duty to report in words: where it stands, and what was written down at each step."""

from collections.abc import Sequence
from typing import Final

from hub.cases import queries as cases
from hub.cases.names import agency_names, names_of
from hub.consent.compelled import places, scope, waiting
from hub.consent.compelled.choosing import choosing
from hub.consent.compelled.opened import Words, said, words_of
from hub.consent.compelled.tables import DutyRow
from hub.consent.compelled.views import SheetPage
from hub.consent.duty import queries
from hub.consent.duty.report import STEPS, Informed, Side, State, Step
from hub.consent.duty.views import ChooseDutyPage, DutyBrief, DutyPage, Facts
from hub.core.errors import NothingHere
from hub.core.ids import CaseId
from hub.core.language import _
from hub.core.states import open_steps
from hub.core.words import pairs
from hub.desk import Desk
from hub.web.moments import shown, typed

PATH: Final = (
    State.CONSIDERED,
    State.DISCUSSED,
    State.INFORMED,
    State.CHOSEN,
    State.MADE,
    State.ACKNOWLEDGED,
)
TOLD: Final = frozenset({State.MADE, State.ACKNOWLEDGED})


def briefs(desk: Desk, rows: Sequence[DutyRow]) -> list[DutyBrief]:
    """Duties as a list shows them."""
    names = names_of(desk.db, [row.written_by for row in rows])
    return [
        DutyBrief(
            id=row.id,
            state=str(row.state.label),
            kind="plain" if row.state in TOLD | {State.NOT_REQUIRED} else "honey",
            at=row.written_at,
            by=names.get(row.written_by, ""),
        )
        for row in rows
    ]


def duty_page(desk: Desk, row: DutyRow) -> DutyPage:
    """One duty for the care team of its case."""
    words = words_of(desk, row, queries.USES)
    early = Step.ACKNOWLEDGE if scope.waits(desk, row) else Step.CALL_BACK
    steps = [each for each in open_steps(STEPS, row.state, Side.TEAM) if each is not early]
    return DutyPage(
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        duty=row.id,
        version=row.version,
        state=str(row.state.label),
        progress=_progress(row.state),
        concern=said(words, "concern", "text"),
        steps=_steps(desk, row, words),
        can=[step.value for step in steps],
        wait=waiting.wait(desk, row, ready=Step.MAKE in steps),
        supervisors=[(str(each), name) for each, name in queries.supervisors(desk, row)],
        ways=pairs(Informed),
        now=typed(desk, desk.at),
        sheet=row.state in TOLD and row.to_agency is None,
        told=row.state in TOLD,
        pieces=scope.told_pieces(desk, row.id) if row.state in TOLD | {State.CHOSEN} else [],
    )


def choose_page(desk: Desk, row: DutyRow) -> ChooseDutyPage:
    """Choosing the least, with what was chosen before."""
    words = words_of(desk, row, ["making"])
    return ChooseDutyPage(
        case=row.case,
        code=cases.case(desk, CaseId(row.case)).code,
        duty=row.id,
        version=row.version,
        open=Step.CHOOSE in open_steps(STEPS, row.state, Side.TEAM),
        choosing=choosing(desk, row, words.get("making", {})),
        law=said(words, "making", "law"),
        next=said(words, "making", "next"),
        heard=said(words, "making", "heard"),
    )


def _progress(state: State) -> list[tuple[str, str, str]]:
    if state is State.NOT_REQUIRED:
        return [(str(PATH[0].label), "", "done"), (str(state.label), "", "stopped")]
    here = PATH.index(state)
    return [
        (str(each.label), "", "done" if place < here else "now" if place == here else "todo")
        for place, each in enumerate(PATH)
    ]


def _steps(desk: Desk, row: DutyRow, words: Words) -> list[tuple[str, Facts, str]]:
    """Each step that was taken: its title, its facts, and what was said."""
    people = names_of(desk.db, [row.discussed_with or "", row.made_by or ""])
    found: list[tuple[str, Facts, str]] = []
    if row.discussed_at:
        facts: Facts = [(_("With"), people.get(row.discussed_with or "", ""))]
        facts.append((_("When"), shown(desk, row.discussed_at)))
        found.append((str(State.DISCUSSED.label), facts, said(words, "talk", "text")))
    if row.informed and row.informed_at:
        facts = [(_("How"), str(row.informed.label)), (_("When"), shown(desk, row.informed_at))]
        found.append((_("Told first"), facts, said(words, "told_first", "text")))
    if row.making:
        title = State.MADE if row.made_at else State.CHOSEN
        found.append((str(title.label), _chosen(desk, row, words), ""))
    if row.acknowledged_at:
        facts = [(_("When"), shown(desk, row.acknowledged_at))]
        found.append((str(State.ACKNOWLEDGED.label), facts, said(words, "answer", "text")))
    if row.dropped:
        found.append((str(State.NOT_REQUIRED.label), [], said(words, "dropped", "text")))
    return found


def _chosen(desk: Desk, row: DutyRow, words: Words) -> Facts:
    made: Facts = [
        (_("Can be read from") if scope.waits(desk, row) else _("When"), shown(desk, row.made_at)),
        (_("By"), names_of(desk.db, [row.made_by or ""]).get(row.made_by or "", "")),
    ]
    return [
        (_("To"), _receiver(desk, row, words)),
        (_("Law"), said(words, "making", "law")),
        places.fact(words.get("making", {})),
        waiting.fact(words.get("making", {})),
        *(made if row.made_at else []),
        (_("Can be read until"), shown(desk, row.until)),
        (_("What happens next"), said(words, "making", "next")),
        (_("What the person heard of it"), said(words, "making", "heard")),
    ]


def _receiver(desk: Desk, row: DutyRow, words: Words) -> str:
    if row.to_agency is None:
        return said(words, "making", "to")
    return agency_names(desk.db, [row.to_agency]).get(row.to_agency, "")


def sheet(desk: Desk, row: DutyRow) -> SheetPage:
    """The sheet of a report that was made to an authority outside the hub.

    Raises:
        NothingHere: it was not made, or to an agency of this hub.
    """
    if row.state not in TOLD or row.to_agency is not None or row.made_at is None:
        raise NothingHere
    words = words_of(desk, row, queries.USES)
    made_by = row.made_by or ""
    return SheetPage(
        back=f"/cases/{row.case}/duties/{row.id}",
        code=cases.case(desk, CaseId(row.case)).code,
        own=agency_names(desk.db, [row.agency]).get(row.agency, ""),
        to=said(words, "making", "to"),
        law=said(words, "making", "law"),
        by=names_of(desk.db, [made_by]).get(made_by, ""),
        at=row.made_at,
        pieces=scope.told_pieces(desk, row.id),
    )
