"""What goes to a receiver, in which order, and what is held back until somebody asks for it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub.core.words import RELEASABLE, Category
from pathways.referrals.packet import HELD_BACK, Ask, Packet, first_sentence, packet, rows

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
UNTIL = datetime(2030, 2, 14, tzinfo=UTC)
ASK = Ask("A lawyer.", date(2030, 1, 15), "")
CONTACT = {
    "method": "call",
    "value": "020 7946 0991",
    "safe_when": "evenings",
    "who_may_answer": "",
    "may_say": "",
    "code_word": "lavender",
    "text": "no voicemail",
}


def made(*pieces: tuple[Category, dict[str, str]], at: datetime = NOW) -> Packet:
    """A packet of these pieces, as it is looked at at a moment."""
    return packet(ASK, pieces, UNTIL, at)


def confirmed(ago: timedelta) -> tuple[Category, dict[str, str]]:
    """A way to reach her that was confirmed as safe so long ago."""
    said = {"confirmed_by": "She herself", "confirmed_at": (NOW - ago).isoformat()}
    return Category.CONTACT, CONTACT | said


def test_a_packet_says_when_nobody_has_lately_confirmed_the_way_to_reach_her() -> None:
    month, moment = timedelta(days=30), timedelta(microseconds=1)
    assert not made(confirmed(timedelta())).unconfirmed
    assert not made(confirmed(month - moment)).unconfirmed
    assert made(confirmed(month)).unconfirmed
    assert made((Category.CONTACT, CONTACT)).unconfirmed
    assert made(confirmed(timedelta()), (Category.CONTACT, CONTACT)).unconfirmed


def test_a_packet_without_a_number_to_use_warns_of_nothing() -> None:
    assert not made((Category.IDENTITY, {"name": "x"})).unconfirmed
    assert not made((Category.CONTACT, {"safe_when": "evenings"})).unconfirmed
    assert not made((Category.CONTACT, CONTACT | {"do_not": "yes"})).unconfirmed


def test_an_ask_comes_out_of_its_envelope_as_it_went_in() -> None:
    asked = Ask("A lawyer.\nSoon.", date(2030, 1, 15), "Is a woman there?")
    assert Ask.read(asked.body()) == asked
    assert Ask.read({"text": "A lawyer."}) == Ask("A lawyer.", None, "")


def test_numbers_and_code_words_are_held_back_from_the_facts() -> None:
    whole = made((Category.CONTACT, CONTACT))
    shown = repr(whole.rows)
    assert "evenings" in shown
    assert "no voicemail" in shown
    assert all(CONTACT[part] not in shown for part in HELD_BACK)
    assert {words for _label, words in whole.numbers} == {"020 7946 0991", "lavender"}


def test_a_contact_of_nothing_but_a_number_shows_no_empty_fact() -> None:
    assert rows(Category.CONTACT, {"value": "020 7946 0991"}) == []


def test_plain_words_stand_under_the_name_of_their_category() -> None:
    assert rows(Category.HEALTH, {"text": "Asthma."}) == [("Health", "Asthma.")]
    assert rows(Category.HEALTH, {"text": ""}) == []


def test_the_order_of_the_packet_is_not_the_order_of_the_ticks() -> None:
    health = (Category.HEALTH, {"text": "Asthma."})
    name = (Category.IDENTITY, {"name": "Amal D."})
    assert made(health, name) == made(name, health)
    assert [label for label, _words in made(health, name).rows] == ["Name", "Health"]


def test_need_is_always_named_first_among_what_she_released() -> None:
    assert made().categories == (Category.NEED,)
    categories = made(
        (Category.LEGAL, {"text": "x"}), (Category.IDENTITY, {"name": "y"})
    ).categories
    assert categories == (Category.NEED, Category.IDENTITY, Category.LEGAL)


@pytest.mark.parametrize("category", RELEASABLE)
def test_every_category_that_can_be_released_can_be_shown(category: Category) -> None:
    assert "words of hers" in repr(made((category, {"text": "words of hers"})).rows)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("A lawyer", "A lawyer"),
        ("A lawyer. Soon.", "A lawyer."),
        ("Is it so? Yes.", "Is it so?"),
        ("At 17.30 on Monday. Later.", "At 17.30 on Monday."),
        ("First line\nsecond line", "First line"),
        ("هل أستطيع البقاء؟ لدي رسالة.", "هل أستطيع البقاء؟"),
    ],
)
def test_the_first_sentence_ends_where_a_reader_would_end_it(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_a_long_first_sentence_is_cut_between_words() -> None:
    assert first_sentence("one two three four five", 12) == "one two…"
    assert first_sentence("x" * 30, 12) == "x" * 12 + "…"
