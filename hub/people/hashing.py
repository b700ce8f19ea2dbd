"""Passphrases at rest: argon2id, tried in a time that does not say whose they are."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB: Final = 19 * 1024
PASSES: Final = 2
LANES: Final = 1
"""Source: OWASP password storage, argon2id with m=19456, t=2, p=1."""

TRIES: Final = 3
"""How many hashes every sign-in costs. One e-mail may be known to that many agencies of a hub
before trying it takes longer than trying an unknown one."""

_hasher: Final = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A stored form the passphrase fits, and the one to keep from now on."""

    stored: str
    renewed: str


def stored_form(passphrase: str) -> str:
    """What the store keeps of a passphrase. Takes about 20 ms: never beside a database."""
    return _hasher.hash(passphrase)


def tried(passphrase: str, stored: Sequence[str]) -> list[Fitting]:
    """Which of the stored forms this passphrase fits; none is the ordinary refusal.

    The work is that of TRIES hashes whether no, one or three accounts have the e-mail, and those
    made with older parameters are made anew when they fit.
    """
    dummies = [DUMMY] * (TRIES - len(stored))
    fitting = [each for each in [*stored, *dummies] if _fits(each, passphrase)]
    return [Fitting(each, _renewed(each, passphrase)) for each in fitting]


def _fits(stored: str, passphrase: str) -> bool:
    try:
        return _hasher.verify(stored, passphrase)
    except (VerificationError, InvalidHashError):
        return False


def _renewed(stored: str, passphrase: str) -> str:
    return stored_form(passphrase) if _hasher.check_needs_rehash(stored) else stored


def _dummy() -> str:
    """A stored form of today's cost that no passphrase fits: its hash is 32 bytes of zero."""
    salt, made = (base64.b64encode(bytes(n)).decode("ascii").rstrip("=") for n in (16, 32))
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${made}"


DUMMY: Final = _dummy()
