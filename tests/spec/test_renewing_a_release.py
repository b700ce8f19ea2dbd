"""What she can rely on when a release is renewed, narrowed, or comes to its end by itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import select
from sqlmodel import col

from hub.consent import queries
from hub.consent.jobs import announce_endings
from hub.consent.release import Standing, State, standing
from hub.consent.superseding import replace_release
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.errors import FormRefused, StepRefused
from hub.core.ids import CaseId, EnvelopeId, ReleaseId
from hub.core.words import Category, Purpose
from hub.door import Sealing, open_entries
from hub.door.ledgers import Walk, Which, stretch
from hub.store.outbox import OutboxRow
from tests.paper import try_walk, walk
from tests.referring import HER_NAME, NUMBER, begin
from tests.survivor import opened, released, shared, terms
from tests.world import NOON, Person, World

SAYS: Final[Mapping[str, Any]] = {"purposes": "referral", "service_types": "legal-assistance"}
NEED: Final = Sealing(Category.NEED, {"text": "canary need"}, "")
LEGAL: Final = Sealing(Category.LEGAL, {"text": "canary legal"}, "")


def agreed(world: World, days: int = 30) -> tuple[CaseId, ReleaseId, EnvelopeId, EnvelopeId]:
    """A release of need and legal to Northside, with one entry of each shared on it."""
    case = opened(world, world.rosa)
    asked = terms(world, world.northside, Category.NEED, Category.LEGAL, days=days)
    release = released(world, world.rosa, case, asked)
    desk = world.northside.desk
    need = shared(world, world.rosa, release, replace(NEED, subject=case), desk)
    legal = shared(world, world.rosa, release, replace(LEGAL, subject=case), desk)
    return case, release, need, legal


def reads(world: World, person: Person, *envelopes: EnvelopeId) -> set[EnvelopeId]:
    with world.desk(person) as desk:
        return set(open_entries(desk.db, desk.sight, envelopes))


def row_of(world: World, release: ReleaseId) -> ReleaseRow:
    with world.desk(world.rosa) as desk:
        return queries.release_row(desk, release)


def renewed(world: World, old: ReleaseId, *categories: Category, days: int = 60) -> ReleaseId:
    world.move(timedelta(hours=1))
    with world.desk(world.rosa) as desk:
        return replace_release(desk, old, terms(world, world.northside, *categories, days=days))


def test_what_she_renews_can_be_read_until_its_new_end(world: World) -> None:
    _case, old, need, legal = agreed(world)
    new = renewed(world, old, Category.NEED, Category.LEGAL)
    assert reads(world, world.tomas, need, legal) == {need, legal}
    world.move(timedelta(days=40))
    assert reads(world, world.tomas, need, legal) == {need, legal}
    world.move(timedelta(days=20))
    assert reads(world, world.tomas, need, legal) == set()
    assert row_of(world, old).state is State.SUPERSEDED
    assert row_of(world, new).follows == old


def test_what_she_narrows_closes_in_the_same_moment(world: World) -> None:
    _case, old, need, legal = agreed(world)
    renewed(world, old, Category.NEED)
    assert reads(world, world.tomas, need, legal) == {need}
    assert reads(world, world.rosa, need, legal) == {need, legal}


def test_a_shorter_release_ends_what_was_shared_at_its_own_end(world: World) -> None:
    _case, old, need, legal = agreed(world)
    renewed(world, old, Category.NEED, Category.LEGAL, days=2)
    world.move(timedelta(days=2))
    assert reads(world, world.tomas, need, legal) == set()


def test_a_wider_release_opens_nothing_by_itself(world: World) -> None:
    case, old, _need, _legal = agreed(world)
    health = Sealing(Category.HEALTH, {"text": "canary"}, case)
    wider = released(world, world.rosa, case, terms(world, world.northside, Category.HEALTH))
    told = shared(world, world.rosa, wider, health, world.northside.desk)
    with world.desk(world.rosa) as desk:
        withdraw(desk, [wider], Withdrawal(Mode.PHONE))
    renewed(world, old, Category.NEED, Category.LEGAL, Category.HEALTH)
    assert reads(world, world.tomas, told) == set()


def test_without_the_purpose_everything_it_was_shared_for_ends(world: World) -> None:
    _case, old, need, legal = agreed(world)
    talk = {"purposes": frozenset({Purpose.CONFERENCE}), "service_types": frozenset()}
    world.move(timedelta(hours=1))
    with world.desk(world.rosa) as desk:
        less = terms(world, world.northside, Category.NEED, Category.LEGAL)
        replace_release(desk, old, replace(less, **talk))
    assert reads(world, world.tomas, need, legal) == set()


def test_taking_the_new_one_back_takes_back_what_went_on_under_it(world: World) -> None:
    _case, old, need, legal = agreed(world)
    new = renewed(world, old, Category.NEED, Category.LEGAL)
    with world.desk(world.rosa) as desk:
        withdraw(desk, [new], Withdrawal(Mode.PHONE))
    assert reads(world, world.tomas, need, legal) == set()


def test_the_old_one_keeps_its_terms_and_its_lines_in_the_ledger(world: World) -> None:
    case, old, need, _legal = agreed(world)
    before = row_of(world, old)
    kept = {name: getattr(before, name) for name in ("starts", "ends", "categories", "purposes")}
    renewed(world, old, Category.NEED)
    after = row_of(world, old)
    assert {name: getattr(after, name) for name in kept} == kept
    assert after.evidence == before.evidence
    with world.desk(world.rosa) as desk:
        lines = stretch(desk.db, desk.sight, Walk(case, Which.ALL, 9)).lines
    told = [each for line in lines for each in line if each.envelope == need]
    assert {(each.record == old, each.ended_why) for each in told} == {
        (True, "superseded"),
        (False, None),
    }


def test_another_agency_or_a_later_day_is_a_release_of_its_own(world: World) -> None:
    _case, old, need, legal = agreed(world)
    asked = terms(world, world.eastway, Category.NEED)
    with world.desk(world.rosa) as desk, pytest.raises(FormRefused):
        replace_release(desk, old, asked)
    later = terms(world, world.northside, Category.NEED)
    later = replace(later, starts=world.now + timedelta(days=1))
    with world.desk(world.rosa) as desk, pytest.raises(FormRefused):
        replace_release(desk, old, later)
    assert reads(world, world.tomas, need, legal) == {need, legal}


def test_one_release_is_followed_by_one_and_no_more(world: World) -> None:
    _case, old, _need, _legal = agreed(world)
    new = renewed(world, old, Category.NEED)
    with world.desk(world.rosa) as desk, pytest.raises(StepRefused):
        replace_release(desk, old, terms(world, world.northside, Category.NEED))
    assert row_of(world, old).followed_by == new


def test_what_she_took_back_meanwhile_is_not_opened_by_a_new_one(world: World) -> None:
    _case, old, need, legal = agreed(world)
    with world.desk(world.rosa) as desk:
        withdraw(desk, [old], Withdrawal(Mode.PHONE))
    renewed(world, old, Category.NEED, Category.LEGAL)
    assert reads(world, world.tomas, need, legal) == set()
    assert row_of(world, old).state is State.WITHDRAWN
    assert row_of(world, old).followed_by is None


def test_what_had_run_out_is_renewed_and_opens_nothing_again(world: World) -> None:
    _case, old, need, legal = agreed(world, days=3)
    world.move(timedelta(days=4))
    new = renewed(world, old, Category.NEED, Category.LEGAL)
    assert reads(world, world.tomas, need, legal) == set()
    with world.desk(world.rosa) as desk:
        assert standing(queries.release(desk, old), world.now) is Standing.ENDED
        assert standing(queries.release(desk, new), world.now) is Standing.LIVE


@pytest.mark.parametrize("accepted", [True, False])
def test_a_referral_under_way_goes_on_under_the_new_release(world: World, accepted: bool) -> None:
    story = begin(world)
    ref = story.send()
    tomas, rosa = world.browser(world.tomas), world.browser(world.rosa)
    if accepted:
        tomas.open(story.received(ref))
        tomas.submit("steps/accept")
    assert "Renew or change it" in rosa.open(f"/releases/{story.release}")
    said = {"categories": ["need", "identity"], "purpose_words": "Less", "ends": "2030-03-15"}
    page = walk(rosa, f"/cases/{story.case}", follows=story.release, **said)
    assert "59 days left" in page
    assert "The release before this one" in page
    new = rosa.path.rsplit("/", 1)[1]
    assert "Another release took its place" in rosa.open(f"/releases/{story.release}")
    assert story.row(ref).release == new
    page = tomas.open(story.received(ref))
    assert HER_NAME in page
    assert NUMBER not in page
    if not accepted:
        assert "Accepted" in tomas.submit("steps/accept")
    tomas.open(f"{story.received(ref)}/steps/appoint")
    tomas.submit("/steps/appoint", at="2030-01-18T09:30", place="12 Court Street")
    assert "12 Court Street" in rosa.open(f"/referrals/{ref}")


def test_a_referral_ends_with_a_release_that_is_for_something_else(world: World) -> None:
    story = begin(world)
    ref = story.send()
    rosa = world.browser(world.rosa)
    said = {"purposes": "conference", "purpose_words": "The meeting", "categories": ["need"]}
    walk(rosa, f"/cases/{story.case}", follows=story.release, **said)
    assert story.row(ref).state == "withdrawn"
    assert HER_NAME not in world.browser(world.tomas).get(story.received(ref)).text


def test_renewing_begins_with_what_she_agreed_to_and_asks_again(world: World) -> None:
    case, rosa = opened(world, world.rosa), world.browser(world.rosa)
    said = {**SAYS, "categories": ["need"], "limits": "Not the street", "never": ["health"]}
    walk(rosa, f"/cases/{case}", to_agency=world.northside.id, **said)
    old = ReleaseId(rosa.path.rsplit("/", 1)[1])
    rosa.open(f"/cases/{case}/releases/new?follows={old}")
    rosa.submit("/releases", language="en")
    draft, filled = rosa.path.rsplit("/", 1)[0], []
    for section in ("who", "what", "talk", "sign"):
        rosa.open(f"{draft}/{section}")
        filled += rosa.form(f"/{section}").fields
    assert {("to_agency", world.northside.id), ("limits", "Not the street")} <= set(filled)
    assert {("never", "health"), ("categories", "need")} <= set(filled)
    assert not {"said", "asked", "manner", "not_the_abuser"} & {name for name, _value in filled}


def test_the_page_says_what_closes_before_she_signs(world: World) -> None:
    case, old, _need, _legal = agreed(world)
    rosa = world.browser(world.rosa)
    said = {"purpose_words": "Less", "categories": ["need"], "manner": ""}
    answer = try_walk(rosa, f"/cases/{case}", follows=old, **said)
    assert answer.status_code == 422
    assert "1 entry they can read now stays readable" in answer.text
    assert "This closes to them at once: Legal." in answer.text


def test_nobody_elses_release_can_be_followed(world: World) -> None:
    _case, old, _need, _legal = agreed(world)
    other = opened(world, world.joan, "HERON-08")
    joan = world.browser(world.joan)
    assert joan.get(f"/cases/{other}/releases/new?follows={old}").status_code == 404
    mine = opened(world, world.rosa, "WREN-31")
    rosa = world.browser(world.rosa)
    assert rosa.get(f"/cases/{mine}/releases/new?follows={old}").status_code == 404


def letters(world: World, release: ReleaseId) -> list[str]:
    with world.hub.unit_of_work() as db:
        asked = select(OutboxRow.person).where(col(OutboxRow.about) == release)
        return list(db.execute(asked).scalars())


def test_its_end_is_said_a_week_and_a_day_before_and_only_once(world: World) -> None:
    _case, release, _need, _legal = agreed(world, days=30)
    said = {}
    for hours in (0, 22 * 24, 23 * 24, 23 * 24 + 1, 28 * 24, 29 * 24, 29 * 24 + 1, 31 * 24):
        world.clock.set(NOON + timedelta(hours=hours))
        for _twice in range(2):
            with world.hub.desk_of_the_house() as desk:
                announce_endings(desk)
        said[hours] = len(letters(world, release))
    assert list(said.values()) == [0, 0, 1, 1, 1, 2, 2, 2]
    assert set(letters(world, release)) == {world.rosa.id}


def test_what_is_short_is_not_announced_on_the_day_it_is_signed(world: World) -> None:
    _case, release, _need, _legal = agreed(world, days=3)
    with world.hub.desk_of_the_house() as desk:
        announce_endings(desk)
    assert letters(world, release) == []
    world.move(timedelta(days=2, hours=1))
    with world.hub.desk_of_the_house() as desk:
        announce_endings(desk)
    assert letters(world, release) == [world.rosa.id]


def test_the_work_list_says_it_to_the_case_manager(world: World) -> None:
    agreed(world, days=7)
    assert "release to Northside Law ends" in world.browser(world.rosa).open("/")
    assert "release to Northside Law ends" not in world.browser(world.miriam).open("/")


def test_at_its_hour_it_opens_nothing_although_no_job_ran(world: World) -> None:
    _case, release, need, legal = agreed(world, days=3)
    before = row_of(world, release)
    world.move(timedelta(days=3) - timedelta(seconds=1))
    assert reads(world, world.tomas, need, legal) == {need, legal}
    world.move(timedelta(seconds=1))
    assert reads(world, world.tomas, need, legal) == set()
    after = row_of(world, release)
    assert (after.categories, after.ends, after.evidence) == (
        before.categories,
        before.ends,
        before.evidence,
    )
