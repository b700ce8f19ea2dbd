"""Brings a directory file into the hub: everything that can be taken, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from hub.core.ids import fresh
from hub.core.language import _
from pathways.directory.gathering import Gathered, Placed, Quarantined, gather
from pathways.directory.keeping import Keeper, KeptHere
from pathways.directory.reading import FileRefused, records
from pathways.directory.strict import printable
from pathways.directory.tables import ImportRow, QuarantineRow, table

LARGEST: Final = 32 * 1024 * 1024
"""Bytes. The Jordan file has 0.7 million; all is read before any is kept."""
LINES: Final = frozenset({".jsonl", ".ndjson", ".geojsonl", ".geojsons"})

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of each record: `taken` new or changed, `unchanged`, or `quarantined`.

    The three together are all records of the file. `alike` pairs the places of records that say
    the same under two ids; they are taken, and somebody should look.
    """

    taken: int
    unchanged: int
    quarantined: tuple[Quarantined, ...]
    alike: tuple[tuple[str, str], ...] = ()
    source: str = ""


def import_path(
    db: Session, path: Path, *, at: datetime, dry_run: bool, progress: Progress
) -> ImportOutcome:
    """Read the file at `path` and keep what can be kept; the second time, nothing changes.

    Args:
        dry_run: say what would become of each record, and write nothing.

    Raises:
        FileRefused: nothing can be read from it. Then nothing was written.
    """
    content = _content(path)
    lines = path.suffix.lower() in LINES
    gathered = gather(records(content, lines=lines), lambda done: progress(done, len(content)))
    keeper = Keeper(db, at)
    outcome = _kept(keeper, gathered)
    if not dry_run:
        keeper.write()
        _write_down(db, outcome, at, printable(path.name)[:200])
    return outcome


def _content(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        FileRefused: it is not there, no file, cannot be opened, or is larger than LARGEST.
    """
    try:
        if not path.is_file():
            raise FileRefused(_("There is no file at {path}.").format(path=path))
        size = path.stat().st_size
        if size > LARGEST:
            raise FileRefused(
                _(
                    "The file has {size} MB and at most {most} MB can be read at once. "
                    "Cut it into smaller files and import one after the other."
                ).format(size=-(-size // 1024**2), most=LARGEST // 1024**2)
            )
        return path.read_bytes()
    except (OSError, ValueError) as wrong:
        raise FileRefused(_("The file at {path} cannot be opened.").format(path=path)) from wrong


def _kept(keeper: Keeper, gathered: Gathered) -> ImportOutcome:
    taken = unchanged = 0
    refused: list[Quarantined] = []
    for placed in gathered.placed:
        try:
            changed = keeper.keep(placed.draft) is not None
        except KeptHere:
            refused += _all_of(placed)
            continue
        taken += len(placed.found) if changed else 0
        unchanged += 0 if changed else len(placed.found)
    quarantined = sorted([*gathered.quarantined, *refused], key=lambda one: one.number)
    sources = {placed.draft.source for placed in gathered.placed}
    source = "+".join(sorted(sources))
    return ImportOutcome(taken, unchanged, tuple(quarantined), tuple(gathered.alike), source)


def _all_of(placed: Placed) -> list[Quarantined]:
    reason = _(
        "Its agency writes this service on the hub's own pages, and the file says something else."
    )
    return [Quarantined(found.number, found.place, reason) for found in placed.found]


def _write_down(db: Session, outcome: ImportOutcome, at: datetime, file: str) -> None:
    """Keep the figures and the quarantine of the latest run of a file, for the page."""
    if not outcome.taken and not outcome.quarantined:
        return
    _forget(db, file)
    run = {
        "id": fresh(),
        "file": file,
        "at": at,
        "taken": outcome.taken,
        "unchanged": outcome.unchanged,
        "quarantined": len(outcome.quarantined),
    }
    db.execute(insert(table(ImportRow)).values(**run))
    rows = [
        {"id": fresh(), "run": run["id"], "number": q.number, "place": q.place, "reason": q.reason}
        for q in outcome.quarantined
    ]
    if rows:
        db.execute(insert(table(QuarantineRow)), rows)


def _forget(db: Session, file: str) -> None:
    runs, held = table(ImportRow), table(QuarantineRow)
    earlier = select(runs.c.id).where(runs.c.file == file)
    db.execute(delete(held).where(held.c.run.in_(earlier)))
    db.execute(delete(runs).where(runs.c.file == file))
