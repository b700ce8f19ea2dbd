"""A new release takes the place of one before: renewed, made narrower or wider, in one piece."""

from contextlib import suppress

from sqlalchemy import update
from sqlmodel import col

from hub.consent import queries
from hub.consent.actions import record_release
from hub.consent.release import (
    STEPS,
    Release,
    ReleaseGround,
    Side,
    Standing,
    State,
    Step,
    goes_on,
    read_until,
    standing,
)
from hub.consent.tables import ReleaseRow
from hub.consent.terms import ReleaseTerms
from hub.consent.withdrawing import REVOCABLE, effects_elsewhere
from hub.core.errors import FormRefused, NothingHere, StepRefused
from hub.core.ids import ReleaseId
from hub.core.language import _
from hub.core.states import advance
from hub.desk import Desk
from hub.door import Ending, To, Told, share, unshare
from hub.door.keeping_out import KeptAway
from hub.door.ledgers import hanging
from hub.store.unit import rows_changed


def replace_release(desk: Desk, old: ReleaseId, terms: ReleaseTerms) -> ReleaseId:
    """Write down a release that takes the place of `old` from now on; returns the new one.

    What was shared on the old one and is covered by the new one goes on under the new one; all
    the rest ends in the same moment. One that had ended or was taken back by then stays as it
    is, and the new one simply comes after it.

    Raises:
        NothingHere: there is no such release, or not this team's.
        FormRefused: the terms cannot stand, or name another agency or a later first day.
        StepRefused: another one has taken its place already, or the case is closed.
    """
    row = queries.release_row(desk, old)
    queries.hold_alone(desk.db, [row.case])
    before = queries.release(desk, old)
    _refuse(desk, before, terms)
    new = record_release(desk, before.case, terms)
    desk.db.execute(update(ReleaseRow).where(col(ReleaseRow.id) == new).values(follows=old))
    was = standing(before, desk.at)
    if was is not Standing.WITHDRAWN:
        _point_on(desk, row, new, _state_of_the_old(row, was))
    if was in REVOCABLE:
        _carry(desk, before, queries.release(desk, new))
    return new


def _refuse(desk: Desk, before: Release, terms: ReleaseTerms) -> None:
    if terms.to_agency != before.to_agency:
        sentence = _("It takes the place of a release to another agency. Begin a new one for this.")
        raise FormRefused({"to_agency": sentence})
    if terms.starts > desk.at:
        sentence = _("It takes the place of the one before at once. Give today as the first day.")
        raise FormRefused({"starts": sentence})


def _state_of_the_old(row: ReleaseRow, was: Standing) -> State:
    """The state of the one before from now on: superseded, unless it had ended by itself."""
    if was in REVOCABLE:
        return advance(STEPS, row.state, Step.SUPERSEDE, Side.SURVIVOR)
    return row.state


def _point_on(desk: Desk, row: ReleaseRow, new: ReleaseId, state: State) -> None:
    unchanged = (
        col(ReleaseRow.id) == row.id,
        col(ReleaseRow.version) == row.version,
        col(ReleaseRow.withdrawn_at).is_(None),
        col(ReleaseRow.followed_by).is_(None),
    )
    told = {"state": state, "followed_by": new, "followed_at": desk.at, "version": row.version + 1}
    if rows_changed(desk.db.execute(update(ReleaseRow).where(*unchanged).values(**told))) != 1:
        raise StepRefused(_("Another release has taken its place already. Go on from that one."))
    desk.audit("release.superseded", release=row.id, record=new, case=row.case)


def _carry(desk: Desk, old: Release, new: Release) -> None:
    """End what was shared on the old release, and give again what the new one covers."""
    kept = carried(desk, old, new)
    ending = Ending("superseded", record=old.id, agency=old.to_agency)
    effects = [] if goes_on(old, new) else effects_elsewhere(desk, [old])
    unshare(desk.db, desk.sight, ending)
    purpose = min(old.purposes)
    for line in kept:
        waits = line.opens_at if line.opens_at and line.opens_at > desk.at else None
        ground = ReleaseGround(new, purpose, waits)
        to = To(line.holder, ground, read_until(line.until, old, new))
        with suppress(NothingHere, KeptAway):  # what cannot be given again has ended, no more
            share(desk.db, desk.sight, line.envelope, [to])
    for effect in effects:
        effect.end(desk)
    if goes_on(old, new):
        for follow in desk.hub.parts.release_successions:
            follow(desk, old.id, new.id)


def carried(desk: Desk, old: Release, new: Release) -> list[Told]:
    """What can be read on the old release now and goes on under the new one."""
    if not goes_on(old, new):
        return []
    return [each for each in readable(desk, old) if each.category in new.categories]


def readable(desk: Desk, release: Release) -> list[Told]:
    """What its receiver was given on this release and can read now, or when a wait is over."""
    ending = Ending("superseded", record=release.id, agency=release.to_agency)
    return hanging(desk.db, desk.sight, release.case, ending)
