"""What happens when a case goes from one case manager to another."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.cases import queries
from hub.cases.tenure import unbroken
from hub.core.ids import CaseId, EnvelopeId, PersonId
from hub.core.words import Category, Role
from hub.door import open_entries
from hub.store.outbox import OutboxRow
from tests.looks import stored, whole
from tests.referring import Story, begin
from tests.staffing import becomes
from tests.survivor import offer_to, opened, told
from tests.world import Person, World


def offered(world: World, case: CaseId, to: Person, note: str = "") -> str:
    """The address of an offer that Rosa has made."""
    browser = world.browser(world.rosa)
    browser.open(f"/cases/{case}/hand-over")
    assert "Before you offer" in browser.text
    assert "Before you offer" not in browser.submit("/hand-over", to=to.id, note=note)
    return offer_to(world, to)


def primary(world: World, case: CaseId) -> PersonId:
    with world.hub.unit_of_work() as db:
        return queries.primary(db, case)


def test_whoever_accepts_is_primary_at_once_and_the_other_sees_nothing(world: World) -> None:
    case = opened(world, world.rosa)
    told(world, world.rosa, case, Category.NEED, "a lawyer")
    offer = offered(world, case, world.joan)
    assert primary(world, case) == world.rosa.id
    world.move(timedelta(minutes=5))
    joan, rosa = world.browser(world.joan), world.browser(world.rosa)
    joan.open(offer)
    assert "a lawyer" in joan.submit("/accept")
    assert primary(world, case) == world.joan.id
    assert whole(rosa.get(f"/cases/{case}")) == whole(rosa.get("/nowhere/at/all"))
    assert "KESTREL-27" not in rosa.open("/cases")
    with world.desk(world.miriam) as desk:
        history = queries.tenures(desk, case)
    assert unbroken(history)
    assert [each.person for each in history] == [world.rosa.id, world.joan.id]


def test_before_accepting_they_read_the_note_and_nothing_else(world: World) -> None:
    case = opened(world, world.rosa)
    told(world, world.rosa, case, Category.NEED, "a lawyer")
    offer = offered(world, case, world.joan, "on leave from Monday")
    joan = world.browser(world.joan)
    page = joan.open(offer)
    assert "on leave from Monday" in page
    assert "a lawyer" not in page
    assert joan.get(f"/cases/{case}").status_code == 404
    assert "offered to you" in joan.open("/")
    assert whole(world.browser(world.noor).get(offer)) == whole(
        world.browser(world.noor).get("/nowhere/at/all")
    )


def test_the_message_to_the_colleague_says_nothing_of_the_case(world: World) -> None:
    offered(world, opened(world, world.rosa), world.joan)
    with world.hub.unit_of_work() as db:
        [row] = db.execute(select(OutboxRow)).scalars()
    assert (row.person, row.letter) == (world.joan.id, "waiting")


def test_a_no_needs_a_reason_and_leaves_everything_as_it_was(world: World) -> None:
    case = opened(world, world.rosa)
    offer = offered(world, case, world.joan, "on leave from Monday")
    joan = world.browser(world.joan)
    joan.open(offer)
    assert joan.try_submit("/decline").status_code == 422
    joan.open(offer)
    joan.submit("/decline", reason="I know her brother")
    assert primary(world, case) == world.rosa.id
    assert joan.get(offer).status_code == 404
    page = world.browser(world.rosa).open(f"/cases/{case}/hand-over")
    assert "I know her brother" in page
    assert "Declined" in page


def note_of(world: World, person: Person) -> EnvelopeId:
    with world.desk(person) as desk:
        return EnvelopeId(queries.offers_to_me(desk)[0][0].note or "")


@pytest.mark.parametrize("answer", ["/decline", "/back"])
def test_the_note_is_shut_to_whoever_did_not_take_the_case(world: World, answer: str) -> None:
    case = opened(world, world.rosa)
    offer = offered(world, case, world.joan, "on leave from Monday")
    note = note_of(world, world.joan)
    address = offer if answer == "/decline" else f"/cases/{case}/hand-over"
    browser = world.browser(world.joan if answer == "/decline" else world.rosa)
    with world.desk(world.joan) as desk:
        assert open_entries(desk.db, desk.sight, [note])
    browser.open(address)
    browser.submit(answer, **({"reason": "Too many cases"} if answer == "/decline" else {}))
    for person, opens in ((world.joan, False), (world.rosa, True)):
        with world.desk(person) as desk:
            assert bool(open_entries(desk.db, desk.sight, [note])) is opens


def test_an_offer_taken_back_can_no_longer_be_accepted(world: World) -> None:
    case = opened(world, world.rosa)
    offer = offered(world, case, world.joan)
    joan, rosa = world.browser(world.joan), world.browser(world.rosa)
    joan.open(offer)
    rosa.open(f"/cases/{case}/hand-over")
    rosa.submit("/back")
    world.move(timedelta(minutes=1))
    assert joan.try_submit("/accept").status_code == 404
    assert primary(world, case) == world.rosa.id
    assert whole(rosa.post(f"/cases/{case}/hand-over/back"))[0] == 404


def test_a_case_is_offered_to_one_colleague_at_a_time(world: World) -> None:
    case = opened(world, world.rosa)
    offered(world, case, world.joan)
    rosa = world.browser(world.rosa)
    assert rosa.post(f"/cases/{case}/hand-over", to=world.miriam.id).status_code == 409
    assert "Waiting for an answer" in rosa.open(f"/cases/{case}/hand-over")


@pytest.mark.parametrize("who", ["rosa", "dora", "petra", "noor"])
def test_only_case_managers_of_the_agency_can_be_asked(world: World, who: str) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    before = stored(world)
    answer = rosa.post(f"/cases/{case}/hand-over", to=getattr(world, who).id)
    assert answer.status_code == 422
    assert "Choose a colleague from the list." in answer.text
    assert stored(world) == before


def test_a_case_cannot_change_hands_in_the_instant_it_was_opened(world: World) -> None:
    case = opened(world, world.rosa)
    offer = offered(world, case, world.joan)
    joan = world.browser(world.joan)
    joan.open(offer)
    answer = joan.try_submit("/accept")
    assert answer.status_code == 409
    assert "Try again." in answer.text
    assert primary(world, case) == world.rosa.id


def test_closing_a_case_takes_its_offer_back(world: World) -> None:
    case = opened(world, world.rosa)
    offer = offered(world, case, world.joan)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/close")
    rosa.submit("/close", why="moved")
    assert world.browser(world.joan).get(offer).status_code == 404


def asked_back(world: World, story: Story) -> None:
    """Tomas asks something of a referral; whoever has the case is told that something waits."""
    tomas = world.browser(world.tomas)
    tomas.open(f"{story.received(story.send())}/steps/ask")
    tomas.submit("/ask", words="Which court?")


def waits_for(world: World, person: Person, case: CaseId) -> bool:
    with world.hub.unit_of_work() as db:
        left = select(OutboxRow).where(
            col(OutboxRow.person) == person.id,
            col(OutboxRow.subject) == case,
            col(OutboxRow.about).is_not(None),
            col(OutboxRow.dropped_at).is_(None),
        )
        return db.execute(left).first() is not None


def test_word_of_what_waited_no_longer_leaves_for_the_one_before(world: World) -> None:
    story = begin(world)
    asked_back(world, story)
    assert waits_for(world, world.rosa, story.case)
    world.move(timedelta(minutes=1))
    joan, offer = world.browser(world.joan), offered(world, story.case, world.joan)
    joan.open(offer)
    joan.submit("/accept")
    assert not waits_for(world, world.rosa, story.case)


def test_a_supervisor_who_hands_their_case_on_still_gets_word(world: World) -> None:
    becomes(world, world.petra, world.rosa, Role.CASE_MANAGER, Role.SUPERVISOR)
    story = begin(world)
    asked_back(world, story)
    world.move(timedelta(minutes=1))
    joan, offer = world.browser(world.joan), offered(world, story.case, world.joan)
    joan.open(offer)
    joan.submit("/accept")
    assert waits_for(world, world.rosa, story.case)


def test_a_newcomer_takes_over_after_many_hands(world: World) -> None:
    case, holder = opened(world, world.rosa), world.rosa
    for name in ("Ada Bell", "Cara Dunn", "Eve Frost"):
        newcomer = world.employs(world.harbour, name, Role.CASE_MANAGER)
        world.move(timedelta(days=1))
        giver = world.browser(holder)
        giver.open(f"/cases/{case}/hand-over")
        giver.submit("/hand-over", to=newcomer.id)
        taker = world.browser(newcomer)
        taker.open(offer_to(world, newcomer))
        taker.submit("/accept")
        holder = newcomer
    with world.desk(holder) as desk:
        history = queries.tenures(desk, case)
    assert len(history) == 4
    assert unbroken(history)
