"""Whatever the bytes, reading a directory file ends: records told apart, or one clear refusal."""

import json
from typing import Any

import pytest

hypothesis = pytest.importorskip("hypothesis")
from hypothesis import given, settings  # noqa: E402 -- only where it is installed
from hypothesis import strategies as st  # noqa: E402

from pathways.directory.gathering import gather  # noqa: E402
from pathways.directory.reading import FileRefused, Found, records  # noqa: E402
from tests.directory_files import collection, feature, hsds_location, hsds_service  # noqa: E402

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
FIELDS = sorted({*feature()["properties"], *hsds_service(), *hsds_location(), "attributes"})
BRACKETS = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\n", b" ", b"/*"]
WORDS = [b'"features"', b'"contents"', b'{"id":1}', b"NaN", b"1e999", b'"\\ud800"']
STRAY = [b"\xff", b"\x00", b"\xef\xbb\xbf"]
PIECES = st.sampled_from([*BRACKETS, *WORDS, *STRAY])


def all_told(content: bytes, *, lines: bool) -> None:
    """Read it all; every record is in a draft or in quarantine, once."""
    found: list[Found] = []

    def seen() -> Any:
        for one in records(content, lines=lines):
            assert content[one.byte - 1 : one.byte - 1 + len(one.raw)] == one.raw
            assert one.line == content[: one.byte - 1].count(b"\n") + 1
            found.append(one)
            yield one

    try:
        gathered = gather(seen(), lambda _done: None)
    except FileRefused:
        return
    placed = [one for placed in gathered.placed for one in placed.found]
    assert len(placed) + len(gathered.quarantined) == len(found)
    assert all(held.reason and held.reason.isprintable() for held in gathered.quarantined)


@given(st.binary(max_size=400), st.booleans())
@settings(deadline=None, max_examples=300)
def test_any_bytes_at_all_are_told_apart_or_refused(content: bytes, lines: bool) -> None:
    all_told(content, lines=lines)


@given(st.lists(PIECES, max_size=40), st.booleans())
@settings(deadline=None, max_examples=500)
def test_pieces_of_json_in_any_order_are_told_or_refused(pieces: list[bytes], lines: bool) -> None:
    all_told(b"".join(pieces), lines=lines)


@given(st.lists(ANY_JSON, max_size=5), st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_json_at_all_is_told_apart_or_refused(values: list[Any], lines: bool) -> None:
    text = "\n".join(map(json.dumps, values)) if lines else json.dumps(values)
    all_told(text.encode(), lines=lines)


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_good_record_with_anything_put_into_it_never_breaks(data: Any) -> None:
    name, value = data.draw(st.sampled_from(FIELDS)), data.draw(ANY_JSON)
    for record in (feature(), hsds_service()):
        holder: dict[str, Any] = data.draw(st.sampled_from(_objects_in(record)))
        holder[name] = value
        all_told(json.dumps([record]).encode(), lines=False)


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_a_good_file_with_bytes_changed_never_breaks(data: Any) -> None:
    content = bytearray(collection(feature(1), feature(2)))
    for _change in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    all_told(bytes(content[: data.draw(st.integers(0, len(content)))]), lines=False)


def _objects_in(value: Any) -> list[dict[str, Any]]:
    """Every object of a record, itself first."""
    if isinstance(value, dict):
        return [value, *(one for inner in value.values() for one in _objects_in(inner))]
    return [one for inner in value for one in _objects_in(inner)] if isinstance(value, list) else []
