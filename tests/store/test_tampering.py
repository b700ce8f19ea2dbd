"""Whoever rewrites the log, with the database in hand, is found out by what others kept.

Each forger here covers every trace inside the database: the chain holds afterwards, and the
checkpoints kept beside the log are gone.
"""

import shutil
from datetime import timedelta

import pytest

from hub.door import audit, merkle
from hub.door.checkpoints import Checkpoint, Paper, proved
from hub.door.examining import Found, compare
from hub.door.keeping_up import paged
from hub.door.signed_note import NotANote, NotSigned, Signer
from hub.installing import DATABASE
from tests.witnesses import (
    all_lines,
    checkpoint,
    examined,
    forges,
    found,
    maker,
    paper,
    put_back,
    puts_in,
    rewrites,
    swaps,
    takes_out,
    takes_the_last,
    writes,
)
from tests.world import World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def kept(world: World) -> str:
    """A checkpoint over nine lines that an agency keeps; then the log goes on for three."""
    writes(world, 9)
    note = checkpoint(world)
    writes(world, 3)
    return note


def leaves(world: World) -> list[bytes]:
    rows = audit.lines(paged(world.hub.engine), audit.BEFORE_ALL)
    return [merkle.leaf(line.said) for line in audit.followed(rows, 0, audit.FIRST)]


@BOTH
def test_a_log_nobody_touched_fits_every_checkpoint_ever_made(world: World, kept: str) -> None:
    report = examined(world, kept, checkpoint(world))
    assert (report.lines, len(report.held), report.alarms) == (12, 2, ())


@BOTH
def test_taking_the_last_lines_away_is_found_by_a_witness(world: World, kept: str) -> None:
    forges(world, takes_the_last(5))
    report = examined(world, kept)
    assert [alarm.found for alarm in report.alarms] == [Found.SHORT]
    assert report.alarms[0].lines == (7,)


@BOTH
def test_changing_one_line_is_found_by_a_witness(world: World, kept: str) -> None:
    forges(world, rewrites(4, person=world.joan.id))
    assert found(world, kept) == {Found.OTHER}


@BOTH
def test_letting_two_lines_change_places_is_found_by_a_witness(world: World, kept: str) -> None:
    forges(world, swaps(4, 5))
    assert found(world, kept) == {Found.OTHER}


@BOTH
def test_taking_one_line_out_and_closing_the_gap_is_found(world: World, kept: str) -> None:
    forges(world, takes_out(4))
    assert found(world, kept) == {Found.OTHER}


@BOTH
def test_cutting_the_log_and_writing_another_end_is_found(world: World, kept: str) -> None:
    forges(world, takes_the_last(5))
    writes(world, 20)
    assert found(world, kept) == {Found.OTHER}


@BOTH
def test_no_proof_leads_from_a_witness_to_a_log_cut_and_written_anew(
    world: World, kept: str
) -> None:
    forges(world, takes_the_last(5))
    writes(world, 20)
    earlier, present = paper(world, kept).checkpoint.tree, leaves(world)
    later = merkle.Tree(len(present), merkle.Growing.of(present).root())
    assert not merkle.grew(earlier, later, merkle.consistency_proof(present, earlier.size))


@BOTH
def test_putting_an_old_copy_back_is_found_by_a_newer_witness(world: World) -> None:
    writes(world, 6)
    old = all_lines(world)
    writes(world, 4)
    newer = checkpoint(world)
    forges(world, lambda db: put_back(db, old))
    assert found(world, newer) == {Found.SHORT}
    writes(world, 10)
    assert found(world, newer) == {Found.OTHER}


def test_putting_the_old_database_file_back_is_found_as_well(world: World) -> None:
    if world.hub.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    file = world.hub.settings.data / DATABASE
    writes(world, 6)
    checkpoint(world)
    settle(world)
    shutil.copyfile(file, file.with_suffix(".old"))
    writes(world, 4)
    newer = checkpoint(world)
    settle(world)
    shutil.copyfile(file.with_suffix(".old"), file)
    file.with_suffix(".old").unlink()
    assert found(world) == set()
    assert found(world, newer) == {Found.SHORT}


def settle(world: World) -> None:
    """Everything in the one file, and nobody holding it open."""
    with world.hub.engine.connect() as raw:
        raw.exec_driver_sql("COMMIT")
        raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    world.hub.engine.dispose()


@BOTH
def test_showing_two_agencies_different_logs_is_found_when_they_compare(world: World) -> None:
    to_one, to_other = two_stories(world, 3, 3)
    found_out = compare([paper(world, to_one, "one"), paper(world, to_other, "other")], world.now)
    assert [alarm.found for alarm in found_out.alarms] == [Found.FORKED]
    assert found(world, to_one, to_other) == {Found.OTHER, Found.FORKED}


@BOTH
def test_different_logs_of_different_lengths_are_found_beside_the_log(world: World) -> None:
    to_one, to_other = two_stories(world, 2, 4)
    assert found(world, to_one, to_other) == {Found.OTHER}


@BOTH
def test_different_logs_of_different_lengths_are_found_by_their_proof(world: World) -> None:
    to_one, to_other = two_stories(world, 2, 4)
    size = paper(world, to_one).checkpoint.tree.size
    told = proved(to_other, size, merkle.consistency_proof(leaves(world), size))
    found_out = compare([paper(world, to_one), paper(world, told)], world.now)
    assert [alarm.found for alarm in found_out.alarms] == [Found.FORKED]
    assert not found_out.held


def two_stories(world: World, first: int, then: int) -> tuple[str, str]:
    """A hub whose operator shows one agency one end of the log, and another agency another."""
    writes(world, 5)
    before = all_lines(world)
    writes(world, first)
    to_one = checkpoint(world)
    forges(world, lambda db: put_back(db, before))
    writes(world, then)
    return to_one, checkpoint(world)


@BOTH
def test_dating_a_line_anew_is_found_by_a_witness(world: World, kept: str) -> None:
    forges(world, rewrites(4, at=world.now - timedelta(hours=9)))
    assert Found.OTHER in found(world, kept)


@BOTH
def test_a_line_dated_back_stands_after_later_ones(world: World, kept: str) -> None:
    forges(world, puts_in(world.now - timedelta(hours=1)))
    report = examined(world, kept)
    assert [(each.found, each.lines) for each in report.alarms] == [(Found.BACK, (13,))]
    assert not report.changed


@BOTH
def test_lines_written_under_a_clock_set_back_are_found(world: World, kept: str) -> None:
    world.move(timedelta(days=-1))
    writes(world, 2)
    world.move(timedelta(days=1))
    assert found(world, kept) == {Found.BACK}


@BOTH
def test_a_line_dated_ahead_is_found_by_clock_and_witness(world: World) -> None:
    writes(world, 3)
    forges(world, puts_in(world.now + timedelta(days=2)))
    assert found(world) == {Found.AHEAD}
    note = checkpoint(world)
    world.move(timedelta(days=3))
    assert found(world, note) == {Found.AHEAD}


@BOTH
def test_lines_put_in_before_a_witnessed_hour_bear_its_date_at_most(world: World) -> None:
    """The first lines of all, written after their checkpoint, cannot be dated before it."""
    note = checkpoint(world)
    world.move(timedelta(hours=2))
    forges(world, lambda db: db.execute(audit.LINES.insert(), [first_line(world)]))
    assert found(world, note) == {Found.BACK}


def first_line(world: World) -> dict[str, object]:
    at = world.now - timedelta(hours=3)
    line = audit.Line(at, world.rosa.id, world.harbour.id, "entry.opened", "{}")
    return audit._row(line, 1, audit.FIRST, line.digest(1, audit.FIRST))


def test_a_checkpoint_of_the_forgers_own_is_not_believed(world: World, kept: str) -> None:
    forges(world, takes_the_last(5))
    tree = merkle.Growing.of(leaves(world))
    told = Checkpoint(maker(world).signer.name, merkle.Tree(tree.size, tree.root()), world.now)
    forged = Signer(maker(world).signer.name, bytes(32)).sign(told.text())
    with pytest.raises(NotSigned, match="another key"):
        paper(world, forged)


@pytest.mark.parametrize(
    ("was", "becomes"), [("\n9\n", "\n7\n"), ("time 2030", "time 2031"), ("log/", "logs/")]
)
def test_a_checkpoint_changed_by_one_letter_is_not_believed(
    world: World, kept: str, was: str, becomes: str
) -> None:
    with pytest.raises((NotSigned, NotANote)):
        paper(world, kept.replace(was, becomes))


def test_a_checkpoint_sent_by_mail_is_believed_all_the_same(world: World, kept: str) -> None:
    sent = "\n" + kept.replace("\n", "\r\n") + "\r\n\r\n"
    assert Paper.read("x", sent, maker(world).signer.key).checkpoint.tree.size == 9
