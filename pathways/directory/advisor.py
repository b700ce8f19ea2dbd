"""Reads one feature of the Jordan Services Advisor GeoJSON into a draft."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

from hub.core.ids import ServiceId
from hub.core.language import _
from hub.core.text import UntidyText
from hub.core.words import ServiceType
from pathways.directory import advisor_terms as terms
from pathways.directory.advisor_answers import Answers
from pathways.directory.advisor_hours import schedules
from pathways.directory.advisor_intake import eligibility, intake
from pathways.directory.draft import Draft
from pathways.directory.fields import MOST_ITEMS, NAME, Fields, cleaned
from pathways.directory.listing import (
    Intake,
    Location,
    LocationId,
    Organization,
    OrganizationId,
    Point,
    Service,
    ServiceArea,
)
from pathways.directory.terms import Arrival, Extent

SOURCE: Final = "services-advisor"


def draft(record: Fields) -> Draft:
    """What the feature says, under its own ids.

    One id of the source can stand for two activities of one partner at one place, so the activity
    is part of what names a record.

    Raises:
        RecordRefused: no id, partner, activity or place name; a place that is no point on the
            earth; answers that are no object; a last day before the first.
    """
    said = record.inner("properties")
    if said is None:
        raise record.wrong("properties", _("It is missing, and no record can be taken without it."))
    partner, name = said.needed("partnerName"), said.needed("activityName")
    source_id = f"{record.needed('id', 60)}/{said.text('activity', 60) or name}"
    organization = Organization(OrganizationId(partner), partner)
    answers, parts = Answers(said), _parts(said)
    types, taken = _types(name, parts), intake(answers)
    service = Service(
        id=ServiceId(source_id),
        name=name,
        organization=organization,
        types=types,
        description="; ".join(parts),
        locations=(_location(partner, record, said),),
        areas=_areas(answers),
        schedules=schedules(answers),
        eligibility=eligibility(answers, name),
        intake=taken,
        entry_point=_is_entry_point(types, taken),
        first_day=said.day("startDate"),
        last_day=_last_day(said),
        source=SOURCE,
    )
    return Draft(SOURCE, source_id, organization, service)


def _parts(said: Fields) -> list[str]:
    """The parts of the activity counted above nothing, in the order of the alphabet."""
    counted = said.inner("indicators")
    if counted is None:
        return []
    if len(counted.values) > MOST_ITEMS:
        raise said.wrong("indicators", _("It lists more than {n}.").format(n=MOST_ITEMS))
    try:
        return sorted(
            cleaned(part, NAME) for part in counted.values if counted.number(part, 0, 1e9)
        )
    except UntidyText as untidy:
        raise said.wrong("indicators", untidy) from untidy


def _types(activity: str, parts: Iterable[str]) -> frozenset[ServiceType]:
    """What kinds of help an activity and its parts are; OTHER when none of ours."""
    always = terms.ACTIVITIES.get(activity, frozenset())
    added = {terms.PARTS[part] for part in parts if part in terms.PARTS}
    return always | added or frozenset({ServiceType.OTHER})


def _is_entry_point(types: frozenset[ServiceType], taken: Intake) -> bool:
    """She can just come or call, and it is a kind of help where she may first tell somebody."""
    return bool(types & terms.FIRST_TOLD and taken.arrivals & {Arrival.WALK_IN, Arrival.HOTLINE})


def _location(partner: str, record: Fields, said: Fields) -> Location:
    """The place; the source gives places no id, so partner, name and point together are one."""
    name, point = said.needed("locationName"), _point(record)
    where = f"{point.latitude},{point.longitude}" if point else ""
    named = hashlib.sha256(f"{partner}\n{name}\n{where}".encode()).hexdigest()[:32]
    return Location(LocationId(named), area=name, name=name, point=point)


def _point(record: Fields) -> Point | None:
    """The feature's point; GeoJSON gives longitude first, and allows that there is none."""
    geometry = record.inner("geometry")
    if geometry is None:
        return None
    if geometry.text("type") != "Point":
        raise geometry.wrong("type", _("Only a point can be taken."))
    pair = geometry.values.get("coordinates")
    if not isinstance(pair, list) or len(pair) not in (2, 3):
        raise geometry.wrong("coordinates", _("A longitude and a latitude belong here."))
    named = Fields({"longitude": pair[0], "latitude": pair[1]}, f"{geometry.path}coordinates.")
    return named.point("latitude", "longitude")


def _last_day(said: Fields) -> date | None:
    first, last = said.day("startDate"), said.day("endDate")
    if first is not None and last is not None and last < first:
        raise said.wrong("endDate", _("It lies before startDate."))
    return last


def _areas(answers: Answers) -> tuple[ServiceArea, ...]:
    """From how far people are taken; only a region has a name of its own."""
    return tuple(
        ServiceArea(terms.EXTENTS[said], said if terms.EXTENTS[said] is Extent.REGION else "")
        for said in answers.ticked.get(5, ())
        if said in terms.EXTENTS
    )
