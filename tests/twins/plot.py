"""What may happen next, who may notice it, and so in which of the two towns it happens.

Written from the sentence of the house: a case is known to its care team; what is shared, to those
it was shared with; and to nobody who is kept out of it. Whoever is not named must not notice.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from hub.core.words import Category

OWNERS: Final = {
    "rosa": "harbour",
    "joan": "harbour",
    "noor": "northside",
    "sofia": "eastway",
}
STAFF: Final[Mapping[str, frozenset[str]]] = {
    "harbour": frozenset({"rosa", "joan", "miriam", "dora", "petra"}),
    "northside": frozenset({"tomas", "lena", "noor", "grace", "oskar"}),
    "eastway": frozenset({"amin", "sofia", "edith", "vera"}),
    "task_force": frozenset({"ines", "ivor"}),
}
SUPERVISORS: Final = {"harbour": "miriam", "northside": "grace", "eastway": "edith"}
DESKS: Final = {"harbour": ["dora"], "northside": ["tomas", "lena"], "eastway": ["amin"]}
TALKED_OF: Final = (Category.NEED, Category.HEALTH, Category.LEGAL, Category.SAFETY)
OBSERVERS: Final = sorted({name for staff in STAFF.values() for name in staff} - {"rosa", "miriam"})


@dataclass(slots=True)
class Known:
    """What is common knowledge of one case, or exists in the busy town alone."""

    owner: str
    hidden: bool
    entries: dict[Category, bool] = field(default_factory=dict)  # category -> hidden
    releases: dict[str, tuple[frozenset[Category], bool]] = field(default_factory=dict)
    referrals: dict[str, bool] = field(default_factory=dict)
    kept_out: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # agencies to which anything ever went

    @property
    def agency(self) -> str:
        """Whose case it is."""
        return OWNERS[self.owner]

    def team(self) -> set[str]:
        """Who works on it: its case manager and the supervisor of the agency."""
        return ({self.owner, SUPERVISORS[self.agency]}) - self.kept_out

    def others(self, agencies: Collection[str]) -> set[str]:
        """Everybody at these agencies who is not kept out."""
        return {name for agency in agencies for name in STAFF[agency]} - self.kept_out


@dataclass(slots=True)
class Plot:
    """Whom nothing may be betrayed to, and what has happened so far."""

    observer: str
    cases: dict[str, Known] = field(default_factory=dict)
    at_table: frozenset[str] = frozenset()
    table_hidden: bool = False

    def hidden(self, noticed_by: Collection[str]) -> bool:
        """Whether the observer must not notice what these people may."""
        return self.observer not in noticed_by
