"""What a survivor can rely on: when she agrees, while it lasts, and when she takes it back."""

from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import update

from hub.consent import queries
from hub.consent.ledger_queries import lines
from hub.consent.paper import Section
from hub.consent.release import Standing, standing
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId, ReleaseId
from hub.core.words import Category
from hub.door import Ending, Sealing, open_entries, unshare
from hub.door.ledgers import Walk, Which
from hub.people.tables import AgencyRow
from tests.looks import stored, whole
from tests.paper import try_walk, walk
from tests.survivor import opened, released, shared, terms
from tests.world import Person, World

NEED: Final = Sealing(Category.NEED, {"text": "canary need 7391"}, "")
PAPER: Final[dict[str, Any]] = {
    "purposes": ["referral"],
    "service_types": ["legal-assistance"],
    "categories": ["need", "identity", "contact"],
    "starts": "2030-01-15",
    "ends": "2030-02-14",
    "limits": "Not to my husband's cousin.",
}


def paper(world: World, **changes: Any) -> dict[str, Any]:
    """A release as the form sends it."""
    return {"to_agency": world.northside.id} | PAPER | changes


def written(world: World, case: CaseId, **changes: Any) -> str:
    return walk(world.browser(world.rosa), f"/cases/{case}", **paper(world, **changes))


def reads(world: World, person: Person, envelope: EnvelopeId) -> bool:
    with world.desk(person) as desk:
        return envelope in open_entries(desk.db, desk.sight, [envelope])


def test_her_terms_stand_on_the_page_in_plain_words(world: World) -> None:
    page = written(world, opened(world, world.rosa)).replace("&#39;", "'")
    for words in (
        "Release to Northside Law",
        "Identity, Contact and Need",
        "Referral to a service (Legal advice)",
        "14 February 2030",
        "Not to my husband's cousin.",
        "30 days left",
        "Not released: Location",
    ):
        assert words in page


def test_thirty_days_are_filled_in_and_nothing_else_is(world: World) -> None:
    browser = world.browser(world.rosa)
    browser.open(f"/cases/{opened(world, world.rosa)}/releases/new")
    browser.submit("/releases", language="en")
    assert world.harbour.id not in browser.form("/who").options["to_agency"]
    draft, filled = browser.path.rsplit("/", 1)[0], {}
    for section in Section:
        browser.open(f"{draft}/{section}")
        filled |= dict(browser.form(f"/{section}").fields)
    assert (filled["starts"], filled["ends"]) == ("2030-01-15", "2030-02-14")
    chosen = {"location", "categories", "purposes", "service_types", "said", "asked", "manner"}
    assert not chosen & set(filled)
    assert filled["to_agency"] == ""


def test_where_she_is_goes_only_if_ticked_by_itself(world: World) -> None:
    case = opened(world, world.rosa)
    written(world, case)
    written(world, case, categories=["need", "location"])
    written(world, case, location="yes")
    with world.desk(world.rosa) as desk:
        known = [Category.LOCATION in each.categories for each in queries.releases(desk, case)]
    assert sorted(known) == [False, False, True]


WRONG: Final[dict[str, tuple[dict[str, Any], str, str]]] = {
    "ends before it starts": ({"ends": "2030-01-14"}, "ends", "It ends before it starts."),
    "ninety-one days": ({"ends": "2030-04-16"}, "ends", "at most 90 days"),
    "the year 9999": ({"ends": "9999-12-31"}, "ends", "a year between 1900 and 2199"),
    "no such day": ({"starts": "2030-02-30"}, "starts", "a day that exists"),
    "words for a day": ({"ends": "soon"}, "ends", "a day that exists"),
    "nothing to know": ({"categories": []}, "categories", "at least one thing"),
    "own notes": ({"categories": ["workings"]}, "categories", "can never be shared"),
    "a category nobody has": ({"categories": ["gossip"]}, "categories", "Choose from"),
    "no purpose": ({"purposes": []}, "purposes", "Tick what it is for."),
    "no kind of service": ({"service_types": []}, "service_types", "which kind of service"),
    "no agency": ({"to_agency": ""}, "to_agency", "Choose the one agency"),
    "an agency nobody knows": ({"to_agency": "a" * 26}, "to_agency", "from the list"),
    "not told she is free": ({"said": ["plan"]}, "said", "Tell them every one"),
    "a thumbprint nobody saw": ({"manner": "thumbprint"}, "witness", "who was the witness"),
    "no manner": ({"manner": ""}, "manner", "Choose how they agreed."),
    "perhaps his words": ({"not_the_abuser": ""}, "not_the_abuser", "only if you are sure"),
    "a NUL in her limits": ({"limits": "a\x00b"}, "limits", "cannot be shown"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_stand_is_said_beside_its_field(world: World, wrong: str) -> None:
    case, (change, field, sentence) = opened(world, world.rosa), WRONG[wrong]
    browser = world.browser(world.rosa)
    answer = try_walk(browser, f"/cases/{case}", **paper(world, **change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'href="#{field}"' in answer.text
    with world.desk(world.rosa) as desk:
        assert queries.releases(desk, case) == []


def test_her_own_agency_and_a_closed_one_cannot_be_chosen(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    own = try_walk(browser, f"/cases/{case}", **paper(world, to_agency=world.harbour.id))
    assert own.status_code == 422
    assert "Choose another agency." in own.text
    with world.hub.unit_of_work() as db:
        shut = update(AgencyRow).where(AgencyRow.id == world.northside.id)
        db.execute(shut.values(closed_at=world.now))
    answer = try_walk(browser, f"/cases/{case}", **paper(world))
    assert answer.status_code == 422
    assert "Northside Law" not in answer.text


def test_a_hundred_days_with_a_wrong_first_day_is_one_mistake(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    answer = try_walk(browser, f"/cases/{case}", **paper(world, starts="never"))
    assert 'href="#starts"' in answer.text
    assert 'href="#ends"' not in answer.text


def test_ninety_days_are_the_longest_she_can_be_asked_for(world: World) -> None:
    assert "90 days left" in written(world, opened(world, world.rosa), ends="2030-04-15")


def test_it_lasts_to_the_last_minute_of_its_last_day(world: World) -> None:
    case = opened(world, world.rosa)
    written(world, case, ends="2030-01-15")
    with world.desk(world.rosa) as desk:
        [release] = queries.releases(desk, case)
    late = world.now.replace(hour=23, minute=58)
    assert standing(release, late) is Standing.LIVE
    assert standing(release, late + timedelta(minutes=1)) is Standing.ENDED


def agreed(world: World, days: int = 30) -> tuple[CaseId, ReleaseId, EnvelopeId]:
    """A case, a release of it to Northside, and what lies on Northside's desk because of it."""
    case = opened(world, world.rosa)
    asked = terms(world, world.northside, Category.NEED, Category.HEALTH, days=days)
    release = released(world, world.rosa, case, asked)
    return case, release, shared(world, world.rosa, release, NEED, world.northside.desk)


def test_what_she_takes_back_is_closed_with_the_next_request(world: World) -> None:
    case, release, need = agreed(world)
    assert reads(world, world.tomas, need)
    browser = world.browser(world.rosa)
    page = browser.open(f"/releases/{release}/withdraw")
    assert "1 entry closes to the intake desk of Northside Law: Need." in page
    assert "cannot be un-read" in page
    page = browser.submit("/withdraw", how="phone", words="canary words 7391")
    assert "They took it back on" in page
    assert "may let them know" not in page
    assert "canary words 7391" in page
    assert not reads(world, world.tomas, need)
    assert reads(world, world.rosa, need)
    with world.desk(world.rosa) as desk:
        assert queries.live_releases(desk, case, world.northside.id) == []
    assert b"7391" not in world.raw()


def test_every_release_to_that_agency_stands_ticked_beforehand(world: World) -> None:
    case, release, need = agreed(world)
    other = released(world, world.rosa, case, terms(world, world.northside, Category.LEGAL))
    clinic = released(world, world.rosa, case, terms(world, world.eastway, Category.HEALTH))
    legal = Sealing(Category.LEGAL, {"text": "a hearing"}, "")
    letter = shared(world, world.rosa, other, legal, world.northside.desk)
    browser = world.browser(world.rosa)
    browser.open(f"/releases/{release}/withdraw")
    ticked = {value for name, value in browser.form("/withdraw").fields if name == "releases"}
    assert ticked == {release, other}
    browser.submit("/withdraw", releases=[release], how="writing")
    assert not reads(world, world.tomas, need)
    assert reads(world, world.tomas, letter)
    with world.desk(world.rosa) as desk:
        assert {each.id for each in queries.releases(desk, case)} == {release, other, clinic}
        assert standing(queries.release(desk, clinic), desk.at) is Standing.LIVE


def test_nothing_stands_in_the_way_of_taking_it_back(world: World) -> None:
    case, release, need = agreed(world)
    browser = world.browser(world.rosa)
    browser.post(f"/cases/{case}/close", why="moved", version="1")
    assert reads(world, world.tomas, need)
    browser.open(f"/releases/{release}/withdraw")
    assert "not written down" in browser.submit("/withdraw")
    assert not reads(world, world.tomas, need)
    again = browser.post(f"/releases/{release}/withdraw", releases=[release])
    assert again.status_code == 303
    assert "nothing to take back" in browser.open(f"/releases/{release}/withdraw")


def test_at_least_one_release_is_ticked_or_nothing_happens(world: World) -> None:
    _case, release, need = agreed(world)
    browser = world.browser(world.rosa)
    browser.open(f"/releases/{release}/withdraw")
    answer = browser.try_submit("/withdraw", releases=[], words="as she said")
    assert answer.status_code == 422
    assert "as she said" in answer.text
    assert reads(world, world.tomas, need)


def test_it_ends_at_its_hour_although_no_job_ran(world: World) -> None:
    case, release, need = agreed(world, days=3)
    world.move(timedelta(days=3) - timedelta(seconds=1))
    assert reads(world, world.tomas, need)
    world.move(timedelta(seconds=1))
    assert not reads(world, world.tomas, need)
    browser = world.browser(world.rosa)
    page = browser.open(f"/cases/{case}/ledger")
    assert "The release came to its end." in page
    assert "Take it back" not in browser.open(f"/releases/{release}")


def test_her_ledger_says_what_with_whom_why_and_until_when(world: World) -> None:
    case, release, _need = agreed(world)
    other = Sealing(Category.HEALTH, {"text": "a scan"}, "")
    shared(world, world.rosa, release, other, world.tomas.holder)
    browser = world.browser(world.rosa)
    page = browser.open(f"/cases/{case}/ledger")
    for words in (
        "the intake desk",
        "Tomas Lind",
        "Referral to a service (Legal advice)",
        "a scan",
    ):
        assert words in page
    assert "unless they take it back before" in page
    world.move(timedelta(minutes=1))
    with world.desk(world.rosa) as desk:
        withdraw(desk, [release], Withdrawal(Mode.PHONE))
        ended = lines(desk, Walk(case, Which.OVER, 9)).lines
    assert [(line.open, line.ended_why, line.ended_at) for line in ended] == [
        (False, "withdrawn", world.now)
    ] * 2
    page = browser.open(f"/cases/{case}/ledger")
    assert "They took their release back." in page
    assert "Nobody outside their care team" in page


def test_the_ledger_leaves_out_those_who_work_on_the_case(world: World) -> None:
    case = opened(world, world.rosa)
    browser = world.browser(world.rosa)
    browser.open(f"/cases/{case}/hand-over")
    browser.submit("/hand-over", to=world.joan.id, note="a word beforehand")
    assert "Nobody outside their care team" in browser.open(f"/cases/{case}/ledger")


@pytest.mark.parametrize("who", ["joan", "dora", "tomas", "noor", "grace", "sofia", "ines"])
@pytest.mark.parametrize("path", ["", "/withdraw"])
def test_a_release_is_not_there_for_anybody_else(world: World, who: str, path: str) -> None:
    _case, release, _need = agreed(world)
    other = world.browser(getattr(world, who))
    absent = whole(other.get("/nowhere/at/all"))
    assert whole(other.get(f"/releases/{release}{path}")) == absent
    before = stored(world, without=())
    refused = other.post(f"/releases/{release}/withdraw", releases=[release], how="phone")
    assert whole(refused) == whole(other.post("/nowhere/at/all"))
    assert stored(world, without=()) == before


def test_a_release_of_another_case_cannot_be_slipped_in(world: World) -> None:
    _case, release, _need = agreed(world)
    other = opened(world, world.joan, "HERON-08")
    theirs = released(world, world.joan, other, terms(world, world.northside, Category.NEED))
    rosa = world.browser(world.rosa)
    before = stored(world, without=("session",))
    answer = rosa.post(f"/releases/{release}/withdraw", releases=[release, theirs])
    assert answer.status_code == 404
    assert stored(world, without=("session",)) == before


def test_a_receiver_knows_the_release_behind_what_they_read_and_no_other(world: World) -> None:
    case, release, _need = agreed(world)
    silent = released(world, world.rosa, case, terms(world, world.northside, Category.LEGAL))
    with world.desk(world.tomas) as desk:
        assert queries.release_behind(desk, release).id == release
        with pytest.raises(NothingHere):
            queries.release_behind(desk, silent)
    with world.desk(world.amin) as desk, pytest.raises(NothingHere):
        queries.release_behind(desk, release)
    with world.desk(world.rosa) as desk:
        withdraw(desk, [release], Withdrawal(Mode.PHONE))
    with world.desk(world.tomas) as desk, pytest.raises(NothingHere):
        queries.release_behind(desk, release)


def test_a_closed_case_can_be_released_to_nobody(world: World) -> None:
    case, browser = opened(world, world.rosa), world.browser(world.rosa)
    browser.post(f"/cases/{case}/close", why="moved", version="1")
    assert "This case is closed" in browser.open(f"/cases/{case}/releases/new")
    assert browser.post(f"/cases/{case}/releases", language="en").status_code == 409


def test_the_ledger_tells_her_own_no_from_other_endings(world: World) -> None:
    case, _release, need = agreed(world)
    world.move(timedelta(minutes=1))
    with world.desk(world.rosa) as desk:
        unshare(desk.db, desk.sight, Ending("withdrawn", holder=world.northside.desk))
    assert not reads(world, world.tomas, need)
    page = world.browser(world.rosa).open(f"/cases/{case}/ledger")
    assert "What they were asked for was taken back." in page
    assert "They took their release back." not in page
