"""Sending a referral: the release asked once more, copies sealed, the desk told, all at once."""

from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseEntryRow
from hub.consent import queries as consent
from hub.consent.release import Release, ReleaseGround, live, names_service
from hub.core.clock import OPEN_END
from hub.core.errors import StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, ReleaseId
from hub.core.language import _
from hub.core.words import Purpose
from hub.desk import Desk
from hub.door import Sealing, To, custodians, desk_of, open_entries, seal, share
from pathways.referrals import queries
from pathways.referrals.moving import Move, move, tell
from pathways.referrals.queries import Party
from pathways.referrals.referral import Side, Step, reminded, respond_by
from pathways.referrals.tables import ReferralEntryRow, ReferralRow


def send(desk: Desk, row: ReferralRow) -> None:
    """Send a draft: from now on the receiver's desk can open the copies, until the release ends.

    Raises:
        StepRefused: she was not reminded of it, the release does not cover it now, an entry
            changed since it was ticked, the case is closed, or nobody is at that desk.
        Changed: somebody changed the draft since the page was opened.
    """
    queries.hold(desk, row.sender_ref)
    release, to = refuse_unready(desk, row), receiving_desk(desk, AgencyId(row.to_agency))
    ground = To(to, ReleaseGround(release, Purpose.REFERRAL), release.ends)
    made = Move(Step.SEND, desk.form.version())
    move(desk, Party(row, Side.SENDER), made, _sent(desk, row, to))
    share(desk.db, desk.sight, EnvelopeId(row.ask), [ground])
    _seal_copies(desk, row, ground)
    tell(desk, custodians(desk.db, to), row)


def _sent(desk: Desk, row: ReferralRow, to: HolderId) -> dict[str, Any]:
    return {
        "sent_at": desk.at,
        "sent_by": desk.sight.person,
        "respond_by": respond_by(row.priority, desk.at),
        "desk": to,
        "receiver_holder": to,
    }


def refuse_unready(desk: Desk, row: ReferralRow) -> Release:
    """The release it can be sent on now.

    Raises:
        StepRefused: it cannot; the sentence says what to do first.
    """
    if not reminded(row.reminded_at, desk.at):
        raise StepRefused(
            _("Remind her of this disclosure first and write down that you did; then send it.")
        )
    case = cases.case(desk, CaseId(row.case))
    release = consent.release(desk, ReleaseId(row.release)) if row.release else None
    if release is None or case.closed_at is not None:
        raise StepRefused(_("The release this stood on has ended. Choose one that is in force."))
    if not live(release, desk.at) or not names_service(release, row.service_type):
        raise StepRefused(_("The release this stood on has ended. Choose one that is in force."))
    return release


def receiving_desk(desk: Desk, agency: AgencyId) -> HolderId:
    """The intake desk of an agency, with somebody at it.

    Raises:
        StepRefused: it has none, or nobody carries its key: it would wait unseen.
    """
    found = desk_of(desk.db, agency)
    if found is None or not custodians(desk.db, found):
        raise StepRefused(
            _("Nobody is at that agency's intake desk now, so nobody would see it. Call them.")
        )
    return found


def refuse_outdated(desk: Desk, row: ReferralRow) -> None:
    """Raise StepRefused if an entry that goes along was replaced since it was ticked."""
    sources = {piece.source for piece in queries.pieces(desk.db, row)}
    current = select(col(CaseEntryRow.envelope)).where(
        col(CaseEntryRow.envelope).in_(sources),
        col(CaseEntryRow.case) == row.case,
        col(CaseEntryRow.replaced_at).is_(None),
    )
    if sources != set(desk.db.execute(current).scalars()):
        raise StepRefused(
            _("An entry changed in the case since it was ticked. Look at the draft again.")
        )


def _seal_copies(desk: Desk, row: ReferralRow, ground: To) -> None:
    """Copies of the ticked entries, under new keys: later changes to her file do not travel."""
    refuse_outdated(desk, row)
    pieces = queries.pieces(desk.db, row)
    opened = open_entries(desk.db, desk.sight, [EnvelopeId(piece.source) for piece in pieces])
    shares = [To(HolderId(row.sender_team), OWN_WORK, OPEN_END), ground]
    for piece in pieces:
        entry = opened[EnvelopeId(piece.source)]
        copy = seal(desk.db, desk.sight, Sealing(entry.category, entry.body), shares)
        _name_copy(desk, piece, copy)


def _name_copy(desk: Desk, piece: ReferralEntryRow, copy: EnvelopeId) -> None:
    named = update(ReferralEntryRow).where(col(ReferralEntryRow.id) == piece.id)
    desk.db.execute(named.values(envelope=copy))
