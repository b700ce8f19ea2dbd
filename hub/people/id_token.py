"""What an identity provider's ID token must say before anybody is let in on its word."""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from hub.people.sessions import LONGEST
from hub.people.subjects import Vouched

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
"""Pinned: neither "none" nor anything keyed with a secret, whatever the token's header says."""

SLACK: Final = timedelta(minutes=1)
"""How far two clocks may be apart."""

FRESH: Final = timedelta(minutes=10)
LONGEST_SUBJECT: Final = 255


class TokenRefused(Exception):
    """The token does not prove who came. The one argument is a code for the log, never a value."""


class UnknownKey(TokenRefused):
    """It names a key that was not published when the keys were last fetched."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What this very sign-in may be answered with."""

    issuer: str
    client: str
    nonce: str = field(repr=False)
    access_token: str = field(repr=False)
    at: datetime


def vouched_for(token: str, keys: KeySet, expected: Expected) -> Vouched:
    """Whom the token vouches for.

    Raises:
        UnknownKey: signed with a key that is not among `keys`.
        TokenRefused: anything else is not as OpenID Connect Core 1.0, section 3.1.3.7, demands:
            signature under a pinned algorithm, exact issuer, this client as the only audience,
            not ended, made within ten minutes, our nonce, and an access token that belongs to it.
    """
    claims = _read(token, keys)
    _refuse_foreign(claims, expected)
    _refuse_untimely(claims, expected.at)
    _refuse_replayed(claims, expected.nonce)
    _refuse_swapped(claims, expected.access_token)
    name, email = _shown(claims, "name"), _shown(claims, "email")
    return Vouched(expected.issuer, _subject(claims), name, email)


def _read(token: str, keys: KeySet) -> Mapping[str, Any]:
    """The claims, once the signature holds."""
    try:
        return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except InvalidKeyIdError as unknown:
        raise UnknownKey("key") from unknown
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as broken:
        raise TokenRefused("signature") from broken


def _refuse_foreign(claims: Mapping[str, Any], expected: Expected) -> None:
    """From this issuer, for this client and for nobody else besides."""
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("iss")
    if claims.get("aud") not in (expected.client, [expected.client]):
        raise TokenRefused("aud")
    if claims.get("azp", expected.client) != expected.client:
        raise TokenRefused("azp")


def _refuse_untimely(claims: Mapping[str, Any], at: datetime) -> None:
    """Both ends are needed; `auth_time` only where the provider tells it."""
    now = at.timestamp()
    slack = SLACK.total_seconds()
    made, ends = _second(claims, "iat"), _second(claims, "exp")
    if ends + slack <= now:
        raise TokenRefused("exp")
    if made - slack > now or made + FRESH.total_seconds() + slack < now:
        raise TokenRefused("iat")
    if "nbf" in claims and _second(claims, "nbf") - slack > now:
        raise TokenRefused("nbf")
    if "auth_time" in claims:
        signed_in = _second(claims, "auth_time")
        if signed_in + LONGEST.total_seconds() + slack < now:
            raise TokenRefused("auth_time")


def _second(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e11:
        raise TokenRefused(name)
    return float(value)


def _refuse_replayed(claims: Mapping[str, Any], nonce: str) -> None:
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise TokenRefused("nonce")


def _refuse_swapped(claims: Mapping[str, Any], access_token: str) -> None:
    """`at_hash`, where told, is the left half of the access token's hash. Every pinned algorithm
    hashes with SHA-256."""
    if "at_hash" not in claims:
        return
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    made = base64.urlsafe_b64encode(half).decode("ascii").rstrip("=")
    said = claims["at_hash"]
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), made.encode()):
        raise TokenRefused("at_hash")


def _subject(claims: Mapping[str, Any]) -> str:
    said = claims.get("sub")
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST_SUBJECT or not said.isprintable():
        raise TokenRefused("sub")
    return said


def _shown(claims: Mapping[str, Any], name: str) -> str:
    """Words for the administrator to read: one line, bounded, no reason to let anybody in."""
    said = claims.get(name)
    if not isinstance(said, str):
        return ""
    kept = "".join(c for c in said if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return unicodedata.normalize("NFC", kept)[:200].strip()
