"""Cuts JSON text into the values of a list without parsing them, at the speed of one expression.

It only counts brackets and steps over texts, so it needs no memory beyond the file, and it finds
where a record ends even when the record is broken inside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SPACE: Final = re.compile(rb"[ \t\r\n]*+")
TEXT: Final = re.compile(rb'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"')
# Whatever is no bracket, then a run of brackets of one kind. A text that does not end on its line
# is broken: then its quote alone stands where the brackets would.
STRETCH: Final = re.compile(
    rb'(?:[^"\[\]{}]++|' + TEXT.pattern + rb')*+(?:(?P<open>[\[{]++)|(?P<close>[\]}]++)|")'
)
BARE: Final = re.compile(rb'"[^,\]}\n]*+|[^,\[\]{}"\s]++')


class OutOfPlace(ValueError):
    """Not JSON: the byte at `position` cannot stand there, or the text ends where it may not."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


@dataclass(frozen=True, slots=True)
class Cut:
    """One value: bytes `start` up to and without `end`, nested `depth` levels deep."""

    start: int
    end: int
    depth: int


class Cutter:
    """Walks over `buffer` from `position`; every method leaves `position` behind what it read."""

    def __init__(self, buffer: bytes, position: int = 0) -> None:
        self.buffer = buffer
        self.position = position

    def next_byte(self) -> bytes:
        """The next byte that is not space; empty at the end."""
        space = SPACE.match(self.buffer, self.position)
        assert space is not None  # noqa: S101 (it also matches nothing)
        self.position = space.end()
        return self.buffer[self.position : self.position + 1]

    def take(self, byte: bytes) -> bool:
        """Step over `byte` if it comes next."""
        if self.next_byte() != byte:
            return False
        self.position += 1
        return True

    def expect(self, byte: bytes) -> None:
        """Step over `byte`, which must come next."""
        if not self.take(byte):
            raise OutOfPlace(self.position)

    def value(self) -> Cut:
        """The next value, whole. Its inside is not looked at."""
        first = self.next_byte()
        if first in (b"{", b"["):
            cut = self._nested()
        else:
            bare = TEXT.match(self.buffer, self.position) or BARE.match(self.buffer, self.position)
            if bare is None:
                raise OutOfPlace(self.position)
            cut = Cut(bare.start(), bare.end(), 0)
        self.position = cut.end
        return cut

    def items(self) -> Iterator[Cut]:
        """Each value of the list that comes next."""
        self.expect(b"[")
        if self.take(b"]"):
            return
        yield self.value()
        while not self.take(b"]"):
            self.expect(b",")
            yield self.value()

    def names(self) -> Iterator[bytes]:
        """Each name of the object that comes next, with its quotes.

        Whoever asks for the next name must have stepped over the value of this one.
        """
        self.expect(b"{")
        if self.take(b"}"):
            return
        yield self._name()
        while not self.take(b"}"):
            self.expect(b",")
            yield self._name()

    def finish(self) -> None:
        """Nothing but space may follow."""
        if self.next_byte():
            raise OutOfPlace(self.position)

    def _name(self) -> bytes:
        self.next_byte()
        name = TEXT.match(self.buffer, self.position)
        if name is None:
            raise OutOfPlace(self.position)
        self.position = name.end()
        self.expect(b":")
        return name.group()

    def _nested(self) -> Cut:
        depth = deepest = 0
        position = self.position
        while stretch := STRETCH.match(self.buffer, position):
            position = stretch.end()
            opened, closed = stretch.end("open"), stretch.end("close")
            if opened >= 0:
                depth += opened - stretch.start("open")
                deepest = max(deepest, depth)
            elif closed >= 0 and closed - stretch.start("close") >= depth:
                return Cut(self.position, stretch.start("close") + depth, deepest)
            elif closed >= 0:
                depth -= closed - stretch.start("close")
        raise OutOfPlace(len(self.buffer))
