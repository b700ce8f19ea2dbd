"""The bare limit: the same durable work, sealing and page with nothing of Linden around it.

Bare SQLCipher driver, bare Starlette, one request thread, Jinja2, the same HPKE and AES-GCM. What
the product loses against this is what it costs to be Linden: routes, sessions, forms, sight, audit
facts, layout, escaping of what people typed.
"""

import json
import os
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jinja2 import Environment
from sqlcipher3 import dbapi2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hub.door.keys import SUITE
from hub.store.engine import PRAGMAS

ENTRIES: Final = 4
"""Entries in one packet, as the product's benchmark sends them."""
BODY: Final = json.dumps({"text": "I want to know whether I can stay in the flat. " * 4}).encode()

SCHEMA: Final = """
CREATE TABLE session (id TEXT PRIMARY KEY, person TEXT);
CREATE TABLE release (id TEXT PRIMARY KEY, terms TEXT);
CREATE TABLE referral (id TEXT PRIMARY KEY, desk TEXT, due INTEGER, kind TEXT, agency TEXT);
CREATE INDEX inbox ON referral (desk, due, id);
CREATE TABLE envelope (id TEXT PRIMARY KEY, referral TEXT, body BLOB);
CREATE INDEX packet ON envelope (referral);
CREATE TABLE share (holder TEXT, envelope TEXT, wrapped BLOB, PRIMARY KEY (holder, envelope));
CREATE TABLE outbox (id TEXT PRIMARY KEY, person TEXT);
CREATE TABLE audit (seq INTEGER PRIMARY KEY, line TEXT, hash TEXT);
CREATE TABLE service (id TEXT PRIMARY KEY, words TEXT);
"""
ROWS: Final = """<!doctype html><title>Linden</title><table>{% for r in rows %}
<tr><td>{{ r[0] }}</td><td>{{ r[1] }}</td><td>{{ r[2] }}</td><td>{{ r[3] }}</td></tr>{% endfor %}
</table>"""


def some_id() -> str:
    """A random id of the length Linden's have."""
    return os.urandom(13).hex()


class Bare:
    """A database with nothing but the tables the measured work touches."""

    def __init__(self, path: Path) -> None:
        self.raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        self.raw.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
        for pragma in PRAGMAS:
            self.raw.execute(f"PRAGMA {pragma}")
        self.raw.executescript(SCHEMA)
        self.private = X25519PrivateKey.generate()
        self.public = self.private.public_key()
        self.keys: dict[bytes, bytes] = {}
        self.page = Environment(autoescape=True).from_string(ROWS)
        self.raw.execute("INSERT INTO session VALUES ('s', 'p')")
        self.raw.execute("INSERT INTO release VALUES ('r', 'need identity contact legal')")

    def fill(self, count: int, entries: int = ENTRIES) -> None:
        """So many referrals in the inbox."""
        self.raw.execute("BEGIN IMMEDIATE")
        for _ in range(count):
            self._insert_referral(entries)
        self.raw.execute("COMMIT")

    def _insert_referral(self, entries: int) -> None:
        referral = some_id()
        due = int.from_bytes(os.urandom(3), "big")
        row = (referral, "desk", due, "legal advice", "Harbour")
        self.raw.execute("INSERT INTO referral VALUES (?,?,?,?,?)", row)
        for _ in range(entries):
            envelope, key, nonce = some_id(), os.urandom(32), os.urandom(12)
            body = nonce + AESGCM(key).encrypt(nonce, BODY, envelope.encode())
            self.raw.execute("INSERT INTO envelope VALUES (?,?,?)", (envelope, referral, body))
            for holder in ("team", "desk"):
                wrapped = SUITE.encrypt(key, self.public, info=envelope.encode())
                share = (holder, envelope, wrapped)
                self.raw.execute("INSERT INTO share VALUES (?,?,?)", share)

    def _note(self, line: str) -> None:
        last = self.raw.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        before = last[0] if last else ""
        made = sha256((before + line).encode()).hexdigest()
        self.raw.execute("INSERT INTO audit (line, hash) VALUES (?,?)", (line, made))

    def send(self) -> Response:
        """Release check, packet, two shares an entry, outbox, audit; durably."""
        self._begin()
        self.raw.execute("SELECT terms FROM release WHERE id='r'").fetchone()
        self._insert_referral(ENTRIES)
        self.raw.execute("INSERT INTO outbox VALUES (?, 'p')", (some_id(),))
        self._note("sent")
        self.raw.execute("COMMIT")
        return RedirectResponse("/", 303)

    def inbox(self) -> Response:
        """25 rows in the order of their due time, one opened entry each, one audit line."""
        self._begin()
        rows = self.raw.execute(
            "SELECT r.id, r.kind, r.agency, e.id, e.body, s.wrapped FROM "
            "(SELECT * FROM referral WHERE desk='desk' ORDER BY due, id LIMIT 25) r "
            "CROSS JOIN envelope e ON e.id=(SELECT min(id) FROM envelope WHERE referral=r.id) "
            "CROSS JOIN share s ON s.holder='desk' AND s.envelope=e.id ORDER BY r.due, r.id"
        ).fetchall()
        return self._page(rows)

    def one(self, referral: str) -> Response:
        """One referral, its packet opened."""
        self._begin()
        rows = self.raw.execute(
            "SELECT r.id, r.kind, r.agency, e.id, e.body, s.wrapped FROM referral r "
            "CROSS JOIN envelope e ON e.referral=r.id "
            "CROSS JOIN share s ON s.holder='desk' AND s.envelope=e.id WHERE r.id=?",
            (referral,),
        ).fetchall()
        return self._page(rows)

    def _begin(self) -> None:
        self.raw.execute("BEGIN IMMEDIATE")
        self.raw.execute("SELECT person FROM session WHERE id='s'").fetchone()

    def _page(self, rows: list[Any]) -> Response:
        opened = [(row[1], row[2], row[0], self.open(row[3], row[4], row[5])) for row in rows]
        self._note("opened")
        self.raw.execute("COMMIT")
        return HTMLResponse(self.page.render(rows=opened))

    def open(self, envelope: str, body: bytes, wrapped: bytes) -> str:
        """One entry; keys are remembered by their wrapped bytes, as the product does."""
        mark = sha256(wrapped).digest()
        key = self.keys.get(mark)
        if key is None:
            key = self.keys[mark] = SUITE.decrypt(wrapped, self.private, info=envelope.encode())
        plain = AESGCM(key).decrypt(body[:12], body[12:], envelope.encode())
        text: str = json.loads(plain)["text"]
        return text

    def take(self, path: Path) -> int:
        """Read a GeoJSON file and keep every record, in one transaction; how many."""
        features = json.loads(path.read_bytes())["features"]
        rows = [(some_id(), json.dumps(each)) for each in features]
        self.raw.execute("BEGIN IMMEDIATE")
        self.raw.execute("DELETE FROM service")
        self.raw.executemany("INSERT INTO service VALUES (?,?)", rows)
        self.raw.execute("COMMIT")
        return len(rows)

    def app(self) -> Starlette:
        """The bare application over it."""
        one_thread = CapacityLimiter(1)

        def served(work: Callable[[Request], Response]) -> Any:
            async def endpoint(request: Request) -> Response:
                await request.body()
                return await to_thread.run_sync(partial(work, request), limiter=one_thread)

            return endpoint

        return Starlette(
            routes=[
                Route("/inbox", served(lambda _request: self.inbox())),
                Route("/send", served(lambda _request: self.send()), methods=["POST"]),
                Route("/one/{id}", served(lambda request: self.one(request.path_params["id"]))),
            ]
        )

    def any_referral(self) -> str:
        """The id of some referral."""
        found: str = self.raw.execute("SELECT id FROM referral LIMIT 1").fetchone()[0]
        return found
