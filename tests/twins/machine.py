"""Random histories of two towns that differ only in what one observer may not see."""

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, ClassVar, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from hub.core.words import Category
from hub.jobs import tick
from pathways.referrals.referral import Step
from tests import engines
from tests.twins.looking import looks
from tests.twins.plot import DESKS, OBSERVERS, OWNERS, STAFF, TALKED_OF, Known, Plot
from tests.twins.towns import Town, with_services
from tests.world import town

Pick = TypeVar("Pick")
NUMBERS: Final = st.integers(0, 11)
YES_OR_NO: Final = st.booleans()
FIRST_STEPS: Final = (Step.ACKNOWLEDGE, Step.ACCEPT, Step.DECLINE)
A_MINUTE: Final = timedelta(minutes=1)


def picked(of: Collection[Pick], number: int) -> Pick | None:
    """One of these, by a drawn number; None when there is none."""
    each = list(of)
    return each[number % len(each)] if each else None


class Twins(RuleBasedStateMachine):
    """Two towns told alike, but for what the observer must not notice: then they look alike."""

    pairs: ClassVar[int] = 0
    looked: ClassVar[int] = 0
    hidden_events: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        kind = engines.SQLITE
        made = [self.stack.enter_context(town(kind, with_services)) for _each in range(2)]
        self.calm, self.busy = (Town(world, services) for world, services in made)
        self.plot = Plot("")
        self.looked_before = False

    def teardown(self) -> None:
        """Both towns, once more and for the last time."""
        try:
            if self.plot.observer:
                self.alike()
                Twins.pairs += 1
        finally:
            self.stack.close()

    @initialize(number=NUMBERS, kept=YES_OR_NO, owner=st.sampled_from(["rosa", "noor"]))
    def begin(self, number: int, kept: bool, owner: str) -> None:
        """Somebody looks on; in half of the stories they are kept out of the first case."""
        observer = OBSERVERS[number % len(OBSERVERS)]
        self.plot = Plot(observer if observer != owner else "dora")
        team = Known(owner, hidden=False)
        if kept:
            team.kept_out.add(self.plot.observer)
        self.opened("first", team, also_calm=False)
        if kept:
            self.busy.keeps_out("first", self.plot.observer)

    def where(
        self, noticed_by: Collection[str], *, needs_hidden: bool, also_calm: bool
    ) -> Sequence[Town]:
        """The towns in which something happens; none when it cannot happen in both and must."""
        self.later(A_MINUTE)
        visible = not self.plot.hidden(noticed_by)
        if visible and needs_hidden:
            return ()
        if visible or (also_calm and not needs_hidden):
            return (self.calm, self.busy)
        Twins.hidden_events += 1
        return (self.busy,)

    def later(self, by: timedelta) -> None:
        """Time passes in both."""
        self.calm.world.move(by)
        self.busy.world.move(by)

    def opened(self, label: str, made: Known, *, also_calm: bool) -> None:
        """A case begins."""
        towns = self.where(made.team(), needs_hidden=False, also_calm=also_calm)
        made.hidden = len(towns) == 1
        self.plot.cases[label] = made
        for each in towns:
            each.opens(made.owner, label)

    def case(self, number: int) -> tuple[str, Known] | None:
        """One of the cases there are."""
        return picked(self.plot.cases.items(), number)

    @rule(number=NUMBERS, also=YES_OR_NO)
    def somebody_opens_a_case(self, number: int, also: bool) -> None:
        """Another case."""
        owner = picked(OWNERS, number)
        if owner and len(self.plot.cases) < 4:
            made = Known(owner, hidden=False)
            self.opened(f"case {len(self.plot.cases)}", made, also_calm=also)

    @rule(number=NUMBERS, kind=st.sampled_from([*TALKED_OF, Category.LOCATION]), also=YES_OR_NO)
    def something_is_written_down(self, number: int, kind: Category, also: bool) -> None:
        """Its team writes what was told."""
        found = self.case(number)
        if found is None or kind in found[1].entries:
            return
        label, known = found
        towns = self.where(known.team(), needs_hidden=known.hidden, also_calm=also)
        for each in towns:
            each.writes(label, kind, f"kanari {label} {kind.value}")
        if towns:
            known.entries[kind] = len(towns) == 1

    @rule(number=NUMBERS, to=NUMBERS, few=YES_OR_NO, days=st.sampled_from([1, 30]), also=YES_OR_NO)
    def she_releases_something(
        self, number: int, to: int, few: bool, days: int, also: bool
    ) -> None:
        """To one other agency."""
        found = self.case(number)
        agency = picked(sorted(DESKS), to)
        if found is None or agency is None or agency == found[1].agency:
            return
        label, known = found
        if agency in known.releases:
            return
        what = frozenset(TALKED_OF[:2] if few else TALKED_OF)
        towns = self.where(known.team(), needs_hidden=known.hidden, also_calm=also)
        for each in towns:
            each.releases(label, agency, what, days)
        if towns:
            known.releases[agency] = (what, len(towns) == 1)

    @rule(number=NUMBERS, to=NUMBERS, also=YES_OR_NO)
    def a_referral_is_sent(self, number: int, to: int, also: bool) -> None:
        """To an agency she released it to, with what was written in both towns."""
        found = self.case(number)
        agency = picked(sorted(found[1].releases), to) if found else None
        if found is None or agency is None or agency in found[1].referrals:
            return
        label, known = found
        what, release_hidden = known.releases[agency]
        needs = known.hidden or release_hidden
        entries = [
            kind
            for kind, hidden in sorted(known.entries.items())
            if kind in what and kind is not Category.NEED and (needs or not hidden)
        ]
        noticed = known.team() | known.others([agency])
        towns = self.where(noticed, needs_hidden=needs, also_calm=also)
        self._do(towns, lambda each: each.sends(label, agency, entries))
        if towns:
            known.referrals[agency] = len(towns) == 1
            known.told.add(agency)

    @rule(number=NUMBERS, to=NUMBERS, step=st.sampled_from(FIRST_STEPS), who=NUMBERS)
    def a_referral_is_answered(self, number: int, to: int, step: Step, who: int) -> None:
        """By somebody at the desk who is not kept out."""
        found = self.case(number)
        agency = picked(sorted(found[1].referrals), to) if found else None
        if found is None or agency is None:
            return
        label, known = found
        desk = [name for name in DESKS[agency] if name not in known.kept_out]
        person = picked(desk, who)
        if person is None:
            return
        self.later(timedelta(minutes=15))
        noticed = known.team() | known.others([agency])
        towns = self.where(noticed, needs_hidden=known.referrals[agency], also_calm=True)
        self._do(towns, lambda each: each.answers(label, agency, person, step))

    def _do(self, towns: Sequence[Town], act: Callable[[Town], Any]) -> None:
        """The same in each town: done in all of them, or refused in all of them."""
        refusals = []
        for each in towns:
            try:
                act(each)
                refusals.append("")
            except Exception as refused:
                if not hasattr(refused, "advice"):
                    raise
                refusals.append(str(refused.advice))
        assert len(set(refusals)) <= 1, refusals

    @rule(number=NUMBERS, to=NUMBERS)
    def she_takes_a_release_back(self, number: int, to: int) -> None:
        """With all that hangs on it."""
        found = self.case(number)
        agency = picked(sorted(found[1].releases), to) if found else None
        if found is None or agency is None:
            return
        label, known = found
        noticed = known.team() | (known.others([agency]) if agency in known.told else set())
        towns = self.where(noticed, needs_hidden=known.releases[agency][1], also_calm=True)
        for each in towns:
            each.takes_back(label, agency)
        if towns:
            del known.releases[agency]
            known.referrals.pop(agency, None)

    @rule(guests=st.sets(st.sampled_from(["tomas", "noor", "amin", "sofia", "ines"]), min_size=1))
    def a_conference_is_called(self, guests: set[str]) -> None:
        """Rosa calls it; who has no seat there never hears of it."""
        if self.busy.table is not None:
            return
        seats = frozenset(guests | {"rosa"})
        towns = self.where(seats, needs_hidden=False, also_calm=False)
        for each in towns:
            each.meets("rosa", sorted(guests))
        self.plot.at_table, self.plot.table_hidden = seats, len(towns) == 1

    @rule(number=NUMBERS, kind=st.sampled_from(TALKED_OF))
    def an_item_is_put_on_the_agenda(self, number: int, kind: Category) -> None:
        """Those hear it to whose agency it is released; others at the table notice nothing."""
        found = self.case(number)
        if found is None or found[1].owner != "rosa" or self.busy.table is None:
            return
        label, known = found
        heard = {agency for agency, (what, _hidden) in known.releases.items() if kind in what}
        unsure = known.hidden or self.plot.table_hidden
        unsure = unsure or any(hidden for _what, hidden in known.releases.values())
        noticed = known.team() | known.others(heard)
        towns = self.where(noticed, needs_hidden=unsure, also_calm=False)
        self._do(towns, lambda each: each.puts_on(label, kind))
        if towns:
            known.told |= {agency for agency in heard if STAFF[agency] & self.plot.at_table}

    @rule(number=NUMBERS)
    def she_gets_a_number_of_her_own(self, number: int) -> None:
        """Which nobody but her team knows of."""
        found = self.case(number)
        if found is not None:
            label, known = found
            towns = self.where(known.team(), needs_hidden=known.hidden, also_calm=False)
            for each in towns:
                each.gives_a_number(label)

    @rule(hours=st.sampled_from([1, 5, 30]))
    def time_passes(self, hours: int) -> None:
        """And the clock of the house ticks in both."""
        self.later(timedelta(hours=hours))
        for each in (self.calm, self.busy):
            tick(each.world.hub)

    @precondition(lambda self: not self.looked_before)
    @rule()
    def the_observer_looks(self) -> None:
        """In the middle of it, too; once is enough to notice what is over by the end."""
        self.looked_before = True
        self.alike()

    def alike(self) -> None:
        """The two towns look the same to the observer, to the last byte."""
        Twins.looked += 1
        here, there = (looks(each.world, self.plot.observer) for each in (self.calm, self.busy))
        for one, other in zip(here, there, strict=True):
            assert one == other
