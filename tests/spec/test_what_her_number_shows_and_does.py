"""What an empty page of a number says, and how the case manager learns what was done with one."""

import re
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import select

from hub.consent.tables import ReleaseRow
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.words import Category
from tests.clients import Browser
from tests.spec.test_number_of_her_own import DANGER, PIN, Told, answer_of, form_of, plain
from tests.survivor import opened, released, terms
from tests.world import World

BY_LAW: Final = "What a law or a court made anybody tell"
WAITS: Final = "release to Northside Law was taken back"


@pytest.fixture
def told(world: World) -> Told:
    return Told(world)


def take_back(told: Told) -> None:
    hers = told.opens()
    hers.try_submit_to(form_of(hers, "ask"), {})
    hers.try_submit_to(form_of(hers, "take_back"), {})


def nothing_told(told: Told) -> Browser:
    """The page of a number of a case of which nothing was ever told to anybody."""
    rosa, case = told.world.browser(told.world.rosa), opened(told.world, told.world.rosa, "WREN-31")
    rosa.open(f"/cases/{case}/own-copy")
    said = {"lasting": "week", "pin": PIN, "panic": DANGER, "decided": "yes"}
    page = rosa.try_submit("/own-copy", **said).text
    return told.opens(number=re.findall(r"\d{4} \d{4} \d{4} \d{4}", page)[0])


def test_an_empty_page_and_one_in_danger_say_the_same_and_no_more(told: Told) -> None:
    nothing, danger = nothing_told(told), told.opens(DANGER)
    assert BY_LAW in told.opens().text
    assert BY_LAW not in nothing.text
    assert plain(answer_of(nothing)) == plain(answer_of(danger))


def test_the_heading_says_nothing_of_what_stands_below(told: Told) -> None:
    for page in (told.opens(), told.opens(DANGER)):
        assert re.findall(r"<h1>(.*?)</h1>", page.text) == ["Notes"]


def test_a_release_says_that_it_was_taken_back_with_her_number(told: Told) -> None:
    take_back(told)
    page = told.world.browser(told.world.rosa).open(f"/releases/{told.release}")
    assert "With the number of their own." in page
    assert "In writing" not in page


def test_nobody_can_choose_by_hand_that_it_was_done_with_her_number(told: Told) -> None:
    rosa = told.world.browser(told.world.rosa)
    rosa.open(f"/releases/{told.release}/withdraw")
    form = rosa.form("/withdraw")
    assert form.options["how"] == ["phone", "in_person", "writing"]
    fields = [*form.fields, ("how", Mode.NUMBER.value)]
    rosa.post(form.action, {name: [v for n, v in fields if n == name] for name, _ in fields})
    with told.world.hub.unit_of_work() as db:
        assert db.execute(select(ReleaseRow)).scalar_one().withdrawn_mode is Mode.UNRECORDED


def test_what_was_taken_back_waits_on_my_work_until_it_is_looked_at(told: Told) -> None:
    assert WAITS not in told.world.browser(told.world.rosa).open("/")
    take_back(told)
    told.world.move(timedelta(days=20))
    rosa, miriam = (told.world.browser(each) for each in (told.world.rosa, told.world.miriam))
    miriam.open(f"/releases/{told.release}")
    assert WAITS not in miriam.open("/")
    assert WAITS in rosa.open("/")
    rosa.open(f"/releases/{told.release}")
    assert WAITS not in rosa.open("/")


def test_what_she_said_to_her_case_manager_does_not_wait_on_my_work(told: Told) -> None:
    with told.world.desk(told.world.miriam) as desk:
        withdraw(desk, [told.release], Withdrawal(Mode.PHONE))
    assert WAITS not in told.world.browser(told.world.rosa).open("/")


def test_a_refused_number_speaks_of_her_as_the_page_does(told: Told) -> None:
    rosa = told.world.browser(told.world.rosa)
    rosa.open(f"/cases/{told.case}/entries/new?category=identity")
    rosa.submit("/entries", name="Amal", spoken_of="she")
    assert "Decide it with her first" in told.asks(rosa, decided="").text


def test_two_releases_taken_back_wait_each_by_itself(told: Told) -> None:
    asked = terms(told.world, told.world.eastway, Category.NEED)
    released(told.world, told.world.rosa, told.case, asked)
    take_back(told)
    take_back(told)
    page = told.world.browser(told.world.rosa).open("/")
    assert WAITS in page
    assert "release to Eastway Clinic was taken back" in page
