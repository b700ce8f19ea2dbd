"""What happens to referrals in a random story, on both sides."""

from datetime import timedelta
from typing import Any

from hub.consent.brake import Haste
from hub.core.ids import CaseId, ReleaseId, ServiceId
from hub.core.words import Category, Hurry, Priority, ServiceType
from pathways.referrals import answering, drafts, queries, recalling, sending
from pathways.referrals.answering import Meeting, party_to_act
from pathways.referrals.drafts import Draft, Reminder
from pathways.referrals.moving import Move
from pathways.referrals.packet import Ask
from pathways.referrals.reasons import Reason, ReminderMode
from pathways.referrals.referral import Step
from tests.oracle import oracle
from tests.oracle.chronicle import Chronicle, Refused


def refer(tale: Chronicle) -> None:
    """A referral is drafted, she is reminded, and it is sent."""
    signed = [fact for fact in tale.known("released") if "referral" in fact[2].purposes]
    release, case, paper = tale.any_of(signed)
    worker, ask, reminder = tale.worker(case), tale.word("ask"), tale.word("reminder")
    why = tale.word("why")
    service = ServiceId(tale.ids[f"service of {paper.receiver}"])
    with tale.desk(worker) as desk:
        opening = drafts.opening(desk, CaseId(tale.ids[case]), service)
        found = [each for each in opening.offers if each.release.id == release]
        offer = tale.any_of(found)
        ticked = tale.some_of([entry.envelope for entry in offer.entries])
        places = tale.some_of([entry.envelope for entry in offer.places])
        draft = Draft(
            ServiceType.LEGAL_ASSISTANCE,
            ReleaseId(release),
            tale.any_of(list(Priority)),
            Ask(ask, desk.at.date(), ""),
            tuple(ticked),
            tuple(places),
            why if places else "",
        )
        ref = drafts.start(desk, opening, draft)
    tale.write(case, ask, *([why] if places else ()))
    tale.door(f"/referrals/{ref}", "sender", ask)
    _remind(tale, (case, ref, worker), reminder)
    if tale.random.random() < 0.9:
        _send(tale, (ref, worker), (case, release, paper.receiver), [*ticked, *places, ask])


def _remind(tale: Chronicle, draft: tuple[str, str, str], reminder: str) -> None:
    case, ref, worker = draft
    with tale.desk(worker, version="1") as desk:
        said = Reminder(desk.at, ReminderMode.PHONE, reminder)
        drafts.remind(desk, queries.draft(desk, ref), said)
    tale.write(case, reminder)


def _send(
    tale: Chronicle, draft: tuple[str, str], way: tuple[str, str, str], going: list[Any]
) -> None:
    (ref, worker), (case, release, receiver) = draft, way
    hurry = tale.word("hurry") if tale.random.random() < 0.5 else ""
    words = {made: word for word, made in tale.ids.items()}
    kinds = {word: kind for word, _case, kind in tale.known("entry")}
    place = any(kinds.get(words.get(each, "")) is Category.LOCATION for each in going)
    waits = place or not oracle.told_before(tale.facts, case, receiver, tale.now)
    with tale.desk(worker, version="2") as desk:
        haste = Haste(Hurry.DANGER, hurry) if hurry else None
        sending.send(desk, queries.draft(desk, ref), haste)
        row = queries.referral(desk, ref).row
        theirs, number = row.receiver_ref, row.number
    if hurry:
        tale.write(case, hurry)
    opens = tale.now + (oracle.FIRST_WAITS if waits and not hurry else timedelta(0))
    tale.tell("sent", ref, release, receiver, opens)
    tale.door(f"/referrals/{theirs}", "receiver", str(going[-1]))
    for each in going:
        word = words.get(each, each)
        tale.tell("went", word, ref)
        tale.pages[f"/referrals/{theirs}"].add(("packet", word))
        tale.pages[f"/referrals/{ref}"].add(("packet", word))
    tale.ids[ref] = theirs
    tale.ids[f"number of {ref}"] = number


def call_back(tale: Chronicle) -> None:
    """A referral that still waits is called back: they never know that it was on its way."""
    waiting = [fact for fact in tale.known("sent") if fact[3] > tale.now]
    ref, release, *_ = tale.any_of(waiting)
    case = next(fact[1] for fact in tale.known("released") if fact[0] == release)
    with tale.desk(tale.worker(case)) as desk:
        party = queries.referral(desk, ref)
        recalling.recall(desk, party, party.row.version)
    tale.tell("ended", ref)
    tale.pages[f"/referrals/{ref}"].clear()


def _sent(tale: Chronicle) -> tuple[str, str, str, Any]:
    return tale.any_of(tale.known("sent"))


def _those_there(tale: Chronicle, ref: str) -> list[str]:
    """Who at the receiver can see it now."""
    asked = next(t for t, r in tale.known("went") if r == ref and t.startswith("ask"))
    receiver = next(fact[2] for fact in tale.known("sent") if fact[0] == ref)
    seen = oracle.a_release(tale.facts, asked, tale.now) & oracle.readers(
        tale.facts, asked, tale.now
    )
    return sorted(person for person in seen if tale.agency_of(person) == receiver)


def _step(tale: Chronicle, person: str, ref: str, made: tuple[Step, Reason | None]) -> str:
    """Somebody takes a step and says something with it: the word they said."""
    word = tale.word("said")
    step, reason = made
    with tale.desk(person) as desk:
        party = party_to_act(desk, ref)
        category = Category.NEED if step is Step.ANSWER else Category.PLAN
        move = Move(step, party.row.version, reason, word, category)
        if step is Step.ACCEPT:
            answering.accept(desk, party, move)
        else:
            answering.take(desk, party, move)
    return word


ANSWERS: tuple[tuple[Step, Reason | None], ...] = (
    (Step.ACKNOWLEDGE, None),
    (Step.ASK, None),
    (Step.ASK, None),
    (Step.WAITLIST, None),
    (Step.START, None),
    (Step.DECLINE, Reason.NO_CAPACITY),
)


def answer_a_referral(tale: Chronicle) -> None:
    """Somebody at the receiver takes a step with it."""
    ref, *_ = _sent(tale)
    person, made = tale.any_of(_those_there(tale, ref)), tale.any_of(ANSWERS)
    word = _step(tale, person, tale.ids[ref], made)
    _replied(tale, word, ref)
    if made[0] is Step.DECLINE:
        tale.tell("ended", ref)


def _replied(tale: Chronicle, word: str, ref: str) -> None:
    tale.tell("replied", word, ref)
    _about(tale, word, ref)
    tale.pages[f"/referrals/{ref}"].add(("said", word))
    tale.pages[f"/referrals/{tale.ids[ref]}"].add(("said", word))


def _about(tale: Chronicle, word: str, ref: str) -> None:
    release = next(fact[1] for fact in tale.known("sent") if fact[0] == ref)
    case = next(fact[1] for fact in tale.known("released") if fact[0] == release)
    tale.tell("about", word, case)


def take_a_referral_on(tale: Chronicle) -> None:
    """Somebody at the desk takes it on; from then on it is a matter of few."""
    ref, *_ = _sent(tale)
    person = tale.any_of(_those_there(tale, ref))
    word = _step(tale, person, tale.ids[ref], (Step.ACCEPT, None))
    tale.tell("took_on", ref, person)
    _replied(tale, word, ref)


def note_something(tale: Chronicle) -> None:
    """A note of the receiver's own."""
    ref, *_ = _sent(tale)
    person, word = tale.any_of(_those_there(tale, ref)), tale.word("note")
    with tale.desk(person) as desk:
        answering.write_note(desk, party_to_act(desk, tale.ids[ref]), word)
    tale.tell("noted", word, ref)
    _about(tale, word, ref)
    tale.pages[f"/referrals/{tale.ids[ref]}"].add(("note", word))


def give_an_appointment(tale: Chronicle) -> None:
    """When and where she is expected."""
    ref, *_ = _sent(tale)
    person, word = tale.any_of(_those_there(tale, ref)), tale.word("where")
    with tale.desk(person) as desk:
        party = party_to_act(desk, tale.ids[ref])
        meeting = Meeting(tale.now + timedelta(days=2), word)
        answering.appoint(desk, party, Move(Step.APPOINT, party.row.version), meeting)
    _replied(tale, word, ref)
    for page in (ref, tale.ids[ref]):  # the newest appointment alone is shown
        older = {mark for mark in tale.pages[f"/referrals/{page}"] if mark[0] == "where"}
        tale.pages[f"/referrals/{page}"] -= {*older, ("said", word)}
        tale.pages[f"/referrals/{page}"].add(("where", word))


def go_on_with_a_referral(tale: Chronicle) -> None:
    """The sender answers a question, or takes the referral back."""
    ref, release, *_ = _sent(tale)
    case = next(fact[1] for fact in tale.known("released") if fact[0] == release)
    made = tale.any_of(
        ((Step.ANSWER, None), (Step.ANSWER, None), (Step.WITHDRAW, Reason.CHANGED_MIND))
    )
    word = _step(tale, tale.worker(case), ref, made)
    tale.write(case, word)
    tale.pages[f"/referrals/{ref}"].add(("said", word))
    if made[0] is Step.ANSWER:
        tale.tell("went", word, ref)
        tale.pages[f"/referrals/{tale.ids[ref]}"].add(("said", word))
    else:
        tale.tell("ended", ref)


def an_outsider_tries(tale: Chronicle) -> None:
    """Somebody who may not see a referral tries to take a step with it: nothing happens, ever."""
    ref, *_ = _sent(tale)
    asked = next(t for t, r in tale.known("went") if r == ref and t.startswith("ask"))
    allowed = oracle.readers(tale.facts, asked, tale.now)
    person = tale.any_of([each for each in tale.people() if each not in allowed])
    for address in (ref, tale.ids[ref]):
        try:
            _step(tale, person, address, tale.any_of(ANSWERS))
        except Refused:
            continue
        raise AssertionError(f"{person} took a step with what they may not see")
