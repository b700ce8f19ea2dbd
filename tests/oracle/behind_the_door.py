"""Puts many states into one real database, through the door alone, and asks the door about them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.consent.release import Release, ReleaseGround
from hub.consent.release import State as Stands
from hub.core.clock import OPEN_END
from hub.core.errors import NothingHere
from hub.core.grounds import OWN_WORK, GroundRecord
from hub.core.ids import CaseId, EnvelopeId, HolderId, ReleaseId, fresh
from hub.core.words import Category, Ground, HolderKind, Purpose, Role
from hub.desk import Desk
from hub.door import (
    Ending,
    Sealing,
    To,
    join,
    live,
    make_holder,
    open_entries,
    seal_all,
    seen,
    share,
    unshare,
)
from hub.door.envelopes import NotCovered
from hub.door.keeping_out import KeptAway, Whom, keep_out
from hub.door.lifting import ask_to_lift, lift
from hub.door.look import look, open_to_sight
from hub.door.readers import beside
from hub.door.tables import EnvelopeRow
from tests.grounds import Paper
from tests.oracle import states
from tests.oracle.states import Block, Consent, State, shared
from tests.world import Agency, Person, World

HANDFUL = 5000
"""Envelopes named in one question, well below what one statement can name."""

ALL_OPEN = select(col(EnvelopeRow.id)).where(open_to_sight(col(EnvelopeRow.id)))


@dataclass
class House:
    """The world of the door, with every state's things in it."""

    world: World
    cases: dict[State, str]
    things: dict[tuple[State, str], EnvelopeId] = field(default_factory=dict)
    records: dict[Consent, set[str]] = field(default_factory=lambda: defaultdict(set))
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    grounds: dict[State, ReleaseGround] = field(default_factory=dict)
    care_team: HolderId = field(init=False)
    few: HolderId = field(init=False)

    def desk(self, name: str) -> Any:
        """A desk for one of the cast."""
        return self.world.desk(self.world.town.people[name])

    def at(self, moment: datetime) -> None:
        """Let the clock stand there."""
        self.world.clock.set(moment)


def moved_in(world: World, chosen: Sequence[State]) -> House:
    """A house with these states in it at their first instant."""
    house = House(world, {state: fresh() for state in chosen})
    house.at(states.BEGIN)
    house.care_team = _team(house, world.harbour, world.rosa, world.miriam)
    house.few = _team(house, world.northside, world.lena, world.grace)
    _keep_out(house, "before")
    _write(house)
    return house


def _team(house: House, agency: Agency, *people: Person) -> HolderId:
    with house.desk("rosa") as desk:
        custody, of = house.world.hub.custody, fresh()
        made = make_holder(desk.db, custody, HolderKind.CARE_TEAM, agency.id, of=of, at=desk.at)
        for person in people:
            join(desk.db, made, person.id, desk.at)
    return made


def _keep_out(house: House, *how: Block) -> None:
    """Write down who must not know, for the states in which that happens now."""
    world = house.world
    people = {"sofia": world.sofia, "tomas": world.tomas, "miriam": world.miriam}
    with house.desk("rosa") as desk:
        for state, case in house.cases.items():
            if state.northside in how:
                line = keep_out(desk.db, desk.sight, case, Whom(None, world.northside.id))
                house.lines[state.northside].append(line)
            for name, person in people.items():
                kept = getattr(state, name)
                if kept in how or (kept is True and "after" in how):
                    line = keep_out(desk.db, desk.sight, case, Whom(person.id, None))
                    house.lines[str(kept)].append(line)


def _write(house: House) -> None:
    """Seal everything, those states together whose shares are the same."""
    for thing, sharing in (("entry", _order), ("copy", _referral), ("item", _conference)):
        alike: dict[tuple[Any, ...], list[State]] = defaultdict(list)
        for state in house.cases:
            alike[_SAME[thing](state)].append(state)
        for several in alike.values():
            with house.desk("rosa") as desk:
                _seal(house, desk, thing, several, sharing(house, several))


_SAME = {
    "entry": lambda state: (state.order,),
    "copy": lambda state: (state.referral, state.waits, state.northside == "before"),
    "item": lambda state: (state.conference, state.seat, state.sofia == "before"),
}


def _seal(house: House, desk: Desk, thing: str, several: list[State], to: list[To]) -> None:
    """Seal one thing for several states; what may not be shared is refused and not shared."""
    team = To(house.care_team, OWN_WORK, OPEN_END)
    sealings = [
        Sealing(Category.NEED, {"text": f"{thing} {house.cases[state]}"}, house.cases[state])
        for state in several
    ]
    refused = _refusal(thing, several[0])
    if refused is not None and to:
        with pytest.raises(refused):
            seal_all(desk.db, desk.sight, sealings, [team, *to])
        desk.db.rollback()
        to = []
    made = seal_all(desk.db, desk.sight, sealings, [team, *to])
    house.things |= {(state, thing): each for state, each in zip(several, made, strict=True)}
    if to and thing == "copy":
        house.grounds |= {state: _at_once(to[0].ground) for state in several}


def _at_once(ground: GroundRecord) -> ReleaseGround:
    """The same release, when what was shared on it is passed on: the wait is over by then."""
    assert isinstance(ground, ReleaseGround)
    return replace(ground, opens=None)


def _refusal(thing: str, state: State) -> type[Exception] | None:
    """What the door must say to sharing it in this state at the beginning."""
    if thing == "entry":
        return None
    consent, kept = (
        (state.referral, state.northside) if thing == "copy" else (state.conference, state.sofia)
    )
    if shared(state, consent, kept):
        return None
    return KeptAway if kept == "before" else NotCovered


def _order(house: House, several: list[State]) -> list[To]:
    if not several[0].order:
        return []
    words, ends = frozenset({Category.NEED}), states.ORDER_ENDS
    order = Paper("order", house.world.eastway.id, words, ends, Ground.COURT_ORDER)
    return [To(house.world.amin.holder, order, ends)]


def _referral(house: House, several: list[State]) -> list[To]:
    state, world = several[0], house.world
    opens = states.OPENS if state.waits else None
    return _on_release(house, state.referral, (world.northside, world.northside.desk), opens)


def _conference(house: House, several: list[State]) -> list[To]:
    state, world = several[0], house.world
    if not state.seat:
        return []
    return _on_release(house, state.conference, (world.eastway, world.sofia.holder), None)


def _on_release(
    house: House, consent: Consent, to: tuple[Agency, HolderId], opens: datetime | None
) -> list[To]:
    agency, holder = to
    if consent == "none":
        return []
    purpose = Purpose.REFERRAL if agency is house.world.northside else Purpose.CONFERENCE
    words = states.paper(consent, agency.name, purpose.value)
    release = Release(
        ReleaseId(fresh()),
        CaseId("c"),
        house.world.harbour.id,
        agency.id,
        frozenset({purpose}),
        frozenset(),
        frozenset({Category.NEED}),
        words.start,
        words.end,
        None,
        Stands.ACTIVE,
    )
    house.records[consent].add(release.id)
    return [To(holder, ReleaseGround(release, purpose, opens), release.ends)]


def happen(house: House, moment: datetime) -> None:
    """Whatever happens to any state at this instant."""
    house.at(moment)
    if moment == states.BLOCKED:
        _keep_out(house, "after", "lifted")
    if moment == states.LIFTED:
        _let_know(house)
    if moment == states.TAKEN_ON:
        _take_on(house)
    if moment == states.REVOKED:
        with house.desk("rosa") as desk:
            for record in house.records["revoked"]:
                unshare(desk.db, desk.sight, Ending("withdrawn", record=record))


def _let_know(house: House) -> None:
    """One asks, and another, who may, says yes: only then do they know again."""
    why = EnvelopeId(fresh())
    with house.desk("rosa") as desk:
        for line in house.lines["lifted"]:
            assert ask_to_lift(desk.db, desk.sight, line, why)
            assert not lift(desk.db, desk.sight, line, why)
    with house.desk("joan") as desk:
        second = replace(desk.sight, roles=frozenset({Role.SUPERVISOR}))
        for line in house.lines["lifted"]:
            assert not lift(desk.db, desk.sight, line, why)
            assert lift(desk.db, second, line, why)


def _take_on(house: House) -> None:
    """Lena passes on to a team of few what the desk was sent, where she can see that it was."""
    passed: list[EnvelopeId] = []
    for state, ground in house.grounds.items():
        if not state.taken:
            continue
        envelope = house.things[state, "copy"]
        to = To(house.few, ground, ground.release.ends)
        with house.desk("lena") as desk:
            if state.northside == "after":
                with pytest.raises(NothingHere):
                    share(desk.db, desk.sight, envelope, [to])
                continue
            share(desk.db, desk.sight, envelope, [to])
            passed.append(envelope)
    with house.desk("lena") as desk:
        for some in handfuls(passed):
            ending = Ending("taken_on", holder=house.world.northside.desk, envelopes=some)
            unshare(desk.db, desk.sight, ending)


def handfuls(envelopes: Sequence[EnvelopeId]) -> Iterator[list[EnvelopeId]]:
    """These envelopes, a few thousand at a time."""
    for start in range(0, len(envelopes), HANDFUL):
        yield list(envelopes[start : start + HANDFUL])


def listed(desk: Desk) -> set[str]:
    """What the join that every list begins from says is live."""
    shares = live(desk.sight)
    return set(desk.db.execute(seen(select(shares.c.envelope), desk.sight)).scalars())


def looked_at(desk: Desk) -> set[str]:
    """What the question asked row by row says is open."""
    return {row[0] for row in look(desk.db, desk.sight, ALL_OPEN)}


def opened(desk: Desk, house: House) -> set[str]:
    """What opens, each with its own words in it."""
    found: set[str] = set()
    names = {envelope: key for key, envelope in house.things.items()}
    for some in handfuls(list(names)):
        for envelope, entry in open_entries(desk.db, desk.sight, some).items():
            state, thing = names[envelope]
            assert entry.body == {"text": f"{thing} {house.cases[state]}"}
            found.add(envelope)
    return found


def who_else(desk: Desk, house: House) -> dict[str, set[str]]:
    """Whom the door names beside the one who looks."""
    people = {person.id: name for name, person in house.world.town.people.items()}
    found: dict[str, set[str]] = {}
    for some in handfuls(list(house.things.values())):
        for envelope, reading in beside(desk.db, desk.sight, some).items():
            found[envelope] = {people[person] for person in reading}
    return found
