"""A release that is begun: what was written so far, sealed, until it is signed or dropped."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, delete, select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent.actions import seal_evidence
from hub.consent.tables import DraftRow
from hub.core.errors import FormRefused, NothingHere, StepRefused
from hub.core.ids import CaseId, EnvelopeId, ReleaseId, fresh
from hub.core.language import _
from hub.desk import Desk
from hub.door import Ending, open_one, unshare
from hub.store.unit import rows_changed

Answers = Mapping[str, Sequence[str]]
"""What was typed and ticked, by the names of the fields: kept as it came, right or wrong."""

MOST: Final = 60_000
KEPT: Final = timedelta(days=30)
MOST_AT_ONCE: Final = 200


def draft(desk: Desk, id: str) -> DraftRow:
    """One release that was begun.

    Raises:
        NothingHere: there is none such, or the sight does not carry its case's key.
    """
    mine = _of_my_cases(desk).where(col(DraftRow.id) == id)
    row: DraftRow | None = desk.db.execute(mine).scalar_one_or_none()
    if row is None:
        raise NothingHere
    cases.case(desk, CaseId(row.case))
    return row


def drafts(desk: Desk, case: CaseId) -> list[DraftRow]:
    """The releases of a case that were begun, the one touched last first."""
    cases.case(desk, case)
    asked = _of_my_cases(desk).where(col(DraftRow.case) == case)
    newest = asked.order_by(col(DraftRow.touched_at).desc(), col(DraftRow.id))
    return list(desk.db.execute(newest).scalars())


def my_drafts(desk: Desk) -> list[tuple[DraftRow, CaseRow]]:
    """What the one who looks has begun, with its case; oldest first."""
    mine = (
        select(DraftRow, CaseRow)
        .join(CaseRow, col(CaseRow.id) == col(DraftRow.case))
        .where(
            col(CaseRow.team).in_(sorted(desk.sight.holders)),
            col(CaseRow.id).not_in(sorted(desk.sight.kept_out)),
            col(CaseRow.closed_at).is_(None),
            col(DraftRow.begun_by) == desk.sight.person,
        )
        .order_by(col(DraftRow.touched_at), col(DraftRow.id))
    )
    return [(row[0], row[1]) for row in desk.db.execute(mine)]


def _of_my_cases(desk: Desk) -> Select[DraftRow]:
    return (
        select(DraftRow)
        .join(CaseRow, col(CaseRow.id) == col(DraftRow.case))
        .where(col(CaseRow.team).in_(sorted(desk.sight.holders)))
    )


def answers(desk: Desk, row: DraftRow) -> Answers:
    """What was written so far."""
    body = open_one(desk.db, desk.sight, EnvelopeId(row.envelope)).body
    found: Answers = json.loads(body["answers"])
    return found


def begin(desk: Desk, case: CaseId, first: Answers, follows: ReleaseId | None) -> str:
    """Begin a release; returns the draft's id.

    Args:
        follows: the release whose place it is to take; None for one that stands by itself.

    Raises:
        NothingHere: no such case, or not this team's.
        StepRefused: the case is closed.
    """
    row = cases.case(desk, case)
    if row.closed_at is not None:
        raise StepRefused(_("This case is closed, so nothing of it can be shared any more."))
    made = DraftRow(
        id=fresh(),
        case=row.id,
        envelope=_sealed(desk, row, first),
        follows=follows,
        begun_by=desk.sight.person,
        begun_at=desk.at,
        touched_at=desk.at,
    )
    desk.db.add(made)
    desk.db.flush()
    desk.audit("release.begun", case=row.id, record=made.id)
    return made.id


def keep(desk: Desk, row: DraftRow, written: Answers) -> None:
    """Keep what is written now in place of what was; the page must have shown the newest.

    Raises:
        StepRefused: somebody else wrote on it meanwhile.
        FormRefused: it is longer than any release.
    """
    before = row.envelope  # the row follows the update
    envelope = _sealed(desk, cases.case(desk, CaseId(row.case)), written)
    newest = (col(DraftRow.id) == row.id, col(DraftRow.version) == desk.form.version())
    values = {"envelope": envelope, "touched_at": desk.at, "version": DraftRow.version + 1}
    if rows_changed(desk.db.execute(update(DraftRow).where(*newest).values(**values))) != 1:
        raise StepRefused(
            _("This was changed in another window meanwhile. Look at it again, then save.")
        )
    _shred(desk, [before], "rewritten")


def drop(desk: Desk, row: DraftRow, why: str) -> None:
    """The draft is over: signed, or not wanted any more. Nothing of it can be read again."""
    id, case, envelope = row.id, row.case, row.envelope
    newest = col(DraftRow.version) == row.version
    gone = delete(DraftRow).where(col(DraftRow.id) == id, newest)
    if rows_changed(desk.db.execute(gone)) != 1:
        raise NothingHere
    _shred(desk, [envelope], why)
    desk.audit("release.draft_over", case=case, record=id, ending=why)


def drop_old(desk: Desk) -> None:
    """Drop what nobody has touched for a month. Safe to run twice."""
    old = select(col(DraftRow.id), col(DraftRow.envelope)).where(
        col(DraftRow.touched_at) <= desk.at - KEPT
    )
    found = desk.db.execute(old.order_by(col(DraftRow.id)).limit(MOST_AT_ONCE)).all()
    if found:
        desk.db.execute(delete(DraftRow).where(col(DraftRow.id).in_([row[0] for row in found])))
        _shred(desk, [row[1] for row in found], "abandoned")


def _sealed(desk: Desk, case: CaseRow, written: Answers) -> EnvelopeId:
    told = json.dumps({name: list(said) for name, said in written.items()}, ensure_ascii=False)
    if len(told) > MOST:
        raise FormRefused({"": _("That is too much for one release. Write less.")})
    return seal_evidence(desk, case, {"answers": told})


def _shred(desk: Desk, envelopes: Sequence[str], why: str) -> None:
    names = [EnvelopeId(each) for each in envelopes]
    unshare(desk.db, desk.sight, Ending(why, envelopes=names))
