"""The pieces in a real browser, under the real policy: for every hand and eye, and gone at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from hub.web.places import STATIC, STATIC_ADDRESS
from hub.web.render import FormState, policy
from tests.axe import barriers
from tests.edges.pattern import pattern
from tests.edges.test_pages_and_their_pieces import TYPED, WRONG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

HUB = "http://linden.test"
ELSEWHERE = "http://elsewhere.test/"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FORMS = {"/": FormState(), "/wrong": FormState(TYPED, WRONG), "/changed": FormState(notice="New.")}
HEADERS = {
    "Content-Security-Policy": policy("nonce"),
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@dataclass
class Visit:
    """A browser at the pattern page; nothing it asks for leaves the test."""

    context: "BrowserContext"
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def answer(self, route: "Route") -> None:
        url = urlsplit(route.request.url)
        self.asked.append(f"{route.request.method} {url.netloc}{url.path}")
        if url.netloc != urlsplit(HUB).netloc:
            route.fulfill(body="<title>Weather</title>rain", content_type="text/html")
        elif url.path.startswith(STATIC_ADDRESS):
            file = STATIC / url.path.removeprefix(f"{STATIC_ADDRESS}/")
            route.fulfill(path=file, content_type=KINDS.get(file.suffix, "font/woff2"))
        elif url.path == "/leave" and route.request.method == "POST":
            route.fulfill(status=204)
        elif url.path == "/leave":
            route.fulfill(status=303, headers={"Location": ELSEWHERE})
        else:
            page = pattern(FORMS[url.path])
            route.fulfill(body=page, content_type="text/html", headers=HEADERS)

    def opened(self, path: str = "/", width: int = 1280) -> "Page":
        """The page, loaded to the end at this width in CSS pixels."""
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{HUB}{path}")
        return page


@pytest.fixture
def visit(chromium: "Browser") -> Iterator[Visit]:
    context = chromium.new_context()
    visit = Visit(context)
    context.route("**/*", visit.answer)
    yield visit
    context.close()


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("width", [320, 700, 1280])
def test_nobody_is_kept_out_of_a_page_at_any_width(visit: Visit, path: str, width: int) -> None:
    page = visit.opened(path, width)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.complaints == []


def test_a_page_asks_only_its_own_hub_for_things(visit: Visit) -> None:
    visit.opened()
    assert {line.split()[1].split("/")[0] for line in visit.asked} == {"linden.test"}


def test_leaving_ends_the_visit_and_takes_the_place_of_the_page(visit: Visit) -> None:
    page = visit.opened("/changed")
    page.goto(f"{HUB}/")
    before = page.evaluate("history.length")
    page.click(".leave")
    page.wait_for_url(ELSEWHERE)
    assert "POST linden.test/leave" in visit.asked
    assert page.evaluate("history.length") == before


def test_shift_three_times_leaves_in_every_open_tab(visit: Visit) -> None:
    other, page = visit.opened("/wrong"), visit.opened()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(ELSEWHERE)
    other.wait_for_url(ELSEWHERE)


def test_shift_as_part_of_typing_capitals_leaves_nothing(visit: Visit) -> None:
    page = visit.opened()
    page.focus("#called")
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    page.wait_for_timeout(200)
    assert page.input_value("#called") == "ABCD"
    assert page.url == f"{HUB}/"


def test_leave_now_is_the_first_thing_a_keyboard_reaches(visit: Visit) -> None:
    page = visit.opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Leave now"
    page.keyboard.press("Enter")
    page.wait_for_url(ELSEWHERE)


def test_leave_now_works_where_scripts_do_not_run(chromium: "Browser") -> None:
    context = chromium.new_context(java_script_enabled=False)
    visit = Visit(context)
    context.route("**/*", visit.answer)
    page = visit.opened()
    page.click(".leave")
    page.wait_for_url(ELSEWHERE)
    assert "GET linden.test/leave" in visit.asked
    context.close()


def test_a_page_brought_back_by_the_back_button_is_blanked(visit: Visit) -> None:
    page = visit.opened()
    shown = page.evaluate(
        "() => {dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));"
        " return getComputedStyle(document.querySelector('header')).display}"
    )
    assert shown == "none"


def test_leave_now_stays_in_its_place_however_far_one_reads(visit: Visit) -> None:
    page = visit.opened(width=320)
    before = page.locator(".leave").bounding_box()
    page.evaluate("scrollTo(0, 1500)")
    assert page.locator(".leave").bounding_box() == before


def test_a_printed_page_is_ink_on_white_and_has_no_controls(visit: Visit) -> None:
    page = visit.opened()
    page.emulate_media(media="print")
    assert not page.locator(".leave, .top, .govuk-button, .foot").locator("visible=true").count()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_mistakes_take_the_focus_and_lead_to_their_fields(visit: Visit) -> None:
    page = visit.opened("/wrong")
    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
    page.click(f".govuk-error-summary >> text={WRONG['called']}")
    assert page.evaluate("document.activeElement.id") == "called"
