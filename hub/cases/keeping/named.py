"""Safe contacts that an agency names in advance, for what its intake desk must not be sent."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select, update
from sqlmodel import col

from hub.cases.keeping.tables import NamedContactRow, NeverDeskRow
from hub.cases.names import staff_with
from hub.core.errors import FormRefused, StepRefused
from hub.core.ids import AgencyId, CaseId, HolderId, PersonId, fresh
from hub.core.language import _
from hub.core.words import WITH_PEOPLE, HolderKind
from hub.desk import Desk
from hub.door import custodians, desk_of, holder_of
from hub.door.keeping_out import KeptAway, is_kept_away, let_in
from hub.door.passing_over import follow, let_in_but_for_the_desk, let_through
from hub.people.tables import PersonRoleRow, PersonRow
from hub.store import outbox


def named_contacts(desk: Desk, agency: AgencyId) -> list[tuple[PersonId, str]]:
    """Whom an agency names and who still works there, longest first."""
    asked = (
        select(col(PersonRow.id), col(PersonRow.name))
        .join(NamedContactRow, col(NamedContactRow.person) == col(PersonRow.id))
        .where(
            col(NamedContactRow.agency) == agency,
            col(NamedContactRow.ended_at).is_(None),
            col(PersonRow.agency) == agency,
            col(PersonRow.disabled_at).is_(None),
            _works_with_people(),
        )
        .order_by(col(NamedContactRow.made_at), col(NamedContactRow.id))
    )
    return [(PersonId(row[0]), row[1]) for row in desk.db.execute(asked)]


def _works_with_people() -> ColumnElement[bool]:
    """Whether whoever was named still has a role in which they read what is sent to them."""
    return exists().where(
        col(PersonRoleRow.person) == col(PersonRow.id),
        col(PersonRoleRow.role).in_(sorted(WITH_PEOPLE)),
    )


def could_be_named(desk: Desk) -> list[tuple[PersonId, str]]:
    """Who at one's own agency works with people, by name."""
    return staff_with(desk.db, desk.sight.agency, WITH_PEOPLE)


def name_contacts(desk: Desk, people: Sequence[PersonId]) -> None:
    """From now on exactly these are one's own agency's safe contacts.

    Raises:
        FormRefused: one of them does not work with people there.
    """
    if not set(people) <= {person for person, _name in could_be_named(desk)}:
        raise FormRefused({"people": _("Choose people from the list.")})
    now = {person for person, _name in named_contacts(desk, desk.sight.agency)}
    gone = update(NamedContactRow).where(
        col(NamedContactRow.agency) == desk.sight.agency,
        col(NamedContactRow.person).not_in(list(people)),
        col(NamedContactRow.ended_at).is_(None),
    )
    desk.db.execute(gone.values(ended_at=desk.at))
    there = desk_of(desk.db, desk.sight.agency)
    at_desk = custodians(desk.db, there) if there else []
    for person in sorted((now - set(people)) & set(at_desk)):
        for subject in follow(desk.db, desk.sight, there or HolderId(""), person):
            outbox.withdraw_from(desk.db, subject, [person], desk.at)
    for person in [each for each in people if each not in now]:
        row = NamedContactRow(
            id=fresh(),
            agency=desk.sight.agency,
            person=person,
            made_by=desk.sight.person,
            made_at=desk.at,
        )
        desk.db.add(row)
    desk.db.flush()
    desk.audit("named_contacts.changed", count=len(people))


def receiver_at(
    desk: Desk, case: CaseId, agency: AgencyId
) -> tuple[HolderId | None, list[PersonId]]:
    """To whom at an agency something of a case goes: its desk, or its named safe contact instead.

    Returns:
        The holder, and who carries its key and may know; None and nobody when nobody may.
    """
    found = desk_of(desk.db, agency)
    people = let_in(desk.db, desk.sight, case, custodians(desk.db, found)) if found else []
    if people and not desk_is_kept_out(desk, case, agency):
        return found, people
    if found is None or not custodians(desk.db, found):
        return None, []
    return _safe_contact(desk, case, agency)


def receivers(desk: Desk, case: CaseId, agency: AgencyId) -> tuple[HolderId, list[PersonId]]:
    """The same, where something is about to go: never an agency at which nobody would see it.

    Raises:
        KeptAway: the whole agency must not know.
        StepRefused: nobody there could see it.
    """
    if is_kept_away(desk.db, desk.sight, case, agency):
        raise KeptAway
    found, people = receiver_at(desk, case, agency)
    if found is not None and people:
        return found, people
    if custodians(desk.db, desk_of(desk.db, agency) or HolderId("")):
        raise StepRefused(
            _(
                "Nobody at that agency's intake desk may know of her, and the agency has named no "
                "safe contact. Ask them to name one."
            )
        )
    raise StepRefused(
        _("Nobody is at that agency's intake desk now, so nobody would see it. Call them.")
    )


def giving_to(desk: Desk, case: CaseId, agency: AgencyId) -> tuple[HolderId, list[PersonId]]:
    """The same, at the moment when it goes: a safe contact is let through, whatever their desk.

    Raises:
        KeptAway, StepRefused: as `receivers`.
    """
    found, people = receivers(desk, case, agency)
    for person in people:
        let_through(desk.db, desk.sight, case, person)
    return found, people


def _safe_contact(
    desk: Desk, case: CaseId, agency: AgencyId
) -> tuple[HolderId | None, list[PersonId]]:
    named = [person for person, _name in named_contacts(desk, agency)]
    for person in let_in_but_for_the_desk(desk.db, desk.sight, case, named):
        return holder_of(desk.db, HolderKind.PERSON, person), [person]
    return None, []


def desk_is_kept_out(desk: Desk, case: CaseId, agency: AgencyId) -> bool:
    """Whether the whole intake desk of an agency must not be sent a case."""
    return standing(desk, case, agency) is not None


def standing(desk: Desk, case: CaseId, agency: AgencyId) -> NeverDeskRow | None:
    """What says that the intake desk of an agency must not be sent a case; None when nothing."""
    asked = select(NeverDeskRow).where(
        col(NeverDeskRow.case) == case,
        col(NeverDeskRow.agency) == agency,
        col(NeverDeskRow.lifted_at).is_(None),
    )
    found: NeverDeskRow | None = desk.db.execute(asked).scalar_one_or_none()
    return found


def at_desks_kept_out(desk: Desk, case: CaseId) -> frozenset[PersonId]:
    """Who carries the key of an intake desk that must not be sent a case; not its safe contacts."""
    asked = select(col(NeverDeskRow.agency)).where(
        col(NeverDeskRow.case) == case, col(NeverDeskRow.lifted_at).is_(None)
    )
    found: set[PersonId] = set()
    for agency in desk.db.execute(asked).scalars():
        named = {person for person, _name in named_contacts(desk, AgencyId(agency))}
        there = desk_of(desk.db, AgencyId(agency))
        found |= set(custodians(desk.db, there) if there else ()) - named
    return frozenset(found)
