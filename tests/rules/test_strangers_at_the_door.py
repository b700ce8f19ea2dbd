"""Whoever holds no live share notices nothing of it, in whichever way the door can be asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from hub.cases.emergency.access import EmergencyGround
from hub.core.clock import OPEN_END
from hub.core.errors import NothingHere, SealBroken
from hub.core.grounds import OWN_WORK
from hub.core.ids import EnvelopeId, HolderId, fresh
from hub.core.words import Category, HolderKind
from hub.desk import Desk
from hub.door import Ending, Sealing, To, holder_of, make_holder, seal, unshare
from hub.door.emergency import Loan, lend
from hub.door.envelopes import open_entries
from hub.door.holders import join
from hub.door.keeping_out import Whom, keep_out
from hub.door.ledgers import Walk, Which, carriers, hanging, stretch
from hub.door.openings import openings
from hub.door.readers import beside, promised, readers
from tests.grounds import Paper
from tests.rules.test_keeping_out import WEEK, knows, written
from tests.world import NOON, Person, World

WAIT: Final = timedelta(minutes=10)
NEVER_TOLD: Final = ("amin", "edith", "noor", "grace", "joan", "ines")
TOLD: Final = ("tomas", "lena")


def takes_back(world: World, envelope: EnvelopeId) -> None:
    with world.desk(world.rosa) as desk:
        ending = Ending("withdrawn", envelopes=[envelope], agency=world.northside.id)
        assert unshare(desk.db, desk.sight, ending) == 1


def lets_it_end(world: World, _envelope: EnvelopeId) -> None:
    world.clock.set(NOON + WEEK)


OVER: Final = (takes_back, lets_it_end)


def refused(ask: Callable[[], object]) -> bool:
    try:
        return not ask()
    except NothingHere:
        return True


def finds_nothing(world: World, person: Person, envelope: EnvelopeId, subject: str) -> bool:
    """Whether every question of the door about it is answered with nothing at all."""
    if knows(world, person, envelope, subject) - {"mail"}:
        return False
    with world.desk(person) as desk:
        db, sight = desk.db, desk.sight
        asks: list[Callable[[], Any]] = [
            lambda: promised(db, sight, [envelope]),
            lambda: openings(db, sight, [envelope]),
            lambda: stretch(db, sight, Walk(subject, Which.ALL, 9)),
            lambda: hanging(db, sight, subject, Ending("", envelopes=[envelope])),
            lambda: carriers(db, sight, subject, [envelope]),
        ]
        return all(refused(ask) for ask in asks)


def a_case_of_rosas(world: World) -> str:
    """A subject with a care team, whose key Rosa carries."""
    subject = fresh()
    with world.desk(world.rosa) as desk:
        kind, agency = HolderKind.CARE_TEAM, world.harbour.id
        team = make_holder(desk.db, world.hub.custody, kind, agency, of=subject, at=NOON)
        join(desk.db, team, world.rosa.id, NOON)
    return subject


@pytest.mark.parametrize("short", NEVER_TOLD)
def test_whoever_was_never_told_notices_nothing_in_any_way(world: World, short: str) -> None:
    subject = a_case_of_rosas(world)
    envelope = written(world, subject)
    with world.desk(world.tomas) as desk:
        assert open_entries(desk.db, desk.sight, [envelope])
    assert finds_nothing(world, getattr(world, short), envelope, subject)


@pytest.mark.parametrize("short", ["petra", "paula"])
def test_whoever_does_not_work_with_people_opens_nothing_with_their_keys(
    world: World, short: str
) -> None:
    subject, person = a_case_of_rosas(world), getattr(world, short)
    with world.desk(world.rosa) as desk:
        team = team_of(desk, subject)
        for holder in (team, world.harbour.desk):
            join(desk.db, holder, person.id, NOON)
    both = [To(holder, OWN_WORK, OPEN_END) for holder in (team, world.harbour.desk)]
    envelope = written(world, subject, *both)
    with world.desk(world.rosa) as desk:
        assert open_entries(desk.db, desk.sight, [envelope])
    assert finds_nothing(world, person, envelope, subject)


@pytest.mark.parametrize("ends", OVER)
@pytest.mark.parametrize("short", TOLD)
def test_whoever_was_told_notices_nothing_once_it_is_over(
    world: World, short: str, ends: Callable[[World, EnvelopeId], None]
) -> None:
    subject, person = a_case_of_rosas(world), getattr(world, short)
    envelope = written(world, subject)
    assert "opens" in knows(world, person, envelope, subject)
    ends(world, envelope)
    assert finds_nothing(world, person, envelope, subject)


@pytest.mark.parametrize("short", TOLD + NEVER_TOLD)
def test_nobody_there_notices_what_still_waits(world: World, short: str) -> None:
    subject = a_case_of_rosas(world)
    envelope = written(world, subject, opens=NOON + WAIT)
    assert finds_nothing(world, getattr(world, short), envelope, subject)


@pytest.mark.parametrize("ends", OVER)
def test_whoever_lost_it_is_shown_beside_nobody(
    world: World, ends: Callable[[World, EnvelopeId], None]
) -> None:
    subject = a_case_of_rosas(world)
    envelope = written(world, subject)
    assert beside_rosa(world, envelope) == {world.rosa.id, world.tomas.id, world.lena.id}
    ends(world, envelope)
    assert beside_rosa(world, envelope) == {world.rosa.id}


def test_whoever_must_never_know_is_shown_beside_nobody(world: World) -> None:
    subject = a_case_of_rosas(world)
    now, later = written(world, subject), written(world, subject, opens=NOON + WAIT)
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, Whom(world.tomas.id, None))
    assert beside_rosa(world, now) == {world.rosa.id, world.lena.id}
    with world.desk(world.rosa) as desk:
        coming = {each.person for each, _opens in promised(desk.db, desk.sight, [later])}
    assert coming == {world.lena.id}


def beside_rosa(world: World, envelope: EnvelopeId) -> set[str]:
    with world.desk(world.rosa) as desk:
        read = {each.person for each in readers(desk.db, desk.sight, [envelope])}
        assert read == set(beside(desk.db, desk.sight, [envelope])[envelope])
        return {str(person) for person in read}


def test_a_ledger_tells_of_its_own_case_and_its_own_agencys_words_alone(world: World) -> None:
    subject, other = a_case_of_rosas(world), a_case_of_rosas(world)
    hers, _elsewhere = written(world, subject), written(world, other)
    paper = Paper(fresh(), world.eastway.id, frozenset(Category), NOON + WEEK)
    to = To(world.eastway.desk, paper, NOON + WEEK)
    with world.desk(world.tomas) as desk:
        seal(desk.db, desk.sight, Sealing(Category.NEED, {"text": "ours"}, subject), [to])
    with world.desk(world.rosa) as desk:
        lines = stretch(desk.db, desk.sight, Walk(subject, Which.ALL, 9)).lines
    assert {each.envelope for line in lines for each in line} == {hers}


def test_the_mark_of_another_ledger_leads_nowhere(world: World) -> None:
    subject, other = a_case_of_rosas(world), a_case_of_rosas(world)
    written(world, subject)
    for _each in range(2):
        world.move(timedelta(minutes=1))
        written(world, other)
    with world.desk(world.rosa) as desk:
        mark = stretch(desk.db, desk.sight, Walk(other, Which.ALL, 1)).last
        assert mark
        assert stretch(desk.db, desk.sight, Walk(other, Which.ALL, 9, after=mark)).lines
        with pytest.raises(NothingHere):
            stretch(desk.db, desk.sight, Walk(subject, Which.ALL, 9, after=mark))


def team_of(desk: Desk, subject: str) -> HolderId:
    found = holder_of(desk.db, HolderKind.CARE_TEAM, subject)
    assert found is not None
    return found


def lent(desk: Desk, world: World, subject: str, record: str, envelope: EnvelopeId) -> int:
    ground = EmergencyGround(record, world.harbour.id, NOON)
    return lend(desk.db, desk.sight, Loan(subject, [envelope], ground, NOON + WAIT))


def test_no_other_agency_is_lent_a_key_in_an_emergency(world: World) -> None:
    subject = a_case_of_rosas(world)
    with world.desk(world.rosa) as desk:
        team = To(team_of(desk, subject), OWN_WORK, OPEN_END)
    envelope = written(world, subject, team)
    with world.desk(world.joan) as desk:
        assert lent(desk, world, subject, fresh(), envelope) == 1
        assert open_entries(desk.db, desk.sight, [envelope])
    for stranger in (world.noor, world.sofia):
        with pytest.raises(NothingHere), world.desk(stranger) as desk:
            lent(desk, world, subject, fresh(), envelope)


def test_who_must_never_know_is_lent_nothing_not_even_nothing(world: World) -> None:
    subject = a_case_of_rosas(world)
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, Whom(world.joan.id, None))
    ground = EmergencyGround(fresh(), world.harbour.id, NOON)
    with pytest.raises(NothingHere), world.desk(world.joan) as desk:
        lend(desk.db, desk.sight, Loan(subject, [], ground, NOON + WAIT))


def test_no_key_is_lent_without_an_emergency_written_down(world: World) -> None:
    subject = a_case_of_rosas(world)
    envelope = written(world, subject)
    with pytest.raises(SealBroken), world.desk(world.joan) as desk:
        lent(desk, world, subject, "", envelope)
    loan = Loan(subject, [envelope], OWN_WORK, NOON + WAIT)
    with pytest.raises(SealBroken), world.desk(world.joan) as desk:
        lend(desk.db, desk.sight, loan)
