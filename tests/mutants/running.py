"""Trying sabotages, each on a copy of the source that nobody else reads."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.mutants.mutant import Mutant

ROOT: Final = Path(__file__).resolve().parents[2]
COPIED: Final = ("hub", "pathways", "conferencing", "templates", "tests", "pyproject.toml")
LEFT: Final = shutil.ignore_patterns("__pycache__", "node_modules", ".pytest_cache")
FAILED: Final = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.MULTILINE)


class Verdict(StrEnum):
    """What became of one sabotage."""

    NOTICED = "noticed"
    SURVIVED = "SURVIVED"
    TOO_LONG = "TOO LONG"  # the tests went on and on; nobody knows
    BROKEN = "BROKEN"  # it does not run at all, or the tests fail without it


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sabotage, what became of it, the test that noticed it first, and how long that took."""

    mutant: Mutant
    verdict: Verdict
    noticed_by: str
    seconds: float


def copied(to: Path) -> Path:
    """A copy of the source, compiled so that a changed file is always read anew.

    What is compiled is held against the source's own bytes: a file that was changed within the
    second, to the same length, is not taken for the one before.
    """
    for name in COPIED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, to / name, ignore=LEFT)
        else:
            shutil.copy(there, to / name)
    compiled = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash"]
    folders = [name for name in COPIED if (to / name).is_dir() and name != "templates"]
    subprocess.run([*compiled, *folders], cwd=to, capture_output=True, check=True)
    return to


def tried(mutant: Mutant, copy: Path, limit: float) -> Outcome:
    """Sabotage the copy, run the tests, and put the copy in order again.

    Raises:
        LookupError: the source no longer says what the sabotage would change.
    """
    file = copy / mutant.file
    whole = file.read_text("utf-8")
    if whole.count(mutant.was) != 1:
        raise LookupError(f"{mutant.file} no longer says exactly once: {mutant.was!r}")
    file.write_text(whole.replace(mutant.was, mutant.becomes), "utf-8")
    try:
        return _noticed(mutant, copy, limit)
    finally:
        file.write_text(whole, "utf-8")


def _noticed(mutant: Mutant, copy: Path, limit: float) -> Outcome:
    began = time.monotonic()
    try:
        code, said = run(copy, mutant.noticed_by.split(), limit)
    except subprocess.TimeoutExpired:
        return Outcome(mutant, Verdict.TOO_LONG, "", time.monotonic() - began)
    took = time.monotonic() - began
    if code == 0:
        return Outcome(mutant, Verdict.SURVIVED, "", took)
    found = FAILED.search(said)
    if code != 1 or found is None:
        return Outcome(mutant, Verdict.BROKEN, _last_line(said), took)
    return Outcome(mutant, Verdict.NOTICED, found[1], took)


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "Error" in line), lines[-1] if lines else "")


def run(copy: Path, tests: Sequence[str], limit: float, *more: str) -> tuple[int, str]:
    """Run these tests in a copy until the first fails, without keeping others from their work."""
    command = ["nice", "-n", "10", sys.executable, "-m", "pytest", "-q", "-n", "0", "-rfE"]
    command += ["--tb=line", "-p", "no:cacheprovider", *(more or ("-x",)), *tests]
    own = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy), "COLUMNS": "1000"}
    done = subprocess.run(
        command, cwd=copy, env=os.environ | own, capture_output=True, check=False, timeout=limit
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def held_to_account(outcomes: Iterable[Outcome], copy: Path, limit: float) -> list[Outcome]:
    """The same, once it is known which of the tests that noticed also fail on untouched source."""
    found = list(outcomes)
    witnesses = {_function(each.noticed_by) for each in found if each.verdict is Verdict.NOTICED}
    if not witnesses:
        return found
    code, said = run(copy, sorted(witnesses), limit, "--maxfail=1000")
    if code not in {0, 1}:
        raise RuntimeError(said[-2000:])
    liars = {_function(each) for each in FAILED.findall(said)}
    why = "this test fails on untouched source as well"
    return [
        replace(each, verdict=Verdict.BROKEN, noticed_by=f"{each.noticed_by}: {why}")
        if _function(each.noticed_by) in liars
        else each
        for each in found
    ]


def _function(test: str) -> str:
    """A test without what it was given: the function that runs it."""
    return test.partition("[")[0]
