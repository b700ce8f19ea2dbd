"""What goes with a release that is taken back: told beforehand, and done, by the same values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from hub.core.ids import AgencyId, CaseId, ReleaseId
from hub.core.words import Worded


class Agreed(Protocol):
    """A release, as far as the parts must know it to say what goes with it."""

    @property
    def id(self) -> ReleaseId:
        """Which one."""
        ...

    @property
    def case(self) -> CaseId:
        """Whose."""
        ...

    @property
    def to_agency(self) -> AgencyId:
        """Who was to know."""
        ...


class EffectKind(Worded):
    """What kind of thing ends; in the order of the tree. Nothing makes links or exports yet."""

    ENTRIES = "entries", "What they can read"
    REFERRAL = "referral", "Referrals"
    DRAFT = "draft", "Drafts of referrals"
    LINK = "link", "Links that were handed out"
    AGENDA = "agenda", "Agendas of meetings to come"
    MINUTES = "minutes", "Minutes that have not gone round"
    MESSAGE = "message", "Messages that have not left"
    EXPORT = "export", "Files that wait to be fetched"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that goes with a release.

    Attributes:
        what, whom: the number or code of the thing, and who loses it; "" where there is none.
        sentence: the same for the page, whole.
        end: does it, at the desk it is given. The keys of what was shared are gone first; all in
            one transaction.
    """

    release: ReleaseId
    kind: EffectKind
    what: str
    whom: str
    sentence: str
    end: Callable[[Any], object] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """The sentences of one kind of thing."""

    kind: EffectKind
    sentences: tuple[str, ...]


def branches(effects: Iterable[Effect], release: ReleaseId) -> tuple[Branch, ...]:
    """What goes with one release, kind by kind in the order of the kinds; kinds without any out."""
    mine = [each for each in effects if each.release == release]
    found = [
        Branch(kind, tuple(each.sentence for each in mine if each.kind is kind))
        for kind in EffectKind
    ]
    return tuple(branch for branch in found if branch.sentences)


def nothing_more(_desk: object) -> None:
    """For what is gone with the keys: an agenda is what one holds the keys of."""
