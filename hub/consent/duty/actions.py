"""What is done with a duty to report, step by step. One verb, one transaction, one audit line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.cases import queries as cases
from hub.consent.brake import Haste
from hub.consent.compelled import places, records, scope, waiting
from hub.consent.compelled.scope import Scope, seal_words
from hub.consent.compelled.tables import DutyRow
from hub.consent.duty import queries
from hub.consent.duty.report import STEPS, Informed, Side, State, Step, ground_of
from hub.core.errors import FormRefused, StepRefused
from hub.core.ids import CaseId, PersonId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.desk import Desk, Notice


@dataclass(frozen=True, slots=True)
class Talk:
    """With which supervisor it was talked through, when, and what came of it."""

    supervisor: PersonId
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ToldFirst:
    """How and when the person heard of it first and what was said, or why that was not safe."""

    how: Informed
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What is told to whom, under which law, what happens next and what the person heard of it."""

    scope: Scope
    law: str
    next: str
    heard: str


def begin(desk: Desk, case: CaseId, concern: str) -> str:
    """Write down that a report may be owed.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    row = cases.case(desk, case)
    duty = DutyRow(
        id=fresh(),
        case=row.id,
        agency=row.agency,
        state=State.CONSIDERED,
        written_by=desk.sight.person,
        written_at=desk.at,
        concern=seal_words(desk, row, {"text": concern}),
    )
    desk.db.add(duty)
    desk.db.flush()
    desk.audit("duty.considered", case=case, record=duty.id)
    return duty.id


def discuss(desk: Desk, row: DutyRow, talk: Talk, version: int) -> None:
    """A supervisor was asked: somebody else than whoever writes it.

    Raises:
        FormRefused: they are no supervisor of the agency, write it themselves, or it is to come.
        StepRefused: it is not open now. Changed: as `_step`.
    """
    if talk.supervisor not in [person for person, _name in queries.supervisors(desk, row)]:
        raise FormRefused({"supervisor": _("Choose a supervisor other than yourself.")})
    _refuse_future(desk, "discussed_at", talk.at)
    case = cases.case(desk, CaseId(row.case))
    kept: dict[str, Any] = {"discussed_with": talk.supervisor, "discussed_at": talk.at}
    kept["talk"] = seal_words(desk, case, {"text": talk.words})
    _step(desk, row, _to(row, Step.DISCUSS), version, kept)
    desk.notify(talk.supervisor, Notice(case.id, row.id))


def inform(desk: Desk, row: DutyRow, first: ToldFirst, version: int) -> None:
    """The person heard of it before anybody else; or it was not safe, and why.

    Raises:
        FormRefused: it is to come. StepRefused: it is not open now. Changed: as `_step`.
    """
    _refuse_future(desk, "informed_at", first.at)
    case = cases.case(desk, CaseId(row.case))
    kept: dict[str, Any] = {"informed": first.how, "informed_at": first.at}
    kept["told_first"] = seal_words(desk, case, {"text": first.words})
    _step(desk, row, _to(row, Step.INFORM), version, kept)


def _refuse_future(desk: Desk, field: str, at: datetime) -> None:
    if at > desk.at:
        raise FormRefused({field: _("That is still to come. Give when it was.")})


def choose(desk: Desk, row: DutyRow, choice: Choice, version: int) -> None:
    """Choose entry by entry what must be told. Nothing is told by that.

    Raises:
        FormRefused: the scope cannot stand. StepRefused: it is not open now. Changed: as `_step`.
    """
    case, told = cases.case(desk, CaseId(row.case)), choice.scope
    found = scope.faults(desk, CaseId(case.id), told)
    if found:
        raise FormRefused(found)
    words = {"to": told.authority, "law": choice.law, "next": choice.next, "heard": choice.heard}
    kept: dict[str, Any] = {"to_agency": told.to_agency, "until": told.until}
    kept["making"] = seal_words(desk, case, words | places.to_seal(told))
    _step(desk, row, _to(row, Step.CHOOSE), version, kept)
    scope.keep(desk, row.id, CaseId(case.id), told.entries)


def make(desk: Desk, row: DutyRow, haste: Haste | None, version: int) -> None:
    """Tell exactly what was chosen.

    What goes to an agency for the first time or says where somebody is waits a little first and can
    be called back; not with `haste`, which is written down.

    Raises:
        StepRefused: it is not open now, its last day is over, or a chosen entry was written anew.
        Changed: as `_step`.
        KeptAway: the person asked that they must never know.
    """
    taken = _to(row, Step.MAKE)
    current = {each.envelope for each in scope.choosable(desk, CaseId(row.case))}
    if not current.issuperset(each.envelope for each in scope.rows(desk, row.id)):
        raise StepRefused(_("Something you chose was written anew since. Choose again."))
    _step(desk, row, taken, version, _told(desk, row, haste))
    desk.db.refresh(row)
    ground = ground_of(queries.as_report(desk, row))
    if ground is None:
        raise StepRefused(_("A step before this one is missing. Read the page again."))
    count = scope.tell(desk, ground)
    desk.audit("duty.told", case=row.case, record=row.id, count=count)


def _told(desk: Desk, row: DutyRow, haste: Haste | None) -> dict[str, Any]:
    """By whom, from when it can be read, and why it did not wait.

    Raises:
        StepRefused: its last day is over by then.
    """
    at = waiting.opens_at(desk, row, haste) or desk.at
    if row.until is not None and row.until <= at:
        raise StepRefused(_("The last day is over. Choose again, with another day."))
    told: dict[str, Any] = {"made_by": desk.sight.person, "made_at": at}
    if haste is not None and waiting.opens_at(desk, row, None) is not None:
        told["making"] = waiting.with_haste(desk, row, row.making, haste)
    return told


def call_back(desk: Desk, row: DutyRow, version: int) -> None:
    """Take back what was told before anybody there can open it: it is chosen, and not made.

    Raises:
        StepRefused: it is not open now, or they can open it by now. Changed: as `_step`.
    """
    taken = _to(row, Step.CALL_BACK)
    waiting.call_back(desk, row)
    _step(desk, row, taken, version, {"made_by": None, "made_at": None})


def acknowledge(desk: Desk, row: DutyRow, words: str, version: int) -> None:
    """Whoever was told has said that they have it: the care team writes it down.

    Raises:
        StepRefused: it is not open now, or they cannot open it yet. Changed: as `_step`.
    """
    waiting.refuse_early(desk, row)
    case = cases.case(desk, CaseId(row.case))
    kept = {"acknowledged_at": desk.at, "answer": seal_words(desk, case, {"text": words})}
    _step(desk, row, _to(row, Step.ACKNOWLEDGE), version, kept)


def drop(desk: Desk, row: DutyRow, reason: str, version: int) -> None:
    """It turned out that no report is owed, and why."""
    taken, case = _to(row, Step.DROP, reason), cases.case(desk, CaseId(row.case))
    _step(desk, row, taken, version, {"dropped": seal_words(desk, case, {"text": reason})})


Taken = tuple[Step, State]
"""A step and where it leads."""


def _to(row: DutyRow, step: Step, reason: str = "") -> Taken:
    """The step, if the care team can take it now.

    Raises:
        StepRefused: the table has no such arrow, or it needs a reason.
    """
    return step, advance(STEPS, row.state, step, Side.TEAM, reason)


def _step(desk: Desk, row: DutyRow, taken: Taken, version: int, kept: dict[str, Any]) -> None:
    """Take one step and keep what belongs to it.

    Raises:
        Changed: somebody else changed it since the page was opened.
    """
    step, state = taken
    records.change(desk, row, version, {"state": state, **kept})
    desk.audit("duty.step", case=row.case, record=row.id, step=step.value, state=state.value)
