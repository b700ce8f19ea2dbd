"""A terminal in a test: commands as real processes, and what a refusal must look like."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LINDEN: Final = (sys.executable, "-m", "hub")
PATIENCE: Final = 60


@dataclass(frozen=True, slots=True)
class Shell:
    """Somebody's terminal: a folder of their own, and what their environment says."""

    home: Path
    says: dict[str, str]

    def run(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Type one command and wait until it is done."""
        return subprocess.run(
            [*LINDEN, *words],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a command."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINDEN_")}
        return kept | self.says | more

    @contextmanager
    def running(self, *words: str, **more: str) -> "Iterator[subprocess.Popen[str]]":
        """A command that goes on until the test is over."""
        with subprocess.Popen(
            [*LINDEN, *words],
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as started:
            try:
                yield started
            finally:
                if started.poll() is None:
                    started.kill()


def shell_in(home: Path) -> Shell:
    """A terminal whose hub is, or will be, in `home`."""
    says = {
        "LINDEN_DATA": str(home / "data"),
        "LINDEN_ROOT_KEY_FILE": str(home / "root.key"),
        "TMPDIR": str(home),
    }
    return Shell(home, says)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def refused_in_one_line(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """A refusal is one line on standard error, names the command and says what to do."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("linden")
    for word in words:
        assert word in done.stderr
