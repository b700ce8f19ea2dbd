"""Whether a service can take somebody now: kind of help, running, referrals, room, hours."""

from datetime import datetime, timedelta
from typing import Final

from hub.core.language import _, lazy
from hub.core.words import ANSWER_WITHIN
from pathways.directory.listing import Capacity, Service
from pathways.directory.terms import CapacityBand, ReferralMethod, Status
from pathways.routing.hours import DAYS, Span, next_span, open_in, readable
from pathways.routing.need import Need
from pathways.routing.reasons import Criterion, Reason, blocks, fits, unknown

HELD_BACK: Final = timedelta(minutes=60)
"""A change of room is not told for an hour: "taken at 14:02" beside a map would find somebody.
Source: confidentiality, "Thirty ways", row 25."""

ROOM_IS_TRUE: Final = timedelta(days=14)
FULL_IS_TRUE: Final = timedelta(days=30)


def kind(service: Service, need: Need) -> Reason:
    """Whether it gives this kind of help at all."""
    if need.service_type in service.types:
        return fits(Criterion.SERVICE_TYPE, lazy("Offers: {kind}."), kind=need.service_type)
    pattern = lazy("Does not offer: {kind}.")
    return blocks(Criterion.SERVICE_TYPE, pattern, kind=need.service_type)


def running(service: Service, at: datetime) -> Reason | None:
    """None for a service that runs: only what stands in the way is worth saying."""
    today = at.date()
    if service.runs_on(today):
        return None
    if service.status is not Status.ACTIVE:
        pattern = lazy("The directory says: {status}.")
        return blocks(Criterion.RUNNING, pattern, status=service.status)
    if service.first_day is not None and today < service.first_day:
        return blocks(Criterion.RUNNING, lazy("It begins on {day}."), day=service.first_day)
    return blocks(Criterion.RUNNING, lazy("It ended on {day}."), day=service.last_day)


def referral(service: Service, _need: Need) -> Reason:
    """Through this hub, another way, not at all, or not needed."""
    methods = service.intake.methods
    if ReferralMethod.NOT_ACCEPTED in methods:
        return blocks(Criterion.REFERRAL, lazy("It does not accept referrals."))
    if ReferralMethod.HUB in methods and service.agency is not None:
        return fits(Criterion.REFERRAL, lazy("Takes referrals sent from here."))
    if ReferralMethod.NOT_NEEDED in methods:
        return fits(Criterion.REFERRAL, lazy("She can go there without a referral."))
    if methods:
        pattern = lazy("Takes referrals, but not from here: {methods}.")
        return unknown(Criterion.REFERRAL, pattern, methods=methods)
    return unknown(Criterion.REFERRAL, lazy("How it takes referrals is not recorded."))


def told(capacity: Capacity, at: datetime) -> CapacityBand:
    """What may be said of a service's room at `at`: UNKNOWN while the last change is held back."""
    if capacity.as_of is not None and at - capacity.as_of < HELD_BACK:
        return CapacityBand.UNKNOWN
    return capacity.band


def room(service: Service, at: datetime) -> Reason:
    """Whether there is room. What was said long ago, or nobody knows when, is a question."""
    band, said = told(service.capacity, at), service.capacity.as_of
    age = None if said is None else at - said
    if band is CapacityBand.HAS:
        if age is None or age > ROOM_IS_TRUE:
            return unknown(Criterion.CAPACITY, lazy("Had room once; that may have changed."))
        return fits(Criterion.CAPACITY, lazy("Had room {ago}."), ago=ago(age))
    if band is CapacityBand.FULL:
        if age is None or age > FULL_IS_TRUE:
            return unknown(Criterion.CAPACITY, lazy("Was full once; that may have changed."))
        return blocks(Criterion.CAPACITY, lazy("Full, as it said {ago}."), ago=ago(age))
    if band is CapacityBand.WAITLIST:
        return unknown(Criterion.CAPACITY, lazy("Has a waiting list; ask how long it is."))
    if band is CapacityBand.NEEDS_ASSESSMENT:
        pattern = lazy("Whether it has room depends on an assessment.")
        return unknown(Criterion.CAPACITY, pattern)
    return unknown(Criterion.CAPACITY, lazy("Whether it has room is not known."))


def ago(age: timedelta) -> object:
    """Days, never hours: a finer answer could tell who went there when."""
    if age < timedelta(days=1):
        return lazy("in the last day")
    if age < timedelta(days=2):
        return lazy("yesterday")
    return _("{days} days ago").format(days=age.days)


def opening(service: Service, need: Need, at: datetime) -> Reason:
    """Whether its doors open in the part of the week she can go, and before an answer is due."""
    if any(one.always_open for one in service.schedules):
        return fits(Criterion.OPENING, lazy("Open day and night."))
    weekly = readable(service.schedules)
    span = next_span(weekly, at)
    if span is None:
        return _unreadable(service)
    if need.when is not None and not open_in(weekly, need.when):
        pattern = lazy("Not open at the time she can go: {when}.")
        return blocks(Criterion.OPENING, pattern, when=need.when)
    if span.opens > at + ANSWER_WITHIN[need.urgency]:
        pattern = lazy("Next open on {day} at {hour}: too late for this.")
        return blocks(Criterion.OPENING, pattern, **_first(span))
    if span.opens > at:
        return fits(Criterion.OPENING, lazy("Next open on {day} at {hour}."), **_first(span))
    return fits(Criterion.OPENING, lazy("Open now, until {hour}."), hour=span.closes.time())


def _unreadable(service: Service) -> Reason:
    words = next((one.words for one in service.schedules if one.words), "")
    if words:
        return unknown(Criterion.OPENING, lazy("Opening hours, as it says: {words}"), words=words)
    return unknown(Criterion.OPENING, lazy("Its opening hours are not recorded."))


def _first(span: Span) -> dict[str, object]:
    return {"day": DAYS[span.opens.weekday()], "hour": span.opens.time()}
