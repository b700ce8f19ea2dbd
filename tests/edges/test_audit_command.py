"""Whoever examines the log is told in plain words what holds and what does not."""

import re
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from hub import audit_commands
from hub.audit_commands import CHANGED, LOOK_AGAIN, WELL, Unusable
from hub.doctor import examine
from hub.door.signed_note import Signer
from hub.door.tables import CheckpointRow
from hub.jobs import tick
from tests.witnesses import (
    all_lines,
    checkpoint,
    forges,
    maker,
    paper,
    put_back,
    puts_in,
    rewrites,
    takes_the_last,
    writes,
)
from tests.world import World


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Typed = Callable[..., Said]


@pytest.fixture
def typed(world: World, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """`linden audit` as somebody types it on the machine of this hub."""
    monkeypatch.setattr(audit_commands, "SystemClock", lambda: world.clock)
    parser = ArgumentParser(prog="linden")
    commands = parser.add_subparsers()
    audit_commands.add_to(commands, lambda work: lambda chosen: work(chosen, world.hub))

    def run(*words: object) -> Said:
        chosen = parser.parse_args(["audit", *map(str, words)])
        capsys.readouterr()
        code = chosen.run(chosen)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def kept(world: World, tmp_path: Path) -> Path:
    """A checkpoint over nine lines in somebody's file; then the log goes on for three."""
    writes(world, 9)
    file = written(tmp_path / "kept.txt", checkpoint(world))
    writes(world, 3)
    return file


def written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def test_verify_alone_reads_the_whole_log(typed: Typed, world: World) -> None:
    writes(world, 4)
    said = typed("verify")
    assert (said.code, said.err) == (WELL, "")
    assert re.fullmatch(r"4 lines, every one follows .* Head [0-9a-f]{64}", said.out.strip())


def test_verify_says_that_a_kept_checkpoint_holds(typed: Typed, kept: Path) -> None:
    said = typed("verify", "--from", kept)
    assert (said.code, said.err) == (WELL, "")
    assert "12 lines, every one follows" in said.out
    assert "fit all 1 checkpoints kept in the database" in said.out
    assert f"{kept}: the first 9 lines are those it was made over, on 2030-01-15 12:09" in said.out


def test_verify_says_where_the_chain_breaks(typed: Typed, kept: Path, world: World) -> None:
    with world.hub.engine.begin() as db:
        rewrites(4, person="x")(db)
    said = typed("verify", "--from", kept)
    assert said.code == CHANGED
    assert "Line 4 does not follow from the line before it." in said.err
    assert f"{kept}: nothing can be said of it, because the log breaks off" in said.err
    assert "every one follows" not in said.out


def test_verify_says_that_lines_were_taken_away(typed: Typed, kept: Path, world: World) -> None:
    forges(world, takes_the_last(5))
    assert typed("verify").code == WELL
    said = typed("verify", "--from", kept)
    assert said.code == CHANGED
    assert f"{kept}: made over 9 lines, but the log has 7. Lines were taken" in said.err


def test_verify_says_that_the_first_lines_are_others(
    typed: Typed, kept: Path, world: World
) -> None:
    forges(world, rewrites(4, person=world.joan.id))
    assert typed("verify").code == WELL
    said = typed("verify", "--from", kept)
    assert said.code == CHANGED
    assert f"{kept}: the first 9 lines are not those it was made over. Since 2030-01" in said.err


def test_verify_says_that_two_agencies_were_shown_different_logs(
    typed: Typed, world: World, tmp_path: Path
) -> None:
    one, other = forked(world, tmp_path)
    said = typed("verify", "--from", one, "--from", other)
    assert said.code == CHANGED
    assert f"{other}: the first" not in said.err
    assert f"{one} and {other}: this hub signed both" in said.err
    assert "It showed different people different logs." in said.err


def forked(world: World, folder: Path) -> tuple[Path, Path]:
    """Two agencies' checkpoints over as many, but different, lines; the second's log stands."""
    writes(world, 3)
    before = all_lines(world)
    writes(world, 2)
    one = written(folder / "one.txt", checkpoint(world))
    forges(world, lambda db: put_back(db, before))
    writes(world, 2)
    return one, written(folder / "other.txt", checkpoint(world))


def test_verify_says_which_dates_cannot_be_and_that_nothing_was_changed(
    typed: Typed, kept: Path, world: World
) -> None:
    back = world.now - timedelta(hours=1)
    forges(world, puts_in(back), puts_in(back), puts_in(world.now + timedelta(hours=1)))
    said = typed("verify", "--from", kept)
    assert said.code == LOOK_AGAIN
    assert "Line 13 is dated long before what came before it." in said.err
    assert "So are 1 others." in said.err
    assert "Line 15 is dated later than it can have been written." in said.err
    assert "are those it was made over" in said.out


def test_verify_holds_the_log_against_its_own_checkpoints(typed: Typed, world: World) -> None:
    writes(world, 3)
    tick(world.hub)
    forges(world, rewrites(2, person="x"))
    assert typed("verify").code == WELL
    tick(world.hub)
    with world.hub.unit_of_work() as db:
        rows = list(db.execute(CheckpointRow.__table__.select()))  # type: ignore[attr-defined]
    forges(world, rewrites(1, person="x"))
    with world.hub.unit_of_work() as db:
        db.execute(CheckpointRow.__table__.insert(), [row._asdict() for row in rows])  # type: ignore[attr-defined]
    said = typed("verify")
    assert said.code == CHANGED
    assert "kept in the database, 2030-01-15 12:03 UTC: the first 3 lines are not" in said.err


def test_verify_tells_only_so_much_and_counts_the_rest(typed: Typed, world: World) -> None:
    for _hour in range(15):
        writes(world, 1)
        checkpoint(world)
    with world.hub.engine.begin() as db:
        takes_the_last(15)(db)
    said = typed("verify")
    assert said.code == CHANGED
    assert len(said.err.splitlines()) == 11
    assert said.err.endswith("And 5 more of this kind.\n")


def test_a_checkpoint_of_somebody_else_proves_nothing(
    typed: Typed, kept: Path, world: World
) -> None:
    own = paper(world, kept.read_text("utf-8")).checkpoint
    forged = Signer(maker(world).signer.name, bytes(32)).sign(own.text())
    said = typed("verify", "--from", written(kept, forged))
    assert said.code == CHANGED
    assert f"{kept}: it was signed with another key. It proves nothing." in said.err
    said = typed("verify", "--from", written(kept, own_changed(world)))
    assert said.code == CHANGED
    assert f"{kept}: it was changed after it was signed. It proves nothing." in said.err


def own_changed(world: World) -> str:
    return checkpoint(world).replace("time 2030", "time 2029")


@pytest.mark.parametrize(
    "content",
    [b"", b"Dear Petra,\n\nsee you on Monday.\n", b"\xff\xfe\x00", b"x" * 200_000, b"old 1\n\n"],
    ids=["empty", "a letter", "no text", "far too long", "a proof alone"],
)
def test_a_file_that_holds_no_checkpoint_is_refused_by_name(
    typed: Typed, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    with pytest.raises(Unusable, match=re.escape(str(file))):
        typed("verify", "--from", file)


def test_checkpoint_prints_one_over_every_line_there_is(typed: Typed, world: World) -> None:
    writes(world, 2)
    first = typed("checkpoint")
    assert paper(world, first.out).checkpoint.tree.size == 2
    assert typed("checkpoint").out == first.out
    writes(world, 1)
    assert paper(world, typed("checkpoint").out).checkpoint.tree.size == 3
    assert typed("checkpoint", "--lines", 2).out == first.out
    assert typed("checkpoint", "--list").out.splitlines() == [
        "2030-01-15 12:02 UTC  2 lines",
        "2030-01-15 12:03 UTC  3 lines",
    ]


def test_checkpoint_says_when_there_is_none_to_print(typed: Typed, world: World) -> None:
    with pytest.raises(Unusable, match="--list"):
        typed("checkpoint", "--lines", 7)
    writes(world, 3)
    checkpoint(world)
    with world.hub.engine.begin() as db:
        takes_the_last(1)(db)
    with pytest.raises(Unusable, match="Verify it first"):
        typed("checkpoint")


def test_whoever_has_only_the_key_checks_that_one_goes_on_from_another(
    typed: Typed, kept: Path, tmp_path: Path
) -> None:
    key = typed("key").out.strip()
    newer = written(tmp_path / "newer.txt", typed("checkpoint", "--since", kept).out)
    said = typed("verify", "--key", key, "--from", kept, "--from", newer)
    assert (said.code, said.err) == (WELL, "")
    assert f"{kept}: signed by this key, over 9 lines, on 2030-01-15 12:09 UTC." in said.out
    assert f"{newer} goes on from {kept}: nothing in between was changed." in said.out
    assert typed("verify", "--from", newer).code == WELL


def test_without_a_proof_the_key_alone_cannot_compare(
    typed: Typed, kept: Path, tmp_path: Path
) -> None:
    newer = written(tmp_path / "newer.txt", typed("checkpoint").out)
    said = typed("verify", "--key", typed("key").out, "--from", newer, "--from", kept)
    assert said.code == LOOK_AGAIN
    assert f"linden audit checkpoint --since {kept}" in said.err


def test_the_key_alone_finds_two_checkpoints_that_cannot_both_be(
    typed: Typed, world: World, tmp_path: Path
) -> None:
    one, other = forked(world, tmp_path)
    said = typed("verify", "--key", typed("key").out, "--from", one, "--from", other)
    assert said.code == CHANGED
    assert f"{one} and {other}: this hub signed both" in said.err


def test_a_proof_for_a_log_that_was_changed_is_not_made(
    typed: Typed, kept: Path, world: World
) -> None:
    forges(world, rewrites(4, person="x"))
    with pytest.raises(Unusable, match="does not go on from it"):
        typed("checkpoint", "--since", kept)
    with world.hub.engine.begin() as db:
        rewrites(4, person="y")(db)
    with pytest.raises(Unusable, match="line 4 does not follow"):
        typed("checkpoint", "--since", kept)


@pytest.mark.parametrize("key", ["", "x", "linden/log/1+00000000+AAAA", "PeterNeumann+c74f20a3+AR"])
def test_a_key_that_is_none_is_refused_in_a_sentence(typed: Typed, kept: Path, key: str) -> None:
    with pytest.raises(Unusable, match=r"^--key"):
        typed("verify", f"--key={key or ' '}", "--from", kept)


def test_a_key_without_checkpoints_is_refused_in_a_sentence(typed: Typed) -> None:
    with pytest.raises(Unusable, match="--from"):
        typed("verify", "--key", typed("key").out)


def complaint(world: World, what: str) -> str:
    found = {finding.what: finding for finding in examine(world.hub)}
    return "" if found[what].well else found[what].sentence


def test_doctor_finds_a_log_in_order_well(world: World) -> None:
    writes(world, 3)
    tick(world.hub)
    assert complaint(world, "audit log") == complaint(world, "checkpoints") == ""


def test_doctor_complains_of_a_log_that_does_not_fit_its_checkpoints(world: World) -> None:
    writes(world, 3)
    tick(world.hub)
    with world.hub.engine.begin() as db:
        takes_the_last(1)(db)
    assert "linden audit verify" in complaint(world, "audit log")


def test_doctor_complains_when_nobody_makes_checkpoints(world: World) -> None:
    writes(world, 3)
    assert complaint(world, "checkpoints") == ""
    world.move(timedelta(hours=3))
    assert "linden serve" in complaint(world, "checkpoints")
    tick(world.hub)
    assert complaint(world, "checkpoints") == ""


def test_doctor_remembers_trouble_for_a_week(world: World) -> None:
    writes(world, 3)
    checkpoint(world)
    rows = all_lines(world)
    with world.hub.engine.begin() as db:
        takes_the_last(1)(db)
    world.move(timedelta(hours=1))
    tick(world.hub)
    with world.hub.engine.begin() as db:
        db.execute(delete(CheckpointRow.__table__).where(CheckpointRow.__table__.c.note != ""))  # type: ignore[attr-defined]
        put_back(db, rows)
    assert "this week" in complaint(world, "audit log")
