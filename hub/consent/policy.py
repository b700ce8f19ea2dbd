"""Under which law an agency asks for releases, and how long one may last there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hub.core.language import _
from hub.core.words import Worded

USUAL_DAYS: Final = 30
MOST_DAYS: Final = 90
TWELVE_MONTHS: Final = 365


class Regime(Worded):
    """The rules an agency's releases must keep.

    Sources: 34 U.S.C. 12291(b)(2), 28 CFR 94.115, 42 U.S.C. 10406(c)(5): a release is written.
    GBVIMS consent practice: spoken before a witness is enough.
    """

    US_CONFIDENTIALITY = "us_confidentiality", "US confidentiality law (VAWA, VOCA, FVPSA)"
    HUMANITARIAN = "humanitarian", "Humanitarian practice (GBVIMS)"
    OTHER = "other", "Another law, set by your agency"


@dataclass(frozen=True, slots=True)
class Policy:
    """What one agency has set for its releases.

    Attributes:
        usual_days, most_days: how long a release is filled in with, and lasts at most.
        law: the name of the law, for `Regime.OTHER`.
        law_allows_spoken: what that law says of spoken releases; it counts for OTHER alone.
    """

    regime: Regime
    usual_days: int
    most_days: int
    law: str
    law_allows_spoken: bool

    @property
    def spoken_counts(self) -> bool:
        """Whether words spoken before a witness are a release here."""
        if self.regime is Regime.OTHER:
            return self.law_allows_spoken
        return self.regime is Regime.HUMANITARIAN

    @property
    def longest(self) -> timedelta:
        """How long a release lasts less than: whole days, from first minute to last minute."""
        return timedelta(days=self.most_days + 1)


STRICT: Final = Policy(
    Regime.US_CONFIDENTIALITY, USUAL_DAYS, MOST_DAYS, "", law_allows_spoken=False
)
"""What holds for an agency that has set nothing: the strictest."""


def policy_faults(policy: Policy) -> Iterator[tuple[str, str]]:
    """What is wrong with a policy, as pairs of field and sentence."""
    if not 1 <= policy.most_days <= TWELVE_MONTHS:
        yield "most_days", _("Give a number of days from 1 to {n}.").format(n=TWELVE_MONTHS)
    if not 1 <= policy.usual_days <= policy.most_days:
        yield "usual_days", _("Give at least one day, and no more than the longest.")
    if policy.regime is Regime.OTHER and not policy.law:
        yield "law", _("Write which law it is.")
