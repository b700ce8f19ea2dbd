"""A request on its way: route, desk, handler, view, page; one unit of work, kept or undone."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hmac import compare_digest
from typing import Any, Final, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.core.errors import Busy, ForeignRequest, FormRefused, HubError, NothingHere
from hub.core.ids import fresh
from hub.core.language import _, read_all, speak
from hub.desk import Desk, Hub
from hub.door.holders import Looker, sight_of
from hub.door.sight import Sight, sight_of_nobody
from hub.people import sessions
from hub.people.sessions import Visitor
from hub.store.engine import is_busy
from hub.web import once
from hub.web.answers import Abroad, Download, Enter, Exit, Go, Later
from hub.web.fields import (
    MOST_BYTES,
    MOST_BYTES_OF_ANYBODY,
    Fields,
    parsed,
    read_form,
    refuse_foreign,
)
from hub.web.form import Form
from hub.web.render import ErrorPage, FormState, Renderer, Shown
from hub.web.routes import Anybody, Page

log = logging.getLogger("linden.web")

Done = TypeVar("Done")

SIGN_IN: Final = "sign_in"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, read whole before any work begins."""

    method: str
    path: str
    params: Mapping[str, str]
    fields: Fields
    token: str = field(repr=False)
    address: str
    led_here: bool  # by a link on somebody else's page


class SignInFirst(Exception):
    """Nobody is signed in here and the page is not for everybody."""


class Server:
    """Answers requests for one hub.

    On SQLite one thread does the work of requests (architecture.md, "Engine": more threads make
    it slower); PostgreSQL gets a few. Slow work without a database has a limiter of its own.
    """

    def __init__(self, hub: Hub, renderer: Renderer) -> None:
        self.hub = hub
        self.renderer = renderer
        read_all(hub.settings.language)
        embedded = hub.engine.dialect.name == "sqlite"
        self.at_work = CapacityLimiter(1 if embedded else 4)
        self.slow = CapacityLimiter(2)
        self.abroad = CapacityLimiter(8)  # waits more than it works
        self.cookie = "__Host-s" if hub.settings.secure else "s"

    def endpoint(self, route: Page) -> Callable[[Request], Awaitable[Response]]:
        """The ASGI endpoint of one route."""

        async def serve(request: Request) -> Response:
            try:
                return await self.serve(route, request)
            except Exception as fault:
                speak(self.hub.settings.language, self.hub.settings.zone)
                return self._fault(route, fault)

        return serve

    async def serve(self, route: Page, request: Request) -> Response:
        """Read the request, do its work on the request thread, answer."""
        asked = self._plain(request, {})
        try:
            if "\0" in asked.path:  # no id holds it, and PostgreSQL refuses to compare with it
                raise NothingHere
            if request.method == "POST":
                refuse_foreign(request, self.hub.settings.origin)
                asked = self._plain(request, await self._sent(route, request))
            else:
                asked = self._plain(request, parsed(request.scope["query_string"]))
        except HubError as refusal:
            return await self._run(partial(self.refuse, asked, refusal))
        answer = await self._run(partial(self.answer, route, asked, route.handler))
        while isinstance(answer, Later):
            answer = await self._after(route, asked, answer)
        return answer

    async def _sent(self, route: Page, request: Request) -> Fields:
        """The form's fields; a long one is taken apart beside the loop, not on it."""
        unknown = isinstance(route.audience, Anybody)
        body = await read_form(request, MOST_BYTES_OF_ANYBODY if unknown else MOST_BYTES)
        if len(body) <= MOST_BYTES_OF_ANYBODY:
            return parsed(body)
        return await to_thread.run_sync(partial(parsed, body), limiter=self.slow)

    async def absent(self, request: Request) -> Response:
        """What an address without a route answers: the same as one with nothing to show."""
        asked = self._plain(request, {})
        return await self._run(partial(self.refuse, asked, NothingHere()))

    async def _after(self, route: Page, asked: Asked, later: Later) -> Response | Later:
        limiter = self.abroad if later.abroad else self.slow
        done = await to_thread.run_sync(later.work, limiter=limiter)
        rest = partial(_continue, later.then, done)
        return await self._run(partial(self.answer, route, asked, rest))

    async def _run(self, work: Callable[[], Done]) -> Done:
        return await to_thread.run_sync(work, limiter=self.at_work)

    def _plain(self, request: Request, fields: Fields) -> Asked:
        token = request.cookies.get(self.cookie, "")
        whence = request.client.host if request.client else ""
        path, params = request.scope["path"], request.path_params
        led_here = request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
        return Asked(request.method, path, params, fields, token, whence, led_here)

    def answer(self, route: Page, asked: Asked, handler: Callable[[Desk], Any]) -> Response | Later:
        """One unit of work from the sight to the bytes; every refusal is a page."""
        speak(self.hub.settings.language, self.hub.settings.zone)
        try:
            return self._work(route, asked, handler)
        except SignInFirst:
            return self._sign_in_first(asked)
        except IntegrityError:
            return self._sent_twice(route, asked)
        except HubError as refusal:
            return self._again(route, asked, refusal)
        except OperationalError as fault:
            return self._busy(route, asked) if is_busy(fault) else self._fault(route, fault)
        except Exception as fault:
            return self._fault(route, fault)

    def _busy(self, route: Page, asked: Asked) -> Response:
        """The form again, with what was typed; a bare page while even that cannot be read."""
        try:
            return self._again(route, asked, Busy())
        except OperationalError:
            return self.renderer.error(Busy(), Shown(None, FormState(), Busy.status))

    def _work(self, route: Page, asked: Asked, handler: Callable[[Desk], Any]) -> Response | Later:
        with self.hub.unit_of_work() as db:
            desk = self._desk(db, route, asked)
            if asked.method == "POST":
                sent = self._sent_before(desk, asked)
                if sent is not None:
                    return RedirectResponse(sent, 303)
            answer = handler(desk)
            if isinstance(answer, Later):
                return answer
            if asked.method == "POST":
                desk.form.check()
            if route.audit and desk.sight.person:
                desk.audit(route.audit, route=route.path)
            response = self._response(desk, asked, answer)
            self._remember_sent(desk, asked, response)
            return response

    def _desk(self, db: Session, route: Page, asked: Asked) -> Desk:
        at = self.hub.clock.now()
        visitor = sessions.find(db, asked.token, at)
        _admit(route, visitor)
        if asked.method == "POST" and visitor and not isinstance(route.audience, Anybody):
            _refuse_forged(visitor, asked.fields)
        sight = self._sight(db, visitor)
        form = Form(asked.fields, self.hub.settings.zone)
        return Desk(self.hub, db, sight, form, asked.params, visitor, asked.token, asked.address)

    def _sight(self, db: Session, visitor: Visitor | None) -> Sight:
        at, custody = self.hub.clock.now(), self.hub.custody
        if visitor is None:
            return sight_of_nobody(at, custody)
        looker = Looker(visitor.person, visitor.agency, visitor.roles)
        return sight_of(db, custody, looker, at)

    def _sent_before(self, desk: Desk, asked: Asked) -> str | None:
        mark = once.marked(asked.path, asked.fields)
        if desk.visitor is None or not mark:
            return None
        return once.went_to(desk.db, desk.visitor.session, mark)

    def _remember_sent(self, desk: Desk, asked: Asked, response: Response) -> None:
        mark = once.marked(asked.path, asked.fields)
        if asked.method != "POST" or desk.visitor is None or not mark:
            return
        went = response.headers.get("location", asked.path)
        row = once.SentFormRow(actor=desk.visitor.session, once=mark, went_to=went, at=desk.at)
        once.remember(desk.db, row)

    def _response(self, desk: Desk, asked: Asked, answer: Any) -> Response:
        if isinstance(answer, Go):
            return RedirectResponse(self._href(answer), 303)
        if isinstance(answer, Enter):
            return self._with_cookie(RedirectResponse(self._href(answer.to), 303), answer.session)
        if isinstance(answer, Abroad):
            gone = RedirectResponse(answer.address, 303)
            return self._with_cookie(gone, answer.session) if answer.session else gone
        if isinstance(answer, Exit):
            return self._exit(answer)
        if isinstance(answer, Download):
            kept = {"Content-Disposition": f'attachment; filename="{answer.filename}"'}
            return Response(answer.body, media_type=answer.media_type, headers=kept)
        return self.renderer.response(answer, self._shown(desk, asked))

    def _href(self, go: Go) -> str:
        return self.renderer.url(go.route, go.query, **go.params)

    def _shown(self, desk: Desk, asked: Asked) -> Shown:
        """A form begins with what the address says, unless somebody else's page wrote that."""
        csrf = desk.visitor.csrf if desk.visitor else ""
        typed = asked.fields if asked.method == "GET" and not asked.led_here else {}
        return Shown(desk.visitor, FormState(typed, desk.form.errors, csrf=csrf), path=asked.path)

    def _with_cookie(self, response: Response, token: str) -> Response:
        response.set_cookie(
            self.cookie,
            token,
            path="/",
            httponly=True,
            secure=self.hub.settings.secure,
            samesite="lax",
        )
        return response

    def _exit(self, answer: Exit) -> Response:
        response = RedirectResponse(answer.address, 303) if answer.address else Response(None, 204)
        response.delete_cookie(
            self.cookie, path="/", httponly=True, secure=self.hub.settings.secure, samesite="lax"
        )
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    def _sign_in_first(self, asked: Asked) -> Response:
        """To the sign-in; who sent a form from a visit that is over is told that it was lost."""
        lost = {"lost": "yes"} if asked.method == "POST" and asked.token else None
        return RedirectResponse(self.renderer.url(SIGN_IN, lost), 303)

    def _again(self, route: Page, asked: Asked, refusal: HubError) -> Response:
        """The form again, with what was typed and what was wrong; else the refusal as a page."""
        if route.again is None or isinstance(refusal, NothingHere | ForeignRequest):
            return self.refuse(asked, refusal)
        try:
            with self.hub.unit_of_work() as db:
                desk = self._desk(db, route, asked)
                view = route.again(desk)
                if isinstance(view, Go):  # by now that page leads on to another
                    return self._response(desk, asked, view)
                mistakes = refusal.errors if isinstance(refusal, FormRefused) else {}
                notice = "" if mistakes else str(refusal.advice)
                csrf = desk.visitor.csrf if desk.visitor else ""
                form = FormState(asked.fields, mistakes, notice, csrf)
                return self.renderer.response(
                    view, Shown(desk.visitor, form, refusal.status, asked.path)
                )
        except SignInFirst:
            return self._sign_in_first(asked)
        except HubError as second:
            return self.refuse(asked, second)

    def refuse(self, asked: Asked, refusal: HubError) -> Response:
        """A refusal as a page of its own: the same bytes for absent, forbidden and withdrawn."""
        speak(self.hub.settings.language, self.hub.settings.zone)
        with self.hub.unit_of_work() as db:
            visitor = sessions.find(db, asked.token, self.hub.clock.now())
        if visitor is None and isinstance(refusal, NothingHere):
            return RedirectResponse(self.renderer.url(SIGN_IN), 303)
        form = FormState(csrf=visitor.csrf if visitor else "")
        return self.renderer.error(refusal, Shown(visitor, form, refusal.status))

    def _sent_twice(self, route: Page, asked: Asked) -> Response:
        """Two of the same form at one moment: the second goes where the first went."""
        with self.hub.unit_of_work() as db:
            visitor = sessions.find(db, asked.token, self.hub.clock.now())
            mark = once.marked(asked.path, asked.fields)
            sent = once.went_to(db, visitor.session, mark) if visitor and mark else None
        if sent is not None:
            return RedirectResponse(sent, 303)
        return self._fault(route, IntegrityError("", None, Exception()))

    def _fault(self, route: Page, fault: Exception) -> Response:
        """A bug: a number for the person, the place in the code for the log, no value in either."""
        incident = fresh()[:8]
        places = "".join(traceback.format_tb(fault.__traceback__))
        kind = type(fault).__name__
        log.error("incident %s %s %s %s\n%s", incident, route.method, route.path, kind, places)
        advice = _(
            "Something went wrong on our side and nothing was changed. Try again; if it happens "
            "again, tell your administrator the number {number}."
        ).format(number=incident)
        view = ErrorPage(_("That did not work"), advice)
        return self.renderer.response(view, Shown(None, FormState(), 500))


def _continue(then: Callable[[Desk, Any], Any], done: Any, desk: Desk) -> Any:
    return then(desk, done)


def _admit(route: Page, visitor: Visitor | None) -> None:
    """Raise unless the route is for this visitor; a wrong role gets what an absent page gets."""
    if isinstance(route.audience, Anybody):
        return
    if visitor is None:
        raise SignInFirst
    if not route.audience & visitor.roles:
        raise NothingHere


def _refuse_forged(visitor: Visitor, fields: Fields) -> None:
    """Raise ForeignRequest unless the form carries this session's own token: the second wall."""
    sent = (fields.get("csrf") or [""])[0]
    if not compare_digest(sent.encode(), visitor.csrf.encode()):
        raise ForeignRequest
