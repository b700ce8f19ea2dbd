"""Every sentence about a survivor can be said of her, of him and of them, and of nobody else."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from hub.core.language import AS_WRITTEN, CATALOGUES, UNKNOWN, WAYS, WRITTEN, catalogue
from hub.core.words import SpokenOf
from tests.sentences import marked, unmarked

OF_HER: Final = re.compile(r"\b(she|hers?|herself)\b", re.IGNORECASE)
FOREIGN: Final = {
    "he": OF_HER,
    "they": re.compile(r"\b(she|hers?|herself|he|him|his|himself)\b", re.IGNORECASE),
}
ONE_AFTER_THEY: Final = re.compile(r"\bthey (?!themselves|always)\w+s\b", re.IGNORECASE)
PLACES: Final = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
THE_WAYS_THEMSELVES: Final = {each.label.text for each in SpokenOf}


def told(way: str) -> Mapping[str, str]:
    """The catalogue of one way of speaking English: what the code says, and what is said."""
    return {str(message.id): str(message.string) for message in catalogue(WRITTEN, way)}


def of_her() -> set[str]:
    """The sentences that speak of a survivor, as the code has them."""
    return {each for each in marked() if OF_HER.search(each)} - THE_WAYS_THEMSELVES


def test_the_ways_of_speaking_are_those_one_can_choose() -> None:
    assert tuple(each.value for each in SpokenOf) == WAYS
    assert (SpokenOf.SHE.value, SpokenOf.THEY.value) == (AS_WRITTEN, UNKNOWN)
    ours = {path.stem for path in (CATALOGUES / WRITTEN).iterdir()}
    assert ours == set(WAYS) - {AS_WRITTEN}


@pytest.mark.parametrize("way", FOREIGN)
def test_every_sentence_about_her_can_be_said_the_other_ways(way: str) -> None:
    assert of_her() - told(way).keys() == set()


@pytest.mark.parametrize("way", FOREIGN)
def test_a_catalogue_keeps_nothing_that_nobody_says(way: str) -> None:
    assert told(way).keys() - of_her() == set()


@pytest.mark.parametrize("way", FOREIGN)
def test_what_is_filled_in_stays_the_same_in_every_way(way: str) -> None:
    differing = {
        said: other
        for said, other in told(way).items()
        if sorted(PLACES.findall(said)) != sorted(PLACES.findall(other))
    }
    assert not differing


@pytest.mark.parametrize("way", FOREIGN)
def test_no_way_of_speaking_borrows_the_words_of_another(way: str) -> None:
    assert [other for other in told(way).values() if FOREIGN[way].search(other)] == []


def test_verbs_agree_where_one_person_is_they() -> None:
    assert [other for other in told("they").values() if ONE_AFTER_THEY.search(other)] == []


def test_a_sentence_ends_in_each_way_as_it_was_written() -> None:
    for way in FOREIGN:
        assert [
            other
            for said, other in told(way).items()
            if (said[-1] in ".?:") != (other[-1] in ".?:")
        ] == []


def test_no_sentence_speaks_of_her_past_the_catalogues() -> None:
    assert [
        (place, said) for place, said in unmarked() if OF_HER.search(said) and " " in said.strip()
    ] == []
