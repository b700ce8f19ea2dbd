"""Sabotages of the log, its tree and its checkpoints: nothing is told, but no longer proven."""

from typing import Final

from tests.mutants.mutant import Mutant

AUDIT: Final = "hub/door/audit.py"
EXAMINING: Final = "hub/door/examining.py"
MERKLE: Final = "hub/door/merkle.py"
NOTE: Final = "hub/door/signed_note.py"

LINES: Final = "tests/rules/test_door_audit.py"
TAMPERED: Final = "tests/store/test_tampering.py"
TREE: Final = "tests/rules/test_merkle.py"
SIGNED: Final = "tests/rules/test_signed_note.py"

LOG: Final = [
    Mutant("a line is missing and nobody notices", AUDIT, "seq != size or ", "", LINES),
    Mutant("a line does not hold the one before", AUDIT, '[{seq},"{before}",', "[{seq},", LINES),
    Mutant(
        "what was rolled back stays in the log",
        AUDIT,
        """    \"\"\"What was rolled back did not happen.\"\"\"
    db.info.pop("audit", None)""",
        "    pass",
        LINES,
    ),
    Mutant(
        "a kept checkpoint is not compared",
        EXAMINING,
        "paper.checkpoint.tree.root == self.tree.root()",
        "True",
        TAMPERED,
    ),
    Mutant(
        "two checkpoints of one size may differ",
        EXAMINING,
        "if earlier.tree.root != later.tree.root:",
        "if False:",
        TAMPERED,
    ),
    Mutant(
        "a line may be dated ahead", EXAMINING, "if line.at > self.ceiling:", "if False:", TAMPERED
    ),
    Mutant(
        "a line may be dated back", EXAMINING, "elif line.at < self.floor:", "elif False:", TAMPERED
    ),
    Mutant(
        "the last lines may be taken away",
        EXAMINING,
        "alarms += [Alarm(Found.SHORT",
        "_ = [Alarm(Found.SHORT",
        TAMPERED,
    ),
    Mutant("a leaf looks like a node", MERKLE, 'sha256(b"\\0" + body)', "sha256(body)", TREE),
    Mutant(
        "a proof may begin at another root",
        MERKLE,
        "last == 0 and old == earlier.root and",
        "last == 0 and",
        TREE,
    ),
    Mutant(
        "a changed note is believed",
        NOTE,
        'raise NotSigned("it was changed after it was signed") from wrong',
        "return",
        SIGNED,
    ),
    Mutant(
        "a note of another key is believed",
        NOTE,
        "and decoded(said)[:ID_BYTES] == key.id",
        "",
        SIGNED,
    ),
]
