"""Fills an empty hub with the made-up town, through the same doors its people would use."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import Engine, func, select, update
from sqlmodel import col

from hub.core.clock import SetClock
from hub.demo import passphrase
from hub.demo.answers import Sent
from hub.demo.casework import casework, closing, handed_over, offered, to_close
from hub.demo.cast import Cast, cast
from hub.demo.contacts import asked_again
from hub.demo.diary import Diary, Life, every
from hub.demo.founding import found_town, rooms
from hub.demo.meetings import conference
from hub.demo.plan import CasePlan, Planner
from hub.demo.referring import referring
from hub.demo.stage import Known, Stage
from hub.demo.wall import Wall
from hub.demo.words import Words
from hub.desk import Hub
from hub.jobs import tick
from hub.store.outbox import OutboxRow
from pathways.referrals.tables import ReferralEventRow, ReferralRow

SEED: Final = 20300115
BEGINS: Final = 120
"""Days ago that the town's agencies joined the hub."""
FRESH: Final = timedelta(hours=30)
"""An answer is news for so long; then whoever sent the referral has read it."""


def fill(hub: Hub) -> Cast:
    """Let the last 120 days of the made-up town happen in this hub, up to its present moment."""
    town, wall = cast(), Wall(hub.clock.now(), hub.settings.zone)
    chance = Random(SEED)  # noqa: S311 -- a made-up town, the same each time
    cases = Planner(town, wall, chance).plan()
    clock = SetClock(wall.now - timedelta(days=BEGINS))
    past = replace(hub, clock=clock)
    founded = found_town(past, town, passphrase.drawn(SEED))
    stage = Stage(past, town, founded, Words(town.lives, chance), chance, wall)
    with _in_haste(hub.engine):
        Diary(clock, wall.now).live(_lives(stage, cases))
    _all_read_by_now(past, wall.now)
    return town


@contextmanager
def _in_haste(engine: Engine) -> Iterator[None]:
    """Many small deeds one after the other: nothing is lost if the machine stops half-way.

    So the file need not reach the disk after each of them, and rubbish can wait to be collected.
    """
    gc.disable()
    _synchronous(engine, "OFF")
    try:
        yield
    finally:
        _synchronous(engine, "FULL")
        gc.enable()


def _synchronous(engine: Engine, how: str) -> None:
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        raw.cursor().execute(f"PRAGMA synchronous={how}")
        raw.close()


def _lives(stage: Stage, cases: list[CasePlan]) -> Iterator[Life]:
    """Everything that happens, each thing at its own times."""
    known = [Known(case, case.manager) for case in cases]
    yield every(stage.wall.midnights(BEGINS - 1)[::3], lambda: tick(stage.hub))
    yield from rooms(stage.hub, stage.cast, stage.town, stage.wall.now)
    yield from (casework(stage, one) for one in known)
    yield from (asked_again(stage, one) for one in known)
    all_sent = [
        Sent(one, plan, stage.intake(plan.service).name)
        for one in known
        for plan in one.plan.referrals
    ]
    yield from (referring(stage, sent) for sent in all_sent)
    for one in to_close(stage, known):
        one.closes = True
        yield closing(stage, one)
    yield from _hand_overs(stage, known)
    for told in stage.cast.lives["conferences"]:
        yield conference(stage, told, known)


def _hand_overs(stage: Stage, known: list[Known]) -> Iterator[Life]:
    """One case that changed hands, and one that is offered since this morning."""
    harbour = [one for one in known if one.plan.agency == "Harbour House" and not one.closes]
    joan, grace = (
        next(one for one in harbour if one.manager == name)
        for name in ("Joan Petit", "Grace Mbeki")
    )
    yield handed_over(stage, joan, "Rosa Adeyemi", 40)
    yield offered(stage, grace, "Joan Petit")


def _all_read_by_now(hub: Hub, now: datetime) -> None:
    """What the last months had to say was mailed and read long ago, but for the last answers."""
    old = select(col(ReferralEventRow.referral)).group_by(col(ReferralEventRow.referral))
    read = old.having(func.max(col(ReferralEventRow.at)) < now - FRESH)
    with hub.desk_of_the_house() as desk:
        unsent = update(OutboxRow).where(col(OutboxRow.sent_at).is_(None))
        desk.db.execute(unsent.values(sent_at=col(OutboxRow.made_at)))
        desk.db.execute(update(ReferralRow).where(col(ReferralRow.id).in_(read)).values(news=False))
