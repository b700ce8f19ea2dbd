"""Hostile, broken and half-typed input on every form: a page that says what to do, never a fault.

The forms are found by walking through a town in which everything has been begun; each is then sent
full of nonsense, as whoever may send it. Nothing refused leaves anything behind.
"""

import html
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

import pytest

from hub.app import all_routes
from tests import engines
from tests.clients import SAME_ORIGIN, Answer, Browser, HtmlForm
from tests.crawl import crawl, route_of
from tests.edges.nasties import FORM, TYPED, broken
from tests.looks import LOGS, keeping
from tests.stories.asked import told_with_much_asked
from tests.stories.told import Tale, told_while_guests_gather, told_with_loose_ends
from tests.world import Tell, World, town

TOWNS: Final[dict[str, Tell]] = {
    "gathering": told_while_guests_gather,
    "begun": told_with_loose_ends,
    "asked": told_with_much_asked,
}
MOST_ALIKE: Final = {"asked": 9}
"""How many pages of one kind are opened, where more than three differ."""
OUT_OF_REACH: Final = {
    "leave_by_beacon": "sent by the script of every page, without fields",
    "try_to_sign_in": "tested with its own limits, by who signs in",
    "enter_agency": "only for an e-mail known to two agencies",
    "use_invitation_link": "its address is in a message",
    "link_waiting": "only when a provider vouches for somebody unknown",
    "employ_waiting": "only when a provider vouches for somebody unknown",
    "refuse_waiting": "only when a provider vouches for somebody unknown",
    "remove_provider": "only for an agency with a provider",
    "take_colleague_back": "only for somebody whose work has ended",
    "let_in_readers": "only when a release came after the item",
    "move_decision": "only when a decision was written down",
    "do_message": "only in a safe hour: tested with safe contact",
    "queue_message": "only while no message waits: tested with safe contact",
    "inform_duty": "between two steps of a duty: tested with duties",
}
"""Forms the walk does not find, and why; each is tested where it belongs."""

EVERYWHERE: Final = {
    "two megabytes",
    "a NUL",
    "the last minute of all",
    "an id of nobody",
    "a very long id",
    "markup",
    "very many digits",
    "nothing",
}
"""What is put into hidden fields, boxes and lists as well."""

NEVER_ECHOED: Final = {"open_notes"}
"""Forms of secrets: what was typed does not come back onto the screen."""

TRIES: Final = {"sign_in_attempt", "case_emergency_try"}
"""Where a wrong try is counted, although it is refused."""

CHANGES: Final = sorted(route.name for route in all_routes() if route.method == "POST")


@dataclass(frozen=True)
class Place:
    """Where a form stands, and who may send it."""

    town: str
    person: str
    page: str


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    """One place for each form of the towns."""
    kind = os.environ.get("LINDEN_TEST_ENGINE", engines.SQLITE)
    found: dict[str, Place] = {}
    for name, tell in TOWNS.items():
        with town(kind, tell) as (world, tale):
            for short, person in world.town.people.items():
                also = tale.beside.get(short, [])
                if short == "rosa" and tale.chair and tale.services and name != "asked":
                    also = [*also, *replace(tale, world=world).byways()]
                most = MOST_ALIKE.get(name, 3)
                for page, form in crawl(world.browser(person), most, also).forms:
                    if form.method == "post":
                        found.setdefault(route_of(form.action, "POST"), Place(name, short, page))
    return found


@dataclass
class Desk:
    """Somebody in front of a form."""

    world: World
    browser: Browser
    route: str
    page: str

    def form(self) -> HtmlForm | None:
        """The form as it stands on its page now; None when it is not there any more."""
        self.browser.get(self.page)
        forms = (f for f in self.browser.forms if f.method == "post")
        return next((f for f in forms if route_of(f.action, "POST") == self.route), None)


@pytest.fixture(params=[name for name in CHANGES if name not in OUT_OF_REACH])
def desk(
    request: pytest.FixtureRequest, places: dict[str, Place], engine_kind: str
) -> Iterator[Desk]:
    """Somebody in front of each form in turn, in a town of its own."""
    place = places[request.param]
    with town(engine_kind, TOWNS[place.town]) as (world, _tale):
        browser = world.browser(world.town.people[place.person])
        yield Desk(world, browser, request.param, place.page)


def test_every_form_is_found_or_said_to_be_elsewhere(places: dict[str, Place]) -> None:
    assert set(CHANGES) - set(OUT_OF_REACH) <= set(places)
    assert not set(OUT_OF_REACH) & set(places)


def send(browser: Browser, form: HtmlForm, body: bytes, kind: str) -> Answer:
    headers = [*SAME_ORIGIN.items(), ("Content-Type", kind)]
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return browser.send("POST", form.action, content=body, headers=sent)


def judge(what: str, answer: Answer, kept: set[str]) -> list[str]:
    """What is wrong with an answer to nonsense."""
    wrong = []
    if answer.status_code >= 500:
        wrong.append(f"{what}: {answer.status_code}")
    if answer.status_code >= 400 and kept - LOGS - TRIES:
        wrong.append(f"{what}: refused, but kept something in {kept - LOGS}")
    if answer.status_code >= 400 and "<h1>" not in answer.text:
        wrong.append(f"{what}: refused without a page")
    if "Traceback" in answer.text or "sqlalchemy" in answer.text.lower():
        wrong.append(f"{what}: shows what is inside")
    return wrong


def test_nonsense_in_every_field_gets_a_page_and_leaves_nothing(desk: Desk) -> None:
    wrong: list[str] = []
    form = desk.form()
    for what, nonsense in TYPED.items():
        if form is None:
            break
        everywhere = [name for name in form.names if name not in {"csrf", "once"}]
        for names in (everywhere, form.typed) if what in EVERYWHERE else (form.typed,):
            with keeping(desk.world) as kept:
                answer = desk.browser.try_submit_to(form, dict.fromkeys(names, nonsense))
            wrong += judge(what, answer, kept)
        if answer.status_code == 303:
            form = desk.form()
    assert not wrong


def test_a_body_no_browser_sends_gets_a_page_and_leaves_nothing(desk: Desk) -> None:
    wrong: list[str] = []
    form = desk.form()
    assert form is not None
    for what, (body, kind) in broken(form.filled({})).items():
        with keeping(desk.world) as kept:
            answer = send(desk.browser, form, body, kind)
        wrong += judge(what, answer, kept)
    assert not wrong


def test_what_was_typed_is_still_there_after_a_refusal(desk: Desk) -> None:
    form = desk.form()
    assert form is not None
    words = "<b>half a sentence & 'more'"
    typed = [n for n in form.typed if form.kinds[n] in {"text", "textarea"}]
    answer = desk.browser.try_submit_to(form, dict.fromkeys(typed, words))
    if answer.status_code == 422 and typed and desk.route not in NEVER_ECHOED:
        assert words not in answer.text
        assert html.unescape(answer.text).count(words) >= len(typed)


def test_a_form_of_yesterday_is_refused_in_words(desk: Desk) -> None:
    form = desk.form()
    assert form is not None
    if "version" in form.names:
        for version in ("0", "99999999", "-1", "x", "9" * 50):
            with keeping(desk.world) as kept:
                answer = desk.browser.try_submit_to(form, {"version": version})
            assert not judge(version, answer, kept)
            assert answer.status_code != 303 or version == "0"


def test_nonsense_in_an_address_is_an_absent_page(tale: Tale) -> None:
    wrong = []
    for route in all_routes():
        if route.method == "GET" and "{" in route.path and route.name != "leave":
            browser = tale.browser(next(p for p in tale.world.town.people.values()))
            for what in ("%00", "a%00b", "%FF", "..%2f..", "a" * 3000, "%E2%80%AE", "'--", "{x}"):
                path = "/".join(what if "{" in part else part for part in route.path.split("/"))
                answer = browser.send("GET", path)
                if answer.status_code >= 500:
                    wrong.append((route.name, what))
    assert not wrong


def test_nonsense_in_a_question_is_answered_with_a_page(tale: Tale) -> None:
    wrong = []
    asked = {(p, form.action, tuple(form.names)) for p, form in questions(tale)}
    for person, action, names in sorted(asked):
        browser = tale.browser(tale.world.town.people[person])
        for what, nonsense in TYPED.items():
            if len(quote(nonsense)) * len(names) < 60_000:  # what an address can hold
                answer = browser.get(action, **dict.fromkeys(names, nonsense))
                if answer.status_code >= 500:
                    wrong.append((action, what))
        for raw in ("%FF", "a=%", "need=1&need=2", "&" * 2000, "a=1&" * 2000, "case=%00"):
            if browser.send("GET", f"{action}?{raw}").status_code >= 500:
                wrong.append((action, raw[:20]))
    assert not wrong


def questions(tale: Tale) -> list[tuple[str, HtmlForm]]:
    """The forms that only ask, and who can see them."""
    found = []
    for name in ("rosa", "tomas", "ines", "oskar"):
        seen = crawl(tale.browser(tale.world.town.people[name]), most_alike=2)
        found += [(name, form) for _page, form in seen.forms if form.method == "get"]
    return found


def test_a_form_sent_as_something_else_is_refused(world: World) -> None:
    rosa = world.browser(world.rosa)
    rosa.open("/cases/new")
    body = b"csrf=" + rosa.csrf.encode()
    for kind in ("application/json", "text/plain", "multipart/form-data", FORM + "-x"):
        answer = rosa.send(
            "POST", "/cases", content=body, headers=SAME_ORIGIN | {"content-type": kind}
        )
        assert answer.status_code == 400
        assert "cannot be read" in answer.text
