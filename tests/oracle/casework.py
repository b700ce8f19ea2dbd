"""What happens to cases in a random story: opened, written in, released, handed over, kept from."""

from datetime import timedelta
from typing import Any

from hub.cases import handover
from hub.cases.actions import CaseOpening, open_case, replace_entry, write_entry
from hub.cases.emergency import actions as emergency
from hub.consent.actions import record_release
from hub.consent.terms import Given, Manner, Mode, ReleaseTerms, Said
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId, EnvelopeId, ReleaseId
from hub.core.words import Category, Purpose, Role, ServiceType
from hub.jobs import tick
from hub.people.actions import RoleChange, disable, give_roles
from hub.people.tables import PersonRow
from tests.oracle import oracle
from tests.oracle.chronicle import AGENCIES, Chronicle, body
from tests.oracle.papers import Paper

WRITTEN = (
    Category.IDENTITY,
    Category.NEED,
    Category.LOCATION,
    Category.SAFETY,
    Category.HEALTH,
    Category.CONTACT,
    Category.WORKINGS,
)
AGREED = (Category.NEED, Category.IDENTITY, Category.LOCATION, Category.HEALTH, Category.CONTACT)
WORKING = oracle.WITH_PEOPLE
BOTH = (Purpose.REFERRAL, Purpose.CONFERENCE)
PURPOSES = (BOTH, BOTH, BOTH[:1], BOTH[1:])
HOURS = (1, 5, 30, 100, 720, 720, 720)
ADMINISTRATORS = {"harbour": "petra", "northside": "oskar", "eastway": "vera"}
DUTIES = (
    {Role.INTAKE_WORKER},
    {Role.CASE_MANAGER},
    {Role.SUPERVISOR},
    {Role.CASE_MANAGER, Role.INTAKE_WORKER},
    {Role.COORDINATOR},
)


def open_a_case(tale: Chronicle) -> None:
    """Somebody opens a case and leads it."""
    managers = {p for a in AGENCIES for p in oracle.those(tale.facts, a, "case_manager", tale.now)}
    lead = tale.any_of(sorted(managers))
    case = f"case {len(tale.cases()) + 1}"
    with tale.desk(lead) as desk:
        tale.ids[f"code of {case}"] = f"WREN-{tale.made + 100}"
        tale.ids[case] = open_case(desk, CaseOpening(code=tale.ids[f"code of {case}"]))
    tale.tell("leads", case, tale.agency_of(lead), lead)
    tale.write(case, f"code of {case}")
    tale.door(f"/cases/{tale.ids[case]}", "team", f"code of {case}")
    for category in (Category.NEED, Category.LOCATION):
        _write(tale, case, category, lead)


def write_in_a_case(tale: Chronicle) -> None:
    """Somebody of the care team writes an entry."""
    case = tale.any_of(tale.cases())
    _write(tale, case, tale.any_of(WRITTEN), tale.worker(case))


def _write(tale: Chronicle, case: str, category: Category, person: str) -> None:
    word = tale.word("entry")
    with tale.desk(person) as desk:
        made = write_entry(desk, CaseId(tale.ids[case]), category, body(category, word))
    tale.ids[word] = made
    tale.write(case, word)
    tale.tell("entry", word, case, category)
    tale.pages[f"/cases/{tale.ids[case]}"].add(("entry", word))


def replace_an_entry(tale: Chronicle) -> None:
    """A newer entry takes the place of an older one, which is kept behind it."""
    old, case, category = tale.any_of(standing_entries(tale))
    word = tale.word("entry")
    with tale.desk(tale.worker(case)) as desk:
        about, replaced = CaseId(tale.ids[case]), EnvelopeId(tale.ids[old])
        tale.ids[word] = replace_entry(desk, about, replaced, body(category, word))
    tale.write(case, word)
    tale.tell("entry", word, case, category)
    tale.tell("replaced", old)
    page = f"/cases/{tale.ids[case]}"
    tale.pages[page].add(("entry", word))
    tale.pages[page].discard(("entry", old))


def standing_entries(tale: Chronicle) -> list[tuple[str, str, Category]]:
    """The entries that were not replaced."""
    gone = {word for (word,) in tale.known("replaced")}
    return [fact for fact in tale.known("entry") if fact[0] not in gone]


def sign_a_release(tale: Chronicle) -> None:
    """She lets one other agency know some things, for some purposes, for some time."""
    case = tale.any_of(tale.cases())
    worker = tale.worker(case)
    source = tale.agency_of(worker)
    receiver = tale.any_of([each for each in AGENCIES[:3] if each != source])
    purposes = frozenset(tale.any_of(PURPOSES))
    categories = frozenset({Category.NEED, *tale.some_of(AGREED)})
    starts = tale.now + tale.any_of((timedelta(0), timedelta(0), timedelta(hours=2)))
    ends = starts + timedelta(hours=tale.any_of(HOURS), seconds=tale.made)
    told = tale.word("evidence")
    given = Given(Manner.SIGNATURE, frozenset(Said), not_the_abuser=True, limits=told)
    kinds = frozenset({ServiceType.LEGAL_ASSISTANCE}) if Purpose.REFERRAL in purposes else ()
    to = tale.named(receiver).id
    terms = ReleaseTerms(to, purposes, frozenset(kinds), categories, starts, ends, given)
    with tale.desk(worker) as desk:
        release = record_release(desk, CaseId(tale.ids[case]), terms)
    words = frozenset(each.value for each in purposes), frozenset(each.value for each in categories)
    tale.tell("released", release, case, Paper(source, receiver, *words, starts, ends, True))
    tale.write(case, told)
    tale.door(f"/releases/{release}", "team", told)
    tale.pages[f"/releases/{release}"].add(("evidence", told))


def take_a_release_back(tale: Chronicle) -> None:
    """She takes a release back; nothing may stand in the way of that."""
    release, case, _paper = tale.any_of(tale.known("released"))
    before = {name for (name,) in tale.known("took_back")} | {
        name for name, _case, paper in tale.known("released") if paper.end <= tale.now
    }
    word = tale.word("evidence")
    worker = tale.worker(case)
    person = tale.world.town.people[worker]
    with tale.world.desk(person) as desk:  # not `tale.desk`: a refusal here is a fault
        withdraw(desk, [ReleaseId(release)], Withdrawal(Mode.PHONE, word))
    if release not in before:
        tale.write(case, word)
        tale.tell("took_back", release)
        tale.pages[f"/releases/{release}"].add(("evidence", word))


def offer_a_case(tale: Chronicle) -> None:
    """A case is offered to a colleague, who may take it over, say no, or be spared the answer."""
    case = tale.any_of(tale.cases())
    worker = tale.worker(case)
    place, takers = tale.agency_of(worker), ("case_manager", "supervisor")
    able = {p for role in takers for p in oracle.those(tale.facts, place, role, tale.now)}
    colleagues = sorted(able - {tale.lead(case)})
    colleague, note = tale.any_of(colleagues), tale.word("offer")
    about = CaseId(tale.ids[case])
    with tale.desk(worker) as desk:
        offering = handover.Offering(tale.named(colleague).id, note)
        offer = handover.offer_case(desk, about, offering)
    tale.write(case, note)
    tale.tell("offered", note, case, colleague)
    tale.facts["asking"].add((tale.now, offer, note, case, colleague))
    tale.door(f"/offers/{offer}", "asked", note)
    tale.pages[f"/offers/{offer}"].add(("offer", note))


def answer_an_offer(tale: Chronicle) -> None:
    """The colleague takes it over, or says no, or the offer is taken back."""
    answered = {note for (note,) in tale.known("answered")}
    waiting = [fact for fact in tale.known("asking") if fact[1] not in answered]
    offer, note, case, colleague = tale.any_of(waiting)
    how, word = tale.any_of((0, 1, 1, 1, 2)), tale.word("refusal")
    if how == 0:
        with tale.desk(tale.worker(case)) as desk:
            handover.take_back_offer(desk, CaseId(tale.ids[case]))
    else:
        with tale.desk(colleague) as desk:
            if how == 1:
                handover.accept_case(desk, offer)
            else:
                handover.decline_case(desk, offer, word)
    tale.tell("answered", note)
    if how == 1:
        tale.tell("leads", case, tale.agency_of(colleague), colleague)
    if how == 2:
        tale.write(case, word)


def rush_in(tale: Chronicle) -> None:
    """Somebody of the owning agency opens a case in an emergency, and perhaps closes it early."""
    case, reason = tale.any_of(tale.cases()), tale.word("emergency")
    place = tale.agency_of(tale.lead(case))
    told = oracle.duties(tale.facts, tale.now)
    working = sorted(who for who, (_at, roles) in told.items() if roles & WORKING)
    person = tale.any_of([each for each in working if tale.agency_of(each) == place])
    with tale.desk(person) as desk:
        access = emergency.open_in_emergency(desk, tale.ids[f"code of {case}"], reason)
    if access not in tale.ids:
        tale.ids[access] = case
        tale.write(case, reason)
        tale.tell("rushed", case, person)
    if tale.random.random() < 0.3:
        tale.world.move(timedelta(minutes=1))
        with tale.desk(person) as desk:
            emergency.close_early(desk, access)
        tale.tell("calmed", case, person)


def change_somebodys_work(tale: Chronicle) -> None:
    """Somebody does something else from now on, or leaves."""
    person = tale.any_of([each for each in tale.people() if tale.agency_of(each) in ADMINISTRATORS])
    agency = tale.agency_of(person)
    boss = ADMINISTRATORS[agency]
    if person == boss:
        return
    roles = frozenset(tale.any_of(DUTIES))
    leaves = tale.random.random() < 0.2
    with tale.desk(boss) as desk:
        version: Any = desk.db.get_one(PersonRow, tale.named(person).id).version
        if leaves:
            disable(desk, tale.named(person).id, version)
        else:
            give_roles(desk, RoleChange(tale.named(person).id, roles, version))
    told = frozenset() if leaves else frozenset(role.value for role in roles)
    tale.tell("roles", person, agency, told)


def let_time_pass(tale: Chronicle) -> None:
    """Hours or days pass; the night's work is done, or is not."""
    tale.world.move(timedelta(hours=tale.any_of(HOURS[:4])))
    if tale.random.random() < 0.5:
        tick(tale.world.hub)
