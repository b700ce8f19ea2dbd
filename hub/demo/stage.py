"""What every life of the made-up town is told with: the hub, who is who, and what is said."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hub.core.ids import AgencyId, CaseId, ServiceId
from hub.core.words import Role
from hub.demo.cast import Cast, Worker
from hub.demo.founding import Founded
from hub.demo.plan import CasePlan
from hub.demo.wall import Wall
from hub.demo.words import Words
from hub.desk import Desk, Hub
from hub.web.form import Form


@dataclass(frozen=True, slots=True)
class Stage:
    """One town being made."""

    hub: Hub
    cast: Cast
    town: Founded
    words: Words
    chance: Random
    wall: Wall

    @contextmanager
    def desk(self, worker: str, version: int = 0) -> Iterator[Desk]:
        """A desk for somebody of the staff, who has a page of this version before them."""
        form = Form({"version": [str(version)]}, self.wall.zone)
        with self.hub.desk_of(self.town.people[worker], form) as desk:
            yield desk

    def agency(self, service: str) -> AgencyId:
        """Whose service that is."""
        return self.town.agencies[self.house_of(service)]

    def house_of(self, service: str) -> str:
        """The name of the agency whose service that is."""
        return next(
            house.name
            for house in self.cast.houses
            if any(told["name"] == service for told in house.services)
        )

    def told(self, service: str) -> Mapping[str, Any]:
        """What a service says of itself in the town's file."""
        told = (told for house in self.cast.houses for told in house.services)
        return next(each for each in told if each["name"] == service)

    def service(self, name: str) -> ServiceId:
        """The id of a service."""
        return self.town.services[name]

    def intake(self, service: str) -> Worker:
        """Somebody at the intake desk of the agency whose service that is."""
        house = self.cast.house(self.house_of(service))
        return self.chance.choice(house.who(Role.INTAKE_WORKER))

    def later(self, at: datetime, hours: float) -> datetime:
        """About so many hours after `at`, and never so much that nothing fits before now."""
        drawn = timedelta(hours=hours * self.chance.uniform(0.4, 1.4))
        return at + min(drawn, 0.35 * (self.wall.now - at))


@dataclass(slots=True)
class Known:
    """A case as its agency knows it: who manages it now, whether it is to end, under which id."""

    plan: CasePlan
    manager: str
    closes: bool = False
    id: CaseId = field(default=CaseId(""))
