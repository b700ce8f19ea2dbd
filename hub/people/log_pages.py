"""The log's checkpoints, for those who keep them outside of the hub."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hub.core.errors import NothingHere
from hub.desk import Desk
from hub.door import checkpoints
from hub.door.checkpoints import signer
from hub.people.witness import LATE, TOLD_FOR, WITNESSES
from hub.web.answers import Download
from hub.web.routes import page


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """One checkpoint to keep."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LogPage:
    """The checkpoints one can keep, the newest apart; it says nothing of what the log holds."""

    template: ClassVar[str] = "hub/people/log.html"
    command: ClassVar[str] = "linden audit verify --from checkpoint.txt"
    newest: CheckpointLine | None
    daily: list[CheckpointLine]
    older: str
    late: bool
    troubled: bool
    key: str


def show_log(desk: Desk) -> LogPage:
    """What to keep, why, and what to do with it."""
    newest = checkpoints.newest_signed(desk.db)
    rows = checkpoints.daily(desk.db, desk.form.optional_id("before") or "")
    return LogPage(
        newest=CheckpointLine(newest.id, newest.at) if newest else None,
        daily=[CheckpointLine(row.id, row.at) for row in rows],
        older=rows[-1].id if len(rows) == checkpoints.DAYS_SHOWN else "",
        late=newest is not None and newest.at < desk.at - LATE,
        troubled=checkpoints.trouble_since(desk.db, desk.at - TOLD_FOR) is not None,
        key=str(signer(desk.hub.log_key).key),
    )


def keep_checkpoint(desk: Desk) -> Download:
    """One checkpoint, to be kept elsewhere."""
    row = checkpoints.one(desk.db, desk.path["checkpoint"])
    if row is None:
        raise NothingHere
    return Download(row.note.encode(), "text/plain; charset=utf-8", "checkpoint.txt")


ROUTES = [
    page("GET", "/log", show_log, audience=WITNESSES, audit=""),
    page("GET", "/log/{checkpoint}", keep_checkpoint, audience=WITNESSES, audit="checkpoint.kept"),
]
