"""Hostile and half-typed input on the pages of referrals: a sentence, never a fault."""

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from hub.core.words import Category
from tests.referring import ASKED, Story, begin
from tests.world import World

NASTY = [
    "\x00",
    "\x1b[31m",
    "x" * 2_000_000,
    "Z" + "\u0301" * 40,
]
HIDDEN = "\u202eevil\u2066\u200b"


@pytest.fixture
def story(world: World) -> Story:
    """Rosa's case, with a release to Northside of need, identity and contact."""
    return begin(world)


@pytest.mark.parametrize("typed", NASTY, ids=["nul", "escape", "long", "tower"])
def test_a_text_that_cannot_be_kept_is_refused_with_a_sentence(story: Story, typed: str) -> None:
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    answer = rosa.try_submit("/new", words=typed, approved="yes")
    assert answer.status_code == 422
    tomas = story.world.browser(story.world.tomas)
    address = story.received(story.send())
    tomas.open(f"{address}/steps/ask")
    assert tomas.try_submit("steps/ask", words=typed).status_code == 422
    tomas.open(address)
    assert tomas.try_submit("/notes", note=typed).status_code == 422


def test_marks_that_turn_text_around_are_taken_out(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    rosa.open(f"/referrals/{ref}/draft")
    page = rosa.submit("/draft", words=f"Hello {HIDDEN}", approved="yes")
    assert "Hello evil" in page
    assert not {"\u202e", "\u2066", "\u200b"} & set(page)


def test_markup_she_said_is_shown_as_she_said_it(story: Story) -> None:
    rosa, ref = story.draft(Category.IDENTITY)
    rosa.open(f"/referrals/{ref}/draft")
    page = rosa.submit("/draft", words="<script>alert(1)</script>{{ 7*7 }}", approved="yes")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?case=",
        "?case=../../etc",
        "?case=%00",
        f"?case={'a' * 26}&service={'a' * 26}",
        f"?case={'a' * 26}",
        "?service=1&service=2&case=3&case=4",
    ],
)
def test_a_referral_from_nowhere_is_nowhere(story: Story, query: str) -> None:
    rosa = story.world.browser(story.world.rosa)
    assert rosa.get(f"/referrals/new{query}").status_code in {303, 404}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", "housing"),
        ("kind", "rockets"),
        ("priority", "yesterday"),
        ("release", "a" * 26),
        ("release", "../.."),
        ("entries", "not-an-id"),
        ("places", "a" * 26),
        ("previous", "x"),
    ],
)
def test_an_answer_that_was_not_offered_is_refused(story: Story, field: str, typed: str) -> None:
    rosa = story.world.browser(story.world.rosa)
    sent: dict[str, str] = {
        "case": story.case,
        "service": story.service,
        "release": story.release,
        "kind": "legal-assistance",
        "priority": "normal",
        "words": ASKED,
        "approved": "yes",
    }
    answer = rosa.post("/referrals/new", sent | {field: typed})
    assert answer.status_code == 422
    assert ASKED in answer.text


def test_a_previous_referral_of_another_case_is_left_out(story: Story) -> None:
    other = begin(story.world)
    foreign = other.send()
    rosa = story.world.browser(story.world.rosa)
    rosa.open(f"/referrals/new?case={story.case}&service={story.service}")
    form = rosa.form("/new").filled({"approved": "yes"})
    answer = rosa._post("/referrals/new", [*form, ("previous", foreign)])
    ref = answer.headers["location"].split("/")[2]
    assert story.row(ref).previous_referral is None


@pytest.mark.parametrize("at", ["", "9999-01-01T10:00", "2030-13-01T10:00", "soon", "2030-01-17"])
def test_an_appointment_at_no_such_time_is_refused(story: Story, at: str) -> None:
    address = story.received(story.send())
    tomas = story.world.browser(story.world.tomas)
    tomas.open(address)
    tomas.submit("steps/accept")
    tomas.open(f"{address}/steps/appoint")
    answer = tomas.try_submit("steps/appoint", at=at, place="Second floor")
    expected = 303 if at == "2030-01-17" else 422
    assert answer.status_code == expected


@pytest.mark.parametrize("day", ["31 2 2030", "9999-12-31", "2030-01-16", "2030-01-14", "abc"])
def test_an_outcome_on_an_impossible_day_is_refused(story: Story, day: str) -> None:
    address = story.received(story.send())
    tomas = story.world.browser(story.world.tomas)
    tomas.open(address)
    tomas.submit("steps/accept")
    tomas.open(f"{address}/steps/report_outcome")
    ended = {"outcome": "not_received", "needs_met": "not_met", "confirmer": "provider"}
    answer = tomas.try_submit("steps/report_outcome", confirmed_on=day, words="W.", **ended)
    assert answer.status_code == 422
    assert "W." in answer.text


@pytest.mark.parametrize("reason", ["release_withdrawn", "expired_no_answer", "known", ""])
def test_a_reason_that_is_not_theirs_to_give_is_refused(story: Story, reason: str) -> None:
    ref = story.send()
    tomas = story.world.browser(story.world.tomas)
    tomas.open(f"{story.received(ref)}/steps/decline")
    assert tomas.try_submit("steps/decline", reason=reason).status_code == 422
    assert story.row(ref).state == "sent"


@pytest.mark.parametrize("version", ["", "0", "-1", "99", "3.0", "٣", "9" * 12])
def test_a_version_that_no_page_showed_changes_nothing(story: Story, version: str) -> None:
    ref = story.send()
    tomas = story.world.browser(story.world.tomas)
    answer = tomas.post(f"{story.received(ref)}/steps/accept", version=version)
    assert answer.status_code == 409
    assert story.row(ref).state == "sent"


@pytest.mark.parametrize("after", ["x", "a" * 26, "\x00", "' OR 1=1 --"])
@pytest.mark.parametrize("show", ["", "asked", "everything", "draft"])
def test_a_list_asked_for_strangely_is_still_a_list(story: Story, after: str, show: str) -> None:
    story.send()
    rosa = story.world.browser(story.world.rosa)
    for path in ("/referrals", "/referrals/sent"):
        assert rosa.get(path, after=after, show=show).status_code == 200


def test_nothing_typed_on_these_pages_lies_in_the_open(story: Story) -> None:
    words = {name: f"canary-{name}-7f3a91" for name in ("ask", "question", "answer", "note")}
    words |= {name: f"canary-{name}-7f3a91" for name in ("reminder", "place", "end", "asked_them")}
    rosa, ref = story.draft(Category.IDENTITY)
    rosa.open(f"/referrals/{ref}/draft")
    rosa.submit("/draft", words=words["ask"], questions=words["asked_them"], approved="yes")
    rosa.submit("/reminder", mode="phone", said=words["reminder"])
    rosa.submit("/send")
    tomas, address = story.world.browser(story.world.tomas), story.received(ref)
    tomas.open(f"{address}/steps/ask")
    tomas.submit("steps/ask", words=words["question"])
    rosa.open(f"/referrals/{ref}/steps/answer")
    rosa.submit("steps/answer", category="need", words=words["answer"])
    tomas.open(address)
    tomas.submit("/notes", note=words["note"])
    tomas.submit("steps/accept")
    tomas.open(f"{address}/steps/appoint")
    tomas.submit("steps/appoint", at="2030-01-17T15:30", place=words["place"])
    tomas.open(f"{address}/steps/report_outcome")
    tomas.submit(
        "steps/report_outcome",
        outcome="received_full",
        needs_met="met",
        confirmer="survivor",
        words=words["end"],
    )
    seen = tomas.open(address) + rosa.open(f"/referrals/{ref}")
    assert all(said in seen for name, said in words.items() if name != "reminder")
    _lies_nowhere(story.world, list(words.values()))


def _lies_nowhere(world: World, words: list[str]) -> None:
    """No table that can be read without a key has any of the words in any of its columns."""
    with world.hub.engine.connect() as db:
        for table in SQLModel.metadata.sorted_tables:
            if not table.name.startswith("sealed_"):
                said = repr(db.execute(select(table)).all())
                assert not [each for each in words if each in said], table.name
