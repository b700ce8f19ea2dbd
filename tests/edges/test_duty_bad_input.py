"""Hostile and half-typed input on the pages of duty, order, emergency and safe contact."""

from collections.abc import Iterator
from typing import Final

import pytest

from hub.consent.orders.order import Instrument
from hub.core.ids import CaseId
from hub.core.words import Category
from tests.clients import Browser
from tests.compelled import asked, chosen, considered, handed_over, informed, served
from tests.edges.nasties import TYPED
from tests.looks import LOGS, keeping
from tests.survivor import opened, told
from tests.world import Person, World

TOO_MUCH: Final = ("a NUL", "an escape", "more than fits", "a letter of its own")
BATCHES: Final = 4
MAY_CHANGE: Final = LOGS | {"sent_form", "case_emergency_try"}
"""What a refused form may leave behind."""


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


def pages(world: World, case: CaseId) -> Iterator[tuple[Person, str]]:
    """Every page with a form on it, and who sees it."""
    legal = told(world, world.rosa, case, Category.LEGAL, "a hearing")
    home, rosa = f"/cases/{case}", world.rosa
    yield rosa, f"{home}/duties/new"
    yield rosa, f"{home}/duties/{considered(world, case)}"
    duty = informed(world, case)
    yield rosa, f"{home}/duties/{duty}"
    yield rosa, f"{home}/duties/{duty}/choose"
    yield rosa, f"{home}/duties/{chosen(world, case, world.northside, legal)}"
    yield rosa, f"{home}/orders/new"
    order = served(world, case)
    yield rosa, f"{home}/orders/{order}"
    yield rosa, f"{home}/orders/{order}/scope"
    yield rosa, f"{home}/orders/{served(world, case, Instrument.SUBPOENA)}"
    yield rosa, f"{home}/orders/{handed_over(world, case, world.northside, legal)}"
    yield world.miriam, f"/orders/{asked(world, case, world.northside, legal)}"
    yield world.joan, "/emergency"
    yield rosa, f"{home}/entries/new?category=contact"


def sent_with(browser: Browser, address: str, typed: str) -> Iterator[tuple[str, int]]:
    """Each form of a page, sent with this in every field; what each answered."""
    browser.open(address)
    for form in [each for each in browser.forms if each.method == "post"]:
        own = {"csrf", "once", "version", "category"}
        fields = {name: typed for name in form.names - own}
        yield form.action, browser.try_submit_to(form, fields).status_code


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_form_falls_over_whatever_is_typed_into_it(
    world: World, case: CaseId, batch: int
) -> None:
    found = list(pages(world, case))
    for kind in list(TYPED)[batch::BATCHES]:
        for person, address in found:
            browser = world.browser(person)
            if browser.get(address).status_code == 404:  # its step is over by now
                continue
            for action, status in sent_with(browser, address, TYPED[kind]):
                assert status in {303, 404, 409, 413, 422, 429}, (kind, action, status)


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    world: World, case: CaseId, kind: str
) -> None:
    found = list(pages(world, case))
    with keeping(world) as tables:
        for person, address in found:
            browser = world.browser(person)
            browser.open(address)
            forms = [form for form in browser.forms if form.typed and form.method == "post"]
            for form in forms:
                fields = dict.fromkeys(form.typed, TYPED[kind])
                assert browser.try_submit_to(form, fields).status_code == 422, form.action
    assert tables <= MAY_CHANGE


def test_markup_that_was_typed_is_shown_as_it_was_typed(world: World, case: CaseId) -> None:
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/duties/new")
    page = rosa.submit("/duties", concern="<b>bold</b> {{ 7*7 }}")
    assert "&lt;b&gt;bold&lt;/b&gt; {{ 7*7 }}" in page
    assert "<b>bold" not in page
