"""What becomes of referrals when the release they stand on ends, by her word or by the hour."""

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from hub.core.ids import ReleaseId
from hub.core.language import _
from hub.desk import Desk
from hub.door.holders import teams_to_hold
from pathways.referrals.moving import Move, move
from pathways.referrals.queries import Party
from pathways.referrals.reasons import Reason
from pathways.referrals.referral import Side, Stage, State, Step
from pathways.referrals.tables import REFERRALS, ReferralRow

MOST_AT_ONCE = 200


def release_ended(desk: Desk, release: ReleaseId) -> None:
    """Withdraw every referral on this release that is under way; drafts lose it and stay drafts.

    The keys are gone already when this is called. Nothing that waits to be mailed about them
    leaves any more.
    """
    _unmoor_drafts(desk, release)
    for row in _under_way(desk, release):
        made = Move(Step.WITHDRAW, row.version, Reason.RELEASE_WITHDRAWN)
        move(desk, Party(row, Side.HOUSE), made)


def release_effects(desk: Desk, release: ReleaseId) -> list[str]:
    """What taking this release back would do to referrals, in sentences for the preview."""
    found = select(ReferralRow).where(
        col(ReferralRow.release) == release, col(ReferralRow.stage) != Stage.OVER
    )
    rows = list(desk.db.execute(found.order_by(col(ReferralRow.made_at))).scalars())
    return [_effect(row) for row in rows]


def _effect(row: ReferralRow) -> str:
    if row.stage is Stage.DRAFT:
        return _("The draft {number} stays a draft and needs another release.").format(
            number=row.number
        )
    return _("Referral {number} ({kind}) is withdrawn, and they can open nothing of it.").format(
        number=row.number, kind=row.service_type.label
    )


def _under_way(desk: Desk, release: ReleaseId) -> list[ReferralRow]:
    wanted = select(ReferralRow).where(
        col(ReferralRow.release) == release,
        col(ReferralRow.stage).not_in([Stage.DRAFT, Stage.OVER]),
    )
    return list(desk.db.execute(wanted.order_by(col(ReferralRow.made_at))).scalars())


def _unmoor_drafts(desk: Desk, release: ReleaseId) -> None:
    """What she was reminded of stood on a release that is gone; the draft needs both again."""
    drafts = update(REFERRALS).where(
        REFERRALS.c.release == release, REFERRALS.c.state == State.DRAFT
    )
    lost = dict.fromkeys(
        ("release", "ends_at", "reminded_at", "reminded_by", "reminded_mode", "reminder")
    )
    desk.db.execute(drafts.values(version=REFERRALS.c.version + 1, **lost))


def end_unanswered(desk: Desk) -> None:
    """End referrals nobody answered before their release was over, and tell who sent them.

    Safe to run twice: each is moved from the state it was read in, or not at all. One that was
    taken on stays open, so that the care team can still say how it ended.
    """
    unanswered = (
        col(ReferralRow.stage).in_([Stage.ASKED, Stage.PAUSED]),
        col(ReferralRow.ends_at) <= desk.at,
    )
    due = select(ReferralRow).where(*unanswered, col(ReferralRow.case).in_(_held(desk, unanswered)))
    for row in list(desk.db.execute(due.order_by(col(ReferralRow.ends_at))).scalars()):
        made = Move(Step.EXPIRE, row.version, Reason.RELEASE_EXPIRED)
        move(desk, Party(row, Side.HOUSE), made)


def _held(desk: Desk, unanswered: tuple[ColumnElement[bool], ...]) -> list[str]:
    """The cases of these referrals, held; one that somebody is busy with waits for next time."""
    behind = select(col(ReferralRow.case)).where(*unanswered).limit(MOST_AT_ONCE)
    free = teams_to_hold(behind).with_for_update(read=True, skip_locked=True)
    return list(desk.db.execute(free).scalars())
