"""What anybody at the sign-in page can and cannot find out, and what a session lives through."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from hub.app import web
from hub.core.words import Role
from hub.door import audit
from hub.people import hashing
from hub.people.tables import AttemptRow, PersonRow, SessionRow
from tests.clients import SAME_ORIGIN, Answer, Browser
from tests.world import PASSPHRASE, Person, World

FIFTEEN = timedelta(minutes=15)


def tries(world: World, email: str, passphrase: str = PASSPHRASE) -> tuple[Browser, Answer]:
    """A new browser at the sign-in page, and what it was answered."""
    browser = world.browser()
    browser.open("/sign-in")
    return browser, browser.try_submit("/sign-in", email=email, passphrase=passphrase)


def signed_in(world: World, person: Person) -> Browser:
    browser, answer = tries(world, person.email)
    assert answer.status_code == 303
    return browser


def bare(answer: Answer, email: str) -> str:
    """A page without what differs every time: nonce, one-time key, and what was typed."""
    text = re.sub(r'(nonce|value)="[\w-]{22,26}"', "", answer.text)
    return text.replace(email, "")


def headers(answer: Answer) -> list[tuple[str, str]]:
    return [
        (name, re.sub(r"nonce-[\w-]+", "", value))
        for name, value in answer.headers.items()
        if name != "content-length"
    ]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases compared without their cost, for tests that try many."""

    def at_once(passphrase: str, stored: list[str]) -> list[hashing.Fitting]:
        return [hashing.Fitting(each, each) for each in stored if passphrase == PASSPHRASE]

    monkeypatch.setattr(hashing, "tried", at_once)


def change(world: World, person: Person, **values: object) -> None:
    with world.hub.unit_of_work() as db:
        db.execute(update(PersonRow).where(col(PersonRow.id) == person.id).values(**values))


def test_the_right_passphrase_leads_to_ones_work(world: World) -> None:
    browser, answer = tries(world, world.rosa.email)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Rosa Adeyemi" in browser.open("/")


def test_an_address_in_capitals_is_the_same_address(world: World) -> None:
    assert tries(world, f" {world.rosa.email.upper()} ")[1].status_code == 303


def test_known_unknown_disabled_and_unset_accounts_answer_alike(world: World) -> None:
    change(world, world.joan, disabled_at=world.now)
    change(world, world.dora, passphrase=None)
    known, disabled, unset = world.rosa.email, world.joan.email, world.dora.email
    wrong = "kettle moss bridge lamp"
    answers = {
        known: tries(world, known, wrong)[1],
        disabled: tries(world, disabled)[1],
        unset: tries(world, unset)[1],
        "nobody@nowhere.example": tries(world, "nobody@nowhere.example")[1],
        "no address at all": tries(world, "no address at all")[1],
    }
    assert {answer.status_code for answer in answers.values()} == {422}
    assert len({bare(answer, email) for email, answer in answers.items()}) == 1
    assert len({tuple(headers(answer)) for answer in answers.values()}) == 1
    assert "do not fit together" in answers[known].text


def test_the_same_hashes_are_tried_for_known_and_unknown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    real = hashing._fits
    monkeypatch.setattr(hashing, "_fits", lambda *said: counted.append(1) or real(*said))
    change(world, world.joan, disabled_at=world.now)
    costs = []
    for email in (world.rosa.email, world.joan.email, "nobody@nowhere.example"):
        tries(world, email, "kettle moss bridge lamp")
        costs.append(len(counted))
        counted.clear()
    assert costs == [hashing.TRIES] * 3


def test_what_was_typed_is_kept_but_never_the_passphrase(world: World) -> None:
    _browser, answer = tries(world, "Nobody@Nowhere.example", "kettle moss bridge lamp")
    assert "Nobody@Nowhere.example" in answer.text
    assert "kettle" not in answer.text


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("exists", [True, False])
def test_ten_wrong_tries_close_an_account_for_a_quarter_hour(world: World, exists: bool) -> None:
    email = world.rosa.email if exists else "nobody@nowhere.example"
    for _each in range(10):
        assert tries(world, email, "kettle moss bridge lamp")[1].status_code == 422
    refused = tries(world, email)[1]
    assert refused.status_code == 429
    assert "fifteen minutes" in refused.text
    world.move(FIFTEEN)
    assert tries(world, email)[1].status_code == (303 if exists else 422)


@pytest.mark.usefixtures("quick")
def test_being_closed_out_looks_alike_for_all_accounts(world: World) -> None:
    answers = []
    for email in (world.rosa.email, "nobody@nowhere.example"):
        for _each in range(10):
            tries(world, email, "kettle moss bridge lamp")
        answers.append(bare(tries(world, email)[1], email))
        world.move(FIFTEEN)
    assert answers[0] == answers[1]


@pytest.mark.usefixtures("quick")
def test_one_address_cannot_try_many_accounts(world: World) -> None:
    for n in range(10):
        assert tries(world, f"nobody{n}@nowhere.example")[1].status_code == 422
    assert tries(world, world.rosa.email)[1].status_code == 429


@pytest.mark.usefixtures("quick")
def test_tries_are_remembered_over_a_restart(world: World) -> None:
    for _each in range(10):
        tries(world, world.rosa.email, "kettle moss bridge lamp")
    world.app = web(world.hub)
    assert tries(world, world.rosa.email)[1].status_code == 429


@pytest.mark.usefixtures("quick")
def test_a_right_passphrase_forgives_the_wrong_ones(world: World) -> None:
    for _each in range(9):
        tries(world, world.rosa.email, "kettle moss bridge lamp")
    assert tries(world, world.rosa.email)[1].status_code == 303
    with world.hub.unit_of_work() as db:
        left = db.execute(select(AttemptRow)).scalars().all()
    assert len(left) == 9  # against the address she sat at, no longer against her account
    assert len({row.who for row in left}) == 1


def test_no_address_tried_is_anywhere_in_clear(world: World) -> None:
    tries(world, "canary@nowhere.example")
    with world.hub.unit_of_work() as db:
        rows = db.execute(select(AttemptRow)).scalars().all()
        assert rows
        assert all("canary" not in row.who for row in rows)
        assert audit.verify(db).broken_at is None


def test_signing_in_from_another_page_is_refused(world: World) -> None:
    browser = world.browser()
    typed = {"email": world.rosa.email, "passphrase": PASSPHRASE}
    for sent in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://attacker.example"}, {}):
        answer = browser.send("POST", "/sign-in", data=typed, headers=sent)
        assert answer.status_code == 403
    assert browser.send("POST", "/sign-in", data=typed, headers=SAME_ORIGIN).status_code == 303


@pytest.mark.parametrize("field", ["email", "passphrase"])
def test_half_typed_and_hostile_input_gets_a_sentence(world: World, field: str) -> None:
    hostile = ["", "\x00", "x" * 5000, "\u202e" * 300]
    for typed in hostile:
        fields = {"email": world.rosa.email, "passphrase": "kettle moss bridge lamp", field: typed}
        assert world.browser().post("/sign-in", fields).status_code == 422
    twice = world.browser().post("/sign-in", email=["a@b.example"] * 2, passphrase=["x", "y"])
    assert twice.status_code == 422


def test_a_passphrase_renewed_meanwhile_no_longer_fits(world: World) -> None:
    real, renewed = hashing.tried, hashing.stored_form("kettle moss bridge lamp")

    def slowly(passphrase: str, stored: list[str]) -> list[hashing.Fitting]:
        found = real(passphrase, stored)
        change(world, world.rosa, passphrase=renewed)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "tried", slowly)
        assert tries(world, world.rosa.email)[1].status_code == 422


# Sessions


def test_a_session_idles_out_after_a_quarter_hour(world: World) -> None:
    browser = signed_in(world, world.rosa)
    world.move(FIFTEEN - timedelta(seconds=1))
    assert browser.get("/").status_code == 200
    world.move(FIFTEEN - timedelta(seconds=1))
    assert browser.get("/").status_code == 200
    world.move(FIFTEEN)
    assert browser.get("/").headers["location"] == "/sign-in"


def test_a_session_lasts_twelve_hours_at_most(world: World) -> None:
    browser = signed_in(world, world.rosa)
    for _each in range(71):
        world.move(timedelta(minutes=10))
        assert browser.get("/").status_code == 200
    world.move(timedelta(minutes=10))
    assert browser.get("/").status_code == 303


def test_the_session_that_was_there_ends_at_sign_in(world: World) -> None:
    browser = signed_in(world, world.rosa)
    before = browser.client.cookies["s"]
    browser.open("/sign-in")
    browser.submit("/sign-in", email=world.rosa.email, passphrase=PASSPHRASE)
    assert browser.client.cookies["s"] != before
    old = world.browser()
    old.client.cookies.set("s", before)
    assert old.get("/").status_code == 303


def test_a_planted_cookie_is_not_kept_at_sign_in(world: World) -> None:
    browser = world.browser()
    browser.client.cookies.set("s", "chosen by an attacker", domain="127.0.0.1")
    browser.open("/sign-in")
    browser.submit("/sign-in", email=world.rosa.email, passphrase=PASSPHRASE)
    assert browser.client.cookies.get("s", domain="127.0.0.1") != "chosen by an attacker"


def test_signing_out_ends_the_session_and_clears_the_browser(world: World) -> None:
    browser = signed_in(world, world.rosa)
    token = browser.client.cookies["s"]
    browser.open("/account")
    answer = browser.try_submit("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "cookies" in answer.headers["clear-site-data"]
    again = world.browser()
    again.client.cookies.set("s", token)
    assert again.get("/").status_code == 303


def test_only_the_hash_of_a_cookie_is_kept(world: World) -> None:
    token = signed_in(world, world.rosa).client.cookies["s"]
    assert len(token) >= 43
    with world.hub.unit_of_work() as db:
        assert token not in {row.id for row in db.execute(select(SessionRow)).scalars()}
    assert token.encode() not in world.raw()


def test_over_plain_http_the_cookie_is_s_and_alone(world: World) -> None:
    _browser, answer = tries(world, world.rosa.email)
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("s=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert not {"Secure", "Domain"} & {part.split("=")[0] for part in cookie.split("; ")}


def test_over_tls_the_cookie_is_bound_to_its_host(world: World) -> None:
    secure = replace(world.hub.settings, address="https://hub.example.org")
    app = web(replace(world.hub, settings=secure))
    browser = Browser(app, {}, "https://hub.example.org")
    browser.open("/sign-in")
    answer = browser.try_submit("/sign-in", email=world.rosa.email, passphrase=PASSPHRASE)
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-s=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert browser.get("/").status_code == 200


def test_pages_before_sign_in_set_no_cookie(world: World) -> None:
    assert "set-cookie" not in world.browser().get("/sign-in").headers
    assert "set-cookie" not in world.browser().get("/").headers


# One person at two agencies


def test_somebody_known_at_two_agencies_is_asked_which(world: World) -> None:
    twin = world.employs(world.task_force, "Rosa Adeyemi", Role.COORDINATOR)
    change(world, twin, email=world.rosa.email)
    browser, answer = tries(world, world.rosa.email)
    assert answer.headers["location"] == "/sign-in/which"
    page = browser.open("/sign-in/which")
    assert "Harbour House" in page
    assert "Task Force" in page
    assert browser.get("/").status_code == 303
    assert browser.try_submit("/which").status_code == 422
    browser.open("/sign-in/which")
    browser.submit("/which", agency=world.task_force.id)
    assert "Task Force" in browser.open("/account")
    assert browser.get("/sign-in/which").headers["location"] == "/sign-in"


def test_nobody_can_choose_an_agency_that_does_not_know_them(world: World) -> None:
    twin = world.employs(world.task_force, "Rosa Adeyemi", Role.COORDINATOR)
    change(world, twin, email=world.rosa.email)
    browser, _answer = tries(world, world.rosa.email)
    browser.open("/sign-in/which")
    assert browser.post("/sign-in/which", agency=world.northside.id).status_code == 422
    assert world.browser().post("/sign-in/which", agency=world.harbour.id).status_code == 303
    world.move(timedelta(minutes=5))
    assert browser.get("/sign-in/which").headers["location"] == "/sign-in"


def test_where_only_one_passphrase_fits_nobody_is_asked(world: World) -> None:
    twin = world.employs(world.task_force, "Rosa Adeyemi", Role.COORDINATOR)
    other = hashing.stored_form("kettle moss bridge lamp")
    change(world, twin, email=world.rosa.email, passphrase=other)
    browser, answer = tries(world, world.rosa.email, "kettle moss bridge lamp")
    assert answer.headers["location"] == "/"
    assert "Task Force" in browser.open("/account")
