"""Why somebody can see what was shared with them: the one place that puts it into a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hub.core.language import Lazy, lazy
from hub.core.words import Ground, Purpose


@dataclass(frozen=True, slots=True)
class Why:
    """What the sentence needs, each in words; "" where it does not apply.

    Attributes:
        what: the categories; `agency` was given them, `owner` holds the case.
        purpose: what a release is asked about for; None when it is for several things, and then
            `purposes` lists them. `kind` is the service a referral is for.
        until: the end, as the page says days or moments.
        code: the case, where it is the reader's own.
    """

    ground: Ground
    what: str = ""
    agency: str = ""
    owner: str = ""
    purpose: Purpose | None = None
    purposes: str = ""
    kind: str = ""
    until: str = ""
    code: str = ""


ON_RELEASE: Final[Mapping[Purpose | None, Lazy]] = MappingProxyType(
    {
        Purpose.REFERRAL: lazy(
            "You can see this because she released {what} to {agency}, to arrange {kind}, until "
            "{until}."
        ),
        Purpose.COORDINATION: lazy(
            "You can see this because she released {what} to {agency}, so that the two agencies "
            "can work together, until {until}."
        ),
        Purpose.CONFERENCE: lazy(
            "You can see this because she released {what} to {agency} for case conferences, until "
            "{until}."
        ),
        Purpose.ACCOMPANIMENT: lazy(
            "You can see this because she released {what} to {agency}, to be accompanied, until "
            "{until}."
        ),
        Purpose.TRANSFER: lazy(
            "You can see this because she released {what} to {agency}, so that they can take over "
            "her case, until {until}."
        ),
        Purpose.FIGURES: lazy(
            "You can see this because she released {what} to {agency}, for figures only, until "
            "{until}."
        ),
        None: lazy(
            "You can see this because she released {what} to {agency}, until {until}. What for: "
            "{purposes}."
        ),
    }
)

ON_OTHER_GROUNDS: Final[Mapping[Ground, Lazy]] = MappingProxyType(
    {
        Ground.OWN_WORK: lazy("You can see this because your own team works on it."),
        Ground.LEGAL_DUTY: lazy(
            "You can see this because the law obliges {owner} to report {what} to {agency}. You "
            "can see it until {until}."
        ),
        Ground.COURT_ORDER: lazy(
            "You can see this because a court ordered {owner} to let {agency} know {what}. You can "
            "see it until {until}."
        ),
        Ground.EMERGENCY: lazy(
            "You can see this because you opened it in an emergency, until {until}. Somebody looks "
            "at that afterwards."
        ),
        Ground.HER_OWN: lazy("You can see this because it is your own copy, until {until}."),
        Ground.INVITATION: lazy("You can see this because you are asked to this meeting."),
    }
)
ON_THE_TEAM: Final = lazy("You can see this because you are on the care team of {code}.")


def in_a_sentence(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].lower() + label[1:]


def at_the_start(label: str) -> str:
    """A label where a sentence begins."""
    return label[:1].upper() + label[1:]


def because(why: Why) -> str:
    """Why the one who reads this can see it, and until when, in one whole sentence."""
    if why.ground is Ground.RELEASE:
        said = ON_RELEASE[why.purpose]
    elif why.ground is Ground.OWN_WORK and why.code:
        said = ON_THE_TEAM
    else:
        said = ON_OTHER_GROUNDS[why.ground]
    return str(said).format(
        what=why.what,
        agency=why.agency,
        owner=why.owner,
        kind=why.kind,
        until=why.until,
        code=why.code,
        purposes=why.purposes,
    )
