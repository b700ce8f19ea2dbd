"""Whom identity providers vouch for, and which colleague they are: nobody, until somebody says."""

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select, update
from sqlmodel import col

from hub.core.errors import StepRefused
from hub.core.ids import AgencyId, PersonId, fresh
from hub.core.language import _
from hub.desk import Desk
from hub.people import queries
from hub.people.tables import AgencyRow, PersonRow, SubjectRow
from hub.store.unit import rows_changed

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No two of them sound or look alike."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom an issuer vouched for. Name and e-mail are what it says, proof of nothing."""

    issuer: str
    subject: str
    name: str
    email: str


def recognise(desk: Desk, agency: AgencyId, vouched: Vouched) -> SubjectRow:
    """The row of this subject at this agency, made the first time they come, without rights."""
    known = select(SubjectRow).where(
        col(SubjectRow.agency) == agency,
        col(SubjectRow.issuer) == vouched.issuer,
        col(SubjectRow.subject) == vouched.subject,
    )
    row = desk.db.execute(known).scalar_one_or_none()
    if row is None:
        row = SubjectRow(
            id=fresh(),
            agency=agency,
            issuer=vouched.issuer,
            subject=vouched.subject,
            code=_code(),
            name=vouched.name,
            email=vouched.email,
            first_at=desk.at,
        )
        desk.db.add(row)
        desk.db.flush()
        desk.audit("subject.came", account=row.id, agency=agency)
    return row


def _code() -> str:
    """What somebody reads to her administrator, who then knows which of those waiting she is."""
    drawn = "".join(secrets.choice(LETTERS) for _each in range(6))
    return f"{drawn[:3]}-{drawn[3:]}"


def person_of(desk: Desk, row: SubjectRow) -> PersonId | None:
    """The colleague this subject is, if she is at work; None gives no rights."""
    mine = (
        select(col(PersonRow.id))
        .join(AgencyRow, col(AgencyRow.id) == col(PersonRow.agency))
        .where(
            col(PersonRow.id) == row.person,
            col(PersonRow.agency) == row.agency,
            col(PersonRow.disabled_at).is_(None),
            col(AgencyRow.closed_at).is_(None),
        )
    )
    found = desk.db.execute(mine).scalar_one_or_none() if row.person else None
    return None if found is None else PersonId(found)


def link(desk: Desk, subject: SubjectRow, person: PersonId) -> None:
    """From now on whom the identity provider vouches for under this subject is this colleague.

    Raises:
        NothingHere: nobody of that id works at the sight's own agency.
        StepRefused: she has left, or somebody answered meanwhile.
    """
    row = queries.colleague(desk, person)
    if row.disabled_at is not None:
        raise StepRefused(_("They do not work here any more. Take them back first."))
    linked = update(SubjectRow).where(
        col(SubjectRow.id) == subject.id, col(SubjectRow.person).is_(None)
    )
    if not rows_changed(desk.db.execute(linked.values(person=person))):
        raise StepRefused(_("Somebody has answered this already."))
    desk.audit("subject.linked", account=subject.id, person=person)


def refuse(desk: Desk, subject: SubjectRow) -> None:
    """Whoever this is does not work here. Should they come again, they wait again."""
    gone = delete(SubjectRow).where(
        col(SubjectRow.id) == subject.id, col(SubjectRow.person).is_(None)
    )
    desk.db.execute(gone)
    desk.audit("subject.refused", account=subject.id)
