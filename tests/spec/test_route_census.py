"""Every role walks every route: its own open, and all others are not there."""

import re
from typing import Any, Final

import pytest

from hub.app import all_routes
from hub.core.ids import fresh
from hub.core.words import Role
from hub.web.routes import Anybody, Page
from tests.clients import Answer, Browser
from tests.looks import LOGS, whole, writing
from tests.world import ADDRESS, Person, World

ABSENT: Final = "/nowhere/at/all"
SLOT: Final = re.compile(r"\{(\w+)[^}]*\}")
ROUTES: Final = all_routes()
METHODS: Final = ("GET", "POST")
FOR_ANYBODY: Final = {
    "leave",
    "leave_by_beacon",
    "sign_in",
    "try_to_sign_in",
    "choose_agency",
    "enter_agency",
    "sign_out",
    "show_entrance",
    "go_to_provider",
    "come_back",
    "show_invitation_link",
    "use_invitation_link",
    "notes",
    "open_notes",
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


@pytest.mark.parametrize("role", Role)
def test_each_role_walks_through_its_own_doors_and_no_others(world: World, role: Role) -> None:
    person, wrong = of_role(world, role), []
    absent = {method: whole(ask(world.browser(person), method, ABSENT)) for method in METHODS}
    for route in ROUTES:
        browser = world.browser(person)
        with writing(world) as tables:
            answer = ask(browser, route.method, filled(route))
        if answer.status_code >= 500:
            wrong.append((route, answer.status_code))
        elif isinstance(route.audience, Anybody):
            continue
        elif role not in route.audience:
            if whole(answer) != absent[route.method] or tables:
                wrong.append((route, tables))
        elif answer.status_code == 403:
            wrong.append((route, 403))
    assert not wrong


def test_whoever_has_not_signed_in_is_led_to_the_door(world: World) -> None:
    absent = {method: whole(ask(world.browser(), method, ABSENT)) for method in METHODS}
    assert {status for status, _headers, _text in absent.values()} == {303}
    wrong = []
    for route in ROUTES:
        with writing(world) as tables:
            answer = ask(world.browser(), route.method, filled(route))
        if answer.status_code >= 500:
            wrong.append((route, answer.status_code))
        elif isinstance(route.audience, Anybody):
            continue
        elif whole(answer) != absent[route.method] or tables:
            wrong.append((route, tables))
    assert not wrong


@pytest.mark.parametrize("role", Role)
def test_what_does_not_exist_answers_like_an_absent_address(world: World, role: Role) -> None:
    person, wrong = of_role(world, role), []
    absent = {method: whole(ask(world.browser(person), method, ABSENT)) for method in METHODS}
    for route in ROUTES:
        if SLOT.search(route.path) and not isinstance(route.audience, Anybody):
            answer = ask(world.browser(person), route.method, filled(route))
            if whole(answer) != absent[route.method]:
                wrong.append((route, answer.status_code))
    assert not wrong


@pytest.mark.parametrize("role", Role)
def test_opening_a_page_changes_nothing_but_the_log(world: World, role: Role) -> None:
    person, wrong = of_role(world, role), []
    for route in ROUTES:
        if route.method == "GET" and route.name not in FOR_ANYBODY:
            browser = world.browser(person)
            with writing(world) as tables:
                browser.get(filled(route))
            if tables - LOGS:
                wrong.append((route, tables - LOGS))
    assert not wrong


def test_a_change_asked_for_by_a_foreign_page_is_refused(world: World) -> None:
    wrong = []
    for number, route in enumerate(ROUTES):
        if route.method == "POST":
            for headers in (FOREIGN[0], FOREIGN[1], FOREIGN[number % len(FOREIGN)]):
                browser = world.browser(who_may(world, route))
                fields = {"csrf": browser.known_csrf}
                with writing(world) as tables:
                    answer = browser.send("POST", filled(route), headers=headers, data=fields)
                if answer.status_code != 403 or tables:
                    wrong.append((route, headers, answer.status_code))
    assert not wrong


def test_a_change_without_this_sessions_token_is_refused(world: World) -> None:
    wrong = []
    for route in ROUTES:
        if route.method == "POST" and not isinstance(route.audience, Anybody):
            person = who_may(world, route)
            for token in ("", "x", world.browser(person).known_csrf):
                browser = world.browser(person)
                with writing(world) as tables:
                    answer = browser.post(filled(route), {"csrf": token})
                if answer.status_code != 403 or tables:
                    wrong.append((route, token, answer.status_code))
    assert not wrong


def who_may(world: World, route: Page) -> Person:
    """Somebody for whom the route is."""
    people = world.town.people.values()
    return next(
        p for p in people if isinstance(route.audience, Anybody) or route.audience & p.roles
    )


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
        assert answer.headers["x-frame-options"] == "DENY"
        for kind in ("opener-policy", "resource-policy"):
            assert answer.headers[f"cross-origin-{kind}"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
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
