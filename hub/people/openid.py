"""OpenID Connect: finding a provider, the way there, and what it says of who came back.

Nothing here touches the database: it is the slow work between two units of work.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from hub.people.id_token import Expected, TokenRefused, UnknownKey, vouched_for
from hub.people.reaching import (
    PATIENCE_SECONDS,
    BoundedTransport,
    Unreachable,
    read_json,
    refuse_address,
)
from hub.people.subjects import Vouched

SCOPE: Final = "openid profile email"
KEPT: Final = timedelta(minutes=10)
MOST_KEPT: Final = 64
WELL_KNOWN: Final = "/.well-known/openid-configuration"
SIGN_IN_ANEW: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Client:
    """The hub as one agency's provider knows it."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    way_back: str
    near: bool  # whether plain http to this very machine is allowed


@dataclass(frozen=True, slots=True)
class Secrets:
    """What ties one sign-in to one browser: made from its cookie, kept nowhere."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brought back."""

    code: str = field(repr=False)
    issuer: str | None  # RFC 9207, where the provider sends it


@dataclass(frozen=True, slots=True)
class Published:
    """What a provider says of itself."""

    authorization: str
    token: str
    jwks: str
    keys: KeySet
    tells_issuer: bool
    takes_basic: bool
    read_at: datetime


class _Memory:
    """What providers published, for ten minutes."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Published] = OrderedDict()
        self._guard = Lock()

    def find(self, issuer: str, at: datetime) -> Published | None:
        with self._guard:
            known = self._known.get(issuer)
        return known if known and abs(at - known.read_at) < KEPT else None

    def keep(self, issuer: str, published: Published) -> Published:
        with self._guard:
            self._known[issuer] = published
            self._known.move_to_end(issuer)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return published


_memory: Final = _Memory()


def look_up(client: Client, at: datetime, *, anew: bool = False) -> Published:
    """What the provider publishes, from memory unless `anew`.

    Raises:
        Unreachable: it does not answer, or says it is somebody else.
    """
    known = None if anew else _memory.find(client.issuer, at)
    return known or _memory.keep(client.issuer, _read(client, at))


def _read(client: Client, at: datetime) -> Published:
    issuer = refuse_address(client.issuer, near=client.near)
    said = read_json(issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != client.issuer:
        raise Unreachable("issuer")
    authorization, token, jwks = (
        refuse_address(said.get(name), near=client.near)
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Published(
        authorization=authorization,
        token=token,
        jwks=jwks,
        keys=_signing_keys(read_json(jwks)),
        tells_issuer=said.get("authorization_response_iss_parameter_supported") is True,
        takes_basic="client_secret_basic" in methods,
        read_at=at,
    )


def _signing_keys(published: dict[str, Any]) -> KeySet:
    """The public keys that may sign: never a shared secret, nor a key for encrypting.

    Raises:
        Unreachable: there is none.
    """
    listed = published.get("keys")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    usable = [row for row in rows if row.get("kty") in {"RSA", "EC"} and row.get("use") != "enc"]
    try:
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError) as unusable:
        raise Unreachable("keys") from unusable


def way_there(client: Client, published: Published, secrets: Secrets) -> str:
    """The address at the provider to send the browser to: code flow, PKCE with S256."""
    with _oauth(client, published) as oauth:
        address, _state = oauth.create_authorization_url(
            published.authorization,
            state=secrets.state,
            code_verifier=secrets.verifier,
            nonce=secrets.nonce,
            max_age=str(int(SIGN_IN_ANEW.total_seconds())),
        )
    return str(address)


def who_came(client: Client, secrets: Secrets, returned: Returned, at: datetime) -> Vouched:
    """Redeem the code, and read whom the provider vouches for.

    Raises:
        Unreachable: the provider does not answer.
        TokenRefused: it does not vouch for anybody.
    """
    published = look_up(client, at)
    _refuse_mixed_up(client, published, returned)
    token = _redeem(client, published, secrets, returned)
    id_token, access_token = token.get("id_token"), token.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise TokenRefused("no token")
    expected = Expected(client.issuer, client.client, secrets.nonce, access_token, at)
    try:
        return vouched_for(id_token, published.keys, expected)
    except UnknownKey:
        return vouched_for(id_token, look_up(client, at, anew=True).keys, expected)


def _refuse_mixed_up(client: Client, published: Published, returned: Returned) -> None:
    """The answer must be this provider's own. Source: RFC 9207, section 2.4."""
    silent = returned.issuer is None and not published.tells_issuer
    if not silent and returned.issuer != client.issuer:
        raise TokenRefused("iss of the answer")


def _redeem(
    client: Client, published: Published, secrets: Secrets, returned: Returned
) -> dict[str, Any]:
    try:
        with _oauth(client, published) as oauth:
            token: dict[str, Any] = oauth.fetch_token(
                published.token, code=returned.code, code_verifier=secrets.verifier
            )
    except AuthlibBaseError as refused:
        raise TokenRefused("code") from refused
    except (httpx2.HTTPError, ValueError, RecursionError) as lost:
        raise Unreachable("token") from lost
    return token


def _oauth(client: Client, published: Published) -> OAuth2Client:
    return OAuth2Client(
        client.client,
        client.secret,
        token_endpoint_auth_method=(
            "client_secret_basic" if published.takes_basic else "client_secret_post"
        ),
        scope=SCOPE,
        redirect_uri=client.way_back,
        code_challenge_method="S256",
        timeout=PATIENCE_SECONDS,
        transport=BoundedTransport(),
        follow_redirects=False,
    )
