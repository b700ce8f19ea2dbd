"""The page on which an agency's administrator sets the rules for its releases."""

from dataclasses import dataclass
from typing import ClassVar

from hub.consent import policies, queries
from hub.consent.policy import TWELVE_MONTHS, Policy, Regime
from hub.core.language import _
from hub.core.words import pairs
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.routes import ADMINISTRATORS, page


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """What holds now, and what can be chosen. `version` is 0 while nothing is set."""

    template: ClassVar[str] = "hub/consent/policy.html"
    policy: Policy
    regimes: list[tuple[str, str]]
    hints: dict[str, str]
    most: int
    version: int


def show_release_policy(desk: Desk) -> PolicyPage:
    """What holds for releases of one's own agency."""
    row = queries.policy_row(desk)
    return PolicyPage(
        policy=queries.policy(desk),
        regimes=pairs(Regime),
        hints={
            Regime.US_CONFIDENTIALITY.value: _("A release is signed. Spoken words do not count."),
            Regime.HUMANITARIAN.value: _("Spoken words count when a witness is named."),
            Regime.OTHER.value: _("You say below which, and whether spoken words count."),
        },
        most=TWELVE_MONTHS,
        version=row.version if row else 0,
    )


def set_release_policy(desk: Desk) -> Go:
    """Releases are written down so from now on."""
    form = desk.form
    policy = Policy(
        regime=form.choice("regime", Regime),
        usual_days=form.whole("usual_days", 1, TWELVE_MONTHS),
        most_days=form.whole("most_days", 1, TWELVE_MONTHS),
        law=form.optional_text("law"),
        law_allows_spoken=form.ticked("law_allows_spoken"),
    )
    form.check()
    policies.set_policy(desk, policy, form.version())
    return Go("show_release_policy")


ROUTES = [
    page("GET", "/staff/releases", show_release_policy, audience=ADMINISTRATORS, audit=""),
    page(
        "POST",
        "/staff/releases",
        set_release_policy,
        audience=ADMINISTRATORS,
        audit="release.policy",
        again=show_release_policy,
    ),
]
