"""A log with lines in it, those who keep checkpoints of it, and a forger who has the database."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, text, update

from hub.door import audit
from hub.door.audit import LINES
from hub.door.checkpoints import Paper, newest_signed
from hub.door.examining import Found, Report, examine
from hub.door.keeping_up import Maker, paged
from hub.door.tables import CheckpointRow
from hub.people.witness import maker_of
from tests.world import World

A_MINUTE: Final = timedelta(minutes=1)
Forge = Callable[[Connection], Any]


def writes(world: World, lines: int) -> None:
    """So many more lines, one a minute, each by itself."""
    for number in range(lines):
        world.move(A_MINUTE)
        with world.desk(world.rosa) as desk:
            desk.audit("referral.step", count=number)


def maker(world: World) -> Maker:
    return maker_of(world.hub)


def checkpoint(world: World) -> str:
    """A checkpoint over all lines there are, as a witness keeps it."""
    maker(world).make(world.now)
    with world.hub.unit_of_work() as db:
        made = newest_signed(db)
    assert made is not None
    return made.note


def paper(world: World, note: str, whose: str = "a witness") -> Paper:
    return Paper.read(whose, note, maker(world).signer.key)


def examined(world: World, *notes: str) -> Report:
    """The log, held against checkpoints that were kept elsewhere."""
    rows = audit.lines(paged(world.hub.engine), audit.BEFORE_ALL)
    return examine(rows, [paper(world, note) for note in notes], world.now)


def found(world: World, *notes: str) -> set[Found]:
    """The kinds of things that are wrong."""
    return {alarm.found for alarm in examined(world, *notes).alarms}


def forges(world: World, *works: Forge) -> None:
    """Somebody with the database in hand, who covers every trace inside of it.

    Afterwards every line follows from the one before, and no checkpoint kept in the database
    contradicts them.
    """
    with world.hub.engine.begin() as db:
        for work in works:
            work(db)
        rechain(db)
        db.execute(delete(CheckpointRow.__table__))  # type: ignore[attr-defined]
    with world.hub.unit_of_work() as db:
        assert audit.verify(db).broken_at is None


def rechain(db: Connection) -> None:
    """Number the lines anew and give each the hash that fits, from the first to the last."""
    rows = [row._asdict() for row in db.execute(select(LINES).order_by(LINES.c.seq))]
    head, made = audit.FIRST, []
    for seq, row in enumerate(rows, 1):
        line = audit.Line(row["at"], row["person"], row["agency"], row["action"], row["facts"])
        made.append(audit._row(line, seq, head, line.digest(seq, head)))
        head = made[-1]["hash"]
    put_back(db, made)


def put_back(db: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """These lines, and no others."""
    db.execute(delete(LINES))
    if rows:
        db.execute(insert(LINES), list(rows))


def all_lines(world: World) -> list[dict[str, Any]]:
    """A copy of the log, as a backup has it."""
    with world.hub.engine.begin() as db:
        return [row._asdict() for row in db.execute(select(LINES).order_by(LINES.c.seq))]


def takes_the_last(lines: int) -> Forge:
    """Take lines from the end."""
    return lambda db: db.execute(
        text("DELETE FROM audit_line WHERE seq > (SELECT max(seq) FROM audit_line) - :lines"),
        {"lines": lines},
    )


def takes_out(seq: int) -> Forge:
    return lambda db: db.execute(delete(LINES).where(LINES.c.seq == seq))


def rewrites(seq: int, **told: Any) -> Forge:
    """Change one line."""
    return lambda db: db.execute(update(LINES).where(LINES.c.seq == seq).values(**told))


def swaps(one: int, other: int) -> Forge:
    """Two lines change places."""

    def swap(db: Connection) -> None:
        for old, new in ((one, 10**9), (other, one), (10**9, other)):
            db.execute(update(LINES).where(LINES.c.seq == old).values(seq=new))

    return swap


def puts_in(at: datetime) -> Forge:
    """One more line at the end, dated as the forger likes."""

    def put(db: Connection) -> None:
        last = db.execute(select(LINES).order_by(LINES.c.seq.desc()).limit(1)).one()
        row = {**last._asdict(), "seq": last.seq + 1, "at": at.astimezone(UTC)}
        db.execute(insert(LINES), [row])

    return put
