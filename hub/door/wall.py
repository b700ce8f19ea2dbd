"""The second wall: PostgreSQL is told who looks, once a transaction, and lets nothing else through.

What it then lets through is said in `hub.door.policies`. On SQLite nothing here does anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, col

from hub.core.ids import AgencyId, HolderId, PersonId
from hub.door.sight import Sight
from hub.door.tables import HolderMemberRow


class Errand(StrEnum):
    """What the house may look at for a moment without anybody's eyes. None opens an envelope."""

    NONE = ""
    ASKING = "asking"  # what the one who begins to look must never know of
    COUNTING = "counting"  # figures over all agencies, and the places taken on an agenda
    TELLING = "telling"  # who is told of a step that somebody else took
    COMPANY = "company"  # who else can read what the one who looks can open
    ENDING = "ending"  # taking keys back from somebody whose seat is taken away
    JOBS = "jobs"  # the clock of the house


FACE: Final = text(
    "SELECT set_config('linden.person', :person, true), set_config('linden.agency', :agency, true),"
    " set_config('linden.holders', :holders, true), set_config('linden.kept_out', :kept_out, true),"
    " set_config('linden.at', :at, true), set_config('linden.errand', :errand, true)"
)
SEND: Final = text("SELECT set_config('linden.errand', :errand, true)")
_CARRIED: Final = select(func.array_agg(col(HolderMemberRow.holder))).where(
    col(HolderMemberRow.person) == bindparam("person"), col(HolderMemberRow.ended_at).is_(None)
)
ASK: Final = select(
    func.set_config("linden.person", bindparam("person"), True),
    func.set_config("linden.agency", bindparam("agency"), True),
    func.set_config("linden.errand", Errand.ASKING.value, True),
    _CARRIED.scalar_subquery(),
)


def stands(db: Session) -> bool:
    """Whether there is a second wall behind this session: only PostgreSQL has one."""
    return db.get_bind().dialect.name == "postgresql"


def asked(db: Session, person: PersonId, agency: AgencyId) -> frozenset[HolderId]:
    """What this person carries now; the wall lets them ask what they must never know of.

    One statement for both. It holds until the desk made next faces the wall.
    """
    told = {"person": person, "agency": agency}
    carried = db.execute(ASK, told).one()[3] or []
    return frozenset(HolderId(holder) for holder in carried)


def face(db: Session, sight: Sight) -> None:
    """From now on this session's work is done by the eyes of `sight`, and by nobody else's."""
    if not stands(db):
        return
    db.info["wall"] = {
        "person": sight.person,
        "agency": sight.agency,
        "holders": ",".join(sorted(sight.holders)),
        "kept_out": ",".join(sorted(sight.kept_out)),
        "at": sight.at.astimezone(UTC).replace(tzinfo=None).isoformat(),
        "errand": Errand.NONE.value,
    }
    if db.in_transaction():
        db.execute(FACE, db.info["wall"])


@event.listens_for(Session, "after_begin")
def _again(db: Session, begun: SessionTransaction, connection: Connection) -> None:
    """Each transaction is told anew; it forgets when it ends, whoever is given its connection."""
    told: dict[str, Any] | None = db.info.get("wall")
    if told is not None and not begun.nested and connection.dialect.name == "postgresql":
        connection.execute(FACE, told)


@contextmanager
def errand(db: Session, what: Errand) -> Iterator[None]:
    """Let this session see what one errand needs, and nothing of it afterwards."""
    if not stands(db):
        yield
        return
    before = db.info.setdefault("wall", _nobody())["errand"]
    _send(db, what.value)
    try:
        yield
    except DBAPIError:  # the transaction is lost, and what it was told with it
        db.info["wall"]["errand"] = before
        raise
    except BaseException:
        _send(db, before)
        raise
    _send(db, before)


def _send(db: Session, what: str) -> None:
    db.info["wall"]["errand"] = what
    if db.in_transaction():
        db.execute(SEND, {"errand": what})
    else:
        db.connection()


def _nobody() -> dict[str, str]:
    return dict.fromkeys(("person", "agency", "holders", "kept_out", "at", "errand"), "")
