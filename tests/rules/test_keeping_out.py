"""Whoever must never know of a subject finds nothing, whatever keys and shares they have."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from hub.core.clock import OPEN_END
from hub.core.errors import NothingHere
from hub.core.grounds import OWN_WORK
from hub.core.ids import EnvelopeId, PersonId, fresh
from hub.core.words import Category, HolderKind
from hub.desk import Notice
from hub.door import Sealing, To, live, make_holder, open_entries, open_one, seal, seen, share
from hub.door.holders import join
from hub.door.keeping_out import (
    KeptAway,
    Whom,
    is_kept_away,
    keep_out,
    kept_out,
    let_in,
    step_aside,
)
from hub.door.lifting import ask_to_lift, lift
from hub.door.look import look, open_to_sight
from hub.door.readers import beside, readers
from hub.door.tables import EnvelopeRow
from hub.store.outbox import OutboxRow
from tests.grounds import Paper
from tests.world import NOON, Person, World

WEEK = timedelta(days=7)
BODY = {"text": "She is afraid of her brother"}
SHORTS = ("tomas", "lena", "noor", "grace", "amin", "miriam", "dora")


def written(world: World, subject: str, *to: To, opens: datetime | None = None) -> EnvelopeId:
    """Rosa writes about somebody, for herself, Northside's desk and whoever else is named."""
    paper = Paper(fresh(), world.northside.id, frozenset(Category), NOON + WEEK, opens=opens)
    desk_share = To(world.northside.desk, paper, NOON + WEEK)
    own = To(world.rosa.holder, OWN_WORK, OPEN_END)
    with world.desk(world.rosa) as desk:
        sealing = Sealing(Category.NEED, BODY, subject)
        return seal(desk.db, desk.sight, sealing, [own, desk_share, *to])


def knows(world: World, person: Person, envelope: EnvelopeId, subject: str) -> set[str]:
    """In which ways somebody could notice that an envelope, or its subject, is there."""
    asked = select(col(EnvelopeRow.id)).where(open_to_sight(col(EnvelopeRow.id)))
    found: set[str] = set()
    with world.desk(person) as desk:
        held = live(desk.sight)
        ways: dict[str, Sequence[object]] = {
            "opens": list(open_entries(desk.db, desk.sight, [envelope])),
            "joins": desk.db.execute(
                seen(select(held.c.envelope).where(held.c.envelope == envelope), desk.sight)
            ).all(),
            "looks": [row for row in look(desk.db, desk.sight, asked) if row[0] == envelope],
            "readers": readers(desk.db, desk.sight, [envelope]),
            "beside": list(beside(desk.db, desk.sight, [envelope])[envelope]),
        }
        found = {way for way, rows in ways.items() if rows}
        try:
            share(desk.db, desk.sight, envelope, [To(person.holder, OWN_WORK, NOON + WEEK)])
            found.add("passes on")
        except Exception as refused:
            found |= set() if isinstance(refused, NothingHere) else {type(refused).__name__}
    with world.desk(world.rosa) as desk:
        desk.notify(person.id, Notice(subject, subject))
    with world.hub.unit_of_work() as db:
        waiting = select(OutboxRow).where(col(OutboxRow.about) == subject)
        if any(row.person == person.id for row in db.execute(waiting).scalars()):
            found.add("mail")
    return found


@pytest.mark.parametrize("whole_agency", [False, True])
def test_who_is_kept_out_notices_nothing_in_any_way(world: World, whole_agency: bool) -> None:
    subject, other = fresh(), fresh()
    about, else_where = written(world, subject), written(world, other)
    assert {"opens", "joins", "looks", "readers", "mail"} <= knows(
        world, world.tomas, about, subject
    )
    whom = Whom(None, world.northside.id) if whole_agency else Whom(world.tomas.id, None)
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, whom)
    later = fresh()
    with world.hub.unit_of_work() as db:
        db.execute(OutboxRow.__table__.delete())  # type: ignore[attr-defined]
    assert knows(world, world.tomas, about, subject) == set()
    assert "opens" in knows(world, world.tomas, else_where, later)
    assert ("opens" in knows(world, world.lena, about, later)) is not whole_agency
    assert "opens" in knows(world, world.rosa, about, later)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    out=st.sets(st.sampled_from(SHORTS)),
    away=st.sets(st.sampled_from(["northside", "eastway"])),
    first=st.booleans(),
)
def test_whatever_the_history_only_those_let_in_know(
    world: World, out: set[str], away: set[str], first: bool
) -> None:
    subject = fresh()
    about = written(world, subject) if first else None
    with world.desk(world.rosa) as desk:
        for short in sorted(out):
            keep_out(desk.db, desk.sight, subject, Whom(getattr(world, short).id, None))
        for name in sorted(away):
            keep_out(desk.db, desk.sight, subject, Whom(None, getattr(world, name).id))
    if about is None and "northside" in away:
        with pytest.raises(KeptAway):
            written(world, subject)
        return
    about = about or written(world, subject)
    for short in SHORTS:
        person = getattr(world, short)
        kept = short in out or person.agency.id in {getattr(world, name).id for name in away}
        at_desk = person in (world.tomas, world.lena)
        with world.desk(person) as desk:
            assert bool(open_entries(desk.db, desk.sight, [about])) is (at_desk and not kept)
            assert (subject in desk.sight.kept_out) is kept
            assert (person.id in let_in(desk.db, desk.sight, subject, [person.id])) is not kept


def test_no_share_is_made_for_who_is_kept_out_or_their_agency(world: World) -> None:
    subject, about = fresh(), fresh()
    held = written(world, subject)
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, Whom(world.dora.id, None))
        keep_out(desk.db, desk.sight, subject, Whom(None, world.eastway.id))
    paper = Paper(fresh(), world.eastway.id, frozenset(Category), NOON + WEEK)
    for to in (To(world.dora.holder, OWN_WORK, OPEN_END), To(world.amin.holder, paper, NOON)):
        with world.desk(world.rosa) as desk, pytest.raises(KeptAway):
            share(desk.db, desk.sight, held, [to])
        with world.desk(world.rosa) as desk, pytest.raises(KeptAway):
            seal(desk.db, desk.sight, Sealing(Category.NEED, BODY, subject), [to])
    with world.desk(world.rosa) as desk:
        own = To(world.dora.holder, OWN_WORK, OPEN_END)
        assert seal(desk.db, desk.sight, Sealing(Category.NEED, BODY, about), [own])


def test_a_supervisor_who_is_kept_out_carries_no_key_of_that_team(world: World) -> None:
    subject = fresh()
    with world.desk(world.rosa) as desk:
        team = make_holder(
            desk.db,
            world.hub.custody,
            HolderKind.CARE_TEAM,
            world.harbour.id,
            of=subject,
            at=desk.at,
        )
        join(desk.db, team, world.miriam.id, desk.at)
    with world.desk(world.miriam) as desk:
        assert team in desk.sight.holders
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, Whom(world.miriam.id, None))
    with world.desk(world.miriam) as desk:
        assert team not in desk.sight.holders
        assert world.miriam.holder in desk.sight.holders


WHO_LIFTS = ("rosa", "miriam", "petra", "joan", "grace")


@pytest.mark.parametrize(("asks", "confirms"), list(product(WHO_LIFTS, WHO_LIFTS)))
def test_nobody_is_let_in_again_but_by_two_of_their_own(
    world: World, asks: str, confirms: str
) -> None:
    subject = fresh()
    with world.desk(world.rosa) as desk:
        line = keep_out(desk.db, desk.sight, subject, Whom(world.dora.id, None))
    why = EnvelopeId(fresh())
    with world.desk(getattr(world, confirms)) as desk:
        assert not lift(desk.db, desk.sight, line, None)
    with world.desk(getattr(world, asks)) as desk:
        asked = ask_to_lift(desk.db, desk.sight, line, why)
        assert not lift(desk.db, desk.sight, line, why)
    with world.desk(getattr(world, confirms)) as desk:
        assert not lift(desk.db, desk.sight, line, EnvelopeId(fresh()))
        done = lift(desk.db, desk.sight, line, why)
    assert asked is (asks != "grace")
    assert done is (asked and confirms == "miriam" and asks != "miriam")
    with world.desk(world.dora) as desk:
        assert (subject in desk.sight.kept_out) is not done


def test_who_is_kept_out_cannot_say_yes_to_being_let_in(world: World) -> None:
    subject = fresh()
    with world.desk(world.rosa) as desk:
        line = keep_out(desk.db, desk.sight, subject, Whom(world.miriam.id, None))
        why = EnvelopeId(fresh())
        assert ask_to_lift(desk.db, desk.sight, line, why)
    with world.desk(world.miriam) as desk:
        assert not lift(desk.db, desk.sight, line, why)


def test_a_conflict_is_kept_by_their_own_agency_and_told_to_no_other(world: World) -> None:
    subject = fresh()
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, Whom(None, world.eastway.id))
        step_aside(desk.db, desk.sight, subject, PersonId(world.lena.id), world.northside.id)
        assert [each.whom.agency for each in kept_out(desk.db, desk.sight, subject)] == [
            world.eastway.id
        ]
        assert is_kept_away(desk.db, desk.sight, subject, world.eastway.id)
        assert not is_kept_away(desk.db, desk.sight, subject, world.northside.id)
    with world.desk(world.lena) as desk:
        assert subject in desk.sight.kept_out


def test_saying_the_same_twice_makes_one_line(world: World) -> None:
    subject = fresh()
    with world.desk(world.rosa) as desk:
        lines = {
            keep_out(desk.db, desk.sight, subject, Whom(world.dora.id, None)) for _each in range(3)
        }
        assert len(lines) == len(kept_out(desk.db, desk.sight, subject)) == 1


def test_naming_nobody_or_both_is_a_mistake(world: World) -> None:
    with world.desk(world.rosa) as desk:
        for whom in (Whom(None, None), Whom(world.dora.id, world.eastway.id)):
            with pytest.raises(ValueError, match="name one"):
                keep_out(desk.db, desk.sight, fresh(), whom)
        with pytest.raises(ValueError, match="name one"):
            keep_out(desk.db, desk.sight, "", Whom(world.dora.id, None))


def test_no_answer_differs_between_kept_out_and_absent(world: World) -> None:
    subject = fresh()
    about = written(world, subject)
    with world.desk(world.rosa) as desk:
        keep_out(desk.db, desk.sight, subject, Whom(world.tomas.id, None))
    with world.desk(world.tomas) as desk:
        for envelope in (about, EnvelopeId(fresh())):
            with pytest.raises(NothingHere):
                open_one(desk.db, desk.sight, envelope)
