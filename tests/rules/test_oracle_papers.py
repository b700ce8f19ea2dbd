"""The rules of crossing and of hearing, asked for every combination and held to the oracle."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, combinations, islice, product
from time import perf_counter
from typing import Any, Final

import pytest

from conferencing.hearing import Guest, Standing, Subject, standing, to_let_in
from hub.consent.release import AnswerGround, Release, ReleaseGround, State, covers
from hub.core.clock import OPEN_END
from hub.core.grounds import OWN_WORK, Invitation, Passage
from hub.core.ids import AgencyId, CaseId, PersonId, ReleaseId
from hub.core.words import RELEASABLE, Category, Purpose
from tests.oracle import papers
from tests.oracle.papers import Hearer, Paper
from tests.world import NOON

HOUR: Final = timedelta(hours=1)
BLINK: Final = timedelta(microseconds=1)
START, MIDDLE, END = NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR
INSTANTS: Final = (START - BLINK, START, MIDDLE, END - BLINK, END, END + HOUR)
TAKEN_BACK: Final = (None, START, MIDDLE, END)
AGENCIES: Final = tuple(AgencyId(name) for name in ("harbour", "northside", "eastway"))
PURPOSES: Final = (Purpose.REFERRAL, Purpose.CONFERENCE, Purpose.COORDINATION)
ASKED: Final = (Category.NEED, Category.LOCATION, Category.EVIDENCE, Category.WORKINGS)
AGREED: Final = tuple(
    frozenset(each)
    for each in ((), ASKED[:1], ASKED[:2], ASKED[:3], RELEASABLE, tuple(Category), ASKED[1:])
)
PASSAGES: Final = [
    Passage(*each) for each in product(ASKED, AGENCIES, AGENCIES, PURPOSES, INSTANTS)
]
ORDINARY: Final = 97
"""In the ordinary suite one combination in so many is asked; a prime, so that none repeats."""


def subsets(of: tuple[Any, ...]) -> list[frozenset[Any]]:
    every = chain.from_iterable(combinations(of, count) for count in range(len(of) + 1))
    return [frozenset(each) for each in every]


def releases() -> Iterator[Release]:
    """Every release of a town of three agencies."""
    kinds = product(AGENCIES, AGENCIES, subsets(PURPOSES), AGREED, State, TAKEN_BACK)
    for source, receiver, purposes, categories, state, back in kinds:
        yield Release(
            ReleaseId("r"),
            CaseId("c"),
            source,
            receiver,
            purposes,
            frozenset(),
            categories,
            START,
            END,
            back,
            state,
        )


def as_paper(release: Release) -> Paper:
    """The same release, written down as the oracle reads it."""
    return Paper(
        release.from_agency,
        release.to_agency,
        frozenset(each.value for each in release.purposes),
        frozenset(each.value for each in release.categories),
        release.starts,
        release.ends,
        release.state is State.ACTIVE,
        release.withdrawn_at,
    )


def said_by_oracle(paper: Paper) -> set[tuple[papers.Crossing, Any]]:
    """Everything that may cross on one paper, and when."""
    now = [at for at in INSTANTS if papers.in_force(paper, at)]
    return set(product(papers.crossings(paper), now)) if now else set()


def crossing(passage: Passage) -> tuple[papers.Crossing, Any]:
    route = (passage.from_agency, passage.to_agency)
    return (*route, passage.purpose.value, passage.category.value), passage.at


CROSSINGS: Final = [crossing(passage) for passage in PASSAGES]
Rule = Callable[[Release, Passage], Any]


def by_ground(release: Release, passage: Passage) -> Any:
    return ReleaseGround(release, passage.purpose, None).permits(passage)


def compare_papers(step: int, rule: Rule) -> int:
    """Ask a rule about every release and passage; how many times it was asked."""
    asked = 0
    for release in islice(releases(), 0, None, step):
        expected = said_by_oracle(as_paper(release))
        for passage, mark in zip(PASSAGES, CROSSINGS, strict=True):
            until = release.ends if mark in expected else None
            assert rule(release, passage) == until, (release, passage)
        asked += len(PASSAGES)
    return asked


def compare_answers(step: int) -> int:
    """The way back, from the receiver of a release to the agency that holds it.

    Asked of the present alone: nobody knows beforehand that she will take a release back.
    """
    asked = 0
    for release in islice(releases(), 0, None, step):
        paper, ground = as_paper(release), AnswerGround(release)
        for passage in PASSAGES:
            back = (passage.from_agency, passage.to_agency, passage.category.value)
            until = OPEN_END if papers.answers(paper, back, passage.at) else None
            known = paper.taken_back is None or paper.taken_back <= passage.at
            if known and paper.source != paper.receiver:  # nobody releases to her own house
                assert ground.permits(passage) == until, (release, passage)
                asked += 1
    return asked


def heard_papers() -> list[Release]:
    """Releases a meeting may stand on: each in force or not, for it or not, of each agency."""
    windows = [
        (NOON + HOUR, NOON + 9 * HOUR, None),
        (NOON, NOON + HOUR, None),
        (NOON, NOON + 2 * HOUR, None),
        (NOON - HOUR, NOON, None),
        (NOON - HOUR, NOON + 3 * HOUR, NOON),
    ]
    kinds = product(windows, AGENCIES[:2], AGENCIES[1:], PURPOSES[:2], ASKED[:2])
    return [
        Release(
            ReleaseId(f"r{number:03}"),
            CaseId("c"),
            source,
            receiver,
            frozenset({purpose}),
            frozenset(),
            frozenset({category}),
            starts,
            ends,
            back,
            State.ACTIVE,
        )
        for number, ((starts, ends, back), source, receiver, purpose, category) in enumerate(kinds)
    ]


def heard(step: int) -> Iterator[tuple[Guest, Subject, list[Release], Any]]:
    """Every guest, item, none or one or two releases, and what the guest holds already."""
    kinds = heard_papers()
    stacks = [[], *([each] for each in kinds), *map(list, combinations(kinds, 2))]
    people = product(AGENCIES, (False, True), (False, True))
    guests = [(PersonId("p" if on else "q"), agency, works) for agency, works, on in people]
    items = product(ASKED[:2], AGENCIES, (False, True))
    held = (None, NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 9 * HOUR)
    every = product(guests, items, stacks, held)
    for guest, (category, owner, kept), stack, until in islice(every, 0, None, step):
        away = frozenset({guest[0]}) if kept else frozenset()
        subject = Subject(category, owner, frozenset({PersonId("p")}), away, NOON)
        yield Guest(*guest), subject, list(stack), until


KNOWN: Final = {Standing.TEAM: "team", Standing.HEARS: "has it", Standing.COULD: "may have it"}


def standing_of(hearer: Hearer, owner: str, until: Any, may: Any) -> str:
    """How somebody stands to an item, in four words."""
    if hearer.kept_out:
        return "nothing"
    if hearer.on_the_team:
        return "team"
    if hearer.agency == owner or not hearer.works_with_people:
        return "nothing"
    if until is not None and until > NOON:
        return "has it"
    return "nothing" if may is None else "may have it"


def compare_hearing(step: int) -> int:
    """Who is given an item at a table, and how each one's standing is told to its owner."""
    asked = 0
    for guest, subject, stack, until in heard(step):
        team, away = guest.person in subject.team, guest.person in subject.away
        hearer = Hearer(guest.agency, guest.works_with_people, team, away)
        item = (subject.agency, subject.category.value)
        may = papers.hears(hearer, item, [as_paper(each) for each in stack], subject.at)
        given = to_let_in(guest, subject, stack, until)
        longer = may if may is not None and (until is None or until < may) else None
        assert (given.until if given else None) == longer, (guest, subject, stack, until)
        told = standing_of(hearer, subject.agency, until, may)
        assert KNOWN.get(standing(guest, subject, stack, until), "nothing") == told
        asked += 2
    return asked


def compare_grounds_without_paper() -> int:
    """Own work never crosses from house to house; an invitation tells place and hour only."""
    every = product(Category, AGENCIES, AGENCIES, Purpose, INSTANTS)
    asked = 0
    for category, source, receiver, purpose, at in every:
        passage = Passage(category, source, receiver, purpose, at)
        assert (OWN_WORK.permits(passage) is not None) == (source == receiver)
        place = category.value == "arrangements"
        assert (Invitation("seat").permits(passage) is not None) == place
        asked += 2
    return asked


def all_compared(step: int) -> int:
    return (
        compare_papers(step, covers)
        + compare_papers(step, by_ground)
        + compare_answers(step)
        + compare_hearing(step)
        + compare_grounds_without_paper()
    )


def test_rules_agree_with_the_oracle_in_part() -> None:
    assert all_compared(ORDINARY) > 100_000


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_rules_agree_with_the_oracle_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    began = perf_counter()
    compared = all_compared(1)
    with capsys.disabled():
        print(f"\nrules: {compared} answers compared in {perf_counter() - began:.0f} s")
    assert compared > 10_000_000
