"""`python -m tests.benchmarks`: every operation beside its bare limit, one JSON line each."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pathways.directory.importing import import_path
from tests.benchmarks.limits import Bare
from tests.benchmarks.product import ITEMS, PEOPLE, Bench, Table, timed
from tests.benchmarks.runner import Call, drive, line

CALLERS: Final = (1, 32)
INBOX: Final = 10_000
READS: Final = 1_000
SENDS: Final = 500
COMPILES: Final = 50
IMPORTS: Final = 3
JORDAN: Final = Path("directory/jordan-services-advisor-2015/services_en.geojson")
SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> None:
    """Build both, then measure each operation on both in turn."""
    chosen = _arguments()
    with TemporaryDirectory() as folder:
        bench, bare = Bench.open(Path(folder) / "data"), Bare(Path(folder) / "bare.db")
        print(f"filling an inbox of {chosen.inbox}", file=sys.stderr)
        bare.fill(chosen.inbox)
        bench.fill_inbox(chosen.inbox)
        for said in _measured(bench, bare):
            print(said, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--inbox", type=int, default=INBOX, help="referrals in the inbox")
    return parser.parse_args()


def _measured(bench: Bench, bare: Bare) -> Iterator[str]:
    limit, cookie = bare.app(), bench.session(bench.world.tomas)[0]
    received, some = bench.any_received(), bare.any_referral()
    reads: tuple[tuple[str, Callable[[], Call], Callable[[], Call]], ...] = (
        (
            "inbox page of 25",
            lambda: Call("GET", "/referrals", cookie),
            lambda: Call("GET", "/inbox"),
        ),
        (
            "open one referral",
            lambda: Call("GET", f"/referrals/{received}", cookie),
            lambda: Call("GET", f"/one/{some}"),
        ),
    )
    for callers in CALLERS:
        for name, ours, bares in reads:
            took = drive(bench.world.app, ours, READS, callers)
            yield line(name, callers, took, drive(limit, bares, READS, callers))
        sends = bench.sends(SENDS + 1)
        took = drive(bench.world.app, lambda: next(sends), SENDS, callers)  # noqa: B023 -- used here
        yield line(
            "send a referral",
            callers,
            took,
            drive(limit, lambda: Call("POST", "/send", answers=303), SENDS, callers),
        )
    yield _agendas(bench, bare)
    if (SHARED / JORDAN).is_file():
        yield _import(bench, bare, SHARED / JORDAN)


def _agendas(bench: Bench, bare: Bare) -> str:
    """All agendas of a meeting, against opening as many entries with nothing around it."""
    table = Table.called(bench)
    lines = table.compiled()
    rows = bare.raw.execute(
        "SELECT e.id, e.body, s.wrapped FROM envelope e JOIN share s ON s.envelope=e.id LIMIT ?",
        (lines,),
    ).fetchall()
    took = timed(table.compiled, COMPILES)
    limit = timed(lambda: [bare.open(*row) for row in rows], COMPILES)
    name = f"compile all agendas, {PEOPLE} people, {ITEMS} items, {lines} lines"
    return line(name, 1, took, limit)


def _import(bench: Bench, bare: Bare, path: Path) -> str:
    """The Jordan file into an empty directory: only the first run takes anything."""

    def ours() -> None:
        with bench.world.hub.desk_of_the_house() as desk:
            import_path(desk.db, path, at=desk.at, dry_run=False, progress=_unwatched)

    took = timed(ours, 1)
    return line("import the Jordan file", 1, took, timed(lambda: bare.take(path), IMPORTS))


def _unwatched(_done: int, _all: int) -> None:
    """Nobody looks at the progress."""


if __name__ == "__main__":
    main()
