"""What happens in the made-up town before today: whose case when, and which referral how far."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from hub.core.words import ANSWER_WITHIN, Priority, Role
from hub.demo.cast import Caseload, Cast, Survivor, member
from hub.demo.wall import Wall
from pathways.referrals.referral import STAGES, Stage, State

A_DAY: Final = timedelta(days=1)
FIRST_CASE: Final = 117
STRONG: Final = 10
SEEN: Final = 11
"""A route walked so often is to be seen on the map: most of it before this month began."""

AGE: Final[Mapping[State, tuple[float, float]]] = {
    State.DRAFT: (0.2, 4),
    State.ACKNOWLEDGED: (0.6, 3),
    State.INFO_REQUESTED: (1, 5),
    State.ACCEPTED: (2, 12),
    State.ON_HOLD: (4, 28),
    State.IN_SERVICE: (9, 70),
    State.CLOSED: (13, 112),
    State.DECLINED: (3, 112),
    State.WITHDRAWN: (5, 112),
    State.EXPIRED: (20, 100),
    State.ENTERED_IN_ERROR: (2, 100),
}
"""How many days ago a referral that now stands there was sent, at least and at most."""


@dataclass(slots=True)
class ReferralPlan:
    """One referral: where to, how far it has come by now, and when it is sent."""

    service: str
    state: State
    priority: Priority
    sent_at: datetime


@dataclass(slots=True)
class CasePlan:
    """One case: whose, with whom, since when, by which door, and what is sent from it."""

    agency: str
    manager: str
    survivor: Survivor
    opened_at: datetime
    came_by: str
    referrals: list[ReferralPlan] = field(default_factory=list)

    def may_take(self, service: Mapping[str, Any]) -> bool:
        """Whether that service is for this survivor, or for the children who come along."""
        youngest, oldest = service.get("ages", (-1, -1))
        genders = {"she": "female", "he": "male", "they": "other"}
        fits = genders[self.survivor.pronoun] in service.get("genders", genders.values())
        if self.for_child(service):
            return True
        if self.survivor.is_child and "ages" not in service:
            return False
        return (
            fits and youngest <= self.survivor.age and (oldest < 0 or self.survivor.age <= oldest)
        )

    def for_child(self, service: Mapping[str, Any]) -> bool:
        """Whether it is not the survivor who would go there, but a child who comes along."""
        _youngest, oldest = service.get("ages", (-1, -1))
        return 0 <= oldest < self.survivor.age and self.survivor.children > 0

    def sent_lately(self, service: str) -> bool:
        """Whether a referral to that service is still under way."""
        return any(
            each.service == service and STAGES[each.state] is not Stage.OVER
            for each in self.referrals
        )


class Planner:
    """Draws the town's past with one source of chance, the same for the same seed and moment."""

    def __init__(self, cast: Cast, wall: Wall, chance: Random) -> None:
        self._cast = cast
        self._wall = wall
        self._now = wall.now
        self._chance = chance
        self._services = {told["name"]: told for h in cast.houses for told in h.services}

    def plan(self) -> list[CasePlan]:
        """Every case with its referrals."""
        cases = [case for load in self._cast.caseloads for case in self._cases(load)]
        left = Counter(
            {(load.agency, to): n for load in self._cast.caseloads for to, n in load.routes.items()}
        )
        for told in self._cast.lives["waiting"]:
            left[told["from"], told["to"]] -= 1
            self._wait_for_answer(cases, told)
        for told in self._cast.lives["answered"]:
            left[told["from"], told["to"]] -= 1
            self._answer_lately(cases, told)
        for route, state, long_ago in self._dealt(left):
            self._refer(cases, route, state, long_ago=long_ago)
        for case in cases:
            case.referrals.sort(key=lambda each: each.sent_at)
        return cases

    def _cases(self, load: Caseload) -> Iterator[CasePlan]:
        """A caseload's cases: four in five opened long ago, the rest in the last weeks."""
        managers = [w.name for w in self._cast.house(load.agency).who(Role.CASE_MANAGER)]
        ages = _opened(len(load.people))
        long_ago = round(len(ages) * 0.8)
        doors = [*self._shuffled(load.doors[:long_ago]), *self._shuffled(load.doors[long_ago:])]
        for place, survivor in enumerate(load.people):
            at = self._wall.local(-ages[place], self._chance.randint(8, 17))
            manager = managers[place % len(managers)]
            yield CasePlan(load.agency, manager, survivor, at, doors[place])

    def _shuffled(self, those: Sequence[Any]) -> list[Any]:
        return self._chance.sample(list(those), len(those))

    def _wait_for_answer(self, cases: Sequence[CasePlan], told: Mapping[str, Any]) -> None:
        """A referral that waits for its first answer, due when the town's file says."""
        priority = member(Priority, told["priority"])
        due = self._later_today() if told["due"] == "today" else self._now + _hours(told["due"])
        sent_at = due - ANSWER_WITHIN[priority]
        case = self._case_for(_of(cases, told), (told["from"], told["to"]), sent_at)
        case.referrals.append(ReferralPlan(told["to"], State.SENT, priority, sent_at))

    def _answer_lately(self, cases: Sequence[CasePlan], told: Mapping[str, Any]) -> None:
        """A referral of one case manager's that was answered in the last hours."""
        state, sent_at = member(State, told["state"]), self._now - _hours(told["ago"])
        case = self._case_for(_of(cases, told), (told["from"], told["to"]), sent_at, state)
        plan = ReferralPlan(told["to"], state, Priority.NORMAL, sent_at)
        case.referrals.append(plan)

    def _later_today(self) -> datetime:
        return self._now + self._wall.left_of_today() * self._chance.uniform(0.2, 0.8)

    def _dealt(
        self, left: Mapping[tuple[str, str], int]
    ) -> Iterator[tuple[tuple[str, str], State, bool]]:
        """Each referral that is left to tell: its route, how it stands, whether it is old."""
        standing = self._cast.lives["standing"]
        old = self._shuffled(_flat(standing["long_ago"]))
        new = self._shuffled(_flat(standing["of_late"]))
        for route, count in left.items():
            seen = min(count, max(SEEN, round(count * 0.88))) if count >= STRONG else 0
            for place in range(count):
                long_ago = place < seen
                yield route, (old if long_ago or not new else new).pop(), long_ago

    def _refer(
        self, cases: Sequence[CasePlan], route: tuple[str, str], state: State, *, long_ago: bool
    ) -> None:
        least, most = AGE[state]
        if long_ago:
            least = max(least, self._wall.today.day + 0.5)
        case = self._case_for(cases, route, self._now - least * A_DAY, state)
        most = min(most, (self._now - case.opened_at) / A_DAY - 0.1)
        sent_at = self._by_day(self._now - self._chance.uniform(least, max(least, most)) * A_DAY)
        earliest = case.opened_at + _hours(1)
        priority = self._chance.choice([Priority.NORMAL, Priority.NORMAL, Priority.URGENT])
        plan = ReferralPlan(route[1], state, priority, max(sent_at, earliest))
        case.referrals.append(plan)

    def _by_day(self, at: datetime) -> datetime:
        """The same day at an hour when offices are open, if that is over by now."""
        day = (self._wall.day_of(at) - self._wall.today).days
        there = self._wall.local(day, self._chance.randint(8, 17))
        return min(there, self._now - _hours(1))

    def _case_for(
        self,
        cases: Sequence[CasePlan],
        route: tuple[str, str],
        by: datetime,
        state: State = State.SENT,
    ) -> CasePlan:
        """The case with the fewest referrals from which that one can have been sent by then."""
        agency, service = route
        ours = [case for case in cases if case.agency == agency and case.opened_at + _hours(2) < by]
        fitting = [case for case in ours if case.may_take(self._services[service])] or ours
        over = STAGES[state] is Stage.OVER
        free = [case for case in fitting if over or not case.sent_lately(service)] or fitting
        new = [c for c in free if all(each.service != service for each in c.referrals)] or free
        return min(new, key=lambda case: (len(case.referrals), self._chance.random()))


def _of(cases: Sequence[CasePlan], told: Mapping[str, Any]) -> list[CasePlan]:
    """The cases of one case manager, where the town's file names one."""
    return [case for case in cases if told.get("manager", case.manager) == case.manager]


def _opened(count: int) -> list[int]:
    """How many days ago each of a caseload's cases was opened, the oldest first."""
    old = round(count * 0.8)
    spread = [
        FIRST_CASE - round(place * (FIRST_CASE - 36) / max(old - 1, 1)) for place in range(old)
    ]
    new = count - old
    return spread + [26 - round(place * 23 / max(new - 1, 1)) for place in range(new)]


def _flat(counts: Mapping[str, int]) -> list[State]:
    return [member(State, name) for name, count in counts.items() for _each in range(count)]


def _hours(count: float) -> timedelta:
    return timedelta(hours=count)
