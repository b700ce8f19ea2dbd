"""Start the demo, sign in as people of its town, and open every page their menus lead to.

python visit.py PATH_TO_LINDEN

Uses nothing but the standard library, so that it can run beside an installed wheel.
"""

import json
import re
import socket
import subprocess
import sys
import tempfile
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

MOST_PAGES = 60
PATIENCE_SECONDS = 60
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Unwell(Exception):
    """What went wrong, in one line."""


class Visitor:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = CookieJar(DefaultCookiePolicy(netscape=True))
        self.opener = build_opener(HTTPCookieProcessor(jar))

    def ask(self, path: str, fields: dict[str, str] | None = None) -> str:
        """The text of a page; Unwell unless it answers 200."""
        body = None if fields is None else urlencode(fields).encode()
        asked = Request(urljoin(self.address, path), body)  # noqa: S310 -- an http address
        asked.add_header("Sec-Fetch-Site", "same-origin")
        try:
            with self.opener.open(asked, timeout=PATIENCE_SECONDS) as answer:
                text: str = answer.read().decode("utf-8", "replace")
                return text
        except HTTPError as refused:
            raise Unwell(f"{path} answered {refused.code}") from refused

    def sign_in(self, person: dict[str, str]) -> str:
        """The page a person sees first."""
        form = self.ask("/sign-in")
        fields = dict(HIDDEN.findall(form))
        fields |= {"email": person["email"], "passphrase": person["passphrase"]}
        page = self.ask("/sign-in", fields)
        if person["name"] not in page:
            raise Unwell(f"{person['name']} could not sign in")
        return page

    def walk(self, page: str) -> int:
        """Open pages from link to link; how many."""
        waiting, seen = LINK.findall(page), {"/leave", "/sign-out"}
        opened = 0
        while waiting and opened < MOST_PAGES:
            path = waiting.pop(0).replace("&amp;", "&")
            if path.split("?")[0] in seen or path.startswith("/static/"):
                continue
            seen.add(path.split("?")[0])
            waiting += LINK.findall(self.ask(path))
            opened += 1
        return opened


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def visit(linden: str) -> None:
    """Start the demo and look round in it."""
    command = [linden, "demo", "--json", "--port", str(free_port())]
    with tempfile.TemporaryFile("w+") as complaints:
        running = subprocess.Popen(  # noqa: S603 -- the program under test
            command, stdout=subprocess.PIPE, stderr=complaints, text=True
        )
        try:
            assert running.stdout is not None  # noqa: S101 -- it was asked for above
            first = running.stdout.readline()
            if not first:
                complaints.seek(0)
                raise Unwell(f"linden demo said nothing; {complaints.read()}")
            told = json.loads(first)
            wait_for(told["address"])
            look_round(told)
        finally:
            running.terminate()
            running.wait(PATIENCE_SECONDS)


def wait_for(address: str) -> None:
    """Return when somebody listens at this address."""
    parts, give_up = urlsplit(address), monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection((parts.hostname or "", parts.port or 80), 1).close()
        except OSError as nobody:
            if monotonic() > give_up:
                raise Unwell(f"nobody answers at {address}") from nobody
            sleep(0.1)
        else:
            return


def look_round(told: dict[str, Any]) -> None:
    """Sign in as one person of each role and open what they can."""
    by_role = {person["role"]: person for person in told["people"]}
    if len(by_role) < 4 or len(told["people"]) < 30:
        raise Unwell(f"the town has {len(told['people'])} people in {len(by_role)} roles")
    for role, person in by_role.items():
        visitor = Visitor(told["address"])
        page = visitor.sign_in(person)
        for asset in ASSET.findall(page):
            visitor.ask(asset)
        print(f"{role}: {visitor.walk(page)} pages")


if __name__ == "__main__":
    try:
        visit(sys.argv[1])
    except Unwell as why:
        sys.exit(f"visit: {why}")
