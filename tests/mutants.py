"""One-line sabotages of the rules that decide who may read what; the tests must notice each.

    python -m tests.mutants            all of them, some minutes
    python -m tests.mutants tripwire   those whose file or line says so

Coverage was complete when some of these still survived; so this list is kept and run by night.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
COPIED: Final = ("hub", "pathways", "conferencing", "templates", "tests", "pyproject.toml")

DOOR: Final = "tests/rules/test_door.py tests/rules/test_door_keys.py"
AUDIT: Final = "tests/rules/test_door_audit.py"
LOG: Final = "tests/store/test_tampering.py"
TREE: Final = "tests/rules/test_merkle.py"
NOTE: Final = "tests/rules/test_signed_note.py"
SEAL: Final = "tests/architecture/test_seal.py"
CENSUS: Final = "tests/spec/test_route_census.py"
RELEASE: Final = "tests/rules/test_release.py"
SIGNING_IN: Final = "tests/spec/test_signing_in.py"
STORED: Final = "tests/store/test_sessions.py"


@dataclass(frozen=True)
class Mutant:
    """One sabotage: where, what stands there, what it becomes, and who must notice."""

    file: str
    was: str
    becomes: str
    noticed_by: str


ENVELOPES: Final = "hub/door/envelopes.py"
SHARES: Final = "hub/door/shares.py"
SESSIONS: Final = "hub/people/sessions.py"
GROUNDS: Final = "hub/core/grounds.py"
COVERS: Final = "hub/consent/release.py"
REFUSES: Final = "        return None\n"

MUTANTS: Final = [
    Mutant(ENVELOPES, "or to.until > until ", "", DOOR),
    Mutant(ENVELOPES, " or to.until <= sight.at:", ":", DOOR),
    Mutant(ENVELOPES, "if any(each.until > row.until for each in to):", "if False:", DOOR),
    Mutant(ENVELOPES, "written.category, written.agency,", "written.category, agency,", DOOR),
    Mutant(
        ENVELOPES,
        'col(ShareRow.until) > bindparam("now"',
        'col(ShareRow.until) >= bindparam("now"',
        DOOR,
    ),
    Mutant(
        ENVELOPES,
        'col(ShareRow.holder).in_(bindparam("holders", expanding=True)),',
        'col(ShareRow.holder).not_in(bindparam("holders", expanding=True)),',
        DOOR,
    ),
    Mutant(ENVELOPES, "{envelope}|{category.value}", "{category.value}", DOOR),
    Mutant(ENVELOPES, "{envelope}|{category.value}", "{envelope}", DOOR),
    Mutant(ENVELOPES, 'audit.note(db, sight, "entry.opened", facts)', "pass", DOOR),
    Mutant(ENVELOPES, "if not sealings or not shares or not", "if not sealings or not", DOOR),
    Mutant("hub/door/keys.py", "                self.envelope,\n", "", DOOR),
    Mutant("hub/door/keys.py", "                self.holder,\n", "", DOOR),
    Mutant("hub/door/keys.py", "                self.ground,\n", "", DOOR),
    Mutant("hub/door/keys.py", "                self.record,\n", "", DOOR),
    Mutant("hub/door/keys.py", "                self.until.isoformat(),\n", "", DOOR),
    Mutant(
        "hub/core/grounds.py", "if passage.from_agency == passage.to_agency else None", "", DOOR
    ),
    Mutant(
        "hub/core/grounds.py", "if passage.category is Category.ARRANGEMENTS else None", "", DOOR
    ),
    Mutant(SHARES, ".values(wrapped=None, ended_at=sight.at,", ".values(ended_at=sight.at,", DOOR),
    Mutant(SHARES, 'or "" in (ending.record, ending.holder)', "", DOOR),
    Mutant(SHARES, ".where(col(ShareRow.until) <= sight.at,", ".where(", DOOR),
    Mutant(SHARES, "    if holder not in sight.holders:\n        raise NothingHere\n", "", DOOR),
    Mutant(SHARES, ", col(EnvelopeRow.agency) == sight.agency)", ")", DOOR),
    Mutant("hub/door/tripwire.py", "if not SEALED.search(sql) or", "if", SEAL),
    Mutant("hub/door/tripwire.py", ' and "SELECT" not in shouted', "", SEAL),
    Mutant("hub/door/tripwire.py", ", re.IGNORECASE", "", SEAL),
    Mutant("hub/door/audit.py", "seq != size or ", "", AUDIT),
    Mutant("hub/door/audit.py", '[{seq},"{before}",', "[{seq},", AUDIT),
    Mutant("hub/door/audit.py", 'db.info.pop("audit", None)', "pass", AUDIT),
    Mutant("hub/door/examining.py", "paper.checkpoint.tree.root == self.tree.root()", "True", LOG),
    Mutant("hub/door/examining.py", "if earlier.tree.root != later.tree.root:", "if False:", LOG),
    Mutant("hub/door/examining.py", "if line.at > self.ceiling:", "if False:", LOG),
    Mutant("hub/door/examining.py", "elif line.at < self.floor:", "elif False:", LOG),
    Mutant("hub/door/examining.py", "alarms += [Alarm(Found.SHORT", "_ = [Alarm(Found.SHORT", LOG),
    Mutant("hub/door/merkle.py", 'sha256(b"\\0" + body)', "sha256(body)", TREE),
    Mutant("hub/door/merkle.py", "last == 0 and old == earlier.root and", "last == 0 and", TREE),
    Mutant(
        "hub/door/signed_note.py",
        'raise NotSigned("it was changed after it was signed") from wrong',
        "return",
        NOTE,
    ),
    Mutant("hub/door/signed_note.py", "and decoded(said)[:ID_BYTES] == key.id", "", NOTE),
    Mutant(COVERS, f"    if release.state is not State.ACTIVE:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.at < release.starts:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, "passage.at >= release.ends", "passage.at > release.ends", RELEASE),
    Mutant(COVERS, f"    if passage.at >= release.ends:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.from_agency != release.from_agency:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.to_agency != release.to_agency:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.to_agency == passage.from_agency:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.purpose not in release.purposes:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.category not in release.categories:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, f"    if passage.category not in RELEASABLE:\n{REFUSES}", "", RELEASE),
    Mutant(COVERS, "passage.at >= release.withdrawn_at", "False", RELEASE),
    Mutant("hub/web/serve.py", "if not route.audience & visitor.roles:", "if False:", CENSUS),
    Mutant("hub/web/fields.py", 'if site != "same-origin":', "if False:", CENSUS),
    Mutant(
        "hub/web/serve.py",
        "if not compare_digest(sent.encode(), visitor.csrf.encode()):",
        "if False:",
        CENSUS,
    ),
    Mutant(SESSIONS, '"idle": at - IDLE', '"idle": at - LONGEST', SIGNING_IN),
    Mutant(SESSIONS, '"oldest": at - LONGEST', '"oldest": at - 9 * LONGEST', SIGNING_IN),
    Mutant(SESSIONS, "        col(SessionRow.ended_at).is_(None),\n", "", SIGNING_IN),
    Mutant(SESSIONS, "        col(PersonRow.disabled_at).is_(None),\n", "", STORED),
]


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests pass although the rule was sabotaged."""
    file = copy / mutant.file
    whole = file.read_text("utf-8")
    if whole.count(mutant.was) < 1:
        raise LookupError(f"{mutant.file} no longer says {mutant.was!r}")
    file.write_text(whole.replace(mutant.was, mutant.becomes, 1), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", *mutant.noticed_by.split()]
    said = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=said, capture_output=True, check=False)
    finally:
        file.write_text(whole, "utf-8")
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stdout.decode()[-2000:])
    return done.returncode == 0


def main(wanted: str) -> int:
    """Try every sabotage that `wanted` names; how many nobody noticed."""
    chosen = [each for each in MUTANTS if wanted in f"{each.file} {each.was}"]
    alive = 0
    with tempfile.TemporaryDirectory(prefix="linden-mutants-") as folder:
        copy = Path(folder)
        for name in COPIED:
            there = ROOT / name
            (shutil.copytree if there.is_dir() else shutil.copy)(there, copy / name)
        for mutant in chosen:
            lives = survives(mutant, copy)
            alive += lives
            first = mutant.was.strip().partition("\n")[0]
            print("SURVIVED" if lives else "noticed ", mutant.file, first, flush=True)
    print(f"{len(chosen) - alive} of {len(chosen)} noticed")
    return alive


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])) > 0)
