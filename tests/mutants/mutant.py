"""What a sabotage is: one line of the product changed, and the tests that must notice."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mutant:
    """One sabotage.

    Attributes:
        says: what no longer holds, in words.
        file: where.
        was: what stands there, exactly once.
        becomes: what it is turned into.
        noticed_by: the smallest tests that must notice: files, or tests of a file.
    """

    says: str
    file: str
    was: str
    becomes: str
    noticed_by: str


LONGEST: Final = 400
"""Characters of the source that one sabotage replaces at most: it is one line, or one condition."""
