"""Reads of the ledger: who was told what of a case, a page at a time, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from hub.consent import queries
from hub.consent.ledger import Known, LedgerLine, ledger_line
from hub.consent.ledger_tables import LedgerCopyRow
from hub.consent.release import Release
from hub.consent.tables import ReleaseRow
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId, ReleaseId
from hub.desk import Desk
from hub.door import Told, open_entries
from hub.door.ledgers import Walk, Which, refuse_stranger, stretch
from hub.door.openings import openings

PAGE: Final = 20
MOST: Final = 500
"""Lines that one paper or one summary holds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a ledger, and the mark to go on from; "" at its end."""

    lines: list[LedgerLine]
    last: str


def lines(desk: Desk, walk: Walk) -> Stretch:
    """One page of a ledger, for the care team and for the person it is about.

    Raises:
        NothingHere: the one who looks is neither, or the page before ended nowhere.
    """
    found = stretch(desk.db, desk.sight, walk)
    shares = [each for line in found.lines for each in line]
    known = Known(
        entries=open_entries(desk.db, desk.sight, [each.envelope for each in shares]),
        behind=_behind(desk, shares),
        openings=openings(desk.db, desk.sight, [EnvelopeId(each.envelope) for each in shares]),
    )
    return Stretch([ledger_line(each, known, desk.at) for each in found.lines], found.last)


def _behind(desk: Desk, shares: Sequence[Told]) -> dict[ReleaseId, Release]:
    """The releases these shares stand on; whoever may see the share may see what it stands on."""
    wanted = {each.record for each in shares}
    asked = select(ReleaseRow).where(col(ReleaseRow.id).in_(wanted))
    found = [queries.as_release(row) for row in desk.db.execute(asked).scalars()]
    return {each.id: each for each in found}


def on_release(desk: Desk, release: Release) -> list[LedgerLine]:
    """Every line of the ledger that stands on one release."""
    walk = Walk(release.case, Which.ALL, MOST, record=release.id)
    return lines(desk, walk).lines


def copies(desk: Desk, case: CaseId) -> list[LedgerCopyRow]:
    """When she was asked whether it is safe to keep a copy, and what came of it; newest first.

    Raises:
        NothingHere: not a case of this team's.
    """
    refuse_stranger(desk.db, desk.sight, case)
    asked = select(LedgerCopyRow).where(col(LedgerCopyRow.case) == case)
    newest = asked.order_by(col(LedgerCopyRow.asked_at).desc(), col(LedgerCopyRow.id)).limit(PAGE)
    return list(desk.db.execute(newest).scalars())


def copy(desk: Desk, case: CaseId, copy: str) -> LedgerCopyRow:
    """One of them.

    Raises:
        NothingHere: there is none such of this case, or it is not this team's.
    """
    refuse_stranger(desk.db, desk.sight, case)
    wanted = select(LedgerCopyRow).where(
        col(LedgerCopyRow.case) == case, col(LedgerCopyRow.id) == copy
    )
    row: LedgerCopyRow | None = desk.db.execute(wanted).scalar_one_or_none()
    if row is None:
        raise NothingHere
    return row
