"""What leaves by mail for a conference: one constant sentence, and a file that says "Meeting"."""

from email.message import EmailMessage

from sqlalchemy import select
from sqlmodel import col

from conferencing import actions
from conferencing.conference import Step
from hub.core.ids import PersonId
from hub.core.words import Category
from hub.store.dispatch import compose
from hub.store.outbox import Letter, OutboxRow
from tests.table import Table, opens_case, releases, withdraws
from tests.world import Person, World

NEED = Category.NEED


def waiting(world: World, person: Person) -> list[OutboxRow]:
    """What has not left yet for somebody, in order."""
    asked = (
        select(OutboxRow)
        .where(
            col(OutboxRow.person) == person.id,
            col(OutboxRow.dropped_at).is_(None),
            col(OutboxRow.sent_at).is_(None),
        )
        .order_by(col(OutboxRow.made_at), col(OutboxRow.id))
    )
    with world.hub.unit_of_work() as db:
        return list(db.execute(asked).scalars())


def composed(world: World, row: OutboxRow) -> EmailMessage | None:
    """One message as the dispatcher makes it when it leaves."""
    with world.hub.desk_of_the_house() as desk:
        return compose(desk, row)


def invitation(world: World, person: Person) -> OutboxRow:
    """The invitation of somebody."""
    (row,) = [row for row in waiting(world, person) if row.letter is Letter.MEETING]
    return row


def test_an_invitation_says_one_sentence_and_carries_one_file(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    row = invitation(world, world.tomas)
    message = composed(world, row)
    assert message is not None
    assert message["Subject"] == "You have a new item"
    assert message["To"] == world.tomas.email
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip().startswith("Something is waiting for you.")
    (file,) = list(message.iter_attachments())
    assert file.get_filename() == "meeting.ics"
    assert file.get_content_type() == "text/calendar"
    content = file.get_payload(decode=True)
    tomas = table.browser(world.tomas)
    assert content == tomas.get(f"{table.address(world.tomas)}/meeting.ics").content
    said = message.as_string() + str(content)
    for word in ("room", "Rosa", "Harbour", "conference", "Conference", table.conference):
        assert word not in said


def test_nobody_is_written_to_while_it_is_only_prepared(world: World) -> None:
    Table(world, world.rosa, [world.tomas])
    assert waiting(world, world.tomas) == []


def test_no_invitation_leaves_for_a_cancelled_meeting(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    row = invitation(world, world.tomas)
    table.moves(Step.CANCEL)
    assert composed(world, row) is None
    assert [left.letter for left in waiting(world, world.tomas)] == [Letter.WAITING]


def test_no_invitation_leaves_for_a_seat_that_was_taken_away(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    row = invitation(world, world.tomas)
    with world.desk(world.rosa) as desk:
        actions.excuse(desk, table.place(desk, world.rosa), PersonId(world.tomas.id))
    assert composed(world, row) is None
    assert waiting(world, world.tomas) == []


def test_news_of_an_item_is_held_back_once_she_withdraws(world: World) -> None:
    case = opens_case(world, world.rosa)
    made = releases(world, world.rosa, case, world.northside, {NEED})
    releases(world, world.rosa, case, world.eastway, {NEED})
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    table.puts(world.rosa, case, NEED)
    letters = [row.letter for row in waiting(world, world.tomas)]
    assert sorted(letters) == [Letter.MEETING, Letter.WAITING]
    withdraws(world, world.rosa, made)
    assert [row.letter for row in waiting(world, world.tomas)] == [Letter.MEETING]
    assert len(waiting(world, world.amin)) == 2


def test_news_is_kept_while_something_of_hers_is_left(world: World) -> None:
    case = opens_case(world, world.rosa)
    made = releases(world, world.rosa, case, world.northside, {NEED})
    releases(world, world.rosa, case, world.northside, {Category.LEGAL})
    table = Table(world, world.rosa, [world.tomas]).called()
    table.puts(world.rosa, case, NEED)
    table.puts(world.rosa, case, Category.LEGAL)
    withdraws(world, world.rosa, made)
    assert [row.letter for row in waiting(world, world.tomas)].count(Letter.WAITING) == 2
    assert table.topics(world.tomas) == ["1. A topic"]


def test_a_new_hour_sends_a_new_file_and_not_the_old_one(world: World) -> None:
    table = Table(world, world.rosa, [world.tomas]).called()
    old = composed(world, invitation(world, world.tomas))
    with world.desk(world.rosa) as desk:
        place = table.place(desk, world.rosa)
        later = actions.Arrangements(place.meeting.starts_at.replace(day=20), 60, "Blue")
        actions.rearrange(desk, place, later, place.meeting.version)
    new = composed(world, invitation(world, world.tomas))
    assert old is not None
    assert new is not None
    files = [next(iter(each.iter_attachments())).get_payload(decode=True) for each in (old, new)]
    uids = [[line for line in str(file).split("\\r\\n") if "UID" in line] for file in files]
    assert uids[0] == uids[1]
    assert "20300120T140000Z" in str(files[1])


def test_what_would_leave_agendas_is_said_before_she_withdraws(world: World) -> None:
    case = opens_case(world, world.rosa)
    made = releases(world, world.rosa, case, world.northside, {NEED})
    table = Table(world, world.rosa, [world.tomas]).called()
    table.puts(world.rosa, case, NEED)
    page = world.browser(world.rosa).open(f"/releases/{made}/withdraw")
    assert "1 item leaves the agenda of Tomas Lind, Northside Law for 15 January 2030." in page
