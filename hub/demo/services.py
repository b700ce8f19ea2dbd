"""The made-up town's directory: from its file to services, each published as its agency would."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from hub.core.ids import ServiceId
from hub.core.words import ServiceType
from hub.demo.cast import Cast, kinds, member
from pathways.directory import terms
from pathways.directory.listing import (
    Address,
    Eligibility,
    Intake,
    Location,
    LocationId,
    Nationality,
    Organization,
    Phone,
    Point,
    Promise,
    Schedule,
    Service,
    ServiceArea,
)
from pathways.directory.terms import (
    AccessFeature,
    Arrival,
    Extent,
    Feedback,
    Frequency,
    Gender,
    Limit,
    NextStep,
    ReferralMethod,
    Registration,
    Weekday,
)

TOWN: Final = "Linden Town"
UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1)}
OPEN: Final = re.compile(r"(\w\w)(?:-(\w\w))? (\d\d:\d\d)-(\d\d:\d\d)")
PAPERS: Final = {
    None: Registration.UNRECORDED,
    True: Registration.NEEDED,
    False: Registration.NONE_NEEDED,
}

Told = Mapping[str, Any]


def service(told: Told, owner: Organization, cast: Cast, at: datetime) -> Service:
    """One service of the town as it says it is; its room is said later, by its agency."""
    return Service(
        id=ServiceId(""),
        name=told["name"],
        organization=owner,
        types=frozenset(kinds(told)),
        description=told["about"],
        locations=(_location(told, cast),),
        areas=(ServiceArea(Extent.CITY, TOWN),),
        languages=frozenset(told["languages"].split()),
        schedules=_schedules(told["hours"]),
        phones=(Phone(told["phone"]),) if "phone" in told else (),
        eligibility=_eligibility(told),
        intake=_intake(told),
        entry_point=told.get("entry", False),
        assured=at.date(),
    )


def _location(told: Told, cast: Cast) -> Location:
    hidden = told.get("hidden", False)
    shown = "street" in told and not hidden
    features = frozenset(member(AccessFeature, each) for each in told.get("access", ()))
    return Location(
        id=LocationId(f"{told['area']}, {told['name']}"),
        area=told["area"],
        confidential=hidden,
        address=Address(told["street"], TOWN) if shown else None,
        point=None if hidden else Point(*cast.districts[told["area"]]),
        features=features,
    )


def _schedules(hours: str) -> tuple[Schedule, ...]:
    """When the doors are open: "always", or "Mo-Fr 09:00-17:00, Sa 10:00-13:00"."""
    if hours == "always":
        return (Schedule(always_open=True),)
    return tuple(_schedule(*said) for said in OPEN.findall(hours))


def _schedule(first: str, last: str, opens: str, closes: str) -> Schedule:
    week = list(Weekday)
    start = week.index(member(Weekday, first.upper()))
    end = week.index(member(Weekday, (last or first).upper()))
    return Schedule(
        frequency=Frequency.WEEKLY,
        days=frozenset(week[start : end + 1]),
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
    )


def _eligibility(told: Told) -> Eligibility:
    youngest, oldest = told.get("ages", (-1, -1))
    return Eligibility(
        minimum_age=None if youngest < 0 else youngest,
        maximum_age=None if oldest < 0 else oldest,
        genders=frozenset(member(Gender, each) for each in told.get("genders", ())),
        takes_children=told.get("children"),
        nationality=Nationality(Limit.ANYONE),
        registration=PAPERS[told.get("papers")],
        criteria=frozenset({terms.Criterion.SURVIVOR}),
    )


def _intake(told: Told) -> Intake:
    calls = ServiceType.HOTLINE in kinds(told)
    walks_in = told.get("entry", False)
    return Intake(
        methods=frozenset(member(ReferralMethod, each) for each in told.get("methods", ())),
        arrivals=frozenset(
            {Arrival.HOTLINE if calls else Arrival.WALK_IN if walks_in else Arrival.REFERRAL}
        ),
        response=_promise(told.get("within")),
        next_steps=frozenset({member(NextStep, told.get("next", NextStep.FOLLOW_UP_CALL.value))}),
        feedback=frozenset({Feedback.SHARED_SYSTEM}) if "feedback" in told else frozenset(),
        feedback_delay=_promise(told.get("feedback")),
    )


def _promise(said: str | None) -> Promise:
    if said is None:
        return Promise()
    count, unit = said.split()
    return Promise(int(count) * UNITS[unit])
