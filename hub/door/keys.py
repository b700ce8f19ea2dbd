"""The keys and the three things done with them: derive, seal an entry, seal a key to a holder."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.core.errors import SealBroken

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
PADDING: Final = 64
"""Entries are padded to a multiple of this many bytes, so that length says little."""

SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
"""RFC 9180 in base mode."""


@dataclass(frozen=True, slots=True)
class Root:
    """The root key, from which every key of the house itself is derived."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise SealBroken("a root key has 32 bytes")

    def __repr__(self) -> str:
        return "Root(...)"

    def derive(self, use: str) -> bytes:
        """32 bytes for one use (RFC 5869)."""
        made = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"linden/{use}/1".encode())
        return made.derive(self.secret)


@dataclass(frozen=True, slots=True)
class Binding:
    """What a wrapped key is bound to, so that none of it can be edited afterwards."""

    envelope: str
    holder: str
    ground: str
    record: str
    until: datetime
    opens_at: datetime | None

    def info(self) -> bytes:
        """The HPKE info string; a share without a wait is bound as the first release bound it."""
        waits = (self.opens_at.isoformat(),) if self.opens_at else ()
        return "|".join(
            (
                "linden/share/1",
                self.envelope,
                self.holder,
                self.ground,
                self.record,
                self.until.isoformat(),
                *waits,
            )
        ).encode()


def new_key() -> bytes:
    """A fresh envelope key."""
    return os.urandom(KEY_BYTES)


def lock(key: bytes, body: Mapping[str, str], bound_to: str) -> bytes:
    """Seal an entry's body: nonce and ciphertext. `bound_to` is authenticated, not hidden."""
    plain = json.dumps(dict(body), ensure_ascii=False, separators=(",", ":")).encode()
    plain += b" " * (-len(plain) % PADDING)
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unlock(key: bytes, sealed: bytes, bound_to: str) -> dict[str, str]:
    """The body again.

    Raises:
        SealBroken: the ciphertext or what it is bound to was changed.
    """
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
    except InvalidTag as broken:
        raise SealBroken("an entry was changed outside the door") from broken
    body: dict[str, str] = json.loads(plain)
    return body


def wrap(key: bytes, public: bytes, binding: Binding) -> bytes:
    """An envelope key sealed to a holder's public key."""
    return SUITE.encrypt(key, X25519PublicKey.from_public_bytes(public), info=binding.info())


def unwrap(wrapped: bytes, private: X25519PrivateKey, binding: Binding) -> bytes:
    """The envelope key again.

    Raises:
        SealBroken: the wrapped key, or something it is bound to, was changed.
    """
    try:
        return SUITE.decrypt(wrapped, private, info=binding.info())
    except InvalidTag as broken:
        raise SealBroken("a share was changed outside the door") from broken
