"""What every template keeps to, whoever writes it."""

import re
from pathlib import Path

import pytest

from hub.web.components import PageEnvironment
from hub.web.places import TEMPLATES

TEMPLATE_FILES = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})
LONGEST = 100
ENVIRONMENT = PageEnvironment()
ENVIRONMENT.filters |= {"local": str, "day": str}  # the renderer's own, which need a hub

FORBIDDEN = {
    "a style of its own": r"\sstyle\s*=|<style\b",
    "a handler of its own": r"\son[a-z]+\s*=\s*[\"']",
    "a script of its own": r"<script(?![^>]*\bnonce=)",
    "words taken as markup": r"\|\s*safe\b|Markup|autoescape\s+false|xmlattr",
    "an address elsewhere": r"(?:href|src|action)\s*=\s*[\"'](?:https?:)?//",
}


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=name_of)
def test_a_template_reads_without_a_mistake_and_stays_short(path: Path) -> None:
    ENVIRONMENT.get_template(name_of(path))
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=name_of)
def test_a_template_holds_nothing_that_could_run_or_call_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=name_of)
def test_a_page_takes_the_common_frame_and_its_constant_title(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<title>" not in text or name_of(path) in {"layout.html", "plain.html"} or "<svg" in text


def test_lock_files_say_nothing_of_where_packages_come_from() -> None:
    root = Path(__file__).resolve().parents[2]
    locks = [*root.glob("hub/**/package-lock.json"), *root.glob("tests/*/package-lock.json")]
    assert len(locks) >= 3
    for lock in locks:
        text = lock.read_text("utf-8")
        assert '"resolved"' not in text
        assert '"integrity"' in text
