"""`linden audit`: examine the log, print its checkpoints, and the key that checks them."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from hub.audit_words import about, held, incomparable, sentence, sentences
from hub.core.clock import SystemClock
from hub.core.errors import HubError
from hub.desk import Hub
from hub.door import audit, merkle
from hub.door.checkpoints import Paper, every, newest_signed, proved
from hub.door.examining import Found, compare, examine
from hub.door.keeping_up import paged
from hub.door.signed_note import LONGEST, NotANote, NoteKey, NotSigned
from hub.door.tables import CheckpointRow
from hub.people.witness import maker_of

Work: TypeAlias = Callable[[Namespace, Hub], int]
WithHub: TypeAlias = Callable[[Work], Callable[[Namespace], int]]
Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"

WELL: Final = 0
CHANGED: Final = 1
LOOK_AGAIN: Final = 3
MOST_TOLD: Final = 10

VERIFY: Final = """\
Reads the whole log and checks every link of its chain, its dates, and the checkpoints kept in
the database. With --from it is also held against checkpoints that others kept elsewhere, which
is the only way to find out that whoever can write to the database rewrote all of it. Give as
many as you can get: two agencies that were shown different logs are found out as well.

With --key no hub is needed and no log is read: the signatures are checked with that key, and
the checkpoints are compared with each other, by the proofs linden audit checkpoint --since adds.

The exit status is 0 when everything holds, 1 when something was changed, removed or put in,
2 when a file could not be read, 3 when nothing was changed as far as can be told but a date
cannot be true, or checkpoints cannot be compared without a proof.
"""
CHECKPOINT: Final = """\
Prints the newest checkpoint of the log, made now if lines were added since. Keep it where nobody
who runs this hub can change it. It names nobody. The hub makes one every hour by itself.
"""


class Unusable(HubError):
    """What was given cannot be used, and nothing was examined."""


def add_to(commands: Commands, with_hub: WithHub) -> None:
    """Put `audit verify`, `audit checkpoint` and `audit key` among the commands."""
    log = commands.add_parser("audit", help="look after the audit log")
    wanted = log.add_subparsers(required=True, metavar="WHAT")
    _add_verify(wanted, with_hub)
    printing = wanted.add_parser(
        "checkpoint", help="print a checkpoint for others to keep", description=CHECKPOINT
    )
    which = printing.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="list all that were made")
    which.add_argument("--lines", type=int, metavar="N", help="print the one made over N lines")
    which.add_argument(
        "--since", type=Path, metavar="FILE", help="add the proof that the log goes on from this"
    )
    printing.set_defaults(run=with_hub(run_checkpoint))
    key = wanted.add_parser(
        "key",
        help="print the key that checks checkpoints",
        description="Prints the public key that signs this hub's checkpoints. Note it down, once, "
        "somewhere else: with it anybody can check a checkpoint without this hub.",
    )
    key.set_defaults(run=with_hub(run_key))


def _add_verify(wanted: Commands, with_hub: WithHub) -> None:
    verify = wanted.add_parser(
        "verify",
        help="check that no line was changed, removed or put in",
        description=VERIFY,
        formatter_class=RawDescriptionHelpFormatter,
    )
    verify.add_argument(
        "--from",
        dest="papers",
        action="append",
        default=[],
        type=Path,
        metavar="CHECKPOINT",
        help="a file with a checkpoint somebody kept; may be given several times",
    )
    verify.add_argument("--key", metavar="KEY", help="the hub's key, for whoever has no hub")
    examined = with_hub(run_verify)
    verify.set_defaults(run=lambda chosen: run_compare(chosen) if chosen.key else examined(chosen))


def run_verify(chosen: Namespace, hub: Hub) -> int:
    """`linden audit verify`, beside the log."""
    maker = maker_of(hub)
    papers, refused = read_papers(chosen.papers, maker.signer.key)
    own, unsigned = maker.papers()
    rows = audit.lines(paged(hub.engine), audit.BEFORE_ALL)
    report = examine(rows, [*papers, *own], hub.clock.now())
    alarms = [*refused, *sentences(report)]
    if unsigned:
        alarms.append(f"{unsigned} checkpoints in the database were not signed by this hub.")
    for line in held(report, papers, own):
        print(line)
    return _told(alarms, refused or unsigned or report.changed)


def run_compare(chosen: Namespace) -> int:
    """`linden audit verify --key`, without a hub."""
    if not chosen.papers:
        raise Unusable("Name the checkpoints to check with --from")
    try:
        key = NoteKey.read(chosen.key)
    except NotANote as wrong:
        raise Unusable(f"--key: {wrong}") from wrong
    papers, refused = read_papers(chosen.papers, key)
    found = compare(papers, SystemClock().now())
    for paper in papers:
        print(f"{paper.whose}: signed by this key, {about(paper)}.")
    for one, other in found.held:
        print(f"{other.whose} goes on from {one.whose}: nothing in between was changed.")
    alarms = [*refused, *map(sentence, found.alarms), *incomparable(found)]
    forked = any(alarm.found is Found.FORKED for alarm in found.alarms)
    return _told(alarms, refused or forked)


def read_papers(paths: Sequence[Path], key: NoteKey) -> tuple[list[Paper], list[str]]:
    """The checkpoints in these files, and a sentence for each that this key did not sign.

    Raises:
        Unusable: a file holds no checkpoint at all.
    """
    papers, refused = [], []
    for path in paths:
        try:
            papers.append(Paper.read(str(path), read_text(path), key))
        except NotSigned as wrong:
            refused.append(f"{path}: {wrong}. It proves nothing.")
        except NotANote as wrong:
            raise Unusable(f"{path}: {wrong}") from wrong
    return papers, refused


def read_text(path: Path) -> str:
    """A file's text, no more of it than a checkpoint can have.

    Raises:
        Unusable: it is no text.
    """
    with path.open("rb") as file:
        kept = file.read(2 * LONGEST)
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Unusable(f"{path}: it is no checkpoint, but something else than text") from wrong


def _told(wrong: Sequence[str], changed: object) -> int:
    """Print what is wrong, the rest counted when it is much; the exit status."""
    for said in wrong[:MOST_TOLD]:
        print(said, file=sys.stderr)
    if len(wrong) > MOST_TOLD:
        print(f"And {len(wrong) - MOST_TOLD} more of this kind.", file=sys.stderr)
    if changed:
        return CHANGED
    return LOOK_AGAIN if wrong else WELL


def run_checkpoint(chosen: Namespace, hub: Hub) -> int:
    """`linden audit checkpoint`."""
    if chosen.list:
        with hub.unit_of_work() as db:
            rows = every(db)
        for row in rows:
            print(f"{row.at:%Y-%m-%d %H:%M} UTC  {row.size} lines")
        return WELL
    row = _chosen(chosen, hub)
    if chosen.since:
        print(_with_proof(chosen.since, hub, row), end="")
    else:
        print(row.note, end="")
    return WELL


def _chosen(chosen: Namespace, hub: Hub) -> CheckpointRow:
    if chosen.lines is not None:
        with hub.unit_of_work() as db:
            found = [row for row in every(db) if row.size == chosen.lines]
        if not found:
            raise Unusable(f"No checkpoint was made over {chosen.lines} lines. See --list")
        return found[0]
    return _newest(hub)


def _newest(hub: Hub) -> CheckpointRow:
    """The newest one, over all lines there are now."""
    with hub.unit_of_work() as db:
        row, lines = newest_signed(db), audit.count(db)
    if row is None or row.size != lines:
        maker_of(hub).make(hub.clock.now())
        with hub.unit_of_work() as db:
            made = newest_signed(db)
        if made is None or (row and made.id == row.id):
            raise Unusable("The log is not what it was when the last one was made. Verify it first")
        return made
    return row


def _with_proof(path: Path, hub: Hub, row: CheckpointRow) -> str:
    """The checkpoint, and the proof that the log goes on from the one in the file."""
    papers, refused = read_papers([path], maker_of(hub).signer.key)
    if refused:
        raise Unusable(refused[0])
    earlier = papers[0].checkpoint.tree
    rows = audit.lines(paged(hub.engine), audit.BEFORE_ALL)
    try:
        leaves = [merkle.leaf(line.said) for line in audit.followed(rows, 0, audit.FIRST)]
    except audit.LogBroken as broken:
        raise Unusable(f"In the log, {broken}") from broken
    del leaves[row.size :]
    if merkle.Growing.of(leaves[: earlier.size]).root() != earlier.root:
        raise Unusable(f"{path}: the log does not go on from it. Verify it with --from")
    return proved(row.note, earlier.size, merkle.consistency_proof(leaves, earlier.size))


def run_key(_chosen: Namespace, hub: Hub) -> int:
    """`linden audit key`."""
    print(maker_of(hub).signer.key)
    return WELL
