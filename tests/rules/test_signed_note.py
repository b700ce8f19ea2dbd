"""A short text carries its author's signature, as every reader of such notes expects it."""

import base64
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.door.signed_note import NotANote, NoteKey, NotSigned, Signer, opened

KEY: Final = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SECRET: Final = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT: Final = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
NOTE: Final = (
    f"{TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfq"
    "dngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example with which the format was published, key, text and signature."""

OURS: Final = Signer("linden/log/1", bytes(range(32)))
LINE: Final = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30
)
WHOLE_LINES: Final = st.lists(LINE.filter(lambda line: line == line.strip()), min_size=1).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


def test_the_published_example_is_opened_by_its_key() -> None:
    assert opened(NOTE, NoteKey.read(KEY)) == TEXT


def test_the_published_secret_signs_as_it_was_published() -> None:
    signer = Signer("PeterNeumann", SECRET)
    assert (str(signer.key), signer.sign(TEXT)) == (KEY, NOTE)


@given(WHOLE_LINES)
def test_whatever_was_signed_is_opened_again(text: str) -> None:
    assert opened(OURS.sign(text), OURS.key) == text


@given(st.data())
def test_a_note_with_any_letter_changed_is_never_opened(data: st.DataObject) -> None:
    note = OURS.sign("linden/log/1\n7\nroot\n")
    at = data.draw(st.integers(0, len(note) - 2))
    other = data.draw(st.sampled_from("aZ09+/=\n ").filter(lambda letter: letter != note[at]))
    changed = note[:at] + other + note[at + 1 :]
    try:
        assert opened(changed, OURS.key) == "linden/log/1\n7\nroot\n"
    except (NotANote, NotSigned):
        return
    assert changed.strip() == note.strip()


def test_signatures_of_others_are_passed_over() -> None:
    other = Signer("somebody", bytes(32)).sign(TEXT).splitlines()[-1]
    same_name = Signer(OURS.name, bytes(32)).sign(TEXT).splitlines()[-1]
    text, own = OURS.sign(TEXT).split("\n\n")
    note = f"{text}\n\n{other}\n{same_name}\n{own}"
    assert opened(note, OURS.key) == TEXT
    with pytest.raises(NotSigned, match="another key"):
        opened(note, Signer("nobody", bytes(32)).key)


@pytest.mark.parametrize(
    "note",
    ["", "\n", "text\n", "text\n\n", "text\n\nno dash\n", "\n\n— a b\n", "text\n\n— a b\nc\n"],
)
def test_what_is_no_note_is_refused_as_none(note: str) -> None:
    with pytest.raises(NotANote):
        opened(note, OURS.key)


@pytest.mark.parametrize("text", ["", "no end", "an empty\n\nline\n"])
def test_a_text_that_could_be_read_two_ways_is_not_signed(text: str) -> None:
    with pytest.raises(NotANote):
        OURS.sign(text)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "PeterNeumann",
        KEY.replace("c74f20a3", "c74f20a4"),
        KEY.replace("PeterNeumann", "PeterNewmann"),
        KEY.replace("ARpc", "ARpd"),
        KEY.replace("ARpc", "AQpc"),
        KEY[:-4],
        KEY.replace("+AR", "+A!"),
    ],
)
def test_a_key_with_a_letter_wrong_is_refused(typed: str) -> None:
    with pytest.raises(NotANote):
        NoteKey.read(typed)


def test_the_secret_half_is_never_printed() -> None:
    assert "secret" not in repr(OURS)
    assert repr(bytes(range(4)))[2:-1] not in repr(OURS)
