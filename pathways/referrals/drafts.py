"""A referral before it is sent: which service, on which release, with which of her entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete
from sqlmodel import col

from hub.cases import queries as cases
from hub.cases.tables import CaseRow
from hub.consent import queries as consent
from hub.consent.release import Release, names_service
from hub.core.clock import OPEN_END
from hub.core.errors import FormRefused, StepRefused
from hub.core.grounds import OWN_WORK
from hub.core.ids import (
    AgencyId,
    CaseId,
    EnvelopeId,
    HolderId,
    ReleaseId,
    ServiceId,
    fresh,
    referral_number,
)
from hub.core.language import _
from hub.core.words import Category, Priority, ServiceType
from hub.desk import Desk
from hub.door import Ending, Entry, Sealing, To, seal, unshare
from hub.door.keeping_out import is_kept_away
from pathways.directory import queries as directory
from pathways.directory.listing import Service
from pathways.referrals import queries
from pathways.referrals.moving import change
from pathways.referrals.packet import Ask
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.referral import Stage, State
from pathways.referrals.tables import ReferralEntryRow, ReferralRow

NOT_TICKED: Final = frozenset({Category.NEED, Category.LOCATION})
"""What she asks for goes in words she approved; a location only when it is ticked by itself."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the case manager has chosen and she has approved, before anything is sent.

    `sources` are the case's own envelopes; `places` those that say where she can be found, which
    go only with `place_reason`.
    """

    kind: ServiceType
    release: ReleaseId
    priority: Priority
    ask: Ask
    sources: tuple[EnvelopeId, ...] = ()
    places: tuple[EnvelopeId, ...] = ()
    place_reason: str = ""
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What can go on one release: entries to tick, and locations to tick by themselves.

    `need` is what the case last said that she asks for: where the text she approves begins.
    """

    release: Release
    entries: Sequence[Entry]
    places: Sequence[Entry]
    need: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """That she was reminded of this disclosure: when, how, and what was said."""

    at: datetime
    mode: ReminderMode
    words: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A case and a service that may be asked for help."""

    case: CaseRow
    service: Service
    to_agency: AgencyId
    offers: Sequence[Offer] = field(default=())


def opening(desk: Desk, case: CaseId, service: ServiceId) -> Opening:
    """What can be sent from this case to this service now, release by release.

    Raises:
        NothingHere: no such case or not this team's, or no such service.
        StepRefused: the case is closed, the service cannot be referred to from here, or its agency
            must never know of her.
    """
    row, found = cases.case(desk, case), directory.service(desk.db, service)
    if row.closed_at is not None:
        raise StepRefused(_("This case is closed, so nothing of it can be shared any more."))
    to_agency = _receiver(desk, found)
    if is_kept_away(desk.db, desk.sight, row.id, to_agency):
        raise StepRefused(
            _("That agency is among those who must never know, so nothing can be sent there.")
        )
    live = consent.live_releases(desk, case, to_agency)
    usable = [each for each in live if _usable(each, found)]
    current = cases.entries(desk, case) if usable else []
    return Opening(row, found, to_agency, [_offer(each, current) for each in usable])


def _receiver(desk: Desk, service: Service) -> AgencyId:
    """Raise StepRefused unless the service belongs to another agency of this hub."""
    if service.agency is None:
        raise StepRefused(
            _(
                "This service takes no referrals through the hub. "
                "Its page in the directory says how it does take them."
            )
        )
    if service.agency == desk.sight.agency:
        raise StepRefused(
            _(
                "That would be a referral to one's own agency. Inside your own agency, talk with "
                "your colleague; nothing needs to be sent."
            )
        )
    return service.agency


def _usable(release: Release, service: Service) -> bool:
    """Whether it covers the least a referral carries, for a kind of help this service gives."""
    named = any(names_service(release, kind) for kind in service.types)
    return named and Category.NEED in release.categories


def _offer(release: Release, current: Sequence[Entry]) -> Offer:
    covered = [
        entry
        for entry in current
        if entry.category in release.categories and release.records.holds(entry.at)
    ]
    return Offer(
        release,
        [entry for entry in covered if entry.category not in NOT_TICKED],
        [entry for entry in covered if entry.category is Category.LOCATION],
        next((e.body.get("text", "") for e in covered if e.category is Category.NEED), ""),
    )


def chosen_offer(found: Opening, draft: Draft) -> Offer:
    """The offer a draft stands on.

    Raises:
        FormRefused: the release, the kind of help or an entry is not among what can be chosen.
    """
    errors: dict[str, str] = {}
    offers = [offer for offer in found.offers if offer.release.id == draft.release]
    if not offers:
        raise FormRefused({"release": _("Choose a release that is in force for this.")})
    [offer] = offers
    if draft.kind not in found.service.types or not names_service(offer.release, draft.kind):
        errors["kind"] = _("Choose a kind of help she released this for.")
    if not _among(draft.sources, offer.entries):
        errors["entries"] = _("An entry changed since you ticked it. Tick again what goes.")
    if not _among(draft.places, offer.places):
        errors["places"] = _("An entry changed since you ticked it. Tick again what goes.")
    if draft.places and not draft.place_reason:
        errors["place_reason"] = _("Say why they must know where she is, or untick it.")
    if errors:
        raise FormRefused(errors)
    return offer


def _among(ticked: Sequence[EnvelopeId], offered: Sequence[Entry]) -> bool:
    return set(ticked) <= {entry.envelope for entry in offered}


def start(desk: Desk, found: Opening, draft: Draft) -> str:
    """Begin a referral; the ref of the draft.

    Raises:
        FormRefused: as `chosen_offer`.
    """
    offer = chosen_offer(found, draft)
    row = ReferralRow(
        id=fresh(),
        sender_ref=fresh(),
        receiver_ref=fresh(),
        number=referral_number(),
        case=found.case.id,
        sender_team=found.case.team,
        from_agency=desk.sight.agency,
        to_agency=found.to_agency,
        service=found.service.id,
        state=State.DRAFT,
        stage=Stage.DRAFT,
        made_by=desk.sight.person,
        made_at=desk.at,
        previous_referral=_previous(desk, found, draft),
        **_terms(desk, found.case, offer, draft),
    )
    desk.db.add(row)
    desk.db.flush()
    _write_pieces(desk, row, offer, draft)
    desk.audit("referral.drafted", referral=row.id, case=row.case, service=row.service)
    return row.sender_ref


def rewrite(desk: Desk, row: ReferralRow, found: Opening, draft: Draft) -> None:
    """Change a draft. What she was reminded of was the draft before, so she is reminded again.

    Raises:
        FormRefused: as `chosen_offer`.
        Changed: somebody changed it since the page was opened.
    """
    offer, old = chosen_offer(found, draft), EnvelopeId(row.ask)
    values = _terms(desk, found.case, offer, draft) | dict.fromkeys(
        ("reminded_at", "reminded_by", "reminded_mode", "reminder")
    )
    change(desk, row, desk.form.version(), values)
    unshare(desk.db, desk.sight, Ending("rewritten", envelopes=[old]))
    desk.db.execute(delete(ReferralEntryRow).where(col(ReferralEntryRow.referral) == row.id))
    _write_pieces(desk, row, offer, draft)
    desk.audit("referral.redrafted", referral=row.id)


def _terms(desk: Desk, case: CaseRow, offer: Offer, draft: Draft) -> dict[str, Any]:
    sealing = Sealing(Category.NEED, draft.ask.body(), case.id)
    return {
        "service_type": draft.kind,
        "release": offer.release.id,
        "ends_at": offer.release.ends,
        "priority": draft.priority,
        "drafted_at": desk.at,
        "ask": _for_the_team(desk, HolderId(case.team), sealing),
    }


def _for_the_team(desk: Desk, team: HolderId, sealing: Sealing) -> EnvelopeId:
    return seal(desk.db, desk.sight, sealing, [To(team, OWN_WORK, OPEN_END)])


def _previous(desk: Desk, found: Opening, draft: Draft) -> str | None:
    """The referral of the same case that this one follows on from, by its own id."""
    if draft.previous is None:
        return None
    before = queries.of_case(desk, CaseId(found.case.id))
    return next((row.id for row in before if row.sender_ref == draft.previous), None)


def _write_pieces(desk: Desk, row: ReferralRow, offer: Offer, draft: Draft) -> None:
    chosen = [entry for entry in offer.entries if entry.envelope in draft.sources]
    places = [entry for entry in offer.places if entry.envelope in draft.places]
    why = {"text": draft.place_reason}
    for place, entry in enumerate([*chosen, *places]):
        reason = None
        if entry.category is Category.LOCATION:
            sealing = Sealing(Category.WORKINGS, why, row.case)
            reason = _for_the_team(desk, HolderId(row.sender_team), sealing)
        desk.db.add(_piece(row, place, entry, reason))
    desk.db.flush()


def _piece(
    row: ReferralRow, place: int, entry: Entry, reason: EnvelopeId | None
) -> ReferralEntryRow:
    return ReferralEntryRow(
        id=fresh(),
        referral=row.id,
        place=place,
        category=entry.category,
        source=entry.envelope,
        reason=reason,
    )


def remind(desk: Desk, row: ReferralRow, reminder: Reminder) -> None:
    """Write down that she was reminded of exactly this disclosure.

    Raises:
        FormRefused: the draft was changed after she was reminded of it.
        Changed: the draft was changed since the page was opened, so she heard of another one.
    """
    if reminder.at < row.drafted_at.replace(second=0, microsecond=0):
        said = _("The draft was changed after that. Remind her of it as it is now.")
        raise FormRefused({"reminded_at": said})
    sealing = Sealing(Category.WORKINGS, {"text": reminder.words}, row.case)
    values = {
        "reminded_at": reminder.at,
        "reminded_by": desk.sight.person,
        "reminded_mode": reminder.mode,
        "reminder": _for_the_team(desk, HolderId(row.sender_team), sealing),
    }
    change(desk, row, desk.form.version(), values)
    desk.audit("referral.reminded", referral=row.id, mode=reminder.mode.value)
