"""How somebody may be reached, on the pages of her case: now, not yet, or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.cases import queries as cases
from hub.cases.actions import write_entry
from hub.core.ids import CaseId
from hub.core.words import Category
from hub.store.outbox import OutboxRow
from pathways.referrals import packet
from tests.clients import Browser
from tests.looks import whole
from tests.referring import begin
from tests.survivor import opened, told
from tests.world import NOON, World

CALL = {
    "method": "call",
    "value": "555 0147 22",
    "days": ["tue", "thu"],
    "opens": "17:00",
    "closes": "18:00",
    "zone": "Asia/Amman",
    "who_may_answer": "only she",
    "may_say": "the dentist",
    "code_word": "marigold",
    "confirmed_by": "She herself",
}


END = NOON + timedelta(days=30)
WARNING = "Do not use it: ask the case manager first."


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


def writes(world: World, case: CaseId, **changed: str | list[str]) -> Browser:
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/entries/new?category=contact")
    rosa.try_submit("/entries", **{**CALL, **changed})
    return rosa


def banner(world: World, case: CaseId) -> str:
    page = world.browser(world.rosa).open(f"/cases/{case}")
    return page[page.index("Safe contact:") : page.index("columns")]


def test_the_banner_says_when_who_and_the_code_word(world: World, case: CaseId) -> None:
    assert writes(world, case).page.status_code == 303  # type: ignore[union-attr]
    said = banner(world, case)
    for words in ("Call, Tuesday, Thursday, 17:00-18:00", "only she", "the dentist", "marigold"):
        assert words in said
    assert "Not now. Safe again from Tue 15 Jan, 17:00 (Asia/Amman)." in said
    world.move(timedelta(hours=2))
    assert "Safe now, until Tue 15 Jan, 18:00 (Asia/Amman)." in banner(world, case)


def test_after_thirty_days_it_must_be_confirmed_with_one_button(world: World, case: CaseId) -> None:
    writes(world, case)
    world.move(timedelta(days=27))
    rosa = world.browser(world.rosa)
    assert "ask again whether the contact is safe" in rosa.open("/")
    world.move(timedelta(days=3))
    assert "Not usable: it was confirmed more than 30 days ago." in banner(world, case)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    assert not [form for form in rosa.forms if form.action.endswith("/messages")]
    rosa.submit("/confirm")
    assert "Not usable" not in banner(world, case)
    assert "ask again" not in world.browser(world.rosa).open("/")
    with world.desk(world.rosa) as desk:
        [entry] = cases.entries(desk, case)
        assert entry.body["value"] == "555 0147 22"
        assert entry.body["confirmed_by"] == "She herself"


def test_words_that_change_are_not_confirmed_by_the_way(world: World, case: CaseId) -> None:
    writes(world, case)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}")
    link = next(each for each in rosa.links if "/entries/" in each and "new" not in each)
    rosa.open(link)
    assert dict(rosa.form(link).fields)["confirmed_by"] == ""
    rosa.submit(link, value="555 0199 22")
    assert "Not usable: nobody has confirmed that it is safe." in banner(world, case)


@pytest.mark.parametrize("part", ["who_may_answer", "may_say", "code_word"])
def test_a_contact_that_lacks_a_part_is_kept_but_not_usable(
    world: World, case: CaseId, part: str
) -> None:
    writes(world, case, **{part: ""})
    assert "Not usable: something is missing" in banner(world, case)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("days", []),
        ("opens", ""),
        ("opens", "25:00"),
        ("closes", "17:00"),
        ("zone", "Mars/Base"),
        ("zone", "../../etc/passwd"),
    ],
)
def test_half_of_the_hours_is_refused_and_nothing_typed_is_lost(
    world: World, case: CaseId, field: str, typed: str | list[str]
) -> None:
    rosa = writes(world, case, **{field: typed})
    assert rosa.page is not None
    assert rosa.page.status_code == 422
    assert "marigold" in rosa.text


@pytest.mark.parametrize("first", ["contact", "family"])
def test_a_number_the_household_has_is_blocked_and_the_supervisor_told(
    world: World, case: CaseId, first: str
) -> None:
    if first == "contact":
        writes(world, case)
    told(world, world.rosa, case, Category.FAMILY, "her husband, +962 555-0147-22")
    if first == "family":
        writes(world, case)
    assert "the same number or address is written down" in banner(world, case)
    with world.hub.unit_of_work() as db:
        people = set(db.execute(select(OutboxRow.person)).scalars())  # type: ignore[call-overload]
    assert world.miriam.id in people
    assert "a contact must not be used" in world.browser(world.miriam).open("/")
    rosa = world.browser(world.rosa)
    page = rosa.open(f"/cases/{case}/reach")
    assert "555 0147 22" not in page
    assert not [form for form in rosa.forms if form.action.endswith("/messages")]


def test_a_way_that_must_never_be_used_offers_nothing(world: World, case: CaseId) -> None:
    writes(world, case, do_not="yes")
    assert "Not usable: it must not be used." in banner(world, case)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    assert not [form for form in rosa.forms if "/ways/" in form.action]
    [line] = [each.rpartition("/")[2] for each in rosa.links if "/entries/" in each]
    answer = rosa.post(f"/cases/{case}/reach/ways/{line}/messages")
    assert answer.status_code == 409


def test_one_message_waits_and_can_be_taken_back(world: World, case: CaseId) -> None:
    writes(world, case)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{case}/reach")
    assert "Waits for a safe hour" in rosa.submit("/messages")
    assert not [form for form in rosa.forms if form.action.endswith("/messages")]
    assert "Nothing waits" in rosa.submit("/cancel")


def test_strangers_find_no_way_to_reach_anybody(world: World, case: CaseId) -> None:
    writes(world, case)
    for person in (world.joan, world.noor, world.sofia):
        browser = world.browser(person)
        assert whole(browser.get(f"/cases/{case}/reach")) == whole(browser.get("/nowhere/at/all"))


def test_a_packet_that_carries_a_contact_keeps_what_makes_it_safe() -> None:
    body = {name: " ".join(v) if isinstance(v, list) else v for name, v in CALL.items()}
    [(_label, said)] = packet.rows(Category.CONTACT, body)
    for words in ("Days: Tuesday, Thursday", "From: 17:00", "Until: 18:00", "Asia/Amman"):
        assert words in " ".join(said)
    for words in ("only she", "the dentist", "She herself"):
        assert words in " ".join(said)
    assert "555" not in " ".join(said)
    asked = packet.Ask("a lawyer", None, "")
    whole_packet = packet.packet(asked, [(Category.CONTACT, body)], END, NOON)
    assert ("Code word", "marigold") in whole_packet.numbers


def test_who_received_it_is_warned_once_nobody_confirms_the_number_any_more(world: World) -> None:
    story = begin(world, days=80)
    with world.desk(world.rosa) as desk:
        said = {"confirmed_by": "She herself", "confirmed_at": desk.at.isoformat()}
        body = {**CALL, "days": "tue thu", **said}
        entry = write_entry(desk, story.case, Category.CONTACT, body)
        story.entries[Category.CONTACT] = entry
    rosa, _ref = story.draft(Category.CONTACT)
    assert WARNING not in rosa.text
    theirs = story.received(story.send(Category.CONTACT))
    assert WARNING not in world.browser(world.tomas).open(theirs)
    world.move(timedelta(days=30))
    assert WARNING in world.browser(world.tomas).open(theirs)
    rosa, _ref = story.draft(Category.CONTACT)
    assert WARNING in rosa.text
