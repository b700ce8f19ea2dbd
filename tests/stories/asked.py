"""A story in which all is asked that consent, law and safety can ask: each form stands there."""

from hub.cases.emergency.actions import open_in_emergency
from hub.cases.keeping import actions as keeping
from hub.cases.keeping import conflicts, letting_in
from hub.cases.tables import CaseRow
from hub.consent import receipts
from hub.consent.paper import WALK
from hub.consent.receipts import Pins
from hub.core.ids import CaseId, PersonId
from hub.core.words import Category
from hub.door.keeping_out import kept_out
from tests import compelled
from tests.paper import PAPER, section_of
from tests.stories.told import Tale
from tests.survivor import told
from tests.world import World

WAITS_MINUTES = 10


def told_with_much_asked(world: World) -> Tale:
    """What waits, is kept out, is asked of a second person, or has just been taken back."""
    world.lets_wait(WAITS_MINUTES)
    tale = Tale(world)
    tale.opens_a_case()
    tale.writes("identity", name="Amal D.")
    tale.writes("need", text="A lawyer")
    case = CaseId(tale.case.split("/")[-1])
    _ways(tale)
    _releases(tale)
    _keeps_out(tale, case)
    _compelled(tale, case)
    _emergency(tale, case)
    with world.desk(world.rosa) as desk:
        receipts.give(desk, case, Pins("a", "b", desk.at.replace(month=3)))
    with world.desk(world.sofia) as desk:
        conflicts.declare(desk, "Vincent Marlowe")
    tale.beside.setdefault("rosa", []).append("/notes")
    return tale


def _ways(tale: Tale) -> None:
    """One safe way by which a call can be made now, one for which a message waits."""
    told = {"days": ["tue", "thu"], "who_may_answer": "only she", "may_say": "the dentist"}
    told |= {"confirmed_by": "She herself", "code_word": "marigold", "zone": "UTC"}
    rosa = tale.manager()
    for value, opens, closes in (
        ("555 0147 22", "11:00", "18:00"),
        ("555 0147 23", "08:00", "09:00"),
    ):
        rosa.open(f"{tale.case}/entries/new?category=contact")
        hours = {"opens": opens, "closes": closes}
        rosa.submit("/entries", method="call", value=value, **told, **hours)
        rosa.open(f"{tale.case}/reach")
        waiting = [form for form in rosa.forms if form.action.endswith("/messages")]
        rosa.try_submit_to(waiting[-1], {})


def _releases(tale: Tale) -> None:
    """One waits to be opened, one is taken back, one is half written and one only to be signed."""
    world = tale.world
    legal = tale.lists_a_service(world.oskar, "Legal advice", "legal-assistance")
    tale.signs_a_release(world.northside, ["referral"], ["identity", "contact", "need"])
    tale.refers_her(legal)
    tale.signs_a_release(world.eastway, ["conference"], ["need"])
    tale.calls_a_conference([world.amin])
    tale.puts_on_the_agenda("need")
    taken = tale.signs_a_release(world.eastway, ["coordination"], ["identity"])
    rosa = tale.manager()
    rosa.open(f"{taken}/withdraw")
    rosa.submit("/withdraw", releases=[taken.split("/")[-1]], how="phone")
    begun = _begun(tale)
    tale.beside["rosa"] = [taken, f"{_filled(tale, _begun(tale))}/sign", f"{begun}/who"]


def _begun(tale: Tale) -> str:
    """A release that is begun: its address."""
    rosa = tale.manager()
    rosa.open(f"{tale.case}/releases/new")
    answer = rosa.try_submit("/releases", language="en")
    return answer.headers["location"].rsplit("/", 1)[0]


def _filled(tale: Tale, draft: str) -> str:
    """The same, with every section filled in."""
    rosa, world = tale.manager(), tale.world
    purposes = {"purposes": ["coordination"], "categories": ["need"], "ends": "2030-02-01"}
    filled = {**PAPER, **purposes, "to_agency": world.eastway.id}
    for section in WALK[1:]:
        rosa.open(f"{draft}/{section}")
        rosa.try_submit(f"/{section}", go="on", **section_of(filled, section))
    return draft


def _keeps_out(tale: Tale, case: CaseId) -> None:
    world = tale.world
    for person in (world.joan, world.noor):
        with world.desk(world.rosa) as desk:
            keeping.keep_person_out(desk, case, PersonId(person.id))
    with world.desk(world.rosa) as desk:
        line = kept_out(desk.db, desk.sight, case)[0].id
        letting_in.ask_to_let_in(desk, case, line, "It was another Joan")
    own = [f"{tale.case}/never?agency={each.id}" for each in (world.eastway, world.harbour)]
    tale.beside["rosa"] += own
    tale.beside["miriam"] = [f"/lifts/{line}"]


def _compelled(tale: Tale, case: CaseId) -> None:
    """A duty and an order in every state that has a form of its own."""
    world = tale.world
    legal = told(world, world.rosa, case, Category.LEGAL, "a hearing")
    duties = [compelled.considered(world, case), compelled.informed(world, case)]
    duties.append(compelled.chosen(world, case, world.northside, legal))
    duties.append(compelled.made(world, case, None, legal))
    duties.append(compelled.made(world, case, world.eastway, legal))
    orders = [compelled.served(world, case), compelled.asked(world, case, None, legal)]
    orders.append(compelled.approved(world, case, None, legal))
    world.lets_wait(0)
    orders.append(compelled.handed_over(world, case, world.northside, legal))
    world.lets_wait(WAITS_MINUTES)
    orders.append(compelled.handed_over(world, case, world.eastway, legal))
    orders.append(compelled.handed_over(world, case, None, legal))
    tale.beside["rosa"] += [f"{tale.case}/duties/{each}" for each in duties]
    tale.beside["rosa"] += [f"{tale.case}/orders/{each}" for each in orders]
    tale.beside["rosa"] += [f"{tale.case}/duties/{duties[1]}/choose"]
    tale.beside["rosa"] += [f"{tale.case}/orders/{orders[0]}/scope"]


def _emergency(tale: Tale, case: CaseId) -> None:
    world = tale.world
    with world.desk(world.dora) as desk:
        code = desk.db.get_one(CaseRow, case).code
        access = open_in_emergency(desk, code, "She called and nobody else is here")
    tale.beside["dora"] = [f"/emergency/{access}"]
