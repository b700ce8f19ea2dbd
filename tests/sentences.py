"""Every sentence of the product that can be said another way, found by reading its source."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Final

from jinja2 import Environment

from tests.architecture.sources import Source, sources, templates

MARKS: Final = {"_", "lazy", "ngettext"}
MADE_UP: Final = "hub/demo/"
"""The made-up town's people are spoken of in texts of its own."""


@cache
def marked() -> frozenset[str]:
    """The sentences that templates and code mark for translation, and the labels of closed lists.

    Of a sentence with two forms, both.
    """
    found = {each for _name, text in templates() for each in _of_template(text)}
    for source in sources():
        found |= {*_calls(source), *_labels(source)}
    return frozenset(found)


def _of_template(text: str) -> Iterator[str]:
    environment = Environment(  # noqa: S701 -- it only reads
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )
    for _line, _function, said in environment.extract_translations(text):
        for each in said if isinstance(said, tuple) else (said,):
            if each:
                yield each


def _calls(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MARKS:
            yield from _strings(node.args)


def _labels(source: Source) -> Iterator[str]:
    """The second half of each member of a Worded."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and "Worded" in map(ast.unparse, node.bases):
            pairs = [each.value for each in node.body if isinstance(each, ast.Assign)]
            yield from _strings([e.elts[1] for e in pairs if isinstance(e, ast.Tuple)])


def _strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def unmarked() -> Iterator[tuple[str, str]]:
    """Every other string in the code that is no docstring: its place, and what it says."""
    for source in sources():
        if source.name.startswith(MADE_UP):
            continue
        silent = {id(each) for each in _docstrings(source.tree)}
        spoken = [each for each in ast.walk(source.tree) if isinstance(each, ast.Constant)]
        for node in spoken:
            said = node.value if id(node) not in silent else None
            if isinstance(said, str) and said not in marked():
                yield f"{source.name}:{node.lineno}", said


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
