"""Chromium for the tests that need a real browser, without a word to anyone outside."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
QUIET = (
    "--no-sandbox",  # as root in a container there is no sandbox to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """Where Chromium is on this machine, or None; LINDEN_TEST_CHROMIUM names another."""
    named = os.environ.get("LINDEN_TEST_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    return found or (ON_A_MAC if Path(ON_A_MAC).is_file() else None)


@contextmanager
def open_browser() -> Iterator["Browser"]:
    """A fresh browser; skips the test where there is none, never where LINDEN_CI is set."""
    path = chromium_path()
    if path is None:
        if os.environ.get("LINDEN_CI"):
            pytest.fail("this machine has no Chromium, and the browser tests may not be skipped")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
