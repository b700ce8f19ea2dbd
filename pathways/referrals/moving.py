"""How a referral moves: one arrow, one changed row, one event, one line in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import update

from hub.cases import queries as cases
from hub.cases.keeping.conflicts import meet_case
from hub.cases.keeping.named import desk_is_kept_out
from hub.consent import queries as consent
from hub.consent.release import AnswerGround, ReleaseGround
from hub.core.clock import OPEN_END
from hub.core.errors import Changed
from hub.core.grounds import OWN_WORK
from hub.core.ids import AgencyId, CaseId, EnvelopeId, HolderId, PersonId, ReleaseId, fresh
from hub.core.words import Category, Purpose
from hub.desk import Desk, Notice
from hub.door import Ending, Sealing, To, custodians, desk_of, seal, unshare
from hub.door.keeping_out import let_in
from hub.door.wall import Errand, errand
from hub.store import outbox
from hub.store.unit import rows_changed
from pathways.referrals import queries
from pathways.referrals.queries import Party
from pathways.referrals.reasons import Reason
from pathways.referrals.referral import KEYS_TAKEN_BACK, STAGES, Side, Stage, State, Step, advance
from pathways.referrals.tables import REFERRALS, ReferralEventRow, ReferralRow

NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Move:
    """One step, why, and what was said beside it, about which category.

    `version` is the one its page showed.
    """

    step: Step
    version: int
    reason: Reason | None = None
    words: str = ""
    category: Category = Category.PLAN


def move(desk: Desk, party: Party, made: Move, values: Mapping[str, Any] = NOTHING) -> State:
    """Take one step, with whatever else it writes into the row; where it led.

    Raises:
        Changed: somebody changed the referral since the page was opened.
        StepRefused: the step is not open, or lacks its reason.
        NotCovered: no release lets the words cross to the other side.
    """
    row, was = party.row, party.row.state
    if made.version != row.version:
        raise Changed
    now = advance(was, made.step, party.side, made.reason or "")
    change(desk, row, made.version, _standing(desk, party, made, now) | dict(values))
    if made.step is Step.ANSWER:
        meet_case(desk, CaseId(row.case), AgencyId(row.to_agency))
    _write_event(desk, party, made)
    if now in KEYS_TAKEN_BACK:
        _take_keys_back(desk, row, now)
    _tell_the_other_side(desk, party, made.step)
    desk.audit("referral.moved", referral=row.id, step=made.step.value, was=was, state=now)
    return now


def _standing(desk: Desk, party: Party, made: Move, now: State) -> dict[str, Any]:
    """What every step writes into the row."""
    kept: dict[str, Any] = {"state": now, "stage": STAGES[now]}
    kept["news"] = party.side is not Side.SENDER
    if made.reason is not None:
        kept["reason"] = made.reason
    if now in KEYS_TAKEN_BACK and party.row.sent_at is not None:
        kept["closed_to_them_at"] = desk.at
    return kept


def change(desk: Desk, row: ReferralRow, version: int, values: Mapping[str, Any]) -> None:
    """Write these values if the row is still as it was read: at this version, in this state.

    Raises:
        Changed: it is not; of two who act at the same moment, exactly one gets here first.
    """
    as_read = (
        REFERRALS.c.id == row.id,
        REFERRALS.c.version == version,
        REFERRALS.c.state == row.state,
    )
    written = update(REFERRALS).where(*as_read).values(version=version + 1, **values)
    if rows_changed(desk.db.execute(written)) == 0:
        raise Changed


def _write_event(desk: Desk, party: Party, made: Move) -> None:
    words = None
    if made.words:
        sealing = Sealing(made.category, {"text": made.words}, party.row.case)
        words = seal(desk.db, desk.sight, sealing, audience(desk, party, made.step))
    event = ReferralEventRow(
        id=fresh(),
        referral=party.row.id,
        place=made.version + 1,
        step=made.step,
        side=party.side,
        at=desk.at,
        by=desk.sight.person,
        reason=made.reason,
        words=words,
    )
    desk.db.add(event)
    desk.db.flush()


def audience(desk: Desk, party: Party, step: Step) -> list[To]:
    """Who may read the words beside a step.

    The receiver's go to those who hold the referral there and, as an answer on the release, to
    the care team. The sender's stay with the care team, but for the answer to a question.
    """
    row, team = party.row, HolderId(party.row.sender_team)
    if party.side is Side.RECEIVER:
        release = consent.release_behind(desk, ReleaseId(row.release or ""))
        own = To(HolderId(row.receiver_holder or ""), OWN_WORK, OPEN_END)
        return [own, To(team, AnswerGround(release), OPEN_END)]
    own = To(team, OWN_WORK, OPEN_END)
    if step is not Step.ANSWER:
        return [own]
    if not _receives(desk, row):
        return [own]
    release = consent.release(desk, ReleaseId(row.release or ""))
    ground = ReleaseGround(release, Purpose.REFERRAL, None)
    return [own, To(HolderId(row.receiver_holder or ""), ground, release.ends)]


def _receives(desk: Desk, row: ReferralRow) -> bool:
    """Whether somebody there holds it, and not a desk that must not be sent anything of it now."""
    if row.receiver_holder is None:
        return False
    there = desk_is_kept_out(desk, CaseId(row.case), AgencyId(row.to_agency))
    return not (
        there and row.receiver_holder == row.desk == desk_of(desk.db, AgencyId(row.to_agency))
    )


def crossed(desk: Desk, row: ReferralRow) -> list[EnvelopeId]:
    """Every envelope of the sender's that the receiver was given for this referral."""
    copies = [piece.envelope for piece in queries.pieces(desk.db, row)]
    steps = queries.events(desk.db, row)
    answers = [step.words for step in steps if step.side is Side.SENDER]
    return [EnvelopeId(each) for each in [row.ask, *copies, *answers] if each]


def _take_keys_back(desk: Desk, row: ReferralRow, now: State) -> None:
    """The receiver keeps no key to anything it was given; what waits to be mailed is dropped."""
    if row.sent_at is None:
        return
    held = Ending(now.value, envelopes=crossed(desk, row), agency=AgencyId(row.to_agency))
    unshare(desk.db, desk.sight, held)
    outbox.withdraw(desk.db, row.id, desk.at)


TOLD_TO_RECEIVER: Final = frozenset({Step.SEND, Step.ANSWER, Step.REPORT_OUTCOME})
"""Steps of the sender after which the receiver finds something; after the others, nothing."""


def _tell_the_other_side(desk: Desk, party: Party, step: Step) -> None:
    if party.side is not Side.SENDER:
        tell(desk, case_managers(desk, party.row), party.row)
    elif step in TOLD_TO_RECEIVER and _receives(desk, party.row):
        tell(desk, custodians(desk.db, HolderId(party.row.receiver_holder or "")), party.row)


def tell(
    desk: Desk, people: Sequence[PersonId], row: ReferralRow, due: datetime | None = None
) -> None:
    """Say to these people that something is waiting; nobody is told of what they did.

    Args:
        due: when they can know of it; None for at once.
    """
    for person in people:
        if person != desk.sight.person:
            desk.notify(person, Notice(row.case, row.id, due))


def nobody_there(desk: Desk, row: ReferralRow) -> bool:
    """Whether nobody at the receiving agency could open it, though it was sent and is not over."""
    if row.receiver_holder is None or row.stage in {Stage.DRAFT, Stage.OVER}:
        return False
    there = custodians(desk.db, HolderId(row.receiver_holder))
    return not _receives(desk, row) or not let_in(desk.db, desk.sight, row.case, there)


def case_managers(desk: Desk, row: ReferralRow) -> list[PersonId]:
    """The primary case manager; for a closed case without one, whoever holds its key."""
    with errand(desk.db, Errand.TELLING):
        primary = cases.primaries(desk.db, [CaseId(row.case)]).get(row.case)
    if primary is not None:
        return [PersonId(primary)]
    return custodians(desk.db, HolderId(row.sender_team))
