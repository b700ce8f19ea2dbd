"""Keeping people out of a case, on its pages; and why nobody alone lets them know again."""

from dataclasses import dataclass

import pytest

from hub.cases.keeping.letting_in import ask_to_let_in, lines, say_no
from hub.cases.keeping.named import desk_is_kept_out
from hub.core.errors import Changed
from hub.core.ids import AgencyId, CaseId
from hub.core.words import Role
from hub.door.keeping_out import Whom, keep_out
from tests.clients import Browser
from tests.referring import Story, begin
from tests.world import Person, World

REASON = "She asked for it herself, in person, this morning."


@dataclass
class Kept:
    """Rosa's case, out of which Dora is kept."""

    world: World
    story: Story
    line: str

    def never(self, person: Person) -> Browser:
        """The page of those who must never know, as somebody has it open."""
        browser = self.world.browser(person)
        browser.open(f"/cases/{self.story.case}/never")
        return browser

    def asks(self, person: Person) -> None:
        """Somebody asks to let Dora know again."""
        browser = self.never(person)
        browser.open(f"/cases/{self.story.case}/never?line={self.line}")
        browser.submit("/lift", reason=REASON)

    def is_out(self) -> bool:
        """Whether the case still does not exist for Dora."""
        with self.world.desk(self.world.dora) as desk:
            return self.story.case in desk.sight.kept_out


@pytest.fixture
def kept(world: World) -> Kept:
    """Rosa has kept Dora out, on the page."""
    story = begin(world)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{story.case}/never?agency={world.harbour.id}")
    rosa.submit("/never/people", person=world.dora.id)
    [line] = [link for link in rosa.links if "never?line=" in link]
    return Kept(world, story, line.split("line=")[1].split("#")[0])


def test_the_page_says_who_is_kept_out_and_why(kept: Kept) -> None:
    page = kept.never(kept.world.miriam).text
    assert "Dora Finch" in page
    assert "By the wish of the person it is about" in page
    assert kept.is_out()


@pytest.mark.parametrize("short", ["tomas", "joan", "dora", "petra", "sofia", "ines"])
def test_nobody_but_the_care_team_sees_the_list(kept: Kept, short: str) -> None:
    person = getattr(kept.world, short)
    address = f"/cases/{kept.story.case}/never"
    assert kept.world.browser(person).get(address).status_code == 404
    for rest in ("/people", "/agencies", "/desks", "/names", f"/{kept.line}/lift"):
        fields = {"person": kept.world.joan.id, "agency": kept.world.eastway.id}
        fields |= {"name": "x", "reason": "x", "mode": "phone"}
        assert kept.world.browser(person).post(address + rest, fields).status_code == 404


def test_two_people_let_her_know_again(kept: Kept) -> None:
    kept.asks(kept.world.rosa)
    assert kept.is_out()
    miriam = kept.world.browser(kept.world.miriam)
    assert "Let somebody know again?" in miriam.open("/")
    page = miriam.open(f"/lifts/{kept.line}")
    assert REASON in page
    assert "Rosa Adeyemi" in page
    miriam.submit("/lifts/" + kept.line, answer="yes")
    assert not kept.is_out()


def test_one_who_says_no_leaves_all_as_it_was(kept: Kept) -> None:
    kept.asks(kept.world.rosa)
    miriam = kept.world.browser(kept.world.miriam)
    miriam.open(f"/lifts/{kept.line}")
    miriam.submit("/lifts/" + kept.line, answer="no")
    assert kept.is_out()
    kept.asks(kept.world.rosa)


@pytest.mark.parametrize("short", ["rosa", "joan", "dora", "petra", "grace", "tomas"])
def test_nobody_says_yes_who_is_not_somebody_else_with_that_right(kept: Kept, short: str) -> None:
    kept.asks(kept.world.rosa)
    person = kept.world.browser(getattr(kept.world, short))
    assert person.get(f"/lifts/{kept.line}").status_code == 404
    assert person.post(f"/lifts/{kept.line}", answer="yes").status_code == 404
    assert kept.is_out()


def test_a_supervisor_who_asks_cannot_say_yes_alone(kept: Kept) -> None:
    kept.asks(kept.world.miriam)
    miriam = kept.world.browser(kept.world.miriam)
    assert miriam.post(f"/lifts/{kept.line}", answer="yes").status_code == 404
    assert kept.is_out()


def test_nobody_says_yes_before_anybody_asked(kept: Kept) -> None:
    miriam = kept.world.browser(kept.world.miriam)
    assert miriam.get(f"/lifts/{kept.line}").status_code == 404
    assert miriam.post(f"/lifts/{kept.line}", answer="yes").status_code == 404
    assert kept.is_out()


def test_a_privacy_officer_reads_the_reason_and_nothing_of_the_case(kept: Kept) -> None:
    officer = kept.world.employs(kept.world.harbour, "Uma Reyes", Role.PRIVACY_OFFICER)
    kept.asks(kept.world.rosa)
    browser = kept.world.browser(officer)
    assert browser.get(f"/cases/{kept.story.case}").status_code == 404
    assert REASON in browser.open(f"/lifts/{kept.line}")
    browser.submit("/lifts/" + kept.line, answer="yes")
    assert not kept.is_out()


def test_who_must_never_know_either_hears_of_nobody_who_must_not(kept: Kept) -> None:
    world, address = kept.world, f"/lifts/{kept.line}"
    officer = world.employs(world.harbour, "Uma Reyes", Role.PRIVACY_OFFICER)
    kept.asks(world.rosa)
    assert world.browser(officer).get(address).status_code == 200
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, kept.story.case, Whom(officer.id, None))
    browser = world.browser(officer)
    assert "Let somebody know again?" not in browser.open("/")
    assert browser.get(address).status_code == 404
    assert browser.post(address, answer="yes").status_code == 404
    assert kept.is_out()


NAME = "Vincent Marlowe, drives for Northside"


def _asks_about(kept: Kept, of: str) -> str:
    """Rosa keeps a desk or a name out and asks, on the page, to let it in again; its line."""
    rosa = kept.never(kept.world.rosa)
    before = set(_lines(rosa))
    if of == "desk":
        rosa.open(f"/cases/{kept.story.case}/never?agency={kept.world.northside.id}")
        rosa.submit("/desks")
    else:
        rosa.submit("/names", name=NAME)
    rosa.open(f"/cases/{kept.story.case}/never")
    [line] = set(_lines(rosa)) - before
    rosa.open(f"/cases/{kept.story.case}/never?line={line}")
    rosa.submit("/lift", reason=REASON)
    return line


def _lines(browser: Browser) -> list[str]:
    return [link.split("line=")[1].split("#")[0] for link in browser.links if "never?line=" in link]


def test_two_people_let_an_intake_desk_know_again(kept: Kept) -> None:
    world, case = kept.world, kept.story.case
    line = _asks_about(kept, "desk")
    with world.desk(world.rosa) as desk:
        assert desk_is_kept_out(desk, case, AgencyId(world.northside.id))
    miriam = world.browser(world.miriam)
    page = miriam.open(f"/lifts/{line}")
    assert "Everybody at the intake desk of Northside" in page
    assert REASON in page
    miriam.submit("/lifts/" + line, answer="yes")
    with world.desk(world.rosa) as desk:
        assert not desk_is_kept_out(desk, case, AgencyId(world.northside.id))
    assert kept.story.received(kept.story.send())
    line = _asks_about(kept, "desk")
    assert "asks to let them know again" in kept.never(world.miriam).text


def test_two_people_cross_a_written_name_out(kept: Kept) -> None:
    officer = kept.world.employs(kept.world.harbour, "Uma Reyes", Role.PRIVACY_OFFICER)
    line = _asks_about(kept, "name")
    miriam = kept.world.browser(kept.world.miriam)
    assert "Let somebody know again?" in miriam.open("/")
    assert NAME in miriam.open(f"/lifts/{line}")
    assert kept.world.browser(officer).get(f"/lifts/{line}").status_code == 200
    rosa, _ref = kept.story.draft()
    assert NAME in rosa.text
    miriam.submit("/lifts/" + line, answer="yes")
    assert NAME not in kept.never(kept.world.rosa).text
    rosa, _ref = kept.story.draft()
    assert NAME not in rosa.text
    assert miriam.get(f"/lifts/{line}").status_code == 404


@pytest.mark.parametrize("of", ["desk", "name"])
def test_a_desk_or_a_name_stays_when_the_second_person_says_no(kept: Kept, of: str) -> None:
    line = _asks_about(kept, of)
    miriam = kept.world.browser(kept.world.miriam)
    miriam.open(f"/lifts/{line}")
    miriam.submit("/lifts/" + line, answer="no")
    assert line in _lines(kept.never(kept.world.rosa))
    assert miriam.post(f"/lifts/{line}", answer="yes").status_code == 404


@pytest.mark.parametrize("of", ["desk", "name"])
@pytest.mark.parametrize("short", ["rosa", "joan", "dora", "petra", "grace", "tomas", "sofia"])
def test_nobody_else_says_yes_to_a_desk_or_a_name(kept: Kept, short: str, of: str) -> None:
    line = _asks_about(kept, of)
    person = kept.world.browser(getattr(kept.world, short))
    assert "Let somebody know again?" not in person.open("/")
    assert person.get(f"/lifts/{line}").status_code == 404
    assert person.post(f"/lifts/{line}", answer="yes").status_code == 404
    assert "Somebody asks to" in kept.never(kept.world.miriam).text


@pytest.mark.parametrize("of", ["desk", "name"])
def test_who_must_never_know_says_yes_to_no_desk_and_no_name(kept: Kept, of: str) -> None:
    officer = kept.world.employs(kept.world.harbour, "Uma Reyes", Role.PRIVACY_OFFICER)
    line = _asks_about(kept, of)
    with kept.world.desk(kept.world.rosa) as desk:
        keep_out(desk.db, desk.sight, kept.story.case, Whom(officer.id, None))
    browser = kept.world.browser(officer)
    assert "Let somebody know again?" not in browser.open("/")
    assert browser.post(f"/lifts/{line}", answer="yes").status_code == 404


@pytest.mark.parametrize("of", ["desk", "name"])
def test_a_supervisor_of_another_agency_hears_of_no_desk_and_no_name(kept: Kept, of: str) -> None:
    line = _asks_about(kept, of)
    theirs = kept.world.employs(kept.world.northside, "Ada Stone", Role.SUPERVISOR)
    browser = kept.world.browser(theirs)
    assert "Let somebody know again?" not in browser.open("/")
    assert browser.get(f"/lifts/{line}").status_code == 404


def test_a_supervisor_who_asks_about_a_desk_cannot_say_yes_alone(kept: Kept) -> None:
    world, case = kept.world, kept.story.case
    _asks_about(kept, "desk")
    with world.desk(world.miriam) as desk:
        [row] = [each for each in lines(desk, case) if each.is_desk]
        say_no(desk, row)
        ask_to_let_in(desk, case, row.id, REASON)
    assert world.browser(world.miriam).post(f"/lifts/{row.id}", answer="yes").status_code == 404
    with world.desk(world.rosa) as desk:
        assert desk_is_kept_out(desk, case, AgencyId(world.northside.id))


def test_a_name_that_waits_to_be_crossed_out_lies_nowhere_in_plain_words(kept: Kept) -> None:
    _asks_about(kept, "name")
    assert NAME.encode() not in kept.world.raw()


def test_a_desk_that_is_asked_about_already_is_not_asked_about_again(kept: Kept) -> None:
    line = _asks_about(kept, "desk")
    with kept.world.desk(kept.world.rosa) as desk, pytest.raises(Changed):
        ask_to_let_in(desk, CaseId(kept.story.case), line, REASON)


def test_an_empty_reason_asks_for_nothing(kept: Kept) -> None:
    rosa = kept.never(kept.world.rosa)
    rosa.open(f"/cases/{kept.story.case}/never?line={kept.line}")
    answer = rosa.try_submit("/lift", reason="")
    assert answer.status_code == 422
    miriam = kept.world.browser(kept.world.miriam)
    assert miriam.get(f"/lifts/{kept.line}").status_code == 404


def test_the_case_manager_hands_over_before_they_can_be_kept_out(kept: Kept) -> None:
    miriam = kept.world.browser(kept.world.miriam)
    miriam.open(f"/cases/{kept.story.case}/never?agency={kept.world.harbour.id}")
    answer = miriam.try_submit("/never/people", person=kept.world.rosa.id)
    assert answer.status_code == 409
    assert "Hand the case over first" in answer.text


def test_a_name_without_an_account_is_sealed_and_shown_before_sending(kept: Kept) -> None:
    name = "Vincent Marlowe, drives for Northside"
    kept.never(kept.world.rosa).submit("/never/names", name=name)
    assert name in kept.never(kept.world.miriam).text
    rosa, _ref = kept.story.draft()
    assert name in rosa.text
    assert "Then do not send it." in rosa.text
    assert name.encode() not in kept.world.raw()


def test_an_agency_kept_out_loses_what_it_had_and_gets_nothing_more(kept: Kept) -> None:
    world, story = kept.world, kept.story
    ref = story.send()
    theirs = story.received(ref)
    assert world.browser(world.tomas).get(theirs).status_code == 200
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{story.case}/never?agency={world.northside.id}")
    assert rosa.try_submit("/never/agencies").status_code == 422
    rosa.submit("/never/agencies", mode="in_person")
    assert world.browser(world.tomas).get(theirs).status_code == 404
    assert story.row(ref).state == "withdrawn"
    asked = f"/find?need=legal-assistance&case={story.case}"
    assert "nothing can be sent there" in rosa.open(asked)
    assert "nothing can be sent there" not in world.browser(world.joan).open(asked)
    again = rosa.get(f"/referrals/new?case={story.case}&service={story.service}")
    assert again.status_code == 409
    assert "must never know" in again.text
