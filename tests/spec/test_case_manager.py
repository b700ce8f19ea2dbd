"""What a case manager can and cannot do with her cases."""

import re
from datetime import timedelta

import pytest

from hub.cases import actions, queries
from hub.cases.bodies import WRITTEN_BY_HAND
from hub.cases.closing import ClosingReason
from hub.core.ids import CaseId, ServiceId
from hub.core.words import Category, ServiceType
from pathways.directory.actions import organization_of, publish
from pathways.directory.listing import Service
from tests.clients import Browser
from tests.looks import stored, whole
from tests.survivor import opened, told
from tests.world import Person, World

CONTACT = {
    "method": "call",
    "value": "020 7946 0111",
    "safe_when": "weekdays 17:00 to 18:00",
    "who_may_answer": "only she",
    "may_say": "the dentist calls",
    "code_word": "linden tea",
    "text": "no voicemail",
}


def write(browser: Browser, case: CaseId, category: str, **fields: str) -> str:
    browser.open(f"/cases/{case}/entries/new?category={category}")
    return browser.submit("/entries", **fields)


def case_on(browser: Browser) -> CaseId:
    assert browser.page is not None
    return CaseId(browser.page.url.path.rsplit("/", 1)[1])


def test_opens_a_case_under_a_random_code_and_answers_for_it(world: World) -> None:
    browser = world.browser(world.rosa)
    browser.open("/cases/new")
    page = browser.submit("/cases")
    code = re.search(r"<h1>([A-Z]+-\d+)</h1>", page)
    assert code
    assert "Rosa Adeyemi" in page
    with world.desk(world.rosa) as desk:
        assert [row.code for row in queries.my_cases(desk)] == [code.group(1)]
        assert queries.primary(desk.db, case_on(browser)) == world.rosa.id
    assert code.group(1) in browser.open("/cases")


def test_draws_another_code_when_one_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(world, world.rosa, "KESTREL-27")
    drawn = iter(["KESTREL-27", "KESTREL-27", "HERON-08"])
    monkeypatch.setattr("hub.cases.actions.case_code", lambda: next(drawn))
    browser = world.browser(world.joan)
    browser.open("/cases/new")
    assert "<h1>HERON-08</h1>" in browser.submit("/cases")


def test_notes_by_which_door_she_came_in(world: World) -> None:
    with world.desk(world.dora) as desk:
        ours = organization_of(desk.db, world.harbour.id)
        kinds = frozenset({ServiceType.HOTLINE})
        door = Service(ServiceId(""), "Helpline", ours, kinds, entry_point=True)
        service = publish(desk.db, door, world.now)
    browser = world.browser(world.rosa)
    browser.open("/cases/new")
    page = browser.submit("/cases", came_by=service)
    assert "They came in through <bdi>Helpline, Harbour House</bdi>" in page
    with world.desk(world.rosa) as desk:
        came = queries.arrivals(desk.db, desk.sight, world.now, world.now + timedelta(days=1))
        assert came == [(service, world.harbour.id, 1)]
        actions.close_case(desk, case_on(browser), ClosingReason.OPENED_IN_ERROR, 1)
        assert not queries.arrivals(desk.db, desk.sight, world.now, world.now + timedelta(days=1))


def test_cannot_name_an_entry_point_that_is_not_listed(world: World) -> None:
    browser = world.browser(world.rosa)
    browser.open("/cases/new")
    answer = browser.post("/cases", came_by="a" * 26)
    assert answer.status_code == 422
    assert "Choose one from the list." in answer.text


def test_is_warned_until_a_safe_contact_is_written_down(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    assert "No safe contact is written down" in browser.open(f"/cases/{case}")
    page = write(browser, case, "contact", **CONTACT)
    banner = page[page.index("Safe contact:") : page.index("columns")]
    for words in ("Call, weekdays 17:00 to 18:00", "no voicemail", "linden tea", "only she"):
        assert words in banner
    assert banner.index("<details") < banner.index("020 7946 0111")
    assert page.count("020 7946 0111") == 1


def test_a_newer_way_to_reach_her_takes_the_place_of_the_older(world: World) -> None:
    case = opened(world, world.rosa)
    write(world.browser(world.rosa), case, "contact", **CONTACT)
    world.move(timedelta(hours=1))
    page = write(
        world.browser(world.rosa), case, "contact", method="in person", safe_when="Sundays"
    )
    assert "Only in person, Sundays" in page[: page.index("columns")]


@pytest.mark.parametrize("category", WRITTEN_BY_HAND)
def test_writes_what_she_said_under_what_it_is_about(world: World, category: Category) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    assert str(category.label) in browser.open(f"/cases/{case}/entries/new").replace("&#39;", "'")
    fields = CONTACT if category is Category.CONTACT else {"text": "canary 7391"}
    page = write(browser, case, category.value, **fields)
    assert ("canary 7391" in page) or (category is Category.CONTACT and "linden tea" in page)
    with world.desk(world.rosa) as desk:
        [entry] = queries.entries(desk, case)
        assert (entry.category, entry.by, entry.at) == (category, world.rosa.id, world.now)


@pytest.mark.parametrize("category", ["evidence", "arrangements"])
def test_cannot_write_what_is_not_hers_to_write(world: World, category: str) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    answer = browser.post(f"/cases/{case}/entries", category=category, text="words")
    assert answer.status_code == 409
    with world.desk(world.rosa) as desk:
        assert queries.entries(desk, case) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Fill this in."),
        ("a\x00b", "a character that cannot be shown"),
        ("x" * 5001, "Use at most 5,000 characters."),
        ("y" * 2_000_000, "Use at most 5,000 characters."),
    ],
    ids=["empty", "NUL", "too long", "two megabytes"],
)
def test_is_told_what_to_change_and_keeps_what_was_typed(
    world: World, typed: str, sentence: str
) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    answer = browser.post(f"/cases/{case}/entries", category="need", text=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed.replace("\x00", "") in answer.text.replace("\x00", "")
    with world.desk(world.rosa) as desk:
        assert queries.entries(desk, case) == []


def test_hidden_turns_of_direction_are_taken_out_of_what_is_kept(world: World) -> None:
    case = opened(world, world.rosa)
    write(world.browser(world.rosa), case, "need", text="pay \u202eevil\u202c now")
    with world.desk(world.rosa) as desk:
        assert [entry.body["text"] for entry in queries.entries(desk, case)] == ["pay evil now"]


def test_asks_for_a_number_unless_she_is_met_in_person(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    browser.open(f"/cases/{case}/entries/new?category=contact")
    answer = browser.try_submit("/entries", method="call")
    assert answer.status_code == 422
    assert "Give the number, the address or the person." in answer.text
    assert "Fill this in." in answer.text


def test_an_identity_needs_at_least_one_thing_known(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    browser.open(f"/cases/{case}/entries/new?category=identity")
    assert browser.try_submit("/entries").status_code == 422
    assert "Amal D." in write(browser, case, "identity", name="Amal D.")


def first_line(world: World, person: Person, case: CaseId) -> str:
    with world.desk(person) as desk:
        return queries.entries_with_rows(desk, case)[0][0].line


def test_replaces_words_and_the_earlier_ones_stay_behind_them(world: World) -> None:
    case = opened(world, world.rosa)
    told(world, world.rosa, case, Category.NEED, "first words")
    for hour, words in enumerate(["second words", "third words"], 1):
        world.move(timedelta(hours=hour))
        browser = world.browser(world.rosa)
        line = first_line(world, world.rosa, case)
        browser.open(f"/cases/{case}/entries/{line}")
        page = browser.submit(line, text=words)
        assert words in page
        assert "first words" not in page
    page = browser.open(f"/cases/{case}/entries/{line}")
    assert page.index("third words") < page.index("second words") < page.index("first words")


def test_two_who_change_the_same_words_get_one_winner(world: World) -> None:
    case = opened(world, world.rosa)
    told(world, world.rosa, case, Category.NEED, "first words")
    line = first_line(world, world.rosa, case)
    rosa, miriam = world.browser(world.rosa), world.browser(world.miriam)
    for browser in (rosa, miriam):
        browser.open(f"/cases/{case}/entries/{line}")
    world.move(timedelta(minutes=5))
    rosa.submit(line, text="what Rosa wrote")
    late = miriam.try_submit(line, text="what Miriam wrote")
    assert late.status_code == 409
    assert "It has changed since you opened it." in late.text
    assert "what Miriam wrote" in late.text
    assert "what Miriam wrote" in miriam.submit(line)


def test_finds_a_case_by_code_and_never_by_its_words(world: World) -> None:
    case = opened(world, world.rosa, "KESTREL-27")
    opened(world, world.rosa, "HERON-08")
    told(world, world.rosa, case, Category.NEED, "HERON by the river")
    browser = world.browser(world.rosa)
    assert "KESTREL-27" in browser.open("/cases?code=kes")
    page = browser.open("/cases?code=HERON")
    assert "HERON-08" in page
    assert "KESTREL-27" not in page
    assert "No case of yours" in browser.open("/cases?code=%25")


def test_a_double_click_opens_one_case_only(world: World) -> None:
    browser = world.browser(world.rosa)
    browser.open("/cases/new")
    form = dict(browser.form("/cases").fields)
    first, second = (browser.post("/cases", form) for _click in range(2))
    assert first.headers["location"] == second.headers["location"]
    with world.desk(world.rosa) as desk:
        assert len(queries.my_cases(desk)) == 1


def test_nothing_that_was_typed_lies_in_clear_anywhere(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    fields = {name: f"canary {name} 7391" for name in CONTACT} | {"method": "call"}
    write(browser, case, "contact", **fields)
    write(browser, case, "need", text="canary need 7391")
    browser.open(f"/cases/{case}/hand-over")
    browser.submit("/hand-over", to=world.joan.id, note="canary note 7391")
    assert b"7391" not in world.raw()


@pytest.mark.parametrize("who", ["joan", "dora", "petra", "noor", "tomas", "ines"])
@pytest.mark.parametrize("path", ["", "/entries/new", "/ledger", "/releases/new", "/hand-over"])
def test_a_case_is_not_there_for_anybody_else(world: World, who: str, path: str) -> None:
    case = opened(world, world.rosa)
    told(world, world.rosa, case, Category.NEED, "a lawyer")
    other = world.browser(getattr(world, who))
    absent = whole(other.get("/nowhere/at/all"))
    before = stored(world)
    assert whole(other.get(f"/cases/{case}{path}")) == absent
    assert stored(world) == before


@pytest.mark.parametrize("step", ["entries", "releases", "close", "hand-over", "hand-over/back"])
def test_nobody_else_can_change_a_case_either(world: World, step: str) -> None:
    case = opened(world, world.rosa)
    other = world.browser(world.joan)
    absent = whole(other.post("/nowhere/at/all"))
    before = stored(world, without=())
    assert whole(other.post(f"/cases/{case}/{step}", why="moved", category="need")) == absent
    assert stored(world, without=()) == before


def test_closes_a_case_and_loses_nothing_of_it(world: World) -> None:
    case = opened(world, world.rosa)
    told(world, world.rosa, case, Category.NEED, "a lawyer")
    browser = world.browser(world.rosa)
    browser.open(f"/cases/{case}/close")
    assert browser.try_submit("/close").status_code == 422
    browser.open(f"/cases/{case}/close")
    page = browser.submit("/close", why="needs_met")
    assert "Closed on 15 January 2030" in page
    assert "a lawyer" in page
    assert browser.post(f"/cases/{case}/entries", category="need", text="more").status_code == 409
    assert browser.post(f"/cases/{case}/close", why="moved", version="2").status_code == 409
    assert "Closed" in browser.open("/cases")
    with world.desk(world.rosa) as desk:
        assert len(queries.entries(desk, case)) == 1


def test_a_case_closed_by_another_meanwhile_is_not_closed_again(world: World) -> None:
    case = opened(world, world.rosa)
    rosa, miriam = world.browser(world.rosa), world.browser(world.miriam)
    for browser in (rosa, miriam):
        browser.open(f"/cases/{case}/close")
    rosa.submit("/close", why="moved")
    assert miriam.try_submit("/close", why="needs_met").status_code == 409
    assert "They have moved away" in miriam.open(f"/cases/{case}")
