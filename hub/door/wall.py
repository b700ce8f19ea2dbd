"""The second wall: PostgreSQL is told who looks, once a transaction, and lets nothing else through.

What it then lets through is said in `hub.door.policies`. On SQLite nothing here does anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, event, func, select
from sqlmodel import Session, col

from hub.core.ids import AgencyId, HolderId, PersonId
from hub.door.sight import Sight
from hub.door.tables import HolderMemberRow


class Errand(StrEnum):
    """What the house may look at for a moment without anybody's eyes. None opens an envelope."""

    NONE = ""
    ASKING = "asking"  # what the one who begins to look must never know of
    COUNTING = "counting"  # figures over all agencies, and the places taken on an agenda
    TELLING = "telling"  # whose cases are whose: who is told of a step, or carries which keys
    COMPANY = "company"  # who else can read what the one who looks can open
    KEEPING = "keeping"  # who must never know of what is about to be shared or told
    COPYING = "copying"  # whether she carries a copy of what is about to be shared
    RECEIPT = "receipt"  # a receipt, for whoever knows its number
    ENDING = "ending"  # taking keys back from somebody whose seat is taken away
    EXPLAINING = "explaining"  # an auditor's question at the command line, itself in the log
    JOBS = "jobs"  # the clock of the house


FACE: Final = (
    "SELECT set_config('linden.person', %s, true), set_config('linden.agency', %s, true),"
    " set_config('linden.holders', %s, true), set_config('linden.kept_out', %s, true),"
    " set_config('linden.at', %s, true), set_config('linden.errand', %s, true)"
)
SEND: Final = "SELECT set_config('linden.errand', %s, true)"
_CARRIED: Final = select(func.array_agg(col(HolderMemberRow.holder))).where(
    col(HolderMemberRow.person) == bindparam("person"), col(HolderMemberRow.ended_at).is_(None)
)
ASK: Final = select(
    func.set_config("linden.person", bindparam("person"), True),
    func.set_config("linden.agency", bindparam("agency"), True),
    func.set_config("linden.errand", Errand.ASKING.value, True),
    _CARRIED.scalar_subquery(),
)
_ASKING: Final = "asking"
"""In the place of what the wall was told: it is being asked, and told nothing else meanwhile."""


def face(db: Session, sight: Sight) -> None:
    """From now on what this session does is done by the eyes of `sight`, and by nobody else's.

    A statement that carries a sight of its own is done by that one's. Nothing is sent here: the
    wall is told right before a statement, and only what it was not told already.
    """
    db.info["sight"] = sight


@contextmanager
def errand(db: Session, what: Errand) -> Iterator[None]:
    """Let this session see what one errand needs, and nothing of it afterwards."""
    before = db.info.get("errand", Errand.NONE)
    db.info["errand"] = what
    try:
        yield
    finally:
        db.info["errand"] = before


@contextmanager
def asking(db: Session, person: PersonId, agency: AgencyId) -> Iterator[frozenset[HolderId] | None]:
    """Somebody asks what they must never know of, before anybody can look with their eyes.

    Yields:
        What they carry, which comes with the same statement; None where there is no wall.
    """
    if db.get_bind().dialect.name != "postgresql":
        yield None
        return
    carried = db.execute(ASK, {"person": person, "agency": agency}).one()[3] or []
    db.info["told"] = _ASKING
    try:
        yield frozenset(HolderId(holder) for holder in carried)
    finally:
        db.info["told"] = None


def arm(engine: Engine) -> None:
    """Tell the wall who looks before any statement of a session; on SQLite there is nobody to tell.

    What it was told is forgotten with the transaction, whoever is given the connection next.
    """
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "before_cursor_execute")
    def _tell(conn: Any, _cursor: Any, _sql: str, _params: Any, context: Any, _many: bool) -> None:
        session = conn.info.get("wall")
        if session is None or session.get("told") == _ASKING:
            return
        own = context.execution_options.get("sight") if context is not None else None
        sight = own if isinstance(own, Sight) else session.get("sight")
        wanted = (sight, session.get("errand", Errand.NONE))
        if sight is not None and session.get("told") != wanted:
            _send(conn.connection.driver_connection, session.get("told"), wanted)
            session["told"] = wanted

    @event.listens_for(engine, "checkin")
    def _leave(_raw: Any, record: Any) -> None:
        record.info.pop("wall", None)


@event.listens_for(Session, "after_begin")
def _begin(db: Session, _begun: Any, connection: Connection) -> None:
    """A transaction begins, or a part of one that may be undone by itself."""
    connection.info["wall"] = db.info
    db.info["told"] = None


@event.listens_for(Session, "after_transaction_end")
def _end(db: Session, _ended: Any) -> None:
    db.info["told"] = None


def _send(raw: Any, told: tuple[Sight, Errand] | None, wanted: tuple[Sight, Errand]) -> None:
    """Past the engine, so that the statement that waits is not held up by events of this one."""
    if told is not None and told[0] == wanted[0]:
        raw.execute(SEND, (wanted[1].value,))
    else:
        raw.execute(FACE, _said(*wanted))


def _said(sight: Sight, what: Errand) -> tuple[str, ...]:
    return (
        sight.person,
        sight.agency if sight.roles else "",  # who carries a receipt works for nobody
        ",".join(sorted(sight.holders)),
        ",".join(sorted(sight.kept_out)),
        sight.at.astimezone(UTC).replace(tzinfo=None).isoformat(),
        what.value,
    )
