"""Open everything a person can reach by links, as a patient and curious reader would."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.routing import compile_path

from hub.app import all_routes
from tests.clients import Answer, Browser, HtmlForm

LEAVING: Final = re.compile(r"^/(leave|sign-out)\b|^/static/")
PATTERNS: Final = [
    (route, compile_path(route.path)[0]) for route in all_routes() if route.method == "GET"
]
CHANGES: Final = [
    (route, compile_path(route.path)[0]) for route in all_routes() if route.method == "POST"
]


def route_of(path: str, method: str = "GET") -> str:
    """The name of the route an address belongs to; "" for none."""
    for route, pattern in PATTERNS if method == "GET" else CHANGES:
        if pattern.match(path.partition("?")[0]):
            return route.name
    return ""


@dataclass
class Seen:
    """What was found: every page by its address, and every form with the page it stood on."""

    pages: dict[str, Answer] = field(default_factory=dict)
    forms: list[tuple[str, HtmlForm]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All the text of all pages, headers included."""
        return "\n".join(f"{each.headers}\n{each.text}" for each in self.pages.values())

    @property
    def routes(self) -> set[str]:
        """The names of the routes that were opened."""
        return {route_of(path) for path in self.pages}


def crawl(browser: Browser, most_alike: int = 8, also: Sequence[str] = ()) -> Seen:
    """Follow every link from the start page, and from the pages named in `also`.

    Args:
        most_alike: pages opened of one route, so that a long list does not take for ever.
    """
    seen, waiting, alike = Seen(), deque(["/", *also]), dict[str, int]()
    known = {"/", *also}
    while waiting:
        path = waiting.popleft()
        name = route_of(path)
        alike[name] = alike.get(name, 0) + 1
        if alike[name] > most_alike:
            continue
        seen.pages[path] = browser.get(path)
        seen.forms += [(path, form) for form in browser.forms]
        for link in browser.links:
            if link.startswith("/") and not LEAVING.match(link) and link not in known:
                known.add(link)
                waiting.append(link)
        if seen.pages[path].status_code == 303:
            waiting.append(seen.pages[path].headers["location"])
    return seen
