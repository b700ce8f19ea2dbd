"""What is read aloud: the same in every language, and never changed once it was read."""

from hashlib import sha256
from typing import Final

import pytest

from hub.consent.notice import FIRST, NEWEST, PARTS, TEXTS, Heard, Language, notice, spoken

PUBLISHED: Final = {
    "1/ar": "0cca260a24df95a0",
    "1/en": "c2e1599eb4c57e68",
    "1/es": "e1ad6f424962a49c",
    "1/fr": "12fcd442d76f4c42",
    "2/ar": "f6dac30ece7d792f",
    "2/en": "3c95c59abe7190d8",
    "2/es": "ba6b77f9871971f4",
    "2/fr": "40cde1714e47e191",
}
"""Every text that was ever read aloud, by version and language: a new one is a new version."""


def digest(name: str) -> str:
    return sha256((TEXTS / f"{name}.toml").read_bytes()).hexdigest()[:16]


def test_no_text_that_was_read_to_somebody_is_changed_or_lost() -> None:
    written = {f"{path.parent.name}/{path.stem}" for path in TEXTS.glob("*/*.toml")}
    assert {name: digest(name) for name in written} == PUBLISHED


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
@pytest.mark.parametrize("language", Language)
def test_every_version_says_the_same_things_in_every_language(
    language: Language, version: int
) -> None:
    text = notice(Heard(language, version))
    assert text.title
    assert len(text.paragraphs) == len(PARTS[version])
    assert all(len(paragraph) > 20 for paragraph in text.paragraphs)


@pytest.mark.parametrize("language", Language)
def test_the_newest_text_says_what_helps_what_can_go_wrong_and_what_else_there_is(
    language: Language,
) -> None:
    first, newest = (notice(Heard(language, version)) for version in (FIRST, NEWEST))
    added = [each for each in newest.paragraphs if each not in first.paragraphs]
    assert set(PARTS[NEWEST]) - set(PARTS[FIRST]) == {"helps", "harms", "other"}
    assert list(newest.paragraphs[1:4]) == added
    assert [each for each in newest.paragraphs if each not in added] == list(first.paragraphs)


def test_arabic_runs_from_right_to_left_and_the_others_do_not() -> None:
    ways = {each: notice(Heard(each, NEWEST)).direction for each in Language}
    assert ways.pop(Language.ARABIC) == "rtl"
    assert set(ways.values()) == {"ltr"}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Arabic, reads a little English", Language.ARABIC),
        ("Speaks Spanish.", Language.SPANISH),
        ("Habla español", Language.SPANISH),
        ("French and some English", Language.FRENCH),
        ("English", Language.ENGLISH),
        ("Tigrinya, by interpreter", None),
        ("", None),
    ],
)
def test_the_language_she_speaks_is_found_where_it_is_easily_found(
    words: str, language: Language | None
) -> None:
    assert spoken(words) is language
