"""The program that tries them: two workers at most, each with a copy of the source of its own."""

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from tests.mutants import EVERY
from tests.mutants.mutant import Mutant
from tests.mutants.running import Outcome, Verdict, copied, held_to_account, tried

MOST_WORKERS: Final = 2


def chosen(words: Sequence[str]) -> list[Mutant]:
    """Those whose words, file or line hold all of these; every one without any."""
    return [
        each
        for each in EVERY
        if all(word in f"{each.says} {each.file} {each.was}" for word in words)
    ]


def tried_all(mutants: Sequence[Mutant], told: Namespace, folder: Path) -> list[Outcome]:
    """Every one of them, in order, whoever tried it."""
    free: SimpleQueue[Path] = SimpleQueue()
    for number in range(told.workers):
        free.put(copied(folder / str(number)))
    untouched = copied(folder / "untouched")

    def one(mutant: Mutant) -> Outcome:
        copy = free.get()
        try:
            outcome = tried(mutant, copy, told.limit)
        finally:
            free.put(copy)
        print(
            f"{outcome.verdict:8} {outcome.seconds:4.0f} s  {mutant.file}: {mutant.says}"
            f"  [{outcome.noticed_by}]",
            flush=True,
        )
        return outcome

    with ThreadPoolExecutor(told.workers) as workers:
        outcomes = list(workers.map(one, mutants))
    return held_to_account(outcomes, untouched, 20 * told.limit)


def table(outcomes: Sequence[Outcome]) -> str:
    """Number, file, what was sabotaged, and who noticed, for reading."""
    lines = ["| no. | file | sabotage | noticed by |", "|---|---|---|---|"]
    for number, each in enumerate(outcomes, 1):
        noticed = each.noticed_by if each.verdict is Verdict.NOTICED else _unnoticed(each)
        cells = (str(number), each.mutant.file, each.mutant.says, noticed)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _unnoticed(outcome: Outcome) -> str:
    return f"**{outcome.verdict.value}** {outcome.noticed_by}".strip()


def main(words: Sequence[str]) -> int:
    """Try what was asked for; how many were not noticed."""
    asked = ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("words", nargs="*", help="only those that hold all of these words")
    asked.add_argument("--workers", type=int, choices=range(1, MOST_WORKERS + 1), default=1)
    asked.add_argument("--limit", type=float, default=600, help="seconds for one, at most")
    asked.add_argument("--table", type=Path, help="where to write what was noticed by whom")
    told = asked.parse_args(words)
    mutants = chosen(told.words)
    with tempfile.TemporaryDirectory(prefix="linden-mutants-") as folder:
        outcomes = tried_all(mutants, told, Path(folder))
    if told.table:
        told.table.write_text(table(outcomes), "utf-8")
    left = [each for each in outcomes if each.verdict is not Verdict.NOTICED]
    for each in left:
        print(f"{each.verdict}: {each.mutant.file}: {each.mutant.says} {each.noticed_by}")
    print(f"{len(outcomes) - len(left)} of {len(outcomes)} noticed")
    return len(left)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
