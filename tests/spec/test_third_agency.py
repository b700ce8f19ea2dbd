"""What an agency that is no party to a referral can learn of it: nothing, though it has its own."""

from dataclasses import dataclass

import pytest
from sqlmodel import col, select

from hub.cases import actions as cases
from hub.cases.actions import CaseOpening
from hub.consent import actions as consent
from hub.core.errors import NothingHere
from hub.core.ids import EnvelopeId
from hub.core.words import Category
from hub.door import open_entries, open_one
from pathways.referrals import queries
from pathways.referrals.tables import ReferralEntryRow, ReferralEventRow, ReferralNoteRow
from tests.referring import ASKED, HER_NAME, NARROW, Story, begin, law_clinic, terms
from tests.world import Person, World

OTHER_WORDS = "A place for two nights, please."


@dataclass(frozen=True, slots=True)
class Town:
    """Rosa's referral to Northside; and one that Eastway was sent, from another case."""

    story: Story
    ref: str
    eastway: Story
    eastway_ref: str


@pytest.fixture
def town(world: World) -> Town:
    """Two referrals from one agency to two others."""
    story = begin(world)
    service = law_clinic(world, world.eastway, "Advice at the clinic")
    with world.desk(world.rosa) as desk:
        case = cases.open_case(desk, CaseOpening())
        entries = {
            Category.IDENTITY: cases.write_entry(desk, case, Category.IDENTITY, {"name": "Z."}),
            Category.CONTACT: cases.write_entry(desk, case, Category.CONTACT, {"text": "-"}),
        }
        paper = terms(world.eastway, world, NARROW)
        release = consent.record_release(desk, case, paper)
    other = Story(world, case, service, release, entries)
    return Town(story, story.send(), other, other.send())


def envelopes(town: Town, ref: str) -> list[EnvelopeId]:
    """Every envelope that hangs on a referral, whoever wrote it."""
    row = town.story.row(ref)
    with town.story.world.hub.unit_of_work() as db:
        found: list[str | None] = [row.ask]
        for of, column in (
            (ReferralEntryRow, ReferralEntryRow.envelope),
            (ReferralEventRow, ReferralEventRow.words),
            (ReferralNoteRow, ReferralNoteRow.envelope),
        ):
            found += db.exec(select(column).where(col(of.referral) == row.id)).all()
    return [EnvelopeId(each) for each in found if each]


@pytest.mark.parametrize("name", ["amin", "sofia", "edith", "joan", "dora", "noor", "ines"])
def test_every_address_of_it_is_like_one_that_does_not_exist(town: Town, name: str) -> None:
    world = town.story.world
    browser = world.browser(getattr(world, name))
    row = town.story.row(town.ref)
    for ref in (row.sender_ref, row.receiver_ref, row.id):
        for page in ("", "/check", "/draft", "/steps/accept", "/steps/withdraw"):
            there = browser.get(f"/referrals/{ref}{page}")
            nowhere = browser.get(f"/referrals/{'a' * 26}{page}")
            assert there.status_code == nowhere.status_code == 404
            assert len(there.text) == len(nowhere.text)


@pytest.mark.parametrize("name", ["amin", "sofia", "edith", "joan", "noor"])
def test_no_step_of_it_can_be_taken_from_outside(town: Town, name: str) -> None:
    world = town.story.world
    browser, row = world.browser(getattr(world, name)), town.story.row(town.ref)
    for ref in (row.sender_ref, row.receiver_ref):
        for path in ("/steps/accept", "/steps/withdraw", "/send", "/notes", "/noted"):
            answer = browser.post(f"/referrals/{ref}{path}", version=str(row.version), note="x")
            assert answer.status_code == 404
    assert town.story.row(town.ref).state == "sent"


def test_its_own_referral_is_there_and_the_other_is_not(town: Town) -> None:
    amin = town.story.world.browser(town.story.world.amin)
    page = amin.open("/referrals")
    assert town.story.row(town.eastway_ref).number in page
    assert town.story.row(town.ref).number not in page
    assert HER_NAME not in amin.open(town.eastway.received(town.eastway_ref))


@pytest.mark.parametrize("name", ["amin", "sofia", "edith", "joan", "dora", "noor", "ines"])
def test_no_key_of_theirs_opens_any_envelope_of_it(town: Town, name: str) -> None:
    world, hers = town.story.world, envelopes(town, town.ref)
    address = town.story.row(town.ref).receiver_ref
    person: Person = getattr(world, name)
    with world.desk(person) as desk:
        assert open_entries(desk.db, desk.sight, hers) == {}
        for envelope in hers:
            with pytest.raises(NothingHere):
                open_one(desk.db, desk.sight, envelope)
        with pytest.raises(NothingHere):
            queries.referral(desk, address)


def test_withdrawing_one_release_leaves_the_other_agency_untouched(town: Town) -> None:
    town.story.withdraw()
    amin = town.story.world.browser(town.story.world.amin)
    assert ASKED in amin.open(town.eastway.received(town.eastway_ref))


def test_withdrawal_leaves_no_key_at_the_receiver_to_anything_it_was_given(town: Town) -> None:
    world = town.story.world
    tomas = world.browser(world.tomas)
    tomas.open(f"{town.story.received(town.ref)}/steps/ask")
    tomas.submit("steps/ask", words=OTHER_WORDS)
    rosa = world.browser(world.rosa)
    rosa.open(f"/referrals/{town.ref}/steps/answer")
    rosa.submit("steps/answer", category="need", words="Yes, two nights.")
    tomas.open(town.story.received(town.ref))
    tomas.submit("steps/accept")
    town.story.withdraw()
    hers = set(envelopes(town, town.ref))
    for person in (world.tomas, world.lena, world.grace):
        with world.desk(person) as desk:
            opened = open_entries(desk.db, desk.sight, hers)
            assert {entry.agency for entry in opened.values()} <= {world.northside.id}
