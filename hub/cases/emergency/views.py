"""What the templates of emergency access are given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hub.cases.views import CategoryGroup, ContactView


@dataclass(frozen=True, slots=True)
class AskEmergencyPage:
    """Before a case is opened in an emergency."""

    template: ClassVar[str] = "hub/cases/emergency/ask.html"
    minutes: int


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """What is open for now, to read and nothing else."""

    template: ClassVar[str] = "hub/cases/emergency/open.html"
    access: str
    code: str
    until: datetime
    manager: str
    because: str
    contact: ContactView | None
    groups: list[CategoryGroup]


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """One access as the care team sees it."""

    id: str
    by: str
    at: datetime
    until: datetime
    lasts: bool
    state: str
    kind: str
    reason: str
    reviewed_by: str
    reviewed_at: datetime | None
    review: str
    reviewable: bool
    version: int


@dataclass(frozen=True, slots=True)
class EmergenciesPage:
    """Every emergency access to a case."""

    template: ClassVar[str] = "hub/cases/emergency/list.html"
    case: str
    code: str
    accesses: list[EmergencyView]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One access and the supervisor's review of it."""

    template: ClassVar[str] = "hub/cases/emergency/review.html"
    case: str
    code: str
    access: EmergencyView
    answers: list[tuple[str, str]]
