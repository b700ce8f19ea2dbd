"""One-line sabotages of everything that keeps a word from whoever must not have it.

    python -m tests.mutants                     all of them, most of an hour
    python -m tests.mutants tripwire            those whose words, file or line say so
    python -m tests.mutants --table mutants.md  and a table of who noticed what

Coverage was complete when some of these still survived; so this list is kept and run by night.
"""

from typing import Final

from tests.mutants.consent import CONSENT
from tests.mutants.desks import DESKS
from tests.mutants.door import DOOR
from tests.mutants.keeping import KEEPING
from tests.mutants.log import LOG
from tests.mutants.meetings import MEETINGS
from tests.mutants.messages import MESSAGES
from tests.mutants.mutant import Mutant
from tests.mutants.pages import PAGES
from tests.mutants.queries import QUERIES
from tests.mutants.referrals import REFERRALS
from tests.mutants.rules import RULES
from tests.mutants.wall import WALL
from tests.mutants.web import WEB

LEAKS: Final[list[Mutant]] = [
    *RULES,
    *DOOR,
    *KEEPING,
    *DESKS,
    *QUERIES,
    *CONSENT,
    *REFERRALS,
    *MEETINGS,
    *MESSAGES,
    *PAGES,
    *WEB,
    *WALL,
]
"""Each of these would let somebody know what they must not."""

EVERY: Final[list[Mutant]] = [*LEAKS, *LOG]
"""And these would let somebody change what was written down about it."""
