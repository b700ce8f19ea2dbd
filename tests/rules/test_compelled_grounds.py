"""The rules of duty, order and emergency: every situation, none left to chance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

import pytest

from hub.cases.emergency import access
from hub.cases.emergency.access import LASTS, EmergencyGround
from hub.consent.compelled.ground import CompelledGround, Telling, admits
from hub.consent.duty import report
from hub.consent.duty.report import Informed, Report
from hub.consent.orders import order
from hub.consent.orders.order import Instrument, Order
from hub.core.errors import StepRefused
from hub.core.grounds import NO_ENTRY, Passage
from hub.core.ids import AgencyId, CaseId, EnvelopeId, PersonId
from hub.core.states import advance, endings, open_steps
from hub.core.words import NEVER_RELEASED, Category, Ground, Purpose

NOON: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
HARBOUR, NORTHSIDE, EASTWAY = AgencyId("h"), AgencyId("n"), AgencyId("e")
ROSA, MIRIAM = PersonId("rosa"), PersonId("miriam")
TOLD, OTHER = EnvelopeId("told"), EnvelopeId("other")
DAY = timedelta(days=1)
TELLING: Final = Telling(
    record="r" * 26,
    case=CaseId("c"),
    from_agency=HARBOUR,
    to_agency=NORTHSIDE,
    entries=frozenset({TOLD}),
    categories=frozenset({Category.LEGAL}),
    until=NOON + DAY,
    opens=None,
)
AGENCIES = (HARBOUR, NORTHSIDE, EASTWAY)
INSTANTS = (NOON, NOON + DAY - timedelta(seconds=1), NOON + DAY, NOON + 2 * DAY)


def test_exactly_what_is_told_passes_and_nothing_else() -> None:
    for source, to, category, envelope, at in product(
        AGENCIES, AGENCIES, Category, (TOLD, OTHER, NO_ENTRY), INSTANTS
    ):
        passage = Passage(category, source, to, Purpose.COORDINATION, at, envelope)
        may = (source, to, category, envelope) == (HARBOUR, NORTHSIDE, Category.LEGAL, TOLD)
        expected = NOON + DAY if may and at < NOON + DAY else None
        assert admits(TELLING, passage) == expected


@pytest.mark.parametrize("category", sorted(NEVER_RELEASED))
def test_evidence_and_own_notes_pass_on_no_record(category: Category) -> None:
    telling = replace(TELLING, categories=frozenset(Category))
    passage = Passage(category, HARBOUR, NORTHSIDE, Purpose.COORDINATION, NOON, TOLD)
    assert admits(telling, passage) is None


def test_an_entry_that_names_itself_nothing_never_passes() -> None:
    telling = replace(TELLING, entries=frozenset({TOLD, NO_ENTRY}))
    passage = Passage(Category.LEGAL, HARBOUR, NORTHSIDE, Purpose.COORDINATION, NOON)
    assert admits(telling, passage) is None


def test_an_authority_outside_is_never_shared_with() -> None:
    telling = replace(TELLING, to_agency=None)
    for to in AGENCIES:
        passage = Passage(Category.LEGAL, HARBOUR, to, Purpose.COORDINATION, NOON, TOLD)
        assert admits(telling, passage) is None


REPORT: Final = Report(report.State.MADE, ROSA, MIRIAM, NOON, Informed.NOT_SAFE, NOON, TELLING)


def test_a_report_is_a_ground_only_after_every_step_before() -> None:
    assert report.ground_of(REPORT) == CompelledGround(Ground.LEGAL_DUTY, TELLING)
    for state in report.State:
        made = state in {report.State.MADE, report.State.ACKNOWLEDGED}
        assert (report.ground_of(replace(REPORT, state=state)) is not None) is made
    for lacking in (
        replace(REPORT, discussed_with=None),
        replace(REPORT, discussed_with=ROSA),
        replace(REPORT, discussed_at=None),
        replace(REPORT, informed=None),
        replace(REPORT, informed_at=None),
        replace(REPORT, telling=None),
    ):
        assert report.ground_of(lacking) is None


ORDER: Final = Order(order.State.COMPLIED, Instrument.ORDER, 1, False, ROSA, MIRIAM, TELLING)


def test_an_order_is_a_ground_only_when_two_people_agreed() -> None:
    for instrument, state, attempts, silence, asker, second in product(
        Instrument, order.State, (0, 1), (False, True), (ROSA, None), (MIRIAM, ROSA, None)
    ):
        asked = Order(state, instrument, attempts, silence, asker, second, TELLING)
        may = (
            instrument is not Instrument.SUBPOENA
            and state in {order.State.COMPLIED, order.State.ACKNOWLEDGED}
            and (attempts > 0 or silence)
            and asker == ROSA
            and second == MIRIAM
        )
        assert (order.ground_of(asked) is not None) is may
    assert order.ground_of(replace(ORDER, telling=None)) is None


def test_nobody_asks_on_a_subpoena_or_without_having_tried() -> None:
    order.refuse_to_ask(ORDER)
    order.refuse_to_ask(replace(ORDER, attempts=0, silence_ordered=True))
    for asked in (
        replace(ORDER, instrument=Instrument.SUBPOENA),
        replace(ORDER, attempts=0),
    ):
        with pytest.raises(StepRefused):
            order.refuse_to_ask(asked)


def test_the_second_person_is_somebody_else_than_the_asker() -> None:
    order.refuse_second(ORDER, MIRIAM)
    for asked, person in ((ORDER, ROSA), (replace(ORDER, asked_by=None), MIRIAM)):
        with pytest.raises(StepRefused):
            order.refuse_second(asked, person)


TABLES: Final = (
    (report.STEPS, report.State, report.Step, report.Side),
    (order.STEPS, order.State, order.Step, order.Side),
    (access.STEPS, access.State, access.Step, access.Side),
)


@pytest.mark.parametrize("table", TABLES, ids=["report", "order", "access"])
def test_a_step_works_exactly_when_its_table_offers_it(table: tuple[Any, ...]) -> None:
    steps, states, verbs, sides = table
    for state, step, side in product(states, verbs, sides):
        if step in open_steps(steps, state, side):
            assert advance(steps, state, step, side, "because") is steps[state, step].to
        else:
            with pytest.raises(StepRefused):
                advance(steps, state, step, side, "because")


def test_what_was_told_goes_back_one_step_and_only_by_its_own_team() -> None:
    told, ready = report.State.MADE, report.State.CHOSEN
    assert advance(report.STEPS, told, report.Step.CALL_BACK, report.Side.TEAM) is ready
    handed, agreed = order.State.COMPLIED, order.State.APPROVED
    assert advance(order.STEPS, handed, order.Step.CALL_BACK, order.Side.TEAM) is agreed
    back = {report.Step.CALL_BACK, order.Step.CALL_BACK}
    arrows = [key for steps in (report.STEPS, order.STEPS) for key in steps if key[1] in back]
    assert arrows == [(told, report.Step.CALL_BACK), (handed, order.Step.CALL_BACK)]
    with pytest.raises(StepRefused):
        advance(report.STEPS, told, report.Step.CALL_BACK, report.Side.RECEIVER)
    with pytest.raises(StepRefused):
        advance(order.STEPS, handed, order.Step.CALL_BACK, order.Side.RECEIVER)


def test_it_opens_when_its_wait_is_over_and_lasts_until_its_last_day() -> None:
    passage = Passage(Category.LEGAL, HARBOUR, NORTHSIDE, Purpose.COORDINATION, NOON, TOLD)
    for opens in (None, NOON + timedelta(minutes=10)):
        ground = CompelledGround(Ground.LEGAL_DUTY, replace(TELLING, opens=opens))
        assert ground.opens_at(passage) == opens
        assert ground.permits(passage) == NOON + DAY


def test_what_is_over_stays_over_in_each_table() -> None:
    over = {report.State.ACKNOWLEDGED, report.State.NOT_REQUIRED}
    assert endings(report.STEPS, report.State) == over
    assert endings(order.STEPS, order.State) == {order.State.SET_ASIDE}
    assert endings(access.STEPS, access.State) == {
        access.State.JUSTIFIED,
        access.State.NOT_JUSTIFIED,
    }


def test_an_emergency_opens_its_own_agencys_words_for_a_quarter_of_an_hour() -> None:
    assert timedelta(minutes=15) == LASTS
    ground = EmergencyGround("r" * 26, HARBOUR, NOON)
    second = timedelta(seconds=1)
    for source, to, category, at in product(
        AGENCIES, AGENCIES, Category, (NOON - second, NOON, NOON + LASTS - second, NOON + LASTS)
    ):
        passage = Passage(category, source, to, Purpose.COORDINATION, at, TOLD)
        may = (
            source == to == HARBOUR
            and category not in {Category.EVIDENCE, Category.ARRANGEMENTS}
            and NOON <= at < NOON + LASTS
        )
        assert ground.permits(passage) == (NOON + LASTS if may else None)
        assert ground.opens_at(passage) is None
