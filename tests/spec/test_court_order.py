"""What a court's order opens, after two people agreed; and what a subpoena never does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.consent.compelled.tables import OrderRow
from hub.consent.orders import actions, queries
from hub.consent.orders.order import Instrument, State
from hub.core.errors import Changed, NothingHere, StepRefused
from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Category, Role
from hub.door import open_entries
from hub.door.keeping_out import Whom, keep_out
from tests.clients import Browser
from tests.compelled import (
    approve,
    approved,
    asked,
    handed_over,
    scope_of,
    served,
    tried,
)
from tests.looks import whole
from tests.survivor import opened, told
from tests.world import Person, World

HEARING = "the hearing is on the third"
HIDEAWAY = "the blue house behind the mill"


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


@pytest.fixture
def legal(world: World, case: CaseId) -> EnvelopeId:
    return told(world, world.rosa, case, Category.LEGAL, HEARING)


@pytest.fixture
def need(world: World, case: CaseId) -> EnvelopeId:
    return told(world, world.rosa, case, Category.NEED, "a lawyer")


@pytest.fixture
def olive(world: World) -> Person:
    """Harbour House's privacy officer."""
    return world.employs(world.harbour, "Olive Grant", Role.PRIVACY_OFFICER)


def state(world: World, order: str) -> State:
    with world.hub.unit_of_work() as db:
        return State(db.execute(select(OrderRow.state).where(OrderRow.id == order)).scalar_one())  # type: ignore[call-overload,arg-type]


def on_its_page(world: World, case: CaseId, order: str) -> Browser:
    browser = world.browser(world.rosa)
    browser.open(f"/cases/{case}/orders/{order}")
    return browser


def test_an_order_goes_through_every_step_on_its_pages(
    world: World, case: CaseId, legal: EnvelopeId, need: EnvelopeId
) -> None:
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/orders/new")
    rosa.submit("/orders", instrument="order", court="Salt", number="K 1", wants="the whole file")
    address = rosa.path
    assert "First try to tell the person" in rosa.text
    rosa.submit("/tried", means="phone", outcome="not_reached", tried="no answer")
    rosa.open(f"{address}/scope")
    chosen = {"entries": [legal], "to_agency": world.northside.id, "why": "it names the hearing"}
    assert "Waits for a second person" in rosa.submit("/scope", **chosen)
    assert "an order waits for a second person" not in world.browser(world.rosa).open("/")
    miriam = world.browser(world.miriam)
    assert "an order waits for a second person" in miriam.open("/")
    [link] = {each for each in miriam.links if each.startswith("/orders/")}
    for said in ("it names the hearing", "Legal: 1 entry", "By phone: Not reached"):
        assert said in miriam.open(link).replace("  ", " ")
    asking = "Nothing leaves before you agree"
    assert asking not in rosa.open(address)
    assert asking in miriam.open(address)
    miriam.open(link)
    miriam.submit("/approve")
    assert "two people agree on an order" in rosa.open("/")
    assert "two people agree on an order" not in miriam.open("/")
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [legal])
    rosa.open(address)
    assert "Handed over" in rosa.submit("/handed-over")
    tomas = world.browser(world.tomas)
    tomas.open("/")
    [told_link] = {each for each in tomas.links if each.startswith("/told/")}
    assert HEARING in tomas.open(told_link)
    assert "a lawyer" not in tomas.text
    tomas.submit(told_link)
    assert state(world, address.rpartition("/")[2]) is State.ACKNOWLEDGED
    assert "a court order" in world.browser(world.rosa).open(f"/cases/{case}/ledger")


def test_nothing_is_handed_over_on_a_subpoena_however_it_is_tried(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = served(world, case, Instrument.SUBPOENA)
    tried(world, case, order)
    page = on_its_page(world, case, order)
    assert "A subpoena is not a court order" in page.text
    page.submit("/noted", kind="counsel", note="move to quash it")
    assert "move to quash it" in page.submit("/noted", kind="objection", note="filed on Monday")
    scope = scope_of(world, world.northside, legal)
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.ask(desk, queries.one(desk, case, order), scope, "x", 1)
    answer = page.post(f"/cases/{case}/orders/{order}/handed-over", version="1")
    assert answer.status_code == 409
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [legal])


def test_somebody_tries_to_tell_the_person_or_the_order_forbids_it(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order, scope = served(world, case), scope_of(world, world.northside, legal)
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.ask(desk, queries.one(desk, case, order), scope, "x", 1)
    page = on_its_page(world, case, order)
    page.submit("/silence", silence="sealed by the judge until the hearing")
    with world.desk(world.rosa) as desk:
        actions.ask(desk, queries.one(desk, case, order), scope, "x", 2)
    assert state(world, order) is State.ASKED


def test_what_the_order_forbids_is_written_once_and_never_afterwards(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = served(world, case)
    on_its_page(world, case, order).submit("/silence", silence="sealed by the judge")
    with pytest.raises(Changed), world.desk(world.rosa) as desk:
        actions.keep_silence(desk, queries.one(desk, case, order), "something else", 2)
    over = handed_over(world, case, world.northside, legal)
    with world.desk(world.rosa) as desk:
        version = queries.one(desk, case, over).version
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.keep_silence(desk, queries.one(desk, case, over), "as it turns out", version)


def test_whoever_asked_cannot_be_the_second_person(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = served(world, case)
    tried(world, case, order)
    scope = scope_of(world, world.northside, legal)
    with world.desk(world.miriam) as desk:
        actions.ask(desk, queries.one(desk, case, order), scope, "x", 1)
    with pytest.raises(NothingHere), world.desk(world.miriam) as desk:
        actions.approve(desk, order, 2)
    miriam = world.browser(world.miriam)
    assert miriam.get(f"/orders/{order}").status_code == 404
    assert miriam.post(f"/orders/{order}/approve", version="2").status_code == 404
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.hand_over(desk, queries.one(desk, case, order), None, 2)


def test_a_case_manager_is_never_the_second_person(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = asked(world, case, world.northside, legal)
    for person in (world.rosa, world.joan, world.dora, world.petra, world.grace):
        browser = world.browser(person)
        assert whole(browser.get(f"/orders/{order}")) == whole(browser.get("/nowhere/at/all"))
        assert browser.post(f"/orders/{order}/approve", version="2").status_code == 404


def test_a_privacy_officer_agrees_without_reading_an_entry(
    world: World, case: CaseId, legal: EnvelopeId, olive: Person
) -> None:
    order = asked(world, case, world.northside, legal)
    browser = world.browser(olive)
    assert "an order waits for a second person" in browser.open("/")
    page = browser.open(f"/orders/{order}")
    assert "it names the hearing" in page
    assert HEARING not in page
    with world.desk(olive) as desk:
        assert not open_entries(desk.db, desk.sight, [legal])
    browser.submit("/approve")
    assert state(world, order) is State.APPROVED


def test_a_privacy_officer_who_must_not_know_hears_of_no_order(
    world: World, case: CaseId, legal: EnvelopeId, olive: Person
) -> None:
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, case, Whom(olive.id, None))
    order = asked(world, case, world.northside, legal)
    browser = world.browser(olive)
    assert "an order waits" not in browser.open("/")
    assert whole(browser.get(f"/orders/{order}")) == whole(browser.get("/nowhere/at/all"))


def test_an_officer_who_came_later_is_not_called_to_what_they_cannot_read(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = asked(world, case, world.northside, legal)
    later = world.browser(world.employs(world.harbour, "Uma Reyes", Role.PRIVACY_OFFICER))
    theirs = world.browser(world.employs(world.northside, "Ada Stone", Role.SUPERVISOR))
    for browser in (later, theirs):
        assert "an order waits" not in browser.open("/")
        assert browser.get(f"/orders/{order}").status_code == 404


def test_of_two_second_people_at_one_moment_one_answers(
    world: World, case: CaseId, legal: EnvelopeId, olive: Person
) -> None:
    order = asked(world, case, world.northside, legal)
    browsers = [world.browser(world.miriam), world.browser(olive)]
    for browser in browsers:
        browser.open(f"/orders/{order}")
    assert browsers[0].try_submit("/approve").status_code == 303
    assert browsers[1].try_submit("/back", reason="too much").status_code in {404, 409}
    assert state(world, order) is State.APPROVED


def test_an_answer_to_an_older_question_is_refused(
    world: World, case: CaseId, legal: EnvelopeId, need: EnvelopeId
) -> None:
    order = asked(world, case, world.northside, legal)
    with world.desk(world.miriam) as desk:
        actions.send_back(desk, order, "too much", 2)
    page = on_its_page(world, case, order)
    assert "too much" in page.text
    with world.desk(world.rosa) as desk:
        again = scope_of(world, world.northside, need)
        actions.ask(desk, queries.one(desk, case, order), again, "less", 3)
    with pytest.raises(Changed), world.desk(world.miriam) as desk:
        actions.approve(desk, order, 2)
    approve(world, world.miriam, order)


def test_exactly_what_was_approved_opens_to_exactly_that_agency(
    world: World, case: CaseId, legal: EnvelopeId, need: EnvelopeId
) -> None:
    handed_over(world, case, world.northside, legal)
    for person, opens in ((world.tomas, {legal}), (world.amin, set()), (world.joan, set())):
        with world.desk(person) as desk:
            assert set(open_entries(desk.db, desk.sight, [legal, need])) == opens


def test_what_is_shared_on_it_ends_at_its_hour_or_when_it_is_set_aside(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = handed_over(world, case, world.northside, legal)
    page = on_its_page(world, case, order)
    page.submit("/set-aside", reason="quashed on appeal")
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [legal])
    handed_over(world, case, world.northside, legal)
    world.move(timedelta(days=30))
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [legal])


def test_an_order_whose_last_day_is_over_hands_nothing_over(
    world: World, case: CaseId, legal: EnvelopeId
) -> None:
    order = approved(world, case, world.northside, legal)
    world.move(timedelta(days=31))
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.hand_over(desk, queries.one(desk, case, order), None, 3)


def test_to_a_court_outside_nothing_is_shared_but_a_sheet_is_printed(
    world: World, case: CaseId, legal: EnvelopeId, need: EnvelopeId
) -> None:
    waiting = approved(world, case, None, legal)
    rosa = world.browser(world.rosa)
    assert rosa.get(f"/cases/{case}/orders/{waiting}/sheet").status_code == 404
    order = handed_over(world, case, None, legal)
    sheet = rosa.open(f"/cases/{case}/orders/{order}/sheet")
    assert HEARING in sheet
    assert "a lawyer" not in sheet
    assert "District court of Salt" in sheet


def test_the_second_person_reads_why_a_place_must_be_told(
    world: World, case: CaseId, legal: EnvelopeId, olive: Person
) -> None:
    place = told(world, world.rosa, case, Category.LOCATION, HIDEAWAY)
    order = served(world, case)
    tried(world, case, order)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/orders/{order}/scope")
    asked = {"entries": [legal], "to_agency": "outside", "authority": "Salt", "why": "it says so"}
    box, why = f"place_{place}", f"why_{place}"
    assert rosa.try_submit("/scope", **asked, **{box: "yes"}).status_code == 422
    rosa.submit("/scope", **{why: "the judge named the house"})
    assert "the judge named the house" in rosa.text
    for person in (world.miriam, olive):
        page = world.browser(person).open(f"/orders/{order}")
        assert "the judge named the house" in page
        assert HIDEAWAY not in page
    approve(world, olive, order)
    rosa.open(f"/cases/{case}/orders/{order}")
    rosa.submit("/handed-over")
    sheet = rosa.open(f"/cases/{case}/orders/{order}/sheet")
    assert HIDEAWAY in sheet
    assert "the judge named the house" not in sheet
