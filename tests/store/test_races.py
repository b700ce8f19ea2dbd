"""Two who act in the same instant on what she shares: one of two outcomes, and nothing leaks."""

import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import timedelta
from io import StringIO
from types import MappingProxyType
from typing import Any, Final

import pytest
from sqlalchemy import ColumnElement, Select, false, func, select
from sqlmodel import col

from hub.consent.release import State as ReleaseState
from hub.consent.tables import ReleaseRow
from hub.core.clock import SetClock
from hub.core.errors import Changed
from hub.door import audit, ledgers, seen
from hub.door.ledgers import Walk, Which
from hub.door.tables import HolderRow, ShareRow
from hub.explaining import run_explain
from hub.jobs import tick
from hub.people.tables import PersonRow
from hub.store.outbox import OutboxRow
from pathways.referrals.queries import envelopes_numbered
from pathways.referrals.referral import State, Step
from pathways.referrals.tables import ReferralEventRow, ReferralRow
from tests.at_once import Machine, Start, machines, starting
from tests.referring import ASKED, HER_NAME, NUMBER, Story, begin
from tests.wire import Ask, Heard, Visit, form, visit
from tests.world import NOON, World, town

SHARED: Final = tuple(words.encode() for words in (ASKED, HER_NAME, NUMBER))
SOME: Final = 20
MANY: Final = 1000
AT_A_TIME: Final = 20
"""Rounds that are made ready together: fewer than an inbox shows on one page."""
LOOKS: Final = 3
STAFF: Final = ("rosa", "tomas", "lena", "grace")


@dataclass(frozen=True, slots=True)
class Round:
    """One survivor's referral, at which machines it is raced for, and by whom."""

    world: World
    start: Start
    machines: Sequence[Machine]
    visits: Mapping[str, Visit]
    number: int
    story: Story
    row: ReferralRow

    @property
    def address(self) -> str:
        """The referral, as the receiving agency knows it."""
        return f"/referrals/{self.row.receiver_ref}"

    @property
    def ledger(self) -> str:
        """Who was told what of her, as her own care team has it."""
        return f"/cases/{self.story.case}/ledger"

    def opens(self, who: str, path: str) -> Ask:
        """Somebody opens a page."""
        return Ask(path, self.visits[who])

    def accepts(self) -> Ask:
        """Tomas takes it on, from a page he has open."""
        version = str(self.row.version)
        return form(f"{self.address}/steps/accept", self.visits["tomas"], version=version)

    def withdraws(self) -> Ask:
        """She takes her release back by phone, and Rosa writes it down."""
        path = f"/releases/{self.story.release}/withdraw"
        return form(path, self.visits["rosa"], releases=self.story.release, how="phone")


Approach = Callable[[World, Sequence[ReferralRow]], None]


def the_wait_is_over(world: World, _rows: Sequence[ReferralRow]) -> None:
    """Until everything sent can be opened."""
    world.clock.set(NOON + timedelta(minutes=11))


def just_before_the_end(world: World, rows: Sequence[ReferralRow]) -> None:
    """Until the first of the releases has a moment left."""
    assert rows[0].ends_at is not None
    world.clock.set(rows[0].ends_at - timedelta(seconds=1))


def some_sent(world: World) -> list[tuple[Story, ReferralRow]]:
    """Referrals on their way; their releases end one second after another."""
    return [_sent(world) for _each in range(AT_A_TIME)]


def _sent(world: World) -> tuple[Story, ReferralRow]:
    world.move(timedelta(seconds=1))
    story = begin(world, days=1)
    return story, story.row(story.send())


def rounds(kind: str, count: int, approach: Approach, seats: int) -> Iterator[Round]:
    """So many rounds; after every few, the database is as it was before them."""
    clock = SetClock(NOON)
    with starting(seats) as start, machines() as at:
        for first in range(0, count, AT_A_TIME):
            with town(kind, some_sent) as (world, sent):
                world.clock, world.hub = clock, replace(world.hub, clock=clock)
                approach(world, [row for _story, row in sent])
                visits = {who: visit(world, world.town.people[who]) for who in STAFF}
                for number, (story, row) in enumerate(sent, first):
                    told = replace(story, world=world)
                    yield Round(world, start, at(world, seats), visits, number, told, row)
                with world.hub.unit_of_work() as db:
                    assert audit.verify(db).broken_at is None
                for machine in at(world, seats):
                    machine.rest()


def is_whole(page: Heard) -> bool:
    """Whether a page shows all that was shared (else it shows none of it, and is absent)."""
    found = {words in page.body for words in SHARED}
    assert found == {page.status == 200}, page.text
    assert page.status in {200, 404}
    return page.status == 200


def nothing_is_left(this: Round) -> None:
    """Nobody at the receiving agency holds a key of hers, and no message to them waits."""
    with this.world.hub.desk_of_the_house() as house:
        theirs = this.world.northside.id
        keys = (
            select(func.count())
            .select_from(ShareRow)
            .join(HolderRow, col(HolderRow.id) == col(ShareRow.holder))
            .where(
                col(ShareRow.subject) == this.story.case,
                col(ShareRow.wrapped).is_not(None),
                col(HolderRow.agency) == theirs,
            )
        )
        assert house.db.execute(seen(keys, house.sight)).scalar_one() == 0
        letters = (
            select(func.count())
            .select_from(OutboxRow)
            .join(PersonRow, col(PersonRow.id) == col(OutboxRow.person))
            .where(
                col(OutboxRow.about) == this.row.id,
                col(OutboxRow.dropped_at).is_(None),
                col(PersonRow.agency) == theirs,
            )
        )
        assert house.db.execute(letters).scalar_one() == 0
    for who in ("tomas", "lena", "grace"):
        assert not is_whole(this.machines[0].ask(this.opens(who, this.address)))


def stands_withdrawn(this: Round, accepted: bool) -> None:
    """The rows tell the same story: taken back, once, and taken on before if they say so."""
    with this.world.hub.unit_of_work() as db:
        release = db.get_one(ReleaseRow, this.story.release)
        assert (release.state, release.withdrawn_at) == (ReleaseState.WITHDRAWN, this.world.now)
        row = db.get_one(ReferralRow, this.row.id)
        assert (row.state, row.closed_to_them_at) == (State.WITHDRAWN, this.world.now)
        assert (row.receiver_holder != row.desk) is accepted
        steps = select(col(ReferralEventRow.step)).where(col(ReferralEventRow.referral) == row.id)
        taken = list(db.execute(steps.order_by(col(ReferralEventRow.place))).scalars())
        assert taken == [Step.SEND, *[Step.ACCEPT] * accepted, Step.WITHDRAW]


def accept_against_withdraw(this: Round) -> str:
    here, there = this.machines
    took, back = this.start.together(
        lambda: here.asks(this.accepts()), lambda: there.asks(this.withdraws())
    )
    assert back[0].status == 303, back[0].text
    assert took[0].status in {303, 404}, took[0].text
    assert not any(words in took[0].body for words in SHARED)
    stands_withdrawn(this, accepted=took[0].status == 303)
    assert here.ask(this.accepts()).status == 404
    return "taken on first" if took[0].status == 303 else "taken back first"


def open_against_withdraw(this: Round) -> str:
    here, there, beside = this.machines
    page, inbox = this.opens("tomas", this.address), this.opens("lena", "/referrals")
    early = this.number % 2 == 0
    if not early:
        assert here.ask(this.accepts()).status == 303
    pages, lists, back = this.start.together(
        lambda: here.asks(page, LOOKS),
        lambda: beside.asks(inbox, LOOKS),
        lambda: there.asks(this.withdraws()),
    )
    assert back[0].status == 303, back[0].text
    stands_withdrawn(this, accepted=not early)
    return _told_apart(this, pages, lists, back[0].ended)


def _told_apart(this: Round, pages: list[Heard], lists: list[Heard], over: int) -> str:
    """Whatever began after it was over holds nothing; what was open once never opens again."""
    whole = [is_whole(page) for page in pages]
    assert whole == sorted(whole, reverse=True)
    assert not any(shown and page.began > over for page, shown in zip(pages, whole, strict=True))
    for page in lists:
        assert page.status == 200, page.text
        assert page.began < over or this.row.receiver_ref.encode() not in page.body
    return f"opened {sum(whole)} times of {len(whole)}"


def expiry_against_export(this: Round) -> str:
    here, beside, home, office, clock = this.machines
    if this.number % 2:
        assert here.ask(this.accepts()).status == 303
    copy = home.ask(form(f"{this.ledger}/copies", this.visits["rosa"], answer="given"))
    after = this.start.chance.uniform(0, 2 * LOOKS * (copy.ended - copy.began) / 1e9)
    pages, lists, papers, explained, ends = this.start.together(
        lambda: here.asks(this.opens("tomas", this.address), LOOKS),
        lambda: beside.asks(this.opens("lena", "/referrals"), LOOKS),
        lambda: [
            home.ask(this.opens("rosa", path)) for path in (this.ledger, copy.headers["location"])
        ],
        lambda: [_explained(this, office)],
        lambda: [_its_hour_comes(this, clock, after)],
    )
    assert {each.status for each in papers} == {200}
    assert all(each.body.count(b"Northside Law") for each in papers)
    assert not any(words in explained[0].body for words in SHARED)
    tick(clock.hub)
    with this.world.hub.unit_of_work() as db:
        row = db.get_one(ReferralRow, this.row.id)
        assert row.state is (State.ACCEPTED if this.number % 2 else State.EXPIRED)
    return _told_apart(this, pages, lists, ends[0].began)


def _explained(this: Round, office: Machine) -> Heard:
    """What `linden explain` says of Tomas and this referral."""
    said, heard = StringIO(), Heard(time.perf_counter_ns())
    asked = Namespace(
        person=this.world.tomas.email, referral=this.row.number, envelope=None, case=None
    )
    with redirect_stdout(said):
        assert run_explain(asked, office.hub, envelopes_numbered) == 0
    heard.body = said.getvalue().encode()
    assert heard.body
    return heard


def _its_hour_comes(this: Round, clock: Machine, after: float) -> Heard:
    """The release ends, and then the jobs run; heard when the clock had struck."""
    time.sleep(after)
    assert this.row.ends_at is not None
    this.world.clock.set(this.row.ends_at)
    struck = Heard(time.perf_counter_ns())
    tick(clock.hub)
    return struck


Race = Callable[[Round], str]
RACES: Final[Mapping[Race, tuple[Approach, int]]] = MappingProxyType(
    {
        accept_against_withdraw: (the_wait_is_over, 2),
        open_against_withdraw: (the_wait_is_over, 3),
        expiry_against_export: (just_before_the_end, 5),
    }
)


def run(kind: str, race: Race, count: int) -> Counter[str]:
    """Race so often; how often each outcome came."""
    outcomes, began = Counter[str](), time.perf_counter()
    for this in rounds(kind, count, *RACES[race]):
        outcomes[race(this)] += 1
        nothing_is_left(this)
    spent = time.perf_counter() - began
    print(f"{race.__name__} on {kind}: {outcomes.total()} rounds in {spent:.0f} s,", outcomes)
    return outcomes


@pytest.mark.parametrize("race", RACES)
def test_a_few_races_have_two_outcomes_and_no_third(engine_kind: str, race: Race) -> None:
    run(engine_kind, race, SOME)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("race", RACES)
def test_a_thousand_races_have_two_outcomes_and_no_third(engine_kind: str, race: Race) -> None:
    assert len(run(engine_kind, race, MANY)) >= 2


def test_a_ledger_that_changes_while_it_is_read_is_read_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, whole, asked = begin(world), ledgers._whole, list[object]()
    story.send()

    def ended_meanwhile(which: Sequence[ColumnElement[bool]]) -> Select[Any]:
        asked.append(which)
        return whole(which) if len(asked) > 1 else whole([*which, false()])

    monkeypatch.setattr(ledgers, "_whole", ended_meanwhile)
    with world.desk(world.rosa) as desk:
        found = ledgers.stretch(desk.db, desk.sight, Walk(story.case, Which.ALL, 20))
    assert len(asked) == 2
    assert [len(line) for line in found.lines] == [len(SHARED)]


def test_a_ledger_that_never_stands_still_is_not_shown_in_part(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, whole = begin(world), ledgers._whole
    story.send()
    monkeypatch.setattr(ledgers, "_whole", lambda which: whole([*which, false()]))
    with pytest.raises(Changed), world.desk(world.rosa) as desk:
        ledgers.stretch(desk.db, desk.sight, Walk(story.case, Which.ALL, 20))
