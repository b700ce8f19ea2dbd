"""A number or address that the family has as well goes to nobody."""

import pytest

from hub.cases import actions as cases
from hub.core.errors import StepRefused
from hub.core.ids import EnvelopeId
from hub.core.words import Category
from tests.referring import NUMBER, SAID, Story, begin
from tests.world import World

ADVICE = "also written down under family and household"


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


def writes(story: Story, category: Category, text: str) -> EnvelopeId:
    """Rosa writes an entry."""
    with story.world.desk(story.world.rosa) as desk:
        return cases.write_entry(desk, story.case, category, {"text": text})


def test_a_referral_does_not_carry_a_number_that_the_family_has(story: Story) -> None:
    writes(story, Category.FAMILY, f"Her husband answers {NUMBER}")
    rosa, ref = story.draft(Category.CONTACT)
    story.remind(rosa)
    assert ADVICE in rosa.text
    assert "Leave it out, or write down another way" in rosa.text
    assert rosa.try_submit("/send").status_code == 409
    assert story.row(ref).state == "draft"


def test_a_number_found_at_home_after_the_reminder_does_not_go(story: Story) -> None:
    rosa, ref = story.draft(Category.CONTACT)
    story.remind(rosa)
    assert ADVICE not in rosa.text
    writes(story, Category.FAMILY, f"Her husband answers {NUMBER}")
    answer = rosa.try_submit("/send")
    assert answer.status_code == 409
    assert ADVICE in answer.text
    assert story.row(ref).state == "draft"


def test_without_it_the_referral_goes(story: Story) -> None:
    writes(story, Category.FAMILY, f"Her husband answers {NUMBER}")
    ref = story.send(Category.IDENTITY)
    assert story.row(ref).state == "sent"


def test_another_way_to_reach_her_goes_instead(story: Story) -> None:
    writes(story, Category.FAMILY, f"Her husband answers {NUMBER}")
    with pytest.raises(StepRefused, match=ADVICE):
        story.send(Category.CONTACT)
    body = SAID[Category.CONTACT] | {"value": "020 7946 0555"}
    with story.world.desk(story.world.rosa) as desk:
        old = story.entries[Category.CONTACT]
        story.entries[Category.CONTACT] = cases.replace_entry(desk, story.case, old, body)
    ref = story.send(Category.CONTACT)
    packet = story.world.browser(story.world.tomas).open(story.received(ref))
    assert "020 7946 0555" in packet
    assert NUMBER not in packet
