"""What the tests of duties and orders begin with: a case, its entries, and the steps taken."""

from datetime import timedelta
from typing import Final

from hub.consent.compelled.scope import Scope
from hub.consent.duty import actions as duties
from hub.consent.duty import queries as duty_queries
from hub.consent.duty.actions import Choice, Talk, ToldFirst
from hub.consent.duty.report import Informed
from hub.consent.orders import actions as orders
from hub.consent.orders import queries as order_queries
from hub.consent.orders.actions import Noted, Served
from hub.consent.orders.order import Instrument, Means, NoteKind, Outcome
from hub.core.ids import AgencyId, CaseId, EnvelopeId
from tests.world import Agency, Person, World

LAW: Final = "Child Protection Act, section 7"
COURT: Final = "District court of Salt"
WHERE: Final = "the law names that house"


def scope_of(world: World, to: Agency | None, *entries: EnvelopeId, days: int = 30) -> Scope:
    """What is told: these entries, to an agency for so many days, or to a court outside."""
    until = world.now + timedelta(days=days) if to else None
    reasons = dict.fromkeys(entries, WHERE)  # for whichever of them say where somebody is
    return Scope(AgencyId(to.id) if to else None, "" if to else COURT, entries, until, reasons)


def considered(world: World, case: CaseId) -> str:
    """A duty that Rosa considers."""
    with world.desk(world.rosa) as desk:
        return duties.begin(desk, case, "the boy has bruises")


def informed(world: World, case: CaseId) -> str:
    """A duty that Rosa talked through with Miriam, and of which the person heard first."""
    duty = considered(world, case)
    with world.desk(world.rosa) as desk:
        row = duty_queries.one(desk, case, duty)
        duties.discuss(desk, row, Talk(world.miriam.id, desk.at, "we must"), 1)
    with world.desk(world.rosa) as desk:
        row = duty_queries.one(desk, case, duty)
        duties.inform(desk, row, ToldFirst(Informed.IN_PERSON, desk.at, "she wept"), 2)
    return duty


def chosen(world: World, case: CaseId, to: Agency | None, *entries: EnvelopeId) -> str:
    """A report for which Rosa has chosen what must be told."""
    duty = informed(world, case)
    with world.desk(world.rosa) as desk:
        row = duty_queries.one(desk, case, duty)
        told = Choice(scope_of(world, to, *entries), LAW, "they visit", "she knows")
        duties.choose(desk, row, told, 3)
    return duty


def made(world: World, case: CaseId, to: Agency | None, *entries: EnvelopeId) -> str:
    """A report that Rosa has made."""
    duty = chosen(world, case, to, *entries)
    with world.desk(world.rosa) as desk:
        duties.make(desk, duty_queries.one(desk, case, duty), None, 4)
    return duty


def served(world: World, case: CaseId, instrument: Instrument = Instrument.ORDER) -> str:
    """Something that a court served, written down by Rosa."""
    with world.desk(world.rosa) as desk:
        return orders.receive(desk, case, Served(instrument, COURT, "K 12/30", "the whole file"))


def tried(world: World, case: CaseId, order: str) -> None:
    """Rosa tried to tell the person, and did not reach her."""
    with world.desk(world.rosa) as desk:
        row = order_queries.one(desk, case, order)
        noted = Noted(NoteKind.NOTICE, desk.at, Means.PHONE, Outcome.NOT_REACHED, "no answer")
        orders.note(desk, row, noted)


def asked(world: World, case: CaseId, to: Agency | None, *entries: EnvelopeId) -> str:
    """An order for which Rosa asked a second person."""
    order = served(world, case)
    tried(world, case, order)
    with world.desk(world.rosa) as desk:
        row = order_queries.one(desk, case, order)
        orders.ask(desk, row, scope_of(world, to, *entries), "it names the hearing", row.version)
    return order


def approved(world: World, case: CaseId, to: Agency | None, *entries: EnvelopeId) -> str:
    """An order that Miriam approved as the second person."""
    order = asked(world, case, to, *entries)
    approve(world, world.miriam, order)
    return order


def approve(world: World, person: Person, order: str) -> None:
    """This person approves."""
    with world.desk(person) as desk:
        row, _case, _words = order_queries.asked(desk, order)
        orders.approve(desk, order, row.version)


def handed_over(world: World, case: CaseId, to: Agency | None, *entries: EnvelopeId) -> str:
    """An order that was handed over."""
    order = approved(world, case, to, *entries)
    with world.desk(world.rosa) as desk:
        row = order_queries.one(desk, case, order)
        orders.hand_over(desk, row, None, row.version)
    return order
