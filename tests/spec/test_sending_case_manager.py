"""What a case manager who refers a survivor can and cannot do."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from hub.cases import actions as cases
from hub.consent import actions as consent
from hub.core.words import Category, ServiceType
from hub.jobs import tick
from hub.store.outbox import OutboxRow
from pathways.referrals.queries import flows
from pathways.referrals.tables import ReferralRow
from tests.clients import Browser
from tests.referring import (
    ALLERGY,
    ASKED,
    HER_NAME,
    HIDEAWAY,
    NARROW,
    NUMBER,
    Story,
    begin,
    law_clinic,
    terms,
)
from tests.world import Person, World

WIDE = NARROW | {Category.LOCATION, Category.HEALTH}


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


def packet_on(page: str) -> str:
    """The part of a page that shows what goes to the receiver, as it came."""
    found = re.search(r'<div class="packet">.*?</div>\s*(?=</div>|<section|<h2)', page, re.DOTALL)
    assert found
    return " ".join(found.group().split())


def takes(story: Story, person: Person, path: str, **typed: str) -> Browser:
    """Somebody opens the page of a step and takes it."""
    browser = story.world.browser(person)
    browser.open(path)
    browser.submit(path.split("/", 3)[-1], **typed)
    return browser


def told(story: Story) -> set[str]:
    """The names of those for whom a message waits to leave."""
    with story.world.hub.unit_of_work() as db:
        waiting = select(OutboxRow.person).where(col(OutboxRow.dropped_at).is_(None))
        people = set(db.exec(waiting).all())
    return {person.name for person in story.world.town.people.values() if person.id in people}


def test_sees_before_sending_exactly_what_they_see_after(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY, Category.CONTACT, questions="Is a woman there?")
    before = packet_on(rosa.text)
    assert ASKED in before
    assert "Is a woman there?" in before
    story.remind(rosa)
    rosa.submit("/send")
    tomas = story.world.browser(story.world.tomas)
    assert packet_on(tomas.open(story.received(ref))) == before


def test_the_draft_begins_with_what_the_case_says_she_asks_for(story: Story) -> None:
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    assert ("words", ASKED) in rosa.form("/new").fields


def test_only_released_categories_can_be_ticked(story: Story) -> None:
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    offered = rosa.form("/new").options["entries"]
    assert offered == [story.entries[Category.IDENTITY], story.entries[Category.CONTACT]]
    assert HIDEAWAY not in page
    assert ALLERGY not in page
    assert NUMBER not in page


@pytest.mark.parametrize("category", [Category.HEALTH, Category.LOCATION, Category.NEED])
def test_an_entry_that_was_not_offered_does_not_go(story: Story, category: Category) -> None:
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    smuggled = [story.entries[category]]
    answer = rosa.try_submit("/new", words=ASKED, approved="yes", entries=smuggled)
    assert answer.status_code == 422
    assert "Tick again what goes." in answer.text


def test_she_must_have_approved_the_text(story: Story) -> None:
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    answer = rosa.try_submit("/new", words="Something nobody read to her.")
    assert answer.status_code == 422
    assert "Something nobody read to her." in answer.text
    assert "Read the text to her." in answer.text


def test_nothing_is_sent_before_she_was_reminded(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    answer = rosa.try_submit("/send")
    assert answer.status_code == 409
    assert "Remind her of this disclosure first" in answer.text
    assert story.row(ref).state == "draft"


def test_a_reminder_needs_how_and_what_was_said(story: Story) -> None:
    rosa, _ref = story.draft(Category.IDENTITY)
    answer = rosa.try_submit("/reminder", said="")
    assert answer.status_code == 422
    assert answer.text.count("govuk-error-message") >= 2


@pytest.mark.parametrize("at", ["2030-01-15T12:01", "2030-01-14T11:59", "2030-02-30T10:00"])
def test_a_reminder_is_from_the_last_day_and_not_from_tomorrow(story: Story, at: str) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    answer = rosa.try_submit("/reminder", reminded_at=at, mode="phone", said="She agreed.")
    assert answer.status_code == 422
    assert "She agreed." in answer.text
    assert story.row(ref).reminded_at is None


def test_a_reminder_of_another_draft_does_not_count(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    rosa.open(f"/referrals/{ref}/draft")
    rosa.submit("/draft", approved="yes", entries=[story.entries[Category.CONTACT]])
    assert rosa.try_submit("/send").status_code == 409
    assert story.row(ref).state == "draft"


def test_a_reminder_of_yesterday_does_not_count(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    story.world.move(timedelta(hours=25))
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/{ref}/check")
    assert "Write down the reminder" in page
    assert rosa.try_submit("/send").status_code == 409


def test_sending_tells_everybody_at_the_desk_and_nobody_else(story: Story) -> None:
    rosa, _ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    rosa.submit("/send")
    assert told(story) == {"Tomas Lind", "Lena Okoro"}


def test_sending_twice_with_one_form_sends_once(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    sent = rosa.form("/send").filled({})
    first = rosa._post(f"/referrals/{ref}/send", sent)
    again = rosa._post(f"/referrals/{ref}/send", sent)
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert story.row(ref).version == 3


def test_a_location_goes_only_ticked_by_itself_and_with_a_reason(world: World) -> None:
    story = begin(world, WIDE)
    rosa = world.browser(world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    place = story.entries[Category.LOCATION]
    assert place not in rosa.form("/new").options["entries"]
    assert place in rosa.form("/new").options["places"]
    answer = rosa.try_submit("/new", words=ASKED, approved="yes", places=[place])
    assert answer.status_code == 422
    assert "Say why they must know where she is" in answer.text
    page = rosa.submit(
        "/new", places=[place], place_reason="They visit her at home.", approved="yes"
    )
    assert HIDEAWAY in packet_on(page)
    assert "They visit her at home." in page
    assert "They visit her at home." not in packet_on(page)


def test_released_but_unticked_entries_stay_at_home(world: World) -> None:
    story = begin(world, WIDE)
    ref = story.send(Category.IDENTITY)
    page = world.browser(world.tomas).open(story.received(ref))
    for unticked in (HIDEAWAY, ALLERGY, NUMBER):
        assert unticked not in page


def test_later_changes_in_her_case_do_not_travel(story: Story) -> None:
    ref = story.send(Category.IDENTITY)
    with story.world.desk(story.world.rosa) as desk:
        old = story.entries[Category.IDENTITY]
        cases.replace_entry(desk, story.case, old, {"name": "Amal Darwish", "text": ""})
    page = story.world.browser(story.world.tomas).open(story.received(ref))
    assert HER_NAME in page
    assert "Darwish" not in page


def test_an_entry_that_changed_since_it_was_ticked_is_looked_at_again(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    with story.world.desk(story.world.rosa) as desk:
        old = story.entries[Category.IDENTITY]
        cases.replace_entry(desk, story.case, old, {"name": "Amal Darwish", "text": ""})
    answer = rosa.try_submit("/send")
    assert answer.status_code == 409
    assert "An entry changed in the case" in answer.text
    assert story.row(ref).state == "draft"


def test_without_a_release_the_page_says_what_is_needed(story: Story) -> None:
    clinic = law_clinic(story.world, story.world.eastway)
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/new?case={story.case}&service={clinic}")
    assert "She has not released this yet" in page
    [paper] = [link for link in rosa.links if "/releases/new" in link]
    rosa.open(paper)
    assert ("to_agency", story.world.eastway.id) in rosa.form("/releases").fields


def test_of_several_releases_one_is_chosen(story: Story) -> None:
    with story.world.desk(story.world.rosa) as desk:
        wider = terms(story.world.northside, story.world, WIDE, days=60)
        consent.record_release(desk, story.case, wider)
    rosa = story.world.browser(story.world.rosa)
    page = rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    assert "On which release?" in page
    [narrow] = [link for link in rosa.links if story.release in link]
    rosa.open(narrow)
    assert len(rosa.form("/new").options["entries"]) == 2


def test_a_service_of_the_own_agency_is_refused_in_words(story: Story) -> None:
    own = law_clinic(story.world, story.world.harbour)
    rosa = story.world.browser(story.world.rosa)
    answer = rosa.get(f"/referrals/new?case={story.case}&service={own}")
    assert answer.status_code == 409
    assert "a referral to one&#39;s own agency" in answer.text
    typed = {"case": story.case, "service": own, "release": story.release, "words": "x"}
    assert rosa.post("/referrals/new", typed).status_code == 409


def test_a_colleague_who_is_not_on_the_case_cannot_refer_her(story: Story) -> None:
    ref = story.send()
    joan = story.world.browser(story.world.joan)
    address = f"/referrals/new?case={story.case}&service={story.service}"
    assert joan.get(address).status_code == 404
    assert joan.get(f"/referrals/{ref}").status_code == 404
    assert joan.get(f"/referrals/{ref}/steps/withdraw").status_code == 404
    assert story.row(ref).number not in joan.open("/referrals/sent")


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
    page = rosa.submit("steps/report_outcome", **(partial | {"confirmer": "survivor"}))
    assert "She got part of it" in page
    assert story.row(ref).state == "closed"


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


def test_a_draft_is_thrown_away_with_a_reason(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    rosa.open(f"/referrals/{ref}/steps/error")
    rosa.submit("steps/error", reason="sent_in_error")
    assert story.row(ref).state == "entered_in_error"
    assert rosa.get(f"/referrals/{ref}/check").status_code == 404


def test_a_closed_case_refers_nobody(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    rosa.open(f"/cases/{story.case}/close")
    rosa.submit("/close", why="needs_met")
    address = f"/referrals/new?case={story.case}&service={story.service}"
    assert rosa.get(address).status_code == 409
    rosa.open(f"/referrals/{ref}/check")
    assert rosa.try_submit("/send").status_code == 409


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


def test_a_release_for_another_kind_of_help_is_no_ground(world: World) -> None:
    story = begin(world)
    story.withdraw()
    housing = frozenset({ServiceType.HOUSING})
    with world.desk(world.rosa) as desk:
        other = replace(terms(world.northside, world, NARROW), service_types=housing)
        consent.record_release(desk, story.case, other)
    rosa = world.browser(world.rosa)
    page = rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    assert "She has not released this yet" in page
