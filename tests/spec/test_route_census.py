"""Every role walks every route: its own open, and all others are not there."""

import re
from typing import Any, Final

import pytest

from hub.app import all_routes
from hub.core.ids import fresh
from hub.core.words import Role
from hub.web.routes import Anybody, Page
from tests.clients import SAME_ORIGIN, Answer, Browser
from tests.looks import LOGS, stored, whole
from tests.world import ADDRESS, Person, World

ABSENT: Final = "/nowhere/at/all"
SLOT: Final = re.compile(r"\{(\w+)[^}]*\}")
ROUTES: Final = all_routes()
FOR_ANYBODY: Final = {
    "leave",
    "leave_by_beacon",
}
"""The only pages for people who have not signed in; adding one is a decision."""

every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")


def filled(route: Page) -> str:
    return SLOT.sub(lambda _slot: fresh(), route.path)


def ask(browser: Browser, method: str, path: str) -> Answer:
    if method == "GET":
        return browser.get(path)
    return browser.post(path)


def of_role(world: World, role: Role) -> Person:
    people = (p for p in world.town.people.values() if p.roles == {role})
    return next(people)


@every_route
def test_a_route_declares_audience_and_audit_in_words(route: Page) -> None:
    assert isinstance(route.audience, Anybody) or route.audience <= frozenset(Role)
    assert isinstance(route.audience, Anybody) or route.audience
    assert re.fullmatch(r"|[a-z_]+(\.[a-z_]+)+", route.audit)
    assert route.method in {"GET", "POST"}
    assert route.path == "/" or not route.path.endswith("/")


@every_route
def test_a_change_always_leaves_a_line_in_the_log(route: Page) -> None:
    if route.method == "POST":
        assert route.audit


def test_no_two_routes_share_a_name_or_an_address() -> None:
    names = [route.name for route in ROUTES]
    addresses = [(route.method, SLOT.sub("{}", route.path)) for route in ROUTES]
    assert len(set(names)) == len(names)
    assert len(set(addresses)) == len(addresses)


def test_pages_for_people_who_have_not_signed_in_are_few_and_listed() -> None:
    assert {route.name for route in ROUTES if isinstance(route.audience, Anybody)} == FOR_ANYBODY


@every_route
@pytest.mark.parametrize("role", Role)
def test_each_role_walks_through_its_own_doors_and_no_others(
    world: World, route: Page, role: Role
) -> None:
    browser = world.browser(of_role(world, role))
    absent = whole(ask(browser, route.method, ABSENT))
    before = stored(world, without=())
    answer = ask(browser, route.method, filled(route))
    assert answer.status_code < 500
    if isinstance(route.audience, Anybody):
        return
    if role not in route.audience:
        assert whole(answer) == absent
        assert stored(world, without=()) == before
    elif not SLOT.search(route.path) and route.method == "GET":
        assert answer.status_code != 403


@every_route
def test_whoever_has_not_signed_in_is_led_to_the_door(world: World, route: Page) -> None:
    browser = world.browser()
    absent = whole(ask(browser, route.method, ABSENT))
    before = stored(world, without=())
    answer = ask(browser, route.method, filled(route))
    assert answer.status_code < 500
    if not isinstance(route.audience, Anybody):
        assert whole(answer) == absent
        assert answer.status_code == 303
        assert stored(world, without=()) == before


@every_route
@pytest.mark.parametrize("role", Role)
def test_what_does_not_exist_answers_like_an_absent_address(
    world: World, route: Page, role: Role
) -> None:
    if not SLOT.search(route.path) or isinstance(route.audience, Anybody):
        return
    browser = world.browser(of_role(world, role))
    absent = whole(ask(browser, route.method, ABSENT))
    assert whole(ask(browser, route.method, filled(route))) == absent


@every_route
def test_opening_a_page_changes_nothing_but_the_log(world: World, route: Page) -> None:
    if route.method != "GET" or route.name == "leave":
        return
    for role in Role:
        browser = world.browser(of_role(world, role))
        before = stored(world, LOGS)
        browser.get(filled(route))
        assert stored(world, LOGS) == before, role


@every_route
def test_a_change_asked_for_by_a_foreign_page_is_refused(world: World, route: Page) -> None:
    if route.method != "POST":
        return
    person = next(p for p in world.town.people.values() if _may(route, p))
    browser, before = world.browser(person), None
    before = stored(world, without=())
    for headers in FOREIGN:
        answer = browser.send("POST", filled(route), headers=headers, data={"csrf": "x"})
        assert answer.status_code == 403, headers
    assert stored(world, without=()) == before


@every_route
def test_a_change_without_this_sessions_token_is_refused(world: World, route: Page) -> None:
    if route.method != "POST" or isinstance(route.audience, Anybody):
        return
    person = next(p for p in world.town.people.values() if _may(route, p))
    browser, before = world.browser(person), stored(world, without=())
    for token in ("", "x", world.browser(person).known_csrf):
        answer = browser.send("POST", filled(route), headers=SAME_ORIGIN, data={"csrf": token})
        assert answer.status_code == 403
    assert stored(world, without=()) == before


FOREIGN: Final[list[dict[str, str]]] = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8000.elsewhere.example"},
]


def _may(route: Page, person: Person) -> bool:
    return isinstance(route.audience, Anybody) or bool(route.audience & person.roles)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY"])
def test_other_methods_answer_like_an_absent_address(world: World, method: str) -> None:
    browser = world.browser(world.rosa)
    absent = whole(browser.send(method, ABSENT))
    for path in ("/", "/leave"):
        assert whole(browser.send(method, path)) == absent


@pytest.mark.parametrize(
    "path",
    ["/leave/", "//leave", "/LEAVE", "/%2e/leave", "/leave;x", "/leave%2f", "/static/..%2fleave"],
)
def test_an_address_written_another_way_is_not_that_address(world: World, path: str) -> None:
    answer = world.browser(world.rosa).send("GET", ADDRESS + path)
    assert answer.status_code == 404


def test_every_answer_carries_the_headers_that_keep_it_private(world: World) -> None:
    browser = world.browser(world.rosa)
    answers: list[Any] = [browser.get("/"), browser.get(ABSENT), browser.post(ABSENT)]
    answers += [world.browser().get("/"), browser.get("/static/nothing")]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "content-encoding" not in answer.headers
        assert "etag" not in answer.headers


def test_no_page_sets_a_cookie_but_the_sessions(world: World) -> None:
    for person in (world.rosa, world.tomas, world.ines):
        browser = world.browser(person)
        for route in ROUTES:
            if route.method == "GET" and not SLOT.search(route.path) and route.name != "leave":
                assert "set-cookie" not in browser.get(route.path).headers or isinstance(
                    route.audience, Anybody
                )
