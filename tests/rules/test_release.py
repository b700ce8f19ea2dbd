"""What a release covers: every situation there is, and both ends of every span."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

import pytest

from hub.consent.release import (
    STEPS,
    AnswerGround,
    Release,
    ReleaseGround,
    Side,
    Standing,
    State,
    Step,
    covers,
    live,
    names_service,
    standing,
)
from hub.core.clock import OPEN_END
from hub.core.errors import StepRefused
from hub.core.grounds import Passage
from hub.core.ids import AgencyId, CaseId, ReleaseId
from hub.core.states import advance, endings, open_steps
from hub.core.words import NEVER_RELEASED, RELEASABLE, Category, Ground, Purpose, ServiceType

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
A_MOMENT: Final = timedelta(microseconds=1)
HARBOUR, NORTHSIDE, EASTWAY = AgencyId("harbour"), AgencyId("northside"), AgencyId("eastway")
AGENCIES: Final = (HARBOUR, NORTHSIDE, EASTWAY)
STARTS, ENDS = NOON, NOON + timedelta(days=30)
SHE_SAID: Final = frozenset({Category.NEED, Category.IDENTITY, Category.CONTACT})

RELEASE: Final = Release(
    id=ReleaseId("release"),
    case=CaseId("case"),
    from_agency=HARBOUR,
    to_agency=NORTHSIDE,
    purposes=frozenset({Purpose.REFERRAL}),
    service_types=frozenset({ServiceType.LEGAL_ASSISTANCE}),
    categories=SHE_SAID,
    starts=STARTS,
    ends=ENDS,
    withdrawn_at=None,
    state=State.ACTIVE,
)
PASSAGE: Final = Passage(Category.NEED, HARBOUR, NORTHSIDE, Purpose.REFERRAL, NOON)

INSTANTS: Final = (STARTS - A_MOMENT, STARTS, NOON + timedelta(days=9), ENDS - A_MOMENT, ENDS)
WITHDRAWN: Final = (
    None,
    STARTS,
    NOON + timedelta(days=9) - A_MOMENT,
    NOON + timedelta(days=9),
    NOON + timedelta(days=9) + A_MOMENT,
    ENDS,
)


def as_a_lawyer_would(release: Release, passage: Passage) -> bool:
    """The same rule in another style: the paper form, read clause by clause."""
    agreed = release.state == "active"
    in_time = release.starts <= passage.at < release.ends
    standing_by_it = not (release.withdrawn_at and release.withdrawn_at <= passage.at)
    named = (passage.from_agency, passage.to_agency) == (release.from_agency, release.to_agency)
    two = len({passage.from_agency, passage.to_agency}) == 2
    for_that = {passage.purpose} <= release.purposes
    of_that = {passage.category} <= release.categories - NEVER_RELEASED
    return all((agreed, in_time, standing_by_it, named, two, for_that, of_that))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("withdrawn", WITHDRAWN)
def test_every_situation_is_decided_as_the_paper_form_reads(
    state: State, withdrawn: datetime | None
) -> None:
    """Every category, three agencies both ways, two purposes, five instants: 1,530 each."""
    for categories in (SHE_SAID, frozenset(Category)):
        release = replace(RELEASE, state=state, withdrawn_at=withdrawn, categories=categories)
        for category, from_agency, to_agency, purpose, at in product(
            Category, AGENCIES, AGENCIES, (Purpose.REFERRAL, Purpose.CONFERENCE), INSTANTS
        ):
            passage = Passage(category, from_agency, to_agency, purpose, at)
            expected = ENDS if as_a_lawyer_would(release, passage) else None
            assert covers(release, passage) == expected, passage


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("purposes", [set(), *({each} for each in Purpose), set(Purpose)])
def test_a_release_is_for_its_own_purposes_and_no_others(
    purposes: set[Purpose], purpose: Purpose
) -> None:
    release = replace(RELEASE, purposes=frozenset(purposes))
    assert (covers(release, replace(PASSAGE, purpose=purpose)) == ENDS) is (purpose in purposes)


def test_a_release_to_ones_own_agency_covers_nothing_at_all() -> None:
    inward = replace(RELEASE, to_agency=HARBOUR)
    assert covers(inward, replace(PASSAGE, to_agency=HARBOUR)) is None


@pytest.mark.parametrize("category", sorted(NEVER_RELEASED))
def test_evidence_and_own_notes_pass_on_no_release(category: Category) -> None:
    release = replace(RELEASE, categories=frozenset(Category))
    assert covers(release, replace(PASSAGE, category=category)) is None


def test_the_first_instant_counts_and_the_last_does_not() -> None:
    at = {at: covers(RELEASE, replace(PASSAGE, at=at)) for at in INSTANTS}
    assert list(at.values()) == [None, ENDS, ENDS, ENDS, None]


def test_what_is_taken_back_at_noon_passes_nothing_at_noon() -> None:
    back = replace(RELEASE, withdrawn_at=NOON + timedelta(days=1))
    assert covers(back, replace(PASSAGE, at=NOON + timedelta(days=1))) is None
    assert covers(back, replace(PASSAGE, at=NOON + timedelta(days=1) - A_MOMENT)) == ENDS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("withdrawn", [None, STARTS, ENDS])
@pytest.mark.parametrize("at", INSTANTS)
def test_in_force_is_exactly_when_something_could_pass(
    state: State, withdrawn: datetime | None, at: datetime
) -> None:
    release = replace(RELEASE, state=state, withdrawn_at=withdrawn)
    if withdrawn is None:
        assert live(release, at) is (covers(release, replace(PASSAGE, at=at)) is not None)
    else:
        assert standing(release, at) is Standing.WITHDRAWN
    assert live(release, at) is (standing(release, at) is Standing.LIVE)


def test_a_release_ends_by_the_instant_alone() -> None:
    assert [standing(RELEASE, at) for at in INSTANTS] == [
        Standing.TO_COME,
        Standing.LIVE,
        Standing.LIVE,
        Standing.LIVE,
        Standing.ENDED,
    ]
    for state, shown in (
        (State.DRAFTED, Standing.DRAFTED),
        (State.SUPERSEDED, Standing.SUPERSEDED),
        (State.EXPIRED, Standing.ENDED),
        (State.WITHDRAWN, Standing.WITHDRAWN),
    ):
        assert standing(replace(RELEASE, state=state), NOON) is shown


@pytest.mark.parametrize("kind", ServiceType)
def test_a_release_names_the_kinds_of_service_it_is_for(kind: ServiceType) -> None:
    assert names_service(RELEASE, kind) is (kind is ServiceType.LEGAL_ASSISTANCE)
    talk = replace(RELEASE, purposes=frozenset({Purpose.COORDINATION}))
    assert not names_service(talk, kind)


@pytest.mark.parametrize(("asked", "meant"), list(product(Purpose, Purpose)))
def test_a_ground_for_one_purpose_carries_nothing_for_another(
    asked: Purpose, meant: Purpose
) -> None:
    ground = ReleaseGround(replace(RELEASE, purposes=frozenset(Purpose)), meant, None)
    permitted = ground.permits(replace(PASSAGE, purpose=asked))
    assert permitted == (ENDS if asked is meant else None)
    assert (ground.kind, ground.record, ground.purpose) == (Ground.RELEASE, "release", meant)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize("category", Category)
def test_an_answer_goes_back_the_one_way_while_it_is_in_force(
    at: datetime, category: Category
) -> None:
    ground = AnswerGround(RELEASE)
    for from_agency, to_agency in product(AGENCIES, AGENCIES):
        passage = Passage(category, from_agency, to_agency, ground.purpose, at)
        back = (from_agency, to_agency) == (NORTHSIDE, HARBOUR)
        may = back and live(RELEASE, at) and category in RELEASABLE
        assert ground.permits(passage) == (OPEN_END if may else None)
    assert (ground.kind, ground.record) == (Ground.RELEASE, "release")


@pytest.mark.parametrize(("state", "step", "side"), list(product(State, Step, Side)))
def test_a_step_works_exactly_when_the_table_offers_it(
    state: State, step: Step, side: Side
) -> None:
    if step in open_steps(STEPS, state, side):
        assert advance(STEPS, state, step, side) is STEPS[state, step].to
    else:
        with pytest.raises(StepRefused):
            advance(STEPS, state, step, side)


def test_what_is_over_stays_over_and_only_she_takes_it_back() -> None:
    assert endings(STEPS, State) == {State.EXPIRED, State.WITHDRAWN, State.SUPERSEDED}
    assert all(way.by == {Side.SURVIVOR} for (_s, step), way in STEPS.items() if step == "withdraw")
    assert all(way.by == {Side.SURVIVOR} for (_s, step), way in STEPS.items() if step == "sign")
