"""You can read an envelope if and only if a live share names a holder whose key you carry."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session

from hub.core.clock import OPEN_END
from hub.core.errors import NothingHere, SealBroken
from hub.core.grounds import OWN_WORK, Invitation
from hub.core.ids import EnvelopeId, HolderId, fresh
from hub.core.words import Category, Ground
from hub.door import (
    Ending,
    Sealing,
    To,
    join,
    leave,
    live,
    open_entries,
    open_one,
    seal,
    seen,
    share,
    shut_expired,
    told,
    unshare,
)
from hub.door.envelopes import NotCovered
from hub.door.sight import sight_of_the_house
from tests.grounds import Paper
from tests.world import NOON, Person, World

BODY = {"text": "She is afraid of her brother"}
WEEK = timedelta(days=7)


def written(world: World, *more: To, category: Category = Category.NEED) -> EnvelopeId:
    """Rosa writes an entry for herself, and for whoever else is named."""
    with world.desk(world.rosa) as desk:
        shares = [To(world.rosa.holder, OWN_WORK, OPEN_END), *more]
        return seal(desk.db, desk.sight, Sealing(category, BODY, ""), shares)


def paper(world: World, ends: datetime = NOON + WEEK, record: str = "") -> Paper:
    """A release to Northside for need and contact."""
    allowed = frozenset({Category.NEED, Category.CONTACT})
    return Paper(record or fresh(), world.northside.id, allowed, ends)


def to_northside(world: World, ends: datetime = NOON + WEEK, record: str = "") -> To:
    return To(world.northside.desk, paper(world, ends, record), ends)


def reads(world: World, person: Person, envelope: EnvelopeId) -> bool:
    with world.desk(person) as desk:
        try:
            return open_one(desk.db, desk.sight, envelope).body == BODY
        except NothingHere:
            return False


def test_whoever_wrote_it_for_herself_alone_reads_it_alone(world: World) -> None:
    envelope = written(world)
    assert [p.name for p in world.town.people.values() if reads(world, p, envelope)] == [
        "Rosa Adeyemi"
    ]


def test_everyone_at_the_desk_it_was_shared_with_reads_it(world: World) -> None:
    envelope = written(world, to_northside(world))
    readers = {p.name for p in world.town.people.values() if reads(world, p, envelope)}
    assert readers == {"Rosa Adeyemi", "Tomas Lind", "Lena Okoro"}


def test_an_entry_says_because_of_what_it_can_be_read(world: World) -> None:
    record = fresh()
    envelope = written(world, to_northside(world, record=record))
    with world.desk(world.tomas) as desk:
        entry = open_one(desk.db, desk.sight, envelope)
    assert entry.because.ground is Ground.RELEASE
    assert entry.because.record == record
    assert entry.because.until == NOON + WEEK
    assert (entry.by, entry.agency, entry.at) == (world.rosa.id, world.harbour.id, NOON)


def test_a_share_that_ends_at_noon_shows_nothing_at_noon(world: World) -> None:
    envelope = written(world, to_northside(world, NOON + WEEK))
    world.clock.set(NOON + WEEK - timedelta(microseconds=1))
    assert reads(world, world.tomas, envelope)
    world.clock.set(NOON + WEEK)
    assert not reads(world, world.tomas, envelope)
    assert reads(world, world.rosa, envelope)


def test_expired_shares_stay_shut_when_the_clock_goes_back(world: World) -> None:
    envelope = written(world, to_northside(world))
    world.clock.set(NOON + WEEK)
    with world.hub.desk_of_the_house() as house:
        assert shut_expired(house.db, house.sight) == 1
        assert shut_expired(house.db, house.sight) == 0
    world.clock.set(NOON)
    assert not reads(world, world.tomas, envelope)


def test_withdrawing_a_record_shuts_everything_that_hung_on_it(world: World) -> None:
    record = fresh()
    shut = [written(world, to_northside(world, record=record)) for _each in range(3)]
    stays = written(world, to_northside(world))
    with world.desk(world.rosa) as desk:
        ending = Ending("withdrawn", record=record)
        assert unshare(desk.db, desk.sight, ending) == 3
        assert unshare(desk.db, desk.sight, ending) == 0
    assert not any(reads(world, world.tomas, each) for each in shut)
    assert reads(world, world.tomas, stays)
    assert all(reads(world, world.rosa, each) for each in shut)


def test_the_key_of_an_ended_share_is_gone_and_its_row_stays(world: World) -> None:
    written(world, to_northside(world))
    with world.desk(world.rosa) as desk:
        unshare(desk.db, desk.sight, Ending("withdrawn", holder=world.northside.desk))
        lines = told(desk.db, desk.sight, world.rosa.holder)
        rows = seen(select(*_raw()), desk.sight)
        kept = {row.holder: row.wrapped for row in desk.db.execute(rows)}
    ended = [line for line in lines if line.ended_at is not None]
    assert [(line.holder, line.ended_why) for line in ended] == [
        (world.northside.desk, "withdrawn")
    ]
    assert kept[world.northside.desk] is None
    assert kept[world.rosa.holder] is not None


def _raw() -> list[object]:
    from hub.door.tables import ShareRow

    return [ShareRow.holder, ShareRow.wrapped]


def test_an_ending_that_names_nothing_ends_nothing(world: World) -> None:
    nothing = [
        Ending("x"),
        Ending("x", record=""),
        Ending("x", holder=HolderId("")),
        Ending("x", agency=world.northside.id),
        Ending("x", record="", envelopes=[EnvelopeId("y")]),
    ]
    envelope = written(world)
    for ending in nothing:
        with world.desk(world.rosa) as desk, pytest.raises(SealBroken):
            unshare(desk.db, desk.sight, ending)
    with world.desk(world.rosa) as desk:
        assert unshare(desk.db, desk.sight, Ending("x", envelopes=[])) == 0
    assert reads(world, world.rosa, envelope)


def test_whoever_leaves_the_desk_reads_nothing_from_then_on(world: World) -> None:
    envelope = written(world, to_northside(world))
    with world.hub.unit_of_work() as db:
        leave(db, world.northside.desk, world.tomas.id, NOON)
    assert not reads(world, world.tomas, envelope)
    assert reads(world, world.lena, envelope)
    with world.hub.unit_of_work() as db:
        join(db, world.northside.desk, world.tomas.id, NOON)
    assert reads(world, world.tomas, envelope)


def test_own_work_is_no_ground_for_another_agency(world: World) -> None:
    for person in world.town.people.values():
        across = To(person.holder, OWN_WORK, OPEN_END)
        if person.agency == world.harbour:
            assert reads(world, person, written(world, across))
        else:
            with pytest.raises(NotCovered):
                written(world, across)


def test_a_refused_share_leaves_no_envelope_behind(world: World) -> None:
    with pytest.raises(NotCovered):
        written(world, To(world.eastway.desk, paper(world), NOON + WEEK))
    with world.desk(world.rosa) as desk:
        from hub.door.tables import EnvelopeRow, ShareRow

        for table in (EnvelopeRow, ShareRow):
            assert desk.db.execute(seen(select(table), desk.sight)).all() == []


@pytest.mark.parametrize("category", Category)
def test_a_release_carries_its_own_categories_and_no_other(
    world: World, category: Category
) -> None:
    release = paper(world)
    to = To(world.northside.desk, release, NOON + WEEK)
    if category in release.categories:
        assert reads(world, world.tomas, written(world, to, category=category))
    else:
        with pytest.raises(NotCovered):
            written(world, to, category=category)


@pytest.mark.parametrize("category", Category)
def test_an_invitation_carries_the_hour_of_a_meeting_and_nothing_else(
    world: World, category: Category
) -> None:
    to = To(world.northside.desk, Invitation(fresh()), OPEN_END)
    if category is Category.ARRANGEMENTS:
        assert reads(world, world.tomas, written(world, to, category=category))
    else:
        with pytest.raises(NotCovered):
            written(world, to, category=category)


def test_nobody_is_given_longer_than_the_release_lasts(world: World) -> None:
    release = paper(world, NOON + WEEK)
    for until in (NOON + WEEK + timedelta(microseconds=1), OPEN_END, NOON, NOON - WEEK):
        with pytest.raises(NotCovered):
            written(world, To(world.northside.desk, release, until))
    assert written(world, To(world.northside.desk, release, NOON + timedelta(hours=1)))


def test_nobody_passes_on_more_time_than_they_have(world: World) -> None:
    envelope = written(world, to_northside(world, NOON + timedelta(days=1)))
    longer = paper(world, NOON + WEEK)
    with world.desk(world.tomas) as desk:
        with pytest.raises(NotCovered):
            share(desk.db, desk.sight, envelope, [To(world.noor.holder, longer, NOON + WEEK)])
        day = NOON + timedelta(days=1)
        share(desk.db, desk.sight, envelope, [To(world.noor.holder, longer, day)])
    assert reads(world, world.noor, envelope)
    world.clock.set(NOON + timedelta(days=1))
    assert not reads(world, world.noor, envelope)


def test_a_receiver_cannot_pass_it_on_as_own_work(world: World) -> None:
    envelope = written(world, to_northside(world))
    for holder in (world.noor.holder, world.tomas.holder, world.eastway.desk):
        with world.desk(world.tomas) as desk, pytest.raises(NotCovered):
            share(desk.db, desk.sight, envelope, [To(holder, OWN_WORK, NOON + timedelta(hours=1))])
    assert not reads(world, world.noor, envelope)


def test_whoever_cannot_open_it_cannot_share_it(world: World) -> None:
    envelope = written(world)
    for person in (world.joan, world.tomas, world.ines):
        with world.desk(person) as desk, pytest.raises(NothingHere):
            share(desk.db, desk.sight, envelope, [To(person.holder, OWN_WORK, OPEN_END)])


def test_absent_and_forbidden_and_ended_are_the_same_refusal(world: World) -> None:
    forbidden, ended = written(world), written(world, to_northside(world))
    with world.desk(world.rosa) as desk:
        unshare(desk.db, desk.sight, Ending("withdrawn", envelopes=[ended]))
    refusals = set()
    for envelope in (EnvelopeId(fresh()), EnvelopeId(""), forbidden, ended):
        with world.desk(world.tomas) as desk, pytest.raises(NothingHere) as refused:
            open_one(desk.db, desk.sight, envelope)
        refusals.add(str(refused.value))
    assert len(refusals) == 1


def test_a_list_holds_only_what_can_be_opened_and_says_nothing_of_the_rest(world: World) -> None:
    mine, theirs = written(world, to_northside(world)), written(world)
    with world.desk(world.tomas) as desk:
        opened = open_entries(desk.db, desk.sight, [theirs, mine, EnvelopeId(fresh()), mine])
        listed = seen(select(live(desk.sight).c.envelope), desk.sight)
        assert [row[0] for row in desk.db.execute(listed)] == [mine]
    assert list(opened) == [mine]


def test_the_house_itself_and_the_signed_out_open_nothing(world: World) -> None:
    envelope = written(world, to_northside(world))
    house = sight_of_the_house(NOON, world.hub.custody)
    with world.hub.unit_of_work() as db:
        assert open_entries(db, house, [envelope]) == {}
        with pytest.raises(NothingHere):
            share(db, house, envelope, [To(world.northside.desk, paper(world), NOON + WEEK)])
        with pytest.raises(SealBroken):
            seal(db, house, Sealing(Category.NEED, BODY, ""), [to_northside(world)])


def test_an_entry_without_a_holder_is_never_written(world: World) -> None:
    with world.desk(world.rosa) as desk, pytest.raises(SealBroken):
        seal(desk.db, desk.sight, Sealing(Category.NEED, BODY, ""), [])


def test_carrying_only_the_name_of_a_holder_opens_nothing_of_another(world: World) -> None:
    envelope = written(world)
    with world.desk(world.tomas) as desk:
        for holders in (frozenset(), frozenset({HolderId("")}), frozenset({HolderId(fresh())})):
            sight = replace(desk.sight, holders=holders)
            assert open_entries(desk.db, sight, [envelope]) == {}


def test_the_ledger_is_for_whoever_carries_the_key_and_wrote_it(world: World) -> None:
    written(world, to_northside(world))
    for person in (world.tomas, world.joan, world.ines):
        with world.desk(person) as desk:
            assert told(desk.db, desk.sight, person.holder) == []
            with pytest.raises(NothingHere):
                told(desk.db, desk.sight, world.rosa.holder)
    with world.desk(world.tomas) as desk:
        assert told(desk.db, desk.sight, world.northside.desk) == []
    with world.desk(world.rosa) as desk:
        held = {line.holder for line in told(desk.db, desk.sight, world.rosa.holder)}
        assert held == {world.rosa.holder, world.northside.desk}


def test_the_store_holds_not_one_word_in_clear(world: World) -> None:
    written(world, to_northside(world))
    assert b"afraid" not in world.raw()


def _count(db: Session) -> int:
    from hub.door import audit

    return audit.count(db)


def test_every_opening_is_one_line_of_the_log(world: World) -> None:
    envelopes = [written(world, to_northside(world)) for _each in range(3)]
    with world.hub.unit_of_work() as db:
        before = _count(db)
    with world.desk(world.tomas) as desk:
        open_entries(desk.db, desk.sight, envelopes)
    with world.desk(world.joan) as desk:
        open_entries(desk.db, desk.sight, envelopes)
    with world.hub.unit_of_work() as db:
        assert _count(db) == before + 1
