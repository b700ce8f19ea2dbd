"""Write the migration that takes the database from the last one to what the models say now.

    python -m tests.make_migration "Remember when a receiving agency was nudged"
    python -m tests.make_migration --afresh    (before the first release: one file for everything)

Read what it wrote before committing it; say in its first line what changes for people.
"""

import ast
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alembic import command
from sqlmodel import SQLModel

from hub.app import import_tables
from hub.door.sight import sight_of_a_migration
from hub.store.engine import embedded
from hub.store.migrate import MIGRATIONS, config, upgrade

MOST_STEPS: Final = 8
"""A migration of more steps than these gets a function for each table."""
MOST_LINES: Final = 40
"""The indexes of a table longer than this get a function of their own."""


def main(message: str) -> None:
    """Write one migration file and format it."""
    import_tables()
    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = embedded(Path(folder) / "hub.db", bytes(32))
        upgrade(engine, sight_of_a_migration(datetime.now(UTC)))
        with engine.begin() as connection:
            made = config(connection, SQLModel.metadata)
            made.set_main_option("file_template", name_of(number, message))
            written = command.revision(made, message, autogenerate=True, rev_id=f"{number:04d}")
        engine.dispose()
    tidy(Path(written.path))  # type: ignore[union-attr] # one revision, not several


def name_of(number: int, message: str) -> str:
    """What a migration's file is called, without its ending."""
    name = re.sub(r"\W+", "_", message.lower()).strip("_")
    return f"{number:04d}_{name}"[:60]


def by_table(source: str) -> str:
    """The same migration with a function for each table, so that it can be read table by table."""
    [upgrade] = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    ]
    lines = source.splitlines(keepends=True)
    begins = upgrade.lineno - 1
    said, *steps = upgrade.body
    if len(steps) < MOST_STEPS:
        return source
    parts: dict[str, list[str]] = {}
    for step in steps:
        table = re.search(r'"(\w+)"', ast.unparse(step).replace("'", '"'))
        name = f"_{table[1]}" if table else "_more"
        if name in parts and sum(each.count("\n") for each in parts[name]) > MOST_LINES:
            name += "_indexes"
        parts.setdefault(name, []).append("".join(lines[step.lineno - 1 : step.end_lineno]))
    made = [f"def {name}() -> None:\n" + "\n".join(each) for name, each in parts.items()]
    calls = "".join(f"    {name}()\n" for name in parts)
    whole = "".join(lines[begins : said.end_lineno]) + calls
    after = "".join(lines[upgrade.end_lineno :])
    return "".join(lines[:begins]) + whole + "\n\n" + "\n\n".join(made) + after


def tidy(path: Path) -> None:
    """Take out what the tool says about itself, part it by tables, and format."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    plain = "".join(line for line in lines if "# ###" not in line)
    path.write_text(by_table(plain), "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "format", "--quiet", str(path)], check=True)
    subprocess.run([*ruff, "check", "--quiet", "--fix", str(path)], check=True)
    print(path)


def afresh() -> None:
    """Throw the migrations away and write the first one again."""
    for old in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        old.unlink()
    main("The first tables")


if __name__ == "__main__":
    if sys.argv[1:] == ["--afresh"]:
        afresh()
    else:
        main(" ".join(sys.argv[1:]) or "What changes")
