"""Serving a hub: one process, one loop, the clock of the house beside it."""

import logging
import sys
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from hub.desk import Hub
from hub.jobs import start_clock
from hub.settings import SettingsRefused, bind_parts
from hub.store.dispatch import OFF


@dataclass(frozen=True, slots=True)
class Ready:
    """A hub and the application that answers for it."""

    hub: Hub
    app: ASGIApp


def refuse_half_configured(hub: Hub) -> None:
    """Raise SettingsRefused, saying what is missing, unless a real hub could work."""
    if not hub.settings.smtp_url:
        raise SettingsRefused(
            "LINDEN_SMTP_URL is not set, so nobody would hear of a referral. Set it to "
            f"smtp://host:port, or to {OFF} if no mail is meant to leave"
        )
    if hub.settings.smtp_url != OFF and not hub.settings.mail_from:
        raise SettingsRefused("LINDEN_MAIL_FROM is not set: the address mail comes from")


def serve(ready: Ready) -> None:
    """Answer requests until stopped."""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s"
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    host, port = bind_parts(ready.hub.settings.bind)
    clock = start_clock(ready.hub)
    try:
        uvicorn.run(
            ready.app,
            host=host,
            port=port,
            access_log=False,  # paths carry ids; they belong in the audit log, not in a file
            server_header=False,
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=5,
        )
    finally:
        clock.shutdown(wait=False)
