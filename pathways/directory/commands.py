"""`linden directory import` and `linden directory export`: directory files in and out."""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

from hub.core.language import _, ngettext
from hub.desk import Hub
from pathways.directory.exporting import exported
from pathways.directory.importing import ImportOutcome, Progress, import_path
from pathways.directory.queries import services_for_routing
from pathways.directory.reading import FileRefused

Work: TypeAlias = Callable[[Namespace, Hub], int]
WithHub: TypeAlias = Callable[[Work], Callable[[Namespace], int]]
Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"

NOTHING_TAKEN: Final = 1
SHOWN: Final = 20

IMPORT = """\
Reads services from a file: Services Advisor GeoJSON, HSDS 3.1 JSON (one object, a list, or a page
with "contents"), or JSON lines. Every record is either taken or quarantined with the reason and
its place in the file; a bad record stops no other. Importing the same file again changes nothing,
and what an agency wrote on the hub's own pages is never written over. A file that cannot be read
to its end changes nothing at all.

The exit status is 0 when anything was taken or was there already, 1 when every record was
quarantined, 2 when the file could not be read.
"""
EXPORT = """\
Writes every service as one page of HSDS 3.1 JSON. Confidential locations are left out.
"""


def add_to(commands: Commands, with_hub: WithHub) -> None:
    """Put `directory import` and `directory export` among the commands."""
    directory = commands.add_parser("directory", help="read and write directory files")
    wanted = directory.add_subparsers(required=True, metavar="WHAT")
    reading = wanted.add_parser("import", help="read services from a file", description=IMPORT)
    reading.add_argument("path", type=Path, metavar="PATH", help="the file to read")
    reading.add_argument("--dry-run", action="store_true", help="say what would be done, and stop")
    reading.add_argument("--json", action="store_true", help="print the outcome as JSON")
    reading.set_defaults(run=with_hub(run_import))
    writing = wanted.add_parser("export", help="write all services", description=EXPORT)
    writing.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="the file to write (default: print it)"
    )
    writing.set_defaults(run=with_hub(run_export))


def run_import(chosen: Namespace, hub: Hub) -> int:
    """`linden directory import`."""
    with hub.desk_of_the_house() as desk, _progress() as progress:
        outcome = import_path(
            desk.db, chosen.path, at=desk.at, dry_run=chosen.dry_run, progress=progress
        )
        if not chosen.dry_run:
            desk.audit(
                "directory.import",
                source=outcome.source,
                taken=outcome.taken,
                unchanged=outcome.unchanged,
                quarantined=len(outcome.quarantined),
            )
    print(json.dumps(as_json(outcome)) if chosen.json else in_words(outcome, chosen.dry_run))
    got_something = outcome.taken or outcome.unchanged or not outcome.quarantined
    return 0 if got_something else NOTHING_TAKEN


def run_export(chosen: Namespace, hub: Hub) -> int:
    """`linden directory export`."""
    with hub.unit_of_work() as db:
        text = json.dumps(exported(services_for_routing(db)), ensure_ascii=False, indent=1)
    if chosen.path is None:
        print(text)
        return 0
    try:
        chosen.path.write_text(text + "\n", "utf-8")
    except (OSError, ValueError) as wrong:
        raise FileRefused(
            _("The file at {path} cannot be written.").format(path=chosen.path)
        ) from wrong
    return 0


def as_json(outcome: ImportOutcome) -> dict[str, object]:
    """The outcome for a program to read."""
    held = [{"place": one.place, "reason": one.reason} for one in outcome.quarantined]
    return {"taken": outcome.taken, "unchanged": outcome.unchanged, "quarantined": held}


def in_words(outcome: ImportOutcome, dry_run: bool) -> str:
    """The outcome for a person to read."""
    lines = [
        _("{taken} taken, {unchanged} unchanged, {quarantined} quarantined.").format(
            taken=outcome.taken,
            unchanged=outcome.unchanged,
            quarantined=len(outcome.quarantined),
        )
    ]
    lines += [f"  {one.place}: {one.reason}" for one in outcome.quarantined[:SHOWN]]
    if len(outcome.quarantined) > SHOWN:
        left = len(outcome.quarantined) - SHOWN
        lines.append(_("  and {n} more; --json lists them all").format(n=left))
    lines += _alike(outcome)
    if dry_run:
        lines.append(_("This was a dry run: nothing was written."))
    return "\n".join(lines)


def _alike(outcome: ImportOutcome) -> Iterator[str]:
    count = len(outcome.alike)
    if not count:
        return
    yield ngettext(
        "{n} record says the same as an earlier one under another identifier. It was taken:",
        "{n} records say the same as an earlier one under another identifier. They were taken:",
        count,
    ).format(n=count)
    for later, earlier in outcome.alike[:SHOWN]:
        yield _("  {later} is like {earlier}").format(later=later, earlier=earlier)
    if count > SHOWN:
        yield _("  and {n} more").format(n=count - SHOWN)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on standard error, where a person is looking."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(_("Reading"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
