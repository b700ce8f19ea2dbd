"""What a person types is kept as they meant it, or refused with a sentence they can act on."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.text import MOST_MARKS, UntidyText, tidy

NUL, BELL, ESCAPE, DELETE, C1 = "\x00", "\x07", "\x1b", "\x7f", "\x85"


@pytest.mark.parametrize(
    "text",
    [
        "She is afraid of her brother.",
        "Two lines:\n- the first\n\t- indented",
        "أحتاج محامية تتكلم العربية",
        "می‌خواهم",  # Persian needs the joiner inside it
        "क्‍ष",
        "Việt Nam, Łódź, Åse",
        "🙂 👩‍⚖️",
        "=SUM(1) is only text here; so is <b> and {{ x }} and %s",
    ],
)
def test_ordinary_words_in_any_script_stay_as_they_are(text: str) -> None:
    assert tidy(text, 200) == text


@pytest.mark.parametrize(
    "mark",
    ["\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u00ad", "\ufeff", "\U000e0041", "\u061c"],
    ids=lambda mark: f"{ord(mark):04x}",
)
def test_marks_nobody_can_see_are_taken_out(mark: str) -> None:
    assert tidy(f"safe{mark}house", 200) == "safehouse"


@pytest.mark.parametrize("control", [NUL, BELL, ESCAPE, DELETE, C1, "\ud800", "\ue000"])
def test_characters_that_cannot_be_shown_are_refused(control: str) -> None:
    with pytest.raises(UntidyText, match="cannot be shown"):
        tidy(f"safe{control}house", 200)


def test_two_ways_of_typing_a_letter_are_kept_as_one() -> None:
    assert tidy("Ame\u0301lie", 20) == "Am\u00e9lie"


def test_line_ends_of_any_machine_become_the_same() -> None:
    assert tidy("a\r\nb\rc\nd", 20) == "a\nb\nc\nd"


@pytest.mark.parametrize(("length", "longest"), [(200, 200), (1, 1), (5000, 5000)])
def test_text_may_be_exactly_as_long_as_allowed(length: int, longest: int) -> None:
    assert tidy("x" * length, longest) == "x" * length
    with pytest.raises(UntidyText, match="Use at most"):
        tidy("x" * (length + 1), longest)


def test_two_megabytes_are_refused_without_being_looked_through() -> None:
    with pytest.raises(UntidyText, match="Use at most 5,000 characters"):
        tidy("x" * 2_000_000, 5000)


def test_a_letter_under_a_tower_of_accents_is_refused() -> None:
    assert tidy("e" + "\u0301\u0302" * 2, 20)
    with pytest.raises(UntidyText, match="too many accents"):
        tidy("e" + "\u0336" * (MOST_MARKS + 1), 200)


def test_spaces_at_both_ends_are_nobodys_answer() -> None:
    assert tidy("  \n\t ", 20) == ""
    assert tidy("\u00a0 word \u3000", 20) == "word"


@given(st.text(max_size=300) | st.text("eo \u0301\u0302\u0336\u200b\u202e\u200d\n\r", max_size=40))
def test_tidy_text_is_tidy_for_good(text: str) -> None:
    try:
        once = tidy(text, 300)
    except UntidyText:
        return
    assert tidy(once, 300) == once
    assert once == unicodedata.normalize("NFC", once)
    once.encode()
    hidden = {c for c in once if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert hidden <= set("\n\t\u200c\u200d")
