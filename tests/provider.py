"""A real identity provider: the oidc-provider package, in a Node process of its own."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from hub.web.assets.build import NotBuilt
from tests.npm import TESTS, node_program, npm_package

CLIENT: Final = "linden"
SECRET: Final = "a secret of forty characters, at least so"  # noqa: S105 -- of a test's provider


class Provider:
    """The running process; what it is told takes effect before the call returns."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self._running = running
        self.issuer: str = self._heard()["issuer"]

    def tell(self, **told: Any) -> None:
        """See server.js for what it can be told."""
        assert self._running.stdin is not None
        self._running.stdin.write(json.dumps(told) + "\n")
        self._running.stdin.flush()
        assert self._heard() == {"done": True}

    def _heard(self) -> dict[str, Any]:
        """The next line that is for us; the package prints advice of its own besides."""
        assert self._running.stdout is not None
        for line in self._running.stdout:
            if line.startswith("{"):
                said: dict[str, Any] = json.loads(line)
                return said
        raise RuntimeError("the identity provider did not start")


def packages() -> Path:
    """Where oidc-provider is installed. Skips, saying so, where it cannot be; never in CI."""
    try:
        return npm_package(TESTS / "oidc")
    except NotBuilt as why:
        if os.environ.get("LINDEN_CI"):
            raise
        pytest.skip(f"no identity provider to test with: {why}")


@contextmanager
def provider_running(folder: Path) -> Iterator[Provider]:
    """A provider in a process that ends with the block. `folder` holds the script meanwhile."""
    script = folder / "server.mjs"
    shutil.copy(TESTS / "oidc" / "server.js", script)
    modules = folder / "node_modules"
    modules.symlink_to(packages() / "node_modules")
    with subprocess.Popen(
        [node_program(), str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        try:
            yield Provider(running)
        finally:
            running.terminate()
