"""Who said that they know her is kept out before anything of hers comes, with her name or not."""

from datetime import timedelta

import pytest

from conferencing import item_actions, queries
from conferencing.item_actions import Giving
from hub.cases import actions as cases
from hub.core.errors import StepRefused
from hub.core.ids import CaseId, ItemId
from hub.core.words import Category
from pathways.referrals.drafts import Reminder
from pathways.referrals.reasons import ReminderMode
from tests.compelled import handed_over, made
from tests.kept_out import says_they_know
from tests.referring import HER_NAME, SAID, Story, begin, takes, told
from tests.table import Table, releases
from tests.world import Person, World

RENAMED = SAID[Category.IDENTITY] | {"name": "Nadia Quill"}


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


def finds(story: Story, person: Person, address: str) -> bool:
    """Whether somebody finds a page there."""
    return story.world.browser(person).get(address).status_code == 200


def is_kept_out(story: Story, person: Person) -> bool:
    """Whether somebody must never know of the case."""
    with story.world.desk(person) as desk:
        return story.case in desk.sight.kept_out


def test_a_referral_without_her_name_passes_over_whoever_knows_it(story: Story) -> None:
    says_they_know(story.world, story.world.lena, HER_NAME)
    ref = story.send(Category.CONTACT)
    assert finds(story, story.world.tomas, story.received(ref))
    assert not finds(story, story.world.lena, story.received(ref))
    assert told(story) == {"Tomas Lind"}


def test_who_says_it_after_a_referral_without_her_name_loses_it(story: Story) -> None:
    ref = story.send(Category.CONTACT)
    assert finds(story, story.world.lena, story.received(ref))
    says_they_know(story.world, story.world.lena, HER_NAME)
    assert not finds(story, story.world.lena, story.received(ref))
    assert finds(story, story.world.tomas, story.received(ref))


def test_an_answer_passes_over_whoever_knows_the_name_she_has_by_now(story: Story) -> None:
    world = story.world
    says_they_know(world, world.lena, RENAMED["name"])
    ref = story.send(Category.CONTACT)
    takes(story, world.tomas, f"{story.received(ref)}/steps/ask", words="Which court?")
    assert not is_kept_out(story, world.lena)
    with world.desk(world.rosa) as desk:
        cases.replace_entry(desk, story.case, story.entries[Category.IDENTITY], RENAMED)
    takes(story, world.rosa, f"/referrals/{ref}/steps/answer", words="The county court.")
    assert is_kept_out(story, world.lena)
    assert finds(story, world.tomas, story.received(ref))


@pytest.mark.parametrize("court", [False, True])
def test_what_the_law_or_a_court_compels_passes_over_whoever_knows_her(
    story: Story, court: bool
) -> None:
    world = story.world
    says_they_know(world, world.lena, HER_NAME)
    tell = handed_over if court else made
    record = tell(world, story.case, world.northside, story.entries[Category.HEALTH])
    assert finds(story, world.tomas, f"/told/{record}")
    assert not finds(story, world.lena, f"/told/{record}")
    assert "Lena Okoro" not in told(story)


def test_a_desk_at_which_everybody_knows_her_is_not_sent_anything(story: Story) -> None:
    for person in (story.world.tomas, story.world.lena):
        says_they_know(story.world, person, HER_NAME)
    with pytest.raises(StepRefused, match="named no safe contact"):
        story.send(Category.CONTACT)


def heard_of(story: Story) -> None:
    """Northside may hear of her need at a conference."""
    releases(story.world, story.world.rosa, story.case, story.world.northside, {Category.NEED})


def test_a_meeting_passes_over_whoever_knows_her(story: Story) -> None:
    world = story.world
    says_they_know(world, world.lena, HER_NAME)
    heard_of(story)
    table = Table(world, world.rosa, [world.lena, world.noor]).called()
    table.puts(world.rosa, story.case, Category.NEED, "Arabic")
    assert table.topics(world.lena) == []
    assert table.topics(world.noor) == ["1. Arabic"]


def test_nothing_comes_on_an_agenda_that_only_those_could_hear_who_know_her(story: Story) -> None:
    world = story.world
    says_they_know(world, world.lena, HER_NAME)
    heard_of(story)
    table = Table(world, world.rosa, [world.lena]).called()
    item = table.proposes(world.rosa, story.case, Category.NEED, "Arabic")
    with pytest.raises(StepRefused, match="Nobody of another agency could read"):
        table.admits(world.rosa, item)


def gives_again(table: Table, item: ItemId) -> None:
    """Rosa gives an item to those who came to the table since."""
    with table.world.desk(table.world.rosa) as desk:
        place = table.place(desk, table.world.rosa)
        row = queries.own_item(desk, place, item)
        reminder = Reminder(desk.at, ReminderMode.PHONE, "She agreed.")
        item_actions.let_in(desk, place, row, Giving(row.version, reminder, "", None))


def test_whoever_takes_a_seat_later_and_knows_her_is_given_nothing(story: Story) -> None:
    world = story.world
    heard_of(story)
    table = Table(world, world.rosa, [world.noor]).called()
    item = table.puts(world.rosa, story.case, Category.NEED, "Arabic")
    with world.desk(world.rosa) as desk:
        cases.replace_entry(desk, story.case, story.entries[Category.IDENTITY], RENAMED)
    says_they_know(world, world.lena, RENAMED["name"])
    table.invites(world.lena, world.tomas)
    world.move(timedelta(minutes=1))
    gives_again(table, item)
    assert table.topics(world.lena) == []
    assert table.topics(world.tomas) == ["1. Arabic"]


def test_an_agency_that_hears_nothing_is_asked_about_nobody(story: Story) -> None:
    world = story.world
    says_they_know(world, world.amin, HER_NAME)
    heard_of(story)
    table = Table(world, world.rosa, [world.amin, world.noor]).called()
    table.puts(world.rosa, story.case, Category.NEED, "Arabic")
    assert not is_kept_out(story, world.amin)


def test_the_case_and_its_team_stay_as_they_were(story: Story) -> None:
    world = story.world
    says_they_know(world, world.lena, HER_NAME)
    ref = story.send(Category.CONTACT)
    for person in (world.rosa, world.miriam):
        assert finds(story, person, f"/cases/{CaseId(story.case)}")
    assert "Lena Okoro" not in world.browser(world.rosa).open(f"/referrals/{ref}")
    assert "Lena Okoro" not in world.browser(world.rosa).open(f"/cases/{story.case}/never")
