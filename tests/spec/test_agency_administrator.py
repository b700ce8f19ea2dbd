"""What an agency's administrator can and cannot do with staff, links and teams."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.cases.actions import CaseOpening, open_case
from hub.cases.tables import CaseRow
from hub.core.errors import Changed, NothingHere, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.words import Category, HolderKind, Role
from hub.door import Sealing, To, custodians, make_holder, open_entries, seal
from hub.people import actions
from hub.people.actions import RoleChange
from hub.people.tables import InvitationRow, PersonRow
from hub.store.outbox import Letter, OutboxRow
from tests.staffing import NEW_PASSPHRASE, invited, joined, link_on, petra
from tests.world import NOON, PASSPHRASE, Person, World


def version(world: World, person: Person) -> int:
    with world.hub.unit_of_work() as db:
        return db.get_one(PersonRow, person.id).version


def gives(world: World, person: Person, *roles: Role) -> None:
    change = RoleChange(person.id, frozenset(roles), version(world, person))
    with world.desk(world.petra) as desk:
        actions.give_roles(desk, change)


def leaves(world: World, person: Person) -> None:
    seen = version(world, person)
    with world.desk(world.petra) as desk:
        actions.disable(desk, person.id, seen)


# What colleagues do


def test_keys_follow_the_roles_at_once(world: World) -> None:
    with world.hub.unit_of_work() as db:
        team = make_holder(
            db, world.hub.custody, HolderKind.CARE_TEAM, world.harbour.id, of="c" * 26, at=NOON
        )
    gives(world, world.dora, Role.SUPERVISOR)
    with world.hub.unit_of_work() as db:
        assert world.dora.id in custodians(db, team)
        assert world.dora.id not in custodians(db, world.harbour.desk)
    gives(world, world.dora, Role.INTAKE_WORKER)
    with world.hub.unit_of_work() as db:
        assert world.dora.id not in custodians(db, team)
        assert world.dora.id in custodians(db, world.harbour.desk)


def test_a_change_of_roles_ends_their_sessions(world: World) -> None:
    rosa = world.browser(world.rosa)
    gives(world, world.rosa, Role.INTAKE_WORKER)
    assert rosa.get("/").status_code == 303


def test_the_last_administrator_cannot_stop_being_one(world: World) -> None:
    browser = petra(world)
    browser.open(f"/staff/{world.petra.id}")
    answer = browser.try_submit("/roles", roles=["case_manager"])
    assert answer.status_code == 409
    assert "last administrator" in answer.text
    gives(world, world.miriam, Role.SUPERVISOR, Role.ADMINISTRATOR)
    browser.open(f"/staff/{world.petra.id}")
    assert browser.try_submit("/roles", roles=["case_manager"]).status_code == 303
    assert browser.get("/staff").status_code == 404


def test_two_administrators_who_change_one_colleague_collide(world: World) -> None:
    seen = version(world, world.rosa)
    gives(world, world.rosa, Role.SUPERVISOR)
    change = RoleChange(world.rosa.id, frozenset({Role.INTAKE_WORKER}), seen)
    with pytest.raises(Changed), world.desk(world.petra) as desk:
        actions.give_roles(desk, change)


def test_a_colleague_of_another_agency_is_not_there(world: World) -> None:
    browser, theirs = petra(world), world.tomas.id
    assert browser.get(f"/staff/{theirs}").status_code == 404
    for step in ("roles", "end", "back", "link"):
        typed = {"roles": ["supervisor"], "version": "1", "sure": "yes"}
        answer = browser.post(f"/staff/{theirs}/{step}", **typed)
        assert answer.status_code == 404
    absent = browser.get(f"/staff/{'a' * 26}")
    present = browser.get(f"/staff/{theirs}")
    assert absent.text.split("<main")[1] == present.text.split("<main")[1]
    with pytest.raises(NothingHere), world.desk(world.petra) as desk:
        actions.disable(desk, theirs, 1)


def test_an_invitation_of_another_agency_is_not_there(world: World) -> None:
    ivor = world.browser(world.ivor)
    ivor.open("/staff/invite")
    ivor.submit("/invite", email="new@task.example", roles=["coordinator"])
    with world.hub.unit_of_work() as db:
        theirs = db.execute(select(col(InvitationRow.id))).scalar_one()
    for step in ("again", "cancel"):
        assert petra(world).post(f"/staff/invitations/{theirs}/{step}").status_code == 404
    assert petra(world).get(f"/staff/invitations/{theirs}").status_code == 404


@pytest.mark.parametrize("who", ["rosa", "miriam", "dora", "ines"])
def test_nobody_else_sees_the_pages_about_staff(world: World, who: str) -> None:
    browser = world.browser(getattr(world, who))
    for path in ("/staff", "/staff/invite", f"/staff/{world.rosa.id}", "/agency/sign-in"):
        assert browser.get(path).status_code == 404


# Leaving, coming back, a lost passphrase


def test_ending_somebodys_work_shuts_everything_at_once(world: World) -> None:
    dora = world.browser(world.dora)
    browser = petra(world)
    browser.open(f"/staff/{world.dora.id}")
    browser.submit("/end", sure="yes")
    assert dora.get("/").status_code == 303
    with world.hub.unit_of_work() as db:
        assert custodians(db, world.dora.holder) == []
        assert world.dora.id not in custodians(db, world.harbour.desk)
    again = world.browser()
    again.open("/sign-in")
    answer = again.try_submit("/sign-in", email=world.dora.email, passphrase=PASSPHRASE)
    assert answer.status_code == 422


def test_somebody_who_left_opens_nothing_with_an_old_sight(world: World) -> None:
    with world.desk(world.dora) as desk:
        to = To(world.harbour.desk, OWN_WORK, NOON + timedelta(days=3))
        envelope = seal(desk.db, desk.sight, Sealing(Category.NEED, {"text": "x"}, ""), [to])
        assert envelope in open_entries(desk.db, desk.sight, [envelope])
    leaves(world, world.dora)
    with world.desk(world.dora) as desk:
        assert desk.sight.holders == frozenset()
        assert desk.sight.roles == frozenset()
        assert open_entries(desk.db, desk.sight, [envelope]) == {}


def test_supervisors_are_told_when_somebody_leaves(world: World) -> None:
    leaves(world, world.rosa)
    with world.hub.unit_of_work() as db:
        waiting = db.execute(
            select(col(OutboxRow.person)).where(col(OutboxRow.letter) == Letter.WAITING)
        ).scalars()
        assert list(waiting) == [world.miriam.id]


def test_cases_left_behind_are_work_for_the_supervisor_alone(world: World) -> None:
    with world.desk(world.rosa) as desk:
        open_case(desk, CaseOpening(code="HERON-27"))
    assert "HERON-27" not in world.browser(world.miriam).open("/")
    leaves(world, world.rosa)
    assert "HERON-27" in world.browser(world.miriam).open("/")
    for other in (world.joan, world.petra, world.grace):
        assert "HERON-27" not in world.browser(other).open("/")


def test_a_demoted_supervisor_keeps_the_keys_of_her_own_cases(world: World) -> None:
    gives(world, world.miriam, Role.SUPERVISOR, Role.CASE_MANAGER)
    teams = {}
    for who in (world.rosa, world.miriam):
        with world.desk(who) as desk:
            case = open_case(desk, CaseOpening())
            teams[who.id] = desk.db.get_one(CaseRow, case).team
    gives(world, world.miriam, Role.CASE_MANAGER)
    with world.hub.unit_of_work() as db:
        assert world.miriam.id in custodians(db, teams[world.miriam.id])
        assert world.miriam.id not in custodians(db, teams[world.rosa.id])


def test_an_administrator_cannot_end_their_own_work(world: World) -> None:
    with pytest.raises(StepRefused):
        leaves(world, world.petra)


def test_somebodys_work_ends_only_when_that_is_ticked(world: World) -> None:
    browser = petra(world)
    browser.open(f"/staff/{world.dora.id}")
    answer = browser.try_submit("/end")
    assert answer.status_code == 422
    assert "Tick that you mean it." in answer.text
    assert "End their work here" in browser.open(f"/staff/{world.dora.id}")


def test_somebody_who_left_can_come_back_with_new_roles(world: World) -> None:
    browser = petra(world)
    browser.open(f"/staff/{world.dora.id}")
    browser.submit("/end", sure="yes")
    browser.open(f"/staff/{world.dora.id}")
    link = link_on(browser.submit("/back", roles=["case_manager"]))
    dora = world.browser()
    dora.open(link)
    dora.submit("", passphrase=NEW_PASSPHRASE)
    assert "Case manager" in dora.open("/account")
    with world.hub.unit_of_work() as db:
        assert custodians(db, world.dora.holder) == [world.dora.id]
        assert world.dora.id not in custodians(db, world.harbour.desk)


def test_a_link_to_a_new_passphrase_ends_the_old_one(world: World) -> None:
    rosa = world.browser(world.rosa)
    browser = petra(world)
    browser.open(f"/staff/{world.rosa.id}")
    link = link_on(browser.submit("/link"))
    assert rosa.get("/").status_code == 200
    fresh = world.browser()
    fresh.open(link)
    fresh.submit("", passphrase=NEW_PASSPHRASE)
    assert "Rosa Adeyemi" in fresh.open("/account")
    assert rosa.get("/").status_code == 303
    again = world.browser()
    again.open("/sign-in")
    sent = again.try_submit("/sign-in", email=world.rosa.email, passphrase=PASSPHRASE)
    assert sent.status_code == 422


def test_a_link_of_somebody_who_left_is_over(world: World) -> None:
    browser = petra(world)
    browser.open(f"/staff/{world.rosa.id}")
    link = link_on(browser.submit("/link"))
    browser.open(f"/staff/{world.rosa.id}")
    browser.submit("/end", sure="yes")
    assert world.browser().get(link).status_code == 410


# Teams


def test_a_team_is_made_and_filled_and_closed(world: World) -> None:
    browser = petra(world)
    browser.open("/teams")
    browser.submit("/teams", name="Nights")
    team = browser.forms[0].action
    page = browser.submit(team, name="Nights", members=[world.rosa.id, world.joan.id])
    assert "Joan Whitlock, Rosa Adeyemi" in page
    assert "Nights" in world.browser(world.rosa).open("/teams")
    assert "Nights" not in world.browser(world.tomas).open("/teams")
    browser.open(team)
    assert "Nights" not in browser.submit("/close")
    assert browser.get(team).status_code == 404


def test_nobody_of_another_agency_gets_into_a_team(world: World) -> None:
    browser = petra(world)
    browser.open("/teams")
    browser.submit("/teams", name="Nights")
    team = browser.forms[0].action
    sent = browser.post(team, name="Nights", members=[world.tomas.id], version="1")
    assert sent.status_code == 404


def test_two_teams_of_one_name_are_refused(world: World) -> None:
    browser = petra(world)
    for _each, status in ((1, 303), (2, 422)):
        browser.open("/teams")
        assert browser.try_submit("/teams", name="Nights").status_code == status


# What has changed meanwhile


def test_a_new_link_ends_the_one_before_it(world: World) -> None:
    browser = petra(world)
    browser.open("/staff/invite")
    first = link_on(browser.submit("/invite", email="sam@harbour.example", roles=["supervisor"]))
    second = link_on(browser.submit("/again"))
    assert world.browser().get(first).status_code == 410
    assert "Supervisor" in joined(world, second).open("/account")
    browser.open("/staff")
    with world.hub.unit_of_work() as db:
        used = db.execute(select(InvitationRow).where(col(InvitationRow.person).is_not(None)))
        shown = f"/staff/invitations/{used.scalar_one().id}"
    browser.open(shown)
    again = browser.try_submit("/again")
    assert again.status_code == 409
    assert "used already" in again.text


def test_an_address_taken_meanwhile_stops_a_second_colleague(world: World) -> None:
    link = invited(world)
    world.employs(world.harbour, "Sam")  # sam@harbour.example
    browser = world.browser()
    browser.open(link)
    assert browser.try_submit("", name="Sam Two", passphrase=NEW_PASSPHRASE).status_code == 409
    assert world.browser().get(link).status_code == 200


def test_nothing_is_done_with_somebody_who_left_but_take_them_back(world: World) -> None:
    leaves(world, world.rosa)
    browser, path = petra(world), f"/staff/{world.rosa.id}"
    assert browser.post(f"{path}/roles", roles=["supervisor"], version="2").status_code == 409
    assert browser.post(f"{path}/link").status_code == 409
    assert browser.post(f"{path}/end", version="2", sure="yes").status_code == 303
    assert browser.post(f"{path}/back", version="2").status_code == 422
    assert browser.post(f"{path}/back", roles=["supervisor"], version="1").status_code == 409
    assert browser.post(f"{path}/back", roles=["supervisor"], version="2").status_code == 303
    assert browser.post(f"{path}/back", roles=["supervisor"], version="3").status_code == 409


def test_roles_must_be_chosen_from_the_list(world: World) -> None:
    path = f"/staff/{world.rosa.id}/roles"
    assert petra(world).post(path, version="1").status_code == 422
    assert petra(world).post(path, roles=["root"], version="1").status_code == 422
