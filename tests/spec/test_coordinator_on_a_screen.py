"""The map and the directory's answer in a real browser: readable, reachable, whole on a phone."""

from typing import Any

import pytest

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from tests.axe import barriers
from tests.flows import LAST_MONTH, offers, opened, sent
from tests.screen import Screen

LEGAL = ServiceType.LEGAL_ASSISTANCE
LONG = "Association of Women Lawyers and Municipal Mediators for Wimbledon"

WORDS_BEYOND_THEIR_BOX = """
[...document.querySelectorAll('.map-box')].flatMap(box => {
  const frame = box.querySelector('rect').getBoundingClientRect()
  return [...box.querySelectorAll('text')].filter(text => {
    const words = text.getBoundingClientRect()
    return words.left < frame.left || words.right > frame.right
      || words.top < frame.top || words.bottom > frame.bottom
  }).map(text => text.textContent)
})
"""


@pytest.fixture
def services(screen: Screen) -> list[ServiceId]:
    """A small town with a month of referrals behind it."""
    world = screen.world
    hotline = offers(world, world.eastway, "Night helpline", ServiceType.HOTLINE, entry_point=True)
    work = offers(world, world.harbour, "Case work", ServiceType.CASE_MANAGEMENT)
    law = offers(world, world.northside, "Advice", LEGAL, languages=frozenset({"ar"}))
    door = offers(world, world.harbour, LONG, ServiceType.SAFETY_SECURITY, entry_point=True)
    cases = [opened(world, world.rosa, hotline, world.now - LAST_MONTH) for _n in range(3)]
    sent(world, cases[0], world.northside, law, 40)
    return [hotline, work, law, door]


PAGES = ["/pathways", "/pathways?need=legal-assistance", "/find"]
ANSWER = "/find?need=legal-assistance&language=ar&gender=female"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [*PAGES, ANSWER])
def test_the_map_and_the_answer_hold_no_barrier_at_any_width(
    screen: Screen, services: list[ServiceId], path: str, width: int
) -> None:
    page = screen.window(screen.world.noor, viewport={"width": width, "height": 800})
    page.goto(path)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not screen.complaints
    assert all(asked.startswith(screen.address) for asked in screen.requests)


def test_every_word_of_the_map_stays_inside_its_box(
    screen: Screen, services: list[ServiceId]
) -> None:
    page = screen.window(screen.world.ines)
    page.goto("/pathways")
    page.evaluate("document.fonts.ready")
    assert page.evaluate(WORDS_BEYOND_THEIR_BOX) == []
    assert page.locator(".map-box").count() > 4


def test_the_map_leads_on_by_keyboard_without_scripts(
    screen: Screen, services: list[ServiceId]
) -> None:
    screen.scripts = False
    page = screen.window(screen.world.ines)
    page.goto("/pathways")
    page.locator(f"a[href='/directory/{services[2]}']").first.focus()
    assert outline(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/directory/{services[2]}")


def test_the_directory_is_asked_without_scripts(screen: Screen, services: list[ServiceId]) -> None:
    screen.scripts = False
    page = screen.window(screen.world.rosa)
    page.goto("/find")
    page.select_option("#need", "legal-assistance")
    page.select_option("#language", "ar")
    page.get_by_role("button", name="Ask the directory").click()
    assert page.get_by_text("Speaks Arabic.").is_visible()


def outline(page: Any) -> bool:
    """Whether the box that has the focus is drawn with a thicker line than the others."""
    focused = page.locator("a.map-box:focus rect")
    return str(focused.evaluate("box => getComputedStyle(box).strokeWidth")) == "4px"
