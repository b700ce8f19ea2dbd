"""What becomes of a sent referral in the made-up town: each step as whoever takes it would."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import ReleaseId
from hub.core.words import Category
from hub.demo.plan import ReferralPlan
from hub.demo.stage import Known, Stage
from hub.desk import Desk
from hub.door.holders import carried_by
from pathways.referrals.answering import (
    Meeting,
    accept,
    appoint,
    close,
    party_to_act,
    take,
    write_note,
)
from pathways.referrals.moving import Move
from pathways.referrals.queries import Party
from pathways.referrals.reasons import Closing, Confirmer, NeedsMet, Outcome, Reason
from pathways.referrals.referral import State, Step

DECLINED: Final = (
    Reason.NO_CAPACITY,
    Reason.NO_CAPACITY,
    Reason.WAITLIST_FULL,
    Reason.LANGUAGE_UNAVAILABLE,
    Reason.NOT_ELIGIBLE,
    Reason.WRONG_SERVICE,
    Reason.HOURS,
    Reason.NOT_REACHED,
    Reason.OTHER_HELP_FOUND,
)
ENDED: Final = (
    (Outcome.RECEIVED_FULL, NeedsMet.MET, Confirmer.SURVIVOR),
    (Outcome.RECEIVED_FULL, NeedsMet.MET, Confirmer.SURVIVOR),
    (Outcome.RECEIVED_FULL, NeedsMet.PARTLY, Confirmer.PROVIDER),
    (Outcome.RECEIVED_PART, NeedsMet.PARTLY, Confirmer.SURVIVOR),
    (Outcome.STARTED_NOT_FINISHED, NeedsMet.PARTLY, Confirmer.PROVIDER),
    (Outcome.NOT_RECEIVED, NeedsMet.NOT_MET, Confirmer.SURVIVOR),
    (Outcome.SURVIVOR_WITHDREW, NeedsMet.UNKNOWN, Confirmer.PROVIDER),
)


@dataclass(slots=True)
class Sent:
    """A referral on its way: under which address each side knows it, and who answers it."""

    known: Known
    plan: ReferralPlan
    answerer: str
    release: ReleaseId = field(default=ReleaseId(""))
    sender_ref: str = ""
    receiver_ref: str = ""


@contextmanager
def _receiver(stage: Stage, sent: Sent) -> Iterator[tuple[Desk, Party]]:
    with stage.desk(sent.answerer) as desk:
        yield desk, party_to_act(desk, sent.receiver_ref)


@contextmanager
def _sender(stage: Stage, sent: Sent) -> Iterator[tuple[Desk, Party]]:
    with stage.desk(sent.known.manager) as desk:
        yield desk, party_to_act(desk, sent.sender_ref)


def _acknowledge(stage: Stage, sent: Sent) -> None:
    with _receiver(stage, sent) as (desk, party):
        take(desk, party, Move(Step.ACKNOWLEDGE, party.row.version))


def _ask(stage: Stage, sent: Sent) -> None:
    with _receiver(stage, sent) as (desk, party):
        words = stage.words.said("questions")
        take(desk, party, Move(Step.ASK, party.row.version, words=words))


def _answer(stage: Stage, sent: Sent) -> None:
    with _sender(stage, sent) as (desk, party):
        words = stage.words.said("answers")
        made = Move(Step.ANSWER, party.row.version, words=words, category=Category.NEED)
        take(desk, party, made)


def _wait(stage: Stage, sent: Sent) -> None:
    with _receiver(stage, sent) as (desk, party):
        words = stage.words.said("waiting")
        take(desk, party, Move(Step.WAITLIST, party.row.version, words=words))


def _decline(stage: Stage, sent: Sent) -> None:
    with _receiver(stage, sent) as (desk, party):
        reason, words = stage.chance.choice(DECLINED), stage.words.said("declined")
        take(desk, party, Move(Step.DECLINE, party.row.version, reason, words))


def _accept(stage: Stage, sent: Sent) -> None:
    """Taken on, with an appointment at once; of those that have not begun, one to come."""
    today = (stage.wall.day_of(stage.hub.clock.now()) - stage.wall.today).days
    day = today + stage.chance.randint(1, 4)
    if sent.plan.state is State.ACCEPTED:
        day = stage.chance.randint(1, 6)
    at = stage.wall.local(day, stage.chance.randint(9, 16))
    with _receiver(stage, sent) as (desk, party):
        accept(desk, party, Move(Step.ACCEPT, party.row.version))
        desk.sight = replace(desk.sight, holders=carried_by(desk.db, desk.sight.person))
        desk.db.refresh(party.row)
        move = Move(Step.APPOINT, party.row.version)
        appoint(desk, party, move, Meeting(at, stage.words.said("places")))


def _start(stage: Stage, sent: Sent) -> None:
    with _receiver(stage, sent) as (desk, party):
        take(desk, party, Move(Step.START, party.row.version))
        if stage.chance.random() < 0.5:
            write_note(desk, party, stage.words.said("notes"))


def _report(stage: Stage, sent: Sent) -> None:
    outcome, met, confirmer = stage.chance.choice(ENDED)
    with _receiver(stage, sent) as (desk, party):
        closing = Closing(outcome, met, confirmer, stage.wall.day_of(desk.at))
        words = stage.words.said("outcomes") if met is NeedsMet.MET else ""
        close(desk, party, Move(Step.REPORT_OUTCOME, party.row.version, words=words), closing)


def _withdraw(stage: Stage, sent: Sent) -> None:
    """Taken back by whoever sent it, or with the release it stands on."""
    words = stage.words.said("withdrawn")
    with _sender(stage, sent) as (desk, party):
        if stage.chance.random() < 0.5:
            withdraw(desk, [sent.release], Withdrawal(Mode.PHONE, words))
        else:
            move = Move(Step.WITHDRAW, party.row.version, Reason.CHANGED_MIND, words)
            take(desk, party, move)


def _mistake(stage: Stage, sent: Sent) -> None:
    with _sender(stage, sent) as (desk, party):
        take(desk, party, Move(Step.ERROR, party.row.version, Reason.SENT_IN_ERROR))


Deed = Callable[[Stage, Sent], None]

DEEDS: Final[Mapping[Step, tuple[float, Deed]]] = {
    Step.ACKNOWLEDGE: (5, _acknowledge),
    Step.ASK: (8, _ask),
    Step.ANSWER: (12, _answer),
    Step.ACCEPT: (16, _accept),
    Step.START: (96, _start),
    Step.REPORT_OUTCOME: (400, _report),
    Step.WAITLIST: (18, _wait),
    Step.DECLINE: (20, _decline),
    Step.WITHDRAW: (60, _withdraw),
    Step.ERROR: (2, _mistake),
}
"""About how many hours after the one before each step is taken, and how."""

_BEGINNING: Final = (Step.ACKNOWLEDGE, Step.ACCEPT)
ASKED_FIRST: Final = (Step.ACKNOWLEDGE, Step.ASK, Step.ANSWER, Step.ACCEPT)

SCRIPTS: Final[Mapping[State, tuple[Step, ...]]] = {
    State.DRAFT: (),
    State.SENT: (),
    State.EXPIRED: (),
    State.ACKNOWLEDGED: (Step.ACKNOWLEDGE,),
    State.INFO_REQUESTED: (Step.ACKNOWLEDGE, Step.ASK),
    State.ON_HOLD: (Step.ACKNOWLEDGE, Step.WAITLIST),
    State.DECLINED: (Step.ACKNOWLEDGE, Step.DECLINE),
    State.WITHDRAWN: (Step.ACKNOWLEDGE, Step.WITHDRAW),
    State.ENTERED_IN_ERROR: (Step.ERROR,),
    State.ACCEPTED: _BEGINNING,
    State.IN_SERVICE: (*_BEGINNING, Step.START),
    State.CLOSED: (*_BEGINNING, Step.START, Step.REPORT_OUTCOME),
}
"""The steps that lead from the sending to each state."""
