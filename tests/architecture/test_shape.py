"""The budgets and habits of the house: what grows beyond them stops the build."""

import ast
import inspect
import re
from typing import Final

from importlinter.cli import lint_imports

from hub.app import all_routes
from tests.architecture.sources import ROOT, is_migration, sources

MOST_FILE_LINES: Final = 400
MOST_FUNCTION_LINES: Final = 50
MOST_HANDLER_LINES: Final = 12
MOST_PARAMETERS: Final = 5

MORE_PARAMETERS: Final = {
    "hub/door/holders.py make_holder": "a holder's five facts and its custody, all by name",
    "hub/door/tripwire.py _tripwire": "the engine calls it with these six",
    "hub/door/wall.py _tell": "the same",
    "hub/web/routes.py page": "a route's six facts, the last by name; it is a table's row",
}
FORBIDDEN_NAMES: Final = re.compile(r"(Manager|Service|Helper|Util|Handler|Base|Abstract)s?$")
THE_SERVICE_ITSELF: Final = {"Service"}
FORBIDDEN_WORDS: Final = {
    r"\bMarkup\b": "what is marked safe is not escaped",
    r"\bpickle\b": "unpickling runs what it reads",
    r"\bsimple_cycles\b|\ball_simple_paths\b|\bfind_cliques\b": "exponential on a hostile graph",
    r"\bBaseHTTPMiddleware\b": "it breaks streaming and context",
    r"\bBackgroundTasks?\b": "what must happen is a row in the outbox",
    r"\bSessionMiddleware\b": "its cookie is readable and cannot be revoked",
    r"\bauthlib\.jose\b": "deprecated; joserfc does this",
    r"datetime\.utcnow|datetime\.now\(\)": "moments are aware and come from the clock",
    r"\b(TODO|FIXME|XXX)\b": "finish it, or leave its room unbuilt",
}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {
        source.name: lines
        for source in sources("hub", "pathways", "conferencing", "tests")
        if (lines := source.text.count("\n")) > MOST_FILE_LINES and not is_migration(source)
    }
    assert not long


def test_no_function_is_longer_than_a_page() -> None:
    long = {
        f"{source.name} {node.name}": node.end_lineno - node.lineno + 1
        for source in sources("hub", "pathways", "conferencing", "tests")
        if not is_migration(source)
        for node in source.functions()
        if node.end_lineno and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    }
    assert not long


def test_handlers_fetch_and_act_and_answer_in_a_dozen_lines() -> None:
    long = {}
    for route in all_routes():
        source = inspect.getsource(route.handler)
        body = ast.parse(source).body[0]
        assert isinstance(body, ast.FunctionDef)
        after = body.body[1:] if ast.get_docstring(body) else body.body
        lines = (body.end_lineno or 0) - after[0].lineno + 1 if after else 0
        if lines > MOST_HANDLER_LINES:
            long[route.name] = lines
    assert not long


def test_functions_take_no_more_than_five_parameters() -> None:
    many = set()
    for source in sources():
        for node in source.functions():
            told = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            names = [each.arg for each in told if each.arg not in {"self", "cls"}]
            if len(names) > MOST_PARAMETERS:
                many.add(f"{source.name} {node.name}")
    assert many == set(MORE_PARAMETERS)


def test_every_import_goes_the_way_the_house_is_built() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_class_hides_behind_a_word_that_says_nothing() -> None:
    named = {
        f"{source.name} {node.name}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and FORBIDDEN_NAMES.search(node.name)
        and node.name not in THE_SERVICE_ITSELF
    }
    assert not named


def test_every_module_says_in_a_sentence_what_it_is() -> None:
    silent = [source.name for source in sources() if not ast.get_docstring(source.tree)]
    assert not silent


def test_nothing_dangerous_is_used_anywhere() -> None:
    found = [
        f"{source.name}: {word}: {why}"
        for source in sources()
        for word, why in FORBIDDEN_WORDS.items()
        if re.search(word, source.text)
    ]
    assert not found


def test_only_the_clock_knows_what_time_it_is() -> None:
    readers = [
        s.name
        for s in sources()
        if re.search(r"\b(datetime\.now|date\.today|time\.time)\(", s.text)
    ]
    assert readers == ["hub/core/clock.py"]


def test_test_names_are_sentences_of_five_words() -> None:
    short = [
        f"{source.name} {node.name}"
        for source in sources("tests")
        for node in source.functions()
        if node.name.startswith("test_") and len(node.name.split("_")) < 6
    ]
    assert not short
