"""What the database itself refuses, whatever the code above it forgets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from hub.cases.tables import CaseEntryRow, CaseRow, OfferRow, TenureRow
from hub.cases.tenure import OfferState
from hub.consent.release import State
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Manner
from hub.core.ids import CaseId, fresh
from hub.core.words import Category
from tests.survivor import opened, released, terms
from tests.world import NOON, World

BOTH = pytest.mark.parametrize(
    "engine_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
HOUR = timedelta(hours=1)


def refused(world: World, write: Callable[[Session], Any]) -> None:
    with world.hub.unit_of_work() as db:
        write(db)
        with pytest.raises(IntegrityError):
            db.flush()
        db.rollback()


def tenure(case: CaseId, start: int, end: int | None) -> TenureRow:
    ended = None if end is None else NOON + end * HOUR
    return TenureRow(
        id=fresh(), case=case, person=fresh(), started_at=NOON + start * HOUR, ended_at=ended
    )


@BOTH
def test_a_case_never_has_two_primary_case_managers(world: World) -> None:
    case = opened(world, world.rosa)
    refused(world, lambda db: db.add(tenure(case, 1, None)))
    other = opened(world, world.joan, "HERON-08")
    with world.hub.unit_of_work() as db:
        lasting = select(TenureRow).where(col(TenureRow.ended_at).is_(None))
        assert {row.case for row in db.execute(lasting).scalars()} == {case, other}


@BOTH
@pytest.mark.parametrize("span", [(2, 2), (3, 2)], ids=["empty", "backwards"])
def test_a_tenure_runs_forward_or_not_at_all(world: World, span: tuple[int, int]) -> None:
    case = opened(world, world.rosa)
    refused(world, lambda db: db.add(tenure(case, *span)))


@BOTH
def test_two_tenures_neither_begin_nor_end_together(world: World) -> None:
    case = opened(world, world.rosa)
    with world.hub.unit_of_work() as db:
        db.add(tenure(case, 1, 2))
    refused(world, lambda db: db.add(tenure(case, 1, 3)))
    refused(world, lambda db: db.add(tenure(case, 0, 2)))


@BOTH
def test_a_code_stands_for_one_case_in_an_agency(world: World) -> None:
    opened(world, world.rosa, "KESTREL-27")
    with pytest.raises(IntegrityError):
        opened(world, world.joan, "KESTREL-27")
    elsewhere = opened(world, world.noor, "KESTREL-27")
    with world.hub.unit_of_work() as db:
        assert db.get_one(CaseRow, elsewhere).agency == world.northside.id


@BOTH
def test_a_case_waits_for_one_answer_at_a_time(world: World) -> None:
    case = opened(world, world.rosa)

    def offer(state: OfferState) -> OfferRow:
        return OfferRow(
            id=fresh(),
            case=case,
            from_person=world.rosa.id,
            to_person=world.joan.id,
            state=state,
            offered_at=NOON,
        )

    with world.hub.unit_of_work() as db:
        db.add_all([offer(OfferState.DECLINED), offer(OfferState.OFFERED)])
    refused(world, lambda db: db.add(offer(OfferState.OFFERED)))


@BOTH
def test_an_entry_is_replaced_by_one_other_only(world: World) -> None:
    case, line = opened(world, world.rosa), fresh()

    def entry() -> CaseEntryRow:
        return CaseEntryRow(
            id=fresh(), case=case, line=line, envelope=fresh(), category=Category.NEED, at=NOON
        )

    with world.hub.unit_of_work() as db:
        db.add(entry())
    refused(world, lambda db: db.add(entry()))


@BOTH
def test_a_release_goes_to_another_agency_and_forward_in_time(world: World) -> None:
    case = opened(world, world.rosa)

    def row(to: str, hours: int) -> ReleaseRow:
        return ReleaseRow(
            id=fresh(),
            case=case,
            from_agency=world.harbour.id,
            to_agency=to,
            state=State.ACTIVE,
            purposes="",
            service_types="",
            categories="need",
            never="",
            starts=NOON,
            ends=NOON + hours * HOUR,
            manner=Manner.SIGNATURE,
            evidence=fresh(),
            recorded_by=world.rosa.id,
            recorded_at=NOON,
        )

    refused(world, lambda db: db.add(row(world.harbour.id, 1)))
    refused(world, lambda db: db.add(row(world.northside.id, 0)))
    with world.hub.unit_of_work() as db:
        db.add(row(world.northside.id, 1))


@BOTH
def test_the_terms_of_a_release_are_kept_as_codes(world: World) -> None:
    asked = terms(world, world.northside, Category.NEED, Category.IDENTITY)
    release = released(world, world.rosa, opened(world, world.rosa), asked)
    with world.hub.unit_of_work() as db:
        row = db.get_one(ReleaseRow, release)
        assert row.categories == "identity need"
        assert (row.purposes, row.service_types) == ("referral", "legal-assistance")
