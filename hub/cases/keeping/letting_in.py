"""Letting somebody know again who was kept out: one asks and says why, another one says yes.

The same for a line of the door's own list and for what is kept beside it: an intake desk that is
passed over, the name of somebody without an account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hub.cases import queries as cases
from hub.cases.keeping import beside
from hub.cases.keeping.queries import Beside, names_written, never_rows
from hub.cases.keeping.tables import NeverDeskRow
from hub.cases.names import staff_with
from hub.core.clock import OPEN_END
from hub.core.errors import Changed, NothingHere
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId
from hub.core.language import _
from hub.core.words import Category, HolderKind
from hub.desk import Desk, Notice
from hub.door import Sealing, To, desk_of, holder_of, open_entries, seal
from hub.door.keeping_out import KeepOut, kept_out, let_in
from hub.door.lifting import (
    MAY_CONFIRM,
    ask_to_lift,
    keep_still,
    lift,
    to_confirm,
)
from hub.door.passing_over import stop_passing_over


@dataclass(frozen=True, slots=True)
class Line:
    """One of those who must never know of a case.

    Attributes:
        person, agency: who it is, as far as they are on this hub; a desk is its agency's.
        name: somebody without an account, as far as the looker can read it; "" for everybody else.
        why: in words.
        asked_by, reason: who asks to let them know again, and the envelope that says why; None
            while nobody does.
    """

    id: str
    case: CaseId
    person: PersonId | None
    agency: AgencyId | None
    name: str
    why: str
    since: datetime
    asked_by: PersonId | None
    reason: EnvelopeId | None
    is_desk: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it is no more than a name written down: nobody to let know again."""
        return self.person is None and self.agency is None


def lines(desk: Desk, case: CaseId) -> list[Line]:
    """Everybody who must never know of a case, for its care team.

    Raises:
        NothingHere: no such case, or not this team's.
    """
    rows = never_rows(desk, case)
    names = names_written(desk, rows)
    listed = [_listed(each) for each in kept_out(desk.db, desk.sight, case)]
    return listed + [_beside(each, names.get(each.id, "")) for each in rows]


def _listed(kept: KeepOut) -> Line:
    return Line(
        id=kept.id,
        case=CaseId(kept.subject),
        person=kept.whom.person,
        agency=kept.whom.agency,
        name="",
        why=str(kept.why.label),
        since=kept.made_at,
        asked_by=kept.lift_asked_by,
        reason=kept.lift_reason,
    )


def _beside(row: Beside, name: str) -> Line:
    is_desk = isinstance(row, NeverDeskRow)
    return Line(
        id=row.id,
        case=CaseId(row.case),
        person=None,
        agency=AgencyId(row.agency) if isinstance(row, NeverDeskRow) else None,
        name=name,
        why=_("Their intake desk is not safe") if is_desk else _("Written down, has no account"),
        since=row.made_at,
        asked_by=PersonId(row.lift_asked_by) if row.lift_asked_by else None,
        reason=EnvelopeId(row.lift_reason) if row.lift_reason else None,
        is_desk=is_desk,
    )


def ask_to_let_in(desk: Desk, case: CaseId, line: str, reason: str) -> None:
    """Ask that somebody may know again; nothing changes until somebody else says yes.

    Raises:
        NothingHere: no such case or not this team's, or nobody is kept out by that line.
        Changed: somebody asked before.
    """
    row = cases.case(desk, case)
    asked = next((each for each in lines(desk, case) if each.id == line), None)
    if asked is None:
        raise NothingHere
    told = confirmers(desk, asked)
    to = [To(HolderId(row.team), OWN_WORK, OPEN_END), *_own_holders(desk, told)]
    body = {"text": reason, "name": asked.name} if asked.name else {"text": reason}
    envelope = seal(desk.db, desk.sight, Sealing(Category.WORKINGS, body, row.id), to)
    own = {each.id: each for each in never_rows(desk, case)}
    if line in own:
        beside.ask(desk, own[line], envelope)
    elif not ask_to_lift(desk.db, desk.sight, line, envelope):
        raise Changed
    for person in told:
        desk.notify(person, Notice(row.id, line))


def confirmers(desk: Desk, line: Line) -> list[PersonId]:
    """Who else at the sight's agency can say yes to letting them know again."""
    staff = [person for person, _name in staff_with(desk.db, desk.sight.agency, MAY_CONFIRM)]
    others = [each for each in staff if each not in (desk.sight.person, line.person)]
    return let_in(desk.db, desk.sight, line.case, others)


def _own_holders(desk: Desk, people: Iterable[PersonId]) -> list[To]:
    found = [holder_of(desk.db, HolderKind.PERSON, person) for person in people]
    return [To(holder, OWN_WORK, OPEN_END) for holder in found if holder is not None]


def to_answer(desk: Desk) -> list[Line]:
    """What somebody else asked and the one who looks may say yes or no to."""
    listed = [_listed(each) for each in to_confirm(desk.db, desk.sight)]
    return listed + [_beside(each, "") for each in beside.to_answer(desk)]


def one_to_answer(desk: Desk, line: str) -> Line:
    """One of them, with what was typed about it.

    Raises:
        NothingHere: there is none such.
    """
    for each in to_answer(desk):
        if each.id == line:
            return each
    raise NothingHere


def asked_with(desk: Desk, line: Line) -> tuple[str, str]:
    """Why somebody asks; and the name it is about, "" unless it is one without an account."""
    opened = open_entries(desk.db, desk.sight, [line.reason] if line.reason else [])
    body = next((each.body for each in opened.values()), {})
    return body.get("text", ""), body.get("name", "")


def say_yes(desk: Desk, line: Line) -> None:
    """Let them know again, as somebody else asked and as it was read.

    Raises:
        Changed: it is not asked any more, or with other words.
    """
    row = _row(desk, line)
    if row is not None:
        beside.say_yes(desk, row, line.reason or "")
        _let_desk_in(desk, row)
    elif not lift(desk.db, desk.sight, line.id, line.reason):
        raise Changed


def _let_desk_in(desk: Desk, row: Beside) -> None:
    there = desk_of(desk.db, AgencyId(row.agency)) if isinstance(row, NeverDeskRow) else None
    if there is not None:
        stop_passing_over(desk.db, desk.sight, row.case, there)


def say_no(desk: Desk, line: Line) -> None:
    """They are kept out as before.

    Raises:
        Changed: it is not asked any more, or with other words.
    """
    row = _row(desk, line)
    if row is not None:
        beside.say_no(desk, row, line.reason or "")
    elif not keep_still(desk.db, desk.sight, line.id, line.reason):
        raise Changed


def _row(desk: Desk, line: Line) -> Beside | None:
    return next((each for each in beside.to_answer(desk) if each.id == line.id), None)
