"""Where and when, read from the form an agency fills in about a service of its own."""

from dataclasses import replace
from datetime import time
from typing import Final

from hub.core.language import _
from hub.web.form import Form
from pathways.directory.listing import (
    Address,
    Location,
    LocationId,
    Point,
    Schedule,
    Service,
    ServiceArea,
)
from pathways.directory.terms import AccessFeature, Extent, Frequency, Weekday

NAME: Final = 300


def place(form: Form, before: Service) -> Location:
    """The first place. Once confidential it says its area and nothing that finds it."""
    id = before.locations[0].id if before.locations else LocationId("")
    area, features = form.text("area", NAME), form.choices("features", AccessFeature)
    address = Address(
        street=form.optional_text("street", NAME),
        city=form.optional_text("city", NAME),
        postal_code=form.optional_text("postal_code", 40),
    )
    name, point = form.optional_text("place_name", NAME), _point(form)
    if form.ticked("confidential"):
        return Location(id, area=area, confidential=True, features=features)
    old = before.locations[0] if before.locations else Location(id, "")
    if old.address is not None:
        address = replace(address, region=old.address.region, country=old.address.country)
    return Location(
        id,
        area=area,
        name=name,
        address=address if address != Address() else None,
        point=point,
        features=features,
        accessibility=form.optional_prose("accessibility"),
    )


def _point(form: Form) -> Point | None:
    """Both halves of a point on the earth, or neither."""
    north, east = _degrees(form, "latitude", 90), _degrees(form, "longitude", 180)
    if (north is None) != (east is None):
        missing = "latitude" if north is None else "longitude"
        form.refuse(missing, _("Give both latitude and longitude, or neither."))
    return None if north is None or east is None else Point(north, east)


def _degrees(form: Form, name: str, most: int) -> float | None:
    typed = form.optional_text(name, 20).replace(",", ".")
    if not typed:
        return None
    try:
        degrees = float(typed)
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        form.refuse(name, _("Give a number from -{most} to {most}.").format(most=most))
        return None
    return degrees


def areas(form: Form, before: Service) -> tuple[ServiceArea, ...]:
    """How far it reaches; areas with names of their own stay unless something else is chosen."""
    extent = form.optional_choice("extent", Extent)
    if extent is None:
        return ()
    if before.areas and before.areas[0].extent is extent:
        return before.areas
    return (ServiceArea(extent),)


def schedules(form: Form, before: Service) -> tuple[Schedule, ...]:
    """The first schedule as the form has it; others that were there stay."""
    days, always = form.choices("days", Weekday), form.ticked("always_open")
    opens, closes = _hour(form, "opens"), _hour(form, "closes")
    words = form.optional_text("hours_words", NAME)
    if not (days or always or opens or closes or words):
        return before.schedules[1:]
    often = Frequency.WEEKLY if days else Frequency.UNRECORDED
    interval = 1
    if before.schedules and before.schedules[0].days == days:
        often, interval = before.schedules[0].frequency, before.schedules[0].interval
    first = Schedule(often, interval, days, opens, closes, always, words)
    return (first, *before.schedules[1:])


def _hour(form: Form, name: str) -> time | None:
    typed = form.optional_text(name, 8)
    if not typed:
        return None
    try:
        return time.fromisoformat(typed.zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        form.refuse(name, _("Give a time such as 08:30."))
        return None
