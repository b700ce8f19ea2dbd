"""A way on which words are left: what the form asks, and what the page of reaching her offers."""

import pytest

from hub.cases.actions import write_entry
from hub.core.ids import CaseId
from hub.core.words import Category
from tests.clients import Browser
from tests.spec.test_safe_contact import CALL, writes
from tests.survivor import opened
from tests.world import World

SENTENCE = "Whoever uses this way leaves words there."
WAYS = ("message", "chat", "email", "letter")


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


def kept(world: World, case: CaseId, **changed: str) -> Browser:
    """A way as it may lie in the store from before, and the page of reaching her."""
    said = {name: " ".join(v) if isinstance(v, list) else v for name, v in CALL.items()}
    said |= {"confirmed_at": world.now.isoformat(), **changed}
    with world.desk(world.rosa) as desk:
        write_entry(desk, case, Category.CONTACT, said)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    return rosa


def ends(browser: Browser) -> set[str]:
    return {form.action.rpartition("/")[2] for form in browser.forms}


@pytest.mark.parametrize("method", WAYS)
def test_a_way_that_leaves_words_is_refused_where_none_may_be_left(
    world: World, case: CaseId, method: str
) -> None:
    rosa = writes(world, case, method=method)
    assert rosa.page is not None
    assert rosa.page.status_code == 422
    assert SENTENCE in rosa.text
    assert "marigold" in rosa.text


@pytest.mark.parametrize("method", WAYS)
@pytest.mark.parametrize("tick", ["leave", "do_not"])
def test_it_is_written_down_where_words_may_be_left_or_it_is_never_used(
    world: World, case: CaseId, method: str, tick: str
) -> None:
    rosa = writes(world, case, method=method, **{tick: "yes"})
    assert rosa.page is not None
    assert rosa.page.status_code == 303


@pytest.mark.parametrize("method", ["call", "through someone", "in person"])
def test_ways_of_talking_need_no_word_about_messages(
    world: World, case: CaseId, method: str
) -> None:
    rosa = writes(world, case, method=method)
    assert rosa.page is not None
    assert rosa.page.status_code == 303


@pytest.mark.parametrize("changed", [{"method": "message"}, {"code_word": ""}])
def test_what_no_confirmation_mends_offers_to_change_it(
    world: World, case: CaseId, changed: dict[str, str]
) -> None:
    rosa = kept(world, case, **changed)
    assert "Not usable" in rosa.text
    assert "Change it" in rosa.text
    assert "confirm" not in ends(rosa)


def test_what_nobody_confirmed_asks_to_write_down_what_is_missing(
    world: World, case: CaseId
) -> None:
    rosa = kept(world, case, confirmed_by="", confirmed_at="")
    assert "Ask, and write down what is missing" in rosa.text
    assert "confirm" not in ends(rosa)


@pytest.mark.parametrize("changed", [{"do_not": "yes"}, {"method": "in person"}])
def test_what_she_wants_so_is_neither_confirmed_nor_amiss(
    world: World, case: CaseId, changed: dict[str, str]
) -> None:
    rosa = kept(world, case, **changed)
    assert "confirm" not in ends(rosa)
    assert "Change it" not in rosa.text
    assert "Change or see earlier words" in rosa.text


def test_the_day_of_the_confirmation_is_a_day_in_words(world: World, case: CaseId) -> None:
    assert "15 January 2030" in kept(world, case).text
