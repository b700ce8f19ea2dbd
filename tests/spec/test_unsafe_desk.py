"""An intake desk that is not safe for her: nobody who carried its key knows of her any more."""

import pytest

from hub.cases.keeping import actions as keeping
from hub.cases.keeping import letting_in
from hub.core.errors import Changed
from hub.core.ids import AgencyId
from hub.core.words import Category, Role
from hub.people.actions import RoleChange, give_roles
from hub.people.tables import PersonRow
from tests.compelled import handed_over, made
from tests.referring import Story, begin, told
from tests.spec.test_conflicts_and_safe_contacts import names, sees
from tests.world import Person, World


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


def is_not_safe(story: Story) -> None:
    """Rosa hears that Northside's intake desk is not safe for her."""
    with story.world.desk(story.world.rosa) as desk:
        keeping.keep_desk_out(desk, story.case, AgencyId(story.world.northside.id))


def now_works_as(world: World, person: Person, *roles: Role) -> None:
    """Northside's administrator gives somebody these roles and no others."""
    with world.desk(world.oskar) as desk:
        version = desk.db.get_one(PersonRow, person.id).version
        give_roles(desk, RoleChange(person.id, frozenset(roles), version))


def knows(story: Story, person: Person) -> bool:
    """Whether the case exists for somebody at all."""
    with story.world.desk(person) as desk:
        return story.case not in desk.sight.kept_out


def accepts(story: Story, person: Person, ref: str) -> None:
    """Somebody takes the referral on."""
    browser = story.world.browser(person)
    browser.open(story.received(ref))
    browser.submit("/accept")


def test_what_the_desk_took_on_before_is_gone_for_them_too(story: Story) -> None:
    world, ref = story.world, story.send()
    accepts(story, world.tomas, ref)
    is_not_safe(story)
    assert told(story).isdisjoint({"Tomas Lind", "Lena Okoro"})
    for person in (world.tomas, world.lena):
        assert not sees(story, person, ref)
        assert "taken on" not in world.browser(person).open("/referrals")


def test_what_a_law_or_a_court_told_the_desk_is_gone_for_them_too(story: Story) -> None:
    world, entry = story.world, story.entries[Category.IDENTITY]
    records = [
        handed_over(world, story.case, world.northside, entry),
        made(world, story.case, world.northside, entry),
    ]
    is_not_safe(story)
    for record in records:
        assert world.browser(world.tomas).get(f"/told/{record}").status_code == 404


def test_a_supervisor_at_the_desk_reads_nothing_the_safe_contact_took_on(story: Story) -> None:
    world = story.world
    una = world.employs(world.northside, "Una Reid", Role.SUPERVISOR, Role.INTAKE_WORKER)
    names(story, world.noor)
    is_not_safe(story)
    ref = story.send()
    accepts(story, world.noor, ref)
    assert sees(story, world.noor, ref)
    assert sees(story, world.grace, ref)
    assert not sees(story, una, ref)


def test_whoever_comes_to_the_desk_later_does_not_know_either(story: Story) -> None:
    world = story.world
    is_not_safe(story)
    newcomer = world.employs(world.northside, "Una Reid", Role.INTAKE_WORKER)
    assert not knows(story, newcomer)
    now_works_as(world, world.noor, Role.CASE_MANAGER, Role.INTAKE_WORKER)
    assert not knows(story, world.noor)


def test_whoever_leaves_the_desk_does_not_know_for_that(story: Story) -> None:
    is_not_safe(story)
    now_works_as(story.world, story.world.tomas, Role.CASE_MANAGER)
    assert not knows(story, story.world.tomas)


def test_two_people_let_the_whole_desk_know_again(story: Story) -> None:
    world = story.world
    is_not_safe(story)
    with world.desk(world.rosa) as desk:
        [line] = [each for each in letting_in.lines(desk, story.case) if each.is_desk]
        letting_in.ask_to_let_in(desk, story.case, line.id, "They all changed")
    with world.desk(world.miriam) as desk:
        letting_in.say_yes(desk, letting_in.one_to_answer(desk, line.id))
    assert knows(story, world.tomas)
    assert sees(story, world.lena, story.send())


def test_the_page_lists_the_desk_and_not_each_of_its_people(story: Story) -> None:
    is_not_safe(story)
    page = story.world.browser(story.world.rosa).open(f"/cases/{story.case}/never")
    assert "Everybody at the intake desk of Northside Law" in page
    assert "Tomas Lind" not in page


def test_one_of_the_desk_who_is_named_since_is_let_through_when_something_goes(
    story: Story,
) -> None:
    world = story.world
    is_not_safe(story)
    names(story, world.lena)
    rosa, _ref = story.draft()
    assert "Lena Okoro" in rosa.text
    assert not knows(story, world.lena)
    ref = story.send()
    assert told(story) == {"Lena Okoro"}
    assert sees(story, world.lena, ref)
    assert not sees(story, world.tomas, ref)
    names(story, world.noor)
    assert not knows(story, world.lena)
    assert not sees(story, world.lena, ref)


def test_a_safe_contact_without_a_role_that_reads_is_no_safe_contact(story: Story) -> None:
    world = story.world
    names(story, world.noor)
    now_works_as(world, world.noor, Role.COORDINATOR)
    is_not_safe(story)
    rosa, _ref = story.draft()
    assert "Noor Haddad" not in rosa.text
    assert "has named no safe contact" in rosa.text


def test_the_same_person_at_another_agency_does_not_know_either(story: Story) -> None:
    world = story.world
    with world.hub.desk_of_the_house() as house:
        other = world.employs(world.eastway, "Tomas Lind", Role.INTAKE_WORKER)
        house.db.get_one(PersonRow, other.id).email = world.tomas.email
    with world.desk(world.rosa) as desk:
        keeping.keep_person_out(desk, story.case, world.tomas.id)
    assert not knows(story, world.tomas)
    assert not knows(story, other)


def test_keeping_a_desk_out_once_more_answers_who_asked_to_let_it_in(story: Story) -> None:
    world = story.world
    is_not_safe(story)
    with world.desk(world.rosa) as desk:
        [line] = [each for each in letting_in.lines(desk, story.case) if each.is_desk]
        letting_in.ask_to_let_in(desk, story.case, line.id, "They all changed")
    is_not_safe(story)
    assert world.browser(world.miriam).get(f"/lifts/{line.id}").status_code == 404


@pytest.mark.parametrize("of", ["desk", "person"])
def test_a_yes_to_older_words_is_no_yes(story: Story, of: str) -> None:
    world = story.world
    if of == "desk":
        is_not_safe(story)
    else:
        with world.desk(world.rosa) as desk:
            keeping.keep_person_out(desk, story.case, world.tomas.id)
    with world.desk(world.rosa) as desk:
        [line] = letting_in.lines(desk, story.case)
        letting_in.ask_to_let_in(desk, story.case, line.id, "They all changed")
    stale = world.browser(world.miriam)
    stale.open(f"/lifts/{line.id}")
    with world.desk(world.miriam) as desk:
        read = letting_in.one_to_answer(desk, line.id)
        letting_in.say_no(desk, read)
    with world.desk(world.rosa) as desk:
        letting_in.ask_to_let_in(desk, story.case, line.id, "Something else")
    assert stale.try_submit("/lifts/" + line.id, answer="yes").status_code == 409
    with world.desk(world.miriam) as desk, pytest.raises(Changed):
        letting_in.say_yes(desk, read)
    assert not knows(story, world.tomas)


@pytest.mark.parametrize("of", ["name", "person"])
def test_an_officer_who_came_after_the_question_answers_nothing_unread(
    story: Story, of: str
) -> None:
    world = story.world
    with world.desk(world.rosa) as desk:
        if of == "name":
            keeping.write_name(desk, story.case, "Vincent Marlowe")
        else:
            keeping.keep_person_out(desk, story.case, world.tomas.id)
        [line] = letting_in.lines(desk, story.case)
        letting_in.ask_to_let_in(desk, story.case, line.id, "It is somebody else")
    officer = world.employs(world.harbour, "Uma Reyes", Role.PRIVACY_OFFICER)
    browser = world.browser(officer)
    assert "Let somebody know again?" not in browser.open("/")
    assert browser.get(f"/lifts/{line.id}").status_code == 404
    assert browser.post(f"/lifts/{line.id}", answer="yes").status_code == 404


def test_mail_that_waits_does_not_leave_to_who_is_no_safe_contact_any_more(story: Story) -> None:
    world = story.world
    is_not_safe(story)
    names(story, world.lena)
    world.lets_wait(10)
    story.send()
    assert told(story) == {"Lena Okoro"}
    names(story, world.noor)
    assert told(story) == set()


def test_the_sender_reads_that_nobody_can_open_what_lay_at_a_desk_found_unsafe(
    story: Story,
) -> None:
    world = story.world
    names(story, world.lena)
    ref = story.send()
    is_not_safe(story)
    rosa = world.browser(world.rosa)
    assert "Nobody there can open it now." in rosa.open(f"/referrals/{ref}")


def test_nobody_types_for_staff_that_it_was_done_with_a_number(story: Story) -> None:
    world = story.world
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{story.case}/never?agency={world.northside.id}")
    assert rosa.try_submit("/never/agencies", mode="number").status_code == 422
    assert knows(story, world.tomas)


def test_a_safe_contact_who_is_at_the_desk_receives_in_their_own_name(story: Story) -> None:
    names(story, story.world.lena)
    is_not_safe(story)
    ref = story.send()
    assert told(story) == {"Lena Okoro"}
    assert sees(story, story.world.lena, ref)
    assert story.row(ref).receiver_holder == story.world.lena.holder
