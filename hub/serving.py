"""Serving a hub: one process, one loop, the clock of the house beside it."""

import logging
import sys
from dataclasses import dataclass
from socket import AF_INET, AF_INET6, create_server, socket
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from hub.desk import Hub
from hub.jobs import start_clock
from hub.settings import OFF, SettingsRefused, bind_parts

BACKLOG: Final = 2048
"""How many may wait at the door, as uvicorn has it."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A hub, the application that answers for it, and the socket at which people knock."""

    hub: Hub
    app: ASGIApp
    listening: socket


def refuse_half_configured(hub: Hub) -> None:
    """Raise SettingsRefused, saying what is missing, unless a real hub could work."""
    if not hub.settings.smtp_url:
        raise SettingsRefused(
            "LINDEN_SMTP_URL is not set, so nobody would hear of a referral. Set it to "
            f"smtp://host:port, or to {OFF} if no mail is meant to leave"
        )
    if hub.settings.smtp_url != OFF and not hub.settings.mail_from:
        raise SettingsRefused("LINDEN_MAIL_FROM is not set: the address mail comes from")


def listen(bind: str) -> socket:
    """A socket at `bind` (host:port); who knocks before the hub is served waits there.

    Raises:
        SettingsRefused: something else listens there, or we may not.
    """
    host, port = bind_parts(bind)
    try:
        return create_server(
            (host, port), family=AF_INET6 if ":" in host else AF_INET, backlog=BACKLOG
        )
    except OSError as refused:
        raise SettingsRefused(
            f"LINDEN_BIND is {bind}, and nothing can listen there: {refused.strerror}. "
            "Stop what uses it, or set another"
        ) from refused


def serve(ready: Ready) -> None:
    """Answer requests until stopped."""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s"
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    options = uvicorn.Config(
        ready.app,
        access_log=False,  # paths carry ids; they belong in the audit log, not in a file
        server_header=False,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    clock = start_clock(ready.hub)
    try:
        uvicorn.Server(options).run(sockets=[ready.listening])
    finally:
        clock.shutdown(wait=False)
