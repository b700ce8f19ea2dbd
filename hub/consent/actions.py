"""What is done with a release: write it down. Taking it back is in `withdrawing`."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent import queries
from hub.consent.evidence import codes, evidence
from hub.consent.release import STEPS, Side, State, Step
from hub.consent.tables import ReleaseRow
from hub.consent.terms import ReleaseTerms, faults
from hub.core.clock import OPEN_END
from hub.core.errors import FormRefused, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import CaseId, EnvelopeId, HolderId, ReleaseId, fresh
from hub.core.language import _
from hub.core.states import advance
from hub.core.words import Category
from hub.desk import Desk
from hub.door import Sealing, To, seal
from hub.door.keeping_out import is_kept_away
from hub.people.tables import AgencyRow

AHEAD: Final = {"week_said_at": timedelta(days=7), "day_said_at": timedelta(days=1)}
"""How long before its end a case manager is told; what ends sooner than that is known already."""


def record_release(desk: Desk, case: CaseId, terms: ReleaseTerms) -> ReleaseId:
    """Write down what the survivor agreed to; it is in force from its start.

    Raises:
        NothingHere: no such case, or not this team's.
        FormRefused: the terms cannot stand; one sentence per field.
        StepRefused: the case is closed, or that agency must never know of it.
    """
    row = cases.case(desk, case)
    if is_kept_away(desk.db, desk.sight, row.id, terms.to_agency):
        raise StepRefused(_("That agency is among those who must never know."))
    if row.closed_at is not None:
        raise StepRefused(_("This case is closed, so nothing of it can be shared any more."))
    found = faults_of(desk, terms)
    if found:
        raise FormRefused(found)
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


def faults_of(desk: Desk, terms: ReleaseTerms) -> dict[str, str]:
    """What is wrong with these terms at this agency now: field to sentence; {} when nothing."""
    found = faults(terms, desk.sight.agency, desk.at, queries.policy(desk))
    known = select(col(AgencyRow.id)).where(
        col(AgencyRow.id) == terms.to_agency, col(AgencyRow.closed_at).is_(None)
    )
    if desk.db.execute(known).first() is None:
        found.setdefault("to_agency", _("Choose an agency from the list."))
    return found


def _release_row(desk: Desk, case: CaseRow, release: ReleaseId, terms: ReleaseTerms) -> ReleaseRow:
    heard = terms.given.heard
    said_soon: dict[str, Any] = {
        name: desk.at for name, span in AHEAD.items() if terms.ends - desk.at <= span
    }
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
