"""`linden explain`: the auditor's answer is the page's own, opens nothing and leaves a line."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.cases.queries import case
from hub.consent.queries import release
from hub.consent.release import ReleaseGround
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import EnvelopeId
from hub.core.words import Category, Purpose
from hub.door import Sealing, To, keeping_out, open_entries, seal, seen
from hub.door.keeping_out import Whom
from hub.door.tables import AuditRow, EnvelopeRow
from hub.door.tracing import traces
from hub.explaining import NobodyCalled, _reader, run_explain, why_not
from hub.people.actions import disable
from pathways.referrals.queries import envelopes_numbered
from tests.hanging import Hanging, hang
from tests.referring import begin
from tests.world import Person, World


def says(
    capsys: pytest.CaptureFixture[str], world: World, person: Person | str, **thing: str
) -> str:
    """What the command prints."""
    email = person if isinstance(person, str) else person.email
    asked = {"envelope": None, "referral": None, "case": None} | thing
    capsys.readouterr()
    assert run_explain(Namespace(person=email, **asked), world.hub, envelopes_numbered) == 0
    return capsys.readouterr().out


def test_it_says_what_the_page_says_and_from_when_until_when(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = hang(world)
    row = made.story.row(made.waiting)
    said = says(capsys, world, world.lena, envelope=row.ask)
    page = world.browser(world.lena).open(made.story.received(made.waiting))
    assert "shows it to Lena Okoro since 15 Jan 2030, 12:00, until 14 Feb 2030, 12:00" in said
    sentence = "You can see this because they released need"
    assert f"{sentence} to Northside Law, to arrange legal advice, until 14 February 2030." in said
    assert sentence.replace("they", "she") in page
    assert f"ground: a release {made.story.release}" in said
    assert "shows Lena Okoro nothing: It is for those who work on it at Harbour House" in said


def test_it_says_of_a_whole_referral_what_each_share_shows(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = hang(world)
    number = made.story.row(made.taken).number
    said = says(capsys, world, world.tomas, referral=number.lower())
    assert said.count("shows it to Tomas Lind") == 3
    assert "It ended on 15 Jan 2030, 12:11. Those who work on it took it over" in said
    none = says(capsys, world, world.amin, referral=number)
    assert "shows it to" not in none
    assert "whose key they never carried." in none


def test_it_says_of_a_case_why_its_own_team_can_see_it(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = hang(world)
    with world.desk(world.rosa) as desk:
        code = case(desk, made.case).code
    said = says(capsys, world, world.rosa, case=code)
    assert f"You can see this because you are on the care team of {code}." in said
    assert "without end" in said


def test_after_she_took_it_back_it_says_that_and_when(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = hang(world)
    ask = made.story.row(made.waiting).ask
    with world.desk(world.rosa) as desk:
        withdraw(desk, made.both, Withdrawal(Mode.PHONE))
    said = says(capsys, world, world.lena, envelope=ask)
    assert "It ended on 15 Jan 2030, 12:11. They took their release back." in said
    assert "shows it to Lena" not in said


def test_it_says_while_something_waits_that_it_waits(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    story, soon = begin(world), world.now + timedelta(minutes=10)
    with world.desk(world.rosa) as desk:
        ground = ReleaseGround(release(desk, story.release), Purpose.REFERRAL, soon)
        to = To(world.northside.desk, ground, ground.release.ends)
        need = seal(desk.db, desk.sight, Sealing(Category.NEED, {"text": "x"}, story.case), [to])
    said = says(capsys, world, world.lena, envelope=need)
    assert "It waits until 15 Jan 2030, 12:10 and can be called back before." in said


def test_it_says_by_whom_somebody_is_kept_out_of_nothing_but_that_they_are(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = hang(world)
    with world.desk(world.rosa) as desk:
        keeping_out.keep_out(desk.db, desk.sight, made.case, Whom(world.lena.id, None))
    said = says(capsys, world, world.lena, envelope=made.story.row(made.waiting).ask)
    assert "They are among those who must never know of this case." in said
    assert "Rosa" not in said


def test_it_opens_nothing_and_is_itself_in_the_log(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = hang(world)
    ask = made.story.row(made.waiting).ask
    with _new_lines(world) as lines:
        said = says(capsys, world, world.lena, envelope=ask)
    assert "I want to know" not in said
    [line] = lines
    assert line.action == "access.explained"
    assert ask in line.facts
    assert world.lena.id in line.facts


@contextmanager
def _new_lines(world: World) -> Iterator[list[AuditRow]]:
    def every() -> list[AuditRow]:
        with world.hub.unit_of_work() as db:
            return list(db.execute(select(AuditRow).order_by(col(AuditRow.seq))).scalars())

    before, found = len(every()), list[AuditRow]()
    yield found
    found += every()[before:]


@pytest.mark.parametrize(
    ("who", "thing"),
    [
        ("nobody@nowhere.example", {"envelope": "a" * 26}),
        ("rosa.adeyemi@harbour.example", {"envelope": "a" * 26}),
        ("rosa.adeyemi@harbour.example", {"case": "NOBODY-1"}),
        ("rosa.adeyemi@harbour.example", {"referral": "X"}),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(
    world: World, capsys: pytest.CaptureFixture[str], who: str, thing: dict[str, str]
) -> None:
    with pytest.raises(NobodyCalled):
        says(capsys, world, who, **thing)


def test_its_answer_is_what_the_door_does_for_everybody_and_everything(world: World) -> None:
    made = hang(world)
    agrees(made)
    world.move(timedelta(minutes=1))
    with world.desk(world.rosa) as desk:
        keeping_out.keep_out(desk.db, desk.sight, made.case, Whom(None, world.eastway.id))
    with world.desk(world.petra) as desk:
        disable(desk, world.joan.id, 1)
    agrees(made)
    made.withdraws(world.miriam)
    agrees(made)
    world.move(timedelta(days=31))
    agrees(made)


def agrees(made: Hanging) -> None:
    """Whether each share shows somebody something decides exactly what they can open."""
    world = made.world
    with world.hub.desk_of_the_house() as house:
        asked = seen(select(col(EnvelopeRow.id)), house.sight)
        envelopes = [EnvelopeId(each) for each in house.db.execute(asked).scalars()]
        shares = traces(house.db, house.sight, envelopes)
        readers = {who.id: _reader(house, who.email) for who in world.town.people.values()}
    for who in world.town.people.values():
        reader = readers[who.id]
        told = {each.envelope for each in shares if not why_not(each, reader, world.now)}
        with world.desk(who) as desk:
            opened = set(open_entries(desk.db, desk.sight, envelopes))
        assert opened == told or (not reader.works and not told), who.name
