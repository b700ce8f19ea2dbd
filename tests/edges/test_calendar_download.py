"""The calendar file as a participant downloads it."""

import re

from conferencing.conference import Step
from hub.core.words import Category
from tests.edges.test_calendar_file import LINES
from tests.table import Table, opens_case, releases
from tests.world import Person, World


def file_of(table: Table, person: Person) -> bytes:
    """The file somebody downloads."""
    answer = table.world.browser(person).get(f"{table.address(person)}/meeting.ics")
    assert answer.status_code == 200
    return answer.content


def test_the_download_has_a_constant_name_and_is_never_kept(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    answer = world.browser(world.tomas).get(f"{table.address(world.tomas)}/meeting.ics")
    assert answer.headers["content-disposition"] == 'attachment; filename="meeting.ics"'
    assert answer.headers["content-type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert "no-store" in answer.headers["cache-control"]
    for line, allowed in zip(answer.text.split("\r\n")[:-1], LINES, strict=True):
        assert re.fullmatch(allowed, line)


def test_a_case_or_a_guest_more_leaves_every_file_as_it_was(world: World) -> None:
    case = opens_case(world, world.rosa)
    releases(world, world.rosa, case, world.northside, {Category.NEED})
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    people = (world.rosa, world.tomas, world.amin)
    before = [file_of(table, person) for person in people]
    table.puts(world.rosa, case, Category.NEED)
    table.invites(world.sofia)
    table.moves(Step.LOCK)
    assert [file_of(table, person) for person in people] == before


def test_no_two_files_can_be_laid_side_by_side(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    files = [file_of(table, person) for person in (world.rosa, world.tomas, world.amin)]
    uids = {re.search(rb"UID:(\w+)", file) for file in files}
    assert len({found.group(1) for found in uids if found}) == 3
    seats = {table.seat(person) for person in (world.rosa, world.tomas, world.amin)}
    assert not any(seat.encode() in file for seat in seats for file in files)


def test_there_is_no_file_of_a_draft_or_a_cancelled_meeting(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas])
    rosa = world.browser(world.rosa)
    assert rosa.get(f"{table.address(world.rosa)}/meeting.ics").status_code == 404
    table.moves(Step.CALL, Step.CANCEL)
    assert rosa.get(f"{table.address(world.rosa)}/meeting.ics").status_code == 404
