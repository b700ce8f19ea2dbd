"""The list of sabotages still fits the source: each says what stands there, and who notices it."""

import ast
from functools import cache
from pathlib import Path
from typing import Final

from tests.architecture.sources import ROOT
from tests.mutants import EVERY, LEAKS
from tests.mutants.mutant import LONGEST, Mutant

LEAST_LEAKS: Final = 80


@cache
def _text(file: str) -> str:
    return (Path(ROOT) / file).read_text("utf-8")


@cache
def _tests(file: str) -> frozenset[str]:
    tree = ast.parse(_text(file))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_sabotage_still_finds_what_it_would_change() -> None:
    lost = [f"{each.file}: {each.was!r}" for each in EVERY if _text(each.file).count(each.was) != 1]
    assert not lost


def test_every_sabotage_changes_one_thing_and_says_which() -> None:
    wide = [each.says for each in EVERY if len(each.was) > LONGEST or each.was == each.becomes]
    assert not wide
    assert len({each.says for each in EVERY}) == len(EVERY)
    assert len({(each.file, each.was, each.becomes) for each in EVERY}) == len(EVERY)


def test_a_sabotaged_file_can_still_be_read_by_python() -> None:
    for each in EVERY:
        if each.file.endswith(".py"):
            ast.parse(_text(each.file).replace(each.was, each.becomes))


def test_whoever_must_notice_is_still_there() -> None:
    gone = [f"{each.says}: {name}" for each in EVERY for name in _lost_witnesses(each)]
    assert not gone


def _lost_witnesses(mutant: Mutant) -> list[str]:
    found = []
    for witness in mutant.noticed_by.split():
        file, _colons, test = witness.partition("::")
        if not (Path(ROOT) / file).is_file() or (test and test not in _tests(file)):
            found.append(witness)
    return found


def test_there_are_enough_of_those_that_would_tell_somebody() -> None:
    assert len(LEAKS) >= LEAST_LEAKS
