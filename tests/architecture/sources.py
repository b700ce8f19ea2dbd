"""What the architecture tests read: our own source files and templates."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("hub", "pathways", "conferencing")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path from the top of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    def functions(self) -> Iterator[Function]:
        """Every function and method in it."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below these folders; the product's when none is named."""
    found = []
    for folder in folders or PRODUCT:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" not in path.parts:
                text = path.read_text("utf-8")
                found.append(Source(path, text, ast.parse(text)))
    return tuple(found)


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """Every template: its name and its text."""
    folder = ROOT / "templates"
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt", ".svg"})
    return tuple((path.relative_to(folder).as_posix(), path.read_text("utf-8")) for path in files)


def is_migration(source: Source) -> bool:
    """Whether a file is history, which nobody edits."""
    return "hub/store/migrations/versions/" in source.name
