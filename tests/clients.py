"""A browser without a screen: keeps one cookie, fills in real forms, speaks to the real app."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx2
from starlette.types import ASGIApp

from hub.core.ids import fresh

Value = str | Sequence[str]
Fields = Mapping[str, Value]
Answer = httpx2.Response
Done = TypeVar("Done")

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@cache
def loop() -> asyncio.AbstractEventLoop:
    """The one loop of this test process, on a thread of its own, so that threads can share it."""
    made = asyncio.new_event_loop()
    Thread(target=made.run_forever, daemon=True, name="browsers").start()
    return made


def run(work: Coroutine[Any, Any, Done]) -> Done:
    """Run async work to its end."""
    return asyncio.run_coroutine_threadsafe(work, loop()).result()


class Refused(AssertionError):
    """A page did not answer as the test expected; the message holds what it said."""


@dataclass
class HtmlForm:
    """One form as it stands on a page: where it goes, and what it would send unchanged."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)  # of each field, by name
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words
    options: dict[str, list[str]] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """The names of its fields."""
        return set(self.kinds)

    @property
    def typed(self) -> list[str]:
        """The names of the fields a person types into."""
        plain = {"text", "textarea", "date", "datetime-local", "email", "tel", "number", "password"}
        return [name for name, kind in self.kinds.items() if kind in plain | {"search", "url"}]

    def filled(self, changes: Fields) -> list[tuple[str, str]]:
        """What is sent: the form's own values, with `changes` in their place."""
        unknown = set(changes) - self.names - {name for name, _value, _words in self.buttons}
        if unknown:
            raise Refused(f"the form {self.action} has no {sorted(unknown)}; has {self.names}")
        sent = [pair for pair in self.fields if pair[0] not in changes]
        for name, value in changes.items():
            sent += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        return sent


class _FormReader(HTMLParser):
    """Finds the forms of a page and the links on it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[HtmlForm] = []
        self.links: list[str] = []
        self._form: HtmlForm | None = None
        self._text: str | None = None  # the name of the textarea being read
        self._said = ""
        self._select: str | None = None
        self._chosen: str | None = None
        self._first: str | None = None
        self._button: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag == "form":
            self._form = HtmlForm(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, told, self._form)

    def _field(self, tag: str, told: dict[str, str], form: HtmlForm) -> None:
        name = told.get("name", "")
        if name and tag in {"input", "textarea", "select"}:
            form.kinds[name] = told.get("type", "text") if tag == "input" else tag
        if tag == "input" and name:
            self._input(name, told, form)
        elif tag == "textarea" and name:
            self._text, self._said = name, ""
        elif tag == "select" and name:
            self._select, self._chosen, self._first = name, None, None
        elif tag == "option" and self._select:
            value = told.get("value", "")
            form.options.setdefault(self._select, []).append(value)
            self._first = value if self._first is None else self._first
            self._chosen = value if "selected" in told else self._chosen
        elif tag == "button":
            self._button, self._said = (name, told.get("value", "")), ""

    def _input(self, name: str, told: dict[str, str], form: HtmlForm) -> None:
        kind = told.get("type", "text")
        value = told.get("value", "on" if kind in {"checkbox", "radio"} else "")
        if kind in {"checkbox", "radio"}:
            form.options.setdefault(name, []).append(value)
        if kind not in {"checkbox", "radio"} or "checked" in told:
            form.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        if self._text or self._button:
            self._said += data

    def handle_endtag(self, tag: str) -> None:
        form = self._form
        if tag == "form":
            self._form = None
        elif form is None:
            return
        elif tag == "textarea" and self._text:
            form.fields.append((self._text, self._said.removeprefix("\n")))
            self._text = None
        elif tag == "select" and self._select:
            form.fields.append((self._select, self._chosen or self._first or ""))
            self._select = None
        elif tag == "button" and self._button:
            form.buttons.append((*self._button, " ".join(self._said.split())))
            self._button = None


class Browser:
    """One person's browser. Pages it opens are remembered, so that their forms can be sent."""

    def __init__(self, app: ASGIApp, cookies: Mapping[str, str], origin: str) -> None:
        self.client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app, raise_app_exceptions=True),
            base_url=origin,
            cookies=dict(cookies),
            follow_redirects=False,
        )
        self.page: Answer | None = None
        self.forms: list[HtmlForm] = []
        self.links: list[str] = []

    def send(self, method: str, path: str, **said: Any) -> Answer:
        """One request, exactly as told; for requests that no page of ours sends."""
        return run(self.client.request(method, path, **said))

    def get(self, path: str, **query: str) -> Answer:
        """Open a page without following where it leads."""
        return self._read(self.send("GET", path, params=query or None))

    def open(self, path: str) -> str:
        """Open a page, following redirections; its text. Fails unless it answers 200."""
        return self._expect(self._follow(self.get(path)))

    def post(self, path: str, fields: Fields | None = None, **more: Value) -> Answer:
        """Send fields as a page of ours would: same origin, this session's token, a new `once`."""
        filled: dict[str, Value] = {"csrf": self.csrf, "once": fresh()}
        filled |= dict(fields or {}) | more
        return self._post(path, [(n, v) for n, each in filled.items() for v in _all(each)])

    def submit(self, action: str = "", /, **fields: Value) -> str:
        """Fill in and send a form of the page last opened; the text of the page it leads to.

        Args:
            action: how the form's address ends, or "" when the page has only one.
        """
        return self._expect(self._follow(self.try_submit(action, **fields)))

    def try_submit(self, action: str = "", /, **fields: Value) -> Answer:
        """Fill in and send a form of the page last opened; whatever it answers, not followed."""
        return self.try_submit_to(self.form(action), fields)

    def try_submit_to(self, form: HtmlForm, fields: Fields) -> Answer:
        """Fill in and send this form; whatever it answers, not followed."""
        sent = form.filled(fields)
        if form.method == "get":
            return self._read(self.send("GET", form.action, params=sent))
        return self._post(form.action, sent)

    def form(self, action: str = "") -> HtmlForm:
        """The form of the page last opened whose address ends with `action`."""
        found = [form for form in self.forms if form.action.endswith(action)]
        if len(found) > 1:
            found = [form for form in found if form.method == "post"]
        if len(found) != 1:
            raise Refused(f"forms ending {action!r}: {[f.action for f in self.forms]}")
        return found[0]

    @property
    def text(self) -> str:
        """The page last opened, as it came."""
        return "" if self.page is None else self.page.text

    @property
    def path(self) -> str:
        """The address of the page last opened, without its query."""
        return "" if self.page is None else str(self.page.url.path)

    @property
    def csrf(self) -> str:
        """This session's token, from any form of the page last opened, else from the exit page."""
        for form in self.forms:
            for name, value in form.fields:
                if name == "csrf":
                    return value
        return self.known_csrf

    known_csrf = ""

    def _post(self, path: str, sent: list[tuple[str, str]]) -> Answer:
        said = urlencode(sent).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._read(self.send("POST", path, content=said, headers=SAME_ORIGIN | kind))

    def _read(self, answer: Answer) -> Answer:
        self.page = answer
        if answer.headers.get("content-type", "").startswith("text/html"):
            reader = _FormReader()
            reader.feed(answer.text)
            self.forms, self.links = reader.forms, reader.links
        return answer

    def _follow(self, answer: Answer) -> Answer:
        for _hop in range(5):
            if answer.status_code != 303:
                return answer
            answer = self.get(answer.headers["location"])
        raise Refused("redirected more than five times")

    def _expect(self, answer: Answer) -> str:
        if answer.status_code != 200:
            raise Refused(
                f"{answer.request.method} {answer.url} {answer.status_code}\n{answer.text}"
            )
        return answer.text


def _all(value: Value) -> Sequence[str]:
    return [value] if isinstance(value, str) else value
