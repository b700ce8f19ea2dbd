"""The bar over a referral: what has happened, what is next and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hub.core.language import _
from pathways.referrals.referral import Side, State, Step, overdue
from pathways.referrals.times import Times

Mark = tuple[str, str, str]
"""Label, detail, and "done", "now", "todo" or "stopped"."""

STOPPED: Final = frozenset({State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.ENTERED_IN_ERROR})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands, as far as the bar needs it.

    `taken` says when each step was first taken; `closed_on` is the day its end was confirmed.
    """

    state: State
    side: Side
    taken: Mapping[Step, datetime]
    due: datetime | None
    expected: datetime | None
    closed_on: date | None
    other_agency: str


def bar(standing: Standing, times: Times) -> list[Mark]:
    """The marks of the bar, in order; a referral that stopped has no marks after its stop."""
    marks = [_sent(standing, times)]
    if standing.state is State.DRAFT:
        return [*marks, *_to_come(_("Answer"), _("Appointment"), _("Started"), _("Outcome"))]
    if standing.state in STOPPED:
        return [*marks, *_seen_if_it_was(standing, times), _stop(standing, times)]
    marks += [_seen(standing, times), _answer(standing, times)]
    return [*marks, *_help(standing, times)]


def _to_come(*labels: str) -> list[Mark]:
    return [(label, "", "todo") for label in labels]


def _sent(standing: Standing, times: Times) -> Mark:
    at = standing.taken.get(Step.SEND)
    return (_("Sent"), times.moment(at), "done") if at else (_("Sent"), _("not yet"), "now")


def _first_sign(standing: Standing) -> datetime | None:
    """When the receiver first did anything: whoever answers has seen it."""
    signs = {Step.ACKNOWLEDGE, Step.ASK, Step.WAITLIST, Step.ACCEPT, Step.DECLINE}
    return min((at for step, at in standing.taken.items() if step in signs), default=None)


def _seen(standing: Standing, times: Times) -> Mark:
    at = _first_sign(standing)
    if at is not None:
        return (_("Seen"), times.moment(at), "done")
    ours = standing.side is Side.RECEIVER
    return (_("Seen"), _("not said yet") if ours else _("not yet"), "todo")


def _seen_if_it_was(standing: Standing, times: Times) -> list[Mark]:
    return [_seen(standing, times)] if _first_sign(standing) is not None else []


def _answer(standing: Standing, times: Times) -> Mark:
    ours = standing.side is Side.RECEIVER
    at = standing.taken.get(Step.ACCEPT)
    if at is not None:
        return (_("Accepted"), times.moment(at), "done")
    if standing.state is State.INFO_REQUESTED:
        label = _("Your question") if ours else _("Their question")
        waits = standing.other_agency if ours else _("you")
        return (label, _("waits for {whom}").format(whom=waits), "now")
    if standing.state is State.ON_HOLD:
        return (_("Waiting list"), times.moment(standing.taken[Step.WAITLIST]), "now")
    label = _("Your answer") if ours else _("Their answer")
    return (label, _by(standing, times), "now")


def _by(standing: Standing, times: Times) -> str:
    if standing.due is None:
        return ""
    said = (
        _("was due {when}") if overdue(standing.state, standing.due, times.now) else _("by {when}")
    )
    return said.format(when=times.moment(standing.due))


def _help(standing: Standing, times: Times) -> list[Mark]:
    """Appointment, start and outcome; an appointment nobody needed is left out."""
    accepted, started = standing.state is State.ACCEPTED, standing.taken.get(Step.START)
    marks: list[Mark] = []
    to_come = accepted and standing.expected is not None and standing.expected > times.now
    if standing.expected is not None:
        when = times.moment(standing.expected)
        marks.append((_("Appointment"), when, "now" if to_come else "done"))
    elif started is None and standing.state is not State.CLOSED:
        marks.append((_("Appointment"), "", "now" if accepted else "todo"))
    if started is not None:
        marks.append((_("Started"), times.moment(started), "done"))
    elif standing.state is not State.CLOSED:
        next_up = accepted and standing.expected is not None and not to_come
        marks.append((_("Started"), "", "now" if next_up else "todo"))
    return [*marks, _outcome(standing, times)]


def _outcome(standing: Standing, times: Times) -> Mark:
    if standing.state is State.CLOSED and standing.closed_on is not None:
        return (_("Outcome"), times.day(standing.closed_on), "done")
    return (_("Outcome"), "", "now" if standing.state is State.IN_SERVICE else "todo")


def _stop(standing: Standing, times: Times) -> Mark:
    ends = {
        State.DECLINED: Step.DECLINE,
        State.EXPIRED: Step.EXPIRE,
        State.WITHDRAWN: Step.WITHDRAW,
        State.ENTERED_IN_ERROR: Step.ERROR,
    }
    at = standing.taken.get(ends[standing.state])
    return (str(standing.state.label), times.moment(at) if at else "", "stopped")


def first_taken(steps: Sequence[tuple[Step, datetime]]) -> dict[Step, datetime]:
    """When each step was first taken."""
    taken: dict[Step, datetime] = {}
    for step, at in steps:
        taken.setdefault(step, at)
    return taken
