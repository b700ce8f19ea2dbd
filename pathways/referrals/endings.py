"""What becomes of referrals when the release they stand on ends, by her word or by the hour."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from hub.cases.names import agency_names
from hub.consent import queries as consent
from hub.consent.release import read_until
from hub.core.effects import Agreed, Effect, EffectKind
from hub.core.ids import ReleaseId
from hub.core.language import _, ngettext
from hub.desk import Desk
from hub.door.holders import teams_to_hold
from hub.people.tables import PersonRow
from hub.store import outbox
from hub.store.outbox import OutboxRow
from pathways.referrals.moving import Move, move
from pathways.referrals.queries import Party
from pathways.referrals.reasons import Reason
from pathways.referrals.referral import Side, Stage, State, Step
from pathways.referrals.tables import REFERRALS, ReferralRow

MOST_AT_ONCE = 200
REMINDED = ("reminded_at", "reminded_by", "reminded_mode", "reminder")


def release_effects(desk: Desk, releases: Sequence[Agreed]) -> list[Effect]:
    """What goes of referrals when these releases are taken back: those not over, and drafts."""
    found = select(ReferralRow).where(
        col(ReferralRow.release).in_([each.id for each in releases]),
        col(ReferralRow.stage) != Stage.OVER,
    )
    in_order = found.order_by(col(ReferralRow.made_at), col(ReferralRow.id))
    rows = list(desk.db.execute(in_order).scalars())
    names = agency_names(desk.db, [row.to_agency for row in rows])
    news = Counter(each.about for each in outbox.waiting(desk.db, [row.id for row in rows]))
    effects = [_effect(row, names.get(row.to_agency, "")) for row in rows]
    return effects + [_silence(row, news[row.id]) for row in rows if news[row.id]]


def _effect(row: ReferralRow, agency: str) -> Effect:
    number, about = row.number, ReleaseId(row.release or "")
    if row.stage is Stage.DRAFT:
        said = _("The draft {number} stays a draft and needs another release.")
        end = partial(_unmoor, row.id)
        return Effect(about, EffectKind.DRAFT, number, "", said.format(number=number), end)
    said = _("Referral {number} ({kind}) is withdrawn, and they can open nothing of it.")
    if row.stage is Stage.TAKEN:
        said = _(
            "Referral {number} ({kind}) is withdrawn, though they had taken it on, and they can "
            "open nothing of it. Ring them: they pass nothing on from now on, and keep only what "
            "the law makes them keep."
        )
    told = said.format(number=number, kind=row.service_type.label)
    return Effect(about, EffectKind.REFERRAL, number, agency, told, partial(_withdraw, row.id))


def _silence(row: ReferralRow, count: int) -> Effect:
    said = ngettext(
        "{n} message about referral {number} is held back.",
        "{n} messages about referral {number} are held back.",
        count,
    ).format(n=count, number=row.number)
    end = partial(_hold_back, row.id)
    return Effect(ReleaseId(row.release or ""), EffectKind.MESSAGE, row.number, "", said, end)


def _hold_back(referral: str, desk: Desk) -> int:
    return outbox.withdraw(desk.db, referral, desk.at)


def _withdraw(referral: str, desk: Desk) -> None:
    """Withdraw one that is under way, from wherever it stands by now; one that is over stays so.

    What moved it in the meantime is no reason not to: it is read again, and nobody else moves it
    while she takes her release back.
    """
    row = desk.db.get_one(ReferralRow, referral, populate_existing=True, with_for_update=True)
    if row.stage is not Stage.OVER:
        made = Move(Step.WITHDRAW, row.version, Reason.RELEASE_WITHDRAWN)
        move(desk, Party(row, Side.HOUSE), made)


def _unmoor(referral: str, desk: Desk) -> None:
    """What she was reminded of stood on a release that is gone; the draft needs both again."""
    draft = update(REFERRALS).where(REFERRALS.c.id == referral, REFERRALS.c.state == State.DRAFT)
    lost = dict.fromkeys(("release", "ends_at", *REMINDED))
    desk.db.execute(draft.values(version=REFERRALS.c.version + 1, **lost))


def release_followed(desk: Desk, old: ReleaseId, new: ReleaseId) -> None:
    """Let what is under way on a release go on under the one that took its place.

    A draft stands on the new one too, and she is reminded of it again before it is sent.
    """
    before, after = consent.release(desk, old), consent.release(desk, new)
    mine = select(ReferralRow).where(
        col(ReferralRow.release) == old, col(ReferralRow.stage) != Stage.OVER
    )
    for row in list(desk.db.execute(mine).scalars()):
        desk.db.refresh(row)
        ends = read_until(row.ends_at, before, after) if row.ends_at else None
        told: dict[str, object] = {"release": new, "ends_at": ends, "version": row.version + 1}
        if row.stage is Stage.DRAFT:
            told |= dict.fromkeys(REMINDED)
        desk.db.execute(update(REFERRALS).where(REFERRALS.c.id == row.id).values(**told))


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


def hush_ended(desk: Desk) -> None:
    """Tell nobody at the receiving agency of what they can no longer open, taken on or not.

    Safe to run twice. Before the dispatcher's turn, so that no message outlives its release.
    """
    theirs = (
        select(col(OutboxRow.id))
        .join(ReferralRow, col(ReferralRow.id) == col(OutboxRow.about))
        .join(PersonRow, col(PersonRow.id) == col(OutboxRow.person))
        .where(
            col(OutboxRow.sent_at).is_(None),
            col(OutboxRow.dropped_at).is_(None),
            col(PersonRow.agency) == col(ReferralRow.to_agency),
            col(ReferralRow.ends_at) <= desk.at,
        )
    )
    hushed = update(OutboxRow).where(col(OutboxRow.id).in_(theirs))
    desk.db.execute(
        hushed.values(dropped_at=desk.at), execution_options={"synchronize_session": False}
    )


def _held(desk: Desk, unanswered: tuple[ColumnElement[bool], ...]) -> list[str]:
    """The cases of these referrals, held; one that somebody is busy with waits for next time."""
    behind = select(col(ReferralRow.case)).where(*unanswered).limit(MOST_AT_ONCE)
    free = teams_to_hold(behind).with_for_update(read=True, skip_locked=True)
    return list(desk.db.execute(free).scalars())
