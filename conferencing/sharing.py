"""Giving an item to those at the table it was released to, on that release, and to nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from conferencing import queries
from conferencing.hearing import Covered, Guest, Standing, Subject, standing, to_let_in
from conferencing.held import decisions_held
from conferencing.tables import ItemRow, SeatRow
from hub.cases.keeping.conflicts import meet_case
from hub.cases.keeping.named import at_desks_kept_out
from hub.cases.queries import care_team
from hub.consent.brake import Going, Haste, opens_at
from hub.consent.queries import releases
from hub.consent.release import Release, ReleaseGround, live
from hub.core.errors import SealBroken
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, ReleaseId
from hub.core.words import Ground, HolderKind, Purpose
from hub.desk import Desk, Notice
from hub.door import To, custodians, holder_of, share
from hub.door.keeping_out import let_in
from hub.door.readers import promised, readers


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
        opens: from when on they can use it; None for already, and for no share.
        released: what is in force for their agency, whatever it covers.
    """

    guest: Guest
    standing: Standing
    until: datetime | None
    opens: datetime | None
    released: Sequence[Release]


@dataclass(frozen=True, slots=True)
class Matter:
    """One item of the sight's own cases with all that decides who may hear it.

    `held` says until when somebody holds a paper, `waits` from when on, if they cannot open it yet.
    """

    row: ItemRow
    subject: Subject
    releases: Sequence[Release]
    papers: Sequence[EnvelopeId]
    held: Mapping[tuple[EnvelopeId, PersonId], datetime]
    waits: Mapping[tuple[EnvelopeId, PersonId], datetime]

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
    held, waits = _held_by_person(desk, [each for papers in said.values() for each in papers])
    cases = {row.case: CaseId(row.case) for row in rows}
    in_force = {case: _in_force(desk, case) for case in cases.values()}
    teams = {case: _team(desk, case) for case in cases.values()}
    once = {(row.conference, row.case): row for row in rows}
    unsafe = {case: at_desks_kept_out(desk, case) for case in cases.values()}
    away = {mark: _away(desk, row) | unsafe[CaseId(row.case)] for mark, row in once.items()}
    found = []
    for row in rows:
        case, out = cases[row.case], away[row.conference, row.case]
        subject = Subject(row.category, AgencyId(row.agency), teams[case] - out, out, desk.at)
        found.append(Matter(row, subject, in_force[case], said[row.id], held, waits))
    return found


def _in_force(desk: Desk, case: CaseId) -> list[Release]:
    return [each for each in releases(desk, case) if live(each, desk.at)]


def _team(desk: Desk, case: CaseId) -> frozenset[PersonId]:
    return frozenset(custodians(desk.db, care_team(desk.db, case)))


def _away(desk: Desk, row: ItemRow) -> frozenset[PersonId]:
    """Those at the table who must never know of her."""
    seated = [PersonId(seat.person) for seat in queries.seats(desk.db, row.conference)]
    return frozenset(seated) - frozenset(let_in(desk.db, desk.sight, row.case, seated))


def _papers(desk: Desk, rows: Sequence[ItemRow]) -> dict[str, list[EnvelopeId]]:
    """What belongs to each item: its own envelope first, then the words of its decisions."""
    said = {row.id: [EnvelopeId(row.envelope)] for row in rows}
    for decision in decisions_held(desk, said):
        said[decision.item].append(EnvelopeId(decision.envelope))
    return said


Held = dict[tuple[EnvelopeId, PersonId], datetime]


def _held_by_person(desk: Desk, papers: Sequence[EnvelopeId]) -> tuple[Held, Held]:
    """Until when each paper is held by whom; and from when on, by those who cannot open it yet."""
    held: Held = {}
    waits: Held = {}
    now = readers(desk.db, desk.sight, papers)
    for reader, opens in promised(desk.db, desk.sight, papers):
        waits[reader.envelope, reader.person] = opens
        now.append(reader)
    for reader in now:
        mark = (reader.envelope, reader.person)
        held[mark] = max(reader.until, held.get(mark, reader.until))
    return held, waits


def hearings(matter: Matter, at_table: Table) -> list[Hearing]:
    """How everybody at the table stands to one item, in the order of their seats."""
    return [_hearing(matter, at_table.guests[PersonId(each.person)]) for each in at_table.seats]


def _hearing(matter: Matter, guest: Guest) -> Hearing:
    holds = matter.until(matter.papers[0], guest.person)
    released = matter.released_to(guest.agency)
    better = to_let_in(guest, matter.subject, released, holds)
    stands = standing(guest, matter.subject, released, holds)
    until = better.until if better and stands is Standing.COULD else holds
    opens = matter.waits.get((matter.papers[0], guest.person))
    return Hearing(guest, stands, until, opens, released)


def outside(matter: Matter, at_table: Table) -> list[Hearing]:
    """Those of other agencies who can hear an item, or could once they are let in."""
    heard = (Standing.HEARS, Standing.COULD)
    return [each for each in hearings(matter, at_table) if each.standing in heard]


def give(desk: Desk, row: ItemRow, haste: Haste | None) -> datetime | None:
    """Give one item of the sight's own cases to those at the table it was released to.

    Of this one item she was reminded; others are given when she was reminded of them. Nobody is
    given twice what they hold as long. When one of them must wait to open it, all of them do.

    Returns:
        From when on they can open it; None for at once.
    """
    meet(desk, row)
    (matter,) = matters(desk, [row])
    at_table = table(desk, row.conference)
    lets = {paper: _letting(matter, paper, at_table) for paper in matter.papers}
    given = {seat.id: seat for let in lets.values() for seat, _covered in let}
    agencies = {AgencyId(seat.agency) for seat in given.values()}
    opens = _opens(desk, row, agencies, haste)
    for paper, let in lets.items():
        if let:
            share(desk.db, desk.sight, paper, [_to(desk, *each, opens) for each in let])
    for seat in given.values():
        desk.notify(PersonId(seat.person), Notice(row.case, seat.id, opens))
    return opens


def meet(desk: Desk, row: ItemRow) -> None:
    """Whoever said that they know her is kept out, at every agency that may hear of her here."""
    case = CaseId(row.case)
    seated = {seat.agency for seat in queries.seats(desk.db, row.conference)}
    for agency in sorted({each.to_agency for each in _in_force(desk, case)} & seated):
        meet_case(desk, case, AgencyId(agency))


def _opens(
    desk: Desk, row: ItemRow, agencies: Iterable[AgencyId], haste: Haste | None
) -> datetime | None:
    """The latest of the hours at which what goes to these agencies may be opened."""
    case = CaseId(row.case)
    found = [opens_at(desk, Going(case, each, (row.category,)), haste) for each in agencies]
    return max((each for each in found if each is not None), default=None)


def would_wait(desk: Desk, matter: Matter, at_table: Table) -> datetime | None:
    """When it could first be opened if it were given now without haste; None for at once."""
    lets = _letting(matter, matter.papers[0], at_table)
    return _opens(desk, matter.row, {AgencyId(seat.agency) for seat, _let in lets}, None)


def _letting(matter: Matter, paper: EnvelopeId, at_table: Table) -> list[tuple[SeatRow, Covered]]:
    """Who is to be given one paper, and on which release."""
    return [
        (seat, let_in)
        for seat in at_table.seats
        if (let_in := _let_in(matter, paper, at_table.guests[PersonId(seat.person)]))
    ]


def _let_in(matter: Matter, paper: EnvelopeId, guest: Guest) -> Covered | None:
    released = matter.released_to(guest.agency)
    return to_let_in(guest, matter.subject, released, matter.until(paper, guest.person))


def _to(desk: Desk, seat: SeatRow, covered: Covered, opens: datetime | None) -> To:
    ground = ReleaseGround(covered.release, Purpose.CONFERENCE, opens)
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
    """To seal more words about an item for exactly those who can read it, from the same hour on."""
    lets = {each.id: each for each in _in_force(desk, CaseId(row.case))}
    papers = [EnvelopeId(row.envelope)]
    found = dict.fromkeys(readers(desk.db, desk.sight, papers), None)
    found |= dict(promised(desk.db, desk.sight, papers))
    released = {
        (each.holder, ReleaseId(each.record)): (opens, each.until)
        for each, opens in found.items()
        if each.ground is Ground.RELEASE
    }
    return [
        To(holder, ReleaseGround(lets[release], Purpose.CONFERENCE, opens), until)
        for (holder, release), (opens, until) in released.items()
        if release in lets
    ]
