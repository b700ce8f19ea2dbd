"""What goes somewhere for the first time waits, and can be called back without a trace."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from hub.consent.superseding import replace_release
from hub.core.words import Category, Hurry
from hub.store.outbox import OutboxRow
from tests.clients import Browser
from tests.referring import ASKED, HIDEAWAY, NARROW, Story, begin, takes, terms, told
from tests.table import normal
from tests.world import Person, World

WIDE = NARROW | {Category.LOCATION}
TEN = timedelta(minutes=10)
LISTS = tuple(f"/referrals?show={stage}" for stage in ("paused", "taken", "over"))
PAGES = ("/", "/referrals", *LISTS)
THERE = ("tomas", "lena", "noor", "grace")


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, released to Northside, in a hub where things wait ten minutes."""
    world.lets_wait(10)
    return begin(world, WIDE)


def sends(story: Story, *categories: Category, **more: str) -> str:
    """Rosa drafts, reminds and sends; the ref in her addresses."""
    rosa, ref = story.draft(*(categories or (Category.IDENTITY,)))
    story.remind(rosa)
    rosa.submit("/send", **more)
    return ref


def recalls(story: Story, ref: str) -> Browser:
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/{ref}")
    rosa.submit("/recall")
    return rosa


def everything(story: Story, person: Person, *more: str) -> list[object]:
    """All that somebody is shown and sent, as it leaves."""
    browser = story.world.browser(person)
    shown: list[object] = []
    for path in (*PAGES, *more):
        answer = browser.get(path)
        kept = {k: v for k, v in answer.headers.items() if k not in {"date", "set-cookie"}}
        kept["content-security-policy"] = normal(kept.get("content-security-policy", ""))
        shown.append((answer.status_code, kept, normal(answer.text)))
    return shown


def leaves_at(story: Story) -> set[object]:
    with story.world.hub.unit_of_work() as db:
        waiting = select(OutboxRow).where(col(OutboxRow.dropped_at).is_(None))
        return {row.due_at for row in db.exec(waiting)}


def packet_of(page: str) -> bytes:
    """The part of a page that shows what goes to the receiver, byte by byte."""
    begins = page.index('<div class="packet">')
    return page[begins : page.index("</section>\n</div>", begins)].encode()


@pytest.mark.parametrize("short", THERE)
def test_they_see_the_same_bytes_until_it_can_be_opened(story: Story, short: str) -> None:
    person = getattr(story.world, short)
    before = everything(story, person, "/referrals/" + "a" * 26)
    ref = sends(story)
    theirs = story.received(ref)
    story.world.move(TEN - timedelta(seconds=1))
    assert everything(story, person, theirs) == before
    for step in ("accept", "decline", "send", "recall"):
        assert story.world.browser(person).get(f"{theirs}/steps/{step}").status_code == 404
        assert story.world.browser(person).post(f"{theirs}/steps/{step}").status_code == 404
    story.world.move(timedelta(seconds=1))
    opened = story.world.browser(person).get(theirs).status_code
    assert opened == (200 if short in {"tomas", "lena"} else 404)


def test_a_new_release_in_its_place_does_not_cut_the_wait_short(story: Story) -> None:
    world, theirs = story.world, story.received(sends(story))
    world.move(timedelta(minutes=1))
    with world.desk(world.rosa) as desk:
        replace_release(desk, story.release, terms(world.northside, world, WIDE, days=60))
    for minutes in (0, 8):
        world.move(timedelta(minutes=minutes))
        assert world.browser(world.tomas).get(theirs).status_code == 404
    world.move(timedelta(minutes=1))
    assert world.browser(world.tomas).get(theirs).status_code == 200


def test_the_receiver_is_told_and_their_time_runs_from_then(story: Story) -> None:
    ref = sends(story)
    opens = story.world.now + TEN
    assert story.row(ref).opens_at == opens
    assert story.row(ref).respond_by == opens + timedelta(days=14)
    assert leaves_at(story) == {opens}
    story.world.move(TEN)
    page = story.world.browser(story.world.tomas).open(story.received(ref))
    assert "12:10" in page
    assert "12:00" not in page


def test_what_was_called_back_is_a_draft_and_leaves_no_trace(story: Story) -> None:
    before = {short: everything(story, getattr(story.world, short)) for short in THERE}
    ref = sends(story)
    page = story.world.browser(story.world.rosa).open(f"/referrals/{ref}")
    assert "It waits until 12:10" in page
    theirs = story.received(ref)
    story.world.move(timedelta(minutes=4))
    rosa = recalls(story, ref)
    assert "It was called back at 12:04" in rosa.text
    assert ASKED in rosa.text
    assert (story.row(ref).state, story.row(ref).reminded_at) == ("draft", None)
    assert told(story) == set()
    assert rosa.try_submit("/send").status_code == 409
    story.world.move(TEN)
    for short in THERE:
        assert everything(story, getattr(story.world, short)) == before[short]
    assert story.world.browser(story.world.tomas).get(theirs).status_code == 404
    assert "called back before they could open" in story.world.browser(story.world.rosa).open(
        f"/cases/{story.case}/ledger"
    )


def test_sent_again_it_looks_as_if_it_went_the_first_time(story: Story) -> None:
    ref = sends(story)
    recalls(story, ref)
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/{ref}/check")
    before = packet_of(rosa.text)
    story.remind(rosa)
    rosa.submit("/send")
    story.world.move(TEN)
    page = story.world.browser(story.world.tomas).open(story.received(ref))
    assert packet_of(page) == before
    assert page.count(">Sent<") <= 2
    assert "alled back" not in page
    assert "Called back" in story.world.browser(story.world.rosa).open(f"/referrals/{ref}")


def test_the_packet_is_the_same_to_the_byte_before_and_after(story: Story) -> None:
    more: dict[str, str | list[str]] = {
        "places": [story.entries[Category.LOCATION]],
        "place_reason": "They fetch her.",
    }
    rosa, ref = story.draft(Category.IDENTITY, Category.CONTACT, **more)
    before = packet_of(rosa.text)
    assert HIDEAWAY.encode() in before
    story.remind(rosa)
    assert packet_of(rosa.text) == before
    rosa.submit("/send")
    assert packet_of(rosa.text) == before
    story.world.move(TEN)
    assert packet_of(story.world.browser(story.world.tomas).open(story.received(ref))) == before


def test_a_second_share_with_them_does_not_wait_unless_it_says_where(story: Story) -> None:
    sends(story)
    assert story.row(sends(story)).opens_at is not None
    story.world.move(TEN)
    assert story.row(sends(story)).opens_at is None
    more: dict[str, str | list[str]] = {
        "places": [story.entries[Category.LOCATION]],
        "place_reason": "They fetch her.",
    }
    rosa, ref = story.draft(Category.IDENTITY, **more)
    story.remind(rosa)
    rosa.submit("/send")
    assert story.row(ref).opens_at == story.world.now + TEN


def test_what_was_called_back_does_not_count_as_the_first(story: Story) -> None:
    recalls(story, sends(story))
    story.world.move(TEN)
    assert story.row(sends(story)).opens_at == story.world.now + TEN


def test_what_cannot_wait_goes_at_once_with_its_reason_sealed(story: Story) -> None:
    words = "He is at the door of her flat"
    rosa, ref = story.draft(Category.IDENTITY)
    story.remind(rosa)
    assert rosa.try_submit("/send", hurry="danger").status_code == 422
    assert rosa.try_submit("/send", hurry="", hurry_words=words).status_code == 422
    assert words in rosa.text
    rosa.submit("/send", hurry="danger", hurry_words=words)
    assert words in rosa.text
    assert (story.row(ref).opens_at, story.row(ref).hurry) == (None, Hurry.DANGER)
    page = story.world.browser(story.world.tomas).open(story.received(ref))
    assert words not in page
    assert "sent without the wait" not in page
    assert words.encode() not in story.world.raw()
    assert leaves_at(story) == {story.world.now}


def test_nobody_calls_back_what_can_be_opened(story: Story) -> None:
    ref = sends(story)
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/{ref}")
    story.world.move(TEN)
    answer = rosa.try_submit("/recall")
    assert answer.status_code == 409
    assert "cannot be called back" in answer.text
    assert story.world.browser(story.world.tomas).get(story.received(ref)).status_code == 200
    assert "Call it back" not in story.world.browser(story.world.rosa).open(f"/referrals/{ref}")


@pytest.mark.parametrize("short", ["tomas", "noor", "sofia", "joan"])
def test_only_the_care_team_calls_it_back(story: Story, short: str) -> None:
    ref = sends(story)
    for address in (f"/referrals/{ref}/recall", f"{story.received(ref)}/recall"):
        browser = story.world.browser(getattr(story.world, short))
        assert browser.post(address, version="3").status_code == 404
    assert story.row(ref).state == "sent"


def test_who_took_it_on_has_nothing_to_call_back(story: Story) -> None:
    world, theirs = story.world, story.received(sends(story))
    world.move(TEN)
    tomas = world.browser(world.tomas)
    tomas.open(theirs)
    tomas.submit("/accept")
    grace = world.browser(world.grace)
    assert grace.get(theirs).status_code == 200
    assert grace.post(f"{theirs}/recall", version="2").status_code == 404


def test_withdrawn_while_it_waits_it_was_never_there(story: Story) -> None:
    before = everything(story, story.world.tomas)
    ref = sends(story)
    takes(story, story.world.rosa, f"/referrals/{ref}/steps/withdraw", reason="changed_mind")
    assert told(story) == set()
    page = story.world.browser(story.world.rosa).open(f"/referrals/{ref}")
    assert "They could never open this" in page
    story.world.move(TEN)
    assert everything(story, story.world.tomas) == before


def test_the_send_button_is_dead_until_she_was_reminded(story: Story) -> None:
    rosa, _ref = story.draft(Category.IDENTITY)
    assert "disabled aria-disabled" in rosa.text
    assert "Remind her of this disclosure first" in rosa.text
    story.remind(rosa)
    assert "disabled aria-disabled" not in rosa.text
    assert "Tomas Lind" in rosa.text
    assert "It waits 10 min first." in rosa.text


def test_a_reminder_from_before_the_last_change_does_not_count(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    story.world.move(timedelta(minutes=5))
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/{ref}/draft")
    rosa.submit("/draft", approved="yes", entries=[story.entries[Category.CONTACT]])
    earlier = {"reminded_at": "2030-01-15T12:04", "mode": "phone", "said": "She agreed."}
    answer = rosa.try_submit("/reminder", **earlier)
    assert answer.status_code == 422
    assert "The draft was changed after that." in answer.text
    rosa.submit("/reminder", **earlier | {"reminded_at": "2030-01-15T12:05"})
    rosa.submit("/send")
    assert story.row(ref).state == "sent"
