"""Who was told what: what a case's ledger says, to whom, and the copy for her if it is safe."""

from collections.abc import Callable
from datetime import timedelta
from json import loads
from typing import Final

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.cases.keeping.actions import keep_person_out
from hub.consent.ledger_queries import lines
from hub.consent.queries import release as known_release
from hub.consent.release import ReleaseGround
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId, PersonId, ReleaseId
from hub.core.words import Category, Ground, Purpose, Role
from hub.desk import ToldOutside
from hub.door import Ending, Sealing, To, open_entries, seal, unshare
from hub.door.ledgers import Walk, Which, stretch
from hub.door.openings import openings
from hub.door.tables import AuditRow
from tests.hanging import Hanging, hang, reads
from tests.looks import stored, whole
from tests.survivor import opened, released, shared, terms
from tests.world import World

NEED: Final = Sealing(Category.NEED, {"text": "canary need 5521"}, "")


def agreed(world: World) -> tuple[CaseId, ReleaseId, EnvelopeId]:
    """A case, a release of it to Northside, and what lies on Northside's desk because of it."""
    case = opened(world, world.rosa)
    asked = terms(world, world.northside, Category.NEED, Category.HEALTH)
    release = released(world, world.rosa, case, asked)
    return case, release, shared(world, world.rosa, release, NEED, world.northside.desk)


def page_of(world: World, case: str) -> str:
    return world.browser(world.rosa).open(f"/cases/{case}/ledger").replace("&#39;", "'")


def test_it_says_who_opened_it_by_name_and_by_what_they_do(world: World) -> None:
    case, _release, need = agreed(world)
    assert "Nobody there has opened any of it." in page_of(world, case)
    assert reads(world, world.lena, need)
    world.move(timedelta(hours=2))
    assert reads(world, world.lena, need)
    assert reads(world, world.grace, need) is False
    page = page_of(world, case)
    assert "Lena Okoro, Intake worker, Northside Law" in page
    assert "First on 15 Jan 2030, 12:00." in page
    assert "Last on 15 Jan 2030, 14:00." in page
    assert "Rosa Adeyemi, Case manager" not in page


def test_what_the_team_opens_of_its_own_is_no_opening(world: World) -> None:
    _case, _release, need = agreed(world)
    assert reads(world, world.rosa, need)
    assert reads(world, world.miriam, need)
    with world.desk(world.rosa) as desk:
        assert openings(desk.db, desk.sight, [need]) == {}


def test_nobody_but_her_team_learns_who_opened_what(world: World) -> None:
    _case, _release, need = agreed(world)
    assert reads(world, world.lena, need)
    for who in (world.lena, world.joan, world.amin, world.ines, world.petra):
        with world.desk(who) as desk:
            assert openings(desk.db, desk.sight, [need]) == {}
    with world.desk(world.rosa) as desk:
        [seen] = openings(desk.db, desk.sight, [need])[need]
    assert (seen.person, seen.roles) == (world.lena.id, frozenset({Role.INTAKE_WORKER}))


def test_what_it_says_of_openings_is_what_the_log_says(world: World) -> None:
    made = hang(world)
    for table in made.tables:
        table.topics(world.tomas)
    world.browser(world.lena).open(made.story.received(made.waiting))
    with world.hub.unit_of_work() as db:
        asked = select(AuditRow).where(col(AuditRow.action) == "entry.opened")
        logged = {
            (row.person, envelope)
            for row in db.execute(asked).scalars()
            for envelope in loads(row.facts)["envelopes"].split()
        }
    with world.desk(world.rosa) as desk:
        shares = stretch(desk.db, desk.sight, Walk(made.case, Which.ALL, 500)).lines
        told = {each.envelope for line in shares for each in line}
        found = openings(desk.db, desk.sight, sorted(told))
    noted = {(each.person, each.envelope) for seen in found.values() for each in seen}
    team = {world.rosa.id, world.miriam.id}
    assert noted == {each for each in logged if each[0] not in team and each[1] in told}
    assert len(noted) >= 6


def test_an_opening_that_is_rolled_back_did_not_happen(world: World) -> None:
    _case, _release, need = agreed(world)
    before = stored(world, without=())
    with pytest.raises(RuntimeError):
        _open_and_fail(world, need)
    assert stored(world, without=()) == before


def _open_and_fail(world: World, envelope: EnvelopeId) -> None:
    with world.desk(world.lena) as desk:
        assert open_entries(desk.db, desk.sight, [envelope])
        raise RuntimeError


def test_what_waits_to_be_opened_says_from_when(world: World) -> None:
    case, release, _need = agreed(world)
    with world.desk(world.rosa) as desk:
        behind = known_release(desk, release)
        ground = ReleaseGround(behind, Purpose.REFERRAL, desk.at + timedelta(minutes=10))
        waits = To(world.northside.desk, ground, behind.ends)
        health = Sealing(Category.HEALTH, {"text": "a scan"}, case)
        seal(desk.db, desk.sight, health, [waits])
    page = page_of(world, case)
    assert "Waits to be opened" in page
    assert "They can open it from 15 Jan 2030, 12:10. Until then it can be called back." in page
    world.move(timedelta(minutes=10))
    assert "Waits to be opened" not in page_of(world, case)


def taken_back(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        withdraw(desk, [release], Withdrawal(Mode.PHONE))


def called_back(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        unshare(desk.db, desk.sight, Ending("called_back", record=release))


def replaced(world: World, release: ReleaseId) -> None:
    with world.desk(world.rosa) as desk:
        unshare(desk.db, desk.sight, Ending("superseded", record=release))


def over(world: World, _release: ReleaseId) -> None:
    world.move(timedelta(days=31))


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (taken_back, "They took their release back."),
        (called_back, "It was called back before they could open any of it."),
        (replaced, "A newer release took the place of the one it was shared on."),
        (over, "The release came to its end."),
    ],
)
def test_it_says_how_each_sharing_ended(
    world: World, end: Callable[[World, ReleaseId], None], said: str
) -> None:
    case, release, _need = agreed(world)
    world.move(timedelta(minutes=1))
    end(world, release)
    page = page_of(world, case)
    assert said in page
    assert "Nobody outside their care team can read anything of theirs now." in page


def many(world: World, count: int) -> CaseId:
    """A case of which something was shared this often, each at a moment of its own but two."""
    case, release, _need = agreed(world)
    with world.desk(world.rosa) as desk:
        ground = ReleaseGround(known_release(desk, release), Purpose.REFERRAL, None)
    for number in range(count - 1):
        world.move(timedelta(seconds=0 if number == 4 else 30))
        with world.desk(world.rosa) as desk:
            to = [To(world.northside.desk, ground, ground.release.ends)]
            about = Sealing(Category.NEED, {"text": f"number {number}"}, case)
            seal(desk.db, desk.sight, about, to)
    return case


def test_it_goes_on_page_by_page_and_tells_each_line_once(world: World) -> None:
    case, seen, after = many(world, 47), list[object](), ""
    with world.desk(world.rosa) as desk:
        while True:
            found = lines(desk, Walk(case, Which.OPEN, 10, after=after))
            seen += [(line.at, len(line.shared)) for line in found.lines]
            after = found.last
            if not after:
                break
            assert len(found.lines) == 10
    assert sum(count for _at, count in seen) == 47
    assert seen == sorted(seen, key=lambda each: each[0], reverse=True)
    browser = world.browser(world.rosa)
    page, read = browser.open(f"/cases/{case}/ledger"), 0
    while True:
        read += page.count("Can be read</strong>")
        older = [link for link in browser.links if "open_after=" in link]
        if not older:
            break
        page = browser.open(older[0])
        assert any(link.endswith("/ledger") for link in browser.links)
    assert read == len(seen)


@pytest.mark.parametrize("mark", ["x", "a" * 26])
def test_a_mark_of_no_line_leads_to_nothing(world: World, mark: str) -> None:
    case, _release, _need = agreed(world)
    rosa = world.browser(world.rosa)
    absent = whole(rosa.get("/nowhere/at/all"))
    assert whole(rosa.get(f"/cases/{case}/ledger", open_after=mark)) == absent


def test_nobody_else_finds_a_ledger_or_a_copy(world: World) -> None:
    made = hang(world)
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{made.case}/ledger/copy")
    rosa.submit("/copies", answer="given")
    copy = rosa.path
    for who in ("joan", "dora", "tomas", "amin", "ines", "petra"):
        other = world.browser(getattr(world, who))
        absent = whole(other.get("/nowhere/at/all"))
        for path in (copy, f"/cases/{made.case}/ledger", f"/cases/{made.case}/ledger/copy"):
            assert whole(other.get(path)) == absent
        gone = whole(other.post("/nowhere/at/all"))
        assert whole(other.post(f"/cases/{made.case}/ledger/copies", answer="given")) == gone
    with world.desk(world.joan) as desk, pytest.raises(NothingHere):
        stretch(desk.db, desk.sight, Walk(made.case, Which.ALL, 10))


def copied(made: Hanging, answer: str, **days: str) -> str:
    """The copy as it is shown, after she was asked."""
    rosa = made.world.browser(made.world.rosa)
    rosa.open(f"/cases/{made.case}/ledger/copy")
    return rosa.submit("/copies", answer=answer, **days).replace("&#39;", "'")


def test_her_copy_speaks_to_her_and_names_no_member_of_staff(world: World) -> None:
    made = hang(world)
    world.browser(world.lena).open(made.story.received(made.waiting))
    page = copied(made, "given")
    said = page[page.index("<main") : page.index("</main")]
    for words in (
        "Who knows what about you",
        "Up to 15 January 2030.",
        "Northside Law was told this about you: identity, contact and need.",
        "Why: Referral to a service (Legal advice).",
        "They can read it until 14 February 2030, unless you take it back before.",
        "It was opened by somebody who works there as intake worker. The first time was on 15",
        "What you agreed to you can take back at any time",
    ):
        assert words in said
    for never in ("Lena", "Tomas", "Rosa", "Amal", "stay in the flat", "Read this aloud"):
        assert never not in said


def test_where_it_is_not_safe_to_keep_it_is_read_aloud(world: World) -> None:
    made = hang(world)
    made.withdraws(world.rosa)
    page = copied(made, "told")
    assert "Read this aloud. Do not print it." in page
    assert "Since 15 January 2030 they can no longer read it. You took it back." in page
    ledger = page_of(world, made.case)
    assert "It is not safe to keep: read aloud, nothing printed" in ledger


def test_a_copy_reaches_from_one_day_to_another(world: World) -> None:
    made = hang(world)
    none = copied(made, "given", since="2030-01-16", until="2030-01-20")
    assert "From 16 January 2030 to 20 January 2030." in none
    assert "Northside Law was told" not in none
    assert "Northside Law was told" in copied(made, "given", since="2030-01-15")
    assert "Northside Law was told" not in copied(made, "given", until="2030-01-14")
    rosa = world.browser(world.rosa)
    rosa.open(f"/cases/{made.case}/ledger/copy")
    answer = rosa.try_submit("/copies", answer="given", since="2030-01-16", until="2030-01-15")
    assert answer.status_code == 422
    assert "The last day is before the first." in answer.text


def test_no_copy_is_made_before_she_was_asked(world: World) -> None:
    made = hang(world)
    rosa, before = world.browser(world.rosa), stored(world)
    rosa.open(f"/cases/{made.case}/ledger/copy")
    answer = rosa.try_submit("/copies")
    assert answer.status_code == 422
    assert stored(world) == before


def test_her_copy_says_what_left_on_paper_as_well(world: World) -> None:
    made = hang(world)
    left = ToldOutside(
        record="r" * 26,
        ground=Ground.LEGAL_DUTY,
        at=world.now,
        by=world.rosa.id,
        to="The county office",
        categories=(Category.CHILDREN, Category.SAFETY),
        href="/",
    )
    object.__setattr__(world.hub.parts, "told_outside", (lambda _desk, _case: [left],))
    page = copied(made, "told")
    assert "The county office was told this about you: safety and children." in page
    assert "It left on paper and cannot be taken back." in page
    assert "The county office" not in copied(made, "told", until="2030-01-14")
    assert "The county office" in page_of(world, made.case)


def test_a_supervisor_who_must_never_know_is_not_said_to_read_it(world: World) -> None:
    case = opened(world, world.rosa)
    assert "Miriam Cole" in page_of(world, case)
    with world.desk(world.rosa) as desk:
        keep_person_out(desk, case, PersonId(world.miriam.id))
    assert "Miriam Cole" not in page_of(world, case)
