"""Which ID tokens prove who came, and that every known forgery of one proves nothing."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from hub.people.id_token import Expected, TokenRefused, UnknownKey, vouched_for

AT: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
NOW: Final = int(AT.timestamp())
ACCESS: Final = "an access token"
EXPECTED: Final = Expected("https://login.example", "linden", "our nonce", ACCESS, AT)
SIGNER: Final = RSAKey.generate_key(2048, {"kid": "signer"})
CURVE: Final = ECKey.generate_key("P-256", {"kid": "curve"})
STRANGER: Final = RSAKey.generate_key(2048, {"kid": "signer"})
PUBLISHED: Final = KeySet.import_key_set(
    {"keys": [key.as_dict(private=False) for key in (SIGNER, CURVE)]}
)


def at_hash(access: str) -> str:
    half = hashlib.sha256(access.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).decode().rstrip("=")


def claims(**changed: Any) -> dict[str, Any]:
    """What the provider rightly says, with some of it changed; None takes a claim out."""
    said: dict[str, Any] = {
        "iss": "https://login.example",
        "sub": "user-1",
        "aud": "linden",
        "exp": NOW + 300,
        "iat": NOW - 2,
        "nonce": "our nonce",
        "at_hash": at_hash(ACCESS),
        "auth_time": NOW - 60,
        "name": "Rosa Adeyemi",
        "email": "rosa@harbour.example",
    } | changed
    return {name: value for name, value in said.items() if value is not None}


def signed(said: dict[str, Any] | None = None, key: Any = SIGNER, **header: Any) -> str:
    told = {"alg": "RS256", "kid": key.kid} | header
    told = {name: value for name, value in told.items() if value is not None}
    return jwt.encode(told, said or claims(), key, algorithms=[told["alg"]])


def segment(content: Any) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def keyed_with(secret: bytes, alg: str = "HS256") -> str:
    """A token authenticated with a secret: the public key, taken for one."""
    body = f"{segment({'alg': alg, 'kid': 'signer'})}.{segment(claims())}"
    return f"{body}.{segment(hmac.digest(secret, body.encode(), 'sha256'))}"


def unsigned(alg: str) -> str:
    return f"{segment({'alg': alg, 'kid': 'signer'})}.{segment(claims())}."


def signed_by_hand(header: dict[str, Any]) -> str:
    """A good signature under a header that no library would write."""
    body = f"{segment(header)}.{segment(claims())}"
    made = SIGNER.private_key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{body}.{segment(made)}"


def bent(token: str) -> str:
    """The same header and signature around another subject."""
    head, _body, signature = token.split(".")
    return f"{head}.{segment(claims(sub='somebody else'))}.{signature}"


def test_a_token_signed_by_hand_is_as_good() -> None:
    made = signed_by_hand({"alg": "RS256", "kid": "signer"})
    assert vouched_for(made, PUBLISHED, EXPECTED).subject == "user-1"


def test_a_token_as_it_should_be_says_who_came() -> None:
    came = vouched_for(signed(), PUBLISHED, EXPECTED)
    assert (came.issuer, came.subject) == ("https://login.example", "user-1")
    assert (came.name, came.email) == ("Rosa Adeyemi", "rosa@harbour.example")


ACCEPTED: Final[dict[str, Callable[[], str]]] = {
    "signed on a curve": lambda: signed(key=CURVE, alg="ES256"),
    "signed with PSS": lambda: signed(alg="PS256"),
    "audience as a list of one": lambda: signed(claims(aud=["linden"])),
    "azp is this client": lambda: signed(claims(azp="linden")),
    "no at_hash, as the code flow allows": lambda: signed(claims(at_hash=None)),
    "no auth_time": lambda: signed(claims(auth_time=None)),
    "clock half a minute behind": lambda: signed(claims(iat=NOW + 30, nbf=NOW + 30)),
    "ended half a minute ago": lambda: signed(claims(exp=NOW - 30)),
    "numbers with a fraction": lambda: signed(claims(iat=NOW - 0.5)),
}


@pytest.mark.parametrize("made", ACCEPTED.values(), ids=ACCEPTED)
def test_what_the_standard_allows_is_accepted(made: Callable[[], str]) -> None:
    assert vouched_for(made(), PUBLISHED, EXPECTED).subject == "user-1"


ATTACKS: Final[dict[str, Callable[[], str]]] = {
    "no signature, alg none": lambda: unsigned("none"),
    "no signature, alg None": lambda: unsigned("None"),
    "no signature under RS256": lambda: unsigned("RS256"),
    "HS256 keyed with the public key in PEM": lambda: keyed_with(SIGNER.as_pem(private=False)),
    "HS256 keyed with the public key in DER": lambda: keyed_with(SIGNER.as_der(private=False)),
    "HS256 keyed with the modulus": lambda: keyed_with(
        json.dumps(SIGNER.as_dict(private=False)).encode()
    ),
    "HS256 keyed with nothing": lambda: keyed_with(b""),
    "RS256 said, HMAC made": lambda: keyed_with(SIGNER.as_pem(private=False), "RS256"),
    "an algorithm that is not pinned": lambda: signed(alg="RS512"),
    "a stranger's key under a known kid": lambda: signed(key=STRANGER),
    "another subject put in": lambda: bent(signed()),
    "a key of another kind": lambda: signed(kid="curve"),
    "a key brought along in the header": lambda: signed(
        key=STRANGER, jwk=STRANGER.as_dict(private=False)
    ),
    "an address of keys in the header": lambda: signed(
        key=STRANGER, jku="https://attacker.example/keys"
    ),
    "an unknown critical header": lambda: signed_by_hand(
        {"alg": "RS256", "kid": "signer", "crit": ["exp2"], "exp2": 1}
    ),
    "a header that is a list": lambda: signed_by_hand([]),  # type: ignore[arg-type]
    "no algorithm": lambda: signed_by_hand({"kid": "signer"}),
    "no kid where two keys are published": lambda: signed(kid=None),
    "another issuer": lambda: signed(claims(iss="https://attacker.example")),
    "the issuer with a slash": lambda: signed(claims(iss="https://login.example/")),
    "no issuer": lambda: signed(claims(iss=None)),
    "another audience": lambda: signed(claims(aud="another client")),
    "no audience": lambda: signed(claims(aud=None)),
    "an audience besides this client": lambda: signed(claims(aud=["linden", "other"])),
    "two audiences and azp": lambda: signed(claims(aud=["linden", "other"], azp="linden")),
    "an empty audience": lambda: signed(claims(aud=[])),
    "azp is another client": lambda: signed(claims(azp="other")),
    "another nonce": lambda: signed(claims(nonce="an older nonce")),
    "no nonce": lambda: signed(claims(nonce=None)),
    "a nonce that is no text": lambda: signed(claims(nonce=["our nonce"])),
    "ended": lambda: signed(claims(exp=NOW - 61)),
    "no end": lambda: signed(claims(exp=None)),
    "an end that is no number": lambda: signed(claims(exp=str(NOW + 300))),
    "an end that is true": lambda: signed(claims(exp=True)),
    "made tomorrow": lambda: signed(claims(iat=NOW + 86400, exp=NOW + 90000)),
    "made an hour ago": lambda: signed(claims(iat=NOW - 3600)),
    "no hour at which it was made": lambda: signed(claims(iat=None)),
    "not good before tomorrow": lambda: signed(claims(nbf=NOW + 86400)),
    "signed in at the provider yesterday": lambda: signed(claims(auth_time=NOW - 86400)),
    "the hash of another access token": lambda: signed(claims(at_hash=at_hash("another"))),
    "an empty at_hash": lambda: signed(claims(at_hash="")),
    "no subject": lambda: signed(claims(sub=None)),
    "an empty subject": lambda: signed(claims(sub="")),
    "a subject that is a number": lambda: signed(claims(sub=1)),
    "a subject too long to be one": lambda: signed(claims(sub="x" * 256)),
    "a subject with a line break": lambda: signed(claims(sub="user-1\n")),
    "claims that are a list": lambda: ".".join(
        [*signed().split(".")[:1], segment([1]), signed().split(".")[2]]
    ),
    "three words": lambda: "not a token",
    "nothing": lambda: "",
    "five parts, as if encrypted": lambda: signed() + "..",
    "a JSON serialisation": lambda: json.dumps({"payload": segment(claims()), "signatures": []}),
    "a megabyte": lambda: "a" * 1_000_000,
}


@pytest.mark.parametrize("made", ATTACKS.values(), ids=ATTACKS)
def test_every_known_forgery_of_a_token_is_refused(made: Callable[[], str]) -> None:
    with pytest.raises(TokenRefused):
        vouched_for(made(), PUBLISHED, EXPECTED)


def test_a_key_not_published_yet_asks_for_the_keys_again() -> None:
    new = RSAKey.generate_key(2048, {"kid": "new"})
    with pytest.raises(UnknownKey):
        vouched_for(signed(key=new), PUBLISHED, EXPECTED)


def test_no_kid_is_no_question_where_one_key_is_published() -> None:
    alone = KeySet.import_key_set({"keys": [SIGNER.as_dict(private=False)]})
    assert vouched_for(signed(kid=None), alone, EXPECTED).subject == "user-1"


def test_name_and_mail_are_cut_to_a_line_or_left_out() -> None:
    odd = claims(name="Rosa\n\u202eAdeyemi" + "x" * 500, email=["rosa@harbour.example"])
    came = vouched_for(signed(odd), PUBLISHED, EXPECTED)
    assert came.name.startswith("RosaAdeyemi")
    assert len(came.name) == 200
    assert came.email == ""
