"""What is done with a release: write it down, and take it back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent import queries
from hub.consent.evidence import codes, evidence
from hub.consent.release import STEPS, Side, Standing, State, Step, standing
from hub.consent.tables import ReleaseRow
from hub.consent.terms import Mode, ReleaseTerms, faults
from hub.core.clock import OPEN_END
from hub.core.errors import FormRefused, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, ReleaseId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import Category
from hub.desk import Desk, Notice
from hub.door import Ending, Sealing, To, seal, unshare
from hub.people.tables import AgencyRow
from hub.store.unit import rows_changed

AHEAD: Final = {"week_said_at": timedelta(days=7), "day_said_at": timedelta(days=1)}
"""How long before its end a case manager is told; what ends sooner than that is known already."""

REVOCABLE = frozenset({Standing.LIVE, Standing.TO_COME, Standing.DRAFTED})


def record_release(desk: Desk, case: CaseId, terms: ReleaseTerms) -> ReleaseId:
    """Write down what the survivor agreed to; it is in force from its start.

    Raises:
        NothingHere: no such case, or not this team's.
        FormRefused: the terms cannot stand; one sentence per field.
        StepRefused: the case is closed.
    """
    row = cases.case(desk, case)
    if row.closed_at is not None:
        raise StepRefused(_("This case is closed, so nothing of it can be shared any more."))
    _refuse_faults(desk, terms)
    release = ReleaseId(fresh())
    desk.db.add(_release_row(desk, row, release, terms))
    desk.db.flush()
    desk.audit(
        "release.recorded",
        release=release,
        case=case,
        agency=terms.to_agency,
        categories=" ".join(sorted(terms.categories)),
        until=terms.ends.isoformat(),
    )
    return release


def _refuse_faults(desk: Desk, terms: ReleaseTerms) -> None:
    found = faults(terms, desk.sight.agency, desk.at, queries.policy(desk))
    known = select(col(AgencyRow.id)).where(
        col(AgencyRow.id) == terms.to_agency, col(AgencyRow.closed_at).is_(None)
    )
    if desk.db.execute(known).first() is None:
        found.setdefault("to_agency", _("Choose an agency from the list."))
    if found:
        raise FormRefused(found)


def _release_row(desk: Desk, case: CaseRow, release: ReleaseId, terms: ReleaseTerms) -> ReleaseRow:
    heard = terms.given.heard
    said_soon = {name: desk.at for name, span in AHEAD.items() if terms.ends - desk.at <= span}
    return ReleaseRow(
        id=release,
        case=case.id,
        from_agency=desk.sight.agency,
        to_agency=terms.to_agency,
        state=advance(STEPS, State.DRAFTED, Step.SIGN, Side.SURVIVOR),
        purposes=codes(terms.purposes),
        service_types=codes(terms.service_types),
        categories=codes(terms.categories),
        never=codes(terms.never),
        records_from=terms.records_from,
        records_to=terms.records_to,
        starts=terms.starts,
        ends=terms.ends,
        manner=terms.given.manner,
        language=heard.language if heard else None,
        notice=heard.version if heard else None,
        evidence=seal_evidence(desk, case, evidence(terms)),
        recorded_by=desk.sight.person,
        recorded_at=desk.at,
        **said_soon,
    )


def seal_evidence(desk: Desk, case: CaseRow, body: dict[str, str]) -> EnvelopeId:
    """Seal words of a release for the care team, under the category no release can ever share."""
    to = [To(HolderId(case.team), OWN_WORK, OPEN_END)]
    return seal(desk.db, desk.sight, Sealing(Category.EVIDENCE, body, case.id), to)


def withdraw(desk: Desk, ids: Sequence[ReleaseId], how: Mode, words: str = "") -> int:
    """Take releases back, with all that hangs on them, in one transaction; returns how many.

    Nothing stands in its way: what has ended already is left as it is, and that is no mistake.

    Raises:
        NothingHere: one of them is not a release of this team's cases.
    """
    rows = [queries.release_row(desk, release) for release in ids]
    queries.hold_alone(desk.db, {row.case for row in rows})
    taken = [row for row in rows if _take_back(desk, row, how, words)]
    for row in taken:
        _end_all_that_hangs_on(desk, row)
    return len(taken)


def _take_back(desk: Desk, row: ReleaseRow, how: Mode, words: str) -> bool:
    """Mark one release withdrawn; False when it had ended by then."""
    if standing(queries.as_release(row), desk.at) not in REVOCABLE:
        return False
    state = advance(STEPS, row.state, Step.WITHDRAW, Side.SURVIVOR)
    changed = (
        update(ReleaseRow)
        .where(col(ReleaseRow.id) == row.id, col(ReleaseRow.withdrawn_at).is_(None))
        .values(
            state=state,
            withdrawn_at=desk.at,
            withdrawn_mode=how,
            withdrawn_by=desk.sight.person,
            withdrawal=_withdrawal(desk, row, words),
            version=ReleaseRow.version + 1,
        )
    )
    return rows_changed(desk.db.execute(changed)) == 1


def _withdrawal(desk: Desk, row: ReleaseRow, words: str) -> EnvelopeId | None:
    if not words:
        return None
    return seal_evidence(desk, cases.case(desk, CaseId(row.case)), {"text": words})


def _end_all_that_hangs_on(desk: Desk, row: ReleaseRow) -> None:
    ending = Ending("withdrawn", record=row.id, agency=AgencyId(row.to_agency))
    count = unshare(desk.db, desk.sight, ending)
    for end in desk.hub.parts.release_endings:
        end(desk, ReleaseId(row.id))
    primary = cases.primary(desk.db, CaseId(row.case))
    if primary != desk.sight.person:
        desk.notify(primary, Notice(row.case, row.id))
    desk.audit("release.withdrawn", release=row.id, case=row.case, count=count)
