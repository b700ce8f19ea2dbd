"""What happens before, at and after a report that a law demands; and what never does."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from hub.cases.actions import replace_entry
from hub.consent.duty import actions, queries
from hub.consent.duty.actions import Choice, Talk
from hub.core.errors import Changed, FormRefused, StepRefused
from hub.core.ids import CaseId, EnvelopeId
from hub.core.words import Category, Role
from hub.door import open_entries
from hub.door.keeping_out import KeptAway, Whom, keep_out
from tests.clients import Browser
from tests.compelled import LAW, chosen, considered, informed, made, scope_of
from tests.looks import stored, whole
from tests.survivor import opened, told
from tests.world import World

BRUISES = "bruises on both arms"
HIDEAWAY = "the blue house behind the mill"


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


@pytest.fixture
def children(world: World, case: CaseId) -> EnvelopeId:
    return told(world, world.rosa, case, Category.CHILDREN, BRUISES)


@pytest.fixture
def need(world: World, case: CaseId) -> EnvelopeId:
    return told(world, world.rosa, case, Category.NEED, "a lawyer")


@pytest.fixture
def place(world: World, case: CaseId) -> EnvelopeId:
    return told(world, world.rosa, case, Category.LOCATION, HIDEAWAY)


def on_its_page(world: World, case: CaseId, duty: str) -> Browser:
    browser = world.browser(world.rosa)
    browser.open(f"/cases/{case}/duties/{duty}")
    return browser


def test_a_report_goes_through_every_step_on_its_pages(
    world: World, case: CaseId, children: EnvelopeId, need: EnvelopeId
) -> None:
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/duties/new")
    rosa.submit("/duties", concern="the boy has bruises")
    assert rosa.try_submit("/discussed", supervisor=world.rosa.id, talk="x").status_code == 422
    rosa.open(rosa.path.removesuffix("/discussed"))
    rosa.submit("/discussed", supervisor=world.miriam.id, talk="section 7 names it")
    rosa.submit("/informed", informed="in_person", first="she understands")
    address = rosa.path
    rosa.open(f"{address}/choose")
    assert BRUISES in rosa.text
    page = rosa.submit(
        "/choose",
        entries=[children],
        to_agency=world.northside.id,
        law=LAW,
        next="they visit on Friday",
        heard="she heard it from me",
    )
    for said in ("section 7 names it", "she understands", LAW, "Northside Law", BRUISES):
        assert said in page
    assert "had to tell you something" not in world.browser(world.tomas).open("/")
    assert "a report is ready and was not made" in world.browser(world.rosa).open("/")
    rosa.submit("/told")
    assert "a report is ready" not in world.browser(world.rosa).open("/")
    tomas = world.browser(world.tomas)
    assert "Harbour House had to tell you something" in tomas.open("/")
    [link] = [each for each in tomas.links if each.startswith("/told/")][:1]
    assert BRUISES in tomas.open(link)
    assert "a lawyer" not in tomas.text
    tomas.submit(link)
    assert "had to tell you something" not in world.browser(world.tomas).open("/")
    assert "Acknowledged" in world.browser(world.rosa).open(address)
    assert "A legal duty to report" in world.browser(world.rosa).open(f"/cases/{case}/ledger")


def test_nothing_can_be_told_before_the_steps_before_it(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = considered(world, case)
    choice = Choice(scope_of(world, world.northside, children), LAW, "x", "x")
    before = stored(world)
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.choose(desk, queries.one(desk, case, duty), choice, 1)
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.make(desk, queries.one(desk, case, duty), None, 1)
    assert stored(world) == before
    duty = chosen(world, case, world.northside, children)
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [children])


def test_the_supervisor_is_another_person_than_the_writer(world: World, case: CaseId) -> None:
    with world.desk(world.miriam) as desk:
        duty = actions.begin(desk, case, "I saw it myself")
    for person in (world.miriam, world.joan):
        talk = Talk(person.id, world.now, "x")
        with pytest.raises(FormRefused), world.desk(world.rosa) as desk:
            actions.discuss(desk, queries.one(desk, case, duty), talk, 1)


def test_a_supervisor_who_must_never_know_is_not_asked(world: World, case: CaseId) -> None:
    uma = world.employs(world.harbour, "Uma Reyes", Role.SUPERVISOR)
    duty = considered(world, case)
    assert f'value="{uma.id}"' in on_its_page(world, case, duty).text
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, case, Whom(uma.id, None))
    page = on_its_page(world, case, duty).text
    assert "Uma Reyes" not in page
    assert f'value="{world.miriam.id}"' in page
    talk = Talk(uma.id, world.now, "x")
    with pytest.raises(FormRefused), world.desk(world.rosa) as desk:
        actions.discuss(desk, queries.one(desk, case, duty), talk, 1)


def test_exactly_the_ticked_entries_open_to_exactly_that_agency(
    world: World, case: CaseId, children: EnvelopeId, need: EnvelopeId
) -> None:
    made(world, case, world.northside, children)
    for person, opens in ((world.tomas, {children}), (world.amin, set()), (world.joan, set())):
        with world.desk(person) as desk:
            assert set(open_entries(desk.db, desk.sight, [children, need])) == opens


def test_it_ends_at_its_hour_even_when_no_job_runs(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = made(world, case, world.northside, children)
    world.move(timedelta(days=30))
    tomas = world.browser(world.tomas)
    assert whole(tomas.get(f"/told/{duty}")) == whole(tomas.get("/nowhere/at/all"))
    assert "had to tell you" not in tomas.open("/")


@pytest.mark.parametrize("category", [Category.WORKINGS])
def test_own_notes_can_never_be_told(world: World, case: CaseId, category: Category) -> None:
    note = told(world, world.rosa, case, category, "I doubt it")
    duty = informed(world, case)
    choice = Choice(scope_of(world, world.northside, note), LAW, "x", "x")
    with pytest.raises(FormRefused), world.desk(world.rosa) as desk:
        actions.choose(desk, queries.one(desk, case, duty), choice, 3)
    rosa = world.browser(world.rosa)
    assert "I doubt it" not in rosa.open(f"/cases/{case}/duties/{duty}/choose")


def test_to_an_authority_outside_nothing_is_shared_but_a_sheet_is_printed(
    world: World, case: CaseId, children: EnvelopeId, need: EnvelopeId
) -> None:
    duty = made(world, case, None, children)
    page = on_its_page(world, case, duty)
    assert "District court of Salt" in page.text
    sheet = page.open(f"/cases/{case}/duties/{duty}/sheet")
    assert BRUISES in sheet
    assert "a lawyer" not in sheet
    assert "nothing is sent" in sheet
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [children])


def test_there_is_no_sheet_before_it_is_made_or_for_an_agency_of_the_hub(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    rosa = world.browser(world.rosa)
    for duty in (chosen(world, case, None, children), made(world, case, world.northside, children)):
        assert rosa.get(f"/cases/{case}/duties/{duty}/sheet").status_code == 404


def test_it_was_not_safe_to_say_so_first_needs_its_reason(world: World, case: CaseId) -> None:
    duty = considered(world, case)
    with world.desk(world.rosa) as desk:
        row = queries.one(desk, case, duty)
        actions.discuss(desk, row, Talk(world.miriam.id, desk.at, "x"), 1)
    page = on_its_page(world, case, duty)
    assert page.try_submit("/informed", informed="not_safe", first=" ").status_code == 422
    page = on_its_page(world, case, duty)
    assert "he reads her phone" in page.submit(
        "/informed", informed="not_safe", first="he reads her phone"
    )


def test_a_report_that_is_not_owed_ends_with_a_reason(world: World, case: CaseId) -> None:
    duty = considered(world, case)
    assert on_its_page(world, case, duty).try_submit("/dropped", reason="").status_code == 422
    page = on_its_page(world, case, duty)
    assert "the law does not name it" in page.submit("/dropped", reason="the law does not name it")
    assert not page.forms


def test_an_agency_that_must_never_know_is_not_told(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, case, Whom(None, world.northside.id))
    with pytest.raises(KeptAway):
        made(world, case, world.northside, children)


def test_of_two_who_make_it_at_once_the_second_is_told(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = chosen(world, case, world.northside, children)
    with world.desk(world.rosa) as desk:
        actions.make(desk, queries.one(desk, case, duty), None, 4)
    with pytest.raises((Changed, StepRefused)), world.desk(world.miriam) as desk:
        actions.make(desk, queries.one(desk, case, duty), None, 4)


def test_what_is_chosen_is_read_once_more_as_it_will_be_read(
    world: World, case: CaseId, children: EnvelopeId, need: EnvelopeId
) -> None:
    duty = chosen(world, case, world.northside, children)
    rosa = on_its_page(world, case, duty)
    assert BRUISES in rosa.text
    assert "a lawyer" not in rosa.text
    shown = _entry(rosa.text)
    rosa.submit("/told")
    assert _entry(world.browser(world.tomas).open(f"/told/{duty}")) == shown


def _entry(page: str) -> str:
    """The entries of a page, to the byte."""
    return "".join(re.findall(r'<div class="entry">.*?</div>', page, re.DOTALL))


def test_choosing_again_begins_with_what_was_chosen(
    world: World, case: CaseId, children: EnvelopeId, need: EnvelopeId
) -> None:
    duty = chosen(world, case, world.northside, children)
    rosa = world.browser(world.rosa)
    page = rosa.open(f"/cases/{case}/duties/{duty}/choose")
    assert LAW in page
    assert "they visit" in page
    assert dict(rosa.form("/choose").fields)["to_agency"] == world.northside.id
    rosa.submit("/choose", entries=[need])
    rosa.submit("/told")
    with world.desk(world.tomas) as desk:
        assert set(open_entries(desk.db, desk.sight, [children, need])) == {need}


def test_after_the_last_day_it_is_chosen_again_before_it_is_told(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = chosen(world, case, world.northside, children)
    world.move(timedelta(days=31))
    rosa = on_its_page(world, case, duty)
    answer = rosa.try_submit("/told")
    assert answer.status_code == 409
    assert "Choose again, with another day." in answer.text


def test_words_written_anew_since_are_chosen_again_before_they_are_told(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = chosen(world, case, world.northside, children)
    with world.desk(world.rosa) as desk:
        replace_entry(desk, case, children, {"text": "He fell from the wall"})
    answer = on_its_page(world, case, duty).try_submit("/told")
    assert answer.status_code == 409
    assert "was written anew since. Choose again." in answer.text
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [children])


def test_what_is_chosen_may_still_turn_out_not_to_be_owed(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = chosen(world, case, world.northside, children)
    rosa = on_its_page(world, case, duty)
    assert "the law does not name it" in rosa.submit("/dropped", reason="the law does not name it")
    with pytest.raises(StepRefused), world.desk(world.rosa) as desk:
        actions.make(desk, queries.one(desk, case, duty), None, 5)
    with world.desk(world.tomas) as desk:
        assert not open_entries(desk.db, desk.sight, [children])


def test_strangers_find_nothing_of_it_anywhere(
    world: World, case: CaseId, children: EnvelopeId
) -> None:
    duty = made(world, case, world.northside, children)
    for person in (world.joan, world.noor, world.amin, world.sofia):
        browser = world.browser(person)
        nothing = whole(browser.get("/nowhere/at/all"))
        for path in (f"/told/{duty}", f"/cases/{case}/duties", f"/cases/{case}/duties/{duty}"):
            assert whole(browser.get(path)) == nothing


def test_where_somebody_is_goes_only_ticked_by_itself_with_a_reason(
    world: World, case: CaseId, children: EnvelopeId, place: EnvelopeId
) -> None:
    duty = informed(world, case)
    rosa = on_its_page(world, case, duty)
    page = rosa.open(f"/cases/{case}/duties/{duty}/choose")
    assert page.index("Where somebody is") < page.index(HIDEAWAY)
    assert f'value="{children}"' in page
    assert f'value="{place}"' not in page
    box, why = f"place_{place}", f"why_{place}"
    asked = {"to_agency": world.northside.id, "law": LAW, "next": "x", "heard": "x"}
    answer = rosa.try_submit("/choose", entries=[children], **{box: "yes"})
    assert "Say why they must be told that place, or untick it." in answer.text
    assert "Choose who is told." in answer.text
    answer = rosa.try_submit("/choose", entries=[children], **asked, **{box: "yes", why: " "})
    assert answer.status_code == 422
    assert "Say why they must be told that place, or untick it." in answer.text
    assert "checked" in answer.text[answer.text.index(f'id="{box}"') :][:200]
    rosa.submit("/choose", **{why: "section 9 names the address"})
    assert "section 9 names the address" in rosa.text
    assert HIDEAWAY in rosa.text
    assert b"section 9 names" not in world.raw()
    again = rosa.open(f"/cases/{case}/duties/{duty}/choose")
    assert "section 9 names the address" in again
    assert dict(rosa.form("/choose").fields)[box] == "yes"


def test_a_place_among_the_other_entries_needs_its_reason_too(
    world: World, case: CaseId, place: EnvelopeId
) -> None:
    duty = informed(world, case)
    for reasons in ({}, {place: ""}):
        told_to = replace(scope_of(world, world.northside, place), reasons=reasons)
        choice = Choice(told_to, LAW, "x", "x")
        with pytest.raises(FormRefused), world.desk(world.rosa) as desk:
            actions.choose(desk, queries.one(desk, case, duty), choice, 3)


def test_a_place_that_was_not_ticked_is_not_told(
    world: World, case: CaseId, children: EnvelopeId, place: EnvelopeId
) -> None:
    duty = informed(world, case)
    rosa = on_its_page(world, case, duty)
    rosa.open(f"/cases/{case}/duties/{duty}/choose")
    asked = {"to_agency": world.northside.id, "law": LAW, "next": "x", "heard": "x"}
    rosa.submit("/choose", entries=[children], **asked, **{f"why_{place}": "typed, not ticked"})
    assert "typed, not ticked" not in rosa.text
    rosa.submit("/told")
    with world.desk(world.tomas) as desk:
        assert set(open_entries(desk.db, desk.sight, [children, place])) == {children}
