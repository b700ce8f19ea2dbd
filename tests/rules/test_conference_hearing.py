"""Who may hear an item: every situation of agency, role, team, release and instant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from conferencing.hearing import Covered, Guest, Standing, Subject, covering, standing, to_let_in
from hub.consent.release import Release, State
from hub.core.ids import AgencyId, CaseId, PersonId, ReleaseId
from hub.core.words import RELEASABLE, Category, Purpose

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)
HARBOUR, NORTHSIDE, EASTWAY = AgencyId("harbour"), AgencyId("northside"), AgencyId("eastway")
ROSA, TOMAS = PersonId("rosa"), PersonId("tomas")
MONTH = timedelta(days=30)


def release(
    to: AgencyId = NORTHSIDE,
    *,
    purpose: Purpose = Purpose.CONFERENCE,
    category: Category = Category.NEED,
    ends: datetime = NOON + MONTH,
    name: str = "one",
) -> Release:
    """A release of Harbour's, in force since yesterday."""
    return Release(
        id=ReleaseId(name),
        case=CaseId("case"),
        from_agency=HARBOUR,
        to_agency=to,
        purposes=frozenset({purpose}),
        service_types=frozenset(),
        categories=frozenset({category}),
        starts=NOON - timedelta(days=1),
        ends=ends,
        withdrawn_at=None,
        state=State.ACTIVE,
    )


SUBJECT = Subject(Category.NEED, HARBOUR, frozenset({ROSA}), frozenset(), NOON)
GUEST = Guest(TOMAS, NORTHSIDE, works_with_people=True)


@pytest.mark.parametrize(
    ("to", "purpose", "category", "agency", "works", "on_team"),
    list(
        product(
            (NORTHSIDE, EASTWAY),
            (Purpose.CONFERENCE, Purpose.REFERRAL),
            RELEASABLE,
            (HARBOUR, NORTHSIDE, EASTWAY),
            (True, False),
            (True, False),
        )
    ),
)
def test_a_guest_is_let_in_exactly_when_she_released_this_to_their_agency(
    to: AgencyId,
    purpose: Purpose,
    category: Category,
    agency: AgencyId,
    works: bool,
    on_team: bool,
) -> None:
    """All situations: the answer of the rule against the sentence, written another way."""
    guest = Guest(ROSA if on_team else TOMAS, agency, works)
    held = [release(to, purpose=purpose, category=category)]
    told_of_this = (to, purpose, category) == (agency, Purpose.CONFERENCE, Category.NEED)
    expected = told_of_this and agency != HARBOUR and works and not on_team
    assert (to_let_in(guest, SUBJECT, held, None) is not None) is expected
    assert (standing(guest, SUBJECT, held, None) is Standing.COULD) is expected


def test_the_release_that_lasts_longest_is_the_ground() -> None:
    short, long = release(name="short"), release(name="long", ends=NOON + 2 * MONTH)
    assert covering(SUBJECT, NORTHSIDE, [short, long]) == Covered(long, long.ends)
    assert covering(SUBJECT, NORTHSIDE, [long, short]) == Covered(long, long.ends)
    assert covering(SUBJECT, NORTHSIDE, []) is None


def test_a_release_of_another_agency_counts_for_nothing() -> None:
    theirs = Subject(Category.NEED, EASTWAY, frozenset(), frozenset(), NOON)
    assert covering(theirs, NORTHSIDE, [release()]) is None


@pytest.mark.parametrize("at", [NOON - timedelta(days=2), NOON + MONTH])
def test_before_it_starts_and_when_it_ends_it_covers_nothing(at: datetime) -> None:
    then = Subject(Category.NEED, HARBOUR, frozenset(), frozenset(), at)
    assert to_let_in(GUEST, then, [release()], None) is None


@pytest.mark.parametrize(
    ("held_until", "given"),
    [
        (None, True),
        (NOON + timedelta(days=1), True),
        (NOON + MONTH, False),
        (NOON + 2 * MONTH, False),
    ],
)
def test_nobody_is_given_twice_what_they_hold_that_long(
    held_until: datetime | None, given: bool
) -> None:
    assert (to_let_in(GUEST, SUBJECT, [release()], held_until) is not None) is given


@pytest.mark.parametrize("until", [None, NOON, NOON + MONTH])
def test_whoever_must_never_know_is_given_nothing_whatever_was_released(
    until: datetime | None,
) -> None:
    away = replace(SUBJECT, away=frozenset({TOMAS}))
    assert to_let_in(GUEST, away, [release()], until) is None
    assert standing(GUEST, away, [release()], until) is Standing.KEPT_AWAY


def test_each_way_to_stand_is_said_in_its_own_words() -> None:
    def says(guest: Guest, *releases: Release, until: datetime | None = None) -> Standing:
        return standing(guest, SUBJECT, releases, until)

    colleague = Guest(PersonId("joan"), HARBOUR, works_with_people=True)
    coordinator = Guest(PersonId("ines"), NORTHSIDE, works_with_people=False)
    assert says(Guest(ROSA, HARBOUR, works_with_people=True)) is Standing.TEAM
    assert says(colleague, release()) is Standing.NOT_ON_TEAM
    assert says(coordinator, release()) is Standing.NO_STORIES
    assert says(GUEST, release(), until=NOON + MONTH) is Standing.HEARS
    assert says(GUEST, release(), until=NOON) is Standing.COULD
    assert says(GUEST, release()) is Standing.COULD
    assert says(GUEST, release(category=Category.HEALTH)) is Standing.OTHER_CATEGORIES
    assert says(GUEST, release(purpose=Purpose.REFERRAL)) is Standing.NOTHING_RELEASED
    assert says(GUEST, release(EASTWAY)) is Standing.NOTHING_RELEASED
    assert says(GUEST) is Standing.NOTHING_RELEASED
