"""What an entry is made of: every category has words, and nothing typed is lost on the way out."""

from contextvars import copy_context
from zoneinfo import ZoneInfo

import pytest

from hub.cases.bodies import BELONGS, WRITTEN_BY_HAND, ContactMethod, lines, parts_of, said
from hub.core.language import speak
from hub.core.words import RELEASABLE, Category


def test_every_category_a_worker_writes_says_what_belongs_in_it() -> None:
    assert set(WRITTEN_BY_HAND) == {*RELEASABLE, Category.WORKINGS} == set(BELONGS)


@pytest.mark.parametrize("category", Category)
def test_every_part_of_a_body_comes_out_once(category: Category) -> None:
    body = {key: f"words of {key}" for key in parts_of(category)} | {"elsewhere": "from a form"}
    shown = [words for _name, words in lines(category, body)]
    assert shown == list(body.values())


def test_plain_words_stand_without_a_name_and_empty_parts_are_left_out() -> None:
    assert lines(Category.NEED, {"text": "a lawyer"}) == [("", "a lawyer")]
    assert lines(Category.NEED, {"text": ""}) == []
    assert lines(Category.IDENTITY, {"name": "Amal D.", "text": ""}) == [("Name", "Amal D.")]


@pytest.mark.parametrize("method", ContactMethod)
def test_a_way_to_reach_her_is_shown_in_words(method: ContactMethod) -> None:
    assert said("method", method.value) == str(method.label)
    assert said("text", method.value) == method.value
    assert said("method", "by pigeon") == "by pigeon"


@pytest.mark.parametrize(
    ("zone", "shown"), [("UTC", "21 November 2026"), ("Pacific/Auckland", "22 November 2026")]
)
def test_the_day_of_a_confirmation_is_said_as_other_days_are(zone: str, shown: str) -> None:
    at = "2026-11-21T22:30:00+00:00"

    def speaking() -> str:
        speak("en", ZoneInfo(zone))
        return said("confirmed_at", at)

    assert copy_context().run(speaking) == shown
    assert said("confirmed_at", "2026-13-99T") == "2026-13-99T"
