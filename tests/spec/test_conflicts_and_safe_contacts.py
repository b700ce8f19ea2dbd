"""Staff who know somebody step aside; where a desk may not know, a named safe contact receives."""

from datetime import timedelta

import pytest

from hub.cases.keeping import actions as keeping
from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, PersonId
from hub.core.words import Category
from tests.compelled import handed_over
from tests.kept_out import says_they_know
from tests.referring import ASKED, HER_NAME, Story, begin, takes, told
from tests.survivor import offer_to
from tests.table import Table, releases
from tests.world import Person, World

NOBODY = "Nobody there can open it now. Call them, or ask somebody else."


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


def names(story: Story, *people: Person) -> None:
    """Northside's administrator names these as safe contacts."""
    oskar = story.world.browser(story.world.oskar)
    oskar.open("/named-contacts")
    oskar.submit("/named-contacts", people=[person.id for person in people])


def keeps_out(story: Story, *people: Person) -> None:
    """Rosa keeps these people out."""
    for person in people:
        with story.world.desk(story.world.rosa) as desk:
            keeping.keep_person_out(desk, story.case, PersonId(person.id))


def sees(story: Story, person: Person, ref: str) -> bool:
    """Whether somebody finds the referral at their own address."""
    return story.world.browser(person).get(story.received(ref)).status_code == 200


def test_the_names_one_wrote_are_ones_own_and_sealed(story: Story) -> None:
    world = story.world
    lena = world.browser(world.lena)
    lena.open("/conflicts")
    lena.submit("/conflicts", name="Vincent Marlowe")
    assert "Vincent Marlowe" in lena.text
    for short in ("tomas", "oskar", "grace", "rosa"):
        person = world.browser(getattr(world, short))
        assert "Vincent Marlowe" not in person.open("/conflicts")
    assert b"Marlowe" not in world.raw()
    [form] = [form for form in lena.forms if form.action.endswith("/end")]
    other = world.browser(world.tomas)
    assert other.post(form.action).status_code == 404
    lena.submit("/end")
    assert "Vincent Marlowe" not in lena.text


@pytest.mark.parametrize("short", ["amin", "ines", "petra", "dora"])
def test_everybody_signed_in_can_say_whom_they_know(world: World, short: str) -> None:
    browser = world.browser(getattr(world, short))
    browser.open("/conflicts")
    assert browser.try_submit("/conflicts", name="...").status_code == 422
    browser.submit("/conflicts", name="Ada")
    assert "Ada" in browser.text


def test_whoever_wrote_her_name_is_neither_told_nor_shown(story: Story) -> None:
    says_they_know(story.world, story.world.lena, HER_NAME)
    ref = story.send()
    assert told(story) == {"Tomas Lind"}
    assert sees(story, story.world.tomas, ref)
    assert not sees(story, story.world.lena, ref)
    assert "Lena Okoro" not in story.world.browser(story.world.rosa).open(f"/referrals/{ref}")


def test_a_colleague_who_knows_her_steps_off_at_once(story: Story) -> None:
    world, ref = story.world, story.send()
    tomas = world.browser(world.tomas)
    tomas.open(story.received(ref))
    tomas.submit("/conflict")
    assert tomas.path == "/referrals"
    assert not sees(story, world.tomas, ref)
    assert ASKED not in tomas.text
    assert sees(story, world.lena, ref)
    assert told(story) == {"Lena Okoro"}
    assert NOBODY not in world.browser(world.rosa).open(f"/referrals/{ref}")


def test_when_the_last_of_them_steps_off_the_sender_is_told_that_nobody_is_left(
    story: Story,
) -> None:
    world, ref = story.world, story.send()
    for person in (world.tomas, world.lena):
        browser = world.browser(person)
        browser.open(story.received(ref))
        browser.submit("/conflict")
    assert told(story) == {"Rosa Adeyemi"}
    rosa = world.browser(world.rosa)
    assert "Nobody at Northside Law can open it now." in rosa.open("/")
    page = rosa.open(f"/referrals/{ref}")
    assert NOBODY in page
    assert "They will answer" not in page
    assert "Lena Okoro" not in page


def test_a_supervisor_steps_off_and_the_case_manager_is_told(story: Story) -> None:
    world = story.world
    miriam = world.browser(world.miriam)
    miriam.open(f"/cases/{story.case}")
    miriam.submit("/conflict")
    assert miriam.get(f"/cases/{story.case}").status_code == 404
    assert told(story) == {"Rosa Adeyemi"}
    page = world.browser(world.rosa).open(f"/cases/{story.case}/never")
    assert "Miriam Cole" in page
    assert "By their own word" in page


def test_the_case_manager_must_hand_over_first_and_is_out_from_then_on(story: Story) -> None:
    world = story.world
    rosa = world.browser(world.rosa)
    assert "I know this person" not in rosa.open(f"/cases/{story.case}")
    answer = rosa.post(f"/cases/{story.case}/conflict")
    assert answer.status_code == 409
    assert "Hand the case over first" in answer.text
    says_they_know(world, world.rosa, HER_NAME)
    assert "you said that you know them" in rosa.open("/")
    assert rosa.get(f"/cases/{story.case}").status_code == 200
    rosa.open(f"/cases/{story.case}/hand-over")
    rosa.submit("/hand-over", to=world.joan.id)
    world.move(timedelta(minutes=1))
    joan = world.browser(world.joan)
    joan.open(offer_to(world, world.joan))
    joan.submit("/accept")
    assert world.browser(world.rosa).get(f"/cases/{story.case}").status_code == 404
    with world.desk(world.rosa) as desk:
        assert story.case in desk.sight.kept_out


def test_where_nobody_at_the_desk_may_know_the_safe_contact_receives(story: Story) -> None:
    world = story.world
    names(story, world.noor)
    keeps_out(story, world.tomas, world.lena)
    rosa, ref = story.draft()
    assert "It goes to their named safe contact" in rosa.text
    assert "Noor Haddad" in rosa.text
    assert "Tomas Lind" not in rosa.text
    story.remind(rosa)
    rosa.submit("/send")
    assert told(story) == {"Noor Haddad"}
    assert sees(story, world.noor, ref)
    assert not any(sees(story, each, ref) for each in (world.tomas, world.lena, world.grace))
    noor = world.browser(world.noor)
    assert ASKED[:20] in noor.open("/referrals")
    noor.open(story.received(ref))
    noor.submit("/accept")
    assert sees(story, world.noor, ref)
    assert sees(story, world.grace, ref)
    assert not sees(story, world.tomas, ref)


def test_a_desk_that_is_not_safe_is_passed_over_though_nobody_there_is_named(story: Story) -> None:
    world = story.world
    names(story, world.grace)
    world.move(timedelta(minutes=1))
    names(story, world.grace, world.noor)
    with world.desk(world.rosa) as desk:
        keeping.keep_desk_out(desk, story.case, AgencyId(world.northside.id))
    keeps_out(story, world.grace)
    ref = story.send()
    assert told(story) == {"Noor Haddad"}
    assert sees(story, world.noor, ref)
    assert not sees(story, world.tomas, ref)


def test_a_desk_found_unsafe_later_loses_what_lies_there(story: Story) -> None:
    world = story.world
    names(story, world.noor)
    ref = story.send()
    takes(story, world.tomas, f"{story.received(ref)}/steps/ask", words="Which court?")
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{story.case}/never?agency={world.northside.id}")
    rosa.submit("/desks")
    answered = f"/referrals/{ref}/steps/answer"
    takes(story, world.rosa, answered, words="kanari the county court")
    assert told(story) == {"Rosa Adeyemi"}
    for person in (world.tomas, world.lena):
        assert not sees(story, person, ref)
        assert "kanari" not in world.browser(person).open("/referrals")
    again = story.send()
    assert sees(story, world.noor, again)
    assert not sees(story, world.tomas, again)


def test_without_a_safe_contact_nothing_goes_and_it_is_said_why(story: Story) -> None:
    keeps_out(story, story.world.tomas, story.world.lena)
    rosa, ref = story.draft()
    story.remind(rosa)
    assert "has named no safe contact" in rosa.text
    assert rosa.try_submit("/send").status_code == 409
    assert story.row(ref).state == "draft"


def test_only_an_administrator_names_safe_contacts_and_only_of_their_own(story: Story) -> None:
    world = story.world
    for short in ("noor", "grace", "rosa"):
        assert world.browser(getattr(world, short)).get("/named-contacts").status_code == 404
    oskar = world.browser(world.oskar)
    oskar.open("/named-contacts")
    answer = oskar.post("/named-contacts", people=world.rosa.id)
    assert answer.status_code == 422


def test_a_meeting_gives_nothing_to_whoever_is_kept_out(story: Story) -> None:
    world = story.world
    releases(world, world.rosa, story.case, world.northside, {Category.NEED})
    keeps_out(story, world.tomas)
    table = Table(world, world.rosa, [world.tomas, world.lena]).called()
    item = table.puts(world.rosa, story.case, Category.NEED, "Arabic")
    assert table.topics(world.tomas) == []
    assert table.topics(world.lena) == ["1. Arabic"]
    rosa = table.browser(world.rosa)
    assert "must never know" in rosa.open(f"{table.address(world.rosa)}/items/{item}")


def test_a_meeting_gives_nothing_to_a_desk_that_is_not_safe(story: Story) -> None:
    world = story.world
    releases(world, world.rosa, story.case, world.northside, {Category.NEED})
    table = Table(world, world.rosa, [world.tomas, world.noor]).called()
    table.puts(world.rosa, story.case, Category.NEED, "Arabic")
    assert table.topics(world.tomas) == ["1. Arabic"]
    with world.desk(world.rosa) as desk:
        keeping.keep_desk_out(desk, story.case, AgencyId(world.northside.id))
    table.puts(world.rosa, story.case, Category.NEED, "Courts")
    assert table.topics(world.tomas) == []
    assert table.topics(world.noor) == ["1. Arabic", "2. Courts"]


def told_by_court(story: Story, person: Person, record: str) -> bool:
    """Whether somebody can read what was handed over to their agency on an order."""
    return story.world.browser(person).get(f"/told/{record}").status_code == 200


def test_what_a_court_orders_passes_over_a_desk_that_is_not_safe_too(story: Story) -> None:
    world, entry = story.world, story.entries[Category.IDENTITY]
    names(story, world.noor)
    with world.desk(world.rosa) as desk:
        keeping.keep_desk_out(desk, story.case, AgencyId(world.northside.id))
    order = handed_over(world, story.case, world.northside, entry)
    assert told(story) & {"Noor Haddad", "Tomas Lind", "Lena Okoro"} == {"Noor Haddad"}
    assert told_by_court(story, world.noor, order)
    assert not told_by_court(story, world.tomas, order)


def test_whoever_knows_the_name_is_not_told_by_a_court_order_either(story: Story) -> None:
    world, entry = story.world, story.entries[Category.IDENTITY]
    says_they_know(world, world.tomas, HER_NAME)
    order = handed_over(world, story.case, world.northside, entry)
    assert told_by_court(story, world.lena, order)
    assert not told_by_court(story, world.tomas, order)


def test_nothing_is_handed_over_where_nobody_may_know(story: Story) -> None:
    world, entry = story.world, story.entries[Category.LOCATION]
    keeps_out(story, world.tomas, world.lena)
    with pytest.raises(StepRefused, match="named no safe contact"):
        handed_over(world, story.case, world.northside, entry)
