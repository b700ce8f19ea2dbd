"""What `linden demo` says: who can sign in, and the story to follow, step by step."""

from collections.abc import Sequence
from textwrap import fill, indent
from typing import Final

from hub.demo.cast import Cast, Worker

PLAYERS: Final = ("Rosa Adeyemi", "Tomas Lind", "Yusuf Amin", "Ines Okafor")
WIDTH: Final = 88

STEPS: Final = ("...",)

BEGINNING: Final = """\
Linden answers at {address}

Everybody and everything in it is invented. It lies encrypted in a temporary folder and is gone
when this program ends (Ctrl+C). Everybody's passphrase is the same:

    {passphrase}

The four who play the story below, and everybody else who can sign in:
"""


def in_order(cast: Cast) -> list[Worker]:
    """Everybody who can sign in: those who play the story first, then agency by agency."""
    players = [cast.worker(name) for name in PLAYERS]
    return players + [worker for worker in cast.staff if worker not in players]


def told(cast: Cast, address: str, passphrase: str) -> str:
    """The whole message for the terminal."""
    people = in_order(cast)
    rows = [(worker.name, worker.email, worker.agency, worker.role) for worker in people]
    table = _columns(rows)
    return "\n".join(
        [
            BEGINNING.format(address=address, passphrase=passphrase),
            *table[: len(PLAYERS)],
            "",
            *table[len(PLAYERS) :],
            "",
            "The story:",
            "",
            *(_step(number, words) for number, words in enumerate(STEPS, 1)),
        ]
    )


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, each column as wide as its longest word."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(f"{word:{wide}}" for word, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _step(number: int, words: str) -> str:
    """One numbered step, its lines under each other."""
    lines = fill(words, WIDTH)
    return f"{number:>3}. {indent(lines, '     ').strip()}"
