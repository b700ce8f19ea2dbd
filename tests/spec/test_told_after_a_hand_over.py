"""After a hand-over it is the case manager of now who hears of what was told, and nobody before."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from hub.cases.keeping import actions as keeping
from hub.consent.orders import actions as orders
from hub.consent.orders import queries as order_queries
from hub.core.ids import PersonId
from hub.core.words import Category, Role
from hub.store.outbox import OutboxRow
from tests.compelled import approve, asked, handed_over, made
from tests.referring import Story, begin
from tests.survivor import offer_to
from tests.world import Person, World


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with an entry of every kind."""
    return begin(world)


def mails(world: World, person: Person) -> list[str]:
    """The subjects of what waits to leave for somebody."""
    with world.hub.unit_of_work() as db:
        waiting = select(OutboxRow.subject).where(
            col(OutboxRow.person) == person.id, col(OutboxRow.dropped_at).is_(None)
        )
        return [subject or "" for subject in db.exec(waiting)]


def hands_over(story: Story) -> None:
    """Rosa hands the case over to Joan, and is kept out of it from then on."""
    world = story.world
    world.move(timedelta(minutes=1))
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{story.case}/hand-over")
    rosa.submit("/hand-over", to=world.joan.id)
    world.move(timedelta(minutes=1))
    joan = world.browser(world.joan)
    joan.open(offer_to(world, world.joan))
    joan.submit("/accept")
    with world.desk(world.joan) as desk:
        keeping.keep_person_out(desk, story.case, PersonId(world.rosa.id))


@pytest.mark.parametrize("court", [False, True])
def test_that_it_arrived_is_told_to_the_case_manager_of_now(story: Story, court: bool) -> None:
    world, entry = story.world, story.entries[Category.IDENTITY]
    tell = handed_over if court else made
    record = tell(world, story.case, world.northside, entry)
    hands_over(story)
    before, joans = mails(world, world.rosa), mails(world, world.joan)
    tomas = world.browser(world.tomas)
    tomas.open(f"/told/{record}")
    tomas.submit(f"/told/{record}")
    assert mails(world, world.rosa) == before
    assert mails(world, world.joan) == [*joans, story.case]


def test_that_it_arrived_is_told_as_something_about_the_case(story: Story) -> None:
    world = story.world
    record = made(world, story.case, world.northside, story.entries[Category.IDENTITY])
    tomas = world.browser(world.tomas)
    tomas.open(f"/told/{record}")
    tomas.submit(f"/told/{record}")
    assert mails(world, world.rosa) == [story.case]
    assert "" not in mails(world, world.rosa)


@pytest.mark.parametrize("agrees", [True, False])
def test_what_a_second_person_says_is_told_to_the_case_manager_of_now(
    story: Story, agrees: bool
) -> None:
    world = story.world
    order = asked(world, story.case, world.northside, story.entries[Category.IDENTITY])
    hands_over(story)
    before, joans = mails(world, world.rosa), mails(world, world.joan)
    if agrees:
        approve(world, world.miriam, order)
    else:
        with world.desk(world.miriam) as desk:
            row, _case, _words = order_queries.asked(desk, order)
            orders.send_back(desk, order, "too wide", row.version)
    assert mails(world, world.rosa) == before
    assert mails(world, world.joan) == [*joans, story.case]


def test_a_privacy_officer_who_agrees_tells_the_case_manager_too(story: Story) -> None:
    world = story.world
    priya = world.employs(world.harbour, "Priya Nair", Role.PRIVACY_OFFICER)
    order = asked(world, story.case, world.northside, story.entries[Category.IDENTITY])
    hands_over(story)
    before = mails(world, world.rosa)
    approve(world, priya, order)
    assert mails(world, world.rosa) == before
    assert mails(world, world.joan)[-1] == story.case
