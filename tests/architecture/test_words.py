"""Every word on screen can be said in another language, and every closed list has words."""

import re
from enum import StrEnum
from importlib import import_module
from typing import Final

import pytest
from jinja2 import Environment

from hub.core.words import (
    ANSWER_WITHIN,
    NEVER_RELEASED,
    RELEASABLE,
    Category,
    Priority,
    Worded,
)
from tests.architecture.sources import sources, templates

COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
ELEMENT: Final = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
ENTITY: Final = re.compile(r"&[a-z#0-9]+;")
SAID: Final = re.compile(r"\b(aria-label|title|placeholder|alt)=\"([^\"]*[A-Za-z][^\"]*)\"")
WORD: Final = re.compile(r"[^\W\d_]{2,}")
BARE_FORM: Final = re.compile(r"<form\b")


def closed_lists() -> list[type[StrEnum]]:
    """Every closed list the product declares, found by reading it all."""
    for source in sources():
        if re.search(r"\((StrEnum|Worded)\):", source.text):
            import_module(source.name.removesuffix(".py").replace("/", "."))
    found, waiting = [], [StrEnum]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.split(".")[0] in {"hub", "pathways", "conferencing"} and len(each):
                found.append(each)
    return sorted(found, key=lambda each: (each.__module__, each.__name__))


@pytest.mark.parametrize("words", closed_lists(), ids=lambda each: each.__name__)
def test_a_member_with_a_label_has_words_of_its_own(words: type[StrEnum]) -> None:
    if not issubclass(words, Worded):
        return
    labels = [str(member.label) for member in words]
    assert all(label.strip() for label in labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("words", closed_lists(), ids=lambda each: each.__name__)
def test_a_code_fits_the_column_that_keeps_it(words: type[StrEnum]) -> None:
    assert all(len(member.value) <= 40 for member in words)


def test_every_category_is_either_released_or_never() -> None:
    assert set(RELEASABLE) | NEVER_RELEASED == set(Category)
    assert not set(RELEASABLE) & NEVER_RELEASED


def test_every_priority_says_how_soon_an_answer_is_due() -> None:
    assert set(ANSWER_WITHIN) == set(Priority)


def untranslated(text: str) -> str:
    """What a template says by itself: outside its expressions and its trans blocks."""
    said, inside, opened = "", False, False
    for _line, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(text):  # noqa: S701
        if kind == "block_begin":
            opened = True
        elif opened and kind == "name":
            inside = value == "trans" or (inside and value != "endtrans")
            opened = False
        elif kind == "data" and not inside:
            said += value
    return said


@pytest.mark.parametrize(("name", "text"), templates(), ids=[name for name, _text in templates()])
def test_every_sentence_on_screen_can_be_translated(name: str, text: str) -> None:
    said = untranslated(text)
    words = WORD.findall(ENTITY.sub(" ", ELEMENT.sub(" ", said)))
    assert [*words, *(attribute for _name, attribute in SAID.findall(said))] == []


@pytest.mark.parametrize(("name", "text"), templates(), ids=[name for name, _text in templates()])
def test_a_form_is_opened_by_the_macro_that_ties_it_down(name: str, text: str) -> None:
    if name != "macros/form.html":
        assert not BARE_FORM.search(COMMENT.sub("", text))
