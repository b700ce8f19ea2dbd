"""A directory file read record by record, each with its place; a bad one stops no other.

Three shapes are known: an object with a list under "features" (GeoJSON) or "contents" (a page of
HSDS), a plain list, and JSON lines. An object with neither list is one record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from hub.core.errors import HubError
from hub.core.language import _, lazy
from pathways.directory import strict
from pathways.directory.cutting import Cut, Cutter, OutOfPlace

MOST_NAMES: Final = 200
"""Names beside the list of records; HSDS pages have seven, GeoJSON four."""
LISTS: Final = frozenset({b'"features"', b'"contents"'})
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
NOT_UTF8: Final = (b"\xff\xfe", b"\xfe\xff")
PACKED: Final = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class FileRefused(HubError):
    """A file from which nothing can be taken, and nothing was."""

    status: ClassVar[int] = 422
    title: ClassVar[object] = lazy("That file cannot be read")


@dataclass(frozen=True, slots=True)
class Found:
    """One record where it stands in the file; `number`, `line` and `byte` all count from 1."""

    number: int
    line: int
    byte: int
    raw: bytes
    depth: int

    @property
    def place(self) -> str:
        """Where to look in the file."""
        return _("record {number}, line {line}, byte {byte}").format(
            number=self.number, line=self.line, byte=self.byte
        )


def records(buffer: bytes, *, lines: bool = False) -> Iterator[Found]:
    """Every record in `buffer`, in order.

    Args:
        buffer: bytes, or what can be sliced and searched like bytes (a memory map).
        lines: whether the file says by its name that it holds one record a line.

    Raises:
        FileRefused: it is empty, packed, in another encoding, no JSON at all, or ends too early.
            It can come after some records, so keep nothing before the last.
    """
    _look_at_start(buffer[:4])
    start = len(BYTE_ORDER_MARK) if buffer[:3] == BYTE_ORDER_MARK else 0
    first = Cutter(buffer, start).next_byte()
    if not first:
        raise FileRefused(_("The file is empty."))
    if lines or _one_a_line(buffer, start):
        cuts = _lines(buffer, start)
    elif first == b"[":
        cuts = _list(buffer, start)
    else:
        cuts = _object(buffer, start)
    try:
        yield from _numbered(buffer, cuts)
    except OutOfPlace as wrong:
        raise _not_json(buffer, wrong.position) from wrong


def _look_at_start(head: bytes) -> None:
    if head.startswith(PACKED):
        raise FileRefused(_("The file is packed. Unpack it first, then import what is inside."))
    if head.startswith(NOT_UTF8) or b"\x00" in head:
        raise FileRefused(_("The file is not UTF-8. Save it again as UTF-8, then import it."))


def _not_json(buffer: bytes, position: int) -> FileRefused:
    if position >= len(buffer):
        return FileRefused(
            _("The file ends in the middle of a record. It was cut off: fetch it again whole.")
        )
    line = buffer[:position].count(b"\n") + 1
    return FileRefused(
        _("The file is not JSON: see line {line}, byte {byte}.").format(
            line=line, byte=position + 1
        )
    )


def _numbered(buffer: bytes, cuts: Iterator[Cut]) -> Iterator[Found]:
    """Add number and line to each cut; line ends are counted once, from one record to the next."""
    line, counted = 1, 0
    for number, cut in enumerate(cuts, start=1):
        line += buffer[counted : cut.start].count(b"\n")
        counted = cut.start
        yield Found(number, line, cut.start + 1, buffer[cut.start : cut.end], cut.depth)


def _one_a_line(buffer: bytes, start: int) -> bool:
    """Whether an object ends on the line it began on and another begins on a line below."""
    cutter = Cutter(buffer, start)
    if cutter.next_byte() != b"{":
        return False
    try:
        cut = cutter.value()
    except OutOfPlace:
        return False
    between = buffer[cut.end : cutter.position] if cutter.next_byte() == b"{" else b""
    return b"\n" in between and b"\n" not in buffer[cut.start : cut.end]


def _lines(buffer: bytes, start: int) -> Iterator[Cut]:
    """Each line that is not blank; a broken line takes nothing with it."""
    while start < len(buffer):
        line_end = buffer.find(b"\n", start)
        line_end = len(buffer) if line_end < 0 else line_end
        line = buffer[start:line_end]
        if line.strip():
            yield Cut(start, line_end, _depth(line))
        start = line_end + 1


def _depth(line: bytes) -> int:
    """How deep the value on a line nests; what never closes is not JSON anyway."""
    try:
        return Cutter(line).value().depth
    except OutOfPlace:
        return 0


def _list(buffer: bytes, start: int) -> Iterator[Cut]:
    """Each value of the list that is the whole file."""
    cutter = Cutter(buffer, start)
    yield from cutter.items()
    cutter.finish()


def _object(buffer: bytes, start: int) -> Iterator[Cut]:
    """Each value of the list of records in an object; or the object, where it has no such list."""
    cutter = Cutter(buffer, start)
    about: dict[bytes, Cut] = {}
    listed = False
    for name in cutter.names():
        if name in about:
            raise FileRefused(_("The file says {name} twice.").format(name=_shown(name)))
        if len(about) == MOST_NAMES:
            raise FileRefused(_("The file is one object with too many names to be a directory."))
        if name in LISTS and cutter.next_byte() == b"[":
            listed, about[name] = True, Cut(0, 0, 0)
            yield from cutter.items()
        else:
            about[name] = cutter.value()
    cutter.finish()
    if not listed:
        yield Cutter(buffer, start).value()
        return
    for name, cut in about.items():
        _look_beside(name, buffer[cut.start : cut.end], cut.depth)


def _look_beside(name: bytes, raw: bytes, depth: int) -> None:
    """What stands beside the records must be JSON too, or the file is not what it seems."""
    if not raw:
        return
    try:
        strict.value(raw, depth)
    except strict.RecordRefused as wrong:
        raise FileRefused(
            _("The file is not JSON: {what} This is what it says of {name}.").format(
                what=wrong, name=_shown(name)
            )
        ) from wrong


def _shown(name: bytes) -> str:
    return strict.quoted(name.decode("utf-8", "replace").strip('"'))
