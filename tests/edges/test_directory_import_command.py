"""`linden directory`: what whoever looks after the machine types, and what is printed."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from pathways.directory import actions, commands, queries
from pathways.directory.listing import Location, LocationId, Service
from pathways.directory.reading import FileRefused
from pathways.directory.tables import ImportRow, QuarantineRow, table
from tests.directory_files import JORDAN, collection, feature, published
from tests.world import World

Said = tuple[int, str, str]
Linden = Callable[..., Said]
BAD: Final = {"type": "Feature", "id": 9}


@pytest.fixture
def linden(world: World, capsys: pytest.CaptureFixture[str]) -> Linden:
    """Runs `linden directory ...` on the world's hub; exit status, output, errors."""

    def run(*arguments: str | Path) -> Said:
        parser = argparse.ArgumentParser(prog="linden")
        asked = parser.add_subparsers(required=True)
        commands.add_to(asked, lambda work: lambda chosen: work(chosen, world.hub))
        chosen = parser.parse_args(["directory", *map(str, arguments)])
        status = chosen.run(chosen)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.geojson"
    path.write_bytes(collection(feature(1), BAD, feature(2)))
    return path


def test_json_says_taken_and_unchanged_and_quarantined(linden: Linden, mixed: Path) -> None:
    status, out, err = linden("import", mixed, "--json")
    said: dict[str, Any] = json.loads(out)
    assert (status, err) == (0, "")
    assert said.keys() == {"taken", "unchanged", "quarantined"}
    assert (said["taken"], said["unchanged"]) == (2, 0)
    (held,) = said["quarantined"]
    assert held["place"].startswith("record 2, line 3")
    assert held["reason"].startswith("properties: It is missing")
    again = json.loads(linden("import", mixed, "--json")[1])
    assert (again["taken"], again["unchanged"], again["quarantined"]) == (0, 2, [held])


def test_all_of_jordan_is_told_in_json(linden: Linden) -> None:
    said = json.loads(linden("import", published(JORDAN), "--json")[1])
    assert said == {"taken": 562, "unchanged": 0, "quarantined": []}


def test_words_for_a_person_say_the_same_and_point_out_likeness(
    linden: Linden, mixed: Path
) -> None:
    _status, out, _err = linden("import", mixed)
    assert "2 taken, 0 unchanged, 1 quarantined." in out
    assert "record 2, line 3" in out
    assert "1 record says the same as an earlier one under another identifier" in out


def test_long_lists_are_shortened_for_a_person(linden: Linden, tmp_path: Path) -> None:
    path = tmp_path / "long.geojson"
    path.write_bytes(collection(*[feature(n) for n in range(30)], *[BAD] * 30))
    _status, out, _err = linden("import", path)
    assert out.count("properties: It is missing") == 20
    assert "and 10 more; --json lists them all" in out
    assert "and 9 more" in out


def test_a_dry_run_writes_neither_rows_nor_log(linden: Linden, world: World, mixed: Path) -> None:
    _status, out, _err = linden("import", mixed, "--dry-run")
    assert "2 taken" in out
    assert "nothing was written" in out
    with world.hub.unit_of_work() as db:
        assert not queries.services_for_routing(db)
        assert not db.execute(select(table(ImportRow))).all()


def test_a_file_of_which_nothing_could_be_taken_is_a_failure(
    linden: Linden, tmp_path: Path
) -> None:
    path = tmp_path / "bad.geojson"
    path.write_bytes(collection(BAD))
    assert linden("import", path, "--json")[0] == 1


def test_a_refused_file_raises_what_the_command_line_turns_into_one_line(
    linden: Linden, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused, match="There is no file at"):
        linden("import", tmp_path / "absent.json")


def test_the_quarantine_is_kept_once_for_each_file(
    linden: Linden, world: World, mixed: Path
) -> None:
    for _run in range(3):
        linden("import", mixed)
    with world.hub.unit_of_work() as db:
        assert len(db.execute(select(table(QuarantineRow))).all()) == 1
        assert len(db.execute(select(table(ImportRow))).all()) == 1


def test_an_export_can_be_read_again_and_hides_what_is_hidden(
    linden: Linden, world: World, mixed: Path, tmp_path: Path
) -> None:
    linden("import", mixed)
    with world.hub.unit_of_work() as db:
        owner = actions.organization_of(db, world.harbour.id)
        hidden = Location(LocationId("x"), "Secret Vale", confidential=True)
        kinds = frozenset({ServiceType.SAFE_HOUSE_SHELTER})
        refuge = Service(ServiceId(""), "Refuge", owner, kinds, locations=(hidden,))
        actions.publish(db, refuge, world.now)
    printed = linden("export")[1]
    assert "Secret Vale" not in printed
    path = tmp_path / "out.json"
    assert linden("export", path)[:2] == (0, "")
    assert json.loads(path.read_text("utf-8")) == json.loads(printed)
    assert json.loads(linden("import", path, "--json", "--dry-run")[1])["taken"] == 3


def test_an_export_to_a_folder_that_is_not_there_says_so(linden: Linden, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be written"):
        linden("export", tmp_path / "absent" / "out.json")


def test_help_says_what_the_command_does(
    linden: Linden, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        linden("import", "--help")
    assert "quarantined" in capsys.readouterr().out
