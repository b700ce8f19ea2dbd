"""A provider that is broken, slow to end or hostile: always a page, never a session, no detours."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from hub.people import openid, reaching
from hub.people.keyed import sealed_words
from hub.people.reaching import Unreachable, read_json, refuse_address
from hub.people.tables import ProviderRow
from tests.clients import Browser
from tests.world import World

KEY = RSAKey.generate_key(2048, {"kid": "k", "use": "sig"})
WELL_KNOWN = "/.well-known/openid-configuration"
WAY = "w" * 26
PLAIN = "http://192.0.2.1/token"
JSON = {"Content-Type": "application/json"}


@dataclass
class Said:
    """One answer."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))

    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Stub:
    """A provider whose every answer a test can change. `asked` lists what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Said] = {}
        self.asked: list[str] = []
        stub = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                said = stub.answers.get(self.path, Said(status=404))
                stub.asked.append(self.path)
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.raw())))
                self.end_headers()
                self.wfile.write(said.raw())

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                self.do_GET()

            def log_message(self, *_told: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.says("/jwks", {"keys": [KEY.as_dict(private=False)]})
        self.publishes()

    def publishes(self, **changed: Any) -> None:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
        } | changed
        self.says(WELL_KNOWN, {name: value for name, value in said.items() if value is not None})

    def says(self, path: str, body: Any = b"", **more: Any) -> None:
        self.answers[path] = Said(body, **more)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setattr(openid, "_memory", openid._Memory())
    made = Stub()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def hub(world: World, stub: Stub) -> World:
    """The town, whose Harbour signs in at the stub."""
    world.clock.set(datetime.now(UTC).replace(microsecond=0))
    secret = sealed_words(world.hub.signing, "secret", f"linden/provider|{WAY}")
    row = {"id": WAY, "agency": world.harbour.id, "issuer": stub.issuer, "client": "linden"}
    with world.hub.unit_of_work() as db:
        db.add(ProviderRow(**row, secret=secret, made_at=world.now))
    return world


DISCOVERY: dict[str, Callable[[Stub], None]] = {
    "nothing there": lambda s: s.says(WELL_KNOWN, status=404),
    "a fault of its own": lambda s: s.says(WELL_KNOWN, b"oops", status=500),
    "a web page": lambda s: s.says(WELL_KNOWN, b"<html>hello</html>"),
    "a list": lambda s: s.says(WELL_KNOWN, []),
    "not UTF-8": lambda s: s.says(WELL_KNOWN, b"\xff\xfe\x00"),
    "brackets without end": lambda s: s.says(WELL_KNOWN, b"[" * 200_000),
    "somebody else": lambda s: s.publishes(issuer="https://other.example"),
    "itself with a slash": lambda s: s.publishes(issuer=f"{s.issuer}/"),
    "no issuer": lambda s: s.publishes(issuer=None),
    "no keys' address": lambda s: s.publishes(jwks_uri=None),
    "a token address in the clear": lambda s: s.publishes(**{"token_endpoint": PLAIN}),
    "a file for keys": lambda s: s.publishes(jwks_uri="file:///etc/passwd"),
    "a script to go to": lambda s: s.publishes(authorization_endpoint="javascript:alert(1)"),
    "a list of addresses": lambda s: s.publishes(token_endpoint=[f"{s.issuer}/token"]),
    "a redirection": lambda s: s.says(
        WELL_KNOWN, status=302, headers={"Location": f"{s.issuer}/elsewhere"}
    ),
    "two megabytes": lambda s: s.says(WELL_KNOWN, b" " * 2_000_000 + b"{}"),
    "packed": lambda s: s.says(
        WELL_KNOWN, gzip.compress(b"{}"), headers={"Content-Encoding": "gzip"}
    ),
    "keys that are no list": lambda s: s.says("/jwks", {"keys": "none"}),
    "no keys at all": lambda s: s.says("/jwks", {"keys": []}),
    "only a shared secret": lambda s: s.says(
        "/jwks", {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "k"}]}
    ),
    "only keys for encrypting": lambda s: s.says(
        "/jwks", {"keys": [KEY.as_dict(private=False) | {"use": "enc"}]}
    ),
    "half a key": lambda s: s.says("/jwks", {"keys": [{"kty": "RSA", "kid": "k", "e": "AQAB"}]}),
}


@pytest.mark.parametrize("broken", DISCOVERY.values(), ids=DISCOVERY)
def test_a_provider_that_cannot_be_used_is_a_page(
    hub: World, stub: Stub, broken: Callable[[Stub], None]
) -> None:
    broken(stub)
    browser = hub.browser()
    answer = browser.get(f"/sign-in/agency/{WAY}/go")
    assert answer.status_code == 503
    assert "set-cookie" not in answer.headers
    assert "/elsewhere" not in stub.asked


def id_token(nonce: str, issuer: str, **header: Any) -> str:
    now = int(datetime.now(UTC).timestamp())
    said = {"iss": issuer, "sub": "u", "aud": "linden", "iat": now, "exp": now + 60, "nonce": nonce}
    return jwt.encode({"alg": "RS256", "kid": "k"} | header, said, KEY)


def comes_back(hub: World, stub: Stub, token: Callable[[str], Said]) -> Browser:
    """There and back, the token endpoint answering as told about this journey's nonce."""
    browser = hub.browser()
    away = browser.get(f"/sign-in/agency/{WAY}/go").headers["location"]
    said = parse_qs(urlsplit(away).query)
    stub.answers["/token"] = token(said["nonce"][0])
    browser.get(f"/sign-in/agency/{WAY}/back", code="x", state=said["state"][0])
    return browser


def tokens(stub: Stub, nonce: str, **changed: Any) -> dict[str, Any]:
    made = {
        "access_token": "a",
        "token_type": "Bearer",
        "id_token": id_token(nonce, stub.issuer),
    } | changed
    return {name: value for name, value in made.items() if value is not None}


def test_the_stub_itself_vouches_when_it_behaves(hub: World, stub: Stub) -> None:
    browser = comes_back(hub, stub, lambda nonce: Said(tokens(stub, nonce)))
    assert browser.page is not None
    assert browser.page.status_code == 200
    assert "Your administrator has to let you in" in browser.text


TOKENS: dict[str, tuple[int, Callable[[Stub, str], Said]]] = {
    "an error": (403, lambda _s, _n: Said({"error": "invalid_grant"}, status=400)),
    "an error called a success": (403, lambda _s, _n: Said({"error": "server_error"})),
    "a fault of its own": (503, lambda _s, _n: Said(b"oops", status=500)),
    "a web page": (503, lambda _s, _n: Said(b"<html>")),
    "a list": (503, lambda _s, _n: Said([])),
    "a redirection": (
        503,
        lambda s, _n: Said(status=307, headers={"Location": f"{s.issuer}/elsewhere"}),
    ),
    "two megabytes": (503, lambda _s, _n: Said(b" " * 2_000_000 + b"{}")),
    "no ID token": (403, lambda s, n: Said(tokens(s, n, id_token=None))),
    "no access token": (403, lambda s, n: Said(tokens(s, n, access_token=None))),
    "an ID token that is a number": (403, lambda s, n: Said(tokens(s, n, id_token=7))),
    "another journey's nonce": (403, lambda s, _n: Said(tokens(s, "another"))),
    "a key nobody published": (
        403,
        lambda s, n: Said(tokens(s, n, id_token=id_token(n, s.issuer, kid="unknown"))),
    ),
}


@pytest.mark.parametrize(("status", "said"), TOKENS.values(), ids=TOKENS)
def test_an_answer_that_vouches_for_nobody_is_a_page(
    hub: World, stub: Stub, status: int, said: Callable[[Stub, str], Said]
) -> None:
    browser = comes_back(hub, stub, lambda nonce: said(stub, nonce))
    assert browser.page is not None
    assert browser.page.status_code == status
    assert browser.get("/").status_code == 303
    assert "/elsewhere" not in stub.asked


def test_keys_are_asked_for_again_once_and_no_more(hub: World, stub: Stub) -> None:
    comes_back(
        hub, stub, lambda n: Said(tokens(stub, n, id_token=id_token(n, stub.issuer, kid="new")))
    )
    assert stub.asked.count("/jwks") == 2


def test_an_answer_that_drips_for_ever_is_cut_off(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "LONGEST_SECONDS", -1.0)
    with pytest.raises(Unreachable):
        read_json(f"{stub.issuer}{WELL_KNOWN}")


def test_a_hub_behind_tls_speaks_to_no_plain_address(stub: Stub) -> None:
    with pytest.raises(Unreachable):
        refuse_address(stub.issuer, near=False)
    assert refuse_address("https://login.example/realm", near=False)
