"""What a running install can be asked: each check says what it found and what to do."""

import shutil
import smtplib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2
from sqlmodel import col

from hub.core.errors import HubError
from hub.desk import Hub
from hub.door import audit, examining
from hub.door.checkpoints import newest_signed, trouble_since
from hub.door.keeping_up import paged
from hub.door.raising import breach
from hub.people.witness import LATE, TOLD_FOR, maker_of
from hub.store.dispatch import MailRefused, reach
from hub.store.engine import OLDEST_SQLITE
from hub.store.outbox import OutboxRow
from hub.web.places import AssetMissing, asset

LEAST_FREE_BYTES: Final = 1_000_000_000
LONGEST_WAIT: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer: whether it is well, and a sentence."""

    well: bool
    what: str
    sentence: str


def examine(hub: Hub) -> Iterator[Finding]:
    """Every check in turn; one that fails does not stop the others."""
    for what, check in CHECKS:
        try:
            trouble = check(hub)
        except (SQLAlchemyError, OSError, HubError, AssetMissing) as fault:
            trouble = f"could not be checked ({type(fault).__name__})"
        yield Finding(trouble is None, what, trouble or "well")


def _root_key(hub: Hub) -> str | None:
    mode = stat.S_IMODE(hub.settings.root_key_file.stat().st_mode)
    if mode & 0o077:
        return f"others can read {hub.settings.root_key_file}; run chmod 600 on it"
    return None


def _folder(hub: Hub) -> str | None:
    if hub.settings.database_url:
        return None
    mode = stat.S_IMODE(hub.settings.data.stat().st_mode)
    if mode & 0o077:
        return f"others can look into {hub.settings.data}; run chmod 700 on it"
    return None


def _space(hub: Hub) -> str | None:
    if hub.settings.database_url:
        return None
    free = shutil.disk_usage(hub.settings.data).free
    if free < LEAST_FREE_BYTES:
        return f"only {free // 1_000_000} MB are free where the data lie; make room"
    return None


def _engine(hub: Hub) -> str | None:
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        return "the SQLite inside sqlcipher3 is too old; upgrade sqlcipher3"
    with hub.unit_of_work() as db:
        db.execute(select(1))
    return None


def _wall(hub: Hub) -> str | None:
    with hub.unit_of_work() as db:
        return breach(db)


def _audit(hub: Hub) -> str | None:
    maker = maker_of(hub)
    papers, unsigned = maker.papers()
    rows = audit.lines(paged(hub.engine), audit.BEFORE_ALL)
    if unsigned or examining.examine(rows, papers, hub.clock.now()).changed:
        return "it was changed; run linden audit verify, and delete nothing"
    with hub.unit_of_work() as db:
        if trouble_since(db, hub.clock.now() - TOLD_FOR):
            return "something was wrong with it this week; run linden audit verify"
    return None


def _checkpoints(hub: Hub) -> str | None:
    with hub.unit_of_work() as db:
        last, first = newest_signed(db), audit.page(db, audit.BEFORE_ALL)[:1]
    since = last.at if last else first[0][1] if first else hub.clock.now()
    if since < hub.clock.now() - LATE:
        return "none was made in the last two hours; run linden serve, which makes them"
    return None


def _outbox(hub: Hub) -> str | None:
    late = hub.clock.now() - LONGEST_WAIT
    with hub.unit_of_work() as db:
        waiting = select(func.count()).where(
            col(OutboxRow.sent_at).is_(None),
            col(OutboxRow.dropped_at).is_(None),
            col(OutboxRow.made_at) < late,
        )
        count = int(db.execute(waiting).scalar_one())
    if count:
        return f"{count} messages have waited for more than half an hour; check LINDEN_SMTP_URL"
    return None


def _mail(hub: Hub) -> str | None:
    if hub.settings.smtp_url in {"", "off"}:
        return "no mail leaves this hub; set LINDEN_SMTP_URL"
    try:
        reach(hub.settings.smtp_url)
    except (OSError, smtplib.SMTPException, MailRefused) as fault:
        return f"the mail server did not answer ({type(fault).__name__}); check LINDEN_SMTP_URL"
    return None


def _assets(_hub: Hub) -> str | None:
    asset("linden.css")
    return None


CHECKS: Final[tuple[tuple[str, Callable[[Hub], str | None]], ...]] = (
    ("root key", _root_key),
    ("data folder", _folder),
    ("free space", _space),
    ("database", _engine),
    ("second wall", _wall),
    ("audit log", _audit),
    ("checkpoints", _checkpoints),
    ("messages", _outbox),
    ("mail server", _mail),
    ("page assets", _assets),
)
