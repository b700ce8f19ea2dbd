"""The copy for the person it is about: every sentence of it is true when she reads it."""

from datetime import timedelta

from hub.consent.superseding import replace_release
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId
from hub.core.words import Category
from tests import compelled
from tests.hanging import takes_on
from tests.referring import Story, begin
from tests.survivor import opened, terms, told
from tests.world import World

WAIT = timedelta(minutes=10)
WAS_TOLD = "Northside Law was told this about you"
NEVER_WAS = "Northside Law was going to be able to read this about you"


def copied(world: World, case: CaseId) -> str:
    """What her printed copy says."""
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/ledger/copy")
    page = rosa.submit("/copies", answer="given").replace("&#39;", "'")
    return page[page.index("<main") : page.index("</main")]


def sent_and_waiting(world: World) -> Story:
    """Something went to Northside and waits ten minutes before anybody there can open it."""
    world.lets_wait(10)
    story = begin(world)
    story.send()
    return story


def test_what_waits_is_not_said_to_have_been_told(world: World) -> None:
    story = sent_and_waiting(world)
    said = copied(world, story.case)
    assert "What others will be able to read soon" in said
    assert "From 15 Jan 2030, 12:10 Northside Law can read this about you" in said
    assert "Nobody there can open it yet." in said
    assert "Nobody outside your own care team can read anything about you now." in said
    assert WAS_TOLD not in said
    world.move(WAIT)
    assert WAS_TOLD in copied(world, story.case)


def test_what_was_called_back_is_said_to_have_been_read_by_nobody(world: World) -> None:
    world.lets_wait(10)
    story = begin(world)
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    rosa.submit("/send")
    rosa.open(f"/referrals/{ref}")
    rosa.submit("/recall")
    world.move(WAIT)
    said = copied(world, story.case)
    assert NEVER_WAS in said
    assert "before anybody there could read it. It was called back." in said
    assert WAS_TOLD not in said
    assert "Nobody there has opened it." not in said


def test_what_she_took_back_in_time_is_said_to_have_been_read_by_nobody(world: World) -> None:
    story = sent_and_waiting(world)
    with world.desk(world.rosa) as desk:
        withdraw(desk, [story.release], Withdrawal(Mode.PHONE))
    said = copied(world, story.case)
    assert NEVER_WAS in said
    assert "before anybody there could read it. You took it back." in said
    assert WAS_TOLD not in said


def test_a_new_release_is_said_to_be_something_new_she_agreed_to(world: World) -> None:
    story = begin(world)
    story.send()
    world.move(timedelta(hours=1))
    with world.desk(world.rosa) as desk:
        narrow = terms(world, world.northside, Category.NEED, Category.IDENTITY)
        replace_release(desk, story.release, narrow)
    said = copied(world, story.case)
    assert "That was so until 15 January 2030. You agreed to something new instead." in said
    assert "They need it no longer." not in said


def test_what_colleagues_took_over_is_not_said_to_be_closed_to_them(world: World) -> None:
    story = begin(world)
    ref = story.send()
    world.move(timedelta(hours=1))
    takes_on(story, ref, world.tomas)
    said = copied(world, story.case)
    assert "Colleagues there took it over on 15 January 2030." in said
    assert "they can no longer read it" not in said
    assert "They need it no longer." not in said


def test_what_a_law_made_us_tell_is_not_said_to_be_hers_to_take_back(world: World) -> None:
    case = opened(world, world.rosa)
    kids = told(world, world.rosa, case, Category.CHILDREN, "the boy is seven")
    compelled.made(world, case, world.northside, kids)
    said = copied(world, case)
    assert "Why: A legal duty to report." in said
    assert "unless you take it back before" not in said
    assert "You can take any of this back" not in said
    assert "What you agreed to you can take back at any time" in said
    assert "What a law or a court made us tell you cannot take back." in said


def test_who_opened_it_is_said_by_what_they_do_there(world: World) -> None:
    story = begin(world)
    ref = story.send()
    world.move(timedelta(hours=1))
    world.browser(world.lena).open(story.received(ref))
    one = "It was opened by somebody who works there as intake worker. The first"
    assert one in copied(world, story.case)
    world.browser(world.tomas).open(story.received(ref))
    several = "It was opened by people who work there as intake worker. The first"
    assert several in copied(world, story.case)
