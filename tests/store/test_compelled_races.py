"""Two people answer one order, or review one emergency, at the same moment: one of them does."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from hub.cases.emergency import actions as emergencies
from hub.cases.emergency import queries as emergency_queries
from hub.cases.emergency.access import Step
from hub.consent.orders import actions, queries
from hub.core.errors import Changed, NothingHere, StepRefused
from hub.core.words import Category, Role
from tests.compelled import asked
from tests.survivor import opened, told
from tests.world import Person, World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
ROUNDS = 5
REFUSED = (Changed, NothingHere, StepRefused)


def outcomes(*works: Callable[[], None]) -> list[bool]:
    """Which of these works, begun at one moment, was kept."""
    line, kept = Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        line.wait(10)
        try:
            work()
        except REFUSED:
            kept.append(False)
        else:
            kept.append(True)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return kept


@BOTH
def test_of_two_approvers_at_one_moment_exactly_one_counts(world: World) -> None:
    olive = world.employs(world.harbour, "Olive Grant", Role.PRIVACY_OFFICER)
    case = opened(world, world.rosa)
    legal = told(world, world.rosa, case, Category.LEGAL, "a hearing")

    def answers(person: Person, order: str, *, yes: bool) -> Callable[[], None]:
        def answer() -> None:
            with world.desk(person) as desk:
                if yes:
                    actions.approve(desk, order, 2)
                else:
                    actions.send_back(desk, order, "too much", 2)

        return answer

    for number in range(ROUNDS):
        order = asked(world, case, world.northside, legal)
        second = answers(olive, order, yes=number % 2 == 0)
        kept = outcomes(answers(world.miriam, order, yes=True), second)
        assert sorted(kept) == [False, True]
        with world.desk(world.rosa) as desk:
            row = queries.one(desk, case, order)
        assert (row.approved_by is None) is (row.state == "received")
        assert row.version == 3


@BOTH
def test_of_two_who_hand_over_at_one_moment_exactly_one_shares(world: World) -> None:
    case = opened(world, world.rosa)
    legal = told(world, world.rosa, case, Category.LEGAL, "a hearing")
    order = asked(world, case, world.northside, legal)
    with world.desk(world.miriam) as desk:
        actions.approve(desk, order, 2)

    def hand_over() -> None:
        with world.desk(world.rosa) as desk:
            actions.hand_over(desk, queries.one(desk, case, order), None, 3)

    assert sorted(outcomes(hand_over, hand_over, hand_over)) == [False, False, True]


@BOTH
def test_of_two_reviews_at_one_moment_exactly_one_counts(world: World) -> None:
    hilda = world.employs(world.harbour, "Hilda Stone", Role.SUPERVISOR)
    case = opened(world, world.rosa, "KESTREL-27")
    with world.desk(world.joan) as desk:
        record = emergencies.open_in_emergency(desk, "KESTREL-27", "he is there")

    def reviews(person: Person, step: Step) -> Callable[[], None]:
        def review() -> None:
            with world.desk(person) as desk:
                row = emergency_queries.one_of_case(desk, case, record)
                emergencies.review(desk, row, step, "because", 1)

        return review

    kept = outcomes(reviews(world.miriam, Step.JUSTIFY), reviews(hilda, Step.FAULT))
    assert sorted(kept) == [False, True]
