"""The life of a case in the made-up town: opened, written in, handed over, closed."""

from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from hub.cases.actions import CaseOpening, close_case, open_case, replace_entry, write_entry
from hub.cases.bodies import SPOKEN_OF
from hub.cases.closing import ClosingReason
from hub.cases.handover import Offering, accept_case, offer_case
from hub.cases.queries import case, entries
from hub.core.words import Category, ServiceType
from hub.demo.cast import kinds
from hub.demo.contacts import contact
from hub.demo.diary import Life
from hub.demo.stage import Known, Stage
from hub.desk import Desk
from pathways.directory.languages import name_of
from pathways.referrals.referral import STAGES
from pathways.referrals.referral import Stage as Reached

MOST_CLOSED: Final = 8
REVIEWED_AFTER: Final = timedelta(days=12)
CLOSED_AFTER: Final = timedelta(days=30)
SOMETIMES: Final = (
    Category.LOCATION,
    Category.MONEY,
    Category.ACCOUNT,
    Category.PLAN,
    Category.WORKINGS,
)


def casework(stage: Stage, known: Known) -> Life:
    """Open a case, write down what is told, and in some look at the safety again after a while."""
    yield known.plan.opened_at
    with stage.desk(known.manager) as desk:
        door = known.plan.came_by
        known.id = open_case(desk, CaseOpening(stage.service(door) if door else None))
        _write(stage, desk, known)
    if stage.chance.random() < 0.6:
        return
    yield known.plan.opened_at + REVIEWED_AFTER
    with stage.desk(known.manager) as desk:
        safety = [e for e in entries(desk, known.id) if e.category is Category.SAFETY]
        text = stage.words.entry(known.plan.survivor, Category.SAFETY)
        replace_entry(desk, known.id, safety[0].envelope, {"text": text})


def _write(stage: Stage, desk: Desk, known: Known) -> None:
    of, words, chance = known.plan.survivor, stage.words, stage.chance
    born = stage.wall.today.year - of.age
    about = f"Speaks {name_of(of.language)}."
    identity = {"name": of.name, "birth": str(born), SPOKEN_OF: of.pronoun, "text": about}
    write_entry(desk, known.id, Category.IDENTITY, identity)
    write_entry(desk, known.id, Category.CONTACT, contact(stage, desk))
    write_entry(desk, known.id, Category.NEED, {"text": _need(stage, known)})
    written = [Category.SAFETY, Category.HEALTH]
    if not of.is_child:
        written += [Category.LEGAL, *chance.sample(SOMETIMES, 1)]
    written += [Category.CHILDREN] if of.children else []
    foreign = of.language != "en" and not of.is_child
    written += [Category.ACCESS, Category.IMMIGRATION] if foreign else []
    for category in written:
        write_entry(desk, known.id, category, {"text": words.entry(of, category)})


def _need(stage: Stage, known: Known) -> str:
    """What is asked for first; of a case from which nothing was sent, a place to talk."""
    plan = known.plan
    if not plan.referrals:
        return stage.words.ask(plan.survivor, ServiceType.CASE_MANAGEMENT, for_child=False)
    told = stage.told(plan.referrals[0].service)
    kind, for_child = kinds(told)[0], plan.for_child(told)
    return stage.words.ask(plan.survivor, kind, for_child=for_child)


def closing(stage: Stage, known: Known) -> Life:
    """Close a case some weeks after the last that was sent from it."""
    yield closed_at(known)
    with stage.desk(known.manager) as desk:
        why = stage.chance.choice([ClosingReason.NEEDS_MET, ClosingReason.MOVED])
        close_case(desk, known.id, why, case(desk, known.id).version)


def closed_at(known: Known) -> datetime:
    """When a case could be closed at the earliest."""
    sent = (each.sent_at for each in known.plan.referrals)
    return max(chain([known.plan.opened_at], sent)) + CLOSED_AFTER


def to_close(stage: Stage, cases: list[Known]) -> list[Known]:
    """The cases from which nothing is under way any more, as many as the town closes."""
    over = [
        known
        for known in cases
        if all(STAGES[each.state] is Reached.OVER for each in known.plan.referrals)
        and closed_at(known) < stage.wall.now - timedelta(days=1)
    ]
    return over[:MOST_CLOSED]


def handed_over(stage: Stage, known: Known, to: str, days_ago: int) -> Life:
    """A colleague takes a case over, two hours after it was offered."""
    offered = stage.wall.local(-days_ago, 11)
    yield offered
    with stage.desk(known.manager) as desk:
        note = Offering(stage.town.people[to], stage.words.fixed("hand_over"))
        offer = offer_case(desk, known.id, note)
    yield offered + timedelta(hours=2)
    with stage.desk(to) as desk:
        accept_case(desk, offer)
    known.manager = to


def offered(stage: Stage, known: Known, to: str) -> Life:
    """A case that waits for a colleague's answer since this morning."""
    yield stage.wall.now - timedelta(hours=5)
    with stage.desk(known.manager) as desk:
        note = Offering(stage.town.people[to], stage.words.fixed("hand_over"))
        offer_case(desk, known.id, note)
