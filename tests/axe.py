"""Ask axe-core whether a page open in a browser can be used by everybody."""

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.npm import TESTS, npm_package

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """The text of axe-core, of the version pinned in tests/browser."""
    installed = npm_package(TESTS / "browser")
    return (installed / "node_modules/axe-core/axe.min.js").read_text("utf-8")


def barriers(page: "Page") -> list[str]:
    """One line for each thing axe-core finds wrong on the page, with where; empty is the wish."""
    page.evaluate(axe_source())
    found: list[dict[str, Any]] = page.evaluate(
        "async (tags) => (await axe.run(document, {runOnly: tags})).violations", RULES
    )
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]
