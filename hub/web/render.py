"""The one place where a view becomes bytes."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Final
from urllib.parse import quote, urlencode

from babel.dates import format_date, format_datetime
from starlette.responses import HTMLResponse

from hub.core.errors import HubError
from hub.core.ids import fresh
from hub.core.language import DAY
from hub.desk import Hub
from hub.people.sessions import Visitor
from hub.web.answers import View
from hub.web.components import PageEnvironment
from hub.web.routes import Page

MOMENT: Final = "d MMM y, HH:mm"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A refusal, in words."""

    template: ClassVar[str] = "error.html"
    heading: str
    advice: str


@dataclass(frozen=True, slots=True)
class FormState:
    """What the person typed and what was wrong with it, for the template."""

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    csrf: str = ""
    once: str = field(default_factory=fresh)
    labels: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, default: object = "") -> object:
        """What was typed, else `default`."""
        return self.typed[name][0] if self.typed.get(name) else default

    def values(self, name: str, default: Sequence[str] = ()) -> Sequence[str]:
        """Everything that was ticked, else `default`."""
        return self.typed.get(name, () if self.typed else default)

    def error(self, name: str, label: object = "") -> str | None:
        """What is wrong with this answer; None when nothing is. Its label names it above."""
        if label or name not in self.labels:
            self.labels[name] = str(label)
        return self.mistakes.get(name)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every mistake, in the order they were found."""
        return list(self.mistakes.items())

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every mistake with the label of its field, in the order the fields stand on the page.

        The fields must have been rendered before.
        """
        places = {name: place for place, name in enumerate(self.labels)}
        found = sorted(self.errors, key=lambda mistake: places.get(mistake[0], -1))
        return [(name, _labelled(self.labels.get(name, ""), said)) for name, said in found]


def _labelled(label: str, sentence: str) -> str:
    """A sentence that can stand away from its field, such as "E-mail: Fill this in"."""
    mark = "" if not label or label.endswith("?") else ":"
    return f"{label}{mark} {sentence}".lstrip()


@dataclass(frozen=True, slots=True)
class Shown:
    """How a view is to be shown: to whom, with which form, and with which status."""

    visitor: Visitor | None
    form: FormState = field(default_factory=FormState)
    status: int = 200
    path: str = ""


class Renderer:
    """Turns views into pages for one hub."""

    def __init__(self, hub: Hub, routes: Sequence[Page]) -> None:
        self.hub = hub
        self.paths = {route.name: route.path for route in routes}
        self.environment = PageEnvironment()
        self.environment.filters["local"] = self.local
        self.environment.filters["day"] = self.day
        self.environment.globals["url"] = self.url
        self.environment.globals["site_name"] = hub.settings.site_name
        self.environment.globals["notes_title"] = hub.settings.notes_title
        self.environment.globals["language"] = hub.settings.language
        self.environment.globals["leave_to"] = hub.settings.exit_address

    def url(self, route: str, /, query: Mapping[str, str] | None = None, **params: str) -> str:
        """The path of a route, by its name."""
        filled = {name: quote(str(value), safe="") for name, value in params.items()}
        path = self.paths[route].format(**filled)
        return f"{path}?{urlencode(query, doseq=True)}" if query else path

    def local(self, at: datetime) -> str:
        """A moment in the hub's time zone and language."""
        settings = self.hub.settings
        return format_datetime(at, MOMENT, tzinfo=settings.zone, locale=settings.language)

    def day(self, at: date) -> str:
        """A day; a moment's day in the hub's time zone."""
        settings = self.hub.settings
        if isinstance(at, datetime):
            at = at.astimezone(settings.zone).date()
        return format_date(at, DAY, locale=settings.language)

    def nav(self, shown: Shown) -> list[dict[str, Any]]:
        """The menu of this visitor."""
        if shown.visitor is None:
            return []
        roles = shown.visitor.roles
        items = [item for item in self.hub.parts.nav if item.audience & roles]
        hrefs = [self.url(item.route) for item in items]
        return [
            {"label": str(item.label), "href": href, "current": _under(shown.path, href)}
            for item, href in zip(items, hrefs, strict=True)
        ]

    def _text(self, view: View, shown: Shown, nonce: str) -> str:
        template = self.environment.get_template(view.template)
        return template.render(
            page=view, form=shown.form, me=shown.visitor, nav=self.nav(shown), nonce=nonce
        )

    def response(self, view: View, shown: Shown) -> HTMLResponse:
        """The whole answer, with the policy that lets only our own scripts and styles run."""
        nonce = secrets.token_urlsafe(16)
        answer = HTMLResponse(self._text(view, shown, nonce), shown.status)
        answer.headers["Content-Security-Policy"] = policy(nonce)
        return answer

    def error(self, refusal: HubError, shown: Shown) -> HTMLResponse:
        """A refusal as a page."""
        return self.response(ErrorPage(str(refusal.title), str(refusal.advice)), shown)


def _under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))


def policy(nonce: str) -> str:
    """The content security policy of a page whose own scripts and styles carry `nonce`."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}' 'strict-dynamic'",
            f"style-src 'nonce-{nonce}'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
