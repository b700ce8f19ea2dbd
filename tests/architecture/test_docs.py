"""The map in the README names files that are there, and the commands that work."""

import re
from typing import Final

import pytest

from hub.app import all_routes
from tests.architecture.sources import ROOT

README: Final = (ROOT / "README.md").read_text("utf-8")
QUOTED: Final = re.compile(r"`([^`\n]+)`")
PLACE: Final = re.compile(r"^(hub|pathways|conferencing|templates|tests)/[\w./-]*$")


def places() -> list[str]:
    return sorted({said for said in QUOTED.findall(README) if PLACE.match(said)})


def test_the_readme_has_a_map_of_concept_to_file() -> None:
    assert len(places()) >= 10


@pytest.mark.parametrize("place", places())
def test_every_file_the_readme_names_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_the_readme_says_the_two_commands_of_a_newcomer() -> None:
    assert "pip install -e '.[test]'" in README
    assert "linden demo" in README
    assert ".venv/bin/pytest" in README


def test_the_readme_names_every_setting_the_hub_reads() -> None:
    source = (ROOT / "hub" / "settings.py").read_text("utf-8")
    settings = set(re.findall(r"# (LINDEN_[A-Z_]+)$", source, re.MULTILINE))
    assert settings
    assert settings <= set(re.findall(r"LINDEN_[A-Z_]+", README))


def test_addresses_the_readme_shows_are_routes() -> None:
    shown = {said for said in QUOTED.findall(README) if re.fullmatch(r"/[\w{}/-]+", said)}
    assert shown <= {route.path for route in all_routes()}
