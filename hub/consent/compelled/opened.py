"""What was typed about a duty or an order, opened by whoever carries a key to it."""

from collections.abc import Iterable, Mapping

from hub.core.ids import EnvelopeId
from hub.desk import Desk
from hub.door import open_entries

Words = Mapping[str, Mapping[str, str]]
"""For each use of an envelope, its parts; a use that nobody wrote or one cannot open is absent."""


def words_of(desk: Desk, row: object, uses: Iterable[str]) -> Words:
    """The bodies of a row's envelopes, by the names of the columns that hold them."""
    names = {use: getattr(row, use) for use in uses}
    wanted = [EnvelopeId(name) for name in names.values() if name]
    opened = open_entries(desk.db, desk.sight, wanted)
    return {
        use: opened[EnvelopeId(name)].body
        for use, name in names.items()
        if name and EnvelopeId(name) in opened
    }


def said(words: Words, use: str, part: str) -> str:
    """One part of one of them, or ""."""
    return words.get(use, {}).get(part, "")
