"""Marks and secrets under the hub's own derived key: a copy of the store says nothing of them."""

import base64
import hmac
from hashlib import sha256
from typing import Final

from hub.core.errors import SealBroken
from hub.door.keys import KEY_BYTES, lock, unlock

WORDS: Final = "words"


def mark(key: bytes, use: str, *parts: str) -> str:
    """43 URL-safe characters that only the holder of `key` can make again.

    Args:
        key: the hub's signing key, derived from the root key.
        use: what the mark is for; marks for two uses have nothing in common.

    Raises:
        SealBroken: the hub was opened without its signing key.

    Source: HMAC-SHA-256 (RFC 2104); each part is preceded by its length, so none runs into the next
    """
    if len(key) != KEY_BYTES:
        raise SealBroken("the hub has no signing key")
    said = [part.encode() for part in (use, *parts)]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in said)
    made = hmac.digest(key, framed, sha256)
    return base64.urlsafe_b64encode(made).decode("ascii").rstrip("=")


def same(one: str, other: str) -> bool:
    """Whether two marks are equal, in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def sealed_words(key: bytes, words: str, bound_to: str) -> bytes:
    """A secret as it may lie in the store."""
    return lock(_sealing(key), {WORDS: words}, bound_to)


def opened_words(key: bytes, locked: bytes, bound_to: str) -> str:
    """The secret again.

    Raises:
        SealBroken: it was changed, or belongs to something else.
    """
    return unlock(_sealing(key), locked, bound_to)[WORDS]


def _sealing(key: bytes) -> bytes:
    """The key for secrets is one step further, so that no mark is ever a key."""
    return hmac.digest(key, b"linden/secrets/1", sha256)
