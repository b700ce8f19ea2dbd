"""Two people act on one referral at the same moment: one wins, the other is told so plainly."""

import asyncio
from collections.abc import Iterable
from threading import Barrier, Thread

import pytest

from hub.core.errors import Changed, HubError
from hub.core.words import Category
from hub.door import open_entries
from hub.web.form import Form
from pathways.referrals import answering, moving, queries
from pathways.referrals.moving import Move
from pathways.referrals.reasons import Reason
from pathways.referrals.referral import Step
from tests.clients import SAME_ORIGIN, Answer, Browser, run
from tests.engines import POSTGRES, SQLITE
from tests.referring import HER_NAME, begin
from tests.world import Person, World

ROUNDS = 5


async def _together(requests: Iterable[tuple[Browser, str, list[tuple[str, str]]]]) -> list[Answer]:
    sent = [
        browser.client.post(path, data=dict(fields), headers=SAME_ORIGIN)
        for browser, path, fields in requests
    ]
    return list(await asyncio.gather(*sent))


@pytest.fixture(params=[SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)])
def engine_kind(request: pytest.FixtureRequest) -> str:
    """Both engines, one after the other."""
    return str(request.param)


def test_of_two_who_accept_at_once_one_wins_and_one_is_told(world: World) -> None:
    story = begin(world)
    ref = story.send()
    address = story.received(ref)
    both = [world.browser(person) for person in (world.tomas, world.lena)]
    forms = []
    for browser in both:
        browser.open(address)
        forms.append((browser, f"{address}/steps/accept", browser.form("steps/accept").filled({})))
    answers = run(_together(forms))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    [told] = [answer for answer in answers if answer.status_code == 409]
    assert "It has changed since you opened it" in told.text
    assert "A colleague has taken this on" in told.text
    assert HER_NAME not in told.text
    assert story.row(ref).state == "accepted"
    assert story.row(ref).version == 4


def test_what_the_slower_one_typed_is_still_there(world: World) -> None:
    story = begin(world)
    ref = story.send()
    tomas, lena = world.browser(world.tomas), world.browser(world.lena)
    lena.open(f"{story.received(ref)}/steps/ask")
    tomas.open(story.received(ref))
    tomas.submit("steps/accept")
    answer = lena.try_submit("steps/ask", words="Does she need an interpreter on Thursday?")
    assert answer.status_code == 409
    assert "Does she need an interpreter on Thursday?" in answer.text


def test_a_step_on_an_old_page_keeps_the_words_on_its_form(world: World) -> None:
    story = begin(world)
    ref = story.send()
    tomas, lena = world.browser(world.tomas), world.browser(world.lena)
    lena.open(f"{story.received(ref)}/steps/waitlist")
    tomas.open(story.received(ref))
    tomas.submit("steps/acknowledge")
    answer = lena.try_submit("steps/waitlist", words="About three weeks.")
    assert answer.status_code == 409
    assert "About three weeks." in answer.text
    assert "Give an appointment" not in lena.submit("steps/waitlist")
    assert story.row(ref).state == "on_hold"


def test_accepting_against_withdrawing_has_two_outcomes_and_no_third(world: World) -> None:
    for _round in range(ROUNDS):
        story = begin(world)
        ref = story.send()
        tomas, rosa = world.browser(world.tomas), world.browser(world.rosa)
        tomas.open(story.received(ref))
        taking = tomas.form("steps/accept")
        rosa.open(f"/releases/{story.release}/withdraw")
        back = rosa.form("/withdraw")
        took, _back = run(
            _together(
                [
                    (tomas, taking.action, taking.filled({})),
                    (rosa, back.action, back.filled({"releases": [story.release]})),
                ]
            )
        )
        assert took.status_code in {303, 404}
        assert story.row(ref).state == "withdrawn"
        assert world.browser(world.tomas).get(story.received(ref)).status_code == 404
        _refuse_any_key(world, story.row(ref).ask)


def _refuse_any_key(world: World, envelope: str) -> None:
    for person in (world.tomas, world.lena, world.grace):
        with world.desk(person) as desk:
            assert open_entries(desk.db, desk.sight, [envelope]) == {}  # type: ignore[list-item]


def test_threads_that_answer_together_leave_one_event_each(world: World) -> None:
    story = begin(world)
    address = story.row(story.send()).receiver_ref
    barrier, outcomes = Barrier(2), list[str]()

    def answer(person: Person, made: Move) -> None:
        barrier.wait()
        try:
            with world.hub.desk_of(person.id, Form({}, world.hub.settings.zone)) as desk:
                party = answering.party_to_act(desk, address)
                answering.take(desk, party, made)
        except Changed:
            outcomes.append("changed")
        except HubError as other:
            outcomes.append(type(other).__name__)
        else:
            outcomes.append("done")

    moves = (Move(Step.ACKNOWLEDGE, 3), Move(Step.DECLINE, 3, Reason.NO_CAPACITY))
    threads = [
        Thread(target=answer, args=each)
        for each in zip((world.tomas, world.lena), moves, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 1
    row = story.row(address)
    with world.hub.unit_of_work() as db:
        assert len(queries.events(db, row)) == 2


def test_a_draft_changed_by_a_colleague_is_not_sent_as_it_was(world: World) -> None:
    story = begin(world)
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    miriam = world.browser(world.miriam)
    miriam.open(f"/referrals/{ref}/draft")
    miriam.submit("/draft", approved="yes", entries=[])
    answer = rosa.try_submit("/send")
    assert answer.status_code == 409
    assert story.row(ref).state == "draft"


@pytest.mark.parametrize("fails", ["change", "_write_event", "_take_keys_back"])
def test_a_withdrawal_that_fails_half_way_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    story = begin(world)
    first, second = story.send(), story.send()
    done: list[object] = []
    whole = getattr(moving, fails)

    def fail_on_the_second(*told: object) -> object:
        done.append(told)
        if len(done) == 2:
            raise RuntimeError("the machine stopped")
        return whole(*told)

    monkeypatch.setattr(moving, fails, fail_on_the_second)
    with pytest.raises(RuntimeError):
        story.withdraw()
    monkeypatch.undo()
    tomas = world.browser(world.tomas)
    for ref in (first, second):
        assert story.row(ref).state == "sent"
        assert HER_NAME in tomas.open(story.received(ref))
    story.withdraw()
    assert [story.row(ref).state for ref in (first, second)] == ["withdrawn"] * 2
