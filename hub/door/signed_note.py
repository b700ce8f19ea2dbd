"""Signed notes: a short text with its author's Ed25519 signature under it (C2SP signed-note)."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ED25519: Final = b"\1"
KEY_BYTES: Final = 32
ID_BYTES: Final = 4
DASH: Final = "\N{EM DASH} "
LONGEST: Final = 64_000
"""A note of a checkpoint has some hundred characters, its proof some thousand."""
KEY: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")


class NotANote(ValueError):
    """This is no signed note, or no key; the message says what is missing."""


class NotSigned(ValueError):
    """The note was not signed with this key, or was changed since; the message says which."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The public half: a name and a key, written as NAME+ID+KEY."""

    name: str
    public: bytes

    @classmethod
    def read(cls, typed: str) -> Self:
        """A key as `str` writes it.

        Raises:
            NotANote: it is not one, or a character of it is wrong.
        """
        found = KEY.fullmatch(typed.strip())
        if found is None:
            raise NotANote("A key looks like name+1a2b3c4d+AbCd…=")
        kept = decoded(found[3])
        made = cls(found[1], kept[1:])
        if kept[:1] != ED25519 or len(kept) != KEY_BYTES + 1 or made.id.hex() != found[2]:
            raise NotANote("A character of this key is wrong")
        return made

    @property
    def id(self) -> bytes:
        """Four bytes that say which key signed."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half."""

    name: str
    secret: bytes = field(repr=False)

    @property
    def key(self) -> NoteKey:
        """What everybody may know of it."""
        made = Ed25519PrivateKey.from_private_bytes(self.secret).public_key()
        return NoteKey(self.name, made.public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note over a text, which ends with a line's end and has no empty line."""
        if not text.endswith("\n") or "\n\n" in text:
            raise NotANote("A note's text is of whole lines, none of them empty")
        made = Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())
        return f"{text}\n{DASH}{self.name} {encoded(self.key.id + made)}\n"


def opened(note: str, key: NoteKey) -> str:
    """The text of a note that this key signed. Signatures of others are passed over.

    Raises:
        NotANote: it has no text with signatures under it.
        NotSigned: it was signed with another key, or it was changed since.
    """
    text, signatures = parted(note)
    for signature in signatures:
        name, _space, said = signature.partition(" ")
        if name == key.name and decoded(said)[:ID_BYTES] == key.id:
            _refuse_changed(text, decoded(said)[ID_BYTES:], key)
            return text
    raise NotSigned("it was signed with another key")


def parted(note: str) -> tuple[str, list[str]]:
    """A note's text and what stands in its lines of signatures.

    The ends of lines and what stands around the note are forgiven: notes travel by mail.

    Raises:
        NotANote: it has no text with signatures under it.
    """
    if len(note) > LONGEST:
        raise NotANote("it is longer than any checkpoint")
    plain = note.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n").strip()
    text, between, below = plain.rpartition("\n\n")
    lines = below.split("\n")
    if not between or not text or not all(line.startswith(DASH) for line in lines):
        raise NotANote("it is no checkpoint: the lines with its signature are missing")
    return text + "\n", [line.removeprefix(DASH) for line in lines]


def _refuse_changed(text: str, made: bytes, key: NoteKey) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(made, text.encode())
    except InvalidSignature as wrong:
        raise NotSigned("it was changed after it was signed") from wrong


def encoded(kept: bytes) -> str:
    """Base64 (RFC 4648, 4)."""
    return base64.b64encode(kept).decode("ascii")


def decoded(said: str) -> bytes:
    """The bytes again.

    Raises:
        NotANote: it is not base64.
    """
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise NotANote("it is no checkpoint: a line that should be base64 is not") from wrong
