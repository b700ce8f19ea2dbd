"""Reads of conferences: my seats, the items I hold, and nothing that lies between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, bindparam, or_, select
from sqlmodel import Session, col

from conferencing import item
from conferencing.conference import TO_COME, Kind, Side, State
from conferencing.hearing import Guest
from conferencing.held import HeldItem, decisions_held, items_held
from conferencing.tables import ConferenceRow, DecisionRow, ItemRow, SeatRow
from hub.cases.tables import CaseRow
from hub.core.errors import NothingHere, StepRefused
from hub.core.ids import AgencyId, CaseId, EnvelopeId, PersonId
from hub.core.language import _
from hub.desk import Desk
from hub.door import Sight, live, seen
from hub.people.tables import AgencyRow, PersonRoleRow, PersonRow
from hub.web.routes import WORKERS

MOST_TO_COME: Final = 100
PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """My place at one meeting."""

    seat: SeatRow
    meeting: ConferenceRow

    @property
    def side(self) -> Side:
        """Whether I am in the chair."""
        chaired = self.meeting.chair == self.seat.person
        return Side.CHAIR if chaired else Side.PARTICIPANT

    @property
    def ends_at(self) -> datetime:
        """When the meeting ends, as planned."""
        return self.meeting.starts_at + timedelta(minutes=self.meeting.minutes)


def _mine(sight: Sight) -> Select[SeatRow, ConferenceRow]:
    """Every seat of mine that I was invited to, or that I am in the chair of; the only way in."""
    return (
        select(SeatRow, ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(SeatRow.conference))
        .where(
            col(SeatRow.person) == sight.person,
            col(SeatRow.removed_at).is_(None),
            or_(col(SeatRow.invited_at).is_not(None), col(ConferenceRow.chair) == sight.person),
        )
    )


def my_place(desk: Desk, seat: str) -> Place:
    """My place at one meeting.

    Raises:
        NothingHere: there is no such seat, it is somebody else's, or it was taken away.
    """
    row = desk.db.execute(_mine(desk.sight).where(col(SeatRow.id) == seat)).one_or_none()
    if row is None:
        raise NothingHere
    return Place(row[0], row[1])


def entered(desk: Desk, seat: str) -> Place:
    """My place, after I confirmed the confidentiality statement.

    Raises:
        NothingHere: as `my_place`.
        StepRefused: I have not confirmed it.
    """
    place = my_place(desk, seat)
    if place.seat.acknowledged_at is None:
        raise StepRefused(_("Read and confirm the confidentiality statement first."))
    return place


def places_to_come(desk: Desk) -> list[Place]:
    """My meetings that are still to be held, soonest first."""
    asked = (
        _mine(desk.sight)
        .where(col(ConferenceRow.state).in_(TO_COME))
        .order_by(col(ConferenceRow.starts_at), col(SeatRow.id))
        .limit(MOST_TO_COME)
    )
    return [Place(row[0], row[1]) for row in desk.db.execute(asked)]


def places_past(desk: Desk, before: str = "") -> list[Place]:
    """My meetings that are over, latest first, one page and one more; after the seat `before`."""
    asked = _mine(desk.sight).where(col(ConferenceRow.state).not_in(TO_COME))
    if before:
        last = my_place(desk, before)
        starts = col(ConferenceRow.starts_at)
        same = (starts == last.meeting.starts_at) & (col(SeatRow.id) < before)
        asked = asked.where(or_(starts < last.meeting.starts_at, same))
    ordered = asked.order_by(col(ConferenceRow.starts_at).desc(), col(SeatRow.id).desc())
    return [Place(row[0], row[1]) for row in desk.db.execute(ordered.limit(PAGE + 1))]


def my_seats(desk: Desk, conferences: Iterable[str]) -> dict[str, str]:
    """My seats at those of these meetings where I have one."""
    asked = _mine(desk.sight).where(col(ConferenceRow.id).in_(set(conferences)))
    return {row[1].id: row[0].id for row in desk.db.execute(asked)}


def seats(db: Session, conference: str) -> list[SeatRow]:
    """Every seat at the table, in the order they were made. Not for showing: see `company`."""
    asked = select(SeatRow).where(
        col(SeatRow.conference) == conference, col(SeatRow.removed_at).is_(None)
    )
    return list(db.execute(asked.order_by(col(SeatRow.made_at), col(SeatRow.id))).scalars())


def seat_of(db: Session, conference: str, person: PersonId) -> str | None:
    """The seat of somebody at the table, which messages to them are about; None without one."""
    return next((row.id for row in seats(db, conference) if row.person == person), None)


def guests(db: Session, seated: Sequence[SeatRow]) -> dict[PersonId, Guest]:
    """The people in these seats, as the rule of hearing asks about them."""
    working = (
        select(col(PersonRoleRow.person))
        .join(PersonRow, col(PersonRow.id) == col(PersonRoleRow.person))
        .where(
            col(PersonRoleRow.person).in_([seat.person for seat in seated]),
            col(PersonRoleRow.role).in_(list(WORKERS)),
            col(PersonRow.disabled_at).is_(None),
        )
    )
    works = set(db.execute(working).scalars())
    return {
        PersonId(seat.person): Guest(
            PersonId(seat.person), AgencyId(seat.agency), seat.person in works
        )
        for seat in seated
    }


_AT_TABLE: Final[tuple[Any, ...]] = (
    col(PersonRow.id),
    col(PersonRow.name),
    col(AgencyRow.name),
)
AT_TABLE: Final = (
    select(*_AT_TABLE)
    .join(SeatRow, col(SeatRow.person) == col(PersonRow.id))
    .join(AgencyRow, col(AgencyRow.id) == col(PersonRow.agency))
    .where(col(SeatRow.conference) == bindparam("conference"), col(SeatRow.removed_at).is_(None))
)


def at_table(desk: Desk, conference: str) -> dict[str, tuple[str, str]]:
    """The names and agencies of everybody with a seat. Not for showing: see `Opened.company`."""
    found = desk.db.execute(AT_TABLE, {"conference": conference})
    return {row[0]: (row[1], row[2]) for row in found}


def _held(sight: Sight) -> Select[ItemRow]:
    """Every item that a live share lets this sight open; the only way to an item's row."""
    return select(ItemRow).where(col(ItemRow.envelope).in_(select(live(sight).c.envelope)))


def own_items(desk: Desk, conference: str) -> list[ItemRow]:
    """Those of them that belong to my own care teams' cases."""
    asked = _held(desk.sight).where(
        col(ItemRow.conference) == conference, col(ItemRow.agency) == desk.sight.agency
    )
    return list(desk.db.execute(seen(asked, desk.sight)).scalars())


def own_item(desk: Desk, place: Place, item_id: str) -> ItemRow:
    """One item of a case of my own care teams.

    Raises:
        NothingHere: there is no such item at this meeting, or it is not my team's.
    """
    for row in own_items(desk, place.meeting.id):
        if row.id == item_id:
            return row
    raise NothingHere


def items_of_case(desk: Desk, case: CaseId) -> list[tuple[ItemRow, ConferenceRow]]:
    """Where a case is on an agenda, for its care team: the next meeting first."""
    asked = (
        _held(desk.sight)
        .add_columns(ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(ItemRow.conference))
        .where(
            col(ItemRow.case) == case,
            col(ItemRow.agency) == desk.sight.agency,
            col(ItemRow.state) != item.State.WITHDRAWN,
        )
        .order_by(col(ConferenceRow.starts_at).desc(), col(ItemRow.position), col(ItemRow.id))
    )
    found = desk.db.execute(seen(asked, desk.sight))
    return [(row[0], row[1]) for row in found]


def my_proposals(desk: Desk) -> list[tuple[ItemRow, SeatRow, ConferenceRow]]:
    """Items I am to present that are not on an agenda yet, with my seats there."""
    asked = (
        _held(desk.sight)
        .add_columns(SeatRow, ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(ItemRow.conference))
        .join(SeatRow, col(SeatRow.conference) == col(ItemRow.conference))
        .where(
            col(ItemRow.presenter) == desk.sight.person,
            col(ItemRow.state) == item.State.PROPOSED,
            col(ConferenceRow.state) == State.CALLED,
            col(SeatRow.person) == desk.sight.person,
            col(SeatRow.removed_at).is_(None),
        )
        .order_by(col(ConferenceRow.starts_at), col(ItemRow.position), col(ItemRow.id))
    )
    return [(row[0], row[1], row[2]) for row in desk.db.execute(seen(asked, desk.sight))]


def decision_held(desk: Desk, place: Place, ref: str) -> tuple[DecisionRow, HeldItem]:
    """One decision of this meeting, by the id its doer or its keeper knows it by.

    Raises:
        NothingHere: there is none such, or I do not hold it.
    """
    held = {row.id: row for row in items_held(desk, place.meeting.id)}
    for row in decisions_held(desk, held):
        done_by_me = row.task == ref and row.doer == desk.sight.person
        kept_by_us = row.id == ref and held[row.item].agency == desk.sight.agency
        if done_by_me or kept_by_us:
            return desk.db.get_one(DecisionRow, row.id), held[row.item]
    raise NothingHere


def my_tasks(desk: Desk, states: Iterable[object]) -> list[tuple[DecisionRow, SeatRow, Kind]]:
    """Decisions that I am to carry out and can read, with my seat and the kind of meeting."""
    asked = (
        select(DecisionRow, SeatRow, col(ConferenceRow.kind))
        .join(ItemRow, col(ItemRow.id) == col(DecisionRow.item))
        .join(ConferenceRow, col(ConferenceRow.id) == col(ItemRow.conference))
        .join(SeatRow, col(SeatRow.conference) == col(ItemRow.conference))
        .where(
            col(DecisionRow.doer) == desk.sight.person,
            col(DecisionRow.state).in_(list(states)),
            col(DecisionRow.envelope).in_(select(live(desk.sight).c.envelope)),
            col(SeatRow.person) == desk.sight.person,
            col(SeatRow.removed_at).is_(None),
        )
        .order_by(col(DecisionRow.due_at), col(DecisionRow.id))
    )
    return [(row[0], row[1], row[2]) for row in desk.db.execute(seen(asked, desk.sight))]


def names(db: Session, people: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The names of these people and of their agencies."""
    columns: tuple[Any, ...] = (col(PersonRow.id), col(PersonRow.name), col(AgencyRow.name))
    asked = (
        select(*columns)
        .join(AgencyRow, col(AgencyRow.id) == col(PersonRow.agency))
        .where(col(PersonRow.id).in_(set(people)))
    )
    return {row[0]: (row[1], row[2]) for row in db.execute(asked)}


def who(db: Session, people: Iterable[str]) -> dict[str, str]:
    """Each of these people with their agency, as they are spoken of at the table."""
    return spoken(names(db, people))


def spoken(people: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The same for people whose names and agencies are at hand."""
    said = _("{name}, {agency}")
    found = people.items()
    return {person: said.format(name=name, agency=agency) for person, (name, agency) in found}


CODES: Final = select(col(CaseRow.id), col(CaseRow.code)).where(
    col(CaseRow.id).in_(bindparam("cases", expanding=True)),
    col(CaseRow.team).in_(bindparam("teams", expanding=True)),
)


def codes(desk: Desk, cases: Iterable[str]) -> dict[str, str]:
    """The codes of those of these cases whose key the sight carries; of others nothing is said."""
    told = {"cases": sorted(set(cases)), "teams": sorted(desk.sight.holders)}
    return {row[0]: row[1] for row in desk.db.execute(CODES, told)}


def papers_of(db: Session, conference: str) -> list[EnvelopeId]:
    """The envelopes of all that is said at a meeting. Not for showing: to end shares of them."""
    items = select(col(ItemRow.envelope), col(ItemRow.id)).where(
        col(ItemRow.conference) == conference
    )
    rows = db.execute(items).all()
    said = select(col(DecisionRow.envelope)).where(
        col(DecisionRow.item).in_([row[1] for row in rows])
    )
    return [EnvelopeId(row[0]) for row in rows] + [
        EnvelopeId(each) for each in db.execute(said).scalars()
    ]
