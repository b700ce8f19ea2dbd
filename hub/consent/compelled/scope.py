"""Choosing the least: which single entries are told, and the one projection everybody sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.bodies import lines
from hub.cases.keeping.conflicts import meet_case, met
from hub.cases.keeping.named import giving_to
from hub.cases.names import other_agencies
from hub.cases.tables import CaseRow
from hub.consent.compelled.ground import LONGEST, TELLABLE, CompelledGround, Telling
from hub.consent.compelled.tables import DutyRow, OrderRow, ToldEntryRow
from hub.core.clock import OPEN_END
from hub.core.errors import StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, fresh
from hub.core.language import _
from hub.core.words import Category, HolderKind, Role
from hub.desk import Desk, Notice
from hub.door import (
    Entry,
    Sealing,
    To,
    desk_of,
    holder_of,
    open_entries,
    seal,
    share,
)
from hub.door.keeping_out import let_in
from hub.people.queries import at_work

LAST_MINUTE: Final = time(23, 59)
OUTSIDE: Final = "outside"
"""What the form sends for an authority that is not on this hub."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be told, and to whom.

    Attributes:
        until: None for an authority outside the hub.
        reasons: for each entry that says where somebody is, why it must be told. Without one it
            does not go.
    """

    to_agency: AgencyId | None
    authority: str
    entries: tuple[EnvelopeId, ...]
    until: datetime | None
    reasons: Mapping[EnvelopeId, str] = field(default_factory=dict)


def seal_words(desk: Desk, case: CaseRow, words: dict[str, str], *also: HolderId) -> EnvelopeId:
    """Words about a duty or an order: for the care team, and for others of its own agency."""
    body = {name: said for name, said in words.items() if said}
    holders = [HolderId(case.team), *also]
    to = [To(holder, OWN_WORK, OPEN_END) for holder in holders]
    return seal(desk.db, desk.sight, Sealing(Category.WORKINGS, body, case.id), to)


def privacy_officers(desk: Desk, case: CaseRow) -> list[HolderId]:
    """The own holders of the agency's privacy officers, who carry no key to the case."""
    staff = at_work(desk.db, desk.sight.agency, Role.PRIVACY_OFFICER)
    people = let_in(desk.db, desk.sight, case.id, staff)
    found = [holder_of(desk.db, HolderKind.PERSON, person) for person in people]
    return [holder for holder in found if holder is not None]


def choosable(desk: Desk, case: CaseId) -> list[Entry]:
    """The current entries of a case that can be told at all, by category, newest first."""
    return [each for each in cases.entries(desk, case) if each.category in TELLABLE]


def why_field(envelope: EnvelopeId) -> str:
    """The field of a form in which the reason for telling one place is typed."""
    return f"why_{envelope}"


def no_reason() -> str:
    """What is said where a place is ticked without a reason."""
    return _("Say why they must be told that place, or untick it.")


def faults(desk: Desk, case: CaseId, scope: Scope) -> dict[str, str]:
    """What is wrong with a scope: field to sentence; {} when nothing."""
    found: dict[str, str] = {}
    open_ones = {each.envelope: each.category for each in choosable(desk, case)}
    if not scope.entries or not open_ones.keys() >= set(scope.entries):
        found["entries"] = _("Tick the single entries that must be told, and no others.")
    for each in scope.entries:
        if open_ones.get(each) is Category.LOCATION and not scope.reasons.get(each):
            found[why_field(each)] = no_reason()
    if scope.to_agency is None and not scope.authority:
        found["authority"] = _("Write which authority, and who there.")
    if scope.to_agency is not None:
        known = {agency for agency, _name in other_agencies(desk.db, desk.sight.agency)}
        if scope.to_agency not in known or desk_of(desk.db, scope.to_agency) is None:
            found["to_agency"] = _("Choose an agency from the list.")
        if scope.until is None or not desk.at < scope.until < desk.at + LONGEST:
            found["until"] = _("Give a last day from today on, at most 90 days from now.")
    return found


def last_moment(desk: Desk, day: date | None) -> datetime | None:
    """The last minute of a day in the hub's own time zone."""
    return None if day is None else datetime.combine(day, LAST_MINUTE, desk.hub.settings.zone)


def keep(desk: Desk, record: str, case: CaseId, entries: Sequence[EnvelopeId]) -> None:
    """Write down which entries are told, in place of any that were chosen before.

    Raises:
        StepRefused: one of them is not a current entry of the case that can be told.
    """
    known = {each.envelope: each.category for each in choosable(desk, case)}
    if not entries or not set(entries) <= known.keys():
        raise StepRefused(_("Tick the single entries that must be told, and no others."))
    for row in rows(desk, record):
        desk.db.delete(row)
    desk.db.flush()
    desk.db.add_all(
        ToldEntryRow(id=fresh(), record=record, envelope=each, category=known[each])
        for each in dict.fromkeys(entries)
    )
    desk.db.flush()


def rows(desk: Desk, record: str) -> list[ToldEntryRow]:
    """Which entries are told on one record."""
    asked = select(ToldEntryRow).where(col(ToldEntryRow.record) == record)
    return list(desk.db.execute(asked.order_by(col(ToldEntryRow.id))).scalars())


def told_at(row: DutyRow | OrderRow) -> datetime | None:
    """From when whoever is told can read it, or holds the sheet; None while nobody is told."""
    return row.made_at if isinstance(row, DutyRow) else row.complied_at


def waits(desk: Desk, row: DutyRow | OrderRow) -> bool:
    """Whether it is on its way and nobody there can read it yet."""
    at = told_at(row)
    return at is not None and desk.at < at


def telling(desk: Desk, row: DutyRow | OrderRow) -> Telling | None:
    """What is told on a record; None before it was chosen."""
    chosen = rows(desk, row.id)
    if not chosen:
        return None
    return Telling(
        record=row.id,
        case=CaseId(row.case),
        from_agency=AgencyId(row.agency),
        to_agency=AgencyId(row.to_agency) if row.to_agency else None,
        entries=frozenset(EnvelopeId(each.envelope) for each in chosen),
        categories=frozenset(each.category for each in chosen),
        until=row.until or OPEN_END,
        opens=told_at(row) if waits(desk, row) else None,
    )


def tell(desk: Desk, ground: CompelledGround) -> int:
    """Share exactly these entries with whoever receives for that agency; returns how many.

    As with what is sent on a release: its intake desk, or its named safe contact where the desk
    must not know; and whoever there knows somebody of her name is kept out first. With an
    authority outside the hub nothing is shared: what it is told is on paper. Nobody there hears of
    it before they can open it.

    Raises:
        KeptAway: the person asked that they must never know.
        StepRefused: nobody there could see it.
        NotCovered: the ground does not admit one of them; then none is shared.
    """
    told = ground.telling
    if told.to_agency is None:
        return 0
    _meet(desk, told, told.to_agency)
    to, people = giving_to(desk, told.case, told.to_agency)
    for envelope in sorted(told.entries):
        share(desk.db, desk.sight, envelope, [To(to, ground, told.until)])
    for person in people:
        desk.notify(person, Notice(told.case, told.record, told.opens))
    return len(told.entries)


def _meet(desk: Desk, told: Telling, agency: AgencyId) -> None:
    """Whoever there said that they know her is kept out first, by an older name as well."""
    meet_case(desk, told.case, agency)
    for entry in open_entries(desk.db, desk.sight, sorted(told.entries)).values():
        if entry.category is Category.IDENTITY:
            met(desk, told.case, entry.body.get("name", ""), agency)


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry as whoever is told reads it, on the screen and on paper."""

    category: str
    lines: list[tuple[str, str]]
    at: datetime


def pieces(entries: Sequence[Entry]) -> list[Piece]:
    """The one projection: what the preview, the receiver's page and the printed sheet show."""
    order = list(Category)
    ordered = sorted(entries, key=lambda each: order.index(each.category))
    return [Piece(str(e.category.label), lines(e.category, e.body), e.at) for e in ordered]


def told_pieces(desk: Desk, record: str) -> list[Piece]:
    """What is told on a record, for whoever can open it."""
    chosen = [EnvelopeId(each.envelope) for each in rows(desk, record)]
    return pieces(list(open_entries(desk.db, desk.sight, chosen).values()))
