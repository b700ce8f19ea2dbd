"""Puts the services that fit a need in order, says why each stands where it does, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.core.ids import ServiceId
from hub.core.language import _, ngettext
from hub.core.words import ANSWER_WITHIN
from pathways.directory.listing import Service, order
from pathways.routing.eligibility import Fit, fit
from pathways.routing.index import Candidates
from pathways.routing.need import Need
from pathways.routing.reasons import Reason
from pathways.statistics import Figure

MOST: Final = 25
ROUGHLY: Final = 5.0
"""Kilometres that make no difference: distances are compared in steps of this."""

NO_DISTANCE: Final = 50.0
"""Where a service whose distance nobody knows stands among the others, in kilometres."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service that fits: why, what to ask, and why it stands in this place."""

    fit: Fit
    because: tuple[str, ...]

    @property
    def service(self) -> Service:
        return self.fit.service


@dataclass(frozen=True, slots=True)
class NotFitting:
    """A service that does not fit, and everything that stands in the way."""

    service: Service
    in_the_way: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer to a need.

    `fitting` is best first and `not_fitting` nearest to fitting first; each is cut at `MOST`, and
    `more` and `more_not` say how many were left out.
    """

    fitting: tuple[Ranked, ...]
    not_fitting: tuple[NotFitting, ...]
    more: int
    more_not: int


def ranked(
    candidates: Candidates,
    need: Need,
    at: datetime,
    routes: Mapping[ServiceId, Figure],
) -> Ranking:
    """Every service in its place.

    Args:
        candidates: as `Index.candidates` gives them; those it left out are only counted.
        at: aware, by the clock on the wall.
        routes: how often the asker's agency has sent somebody there, as released; others absent.

    Returns:
        Those that fit, by: fewest open questions; answers in time; distance, in steps of five
        kilometres; how lately it said it had room; how well trodden the way is; name. The order
        is total, so the same question has the same answer.
    """
    fits = [fit(service, need, at) for service in candidates.services]
    good = sorted((one for one in fits if one.fits), key=lambda one: _rank(one, need, at, routes))
    bad = sorted((one for one in fits if not one.fits), key=_shortfall)
    return Ranking(
        tuple(Ranked(one, _because(one, need, routes)) for one in good[:MOST]),
        tuple(NotFitting(one.service, one.blocks) for one in bad[:MOST]),
        max(0, len(good) - MOST) + candidates.more,
        max(0, len(bad) - MOST) + candidates.more_not,
    )


Rank = tuple[int, int, float, int, int, tuple[str, str, str]]


def _rank(one: Fit, need: Need, at: datetime, routes: Mapping[ServiceId, Figure]) -> Rank:
    trodden = routes.get(one.service.id)
    return (
        len(one.unknowns),
        _lateness(one.service, need),
        ((NO_DISTANCE if one.km is None else one.km) + ROUGHLY / 2) // ROUGHLY,
        _staleness(one.service, at),
        -(trodden.least if trodden else 0),
        order(one.service),
    )


def _lateness(service: Service, need: Need) -> int:
    """0 when it promises an answer in time, 1 when it promises nothing, 2 when later."""
    within = service.intake.response.within
    if within is None:
        return 1
    return 0 if within <= ANSWER_WITHIN[need.urgency] else 2


def _staleness(service: Service, at: datetime) -> int:
    """Weeks since it last spoke of its room, at most a year; a year when it never did."""
    said = service.capacity.as_of
    return 52 if said is None else min(52, max(timedelta(0), at - said) // timedelta(weeks=1))


def _shortfall(one: Fit) -> tuple[int, int, float, tuple[str, str, str]]:
    far = NO_DISTANCE if one.km is None else one.km
    return len(one.blocks), len(one.unknowns), far // ROUGHLY, order(one.service)


def _because(one: Fit, need: Need, routes: Mapping[ServiceId, Figure]) -> tuple[str, ...]:
    """Why this place: the same grounds as the order, in words."""
    return tuple(
        sentence
        for sentence in (
            _questions(len(one.unknowns)),
            _answers(one.service, need),
            _far(one.km),
            _way(routes.get(one.service.id)),
        )
        if sentence
    )


def _questions(count: int) -> str:
    if not count:
        return _("Nothing is left to ask.")
    words = ngettext("One thing is left to ask.", "{count} things are left to ask.", count)
    return words.format(count=count)


def _answers(service: Service, need: Need) -> str:
    within = service.intake.response.within
    if within is None:
        return _("It does not say how soon it answers.")
    told = duration(within)
    if within <= ANSWER_WITHIN[need.urgency]:
        return _("It answers {within}, in time.").format(within=told)
    return _("It answers {within}, later than is needed.").format(within=told)


def duration(within: timedelta) -> str:
    """A promise as people say it: in hours up to two days, then in days."""
    hours = max(1, round(within / timedelta(hours=1)))
    if hours == 1:
        return _("within an hour")
    if hours <= 48:
        return _("within {hours} hours").format(hours=hours)
    return _("within {days} days").format(days=round(hours / 24))


def _far(km: float | None) -> str:
    if km is None:
        return ""
    if km < 1:
        return _("It is less than a kilometre away.")
    return _("It is about {km} km away.").format(km=round(km))


def _way(trodden: Figure | None) -> str:
    if trodden is None or not trodden.shown:
        return ""
    words = _("Your agency has referred here before: {figure} times in the counted year.")
    return words.format(figure=trodden)
