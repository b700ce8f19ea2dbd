"""Random stories, done with the product's own actions: what everybody reads against the oracle."""

from collections import Counter
from random import Random
from time import perf_counter
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle import casework, keeping, meetings, referrals
from tests.oracle.chronicle import Chronicle
from tests.oracle.looking import compare_doors, compare_pages
from tests.referring import law_clinic
from tests.world import World, town

WORLDS: Final = 150

DEEDS: Final = (
    casework.open_a_case,
    casework.write_in_a_case,
    casework.replace_an_entry,
    casework.sign_a_release,
    casework.sign_a_release,
    casework.sign_a_release,
    casework.take_a_release_back,
    casework.offer_a_case,
    casework.offer_a_case,
    casework.answer_an_offer,
    casework.answer_an_offer,
    casework.answer_an_offer,
    keeping.keep_somebody_out,
    keeping.keep_somebody_out,
    keeping.keep_an_agency_out,
    keeping.step_aside,
    keeping.let_somebody_know,
    keeping.let_somebody_know,
    casework.change_somebodys_work,
    casework.let_time_pass,
    referrals.refer,
    referrals.refer,
    referrals.refer,
    referrals.call_back,
    casework.rush_in,
    casework.rush_in,
    referrals.answer_a_referral,
    referrals.answer_a_referral,
    referrals.take_a_referral_on,
    referrals.note_something,
    referrals.give_an_appointment,
    referrals.go_on_with_a_referral,
    referrals.an_outsider_tries,
    meetings.call_a_meeting,
    meetings.propose_an_item,
    meetings.propose_an_item,
    meetings.propose_an_item,
    meetings.put_an_item_on,
    meetings.let_more_people_hear,
    meetings.invite_one_more,
    meetings.excuse_somebody,
    meetings.move_a_meeting_on,
    meetings.take_an_item_off,
    meetings.decide_something,
)
BEGINNING: Final = (
    casework.open_a_case,
    casework.open_a_case,
    casework.sign_a_release,
    casework.sign_a_release,
    casework.sign_a_release,
    referrals.refer,
    meetings.call_a_meeting,
    meetings.propose_an_item,
)


def give_legal_advice(world: World) -> dict[str, str]:
    """Three agencies, each with a service that takes referrals through the hub."""
    return {
        f"service of {agency}": law_clinic(world, getattr(world, agency))
        for agency in ("harbour", "northside", "eastway")
    }


def told(world: World, services: dict[str, str], random: Random, deeds: int) -> Chronicle:
    """One random story."""
    tale = Chronicle(world, random)
    tale.ids |= services
    for deed in BEGINNING:
        tale.happen(deed)
    for _n in range(deeds):
        tale.happen(random.choice(DEEDS))
    return tale


def compare(random: Random, deeds: int, pages: bool) -> tuple[int, Counter[str]]:
    """Tell a story, looking in between and at each of its releases' ends."""
    with town("sqlite", give_legal_advice) as (world, services):
        world.lets_wait(10)
        tale, compared = told(world, services, random, 0), 0
        for _chapter in range(3):
            for _n in range(deeds // 3):
                tale.happen(random.choice(DEEDS))
            compared += compare_doors(tale)
        if pages:
            compared += compare_pages(tale)
        for paper in sorted({fact[3].end for fact in tale.facts["released"]}):
            if paper > tale.now:
                world.clock.set(paper)
                compared += compare_doors(tale)
    return compared, tale.done


SEEDS: Final = st.integers(0, 2**32 - 1)
LENGTHS: Final = st.integers(30, 60)
SETTINGS: Final[dict[str, Any]] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
COUNTED: Final[Counter[str]] = Counter()


def count(seed: int, deeds: int, *, pages: bool) -> None:
    """One story more, and how many answers agreed in it."""
    compared, done = compare(Random(seed), deeds, pages=pages)  # noqa: S311 -- stories, not keys
    COUNTED.update(done)
    COUNTED["answers"] += compared
    COUNTED["worlds"] += 1


@pytest.mark.timeout(600)
@settings(max_examples=4, **SETTINGS)
@given(seed=SEEDS, deeds=LENGTHS)
def test_what_opens_is_what_the_oracle_says(seed: int, deeds: int) -> None:
    count(seed, deeds, pages=False)


@pytest.mark.timeout(600)
def test_what_pages_say_is_what_the_oracle_says() -> None:
    count(7, 30, pages=True)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_worlds_open_as_the_oracle_says(capsys: pytest.CaptureFixture[str]) -> None:
    COUNTED.clear()
    began = perf_counter()

    @settings(max_examples=WORLDS, **SETTINGS)
    @given(seed=SEEDS, deeds=LENGTHS, pages=st.integers(0, 9))
    def tell(seed: int, deeds: int, pages: int) -> None:
        count(seed, deeds, pages=pages == 0)

    tell()
    with capsys.disabled():
        told = f"{COUNTED['worlds']} worlds, {COUNTED['answers']} answers compared"
        print(f"\nrandom worlds: {told} in {perf_counter() - began:.0f} s; {dict(COUNTED)}")
    assert all(COUNTED[deed.__name__] for deed in DEEDS)
