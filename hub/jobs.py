"""The clock of the house: every few seconds, claim what is due and act on it."""

import logging
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from hub.cases.reaching.delivery import deliver
from hub.desk import Hub
from hub.door import shut_expired
from hub.store.dispatch import dispatch
from hub.web.once import forget_old

log = logging.getLogger("linden.jobs")

EVERY_SECONDS: Final = 5


def tick(hub: Hub) -> None:
    """Do everything that is due. Each job is its own unit of work and safe to run twice."""
    with hub.desk_of_the_house() as desk:
        shut_expired(desk.db, desk.sight)
        forget_old(desk.db, desk.at)
    for job in hub.parts.jobs:
        with hub.desk_of_the_house() as desk:
            job(desk)
    deliver(hub)
    dispatch(hub)


def _careful_tick(hub: Hub) -> None:
    """A tick that fails is written down by kind only, and the next one runs all the same."""
    try:
        tick(hub)
    except Exception as fault:  # the clock must not stop
        log.error("tick failed: %s", type(fault).__name__)  # noqa: TRY400 -- a trace may hold values


def start_clock(hub: Hub) -> BackgroundScheduler:
    """Start ticking in the background; the due work itself is rows, so nothing is kept here."""
    clock = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()}, executors={"default": ThreadPoolExecutor(1)}
    )
    clock.add_job(
        _careful_tick,
        "interval",
        [hub],
        seconds=EVERY_SECONDS,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    clock.start()
    return clock
