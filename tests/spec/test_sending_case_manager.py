"""What a case manager who refers a survivor can and cannot do."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from hub.cases import actions as cases
from hub.consent import actions as consent
from hub.core.words import Category, ServiceType
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
    told,
)
from tests.world import World

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
