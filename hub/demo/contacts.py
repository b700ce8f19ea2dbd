"""How people of the made-up town are reached safely, and how they are asked again and again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from hub.cases.queries import case
from hub.cases.reaching.actions import confirm
from hub.cases.reaching.queries import ways
from hub.cases.safe_contact import ContactMethod
from hub.demo.diary import Life
from hub.demo.stage import Known, Stage
from hub.desk import Desk

ASKED_AGAIN: Final = timedelta(days=24)
ONE_FORGOTTEN_OF: Final = 7


def contact(stage: Stage, desk: Desk) -> Mapping[str, str]:
    """One way of reaching somebody, said to be safe just now by the one it belongs to."""
    way = stage.words.contact()
    if way["method"] == ContactMethod.IN_PERSON:
        return way
    said = {"confirmed_by": stage.words.fixed("safe"), "confirmed_at": desk.at.isoformat()}
    return {**way, "zone": stage.wall.zone.key, **said}


def asked_again(stage: Stage, known: Known) -> Life:
    """While a case is open somebody asks again before the thirty days are over; some forget."""
    if known.plan.survivor.age % ONE_FORGOTTEN_OF == 0:
        return
    at = known.plan.opened_at
    while True:
        at += ASKED_AGAIN
        yield at
        with stage.desk(known.manager) as desk:
            if case(desk, known.id).closed_at is not None:
                return
            for way in ways(desk, known.id):
                if way.entry.body.get("confirmed_by"):
                    confirm(desk, known.id, way)
