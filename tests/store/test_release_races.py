"""Sharing and taking back at one moment: whichever comes first, nothing stays open."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from hub.cases.queries import care_team
from hub.consent import queries
from hub.consent.release import ReleaseGround
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.clock import OPEN_END
from hub.core.errors import HubError
from hub.core.grounds import OWN_WORK
from hub.core.ids import EnvelopeId, ReleaseId
from hub.core.words import Category, Purpose
from hub.desk import Desk
from hub.door import Sealing, To, open_entries, seal, share
from tests.survivor import opened, released, shared, terms
from tests.world import World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
NEED = Sealing(Category.NEED, {"text": "a lawyer"}, "")
A_WHILE = 0.3


def together(*works: Callable[[], object]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


def nothing_is_open(world: World, *envelopes: EnvelopeId) -> bool:
    for person in (world.tomas, world.noor):
        with world.desk(person) as desk:
            if open_entries(desk.db, desk.sight, envelopes):
                return False
    return True


@BOTH
def test_what_is_shared_while_she_takes_it_back_ends_with_it(world: World) -> None:
    case = opened(world, world.rosa)
    release = released(world, world.rosa, case, terms(world, world.northside, Category.NEED))
    asked, made = Event(), list[EnvelopeId]()

    def send() -> None:
        with world.desk(world.rosa) as desk:
            ground = ReleaseGround(queries.release(desk, release), Purpose.REFERRAL, None)
            asked.set()
            Event().wait(A_WHILE)
            team = To(care_team(desk.db, case), OWN_WORK, OPEN_END)
            to = To(world.northside.desk, ground, ground.release.ends)
            made.append(seal(desk.db, desk.sight, NEED, [team, to]))

    together(send, lambda: take_back(world, release, asked))
    assert made
    assert nothing_is_open(world, *made)


def take_back(world: World, release: ReleaseId, asked: Event) -> None:
    asked.wait(10)
    with world.desk(world.miriam) as desk:
        assert withdraw(desk, [release], Withdrawal(Mode.PHONE)) == 1


@BOTH
def test_what_a_receiver_passes_on_meanwhile_ends_as_well(world: World) -> None:
    case = opened(world, world.rosa)
    release = released(world, world.rosa, case, terms(world, world.northside, Category.NEED))
    need = shared(world, world.rosa, release, NEED, world.northside.desk)
    asked = Event()

    def pass_on() -> None:
        with world.desk(world.tomas) as desk:
            ground = ReleaseGround(queries.release_behind(desk, release), Purpose.REFERRAL, None)
            asked.set()
            Event().wait(A_WHILE)
            to = To(world.noor.holder, ground, ground.release.ends)
            share(desk.db, desk.sight, need, [to])

    together(pass_on, lambda: take_back(world, release, asked))
    assert nothing_is_open(world, need)


@BOTH
def test_whoever_comes_after_she_took_it_back_shares_nothing(world: World) -> None:
    case = opened(world, world.rosa)
    release = released(world, world.rosa, case, terms(world, world.northside, Category.NEED))
    asked, found = Event(), list[object]()

    def slowly(desk: Desk) -> None:
        assert withdraw(desk, [release], Withdrawal(Mode.PHONE)) == 1
        asked.set()
        Event().wait(A_WHILE)

    def no() -> None:
        with world.desk(world.miriam) as desk:
            slowly(desk)

    def send() -> None:
        assert asked.wait(10)
        with world.desk(world.rosa) as desk:
            ground = ReleaseGround(queries.release(desk, release), Purpose.REFERRAL, None)
            to = To(world.northside.desk, ground, ground.release.ends)
            try:
                found.append(seal(desk.db, desk.sight, NEED, [to]))
            except HubError as refused:
                found.append(refused)

    together(no, send)
    assert len(found) == 1
    assert isinstance(found[0], HubError)


@BOTH
def test_two_who_take_it_back_at_once_do_not_hinder_each_other(world: World) -> None:
    case = opened(world, world.rosa)
    release = released(world, world.rosa, case, terms(world, world.northside, Category.NEED))
    need = shared(world, world.rosa, release, NEED, world.northside.desk)
    counts: list[int] = []

    def take(person: str) -> None:
        with world.desk(getattr(world, person)) as desk:
            counts.append(withdraw(desk, [release], Withdrawal(Mode.PHONE)))

    together(*(lambda who=who: take(who) for who in ("rosa", "miriam") * 4))
    assert sorted(counts) == [0] * 7 + [1]
    assert nothing_is_open(world, need)
