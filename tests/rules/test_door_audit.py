"""Nobody looks unseen, and nobody changes the log unseen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from hub.core.clock import OPEN_END
from hub.core.facts import UnknownFact
from hub.core.grounds import OWN_WORK
from hub.core.words import Category
from hub.door import Sealing, To, audit, open_one, seal
from hub.door.sight import sight_of_the_house
from tests.world import World

LINES = 9


def filled(world: World) -> audit.Verdict:
    """A log with some lines in it."""
    for number in range(LINES):
        with world.desk(world.rosa) as desk:
            desk.audit("referral.step", count=number)
        world.move(timedelta(seconds=1))
    return verdict(world)


def verdict(world: World) -> audit.Verdict:
    with world.hub.unit_of_work() as db:
        return audit.verify(db)


def test_a_log_that_nobody_touched_holds_from_end_to_end(world: World) -> None:
    found = filled(world)
    assert (found.lines, found.broken_at) == (LINES, None)
    with world.hub.unit_of_work() as db:
        assert audit.count(db) == LINES


def test_an_empty_log_holds_and_has_no_lines(world: World) -> None:
    assert verdict(world) == audit.Verdict(0, audit.FIRST, None)


def test_several_lines_of_one_transaction_are_chained_in_order(world: World) -> None:
    with world.desk(world.rosa) as desk:
        for number in range(5):
            desk.audit("referral.step", count=number)
    assert (verdict(world).lines, verdict(world).broken_at) == (5, None)


Tamper = Callable[[Connection], Any]


def sql(order: str) -> Tamper:
    return lambda db: db.execute(text(order))


def renumber(db: Connection) -> None:
    """Take out line 4 and move all later ones up, as if it had never been."""
    db.execute(text("DELETE FROM audit_line WHERE seq = 4"))
    for seq in range(5, LINES + 1):
        db.execute(text(f"UPDATE audit_line SET seq = {seq - 1} WHERE seq = {seq}"))  # noqa: S608


def swap(db: Connection) -> None:
    """Let lines 4 and 5 change places."""
    for old, new in ((4, 400), (5, 4), (400, 5)):
        db.execute(text(f"UPDATE audit_line SET seq = {new} WHERE seq = {old}"))  # noqa: S608


def rewrite(db: Connection) -> None:
    """Change line 4, give it a hash that fits, and tie line 5 to that hash."""
    four = db.execute(text("SELECT * FROM audit_line WHERE seq = 4")).one()
    at = datetime.fromisoformat(str(four.at)).replace(tzinfo=UTC)
    line = audit.Line(at, "somebody else", four.agency, four.action, four.facts)
    told = {"person": line.person, "hash": line.digest(4, four.before)}
    db.execute(text("UPDATE audit_line SET person = :person, hash = :hash WHERE seq = 4"), told)
    db.execute(text("UPDATE audit_line SET before = :hash WHERE seq = 5"), told)


def begin_at_two(db: Connection) -> None:
    """Number the lines from 2 on, each with the hash that fits, as if one had stood before."""
    rows, head = list(db.execute(audit.LINES.select().order_by(audit.LINES.c.seq))), audit.FIRST
    db.execute(audit.LINES.delete())
    for seq, row in enumerate(rows, 2):
        line = audit.Line(*row[1:6])
        made = line.digest(seq, head)
        db.execute(audit.LINES.insert(), [audit._row(line, seq, head, made)])
        head = made


TAMPERINGS: dict[str, tuple[Tamper, int]] = {
    "another person": (sql("UPDATE audit_line SET person = 'x' WHERE seq = 4"), 4),
    "another agency": (sql("UPDATE audit_line SET agency = 'x' WHERE seq = 4"), 4),
    "another action": (sql("UPDATE audit_line SET action = 'x.y' WHERE seq = 4"), 4),
    "other facts": (sql("UPDATE audit_line SET facts = '{}' WHERE seq = 4"), 4),
    "another time": (sql("UPDATE audit_line SET at = '2029-01-01 00:00:00' WHERE seq = 4"), 4),
    "another link": (sql("UPDATE audit_line SET before = 'x' WHERE seq = 4"), 4),
    "another hash": (sql("UPDATE audit_line SET hash = 'x' WHERE seq = 4"), 4),
    "the first taken out": (sql("DELETE FROM audit_line WHERE seq = 1"), 1),
    "one taken out": (sql("DELETE FROM audit_line WHERE seq = 4"), 4),
    "one taken out and renumbered": (renumber, 4),
    "two change places": (swap, 4),
    "all given other numbers and hashes that fit": (begin_at_two, 1),
    "the last given a number further on": (sql("UPDATE audit_line SET seq = 11 WHERE seq = 9"), 9),
    "one rewritten and the next tied to it": (rewrite, 5),
    "one put in at the end": (
        sql(
            "INSERT INTO audit_line (seq, at, person, agency, action, facts, before, hash) "
            "SELECT seq + 1, at, person, agency, action, facts, hash, hash FROM audit_line "
            "WHERE seq = 9"
        ),
        LINES + 1,
    ),
    "one put in before the first": (
        sql(
            "INSERT INTO audit_line (seq, at, person, agency, action, facts, before, hash) "
            "SELECT 0, at, person, agency, action, facts, before, hash FROM audit_line "
            "WHERE seq = 1"
        ),
        1,
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_way_of_tampering_is_found_where_it_happened(world: World, name: str) -> None:
    filled(world)
    tamper, where = TAMPERINGS[name]
    with world.hub.engine.begin() as db:
        tamper(db)
    assert verdict(world).broken_at == where


def test_a_log_cut_short_has_another_head_than_the_one_noted(world: World) -> None:
    noted = filled(world)
    with world.hub.engine.begin() as db:
        db.execute(text(f"DELETE FROM audit_line WHERE seq = {LINES}"))  # noqa: S608 -- a number
    cut = verdict(world)
    assert cut.broken_at is None
    assert (cut.lines, cut.head) != (noted.lines, noted.head)


def fail_after_noting(world: World) -> None:
    with world.desk(world.rosa) as desk:
        desk.audit("referral.step", count=1)
        raise LookupError


def test_what_is_rolled_back_leaves_no_line(world: World) -> None:
    with pytest.raises(LookupError):
        fail_after_noting(world)
    assert verdict(world).lines == 0


def test_an_opening_that_cannot_be_recorded_does_not_happen(world: World) -> None:
    with world.desk(world.rosa) as desk:
        own = [To(world.rosa.holder, OWN_WORK, OPEN_END)]
        envelope = seal(desk.db, desk.sight, Sealing(Category.NEED, {"text": "x"}, ""), own)
    before = verdict(world)
    owner = world.hub.owner or world.hub.engine
    with owner.begin() as db:
        db.execute(text("ALTER TABLE audit_line RENAME TO audit_elsewhere"))
    with pytest.raises(DatabaseError), world.desk(world.rosa) as desk:
        open_one(desk.db, desk.sight, envelope)
    with pytest.raises(DatabaseError), world.desk(world.rosa) as desk:
        seal(desk.db, desk.sight, Sealing(Category.NEED, {"text": "y"}, ""), own)
    with owner.begin() as db:
        db.execute(text("ALTER TABLE audit_elsewhere RENAME TO audit_line"))
    assert verdict(world) == before


def test_a_session_that_goes_on_after_a_rollback_notes_only_the_rest(world: World) -> None:
    house = sight_of_the_house(world.now, world.hub.custody)
    with world.hub.unit_of_work() as db:
        db.execute(text("SELECT 1"))
        audit.note(db, house, "referral.step", {"count": 1})
        db.rollback()
        audit.note(db, house, "referral.step", {"count": 2})
    assert verdict(world).lines == 1


@pytest.mark.parametrize(
    "facts",
    [{"name": "Amal"}, {"text": "x"}, {"case": "x" * 3000}],
    ids=["not on the list", "free text", "longer than a code"],
)
def test_a_line_says_nothing_that_is_not_on_the_list(
    world: World, facts: dict[str, str | int]
) -> None:
    with world.desk(world.rosa) as desk, pytest.raises(UnknownFact):
        desk.audit("case.opened", **facts)


def test_the_log_says_who_and_what_and_no_word_of_the_entry(world: World) -> None:
    with world.desk(world.rosa) as desk:
        own = [To(world.rosa.holder, OWN_WORK, OPEN_END)]
        envelope = seal(desk.db, desk.sight, Sealing(Category.NEED, {"text": "afraid"}, ""), own)
        open_one(desk.db, desk.sight, envelope)
    with world.hub.engine.begin() as db:
        lines = db.execute(text("SELECT person, action, facts FROM audit_line ORDER BY seq")).all()
    assert [line.action for line in lines] == ["share.made", "entry.opened"]
    assert {line.person for line in lines} == {world.rosa.id}
    assert all(envelope in line.facts and "afraid" not in line.facts for line in lines)
