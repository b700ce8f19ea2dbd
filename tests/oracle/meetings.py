"""What happens at conferences in a random story: who is asked, what is put on, who is let hear."""

from datetime import timedelta
from typing import Any

from conferencing import actions, item, item_actions, queries
from conferencing.conference import Kind, Reason, State, Step
from conferencing.item_actions import Giving, Proposal, Resolution
from conferencing.queries import Place
from hub.consent.brake import Haste
from hub.core.ids import CaseId
from hub.core.words import Category, Hurry
from hub.desk import Desk
from pathways.referrals.drafts import Reminder
from pathways.referrals.reasons import ReminderMode
from tests.oracle import oracle
from tests.oracle.chronicle import Chronicle
from tests.oracle.papers import Hearer, hears

CHAIRS = ("rosa", "noor", "sofia", "ines")
ABOUT = (Category.NEED, Category.HEALTH, Category.LOCATION)
WITH_PEOPLE = oracle.WITH_PEOPLE


def call_a_meeting(tale: Chronicle) -> None:
    """Somebody prepares a meeting, invites some, and usually calls it."""
    leads = [tale.lead(case) for case in tale.cases()]
    chair, where = tale.any_of([*leads, *leads, *CHAIRS]), tale.word("room")
    guests = {*tale.some_of(askable(tale), least=4), *tale.some_of(leads)} - {chair}
    meeting = f"meeting {tale.made}"
    arranged = actions.Arrangements(tale.now + timedelta(days=2), 60, where)
    with tale.desk(chair) as desk:
        seat = actions.prepare(desk, Kind.CASE_CONFERENCE, Reason.COMPLEX, arranged)
        place = queries.my_place(desk, seat)
        actions.invite(desk, place, [tale.named(each).id for each in sorted(guests)])
        tale.ids[meeting] = place.meeting.id
    tale.ids[f"chair of {meeting}"] = chair
    tale.tell("placed", where, meeting)
    tale.tell("seated", meeting, chair)
    tale.facts["asked"] |= {(tale.now, meeting, each) for each in (chair, *guests)}
    if tale.random.random() < 0.9:
        _move(tale, meeting, Step.CALL)
        for guest in sorted(guests):
            tale.tell("seated", meeting, guest)


def askable(tale: Chronicle) -> list[str]:
    """Who has a role that sits at a table."""
    told = oracle.duties(tale.facts, tale.now).items()
    return sorted(who for who, (_at, roles) in told if roles & (WITH_PEOPLE | {"coordinator"}))


def _move(tale: Chronicle, meeting: str, step: Step) -> None:
    chair = tale.ids[f"chair of {meeting}"]
    with tale.desk(chair) as desk:
        place = place_of(tale, desk, meeting, chair)
        actions.take_step(desk, place, step, place.meeting.version)


def place_of(tale: Chronicle, desk: Desk, meeting: str, person: str) -> Place:
    """Somebody's place at a meeting; refused when they have none."""
    found = queries.seats(desk.db, tale.ids[meeting])
    seats = [seat.id for seat in found if seat.person == tale.named(person).id]
    return queries.my_place(desk, tale.any_of(seats))


def _meeting(tale: Chronicle) -> str:
    return str(tale.any_of(sorted({meeting for meeting, _p in tale.known("seated")})))


def move_a_meeting_on(tale: Chronicle) -> None:
    """The chair moves it along."""
    _move(tale, _meeting(tale), tale.any_of([Step.LOCK, Step.UNLOCK, Step.BEGIN, Step.END]))


def invite_one_more(tale: Chronicle) -> None:
    """Somebody who was never asked before is asked now."""
    meeting = _meeting(tale)
    chair = tale.ids[f"chair of {meeting}"]
    asked = {person for which, person in tale.known("asked") if which == meeting}
    guest = tale.any_of([each for each in askable(tale) if each not in asked])
    with tale.desk(chair) as desk:
        place = place_of(tale, desk, meeting, chair)
        actions.invite(desk, place, [tale.named(guest).id])
        called = place.meeting.state is not State.DRAFT
    tale.tell("asked", meeting, guest)
    if called:
        tale.tell("seated", meeting, guest)


def excuse_somebody(tale: Chronicle) -> None:
    """Somebody's seat is taken away, with all they could read through it."""
    meeting = _meeting(tale)
    chair = tale.ids[f"chair of {meeting}"]
    guest = tale.any_of([p for which, p in tale.known("seated") if which == meeting])
    with tale.desk(chair) as desk:
        actions.excuse(desk, place_of(tale, desk, meeting, chair), tale.named(guest).id)
    tale.tell("unseated", meeting, guest)


def _speakers(tale: Chronicle) -> list[tuple[str, str, str]]:
    """Who sits at which meeting and could speak there about which case."""
    return [
        (meeting, case, person)
        for case in tale.cases()
        for person in sorted(oracle.readers(tale.facts, f"code of {case}", tale.now))
        for meeting, who in tale.known("asked")
        if who == person
    ]


def propose_an_item(tale: Chronicle) -> None:
    """Somebody of a care team who is at the table writes an item, and perhaps puts it on."""
    meeting, case, worker = tale.any_of(_speakers(tale))
    word, category = tale.word("item"), tale.any_of(ABOUT)
    with tale.desk(worker) as desk:
        place = place_of(tale, desk, meeting, worker)
        me = tale.named(worker).id
        proposal = Proposal(CaseId(tale.ids[case]), category, me, 10, word, "What do we do?")
        made = item_actions.propose(desk, place, proposal)
    tale.ids[word] = made
    tale.write(case, word)
    tale.tell("item", word, meeting, case, category.value)
    if tale.random.random() < 0.8:
        _admit(tale, meeting, word, worker)


def put_an_item_on(tale: Chronicle) -> None:
    """An item that waits is put on the agenda."""
    word, meeting, case, _category = tale.any_of(tale.known("item"))
    _admit(tale, meeting, word, tale.worker(case))


def _admit(tale: Chronicle, meeting: str, word: str, worker: str) -> None:
    _give(tale, meeting, word, worker)
    tale.tell("on", word)


def _give(tale: Chronicle, meeting: str, word: str, worker: str, *, more: bool = False) -> None:
    """She is reminded, and the item goes to those who may hear it, at once or after the wait."""
    reminder, why, hasty = tale.word("reminder"), tale.word("why"), tale.random.random() < 0.4
    haste = Haste(Hurry.MET_NOW, tale.word("hurry")) if hasty else None
    with tale.desk(worker) as desk:
        place = place_of(tale, desk, meeting, worker)
        row = queries.own_item(desk, place, tale.ids[word])
        said = Reminder(desk.at, ReminderMode.PHONE, reminder)
        giving = Giving(row.version, said, why, haste)
        (item_actions.let_in if more else item_actions.admit)(desk, place, row, giving)
    case = next(fact[2] for fact in tale.known("item") if fact[0] == word)
    tale.write(case, reminder, why, *([haste.words] if haste else ()))
    give(tale, word, hasty)


def let_more_people_hear(tale: Chronicle) -> None:
    """An item on the agenda is given to those who may hear it by now."""
    word, meeting, case, _category = tale.any_of(tale.known("item"))
    _give(tale, meeting, word, tale.worker(case), more=True)


def take_an_item_off(tale: Chronicle) -> None:
    """An item is taken back."""
    word, meeting, case, _category = tale.any_of(tale.known("item"))
    worker = tale.worker(case)
    with tale.desk(worker) as desk:
        place = place_of(tale, desk, meeting, worker)
        row = queries.own_item(desk, place, tale.ids[word])
        item_actions.take_item_step(desk, place, row, item.Step.WITHDRAW, row.version)
    tale.tell("taken_off", word)


def decide_something(tale: Chronicle) -> None:
    """What was agreed about an item, for those who can read the item."""
    about, meeting, case, category = tale.any_of(tale.known("item"))
    worker, word = tale.worker(case), tale.word("decision")
    with tale.desk(worker) as desk:
        place = place_of(tale, desk, meeting, worker)
        row = queries.own_item(desk, place, tale.ids[about])
        due = tale.now + timedelta(days=3)
        decided = Resolution(word, tale.named(worker).id, due)
        item_actions.record_decision(desk, place, row, decided)
    tale.write(case, word)
    tale.tell("decision", word, about, category)
    for person, release, opens in _promised(tale, about):
        tale.tell("let_hear", word, meeting, person, release, max(opens, tale.now))


# -- who is given what: the same, from the papers alone -------------------------------------------


def give(tale: Chronicle, thing: str, hasty: bool) -> None:
    """One item, with what was decided about it, goes to those at the table it was released to."""
    word, meeting, case, category = next(f for f in tale.known("item") if f[0] == thing)
    said = [each for each, about, _c in tale.known("decision") if about == word]
    given = {
        (each, person, release)
        for each in (word, *said)
        for person in _at_table(tale, meeting)
        if (release := _lets(tale, (each, person), (case, category))) is not None
    }
    places = {tale.agency_of(person) for _each, person, _release in given}
    waits = category == "location" or any(
        not oracle.told_before(tale.facts, case, place, tale.now) for place in places
    )
    opens = tale.now + (oracle.FIRST_WAITS if waits and not hasty else timedelta(0))
    for each, person, release in given:
        tale.tell("let_hear", each, meeting, person, release, opens)


def _at_table(tale: Chronicle, meeting: str) -> set[str]:
    gone = {person for which, person in tale.known("unseated") if which == meeting}
    return {person for which, person in tale.known("asked") if which == meeting} - gone


def _lets(tale: Chronicle, what: tuple[str, str], about: tuple[str, str]) -> str | None:
    """The release on which somebody is given a thing now; None where they are not."""
    (thing, person), (case, category) = what, about
    taken = {name for (name,) in tale.known("took_back")}
    lets = {
        release: paper
        for release, which, paper in tale.known("released")
        if which == case and release not in taken
    }
    agency, roles = oracle.duties(tale.facts, tale.now)[person]
    team = person in oracle.care_team(tale.facts, case, tale.now)
    away = person in oracle.kept_out(tale.facts, thing, tale.now)
    hearer = Hearer(agency, bool(roles & WITH_PEOPLE), team, away)
    owner = next(where for which, where, _lead in tale.known("leads") if which == case)
    found = {
        (until, release)
        for release, paper in lets.items()
        if (until := hears(hearer, (owner, category), [paper], tale.now)) is not None
    }
    held = [lets[r].end for p, r, _opens in _promised(tale, thing) if p == person and r in lets]
    best = max(found, default=None)
    return best[1] if best is not None and best[0] > max(held, default=tale.now) else None


def _promised(tale: Chronicle, thing: str) -> set[tuple[str, str, Any]]:
    """Who reads a thing at a table now or when its wait is over, on which release, from when on."""
    return {
        (person, release, opens)
        for what, meeting, person, release, opens in tale.known("let_hear")
        if what == thing
        and oracle.still_hears(tale.facts, (what, meeting, person, release), tale.now)
    }
