"""Giving an item to those at the table it was released to, on that release, and to nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from conferencing import item, queries
from conferencing.conference import OPEN_TO_READERS
from conferencing.hearing import Covered, Guest, Standing, Subject, standing, to_let_in
from conferencing.held import decisions_held
from conferencing.tables import ConferenceRow, ItemRow, SeatRow
from hub.cases.queries import care_team
from hub.consent.queries import releases
from hub.consent.release import Release, ReleaseGround, live
from hub.core.errors import SealBroken
from hub.core.ids import AgencyId, CaseId, ConferenceId, EnvelopeId, HolderId, PersonId, ReleaseId
from hub.core.words import Ground, HolderKind, Purpose
from hub.desk import Desk, Notice
from hub.door import To, custodians, holder_of, share
from hub.door.readers import readers


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at one meeting, as the rule of hearing asks about them."""

    seats: Sequence[SeatRow]
    guests: Mapping[PersonId, Guest]


@dataclass(frozen=True, slots=True)
class Hearing:
    """How one person at the table stands to one item.

    Attributes:
        until: the end of the share they hold, or would be given; None when there is none.
        released: what is in force for their agency, whatever it covers.
    """

    guest: Guest
    standing: Standing
    until: datetime | None
    released: Sequence[Release]


@dataclass(frozen=True, slots=True)
class Matter:
    """One item of the sight's own cases with all that decides who may hear it."""

    row: ItemRow
    subject: Subject
    releases: Sequence[Release]
    papers: Sequence[EnvelopeId]
    held: Mapping[tuple[EnvelopeId, PersonId], datetime]

    def until(self, paper: EnvelopeId, person: PersonId) -> datetime | None:
        """Until when that person holds that paper now; None when they do not."""
        return self.held.get((paper, person))

    def released_to(self, agency: AgencyId) -> list[Release]:
        """What is in force for that agency."""
        return [each for each in self.releases if each.to_agency == agency]


def table(desk: Desk, conference: str) -> Table:
    """Who sits at a meeting."""
    seated = queries.seats(desk.db, conference)
    return Table(seated, queries.guests(desk.db, seated))


def matters(desk: Desk, rows: Sequence[ItemRow]) -> list[Matter]:
    """These items, which must be of the sight's own cases, with all that decides who hears them.

    Raises:
        NothingHere: one of them is of a case whose key the sight does not carry.
    """
    said = _papers(desk, rows)
    held = _held_by_person(desk, [paper for papers in said.values() for paper in papers])
    cases = {row.case: CaseId(row.case) for row in rows}
    in_force = {case: _in_force(desk, case) for case in cases.values()}
    teams = {case: _team(desk, case) for case in cases.values()}
    found = []
    for row in rows:
        case = cases[row.case]
        subject = Subject(row.category, AgencyId(row.agency), teams[case], desk.at)
        found.append(Matter(row, subject, in_force[case], said[row.id], held))
    return found


def _in_force(desk: Desk, case: CaseId) -> list[Release]:
    return [each for each in releases(desk, case) if live(each, desk.at)]


def _team(desk: Desk, case: CaseId) -> frozenset[PersonId]:
    return frozenset(custodians(desk.db, care_team(desk.db, case)))


def _papers(desk: Desk, rows: Sequence[ItemRow]) -> dict[str, list[EnvelopeId]]:
    """What belongs to each item: its own envelope first, then the words of its decisions."""
    said = {row.id: [EnvelopeId(row.envelope)] for row in rows}
    for decision in decisions_held(desk, said):
        said[decision.item].append(EnvelopeId(decision.envelope))
    return said


def _held_by_person(
    desk: Desk, papers: Sequence[EnvelopeId]
) -> dict[tuple[EnvelopeId, PersonId], datetime]:
    held: dict[tuple[EnvelopeId, PersonId], datetime] = {}
    for reader in readers(desk.db, desk.sight, papers):
        mark = (reader.envelope, reader.person)
        held[mark] = max(reader.until, held.get(mark, reader.until))
    return held


def hearings(matter: Matter, at_table: Table) -> list[Hearing]:
    """How everybody at the table stands to one item, in the order of their seats."""
    return [_hearing(matter, at_table.guests[PersonId(each.person)]) for each in at_table.seats]


def _hearing(matter: Matter, guest: Guest) -> Hearing:
    holds = matter.until(matter.papers[0], guest.person)
    released = matter.released_to(guest.agency)
    better = to_let_in(guest, matter.subject, released, holds)
    stands = standing(guest, matter.subject, released, holds)
    until = better.until if better and stands is Standing.COULD else holds
    return Hearing(guest, stands, until, released)


def outside(matter: Matter, at_table: Table) -> list[Hearing]:
    """Those of other agencies who can hear an item, or could once they are let in."""
    heard = (Standing.HEARS, Standing.COULD)
    return [each for each in hearings(matter, at_table) if each.standing in heard]


def seat_everyone(desk: Desk, conference: ConferenceId) -> int:
    """Give each item of the sight's own cases to those at the table it was released to.

    Asked again whenever items, people or releases were added. Nobody is given twice what they hold
    as long; nobody is given anything while the meeting is prepared or over. Other agencies' items
    are theirs to give.

    Returns:
        How many shares were made.
    """
    meeting = desk.db.get_one(ConferenceRow, conference)
    if meeting.state not in OPEN_TO_READERS:
        return 0
    rows = [row for row in queries.own_items(desk, conference) if row.state in item.ON_THE_AGENDA]
    at_table = table(desk, conference)
    return sum(_give(desk, matter, at_table) for matter in matters(desk, rows))


def _give(desk: Desk, matter: Matter, at_table: Table) -> int:
    made = 0
    for paper in matter.papers:
        wanted = [
            (seat, let_in)
            for seat in at_table.seats
            if (let_in := _let_in(matter, paper, at_table.guests[PersonId(seat.person)]))
        ]
        if not wanted:
            continue
        share(desk.db, desk.sight, paper, [_to(desk, seat, let_in) for seat, let_in in wanted])
        made += len(wanted)
        for seat, _let in wanted:
            desk.notify(PersonId(seat.person), Notice(matter.row.case, seat.id))
    return made


def _let_in(matter: Matter, paper: EnvelopeId, guest: Guest) -> Covered | None:
    released = matter.released_to(guest.agency)
    return to_let_in(guest, matter.subject, released, matter.until(paper, guest.person))


def _to(desk: Desk, seat: SeatRow, covered: Covered) -> To:
    ground = ReleaseGround(covered.release, Purpose.CONFERENCE, None)
    return To(own_holder(desk, PersonId(seat.person)), ground, covered.until)


def own_holder(desk: Desk, person: PersonId) -> HolderId:
    """The holder that stands for one person.

    Raises:
        SealBroken: nobody ever gave them a key.
    """
    holder = holder_of(desk.db, HolderKind.PERSON, person)
    if holder is None:
        raise SealBroken("a member of staff without a key of their own")
    return holder


def same_readers(desk: Desk, row: ItemRow) -> list[To]:
    """To seal more words about an item for exactly those who can read the item now."""
    lets = {each.id: each for each in _in_force(desk, CaseId(row.case))}
    found = readers(desk.db, desk.sight, [EnvelopeId(row.envelope)])
    released = {
        (each.holder, ReleaseId(each.record)): each.until
        for each in found
        if each.ground is Ground.RELEASE
    }
    return [
        To(holder, ReleaseGround(lets[release], Purpose.CONFERENCE, None), until)
        for (holder, release), until in released.items()
        if release in lets
    ]
