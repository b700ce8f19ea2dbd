"""Requests that no page of ours sends: strange addresses, links laid out by others, faults."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hub.core.words import Role
from hub.door import audit
from hub.people import actions, hashing
from hub.people.actions import RoleChange
from hub.people.tables import PersonRow
from hub.web.form import Form
from pathways.referrals.lists import inbox
from pathways.referrals.referral import Stage
from tests.referring import begin
from tests.world import World

ODD = ("/cases/%00", "/referrals/a%00b", "/conferences/%00", "/releases/%00", "/offers/%00")
LAID_OUT = "/staff/invite?email=stranger@elsewhere.example"


@pytest.mark.parametrize("engine_kind", ["sqlite", "postgres"], indirect=True)
def test_a_nul_in_an_address_is_an_address_without_anything(world: World) -> None:
    browser = world.browser(world.rosa)
    assert [browser.get(path).status_code for path in ODD] == [404] * len(ODD)


@pytest.mark.parametrize("whence", ["cross-site", "same-site"])
def test_a_strangers_link_cannot_fill_in_our_forms(world: World, whence: str) -> None:
    browser = world.browser(world.petra)
    answer = browser.send("GET", LAID_OUT, headers={"Sec-Fetch-Site": whence})
    assert answer.status_code == 200
    assert "stranger@elsewhere.example" not in answer.text


def test_our_own_links_still_fill_in_our_forms(world: World) -> None:
    browser = world.browser(world.petra)
    answer = browser.send("GET", LAID_OUT, headers={"Sec-Fetch-Site": "same-origin"})
    assert "stranger@elsewhere.example" in answer.text


def test_whoever_is_not_signed_in_cannot_swell_the_log(world: World) -> None:
    browser = world.browser()
    for _each in range(3):
        browser.get("/leave")
        browser.post("/leave")
        browser.post("/sign-out")
    with world.hub.unit_of_work() as db:
        assert audit.count(db) == 0


def test_a_fault_in_slow_work_is_a_page_with_a_number(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    code = "KESTREL-27"

    def broken(_passphrase: str, _stored: list[str]) -> list[hashing.Fitting]:
        raise ValueError(code)

    monkeypatch.setattr(hashing, "tried", broken)
    browser = world.browser()
    browser.open("/sign-in")
    answer = browser.try_submit("/sign-in", email=world.rosa.email, passphrase="x" * 20)
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert code not in answer.text + caplog.text


def test_another_role_takes_nobody_off_what_they_took_on(world: World) -> None:
    story = begin(world)
    address = story.received(story.send())
    tomas = world.browser(world.tomas)
    tomas.open(address)
    tomas.submit("/steps/accept")
    for roles in ({Role.INTAKE_WORKER, Role.CASE_MANAGER}, {Role.CASE_MANAGER}):
        with world.desk(world.oskar) as desk:
            seen = desk.db.get_one(PersonRow, world.tomas.id).version
            actions.give_roles(desk, RoleChange(world.tomas.id, frozenset(roles), seen))
        with world.desk(world.tomas) as desk:
            assert len(inbox(desk, Stage.TAKEN).lines) == 1


def test_who_works_with_nobody_any_more_keeps_no_referral(world: World) -> None:
    story = begin(world)
    address = story.received(story.send())
    tomas = world.browser(world.tomas)
    tomas.open(address)
    tomas.submit("/steps/accept")
    with world.desk(world.oskar) as desk:
        seen = desk.db.get_one(PersonRow, world.tomas.id).version
        change = RoleChange(world.tomas.id, frozenset({Role.ADMINISTRATOR}), seen)
        actions.give_roles(desk, change)
    with world.desk(world.tomas) as desk:
        assert not inbox(desk, Stage.TAKEN).lines


@pytest.mark.parametrize(
    "typed", ["2031-03-27T14:30+05:00", "2031-03-30T01:30", "0001-01-01T00:00"]
)
def test_an_hour_that_no_clock_here_shows_is_refused(typed: str) -> None:
    form = Form({"at": [typed]}, ZoneInfo("Europe/London"))
    form.moment("at")
    assert "at" in form.errors


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    form = Form({"at": ["2030-10-27T01:30"]}, ZoneInfo("Europe/London"))
    assert form.moment("at") == datetime(2030, 10, 27, 0, 30, tzinfo=UTC)
    assert not form.errors
