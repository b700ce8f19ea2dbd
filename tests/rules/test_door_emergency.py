"""Lending a care team's keys: only in an emergency, only at home, only where custody can."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from hub.cases.emergency.access import LASTS, EmergencyGround
from hub.core.clock import OPEN_END
from hub.core.errors import NothingHere, SealBroken
from hub.core.grounds import OWN_WORK, GroundRecord
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, fresh
from hub.core.words import Category
from hub.desk import Desk
from hub.door import open_entries
from hub.door.custody import Custody, KeyOutOfReach, LockedHolder
from hub.door.emergency import Loan, lend
from hub.door.envelopes import NotCovered
from hub.door.keeping_out import Whom, keep_out
from hub.door.post import post_of, sight_of_the_post
from hub.door.sight import sight_of_the_house
from hub.door.tables import AuditRow
from tests.survivor import opened, told
from tests.world import Person, World


@dataclass(frozen=True)
class SealedCustody:
    """Custody in which a key opens for its own carriers alone."""

    inner: Custody

    def lock(self, holder: HolderId, private: X25519PrivateKey) -> bytes:
        return self.inner.lock(holder, private)

    def unlock(self, holder: LockedHolder) -> X25519PrivateKey:
        return self.inner.unlock(holder)

    def lend(self, holder: LockedHolder) -> X25519PrivateKey:
        raise KeyOutOfReach


@pytest.fixture
def case(world: World) -> CaseId:
    return opened(world, world.rosa)


@pytest.fixture
def need(world: World, case: CaseId) -> EnvelopeId:
    return told(world, world.rosa, case, Category.NEED, "a lawyer")


def ground_of(desk: Desk) -> EmergencyGround:
    return EmergencyGround(fresh(), desk.sight.agency, desk.at)


def loan_of(desk: Desk, case: CaseId, need: EnvelopeId, ground: GroundRecord) -> Loan:
    return Loan(case, [need], ground, desk.at + LASTS)


def reads(world: World, person: Person, need: EnvelopeId) -> bool:
    with world.desk(person) as desk:
        return need in open_entries(desk.db, desk.sight, [need])


def test_what_is_lent_opens_to_one_person_and_is_written_down(
    world: World, case: CaseId, need: EnvelopeId
) -> None:
    with world.desk(world.joan) as desk:
        assert lend(desk.db, desk.sight, loan_of(desk, case, need, ground_of(desk))) == 1
    assert reads(world, world.joan, need)
    assert not reads(world, world.dora, need)
    with world.hub.unit_of_work() as db:
        lines = list(db.execute(select(AuditRow)).scalars())
    assert [line.action for line in lines][-2:] == ["share.made", "entry.opened"]
    assert all(need in line.facts for line in lines[-2:])
    world.move(LASTS)
    assert not reads(world, world.joan, need)


@pytest.mark.parametrize(
    "ground", [lambda _desk: OWN_WORK, lambda desk: replace(ground_of(desk), record="")]
)
def test_no_other_ground_lends_a_key(
    world: World, case: CaseId, need: EnvelopeId, ground: Callable[[Desk], GroundRecord]
) -> None:
    with world.desk(world.joan) as desk, pytest.raises(SealBroken):
        lend(desk.db, desk.sight, loan_of(desk, case, need, ground(desk)))
    assert not reads(world, world.joan, need)


def test_custody_that_cannot_lend_says_so_and_nothing_is_copied(
    world: World, case: CaseId, need: EnvelopeId
) -> None:
    with world.desk(world.joan) as desk:
        sight = replace(desk.sight, custody=SealedCustody(desk.sight.custody))
        with pytest.raises(KeyOutOfReach):
            lend(desk.db, sight, loan_of(desk, case, need, ground_of(desk)))
    assert not reads(world, world.joan, need)


def test_the_page_of_such_a_hub_says_whom_to_call(
    world: World, case: CaseId, need: EnvelopeId
) -> None:
    custody = SealedCustody(world.hub.custody)
    sealed = World(replace(world.hub, custody=custody), world.clock, world.town)
    joan = sealed.browser(sealed.joan)
    joan.open("/emergency")
    answer = joan.try_submit("/emergency", code="KESTREL-27", reason="he is there")
    assert answer.status_code == 409
    assert "Call a supervisor." in answer.text
    assert "he is there" in answer.text


def test_another_agency_and_whoever_must_not_know_find_no_team(
    world: World, case: CaseId, need: EnvelopeId
) -> None:
    with world.desk(world.noor) as desk, pytest.raises(NothingHere):
        lend(desk.db, desk.sight, loan_of(desk, case, need, ground_of(desk)))
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, case, Whom(world.joan.id, None))
    with world.desk(world.joan) as desk, pytest.raises(NothingHere):
        lend(desk.db, desk.sight, loan_of(desk, case, need, ground_of(desk)))
    house = sight_of_the_house(world.now, world.hub.custody)
    nobody = replace(house, agency=AgencyId(world.harbour.id))
    with world.desk(world.dora) as desk, pytest.raises(NothingHere):
        lend(desk.db, nobody, loan_of(desk, case, need, ground_of(desk)))


def test_nothing_is_lent_for_longer_than_the_ground_allows(
    world: World, case: CaseId, need: EnvelopeId
) -> None:
    with world.desk(world.joan) as desk:
        longer = replace(loan_of(desk, case, need, ground_of(desk)), until=OPEN_END)
        with pytest.raises(NotCovered):
            lend(desk.db, desk.sight, longer)
    assert not reads(world, world.joan, need)


def test_an_agency_that_was_handed_nothing_has_no_post(world: World) -> None:
    house = sight_of_the_house(world.now, world.hub.custody)
    with world.hub.unit_of_work() as db, pytest.raises(NothingHere):
        sight_of_the_post(db, house, world.harbour.id)
    with world.desk(world.rosa) as desk:
        post = post_of(desk.db, desk.sight)
        assert post_of(desk.db, desk.sight) == post
        eyes = sight_of_the_post(desk.db, house, world.harbour.id)
    assert eyes.holders == {post}
    assert not eyes.person
