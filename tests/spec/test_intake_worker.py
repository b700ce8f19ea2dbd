"""What a worker at the agency that receives referrals can and cannot do."""

from datetime import timedelta

import pytest

from hub.core.words import Category, Priority, Role
from pathways.referrals import queries
from tests.clients import Browser, Refused
from tests.looks import whole
from tests.referring import ALLERGY, ASKED, HER_NAME, HIDEAWAY, NUMBER, Story, begin
from tests.world import World


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


@pytest.fixture
def ref(story: Story) -> str:
    """A referral that Rosa has sent, in her own addresses."""
    return story.send()


def tomas_opens(story: Story, ref: str) -> tuple[Browser, str]:
    """Tomas on the page of a referral, and the page's words."""
    tomas = story.world.browser(story.world.tomas)
    return tomas, tomas.open(story.received(ref))


def tomas_takes(story: Story, ref: str, step: str, **typed: str) -> Browser:
    """Tomas takes a step that has a page of its own."""
    tomas = story.world.browser(story.world.tomas)
    tomas.open(f"{story.received(ref)}/steps/{step}")
    tomas.submit(f"steps/{step}", **typed)
    return tomas


def test_finds_what_was_sent_in_the_inbox_by_when_it_is_due(story: Story) -> None:
    later, sooner = story.send(), story.send(priority=Priority.EMERGENCY)
    tomas = story.world.browser(story.world.tomas)
    page = tomas.open("/referrals")
    assert page.index(story.row(sooner).number) < page.index(story.row(later).number)
    assert "Legal advice" in page
    assert "Harbour House" in page
    assert "I want to know if I can stay in the flat." in page
    assert "hearing letter" not in page


def test_reads_what_she_released_and_why_it_can_be_read(story: Story, ref: str) -> None:
    _tomas, page = tomas_opens(story, ref)
    assert ASKED in page
    assert HER_NAME in page
    assert NUMBER in page
    assert "Rosa Adeyemi, Harbour House" in page
    why = (
        "You can see this because she released need, identity and contact to Northside Law, "
        "to arrange legal advice, until 14 February."
    )
    assert why in page


def test_reads_nothing_she_did_not_release(story: Story, ref: str) -> None:
    _tomas, page = tomas_opens(story, ref)
    assert HIDEAWAY not in page
    assert ALLERGY not in page


def test_sees_no_id_of_the_senders_making(story: Story, ref: str) -> None:
    tomas, page = tomas_opens(story, ref)
    row = story.row(ref)
    everything = page + tomas.open("/referrals") + tomas.open("/")
    for hidden in (row.id, row.sender_ref, row.case, row.release or "", row.ask):
        assert hidden not in everything


def test_finds_nothing_and_does_nothing_under_the_senders_address(story: Story, ref: str) -> None:
    for person in (story.world.tomas, story.world.grace):
        browser = story.world.browser(person)
        absent = whole(browser.get(f"/referrals/{'a' * 26}"))
        assert whole(browser.get(f"/referrals/{ref}")) == absent
        typed = {"version": "3", "reason": "changed_mind"}
        assert browser.post(f"/referrals/{ref}/steps/withdraw", typed).status_code == 404
        assert browser.post(f"/referrals/{ref}/steps/accept", version="3").status_code == 404
    assert story.row(ref).state == "sent"


def test_says_that_it_was_seen_and_then_accepts(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/acknowledge")
    page = tomas.submit("steps/accept")
    assert "Give an appointment" in page
    assert story.row(ref).state == "accepted"


def test_accepts_at_once_what_was_only_sent(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    assert "Accepted" in tomas.submit("steps/accept")


def test_keeps_what_was_taken_on_among_the_few_who_work_on_it(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    assert HER_NAME in tomas.open(story.received(ref))
    grace = story.world.browser(story.world.grace)
    assert HER_NAME in grace.open(story.received(ref))
    lena = story.world.browser(story.world.lena)
    page = lena.open(story.received(ref))
    assert "A colleague has taken this on" in page
    assert HER_NAME not in page
    assert ASKED not in page
    assert story.row(ref).number not in lena.open("/referrals")


def test_supervisor_sees_nothing_before_it_is_taken_on(story: Story, ref: str) -> None:
    grace = story.world.browser(story.world.grace)
    assert grace.get(story.received(ref)).status_code == 404


def test_asks_a_question_which_stops_the_clock(story: Story, ref: str) -> None:
    tomas_takes(story, ref, "ask", words="On which day did she get the letter?")
    rosa = story.world.browser(story.world.rosa)
    assert "On which day did she get the letter?" in rosa.open(f"/referrals/{ref}")
    rosa.open(f"/referrals/{ref}/steps/answer")
    rosa.submit("steps/answer", category="need", words="On the third of January.")
    _tomas, page = tomas_opens(story, ref)
    assert "On the third of January." in page


def test_an_answer_about_something_unreleased_cannot_be_chosen(story: Story, ref: str) -> None:
    tomas_takes(story, ref, "ask", words="Is she well?")
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/{ref}/steps/answer")
    said = {"category": "health", "words": ALLERGY}
    form = rosa.form("steps/answer")
    assert "health" not in form.options["category"]
    answer = rosa.try_submit("steps/answer", **said)
    assert answer.status_code == 422
    assert ALLERGY in answer.text
    _tomas, page = tomas_opens(story, ref)
    assert ALLERGY not in page


def test_puts_it_on_the_waiting_list_and_takes_it_on_later(story: Story, ref: str) -> None:
    tomas = tomas_takes(story, ref, "waitlist", words="About three weeks.")
    assert story.row(ref).number in tomas.open("/referrals?show=paused")
    tomas.open(story.received(ref))
    assert "Give an appointment" in tomas.submit("steps/accept")


def test_declines_with_a_reason_and_keeps_nothing(story: Story, ref: str) -> None:
    tomas = tomas_takes(
        story, ref, "decline", reason="language_unavailable", words="Nobody until March."
    )
    assert tomas.get(story.received(ref)).status_code == 404
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/{ref}")
    assert "Nobody speaks her language" in page
    assert "Nobody until March." in page
    assert "Look for another service that fits." in page
    assert "They could see this until" in page


def test_cannot_decline_without_a_reason(story: Story, ref: str) -> None:
    tomas = story.world.browser(story.world.tomas)
    tomas.open(f"{story.received(ref)}/steps/decline")
    answer = tomas.try_submit("steps/decline", words="No time.")
    assert answer.status_code == 422
    assert "No time." in answer.text
    assert story.row(ref).state == "sent"


def test_gives_an_appointment_that_the_sender_reads(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    tomas_takes(story, ref, "appoint", at="2030-01-17T15:30", place="Second floor, ask for Tomas.")
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/{ref}")
    assert "17 Jan, 15:30, Second floor, ask for Tomas." in page
    assert "Gave an appointment: 17 Jan, 15:30" in page


def test_finds_the_appointments_of_the_week_in_my_work(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    now = story.world.clock.now()
    far, near = (f"{now + timedelta(days=days):%Y-%m-%d}T15:30" for days in (9, 3))
    tomas_takes(story, ref, "appoint", at=near, place="Second floor")
    assert "Appointment: " in tomas.open("/")
    assert "Second floor" not in tomas.open("/")
    assert "Appointment: " not in story.world.browser(story.world.rosa).open("/")
    story.world.clock.move(timedelta(minutes=1))
    tomas_takes(story, ref, "appoint", at=far, place="Second floor")
    assert "Appointment: " not in tomas.open("/")


def test_closes_the_loop_with_an_outcome_and_who_said_so(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    tomas.submit("steps/start")
    ended = {
        "outcome": "received_full",
        "needs_met": "met",
        "confirmer": "survivor",
        "confirmed_on": "2030-01-15",
        "words": "The order was granted.",
    }
    tomas_takes(story, ref, "report_outcome", **ended)
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/{ref}")
    assert "She got the help she asked for" in page
    assert "She said so herself, 15 January" in page
    assert "The order was granted." in page


@pytest.mark.parametrize("missing", ["outcome", "needs_met", "confirmer", "confirmed_on"])
def test_nothing_closes_while_any_part_of_the_outcome_is_missing(
    story: Story, ref: str, missing: str
) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    tomas.submit("steps/start")
    ended = {
        "outcome": "received_full",
        "needs_met": "met",
        "confirmer": "provider",
        "confirmed_on": "2030-01-15",
    }
    tomas.open(f"{story.received(ref)}/steps/report_outcome")
    answer = tomas.try_submit("steps/report_outcome", **(ended | {missing: ""}))
    assert answer.status_code == 422
    assert story.row(ref).state == "in_service"


def test_does_not_speak_for_her_case_manager(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    tomas.open(f"{story.received(ref)}/steps/report_outcome")
    assert "case_manager" not in tomas.form("steps/report_outcome").options["confirmer"]


def test_writes_notes_that_only_the_own_agency_reads(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    assert "Conflict check done." in tomas.submit("/notes", note="Conflict check done.")
    tomas.submit("steps/accept")
    assert "Conflict check done." in tomas.open(story.received(ref))
    rosa = story.world.browser(story.world.rosa)
    assert "Conflict check" not in rosa.open(f"/referrals/{ref}")
    assert "Our own notes" not in rosa.open(f"/referrals/{ref}")
    for person, path, rows in (
        (story.world.rosa, ref, 0),
        (story.world.tomas, story.row(ref).receiver_ref, 1),
    ):
        with story.world.desk(person) as desk:
            told = queries.story(desk, queries.referral(desk, path))
            assert len(told.notes) == rows


@pytest.mark.parametrize("step", ["withdraw", "answer", "error", "expire", "send", "nonsense"])
def test_cannot_take_a_step_of_the_other_side(story: Story, ref: str, step: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    typed = {"version": "3", "reason": "sent_in_error", "words": "x", "category": "need"}
    answer = tomas.post(f"{story.received(ref)}/steps/{step}", typed)
    assert answer.status_code in {404, 409}
    assert story.row(ref).state == "sent"


def test_sees_nothing_the_moment_the_release_is_withdrawn(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    story.withdraw()
    tomas = story.world.browser(story.world.tomas)
    assert tomas.get(story.received(ref)).status_code == 404
    assert tomas.get(f"{story.received(ref)}/steps/start").status_code == 404
    assert tomas.post(f"{story.received(ref)}/steps/start", version="4").status_code == 404
    number = story.row(ref).number
    shown = ["/", *(f"/referrals?show={stage}" for stage in ("asked", "paused", "taken", "over"))]
    for page in shown:
        assert number not in tomas.open(page)


def test_a_colleague_of_the_desk_learns_nothing_after_withdrawal(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    story.withdraw()
    lena = story.world.browser(story.world.lena)
    absent = lena.get(f"/referrals/{'a' * 26}")
    hidden = lena.get(story.received(ref))
    assert hidden.status_code == absent.status_code == 404


def test_when_the_release_has_ended_neither_desk_nor_team_hears_of_it(
    story: Story, ref: str
) -> None:
    world = story.world
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    day = f"{world.now + timedelta(days=33):%Y-%m-%d}T15:30"
    tomas_takes(story, ref, "appoint", at=day, place="Second floor")
    world.move(timedelta(days=29))
    assert "Appointment: " in world.browser(world.tomas).open("/")
    assert "A colleague has taken" in world.browser(world.lena).open(story.received(ref))
    world.move(timedelta(days=1, minutes=1))
    assert "Appointment: " not in world.browser(world.tomas).open("/")
    for person in (world.tomas, world.lena, world.grace):
        assert world.browser(person).get(story.received(ref)).status_code == 404


def test_who_was_never_at_the_desk_learns_nothing_of_what_was_taken_on(
    story: Story, ref: str
) -> None:
    tomas, _page = tomas_opens(story, ref)
    tomas.submit("steps/accept")
    for person in (story.world.noor, story.world.oskar, story.world.amin, story.world.joan):
        assert story.world.browser(person).get(story.received(ref)).status_code == 404


def test_a_case_manager_at_the_receiver_who_is_not_at_the_desk_sees_nothing(
    story: Story, ref: str
) -> None:
    noor = story.world.browser(story.world.noor)
    assert noor.get(story.received(ref)).status_code == 404
    assert story.row(ref).number not in noor.open("/referrals")


def test_a_coordinator_and_an_administrator_find_no_referrals_at_all(
    story: Story, ref: str
) -> None:
    for person in (story.world.ines, story.world.ivor, story.world.petra):
        assert story.world.browser(person).get("/referrals").status_code == 404
        assert story.world.browser(person).get(story.received(ref)).status_code == 404


def test_somebody_new_at_the_desk_reads_what_waits_there(story: Story, ref: str) -> None:
    nadia = story.world.employs(story.world.northside, "Nadia Berg", Role.INTAKE_WORKER)
    assert HER_NAME in story.world.browser(nadia).open(story.received(ref))


def test_pages_of_twenty_five_follow_each_other_without_gap_or_repeat(story: Story) -> None:
    refs = [story.send(Category.IDENTITY) for _each in range(28)]
    tomas = story.world.browser(story.world.tomas)
    first = tomas.open("/referrals")
    [older] = [link for link in tomas.links if "after=" in link]
    second = tomas.open(older)
    numbers = [story.row(ref).number for ref in refs]
    assert sum(number in first for number in numbers) == 25
    assert sum(number in second for number in numbers) == 3
    assert all((number in first) is not (number in second) for number in numbers)


def test_a_made_up_place_in_the_list_begins_at_its_start(story: Story, ref: str) -> None:
    tomas = story.world.browser(story.world.tomas)
    page = tomas.open(f"/referrals?after={'a' * 26}")
    assert story.row(ref).number in page


def test_a_form_without_the_page_it_stood_on_changes_nothing(story: Story, ref: str) -> None:
    tomas, _page = tomas_opens(story, ref)
    answer = tomas.post(f"{story.received(ref)}/steps/accept")
    assert answer.status_code == 409
    assert "It has changed since you opened it" in answer.text
    with pytest.raises(Refused):
        tomas.submit("steps/start")
