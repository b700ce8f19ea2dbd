"""Staff who know somebody: they say so once, and are kept out wherever that name turns up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases import queries
from hub.cases.keeping.names import normalised
from hub.cases.keeping.tables import ConflictRow, NameMarkRow
from hub.cases.tables import CaseRow
from hub.core.clock import OPEN_END
from hub.core.errors import FormRefused, NothingHere, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, fresh
from hub.core.language import _
from hub.core.words import Category, HolderKind
from hub.desk import Desk, Notice
from hub.door import Sealing, To, custodians, holder_of, open_entries, seal
from hub.door.keeping_out import step_aside
from hub.door.wall import Errand, errand
from hub.people.keyed import mark
from hub.store import outbox
from hub.store.unit import rows_changed

KNOWS: Final = "knows"
"""What the marks of names are for; they have nothing in common with other marks."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Somebody that one said one knows."""

    id: str
    name: str
    at: datetime


def declare(desk: Desk, name: str) -> None:
    """Say that one knows somebody of this name: cases of that name are out of sight from now on.

    Whoever is case manager of such a case keeps it until it is handed over.

    Raises:
        FormRefused: there is no letter in the name.
    """
    known = _mark(desk, desk.sight.agency, name)
    if not known:
        raise FormRefused({"name": _("Write the name, with letters.")})
    own = holder_of(desk.db, HolderKind.PERSON, desk.sight.person)
    sealing = Sealing(Category.WORKINGS, {"text": name}, "")
    envelope = seal(desk.db, desk.sight, sealing, [To(own or HolderId(""), OWN_WORK, OPEN_END)])
    row = ConflictRow(
        id=fresh(),
        person=desk.sight.person,
        agency=desk.sight.agency,
        mark=known,
        envelope=envelope,
        made_at=desk.at,
    )
    desk.db.add(row)
    desk.db.flush()
    for case in _cases_of(desk, known):
        _aside(desk, case, [desk.sight.person], desk.sight.agency)
    desk.audit("conflict.declared", record=row.id)


def declared(desk: Desk) -> list[Declared]:
    """Whom the one who looks said they know, newest first."""
    asked = select(ConflictRow).where(
        col(ConflictRow.person) == desk.sight.person, col(ConflictRow.ended_at).is_(None)
    )
    rows = list(desk.db.execute(asked.order_by(col(ConflictRow.made_at).desc())).scalars())
    opened = open_entries(desk.db, desk.sight, [EnvelopeId(row.envelope) for row in rows])
    return [
        Declared(row.id, opened[EnvelopeId(row.envelope)].body.get("text", ""), row.made_at)
        for row in rows
        if row.envelope in opened
    ]


def strike(desk: Desk, conflict: str) -> None:
    """A name matters no more for what comes; what one is kept out of already stays so.

    Raises:
        NothingHere: one said no such thing.
    """
    mine = (col(ConflictRow.id) == conflict, col(ConflictRow.person) == desk.sight.person)
    ended = update(ConflictRow).where(*mine, col(ConflictRow.ended_at).is_(None))
    if rows_changed(desk.db.execute(ended.values(ended_at=desk.at))) == 0:
        raise NothingHere
    desk.audit("conflict.struck", record=conflict)


def met(desk: Desk, case: CaseId, name: str, agency: AgencyId) -> None:
    """A name reaches an agency with a case: whoever there knows somebody of it is kept out first.

    Silently, before they could open anything. The case's own case manager is not: they know of it,
    and have to hand it over first.
    """
    known = _mark(desk, agency, name)
    if not known:
        return
    _remember(desk, case, agency, known)
    knowing = select(col(ConflictRow.person)).where(
        col(ConflictRow.agency) == agency,
        col(ConflictRow.mark) == known,
        col(ConflictRow.ended_at).is_(None),
    )
    with errand(desk.db, Errand.KEEPING):
        found = [PersonId(each) for each in desk.db.execute(knowing).scalars()]
    _aside(desk, case, found, agency)


def met_again(desk: Desk, case: CaseId) -> None:
    """The same for every name that came with a case: after it changed hands."""
    knowing = (
        select(col(ConflictRow.person), col(ConflictRow.agency))
        .join(NameMarkRow, col(NameMarkRow.mark) == col(ConflictRow.mark))
        .where(
            col(NameMarkRow.case) == case,
            col(NameMarkRow.agency) == col(ConflictRow.agency),
            col(ConflictRow.agency) == desk.sight.agency,
            col(ConflictRow.ended_at).is_(None),
        )
    )
    for person, agency in desk.db.execute(knowing).all():
        _aside(desk, case, [PersonId(person)], AgencyId(agency))


def meet_case(desk: Desk, case: CaseId, agency: AgencyId) -> None:
    """Something of a case is about to go to an agency: whoever there knows her is kept out first.

    Whether or not her name goes along. The one who gives works on the case.
    """
    for entry in queries.identities(desk, case):
        met(desk, case, entry.body.get("name", ""), agency)


def to_hand_over(desk: Desk) -> list[tuple[str, str]]:
    """Cases one is case manager of although one said that one knows them: id and code."""
    asked = (
        select(col(CaseRow.id), col(CaseRow.code))
        .join(NameMarkRow, col(NameMarkRow.case) == col(CaseRow.id))
        .join(ConflictRow, col(ConflictRow.mark) == col(NameMarkRow.mark))
        .where(
            col(ConflictRow.person) == desk.sight.person,
            col(ConflictRow.agency) == col(NameMarkRow.agency),
            col(ConflictRow.ended_at).is_(None),
            col(CaseRow.closed_at).is_(None),
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
        )
        .distinct()
        .order_by(col(CaseRow.code))
    )
    rows = [(str(row[0]), str(row[1])) for row in desk.db.execute(asked)]
    managers = queries.primaries(desk.db, [CaseId(id) for id, _code in rows])
    return [(id, code) for id, code in rows if managers.get(id) == desk.sight.person]


def take_me_off(desk: Desk, case: CaseId) -> None:
    """One knows the person a case of one's own agency is about: it is out of sight from now on.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: one is its case manager, and has to hand it over first.
    """
    row = queries.case(desk, case)
    if queries.primaries(desk.db, [case]).get(case) == desk.sight.person:
        raise StepRefused(
            _("You are the case manager. Hand the case over first; then you can be taken off it.")
        )
    told = [each for each in custodians(desk.db, HolderId(row.team)) if each != desk.sight.person]
    step_off(desk, case, told, None)


def step_off(desk: Desk, case: CaseId, told: Iterable[PersonId], about: str | None) -> None:
    """Whoever looks is kept out of a case they see, at once; these people hear that something is.

    Args:
        about: the id of the thing by which they see it, None for the case itself.
    """
    for person in told:
        desk.notify(person, Notice(case, about))
    _aside(desk, case, [desk.sight.person], desk.sight.agency)
    desk.audit("conflict.stepped_off", person=desk.sight.person)


def silence(desk: Desk, case: CaseId, people: Collection[PersonId]) -> None:
    """Nothing about a case that still waits to be mailed leaves for these people."""
    outbox.withdraw_from(desk.db, case, people, desk.at)


def _aside(desk: Desk, case: CaseId, people: Collection[PersonId], agency: AgencyId) -> None:
    primary = queries.primaries(desk.db, [case]).get(case)
    apart = [each for each in people if each != primary]
    for person in apart:
        step_aside(desk.db, desk.sight, case, person, agency)
    silence(desk, case, apart)


def _mark(desk: Desk, agency: AgencyId, name: str) -> str:
    """The mark of a name at one agency; "" for a name without a letter."""
    said = normalised(name)
    return mark(desk.hub.signing, KNOWS, agency, said) if said else ""


def _remember(desk: Desk, case: CaseId, agency: AgencyId, known: str) -> None:
    same = (
        col(NameMarkRow.agency) == agency,
        col(NameMarkRow.mark) == known,
        col(NameMarkRow.case) == case,
    )
    if desk.db.execute(select(col(NameMarkRow.id)).where(*same)).first() is None:
        desk.db.add(NameMarkRow(id=fresh(), agency=agency, mark=known, case=case))
        desk.db.flush()


def _cases_of(desk: Desk, known: str) -> list[CaseId]:
    """Every case that came to the sight's agency with a name of this mark."""
    asked = select(col(NameMarkRow.case)).where(
        col(NameMarkRow.agency) == desk.sight.agency, col(NameMarkRow.mark) == known
    )
    return [CaseId(each) for each in desk.db.execute(asked).scalars()]
