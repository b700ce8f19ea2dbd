"""What the templates of duties to report are given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from hub.consent.compelled.views import Choosing, Wait

Facts = list[tuple[str, str | list[str]]]


@dataclass(frozen=True, slots=True)
class DutyBrief:
    """One duty in a list."""

    id: str
    state: str
    kind: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """The duties of a case."""

    template: ClassVar[str] = "hub/consent/duty/list.html"
    case: str
    code: str
    closed: bool
    duties: list[DutyBrief]


@dataclass(frozen=True, slots=True)
class NewDutyPage:
    """Before a duty is written down."""

    template: ClassVar[str] = "hub/consent/duty/new.html"
    case: str
    code: str


@dataclass(frozen=True, slots=True)
class DutyPage:
    """One duty: how far it is, what was written at each step, and the next step's form.

    `can` are the codes of the steps that are open now; `told` says that the pieces went.
    """

    template: ClassVar[str] = "hub/consent/duty/duty.html"
    case: str
    code: str
    duty: str
    version: int
    state: str
    progress: list[tuple[str, str, str]]
    concern: str
    steps: list[tuple[str, Facts, str]]
    can: list[str]
    wait: Wait
    supervisors: list[tuple[str, str]]
    ways: list[tuple[str, str]]
    now: str
    sheet: bool
    told: bool
    pieces: list[Any]


@dataclass(frozen=True, slots=True)
class ChooseDutyPage:
    """Choosing the least that must be told; `law`, `next` and `heard` as they were before."""

    template: ClassVar[str] = "hub/consent/duty/choose.html"
    case: str
    code: str
    duty: str
    version: int
    open: bool
    choosing: Choosing
    law: str
    next: str
    heard: str
