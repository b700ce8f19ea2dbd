"""What the pages of keeping out are given: frozen values, never a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

Pair = tuple[str, str]
"""A value and its words, for something to choose from."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """Somebody who is kept out; `asked_by` has asked to let them know again, "" when nobody has.

    `meaning` is what it means for what goes out, "" where `why` says it all. `is_name` says that
    it is no more than a name written down.
    """

    id: str
    who: str
    why: str
    since: datetime
    asked_by: str
    meaning: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class NeverPage:
    """Who must never know of a case, for its care team.

    `asking` is the line about which somebody wants to ask; `agency` is the one whose staff can be
    chosen from, and `staff` are theirs who are not kept out.
    """

    template: ClassVar[str] = "hub/cases/keeping/never.html"
    case: str
    code: str
    closed: bool
    lines: Sequence[KeptLine]
    asking: KeptLine | None
    agencies: Sequence[Pair]
    agency: str
    agency_name: str
    own: bool
    staff: Sequence[Pair]
    modes: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class LiftPage:
    """That somebody asks to let somebody else know again, for the one who says yes or no.

    `asked` names the very question that is answered.
    """

    template: ClassVar[str] = "hub/cases/keeping/lift.html"
    line: str
    code: str
    who: str
    why: str
    since: datetime
    asked_by: str
    reason: str
    asked: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Somebody one knows."""

    id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """Whom one knows; `to_hand_over` are cases one is case manager of although one does."""

    template: ClassVar[str] = "hub/cases/keeping/conflicts.html"
    known: Sequence[ConflictView]
    to_hand_over: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class NamedPage:
    """The safe contacts of one's own agency, and who could be one."""

    template: ClassVar[str] = "hub/cases/keeping/named.html"
    staff: Sequence[Pair]
    named: Sequence[str]
