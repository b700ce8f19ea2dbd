"""Routes that say who may walk through them and what they write down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hub.core.words import WITH_PEOPLE, Role
from hub.desk import Desk

Doing = Callable[[Desk], Any]


class Anybody:
    """Also people who have not signed in: said in so many words, never by leaving it out."""


Audience = frozenset[Role] | Anybody

ANYBODY: Final = Anybody()
EVERYBODY_SIGNED_IN: Final = frozenset(Role)
CASEWORKERS: Final = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})
WORKERS: Final = WITH_PEOPLE
COORDINATORS: Final = frozenset({Role.COORDINATOR})
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Page:
    """One route: method, path, handler, who it is for, what it writes to the audit log.

    Attributes:
        audience: the roles it is for; ANYBODY for people who have not signed in.
        audit: the action written to the log when it succeeds; "" says that nothing is.
        again: the GET handler that shows the form again, with what was typed, after a refusal.
    """

    method: str
    path: str
    handler: Doing
    audience: Audience
    audit: str
    again: Doing | None = None

    @property
    def name(self) -> str:
        """The route's name: its handler's."""
        return self.handler.__name__


def page(
    method: str,
    path: str,
    handler: Doing,
    *,
    audience: Audience,
    audit: str,
    again: Doing | None = None,
) -> Page:
    """Declare a route. Only GET and POST exist; a GET changes nothing but the log."""
    if method not in {"GET", "POST"}:
        raise ValueError(method)
    return Page(method, path, handler, audience, audit, again)
