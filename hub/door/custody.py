"""Custody: who keeps the private halves of holder keys, behind one small interface."""

import os
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.core.errors import SealBroken, StepRefused
from hub.core.ids import HolderId
from hub.core.language import lazy
from hub.door.keys import NONCE_BYTES, Root

MOST_REMEMBERED: Final = 4096


class KeyOutOfReach(StepRefused):
    """Custody is such that nobody but a holder's own carriers can use its key."""

    def __init__(self) -> None:
        super().__init__(
            lazy(
                "On this hub only the care team itself can open its cases, in an emergency too. "
                "Call a supervisor."
            )
        )


@dataclass(frozen=True, slots=True)
class LockedHolder:
    """A holder's private half as it lies in the store."""

    holder: HolderId
    locked: bytes


class Custody(Protocol):
    """Opens and locks private halves. Nothing above may assume how."""

    def lock(self, holder: HolderId, private: X25519PrivateKey) -> bytes:
        """The private half in the form that may be stored."""
        ...

    def unlock(self, holder: LockedHolder) -> X25519PrivateKey:
        """The private half, for as long as a request lasts."""
        ...

    def lend(self, holder: LockedHolder) -> X25519PrivateKey:
        """The private half of a holder whose key nobody who is there carries, in an emergency.

        Raises:
            KeyOutOfReach: only those who carry the key can open it.
        """
        ...


class NoCustody:
    """Holds no key at all: for work that must never open anything."""

    def lock(self, _holder: HolderId, _private: X25519PrivateKey) -> bytes:
        """Refused: nothing is locked without a key to lock it with."""
        raise SealBroken("no key is kept here")

    def unlock(self, _holder: LockedHolder) -> X25519PrivateKey:
        """Refused."""
        raise SealBroken("no key is kept here")

    def lend(self, _holder: LockedHolder) -> X25519PrivateKey:
        """Refused."""
        raise SealBroken("no key is kept here")


class ServerCustody:
    """Private halves wrapped by a key derived from the root key: the default."""

    def __init__(self, root: Root) -> None:
        self._box = AESGCM(root.derive("custody"))
        self._opened: OrderedDict[HolderId, X25519PrivateKey] = OrderedDict()
        self._guard = Lock()

    def lock(self, holder: HolderId, private: X25519PrivateKey) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, private.private_bytes_raw(), holder.encode())

    def unlock(self, holder: LockedHolder) -> X25519PrivateKey:
        """The private half.

        Raises:
            SealBroken: the stored form was changed, or the root key is another one.
        """
        with self._guard:
            known = self._opened.get(holder.holder)
        if known is not None:
            return known
        sealed = holder.locked
        try:
            raw = self._box.decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], holder.holder.encode()
            )
        except InvalidTag as broken:
            raise SealBroken("a holder's key does not open under this root key") from broken
        return self._remember(holder.holder, X25519PrivateKey.from_private_bytes(raw))

    def lend(self, holder: LockedHolder) -> X25519PrivateKey:
        """The private half: whoever has the root key needs no carrier."""
        return self.unlock(holder)

    def _remember(self, holder: HolderId, private: X25519PrivateKey) -> X25519PrivateKey:
        with self._guard:
            self._opened[holder] = private
            if len(self._opened) > MOST_REMEMBERED:
                self._opened.popitem(last=False)
        return private
