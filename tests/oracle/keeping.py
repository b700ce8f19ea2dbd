"""Who must never know, in a random story: kept out, stepped aside, let know again by two people."""

from hub.cases.keeping import actions, conflicts, letting_in
from hub.consent.terms import Mode
from hub.core.ids import CaseId
from hub.door.keeping_out import kept_out
from tests.oracle import oracle
from tests.oracle.chronicle import AGENCIES, Chronicle


def keep_somebody_out(tale: Chronicle) -> None:
    """A member of staff of any agency must never know of a case."""
    case = tale.any_of(tale.cases())
    worker = tale.worker(case)
    others = tale.people()
    name = tale.any_of((tale.any_of(others), tale.any_of(_involved(tale, case) or others)))
    offers = [fact for fact in tale.known("offered") if fact[1:] == (case, name)]
    with tale.desk(worker) as desk:
        actions.keep_person_out(desk, CaseId(tale.ids[case]), tale.named(name).id)
    for note, *_rest in offers:
        tale.tell("answered", note)
    _lines(tale, case, worker, name)


def keep_an_agency_out(tale: Chronicle) -> None:
    """Nobody at an agency must ever know of a case: what it was released is taken back."""
    case = tale.any_of(tale.cases())
    worker = tale.worker(case)
    name = tale.any_of([each for each in AGENCIES if each != tale.agency_of(worker)])
    with tale.desk(worker) as desk:
        agency = tale.named(name).id
        actions.keep_agency_out(desk, CaseId(tale.ids[case]), agency, Mode.PHONE)
    for release, which, paper in tale.known("released"):
        if which == case and paper.receiver == name and paper.end > tale.now:
            tale.tell("took_back", release)
    _lines(tale, case, worker, name)


def step_aside(tale: Chronicle) -> None:
    """Somebody of the care team knows the person a case is about, and is off it."""
    case = tale.any_of(tale.cases())
    worker = tale.worker(case)
    with tale.desk(worker) as desk:
        conflicts.take_me_off(desk, CaseId(tale.ids[case]))
    team = sorted(oracle.care_team(tale.facts, case, tale.now) - {worker})
    _lines(tale, case, team[0] if team else tale.lead(case), worker)


def _involved(tale: Chronicle, case: str) -> list[str]:
    """Who reads anything of a case now."""
    words = {word for word, which in tale.known("about") if which == case}
    return sorted({p for word in words for p in oracle.readers(tale.facts, word, tale.now)})


def _lines(tale: Chronicle, case: str, worker: str, name: str) -> None:
    """Write down whom the case's agency keeps out of it by now."""
    with tale.world.desk(tale.world.town.people[worker]) as desk:  # whoever it is, it is so
        sight, subject = desk.sight, tale.ids[case]
        for kept in kept_out(desk.db, sight, subject):
            if tale.named(name).id in (kept.whom.person, kept.whom.agency):
                tale.tell("kept_out", kept.id, case, name)


def let_somebody_know(tale: Chronicle) -> None:
    """Somebody who was kept out may know again, when one asks and another says yes."""
    lifted = {line for (line,) in tale.known("let_know")}
    lines = [fact for fact in tale.known("kept_out") if fact[0] not in lifted]
    line, case, name = tale.any_of(lines)
    worker, word = tale.worker(case), tale.word("reason")
    with tale.desk(worker) as desk:
        letting_in.ask_to_let_in(desk, CaseId(tale.ids[case]), line, word)
    tale.write(case, word)
    here = tale.agency_of(worker)
    bosses = oracle.those(tale.facts, here, "supervisor", tale.now)
    bosses |= oracle.those(tale.facts, here, "privacy_officer", tale.now)
    bosses -= {worker, name} | oracle.kept_out(tale.facts, word, tale.now)
    for boss in sorted(bosses):
        tale.tell("confided", word, boss)
    with tale.desk(tale.any_of(sorted(bosses))) as desk:
        letting_in.say_yes(desk, letting_in.one_to_answer(desk, line))
    tale.tell("let_know", line)
