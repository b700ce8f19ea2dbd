"""No page tells somebody who looks over a shoulder what this is: it speaks of people."""

import re
import tomllib
from pathlib import Path
from typing import Final

import hub.demo
from hub.core.language import AS_WRITTEN, WAYS, WRITTEN, catalogue
from tests.architecture.sources import templates
from tests.architecture.test_words import COMMENT, untranslated
from tests.sentences import marked

TELLING: Final = re.compile(
    r"\b(survivors?|victims?|violence|violent|abus(e[drs]?|ers|ive)|trafficking|traffickers?)\b",
    re.IGNORECASE,
)
NAMES_HER: Final = re.compile(r"\bsurvivors?\b(?!_)", re.IGNORECASE)
TOWN: Final = Path(hub.demo.__file__).parent


def test_no_sentence_on_screen_says_what_this_is() -> None:
    assert [each for each in marked() if TELLING.search(each)] == []


def test_no_template_says_what_this_is() -> None:
    assert [
        name for name, text in templates() if TELLING.search(untranslated(COMMENT.sub("", text)))
    ] == []


def test_no_catalogue_says_what_this_is() -> None:
    said = [str(each.string) for w in set(WAYS) - {AS_WRITTEN} for each in catalogue(WRITTEN, w)]
    assert said
    assert [each for each in said if TELLING.search(each)] == []


def test_the_made_up_town_calls_nobody_by_what_happened() -> None:
    """A directory may name what a service is for; nothing names whoever goes there."""
    for told in ("town.toml", "lives.toml"):
        read = tomllib.loads((TOWN / told).read_text(encoding="utf-8"))
        assert not NAMES_HER.search(str(read))
