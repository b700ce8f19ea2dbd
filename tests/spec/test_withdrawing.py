"""What nothing may stand in the way of: a survivor takes back what she agreed to."""

from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from conferencing import conference
from conferencing.tables import ConferenceRow
from hub.cases.actions import close_case
from hub.cases.closing import ClosingReason
from hub.consent import queries, withdrawing
from hub.consent.release import STEPS, Standing, State, Step, standing
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.errors import NothingHere, StepRefused
from hub.core.ids import PersonId, ReleaseId
from hub.core.words import Category, HolderKind, Role
from hub.desk import Notice
from hub.door import Sealing, holder_of, make_holder
from hub.door.sight import Sight
from hub.people.tables import AgencyRow, PersonRow
from hub.store import outbox
from hub.store.outbox import OutboxRow
from pathways.referrals import referral
from pathways.referrals.tables import ReferralRow
from tests.hanging import SAID, hang, reads
from tests.looks import stored, whole
from tests.referring import begin, takes
from tests.survivor import opened, released, shared, terms
from tests.world import World

NEED: Final = Sealing(Category.NEED, {"text": "canary need 7391"}, "")


def stands(world: World, release: ReleaseId) -> Standing:
    with world.desk(world.rosa) as desk:
        return standing(queries.release(desk, release), desk.at)


def takes_back(world: World, *ids: ReleaseId) -> int:
    with world.desk(world.rosa) as desk:
        return withdraw(desk, ids, Withdrawal(Mode.IN_PERSON))


def set_state(world: World, release: ReleaseId, **values: object) -> None:
    with world.hub.unit_of_work() as db:
        db.execute(update(ReleaseRow).where(col(ReleaseRow.id) == release).values(**values))


def agreed(world: World, days: int = 30) -> tuple[ReleaseId, str]:
    """A release to Northside, and what lies on Northside's desk because of it."""
    case = opened(world, world.rosa)
    release = released(
        world, world.rosa, case, terms(world, world.northside, Category.NEED, days=days)
    )
    return release, shared(world, world.rosa, release, NEED, world.northside.desk)


def test_the_page_shows_one_tree_of_all_that_goes(world: World) -> None:
    made = hang(world)
    world.browser(world.lena).open(made.story.received(made.waiting))
    page = world.browser(world.rosa).open(f"/releases/{made.story.release}/withdraw")
    waiting, taken = made.story.row(made.waiting), made.story.row(made.taken)
    for words in (
        "What they can read",
        "close to the intake desk of Northside Law: Identity, Contact and Need.",
        "close to those who work on it at Northside Law: Identity, Contact and Need.",
        f"Referral {waiting.number} (Legal advice) is withdrawn, and they can open nothing of it.",
        f"Referral {taken.number} (Legal advice) is withdrawn, though they had taken it on",
        f"The draft {made.story.row(made.draft).number} stays a draft",
        "1 item leaves the agenda of Tomas Lind, Northside Law for 15 January 2030.",
        "1 item is left out of the minutes of 15 January 2030 for Tomas Lind, Northside Law.",
        "Tomas Lind, Northside Law can no longer read 1 thing that was agreed about it.",
        "Messages that have not left",
        f"about referral {waiting.number}",
        "to Tomas Lind, Northside Law about the meeting",
        "Lena Okoro, Intake worker, Northside Law",
        "First on 15 Jan 2030, 12:11.",
    ):
        assert words in page, words
    assert "Amin" not in page


def test_each_release_can_be_looked_at_by_itself(world: World) -> None:
    made = hang(world)
    rosa = world.browser(world.rosa)
    page = rosa.open(f"/releases/{made.story.release}/withdraw?releases={made.talks}")
    assert "leaves the agenda of Tomas Lind" in page
    assert "is withdrawn, and they can open nothing of it." not in page
    ticked = {value for name, value in rosa.form("/withdraw").fields if name == "releases"}
    assert ticked == {made.talks}
    rosa.submit("/withdraw")
    assert stands(world, made.talks) is Standing.WITHDRAWN
    assert stands(world, made.story.release) is Standing.LIVE


def test_what_another_agency_was_released_stays_open_to_them(world: World) -> None:
    made = hang(world)
    assert made.withdraws(world.rosa) == 2
    assert made.tables[0].topics(world.amin) == ["1. A flat"]
    assert stands(world, made.eastway) is Standing.LIVE


def test_it_can_be_done_by_her_supervisor_and_tells_her_case_manager(world: World) -> None:
    made = hang(world)
    assert made.withdraws(world.miriam) == 2
    assert made.withdraws(world.miriam) == 0
    about = (OutboxRow.about == made.talks, col(OutboxRow.dropped_at).is_(None))
    with world.hub.unit_of_work() as db:
        told = list(db.exec(select(OutboxRow.person).where(*about)))
    assert told == [world.rosa.id]


def test_her_words_are_kept_sealed_and_who_heard_them(world: World) -> None:
    release, _need = agreed(world)
    rosa = world.browser(world.rosa)
    rosa.open(f"/releases/{release}/withdraw")
    page = rosa.submit("/withdraw", how="phone", received_by=world.dora.id, words=SAID)
    assert "By phone." in page
    assert "Rosa Adeyemi" in page
    assert "Dora Finch" in page
    assert SAID in page
    assert SAID.encode() not in world.raw()


@pytest.mark.parametrize(
    "typed",
    [
        {"how": "by pigeon"},
        {"received_by": "nobody we know"},
        {"words": "a\x00b" * 10},
        {"words": "word " * 4000},
        {"words": "e" + "\u0301" * 30},
        {"how": ["phone", "writing"], "received_by": ["", ""]},
    ],
    ids=["mode", "receiver", "control", "length", "accents", "twice"],
)
def test_nothing_that_is_typed_wrong_keeps_it_waiting(
    world: World, typed: dict[str, str | list[str]]
) -> None:
    release, need = agreed(world)
    rosa = world.browser(world.rosa)
    rosa.open(f"/releases/{release}/withdraw")
    assert (
        rosa.post(f"/releases/{release}/withdraw", {"releases": [release], **typed}).status_code
        == 303
    )
    assert stands(world, release) is Standing.WITHDRAWN
    assert not reads(world, world.tomas, need)


def test_whether_it_was_she_is_stamped_afterwards_and_asked_of_nobody(world: World) -> None:
    release, _need = agreed(world)
    rosa = world.browser(world.rosa)
    assert rosa.post(f"/releases/{release}/withdrawal/verified").status_code == 409
    takes_back(world, release)
    world.move(timedelta(hours=1))
    rosa = world.browser(world.rosa)
    page = rosa.open(f"/releases/{release}")
    assert "Neither of these is needed for that." in page
    rosa.submit("/verified")
    page = rosa.submit("/written")
    assert page.count("15 Jan 2030, 13:00") == 2
    world.move(timedelta(hours=1))
    world.browser(world.miriam).post(f"/releases/{release}/withdrawal/verified")
    with world.desk(world.rosa) as desk:
        row = queries.release_row(desk, release)
        assert (row.withdrawal_verified_by, row.withdrawal_written_by) == (world.rosa.id,) * 2
    page = world.browser(world.rosa).open(f"/releases/{release}")
    assert page.count("15 Jan 2030, 13:00") == 2


@pytest.mark.parametrize("who", ["joan", "dora", "tomas", "ines"])
@pytest.mark.parametrize("which", ["verified", "written"])
def test_nobody_else_can_stamp_it(world: World, who: str, which: str) -> None:
    release, _need = agreed(world)
    takes_back(world, release)
    other, before = world.browser(getattr(world, who)), stored(world)
    refused = other.post(f"/releases/{release}/withdrawal/{which}")
    assert whole(refused) == whole(other.post("/nowhere/at/all"))
    assert stored(world) == before


def test_one_that_has_expired_keeps_its_ending(world: World) -> None:
    release, need = agreed(world, days=2)
    world.move(timedelta(days=3))
    before = stored(world)
    assert takes_back(world, release) == 0
    assert stored(world) == before
    assert stands(world, release) is Standing.ENDED
    assert not reads(world, world.tomas, need)
    answer = world.browser(world.rosa).post(f"/releases/{release}/withdraw", releases=[release])
    assert answer.status_code == 303


def test_one_that_was_replaced_opens_nothing_that_was_left_on_it(world: World) -> None:
    release, need = agreed(world)
    set_state(world, release, state=State.SUPERSEDED)
    assert reads(world, world.tomas, need)
    rosa = world.browser(world.rosa)
    assert "Need" in rosa.open(f"/releases/{release}/withdraw")
    rosa.submit("/withdraw")
    assert stands(world, release) is Standing.SUPERSEDED
    assert not reads(world, world.tomas, need)


def test_one_that_was_taken_back_before_is_no_mistake(world: World) -> None:
    release, _need = agreed(world)
    assert takes_back(world, release) == 1
    before = stored(world)
    assert takes_back(world, release) == 0
    assert stored(world) == before


@pytest.mark.parametrize("state", [State.DRAFTED, State.ACTIVE])
def test_one_that_has_not_begun_never_begins(world: World, state: State) -> None:
    release, _need = agreed(world)
    soon = world.now + timedelta(days=1)
    set_state(world, release, state=state, starts=soon)
    assert takes_back(world, release) == 1
    world.move(timedelta(days=2))
    assert stands(world, release) is Standing.WITHDRAWN


def test_every_standing_in_which_her_word_counts_has_an_arrow_for_it() -> None:
    assert {state for state, step in STEPS if step is Step.WITHDRAW} == {
        State.DRAFTED,
        State.ACTIVE,
    }
    assert {Standing.DRAFTED, Standing.TO_COME, Standing.LIVE} == withdrawing.REVOCABLE


def test_a_closed_case_does_not_keep_it(world: World) -> None:
    made = hang(world)
    with world.desk(world.rosa) as desk:
        close_case(desk, made.case, next(iter(ClosingReason)), 1)
    assert made.withdraws(world.rosa) == 2


def test_neither_a_closed_agency_nor_people_who_left_keep_it(world: World) -> None:
    made = hang(world)
    with world.hub.unit_of_work() as db:
        shut = update(AgencyRow).where(col(AgencyRow.id) == world.northside.id)
        db.execute(shut.values(closed_at=world.now))
        gone = update(PersonRow).where(col(PersonRow.agency) == world.northside.id)
        db.execute(gone.values(disabled_at=world.now))
    assert "Northside Law" in world.browser(world.rosa).open(f"/releases/{made.talks}/withdraw")
    assert made.withdraws(world.rosa) == 2


@pytest.mark.parametrize("state", referral.State)
def test_a_referral_in_whatever_state_does_not_keep_it(world: World, state: referral.State) -> None:
    made = begin(world)
    ref = made.send()
    closed = {"outcome": "received_full", "needs_met": "met", "confirmer": "survivor"}
    more = closed | {"confirmed_on": world.now.date()} if state is referral.State.CLOSED else {}
    with world.hub.unit_of_work() as db:
        put = update(ReferralRow).where(col(ReferralRow.sender_ref) == ref)
        db.execute(put.values(state=state, stage=referral.STAGES[state], **more))
    assert takes_back(world, made.release) == 1
    over = referral.STAGES[state] is referral.Stage.OVER
    kept = over or state is referral.State.DRAFT
    assert made.row(ref).state is (state if kept else referral.State.WITHDRAWN)
    assert not any(
        reads(world, who, made.row(ref).ask) for who in (world.tomas, world.lena, world.grace)
    )


@pytest.mark.parametrize("state", conference.State)
def test_a_meeting_in_whatever_state_does_not_keep_it(
    world: World, state: conference.State
) -> None:
    made = hang(world)
    with world.hub.unit_of_work() as db:
        db.execute(update(ConferenceRow).values(state=state))
    assert made.withdraws(world.rosa) == 2
    assert [table.topics(world.tomas) for table in made.tables] == [[], []]


def test_what_moved_since_the_page_was_opened_does_not_keep_it(world: World) -> None:
    made = hang(world)
    rosa = world.browser(world.rosa)
    rosa.open(f"/releases/{made.talks}/withdraw")
    takes(made.story, world.lena, f"{made.story.received(made.waiting)}/steps/acknowledge")
    set_state(world, made.talks, version=41)
    rosa.submit("/withdraw", how="phone")
    assert stands(world, made.talks) is Standing.WITHDRAWN
    assert made.story.row(made.waiting).state is referral.State.WITHDRAWN


def test_rows_that_were_read_before_do_not_keep_it(world: World) -> None:
    made = hang(world)
    with world.desk(world.rosa) as desk:
        asked = select(ReferralRow).where(ReferralRow.sender_ref == made.waiting)
        row = desk.db.exec(asked).one()
        moved = update(ReferralRow.__table__).where(col(ReferralRow.id) == row.id)  # type: ignore[attr-defined]
        desk.db.execute(moved.values(version=row.version + 3))
        assert withdraw(desk, made.both, Withdrawal(Mode.PHONE)) == 2


def test_what_waits_to_be_said_about_it_does_not_leave(world: World) -> None:
    release, _paper = agreed(world)
    with world.desk(world.rosa) as desk:
        case = queries.release_row(desk, release).case
        desk.notify(PersonId(world.miriam.id), Notice(case, release))
        assert len(outbox.waiting(desk.db, [release])) == 1
    takes_back(world, release)
    with world.desk(world.rosa) as desk:
        assert outbox.waiting(desk.db, [release]) == []


def test_messages_that_cannot_leave_do_not_keep_it(world: World) -> None:
    made = hang(world)
    with world.hub.unit_of_work() as db:
        stuck = update(OutboxRow).values(attempts=999, due_at=world.now - timedelta(days=400))
        db.execute(stuck)
    assert made.withdraws(world.rosa) == 2


def test_somebody_who_has_it_open_finds_nothing_at_their_next_click(world: World) -> None:
    made = hang(world)
    path = made.story.received(made.waiting)
    lena = world.browser(world.lena)
    lena.open(path)
    made.withdraws(world.rosa)
    absent = whole(lena.get("/referrals/aaaaaaaaaaaaaaaaaaaaaaaaaa"))
    assert whole(lena.get(path)) == absent
    assert whole(lena.post(f"{path}/steps/acknowledge", version="1"))[0] == 404


def test_she_can_take_it_back_herself_without_anybody_of_the_staff(world: World) -> None:
    made = hang(world)
    with world.hub.desk_of_the_house() as desk:
        own = holder_of(desk.db, HolderKind.SURVIVOR, made.case) or make_holder(
            desk.db,
            world.hub.custody,
            HolderKind.SURVIVOR,
            world.harbour.id,
            of=made.case,
            at=desk.at,
        )
        none: frozenset[str] = frozenset()
        held, custody = frozenset({own}), world.hub.custody
        as_team = frozenset({Role.CASE_MANAGER})  # her word is carried out as her team's work
        desk.sight = Sight(PersonId(""), world.harbour.id, as_team, held, none, desk.at, custody)
        assert withdraw(desk, made.both, Withdrawal(Mode.WRITING, "no more")) == 2
    assert made.tables[0].topics(world.tomas) == []
    assert made.story.row(made.waiting).state is referral.State.WITHDRAWN
    assert "no more" in world.browser(world.rosa).open(f"/releases/{made.talks}")


def test_nobody_else_can_take_it_back(world: World) -> None:
    made = hang(world)
    for who in (world.joan, world.tomas, world.amin, world.ines):
        with world.desk(who) as desk, pytest.raises(NothingHere):
            withdraw(desk, made.both, Withdrawal(Mode.PHONE))
    with world.desk(world.rosa) as desk, pytest.raises(StepRefused):
        withdrawing.verify(desk, made.talks)
