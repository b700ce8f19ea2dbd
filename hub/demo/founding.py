"""The beginning of the made-up town: its agencies, their staff, and what they offer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from hub.consent.policies import set_policy
from hub.consent.policy import STRICT, Regime
from hub.core.ids import AgencyId, PersonId, ServiceId
from hub.core.words import Role
from hub.demo.cast import Cast, House, Worker, member
from hub.demo.diary import Life, once
from hub.demo.services import service
from hub.desk import Hub
from hub.people import hashing
from hub.people.actions import Newcomer, employ, found_agency
from pathways.directory.actions import add_service, organization_of, set_capacity
from pathways.directory.terms import CapacityBand

AGAIN_TRUE: Final = timedelta(hours=2)
"""Said so long ago at least, so that pages may tell it: changes are held back for an hour."""


@dataclass(frozen=True, slots=True)
class Founded:
    """The ids under which the hub knows agencies, staff and services, by their names."""

    agencies: Mapping[str, AgencyId]
    people: Mapping[str, PersonId]
    services: Mapping[str, ServiceId]


def found_town(hub: Hub, cast: Cast, passphrase: str) -> Founded:
    """Every agency with its staff and its services, at the hub's present moment."""
    stored = hashing.stored_form(passphrase)
    agencies: dict[str, AgencyId] = {}
    people: dict[str, PersonId] = {}
    services: dict[str, ServiceId] = {}
    for house in cast.houses:
        with hub.desk_of_the_house() as desk:
            agencies[house.name] = found_agency(desk.db, hub.custody, house.name, desk.at)
            for worker in house.staff:
                newcomer = _newcomer(worker, agencies[house.name], stored)
                people[worker.name] = employ(desk, newcomer)
    for house in cast.houses:
        _set_policy(hub, house, people)
        services |= _publish(hub, cast, house, people)
    return Founded(agencies, people, services)


def _set_policy(hub: Hub, house: House, people: Mapping[str, PersonId]) -> None:
    """The law under which the agency asks for releases, where the town's file names one."""
    if house.releases:
        with hub.desk_of(people[house.who(Role.ADMINISTRATOR)[0].name]) as desk:
            set_policy(desk, replace(STRICT, regime=member(Regime, house.releases)), version=0)


def _newcomer(worker: Worker, agency: AgencyId, stored: str) -> Newcomer:
    return Newcomer(agency, worker.name, worker.email, worker.roles, stored)


def _publish(
    hub: Hub, cast: Cast, house: House, people: Mapping[str, PersonId]
) -> dict[str, ServiceId]:
    with hub.desk_of(people[house.who(Role.ADMINISTRATOR)[0].name]) as desk:
        owner = organization_of(desk.db, desk.sight.agency)
        return {
            told["name"]: add_service(desk, service(told, owner, cast, desk.at))
            for told in house.services
        }


def rooms(hub: Hub, cast: Cast, town: Founded, now: datetime) -> list[Life]:
    """Every service says whether it has room, as many days ago as its file says."""
    return [
        once(now - timedelta(days=told["room"][1]) - AGAIN_TRUE, _saying(hub, town, house, told))
        for house in cast.houses
        for told in house.services
        if "room" in told
    ]


def _saying(hub: Hub, town: Founded, house: House, told: Mapping[str, Any]) -> Callable[[], None]:
    def say() -> None:
        with hub.desk_of(town.people[house.who(Role.ADMINISTRATOR)[0].name]) as desk:
            set_capacity(desk, town.services[told["name"]], member(CapacityBand, told["room"][0]))

    return say
