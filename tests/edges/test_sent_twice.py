"""A double click does a thing once; going back and sending something else does both."""

from threading import Barrier, Thread

from sqlalchemy import func, select

from hub.cases.tables import CaseRow
from hub.core.ids import fresh
from tests.clients import Answer, Browser
from tests.stories.told import Tale
from tests.world import World


def cases(world: World) -> int:
    with world.hub.unit_of_work() as db:
        return int(db.execute(select(func.count()).select_from(CaseRow)).scalar_one())


def test_a_form_sent_twice_is_done_once_and_leads_to_one_place(world: World) -> None:
    rosa = world.browser(world.rosa)
    rosa.open("/cases/new")
    sent = {name: value for name, value in rosa.form("/cases").fields}
    before = cases(world)
    first, second = rosa.post("/cases", sent), rosa.post("/cases", sent)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert cases(world) == before + 1


def test_two_forms_of_one_page_are_both_done(tale: Tale) -> None:
    tomas = tale.browser(tale.world.tomas)
    tomas.open(tale.received)
    note, start = tomas.form("/notes"), tomas.form("/steps/start")
    assert dict(note.fields)["once"] == dict(start.fields)["once"]
    tomas.post(note.action, dict(note.filled({"note": "First words"})))
    tomas.post(start.action, dict(start.filled({})))
    page = tomas.open(tale.received)
    assert "First words" in page
    assert "Help has started" in page


def test_whoever_goes_back_and_writes_more_loses_nothing(tale: Tale) -> None:
    tomas = tale.browser(tale.world.tomas)
    tomas.open(tale.received)
    form = tomas.form("/notes")
    for words in ("First words", "Second words", "Second words"):
        assert tomas.post(form.action, dict(form.filled({"note": words}))).status_code == 303
    page = tomas.open(tale.received)
    assert page.count("First words") == page.count("Second words") == 1


def test_another_persons_once_is_not_mine(world: World) -> None:
    once = fresh()
    for person in (world.rosa, world.joan):
        browser = world.browser(person)
        assert browser.post("/cases", {"once": once}).status_code == 303
    assert cases(world) == 2


def test_the_same_form_from_two_hands_at_one_moment_is_done_once(world: World) -> None:
    rosa = world.browser(world.rosa)
    rosa.open("/cases/new")
    sent, before = dict(rosa.form("/cases").fields), cases(world)
    answers: list[Answer] = []
    together = Barrier(4)

    def click(browser: Browser) -> None:
        together.wait()
        answers.append(browser.post("/cases", sent))

    hands = [Thread(target=click, args=[_twin(world, rosa)]) for _each in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert cases(world) == before + 1


def _twin(world: World, browser: Browser) -> Browser:
    """Another window of the same browser."""
    twin = Browser(world.app, dict(browser.client.cookies), str(browser.client.base_url))
    twin.known_csrf = browser.csrf
    return twin
