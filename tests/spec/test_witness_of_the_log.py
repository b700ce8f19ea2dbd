"""Whoever keeps checkpoints for an agency finds them, learns what to do, and reads nothing else."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.core.words import Role
from hub.door.audit import LINES
from hub.jobs import tick
from hub.store.outbox import Letter, OutboxRow
from tests.looks import whole
from tests.witnesses import checkpoint, examined, maker, paper, rewrites, takes_the_last, writes
from tests.world import Person, World

DOWNLOAD = re.compile(r"/log/[a-z2-7]{26}")


@pytest.fixture(params=[Role.ADMINISTRATOR, Role.PRIVACY_OFFICER], ids=lambda role: role.value)
def witness(world: World, request: pytest.FixtureRequest) -> Person:
    """Somebody who keeps checkpoints for the law clinic."""
    return world.employs(world.northside, "Pia Winter", request.param)


def test_a_witness_downloads_the_newest_checkpoint(world: World, witness: Person) -> None:
    writes(world, 3)
    tick(world.hub)
    lines = examined(world).lines
    browser = world.browser(witness)
    text = browser.open("/log")
    answer = browser.get(DOWNLOAD.findall(text)[0])
    assert answer.headers["content-disposition"] == 'attachment; filename="checkpoint.txt"'
    assert paper(world, answer.text).checkpoint.tree.size == lines
    assert str(maker(world).signer.key) in text.replace("&#43;", "+")


def test_taking_a_checkpoint_is_written_down_and_looking_is_not(
    world: World, witness: Person
) -> None:
    tick(world.hub)
    browser = world.browser(witness)
    link = DOWNLOAD.findall(browser.open("/log"))[0]
    browser.get(link)
    with world.hub.unit_of_work() as db:
        lines = db.execute(select(LINES.c.person, LINES.c.action)).all()
    assert (witness.id, "checkpoint.kept") in lines
    assert (witness.id, "log.shown") not in lines


def test_before_the_first_checkpoint_the_page_says_when_it_comes(
    world: World, witness: Person
) -> None:
    assert "The first is made within the hour." in world.browser(witness).open("/log")


def test_earlier_days_are_listed_newest_first_and_by_pages(world: World, witness: Person) -> None:
    for _day in range(33):
        tick(world.hub)
        world.move(timedelta(days=1))
    browser = world.browser(witness)
    text = browser.open("/log")
    first = DOWNLOAD.findall(text)
    older = re.search(r'href="(/log\?before=[a-z2-7]{26})"', text)
    assert older is not None
    assert len(set(first)) == 31
    second = set(DOWNLOAD.findall(browser.open(older[1]))) - {first[0]}
    assert len(second) == 2
    assert second.isdisjoint(first)


def test_each_of_the_earlier_checkpoints_can_be_taken(world: World, witness: Person) -> None:
    for lines in (1, 2, 3):
        writes(world, lines)
        tick(world.hub)
        world.move(timedelta(days=1))
    browser = world.browser(witness)
    links = list(dict.fromkeys(DOWNLOAD.findall(browser.open("/log"))))
    sizes = [paper(world, browser.get(link).text).checkpoint.tree.size for link in links]
    assert [one - other for one, other in pairwise(sizes)] == [3, 2]


def test_the_page_warns_when_nobody_makes_checkpoints_any_more(
    world: World, witness: Person
) -> None:
    tick(world.hub)
    assert "last two hours" not in world.browser(witness).open("/log")
    world.move(timedelta(hours=2, minutes=1))
    assert "last two hours" in world.browser(witness).open("/log")


def test_a_witness_is_told_on_the_start_page_when_the_log_was_cut(
    world: World, witness: Person
) -> None:
    writes(world, 5)
    tick(world.hub)
    assert "not as it should be" not in world.browser(witness).open("/")
    with world.hub.engine.begin() as db:
        takes_the_last(2)(db)
    world.move(timedelta(hours=1))
    tick(world.hub)
    assert "not as it should be" in world.browser(witness).open("/")
    assert "Delete nothing." in world.browser(witness).open("/log")
    assert "not as it should be" not in world.browser(world.rosa).open("/")


def test_after_a_week_without_new_trouble_the_alarm_ends(world: World, witness: Person) -> None:
    writes(world, 2)
    checkpoint(world)
    with world.hub.engine.begin() as db:
        rewrites(2, person="somebody else")(db)
    world.move(timedelta(days=1))
    tick(world.hub)
    assert "not as it should be" in world.browser(witness).open("/")
    world.move(timedelta(days=7, minutes=1))
    assert "not as it should be" not in world.browser(witness).open("/")


@pytest.mark.parametrize("name", ["rosa", "miriam", "dora", "ines"])
def test_for_everybody_else_there_are_no_such_pages(world: World, name: str) -> None:
    tick(world.hub)
    link = DOWNLOAD.findall(world.browser(world.petra).open("/log"))[0]
    browser = world.browser(world.town.people[name])
    absent = whole(browser.get("/nowhere"))
    assert whole(browser.get("/log")) == absent
    assert whole(browser.get(link)) == absent


def test_a_checkpoint_names_nobody_and_nothing(world: World) -> None:
    writes(world, 3)
    tick(world.hub)
    browser = world.browser(world.petra)
    text = browser.get(DOWNLOAD.findall(browser.open("/log"))[0]).text
    origin, size, root, time, *rest = text.split("\n")
    assert re.fullmatch(r"linden/log/[0-9a-f]{16}", origin)
    assert size.isdigit()
    assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", root)
    assert time == "time 2030-01-15T12:03:00Z"
    assert rest[0] == ""
    assert re.fullmatch(r"— linden/log/[0-9a-f]{16} [A-Za-z0-9+/=]{92}", rest[1])
    assert rest[2:] == [""]


def test_the_page_is_the_same_whatever_happens_in_the_town(world: World, witness: Person) -> None:
    tick(world.hub)
    before = whole(world.browser(witness).get("/log"))
    with world.desk(world.rosa) as desk:
        desk.audit("referral.step", count=1)
    assert whole(world.browser(witness).get("/log")) == before
    with world.hub.unit_of_work() as db:
        assert db.execute(select(col(LINES.c.seq))).all()


def letters(world: World) -> list[str]:
    with world.hub.unit_of_work() as db:
        return sorted(db.execute(select(col(OutboxRow.person))).scalars())


def test_word_is_sent_to_every_witness_once_a_day_and_says_nothing(world: World) -> None:
    officer = world.employs(world.eastway, "Pia Winter", Role.PRIVACY_OFFICER)
    writes(world, 5)
    tick(world.hub)
    assert letters(world) == []
    with world.hub.engine.begin() as db:
        takes_the_last(2)(db)
    everybody = [world.petra, world.paula, world.oskar, world.vera, world.ivor, officer]
    for _hour in range(20):
        world.move(timedelta(hours=1))
        tick(world.hub)
        assert letters(world) == sorted(person.id for person in everybody)
    with world.hub.unit_of_work() as db:
        said = set(db.execute(select(col(OutboxRow.letter), col(OutboxRow.about))))
    assert said == {(Letter.WAITING, None)}
    for _hour in range(28):
        world.move(timedelta(hours=1))
        tick(world.hub)
    assert len(letters(world)) == 2 * len(everybody)
