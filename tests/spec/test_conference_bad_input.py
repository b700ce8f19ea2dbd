"""Half-typed and hostile answers on the forms of conferences: a sentence each, and nothing lost."""

import pytest

from conferencing.conference import Step
from hub.core.ids import CaseId, fresh
from hub.core.words import Category
from tests.table import Table, opens_case, releases
from tests.world import World

CALL = {
    "kind": "case_conference",
    "reason": "complex",
    "starts_at": "2030-01-15T14:00",
    "minutes": "90",
    "place": "The green room",
}
BAD_CALLS = [
    {"kind": "party"},
    {"kind": ""},
    {"reason": "because"},
    {"reason": ""},
    {"starts_at": ""},
    {"starts_at": "tomorrow"},
    {"starts_at": "2030-01-15T11:59"},
    {"starts_at": "2030-02-30T10:00"},
    {"starts_at": "9999-12-31T23:59"},
    {"starts_at": "0001-01-01T00:00"},
    {"minutes": "0"},
    {"minutes": "-5"},
    {"minutes": "481"},
    {"minutes": "ninety"},
    {"minutes": "9" * 40},
    {"place": ""},
    {"place": "a" * 301},
    {"place": "nul \x00 inside"},
    {"place": "x" * 2_000_000},
]


@pytest.mark.parametrize("wrong", BAD_CALLS, ids=lambda wrong: " ".join(wrong))
def test_a_call_with_a_mistake_is_answered_with_a_sentence(
    world: World, wrong: dict[str, str]
) -> None:
    rosa = world.browser(world.rosa)
    rosa.open("/conferences/new")
    answer = rosa.post("/conferences/new", CALL | wrong)
    assert answer.status_code == 422
    (field,) = wrong
    assert f'href="#{field}"' in answer.text
    assert "No meeting is planned" in rosa.open("/conferences")


def test_everything_typed_is_still_there_after_a_mistake(world: World) -> None:
    rosa = world.browser(world.rosa)
    page = rosa.post("/conferences/new", CALL | {"minutes": "soon"}).text
    assert 'value="The green room"' in page
    assert 'value="soon"' in page
    assert 'value="2030-01-15T14:00"' in page


def test_directions_of_writing_are_stripped_from_a_place(world: World) -> None:
    rosa = world.browser(world.rosa)
    page = rosa._follow(rosa.post("/conferences/new", CALL | {"place": "room \u202eevil"}))
    assert page.status_code == 200
    seat = str(page.url).split("/")[-2]
    page = rosa.get(f"/conferences/{seat}")
    assert "room evil" in page.text
    assert "\u202e" not in page.text


@pytest.fixture
def case(world: World) -> CaseId:
    return opens_case(world, world.rosa)


@pytest.fixture
def table(world: World, case: CaseId) -> Table:
    releases(world, world.rosa, case, world.northside, {Category.NEED})
    made = Table(world, world.rosa, [world.tomas]).called()
    made.confirmed(world.rosa)
    return made


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"case": ""}, 422),
        ({"case": "../../etc"}, 422),
        ({"category": ""}, 422),
        ({"category": "evidence"}, 409),
        ({"category": "arrangements"}, 409),
        ({"category": "gossip"}, 422),
        ({"topic": ""}, 422),
        ({"topic": "t" * 121}, 422),
        ({"text": ""}, 422),
        ({"text": "t" * 2001}, 422),
        ({"text": "nul \x00"}, 422),
        ({"minutes": "0"}, 422),
        ({"minutes": "241"}, 422),
        ({"presenter": ""}, 422),
    ],
)
def test_an_item_with_a_mistake_is_answered_with_a_sentence(
    table: Table, case: CaseId, wrong: dict[str, str], status: int
) -> None:
    world = table.world
    item = {
        "case": case,
        "category": "need",
        "topic": "Topic",
        "text": "Kept words",
        "presenter": world.rosa.id,
        "minutes": "10",
    }
    rosa = world.browser(world.rosa)
    answer = rosa.post(f"{table.address(world.rosa)}/items/new", item | wrong)
    assert answer.status_code == status
    assert "text" in wrong or "Kept words" in answer.text
    assert table.agenda(world.rosa).waiting == ()


def test_a_presenter_from_elsewhere_is_refused_plainly(table: Table, case: CaseId) -> None:
    world = table.world
    item = {
        "case": case,
        "category": "need",
        "topic": "Topic",
        "text": "Words",
        "presenter": world.tomas.id,
        "minutes": "10",
    }
    answer = world.browser(world.rosa).post(f"{table.address(world.rosa)}/items/new", item)
    assert answer.status_code == 409
    assert "Choose somebody of the care team" in answer.text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "w" * 1001}, 422),
        ({"doer": ""}, 422),
        ({"doer": "a" * 26}, 409),
        ({"due": ""}, 422),
        ({"due": "2030-01-14"}, 422),
        ({"due": "9999-12-31"}, 422),
        ({"due": "31 2 2030"}, 422),
    ],
)
def test_a_decision_with_a_mistake_is_answered_with_a_sentence(
    table: Table, case: CaseId, wrong: dict[str, str], status: int
) -> None:
    world = table.world
    item = table.puts(world.rosa, case, Category.NEED)
    table.moves(Step.LOCK, Step.BEGIN)
    sent = {"words": "Words", "doer": world.tomas.id, "due": "2030-01-18"}
    rosa = world.browser(world.rosa)
    answer = rosa.post(f"{table.address(world.rosa)}/items/{item}/decisions", sent | wrong)
    assert answer.status_code == status
    assert table.agenda(world.rosa).items[0].decisions == ()


@pytest.mark.parametrize("step", ["", "fly", "admit", "CANCEL"])
def test_a_step_that_no_table_has_is_refused(table: Table, step: str) -> None:
    rosa = table.browser(table.world.rosa)
    answer = rosa.post(f"{table.address(table.world.rosa)}/steps", step=step, version="2")
    assert answer.status_code in {409, 422}


@pytest.mark.parametrize("people", ["", "not-an-id", "a" * 26])
def test_nobody_is_invited_by_a_made_up_name(table: Table, people: str) -> None:
    rosa = table.browser(table.world.rosa)
    answer = rosa.post(f"{table.address(table.world.rosa)}/people", people=people)
    assert answer.status_code in {409, 422}


def test_queries_nobody_offered_change_nothing(table: Table) -> None:
    rosa = table.browser(table.world.rosa)
    address = table.address(table.world.rosa)
    assert rosa.get(f"{address}/people?agency={fresh()}").status_code == 200
    assert rosa.get(f"{address}/people?agency=x").status_code == 200
    assert rosa.get(f"{address}/items/new?case={fresh()}").status_code == 200
    assert rosa.get("/conferences?before=x").status_code == 200
    assert rosa.get(f"/conferences?before={fresh()}").status_code == 404
