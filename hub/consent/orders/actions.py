"""What is done with a court order, step by step. One verb, one transaction, one audit line."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent.brake import Haste
from hub.consent.compelled import places, records, scope, waiting
from hub.consent.compelled.opened import words_of
from hub.consent.compelled.scope import Scope, seal_words
from hub.consent.compelled.tables import OrderNoteRow, OrderRow
from hub.consent.orders import queries
from hub.consent.orders.order import (
    STEPS,
    Instrument,
    Means,
    NoteKind,
    Outcome,
    Side,
    State,
    Step,
    ground_of,
    refuse_second,
    refuse_to_ask,
)
from hub.core.errors import Changed, FormRefused, StepRefused
from hub.core.ids import CaseId, EnvelopeId, PersonId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import Category
from hub.desk import Desk, Notice
from hub.door import Ending, unshare
from hub.people.queries import at_work


@dataclass(frozen=True, slots=True)
class Served:
    """What was served: which instrument, by which court, what it says it wants."""

    instrument: Instrument
    court: str
    number: str
    wants: str


@dataclass(frozen=True, slots=True)
class Noted:
    """An attempt to tell the person, with means and outcome; or a note of counsel or objection."""

    kind: NoteKind
    at: datetime
    means: Means | None
    outcome: Outcome | None
    words: str


def receive(desk: Desk, case: CaseId, served: Served) -> str:
    """Write down what was served. Nothing is handed over by that.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    row = cases.case(desk, case)
    words = {"court": served.court, "number": served.number, "wants": served.wants}
    order = OrderRow(
        id=fresh(),
        case=row.id,
        agency=row.agency,
        instrument=served.instrument,
        state=State.RECEIVED,
        written_by=desk.sight.person,
        written_at=desk.at,
        words=seal_words(desk, row, words),
    )
    desk.db.add(order)
    desk.db.flush()
    desk.audit("order.received", case=case, record=order.id, kind=served.instrument.value)
    return order.id


def note(desk: Desk, row: OrderRow, noted: Noted) -> None:
    """Write down an attempt to tell the person, or what counsel says, or an objection.

    Raises:
        FormRefused: it is still to come.
    """
    if noted.at > desk.at:
        raise FormRefused({"noted_at": _("That is still to come. Give when it was.")})
    case = cases.case(desk, CaseId(row.case))
    desk.db.add(
        OrderNoteRow(
            id=fresh(),
            order=row.id,
            kind=noted.kind,
            at=noted.at,
            means=noted.means,
            outcome=noted.outcome,
            words=seal_words(desk, case, {"text": noted.words}) if noted.words else None,
            written_by=desk.sight.person,
            written_at=desk.at,
        )
    )
    desk.audit("order.noted", case=row.case, record=row.id, kind=noted.kind.value)


def keep_silence(desk: Desk, row: OrderRow, reason: str, version: int) -> None:
    """The order itself forbids telling the person: its words, written down once, before asking.

    Raises:
        StepRefused: a second person was asked by now.
        Changed: somebody else changed it since the page was opened, or it was written down before.
    """
    advance(STEPS, row.state, Step.ASK, Side.TEAM)
    if row.silence is not None:
        raise Changed
    case = cases.case(desk, CaseId(row.case))
    records.change(desk, row, version, {"silence": seal_words(desk, case, {"text": reason})})
    desk.audit("order.silence", case=row.case, record=row.id)


def ask(desk: Desk, row: OrderRow, told: Scope, why: str, version: int) -> None:
    """Choose entry by entry what the order compels, and ask for a second person.

    Raises:
        FormRefused: the scope cannot stand.
        StepRefused: a subpoena; nobody tried to tell the person; not open now.
        Changed: somebody else changed it since the page was opened.
    """
    refuse_to_ask(queries.as_order(desk, row))
    case = cases.case(desk, CaseId(row.case))
    found = scope.faults(desk, CaseId(case.id), told)
    if found:
        raise FormRefused(found)
    scope.keep(desk, row.id, CaseId(case.id), told.entries)
    kept: dict[str, Any] = {"asked_by": desk.sight.person, "asked_at": desk.at}
    kept |= {"to_agency": told.to_agency, "until": told.until, "approved_by": None}
    kept["asking"] = _asking(desk, row, told, why, case)
    _step(desk, row, _to(row, Step.ASK), version, kept)
    for person in _seconds(desk):
        if person != desk.sight.person:
            desk.notify(person, Notice(case.id, row.id))


def _asking(desk: Desk, row: OrderRow, told: Scope, why: str, case: CaseRow) -> str:
    """What the second person reads: a privacy officer reads this and nothing of the case."""
    served = words_of(desk, row, ["words"]).get("words", {})
    words = {"to": told.authority, "why": why, **served, **places.to_seal(told)}
    return seal_words(desk, case, words, *scope.privacy_officers(desk, case))


def _seconds(desk: Desk) -> list[PersonId]:
    return list(
        dict.fromkeys(
            person
            for role in sorted(queries.SECONDS)
            for person in at_work(desk.db, desk.sight.agency, role)
        )
    )


def approve(desk: Desk, order: str, version: int) -> None:
    """A second person agrees. Nothing is handed over by that either.

    Raises:
        NothingHere: none such waits for them.
        StepRefused: they asked for it themselves.
        Changed: somebody else answered at the same moment.
    """
    row, _case, _words = queries.asked(desk, order)
    refuse_second(queries.as_order(desk, row), desk.sight.person)
    kept = {"approved_by": desk.sight.person, "approved_at": desk.at}
    _step(desk, row, _to(row, Step.APPROVE, Side.SECOND), version, kept)
    _tell_case_manager(desk, row)


def send_back(desk: Desk, order: str, reason: str, version: int) -> None:
    """A second person does not agree, and says why.

    Raises:
        NothingHere, StepRefused, Changed: as `approve`; or there is no reason.
    """
    row, case, _words = queries.asked(desk, order)
    refuse_second(queries.as_order(desk, row), desk.sight.person)
    taken = _to(row, Step.SEND_BACK, Side.SECOND, reason)
    _step(desk, row, taken, version, {"sent_back": seal_words(desk, case, {"text": reason})})
    _tell_case_manager(desk, row)


def _tell_case_manager(desk: Desk, row: OrderRow) -> None:
    """Whoever asked may have handed the case over meanwhile, and have nothing to do with it now."""
    for person in cases.case_managers(desk.db, CaseId(row.case)):
        if person != desk.sight.person:
            desk.notify(person, Notice(row.case, row.id))


def hand_over(desk: Desk, row: OrderRow, haste: Haste | None, version: int) -> None:
    """Tell exactly what two people agreed on.

    What goes to an agency for the first time or says where somebody is waits a little first and can
    be called back; not with `haste`, which is written down.

    Raises:
        StepRefused: nobody else approved it, its day is over, or it says where somebody is and
            nobody wrote why.
        Changed: somebody else changed it since the page was opened.
        KeptAway: the person asked that they must never know.
    """
    taken = _to(row, Step.HAND_OVER)
    _refuse_bare_places(desk, row)
    _step(desk, row, taken, version, _told(desk, row, haste))
    desk.db.refresh(row)
    ground = ground_of(queries.as_order(desk, row))
    if ground is None:
        raise StepRefused(_("A step before this one is missing. Read the page again."))
    count = scope.tell(desk, ground)
    desk.audit("order.told", case=row.case, record=row.id, count=count)


def _refuse_bare_places(desk: Desk, row: OrderRow) -> None:
    """What was asked before reasons were asked for is asked again."""
    told = [each for each in scope.rows(desk, row.id) if each.category is Category.LOCATION]
    why = places.reasons(words_of(desk, row, ["asking"]).get("asking", {}))
    if any(not why.get(EnvelopeId(each.envelope)) for each in told):
        raise StepRefused(
            _("It says where somebody is, and nobody wrote why. Set it aside, and ask again.")
        )


def _told(desk: Desk, row: OrderRow, haste: Haste | None) -> dict[str, Any]:
    """By whom, from when it can be read, and why it did not wait.

    Raises:
        StepRefused: its last day is over by then.
    """
    at = waiting.opens_at(desk, row, haste) or desk.at
    if row.until is not None and row.until <= at:
        raise StepRefused(_("The last day is over. Set it aside, or ask again with another day."))
    told: dict[str, Any] = {"complied_by": desk.sight.person, "complied_at": at}
    if haste is not None and waiting.opens_at(desk, row, None) is not None:
        told["asking"] = waiting.with_haste(desk, row, row.asking, haste)
    return told


NOT_TOLD: Final = MappingProxyType({"complied_by": None, "complied_at": None})


def call_back(desk: Desk, row: OrderRow, version: int) -> None:
    """Take back what was handed over before anybody there can open it: it is approved again.

    Raises:
        StepRefused: it is not open now, or they can open it by now. Changed: as `_step`.
    """
    taken = _to(row, Step.CALL_BACK)
    waiting.call_back(desk, row)
    _step(desk, row, taken, version, dict(NOT_TOLD))


def acknowledge(desk: Desk, row: OrderRow, version: int) -> None:
    """Whoever was told has said that they have it.

    Raises:
        StepRefused: it is not open now, or they cannot open it yet. Changed: as `_step`.
    """
    waiting.refuse_early(desk, row)
    _step(desk, row, _to(row, Step.ACKNOWLEDGE), version, {"acknowledged_at": desk.at})


def set_aside(desk: Desk, row: OrderRow, reason: str, version: int) -> None:
    """The order does not stand any more: what was shared on it ends at once.

    What still waits is called back: nobody there could open it or hears of it.

    Raises:
        StepRefused: there is no reason, or it is over already. Changed: as `_step`.
    """
    taken = _to(row, Step.SET_ASIDE, reason=reason)
    words = seal_words(desk, cases.case(desk, CaseId(row.case)), {"text": reason})
    kept: dict[str, Any] = {"set_aside": words}
    if scope.waits(desk, row):
        waiting.call_back(desk, row)
        kept |= NOT_TOLD
    _step(desk, row, taken, version, kept)
    unshare(desk.db, desk.sight, Ending("set_aside", record=row.id))


Taken = tuple[Step, State]
"""A step and where it leads."""


def _to(row: OrderRow, step: Step, side: Side = Side.TEAM, reason: str = "") -> Taken:
    """The step, if this side can take it now.

    Raises:
        StepRefused: the table has no such arrow, or it needs a reason.
    """
    return step, advance(STEPS, row.state, step, side, reason)


def _step(desk: Desk, row: OrderRow, taken: Taken, version: int, kept: dict[str, Any]) -> None:
    """Take one step and keep what belongs to it.

    Raises:
        Changed: somebody else changed it since the page was opened.
    """
    step, state = taken
    records.change(desk, row, version, {"state": state, **kept})
    desk.audit("order.step", case=row.case, record=row.id, step=step.value, state=state.value)
