"""What a case manager who has referred a survivor sees and does until the loop is closed."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from hub.core.ids import EnvelopeId
from hub.core.words import Category
from hub.door import open_entries
from hub.jobs import tick
from pathways.referrals.endings import hush_ended
from pathways.referrals.queries import events, flows
from pathways.referrals.tables import ReferralRow
from tests.referring import (
    ASKED,
    NARROW,
    Story,
    begin,
    takes,
    told,
)
from tests.world import World

WIDE = NARROW | {Category.LOCATION, Category.HEALTH}


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


def test_the_supervisor_of_the_case_sees_its_referrals(story: Story) -> None:
    ref = story.send()
    assert ASKED in story.world.browser(story.world.miriam).open(f"/referrals/{ref}")


def test_withdraws_it_and_they_see_nothing_from_then_on(story: Story) -> None:
    ref = story.send()
    takes(story, story.world.rosa, f"/referrals/{ref}/steps/withdraw", reason="changed_mind")
    assert story.world.browser(story.world.tomas).get(story.received(ref)).status_code == 404
    assert told(story) == set()
    page = story.world.browser(story.world.rosa).open(f"/referrals/{ref}")
    assert "She changed her mind" in page
    assert ASKED in page


def test_answers_a_question_and_the_clock_goes_on_where_it_stood(story: Story) -> None:
    ref = story.send()
    due = story.row(ref).respond_by
    takes(story, story.world.tomas, f"{story.received(ref)}/steps/ask", words="Since when?")
    story.world.move(timedelta(hours=5))
    takes(
        story,
        story.world.rosa,
        f"/referrals/{ref}/steps/answer",
        category="need",
        words="Since May.",
    )
    assert due is not None
    assert story.row(ref).respond_by == due + timedelta(hours=5)


def test_withdrawn_it_takes_the_answers_back_as_well(story: Story) -> None:
    world, ref = story.world, story.send()
    takes(story, world.tomas, f"{story.received(ref)}/steps/ask", words="Since when?")
    answer = f"/referrals/{ref}/steps/answer"
    takes(story, world.rosa, answer, category="need", words="Since May.")
    row = story.row(ref)
    with world.desk(world.rosa) as desk:
        said = events(desk.db, row)[-1].words
    paper = EnvelopeId(said or "")
    with world.desk(world.tomas) as desk:
        assert open_entries(desk.db, desk.sight, [paper])
    takes(story, world.rosa, f"/referrals/{ref}/steps/withdraw", reason="changed_mind")
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [paper])


def test_finds_each_answer_on_the_list_of_work_until_it_is_noted(story: Story) -> None:
    ref = story.send()
    takes(story, story.world.tomas, f"{story.received(ref)}/steps/decline", reason="no_capacity")
    assert "Rosa Adeyemi" in told(story)
    rosa = story.world.browser(story.world.rosa)
    assert "Northside Law answered: declined." in rosa.open("/")
    rosa.open(f"/referrals/{ref}")
    rosa.submit("/noted")
    assert "Northside Law answered" not in rosa.open("/")


def test_an_answer_that_is_owed_stands_first_on_the_list_of_work(story: Story) -> None:
    story.send()
    story.world.move(timedelta(days=15))
    rosa = story.world.browser(story.world.rosa)
    assert "Northside Law has not answered in time." in rosa.open("/")


def test_asks_somebody_else_after_a_refusal(story: Story) -> None:
    ref = story.send()
    takes(story, story.world.tomas, f"{story.received(ref)}/steps/decline", reason="no_capacity")
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    assert ref in rosa.form("/new").options["previous"]
    rosa.submit("/new", approved="yes", previous=ref)
    before = story.row(ref).id
    with story.world.hub.unit_of_work() as db:
        later = select(ReferralRow).where(col(ReferralRow.previous_referral).is_not(None))
        assert db.exec(later).one().previous_referral == before


def test_closes_it_only_with_an_outcome_and_who_said_so(story: Story) -> None:
    ref = story.send()
    tomas = story.world.browser(story.world.tomas)
    tomas.open(story.received(ref))
    tomas.submit("steps/accept")
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/{ref}/steps/report_outcome")
    partial = {"outcome": "received_part", "needs_met": "partly", "confirmer": ""}
    assert rosa.try_submit("steps/report_outcome", **partial).status_code == 422
    said = {"confirmer": "survivor", "words": "She told me alone why she stayed away."}
    page = rosa.submit("steps/report_outcome", **(partial | said))
    assert "She got part of it" in page
    assert "why she stayed away" in page
    assert story.row(ref).state == "closed"
    for person in (story.world.tomas, story.world.grace):
        theirs = story.world.browser(person).open(story.received(ref))
        assert "She got part of it" in theirs
        assert "why she stayed away" not in theirs


def test_an_unanswered_referral_ends_with_its_release(world: World) -> None:
    story = begin(world, days=3)
    ref = story.send()
    world.move(timedelta(days=3))
    assert world.browser(world.tomas).get(story.received(ref)).status_code == 404
    tick(world.hub)
    tick(world.hub)
    page = world.browser(world.rosa).open(f"/referrals/{ref}")
    assert "Ended without an answer" in page
    assert "The release ended" in page


def test_after_its_release_no_message_about_it_leaves_for_them(story: Story) -> None:
    world, ref = story.world, story.send()
    takes(story, world.tomas, f"{story.received(ref)}/steps/ask", words="Since when?")
    answer = f"/referrals/{ref}/steps/answer"
    takes(story, world.rosa, answer, category="need", words="Since May.")
    assert {"Tomas Lind", "Lena Okoro"} <= told(story)
    world.move(timedelta(days=30))
    with world.hub.desk_of_the_house() as house:
        hush_ended(house)
    assert not {"Tomas Lind", "Lena Okoro"} & told(story)
    assert "Rosa Adeyemi" in told(story)


def test_one_that_was_taken_on_can_still_be_closed_after_its_release(world: World) -> None:
    story = begin(world, days=3)
    ref = story.send()
    tomas = world.browser(world.tomas)
    tomas.open(story.received(ref))
    tomas.submit("steps/accept")
    world.move(timedelta(days=4))
    tick(world.hub)
    assert story.row(ref).state == "accepted"
    ended = {"outcome": "received_full", "needs_met": "met", "confirmer": "survivor"}
    takes(story, world.rosa, f"/referrals/{ref}/steps/report_outcome", **ended)
    assert story.row(ref).state == "closed"


def test_the_page_of_withdrawal_says_which_referrals_go_with_it(story: Story) -> None:
    ref = story.send()
    rosa, draft = story.draft(Category.IDENTITY)
    page = rosa.open(f"/releases/{story.release}/withdraw")
    assert f"Referral {story.row(ref).number} (Legal advice) is withdrawn" in page
    assert f"The draft {story.row(draft).number} stays a draft" in page


def test_a_draft_outlives_its_release_and_needs_another(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    check = rosa.form("/send").filled({})
    story.withdraw()
    answer = rosa._post(f"/referrals/{ref}/send", check)
    assert answer.status_code == 409
    assert story.row(ref).state == "draft"
    assert "She has not released this yet" in rosa.open(f"/referrals/{ref}/check")


def test_every_step_of_a_withdrawn_release_is_on_the_senders_page(story: Story) -> None:
    ref = story.send()
    story.withdraw()
    page = story.world.browser(story.world.rosa).open(f"/referrals/{ref}")
    assert "The release was withdrawn" in page
    assert "They could see this until" in page


def test_the_page_of_the_case_lists_its_referrals(story: Story) -> None:
    ref = story.send()
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/cases/{story.case}")
    assert story.row(ref).number in page
    assert f"/referrals/{ref}" in rosa.links


def test_the_sent_list_has_drafts_and_sent_ones_apart(story: Story) -> None:
    ref = story.send()
    rosa, draft = story.draft(Category.IDENTITY)
    waiting, begun = rosa.open("/referrals/sent"), rosa.open("/referrals/sent?show=draft")
    assert story.row(ref).number in waiting
    assert story.row(draft).number not in waiting
    assert story.row(draft).number in begun


def test_figures_count_what_was_sent_in_whole_months(story: Story) -> None:
    story.send()
    story.draft(Category.IDENTITY)
    with story.world.desk(story.world.ines) as desk:
        assert flows(desk.db, desk.sight) == []
    story.world.move(timedelta(days=31))
    with story.world.desk(story.world.ines) as desk:
        [flow] = flows(desk.db, desk.sight)
    assert (flow.source, flow.target, flow.count) == (
        story.world.harbour.id,
        story.service,
        1,
    )
