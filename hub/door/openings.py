"""Who opened what was shared with them: the log's own lines, kept so that they are found at once.

Written in the transaction of the opening, beside its line in the log, and only for what was
shared: a team that opens its own work is in the log alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from hub.core.ids import AgencyId, EnvelopeId, PersonId
from hub.core.words import Ground, HolderKind, Role
from hub.door.sight import Sight
from hub.door.tables import HolderRow, OpeningRow

OWNERS: Final = (HolderKind.CARE_TEAM, HolderKind.SURVIVOR)
"""Whose keys let one ask who opened what of a subject: those who work on it, and herself."""


_THEIRS: Final = (Ground.OWN_WORK, Ground.HER_OWN)
"""Grounds on which one opens what is one's own."""


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened an entry that was shared: who, in which roles, when first and last."""

    envelope: EnvelopeId
    person: PersonId
    agency: AgencyId
    roles: frozenset[Role]
    first_at: datetime
    last_at: datetime
    times: int


def note_openings(db: Session, sight: Sight, rows: Iterable[Any]) -> None:
    """Remember that this person opened these live shares; each person once for each envelope."""
    shared = [row for row in rows if row.ground not in _THEIRS and row.subject]
    if not shared or not sight.person:
        return
    known = {
        "person": sight.person,
        "agency": sight.agency,
        "roles": " ".join(sorted(sight.roles)),
        "first_at": sight.at,
        "last_at": sight.at,
        "times": 1,
    }
    shared.sort(key=lambda row: row.envelope)  # two who open the same wait in one order
    told = [known | {"envelope": row.envelope, "subject": row.subject} for row in shared]
    noted = _noted(db.get_bind().dialect.name)
    db.execute(noted, told, execution_options={"sight": sight})


@cache
def _noted(dialect: str) -> Any:
    """The statement that adds a first opening or moves the last one on."""
    table = OpeningRow.__table__  # type: ignore[attr-defined] # sqlmodel adds it
    added = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return added.on_conflict_do_update(
        index_elements=[table.c.envelope, table.c.person],
        set_={"last_at": added.excluded.last_at, "times": table.c.times + 1},
    )


_COLUMNS: Final[tuple[Any, ...]] = (
    col(OpeningRow.envelope),
    col(OpeningRow.person),
    col(OpeningRow.agency),
    col(OpeningRow.roles),
    col(OpeningRow.first_at),
    col(OpeningRow.last_at),
    col(OpeningRow.times),
)
OPENINGS: Final = (
    select(*_COLUMNS)
    .where(
        col(OpeningRow.envelope).in_(bindparam("envelopes", expanding=True)),
        exists().where(
            col(HolderRow.of) == col(OpeningRow.subject),
            col(HolderRow.kind).in_(OWNERS),
            col(HolderRow.id).in_(bindparam("holders", expanding=True)),
        ),
        col(OpeningRow.subject).not_in(bindparam("kept_out", expanding=True)),
    )
    .order_by(col(OpeningRow.first_at), col(OpeningRow.person))
)


def openings(
    db: Session, sight: Sight, envelopes: Sequence[EnvelopeId]
) -> dict[EnvelopeId, list[Opening]]:
    """Who opened each of these envelopes, the first first; asked by those whose case it is about.

    Of envelopes about anybody else, nothing is said.
    """
    if not envelopes:
        return {}
    told = {
        "envelopes": list(envelopes),
        "holders": sorted(sight.holders),
        "kept_out": sorted(sight.kept_out),
    }
    found: dict[EnvelopeId, list[Opening]] = {}
    for row in db.execute(OPENINGS, told, execution_options={"sight": sight}):
        found.setdefault(EnvelopeId(row.envelope), []).append(_opening(row))
    return found


def _opening(row: Any) -> Opening:
    roles = frozenset(each for each in Role if each.value in row.roles.split())
    return Opening(
        envelope=EnvelopeId(row.envelope),
        person=PersonId(row.person),
        agency=AgencyId(row.agency),
        roles=roles,
        first_at=row.first_at,
        last_at=row.last_at,
        times=row.times,
    )
