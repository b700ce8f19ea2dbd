"""Signing in through an agency's identity provider, against a real one in a process of its own."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
import pytest
from sqlalchemy import select, update
from sqlmodel import col

from hub.people import openid
from hub.people.subjects import Vouched, link, recognise
from hub.people.tables import PersonRow, ProviderRow, SessionRow, SubjectRow
from tests.clients import Browser
from tests.provider import CLIENT, SECRET, Provider, provider_running
from tests.world import ADDRESS, World

KEPT = timedelta(minutes=10)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with provider_running(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture
def way(world: World, provider: Provider) -> str:
    """Harbour's entrance, once Petra has kept its provider's settings. The hour is the real one."""
    world.clock.set(datetime.now(UTC).replace(microsecond=0))
    petra = world.browser(world.petra)
    petra.open("/agency/sign-in")
    petra.submit("/sign-in", issuer=provider.issuer, client=CLIENT, secret=SECRET)
    found = re.search(r"/sign-in/agency/([a-z2-7]{26})/back", petra.text)
    assert found
    provider.tell(redirect=f"{ADDRESS}/sign-in/agency/{found[1]}/back", who="user-1", deny=False)
    return found[1]


def sent_away(browser: Browser, way: str) -> str:
    """The address at the provider that the browser is sent to."""
    browser.open(f"/sign-in/agency/{way}")
    answer = browser.get(f"/sign-in/agency/{way}/go")
    assert answer.status_code == 303
    return answer.headers["location"]


def brought_back(away: str) -> str:
    """What the provider sends the browser back to, after its own redirections."""
    with httpx2.Client() as client:
        for _hop in range(6):
            away = urljoin(away, client.get(away).headers["location"])
            if away.startswith(ADDRESS):
                return away.removeprefix(ADDRESS)
    raise AssertionError(away)


def comes(world: World, way: str) -> Browser:
    """Somebody goes to the provider and comes back, in a browser of their own."""
    browser = world.browser()
    browser.get(brought_back(sent_away(browser, way)))
    return browser


def answered(world: World, way: str) -> int:
    page = comes(world, way).page
    assert page is not None
    return page.status_code


def waiting_page(world: World) -> Browser:
    """Petra at the page of whoever waits to be let in."""
    petra = world.browser(world.petra)
    petra.open("/staff")
    petra.open(next(each for each in petra.links if "/staff/waiting/" in each))
    return petra


def let_in(world: World, _way: str) -> None:
    """Petra has said before now that user-1 is Rosa."""
    issuer = kept_issuer(world)
    with world.desk(world.petra) as desk:
        row = recognise(desk, desk.sight.agency, Vouched(issuer, "user-1", "", ""))
        link(desk, row, world.rosa.id)


def kept_issuer(world: World) -> str:
    with world.hub.unit_of_work() as db:
        issuer: str = db.execute(select(col(ProviderRow.issuer))).scalar_one()
    return issuer


def test_somebody_new_has_no_rights_until_let_in(world: World, way: str) -> None:
    browser = comes(world, way)
    assert browser.page is not None
    assert browser.page.status_code == 200
    code = re.search(r"[2-9A-Z]{3}-[2-9A-Z]{3}", browser.text)
    assert code
    assert browser.get("/").status_code == 303
    assert browser.get("/staff").status_code == 303
    petra = world.browser(world.petra)
    assert code[0] in petra.open("/staff")
    waiting_page(world).submit("/link", colleague=world.rosa.id)
    assert "Rosa Adeyemi" in comes(world, way).open("/")


def test_coming_twice_is_waiting_once(world: World, way: str) -> None:
    codes = {re.findall(r"[2-9A-Z]{3}-[2-9A-Z]{3}", comes(world, way).text)[0] for _ in range(2)}
    assert len(codes) == 1


def test_an_address_in_the_token_opens_no_account(
    world: World, way: str, provider: Provider
) -> None:
    with world.hub.unit_of_work() as db:
        mine = update(PersonRow).where(col(PersonRow.id) == world.rosa.id)
        db.execute(mine.values(email="user-1@harbour.example"))
    browser = comes(world, way)
    assert browser.get("/").status_code == 303


def test_somebody_new_is_taken_on_without_a_passphrase(world: World, way: str) -> None:
    comes(world, way)
    petra = waiting_page(world)
    assert "Name of user-1" in petra.text
    petra.submit("/employ", roles=["intake_worker"])
    assert "Intake worker" in comes(world, way).open("/account")


def test_somebody_turned_away_waits_again_when_they_come(world: World, way: str) -> None:
    comes(world, way)
    petra = waiting_page(world)
    assert "no rights yet" not in petra.submit("/refuse")
    comes(world, way)
    assert "no rights yet" in petra.open("/staff")


def test_another_subject_is_another_person(world: World, way: str, provider: Provider) -> None:
    let_in(world, way)
    provider.tell(who="user-2")
    assert comes(world, way).get("/").status_code == 303


def test_somebody_who_left_is_not_let_in_any_more(world: World, way: str) -> None:
    let_in(world, way)
    browser = comes(world, way)
    petra = world.browser(world.petra)
    petra.open(f"/staff/{world.rosa.id}")
    petra.submit("/end", sure="yes")
    assert browser.get("/").status_code == 303
    assert comes(world, way).get("/").status_code == 303


def test_the_way_there_says_only_what_it_must(world: World, way: str) -> None:
    address = sent_away(world.browser(), way)
    said = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert said["response_type"] == "code"
    assert said["code_challenge_method"] == "S256"
    assert len(said["code_challenge"]) == 43
    assert len(said["state"]) == 43
    assert len(said["nonce"]) == 43
    assert said["scope"] == "openid profile email"
    assert said["redirect_uri"] == f"{ADDRESS}/sign-in/agency/{way}/back"
    assert SECRET not in address
    assert len({said["code_challenge"], said["state"], said["nonce"]}) == 3


def test_each_journey_has_secrets_of_its_own(world: World, way: str) -> None:
    journeys = [parse_qs(urlsplit(sent_away(world.browser(), way)).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert journeys[0][name] != journeys[1][name]


def test_the_session_is_a_new_one_after_coming_back(world: World, way: str) -> None:
    let_in(world, way)
    browser = world.browser()
    address = sent_away(browser, way)
    away = browser.client.cookies["s"]
    browser.get(brought_back(address))
    assert browser.client.cookies["s"] != away
    stolen = world.browser()
    stolen.client.cookies.set("s", away)
    assert stolen.get("/").status_code == 303
    with world.hub.unit_of_work() as db:
        unnamed = select(SessionRow).where(col(SessionRow.person).is_(None))
        assert all(row.ended_at is not None for row in db.execute(unnamed).scalars())


def test_what_is_brought_back_works_once(world: World, way: str) -> None:
    let_in(world, way)
    browser = world.browser()
    back = brought_back(sent_away(browser, way))
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 403


def test_what_another_browser_began_lets_nobody_in(world: World, way: str) -> None:
    let_in(world, way)
    back = brought_back(sent_away(world.browser(), way))
    assert world.browser().get(back).status_code == 403
    victim = world.browser()
    sent_away(victim, way)
    assert victim.get(back).status_code == 403
    assert victim.get("/").status_code == 303


def test_coming_back_too_late_begins_again(world: World, way: str) -> None:
    let_in(world, way)
    browser = world.browser()
    back = brought_back(sent_away(browser, way))
    world.move(KEPT + timedelta(seconds=1))
    assert browser.get(back).status_code == 403


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "another"),
        ("state", ""),
        ("code", "another"),
        ("code", ""),
        ("iss", "https://attacker.example"),
        ("iss", ""),
    ],
)
def test_what_was_tampered_with_lets_nobody_in(
    world: World, way: str, name: str, value: str
) -> None:
    let_in(world, way)
    browser = world.browser()
    back = brought_back(sent_away(browser, way))
    bent = re.sub(rf"([?&]{name}=)[^&]*", rf"\g<1>{value}", back)
    assert bent != back
    assert browser.get(bent).status_code == 403
    assert browser.get("/").status_code == 303


def test_one_agencys_answer_is_not_anothers(world: World, way: str, provider: Provider) -> None:
    ivor = world.browser(world.ivor)
    ivor.open("/agency/sign-in")
    ivor.submit("/sign-in", issuer=provider.issuer, client=CLIENT, secret=SECRET)
    other = re.search(r"/sign-in/agency/([a-z2-7]{26})/back", ivor.text)
    assert other
    assert other[1] != way
    browser = world.browser()
    back = brought_back(sent_away(browser, way))
    assert browser.get(back.replace(way, other[1])).status_code == 403


def test_being_turned_away_by_the_provider_is_a_page(
    world: World, way: str, provider: Provider
) -> None:
    provider.tell(deny=True)
    assert answered(world, way) == 403


def test_a_wrong_client_secret_lets_nobody_in(world: World, way: str) -> None:
    petra = world.browser(world.petra)
    petra.open("/agency/sign-in")
    petra.submit("/sign-in", secret="wrong")  # noqa: S106
    assert answered(world, way) == 403


def test_a_new_signing_key_is_found_at_once(world: World, way: str, provider: Provider) -> None:
    let_in(world, way)
    provider.tell(rotate=True)
    assert "Rosa Adeyemi" in comes(world, way).open("/")


def test_what_the_provider_says_is_kept_ten_minutes(
    world: World, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = openid.read_json
    monkeypatch.setattr(openid, "read_json", lambda where: read.append(where) or real(where))
    monkeypatch.setattr(openid, "_memory", openid._Memory())
    sent_away(world.browser(), way)
    sent_away(world.browser(), way)
    assert len(read) == 2
    world.move(KEPT)
    sent_away(world.browser(), way)
    assert len(read) == 4


def test_staff_at_work_go_on_while_the_provider_is_away(world: World, way: str) -> None:
    let_in(world, way)
    browser = comes(world, way)
    with world.hub.unit_of_work() as db:
        db.execute(update(ProviderRow).values(issuer="http://127.0.0.1:1"))
    assert browser.get("/").status_code == 200
    lost = world.browser().get(f"/sign-in/agency/{way}/go")
    assert lost.status_code == 503
    assert "cannot be reached" in lost.text


# The administrator's page


def test_the_client_secret_is_never_shown_nor_kept_in_clear(world: World, way: str) -> None:
    page = world.browser(world.petra).open("/agency/sign-in")
    assert SECRET not in page
    assert SECRET.encode() not in world.raw()
    with world.hub.unit_of_work() as db:
        assert SECRET.encode() not in db.execute(select(col(ProviderRow.secret))).scalar_one()


def test_leaving_the_secret_empty_keeps_it(world: World, way: str) -> None:
    petra = world.browser(world.petra)
    petra.open("/agency/sign-in")
    petra.submit("/sign-in", secret="")
    assert answered(world, way) == 200


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "login.example",
        "http://login.example",
        "http://169.254.169.254/latest",
        "https://user:word@login.example",
        "https://login.example/#part",
        "ftp://login.example",
        "file:///etc/passwd",
        "https://",
        "https://login.example:port",
        "x" * 600,
    ],
)
def test_an_issuer_that_is_no_safe_address_is_sent_back(world: World, issuer: str) -> None:
    sent = {"issuer": issuer, "client": "x", "secret": "y", "version": "0"}
    assert world.browser(world.petra).post("/agency/sign-in", sent).status_code == 422


def test_two_who_change_the_provider_collide(world: World, way: str) -> None:
    petra = world.browser(world.petra)
    petra.open("/agency/sign-in")
    petra.submit("/sign-in", client="linden-2")
    stale = {"issuer": "https://login.example", "client": "x", "version": "1"}
    assert petra.post("/agency/sign-in", stale).status_code == 409


def test_an_entrance_that_was_shut_is_no_entrance(world: World, way: str) -> None:
    browser = world.browser()
    back = brought_back(sent_away(browser, way))
    petra = world.browser(world.petra)
    petra.open("/agency/sign-in")
    petra.submit("/remove")
    for path in (f"/sign-in/agency/{way}", f"/sign-in/agency/{way}/go", back):
        assert browser.get(path).headers["location"] == "/sign-in"


@pytest.mark.parametrize("way_in", ["a" * 26, "harbour", "..%2f..", "A" * 26])
def test_entrances_that_never_were_answer_alike(world: World, way_in: str) -> None:
    for rest in ("", "/go", "/back", "/back?code=x&state=y"):
        answer = world.browser().get(f"/sign-in/agency/{way_in}{rest}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_subjects_of_a_former_issuer_are_strangers(world: World, way: str) -> None:
    let_in(world, way)
    with world.hub.unit_of_work() as db:
        db.execute(update(SubjectRow).values(issuer="https://former.example"))
    assert comes(world, way).get("/").status_code == 303
