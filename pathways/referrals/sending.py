"""Sending a referral: the release asked once more, copies sealed, the desk told, all at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.keeping.conflicts import meet_case
from hub.cases.keeping.named import giving_to, receiver_at
from hub.cases.reaching.queries import known_at_home
from hub.cases.tables import CaseEntryRow
from hub.consent import queries as consent
from hub.consent.brake import Going, Haste, opens_at
from hub.consent.release import Release, ReleaseGround, live, names_service
from hub.core.clock import OPEN_END
from hub.core.errors import StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, ReleaseId
from hub.core.language import _
from hub.core.words import Category, Purpose
from hub.desk import Desk
from hub.door import (
    Ending,
    Sealing,
    To,
    desk_of,
    open_entries,
    seal,
    seal_all,
    unshare,
)
from pathways.referrals import queries
from pathways.referrals.moving import Move, move, tell
from pathways.referrals.packet import Ask
from pathways.referrals.queries import Party
from pathways.referrals.referral import Side, Step, reminded, respond_by
from pathways.referrals.tables import ReferralEntryRow, ReferralRow


def send(desk: Desk, row: ReferralRow, haste: Haste | None) -> None:
    """Send a draft: the receiver's desk can open the copies until the release ends.

    The first of hers that goes to an agency, and whatever says where she is, waits a little first
    and can be called back; not with `haste`, which is written down. The receiver is told, and the
    time for an answer runs, from when it can be opened.

    Raises:
        StepRefused: she was not reminded of it, the release does not cover it now, an entry
            changed since it was ticked, the case is closed, or nobody is at that desk.
        Changed: somebody changed the draft since the page was opened.
    """
    release = refuse_unready(desk, row)
    pieces = refuse_outdated(desk, row)
    refuse_known_at_home(desk, row, pieces)
    meet_case(desk, CaseId(row.case), AgencyId(row.to_agency))
    to, people = giving_to(desk, CaseId(row.case), AgencyId(row.to_agency))
    opens = opens_at(desk, _going(row, pieces), haste)
    ground = To(to, ReleaseGround(release, Purpose.REFERRAL, opens), release.ends)
    asked, *copies = _sealed_copies(desk, row, pieces, ground)
    made, draft = Move(Step.SEND, desk.form.version()), EnvelopeId(row.ask)
    values = _sent(desk, row, to, opens) | _hurried(desk, row, haste)
    move(desk, Party(row, Side.SENDER), made, values | {"ask": asked})
    unshare(desk.db, desk.sight, Ending("sent", envelopes=[draft]))
    for piece, copy in zip(pieces, copies, strict=True):
        piece.envelope = copy
    desk.db.flush()
    tell(desk, people, row, opens)


def _going(row: ReferralRow, pieces: Sequence[ReferralEntryRow]) -> Going:
    categories = {Category.NEED, *(piece.category for piece in pieces)}
    return Going(CaseId(row.case), AgencyId(row.to_agency), categories)


def pause_before(desk: Desk, row: ReferralRow) -> datetime | None:
    """When it could first be opened if it were sent now without haste; None for at once."""
    return opens_at(desk, _going(row, queries.pieces(desk.db, row)), None)


def _hurried(desk: Desk, row: ReferralRow, haste: Haste | None) -> dict[str, Any]:
    """Why it did not wait: the reason as a code, the words sealed for the care team."""
    if haste is None:
        return {"hurry": None, "hurry_words": None}
    sealing = Sealing(Category.WORKINGS, {"text": haste.words}, row.case)
    own = To(HolderId(row.sender_team), OWN_WORK, OPEN_END)
    desk.audit("referral.hurried", referral=row.id, reason=haste.hurry.value)
    return {"hurry": haste.hurry, "hurry_words": seal(desk.db, desk.sight, sealing, [own])}


def _sealed_copies(
    desk: Desk, row: ReferralRow, pieces: Sequence[ReferralEntryRow], ground: To
) -> list[EnvelopeId]:
    """What she asks for and what goes along, under new keys: later changes do not travel.

    The receiver's page speaks of her as the page did on which this was looked at.
    """
    sources = [EnvelopeId(each) for each in (row.ask, *(piece.source for piece in pieces))]
    opened = open_entries(desk.db, desk.sight, sources)
    asked, *pieces_now = [opened[each] for each in sources]
    way = cases.spoken_of(desk, CaseId(row.case))
    ask = replace(Ask.read(asked.body), spoken_of=way)
    sealings = [Sealing(asked.category, ask.body(), row.case)]
    sealings += [Sealing(each.category, each.body, row.case) for each in pieces_now]
    shares = [To(HolderId(row.sender_team), OWN_WORK, OPEN_END), ground]
    return seal_all(desk.db, desk.sight, sealings, shares)


def _sent(desk: Desk, row: ReferralRow, to: HolderId, opens: datetime | None) -> dict[str, Any]:
    return {
        "sent_at": desk.at,
        "sent_by": desk.sight.person,
        "opens_at": opens,
        "respond_by": respond_by(row.priority, opens or desk.at),
        "desk": to,
        "receiver_holder": to,
    }


def refuse_unready(desk: Desk, row: ReferralRow) -> Release:
    """The release it can be sent on now; nobody takes it back until this unit of work is over.

    Raises:
        StepRefused: it cannot; the sentence says what to do first.
    """
    if not reminded(row.reminded_at, desk.at):
        raise StepRefused(
            _("Remind her of this disclosure first and write down that you did; then send it.")
        )
    release = consent.release(desk, ReleaseId(row.release)) if row.release else None
    case = cases.case(desk, CaseId(row.case))
    if release is None or case.closed_at is not None:
        raise StepRefused(_("The release this stood on has ended. Choose one that is in force."))
    if not live(release, desk.at) or not names_service(release, row.service_type):
        raise StepRefused(_("The release this stood on has ended. Choose one that is in force."))
    return release


def goes_to(desk: Desk, row: ReferralRow) -> tuple[list[PersonId], bool]:
    """Who there will be able to read it, and whether that is a safe contact and not the desk."""
    agency = AgencyId(row.to_agency)
    found, people = receiver_at(desk, CaseId(row.case), agency)
    return people, bool(people) and found != desk_of(desk.db, agency)


def refuse_outdated(desk: Desk, row: ReferralRow) -> list[ReferralEntryRow]:
    """What goes along, if all of it still stands in the case as it was ticked.

    Raises:
        StepRefused: an entry was replaced since.
    """
    pieces = queries.pieces(desk.db, row)
    sources = {piece.source for piece in pieces}
    current = select(col(CaseEntryRow.envelope)).where(
        col(CaseEntryRow.envelope).in_(sources),
        col(CaseEntryRow.case) == row.case,
        col(CaseEntryRow.replaced_at).is_(None),
    )
    if sources != set(desk.db.execute(current).scalars()):
        raise StepRefused(
            _("An entry changed in the case since it was ticked. Look at the draft again.")
        )
    return pieces


def refuse_known_at_home(desk: Desk, row: ReferralRow, pieces: Sequence[ReferralEntryRow]) -> None:
    """Nothing goes along by which somebody of the family could be reached instead.

    Raises:
        StepRefused: a number or address among it is one of the family's too.
    """
    ways = {piece.source for piece in pieces if piece.category is Category.CONTACT}
    if ways and ways & known_at_home(desk, CaseId(row.case)):
        raise StepRefused(
            _(
                "A number or address that goes along is also written down under family and "
                "household, so somebody else may answer. Leave it out, or write down another way."
            )
        )
