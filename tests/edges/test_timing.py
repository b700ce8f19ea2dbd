"""How long an answer takes does not say whether there is something that one must not know of."""

import os
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from random import Random
from typing import Any, Final

import pytest

from hub.consent import receipts
from hub.consent.receipt import new_number
from hub.consent.receipts import Pins
from hub.core.clock import OPEN_END
from hub.core.ids import CaseId, fresh
from hub.door.keeping_out import Whom, keep_out
from hub.people import attempts, hashing
from hub.people.jobs import forget_sign_ins
from tests.attacker import Verdict, auc, judged
from tests.referring import Story, begin
from tests.stopwatch import Target, timed
from tests.wire import Ask, Visit, form, visit
from tests.world import Person, World

MOST: Final = 0.08
"""How far from 0.5 an attacker's AUC may be."""
EACH: Final = int(os.environ.get("LINDEN_TIMED", "10000"))
"""How many answers of each kind are timed when there is time for it."""
EACH_HASHED: Final = int(os.environ.get("LINDEN_TIMED_HASHES", "10000"))
"""The same where every answer costs three hashes: 20 minutes on one core."""
A_FEW: Final = 400
THINGS: Final = 15
"""How many different things of each kind are asked for, again and again."""
HALF_A_MILLISECOND: Final = 500_000

Aim = Callable[[World], Target]


def again_and_again(asks: Sequence[Ask]) -> Callable[[], Ask]:
    walk = cycle(asks)
    return lambda: next(walk)


def against_nothing(world: World, by: Person, paths: Sequence[str]) -> Target:
    """These addresses, against as many of the same form that lead nowhere."""
    here = visit(world, by)
    nowhere = [f"{path.rpartition('/')[0]}/{fresh()}" for path in paths]
    return Target(
        again_and_again([Ask(path, here) for path in nowhere]),
        again_and_again([Ask(path, here) for path in paths]),
    )


def sent(world: World) -> dict[str, Story]:
    """Referrals of Rosa's to Northside, by the address they have there."""
    stories = [begin(world) for _each in range(THINGS)]
    return {story.received(story.send()): story for story in stories}


def keep_away(world: World, story: Story, person: Person) -> None:
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, story.case, Whom(person.id, None))


def a_referral_to_another_agency(world: World) -> Target:
    return against_nothing(world, world.amin, list(sent(world)))


def a_referral_of_ones_own_agency(world: World) -> Target:
    return against_nothing(world, world.noor, list(sent(world)))


def a_referral_that_was_taken_back(world: World) -> Target:
    stories = sent(world)
    for story in stories.values():
        story.withdraw()
    return against_nothing(world, world.tomas, list(stories))


def a_referral_one_is_kept_out_of(world: World) -> Target:
    stories = sent(world)
    for story in stories.values():
        keep_away(world, story, world.tomas)
    return against_nothing(world, world.tomas, list(stories))


def a_case_of_another_agency(world: World) -> Target:
    cases = [f"/cases/{begin(world).case}" for _each in range(THINGS)]
    return against_nothing(world, world.sofia, cases)


def a_case_of_a_colleague(world: World) -> Target:
    cases = [f"/cases/{begin(world).case}" for _each in range(THINGS)]
    return against_nothing(world, world.joan, cases)


def a_case_one_is_kept_out_of(world: World) -> Target:
    stories = [begin(world) for _each in range(THINGS)]
    for story in stories:
        keep_away(world, story, world.miriam)
    return against_nothing(world, world.miriam, [f"/cases/{story.case}" for story in stories])


def tries(path: str, named: str, names: Sequence[str], wrong: dict[str, str]) -> Callable[[], Ask]:
    """A wrong try at each of these names in turn, every time from another machine."""
    walk, chance = cycle(names), Random(len(names))  # noqa: S311 -- where from is no secret

    def once() -> Ask:
        whence = ".".join(str(chance.randrange(1, 255)) for _part in range(4))
        typed = form(path, Visit(), **{named: next(walk)}, **wrong)
        return Ask(typed.path, typed.visit, typed.fields, whence)

    return once


def patiently(world: World) -> Callable[[], None]:
    """Wait until tries are forgiven, as somebody must who is not to be closed out."""

    def wait() -> None:
        world.move(attempts.A_DAY)
        with world.hub.desk_of_the_house() as house:
            forget_sign_ins(house)

    return wait


def an_account(world: World) -> Target:
    """Known and unknown e-mails, with a wrong passphrase."""
    known = [person.email for person in world.town.people.values()]
    unknown = [email.replace("@", "x@") for email in known]
    wrong = {"passphrase": "kettle moss bridge lamp"}
    there, nobody = (tries("/sign-in", "email", names, wrong) for names in (known, unknown))
    return Target(nobody, there, 422, len(known), patiently(world))


REFERRALS_AND_CASES: Final[Sequence[Aim]] = (
    a_referral_to_another_agency,
    a_referral_of_ones_own_agency,
    a_referral_that_was_taken_back,
    a_referral_one_is_kept_out_of,
    a_case_of_another_agency,
    a_case_of_a_colleague,
    a_case_one_is_kept_out_of,
)


def receipts_given(world: World) -> dict[str, CaseId]:
    """Receipts for cases of Rosa's, by the number each is opened with."""
    stored = Pins(hashing.stored_form("4711"), hashing.stored_form("1174"), OPEN_END)
    given = {}
    for _each in range(THINGS):
        case = begin(world).case
        with world.desk(world.rosa) as desk:
            given[receipts.give(desk, case, stored)] = case
    return given


def against_no_receipt(world: World, given: Sequence[str]) -> Target:
    """Those numbers and as many that were never given, with a wrong PIN."""
    never, wrong = [new_number() for _each in given], {"pin": "2580"}
    there, nothing = (tries("/notes", "number", names, wrong) for names in (given, never))
    return Target(nothing, there, 422, THINGS, patiently(world))


def a_receipt(world: World) -> Target:
    return against_no_receipt(world, list(receipts_given(world)))


def a_receipt_that_was_ended(world: World) -> Target:
    given = receipts_given(world)
    for case in given.values():
        with world.desk(world.rosa) as desk:
            receipts.end_receipts(desk, case)
    return against_no_receipt(world, list(given))


SECRETS: Final[Sequence[Aim]] = (an_account, a_receipt, a_receipt_that_was_ended)


def measured(world: World, aim: Aim, each: int) -> list[Verdict]:
    """What an attacker makes of the clock on the wall, and of the processor's own count."""
    target, began = aim(world), time.perf_counter()
    times = timed(world, target, each)
    verdicts = [judged(times.waited), judged(times.worked)]
    spent = time.perf_counter() - began
    print(f"{aim.__name__}, wall: {verdicts[0]}; processor: {verdicts[1]}; {spent:.0f} s")
    return verdicts


@pytest.mark.parametrize("aim", REFERRALS_AND_CASES)
def test_a_few_answers_take_as_long_whether_or_not_something_is_there(
    world: World, aim: Aim
) -> None:
    assert max(abs(each.raw - 0.5) for each in measured(world, aim, A_FEW)) <= MOST


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("aim", REFERRALS_AND_CASES)
def test_thousands_of_answers_do_not_tell_what_is_kept_from_one(world: World, aim: Aim) -> None:
    assert max(each.edge for each in measured(world, aim, EACH)) <= MOST


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("aim", SECRETS)
def test_thousands_of_tries_do_not_tell_what_exists_even_without_the_cost_of_hashing(
    world: World, aim: Aim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "_fits", lambda *_typed: False)  # what might blur the rest
    assert max(each.edge for each in measured(world, aim, EACH)) <= MOST


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("aim", SECRETS)
def test_thousands_of_tries_do_not_tell_what_exists(world: World, aim: Aim) -> None:
    assert max(each.edge for each in measured(world, aim, EACH_HASHED)) <= MOST


# The stopwatch itself


def dawdling(app: Any, paths: frozenset[str]) -> Any:
    """The same application, half a millisecond slower where there is something."""

    async def slower(scope: Any, receive: Any, send: Any) -> None:
        until = time.thread_time_ns() + HALF_A_MILLISECOND * (scope["path"] in paths)
        while time.thread_time_ns() < until:
            pass
        await app(scope, receive, send)

    return slower


def test_half_a_millisecond_more_is_noticed_at_once(world: World) -> None:
    paths = list(sent(world))
    target = against_nothing(world, world.amin, paths)
    world.app = dawdling(world.app, frozenset(paths))
    verdict = judged(timed(world, target, A_FEW).worked)  # however busy the machine is with others
    print(f"half a millisecond more: {verdict}")
    assert min(verdict.raw, verdict.trained, verdict.of_five) > 0.6


def test_an_area_under_the_curve_is_counted_with_ties_as_halves() -> None:
    assert auc([1, 2, 3], [4, 5]) == 1
    assert auc([4, 5], [1, 2, 3]) == 0
    assert auc([1, 2], [1, 2]) == 0.5
    assert auc([1, 2, 2], [2, 3]) == 5 / 6
