"""What somebody with a one-time link can do with it, and what everybody can with their account."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.door import custodians
from hub.door.tables import AuditRow
from hub.people.tables import InvitationRow, PersonRow
from hub.store.dispatch import compose
from hub.store.outbox import Letter, OutboxRow
from tests.staffing import NEW_PASSPHRASE, invited, joined, link_on, petra
from tests.world import PASSPHRASE, World


def person_named(world: World, name: str) -> PersonRow:
    with world.hub.unit_of_work() as db:
        found = db.execute(select(PersonRow).where(col(PersonRow.name) == name))
        row: PersonRow = found.scalar_one()
        return row


def test_an_invited_colleague_joins_with_the_roles_given(world: World) -> None:
    link = invited(world, "Sam@Harbour.example", "intake_worker", "supervisor")
    browser = joined(world, link)
    page = browser.open("/account")
    assert "Sam Reyes" in page
    assert "Intake worker" in page
    assert "Supervisor" in page
    sam = person_named(world, "Sam Reyes")
    assert (sam.agency, sam.email) == (world.harbour.id, "sam@harbour.example")
    with world.hub.unit_of_work() as db:
        assert sam.id in custodians(db, world.harbour.desk)


def test_looking_at_a_link_does_not_use_it(world: World) -> None:
    link = invited(world)
    for _each in range(3):
        assert world.browser().get(link).status_code == 200
        assert world.browser().send("HEAD", link).status_code in {200, 303}
    joined(world, link)


def test_a_link_works_once_and_for_seven_days(world: World) -> None:
    link = invited(world)
    joined(world, link)
    again = world.browser()
    assert again.get(link).status_code == 410
    sent = {"name": "Sam Two", "passphrase": NEW_PASSPHRASE}
    assert again.post(link, sent).status_code == 410
    late = invited(world, "late@harbour.example")
    world.move(timedelta(days=7))
    assert world.browser().get(late).status_code == 410


def test_every_link_that_is_over_answers_alike(world: World) -> None:
    used = invited(world)
    joined(world, used)
    replaced = invited(world, "second@harbour.example")
    invited(world, "second@harbour.example")
    browser = petra(world)
    browser.open("/staff/invite")
    sent = {"email": "third@harbour.example", "roles": ["supervisor"]}
    cancelled = link_on(browser.submit("/invite", **sent))
    browser.submit("/cancel")
    never = "/invitation/" + "A" * 43
    answers = [world.browser().get(path) for path in (used, replaced, cancelled, never)]
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.text.split("<main")[1] for answer in answers}) == 1


def test_two_who_use_one_link_at_once_make_one_colleague(world: World) -> None:
    link = invited(world)
    first, second = world.browser(), world.browser()
    first.open(link)
    second.open(link)
    first.submit("", name="Sam Reyes", passphrase=NEW_PASSPHRASE)
    assert second.try_submit("", name="Sam Two", passphrase=NEW_PASSPHRASE).status_code == 410


def test_a_weak_passphrase_is_sent_back_with_what_to_change(world: World) -> None:
    browser = world.browser()
    link = invited(world)
    browser.open(link)
    for weak in ("short", "Harbour House 2030", "sam@harbour.example"):
        answer = browser.try_submit("", name="Sam Reyes", passphrase=weak)
        assert answer.status_code == 422
        assert "Sam Reyes" in answer.text
        assert f'value="{weak}"' not in answer.text
    browser.submit("", name="Sam Reyes", passphrase=NEW_PASSPHRASE)


def test_the_link_lies_nowhere_in_the_store(world: World) -> None:
    token = invited(world).rsplit("/", 1)[1]
    assert token.encode() not in world.raw()
    with world.hub.unit_of_work() as db:
        assert all(row.token != token for row in db.execute(select(InvitationRow)).scalars())
        lines = db.execute(select(AuditRow)).scalars().all()
        assert all(token not in line.facts for line in lines)
        assert all("sam@" not in line.facts for line in lines)


def test_the_letter_holds_the_link_and_nothing_else(world: World) -> None:
    link = invited(world)
    with world.hub.desk_of_the_house() as desk:
        row = desk.db.execute(
            select(OutboxRow).where(col(OutboxRow.letter) == Letter.INVITATION)
        ).scalar_one()
        letter = compose(desk, row)
    assert letter is not None
    assert letter["To"] == "sam@harbour.example"
    assert letter["Subject"] == "You have a new item"
    said = letter.get_content()
    assert f"http://127.0.0.1:8000{link}" in said
    assert "Harbour" not in said
    assert "Linden" not in said
    joined(world, link)
    with world.hub.desk_of_the_house() as desk:
        assert compose(desk, row) is None


def test_an_address_known_at_another_agency_is_no_obstacle(world: World) -> None:
    joined(world, invited(world, world.tomas.email), "Tomas Lind")


def test_an_address_known_here_is_refused(world: World) -> None:
    browser = petra(world)
    browser.open("/staff/invite")
    answer = browser.try_submit("/invite", email=world.rosa.email, roles=["case_manager"])
    assert answer.status_code == 409
    assert world.rosa.email in answer.text


@pytest.mark.parametrize("email", ["", "sam", "sam@x\r\nBcc: a@b.example", "x" * 400])
def test_an_invitation_to_nowhere_is_sent_back(world: World, email: str) -> None:
    answer = petra(world).post("/staff/invite", email=email, roles=["case_manager"])
    assert answer.status_code == 422


def test_an_invitation_to_do_nothing_is_sent_back(world: World) -> None:
    assert petra(world).post("/staff/invite", email="sam@x.example").status_code == 422
    odd = petra(world).post("/staff/invite", email="sam@x.example", roles=["root"])
    assert odd.status_code == 422


# One's own account


def test_anybody_changes_their_own_passphrase_knowing_the_old(world: World) -> None:
    elsewhere, rosa = world.browser(world.rosa), world.browser()
    rosa.open("/sign-in")
    rosa.submit("/sign-in", email=world.rosa.email, passphrase=PASSPHRASE)
    rosa.open("/account")
    wrong = rosa.try_submit("/passphrase", old="not this one", new=NEW_PASSPHRASE)
    assert wrong.status_code == 422
    rosa.open("/account")
    rosa.submit("/passphrase", old=PASSPHRASE, new=NEW_PASSPHRASE)
    assert rosa.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303
