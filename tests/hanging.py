"""A case with much hanging on its releases: referrals, a draft, meetings, messages, openings."""

from dataclasses import dataclass, field
from datetime import timedelta

from conferencing.conference import Step as MeetingStep
from hub.consent.terms import Mode
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId, EnvelopeId, ReleaseId
from hub.core.words import Category
from hub.door import open_entries
from pathways.referrals.answering import accept, party_to_act
from pathways.referrals.moving import Move
from pathways.referrals.referral import Step
from tests.referring import Story, begin
from tests.table import Table, decides, releases
from tests.world import Person, World

RECALL = timedelta(minutes=11)
"""Longer than what is sent can be called back, so that it can be opened."""
SAID = "canary she rang 4417"


@dataclass
class Hanging:
    """What hangs on two releases to Northside; Eastway has one of its own."""

    world: World
    story: Story
    talks: ReleaseId  # for case conferences, to Northside
    eastway: ReleaseId
    waiting: str  # the ref of a referral that waits for an answer
    taken: str  # and of one that was taken on
    draft: str
    tables: list[Table] = field(default_factory=list)

    @property
    def case(self) -> CaseId:
        """The case it is about."""
        return self.story.case

    @property
    def both(self) -> list[ReleaseId]:
        """The two releases to Northside."""
        return [self.story.release, self.talks]

    def withdraws(self, person: Person) -> int:
        """Somebody of the care team takes both back."""
        with self.world.desk(person) as desk:
            return withdraw(desk, self.both, Withdrawal(Mode.PHONE, SAID))


def reads(world: World, person: Person, envelope: str) -> bool:
    """Whether somebody can open an envelope now."""
    with world.desk(person) as desk:
        return EnvelopeId(envelope) in open_entries(desk.db, desk.sight, [EnvelopeId(envelope)])


def takes_on(story: Story, ref: str, person: Person) -> None:
    """Somebody at Northside takes a referral on."""
    row = story.row(ref)
    with story.world.desk(person) as desk:
        party = party_to_act(desk, row.receiver_ref)
        accept(desk, party, Move(Step.ACCEPT, row.version))


def hang(world: World) -> Hanging:
    """Everything a withdrawal can meet, in one case."""
    story = begin(world)
    waiting, taken = story.send(), story.send()
    _rosa, draft = story.draft(Category.IDENTITY)
    world.move(RECALL)
    takes_on(story, taken, world.tomas)
    talks = releases(world, world.rosa, story.case, world.northside, {Category.NEED})
    eastway = releases(world, world.rosa, story.case, world.eastway, {Category.NEED})
    made = Hanging(world, story, talks, eastway, waiting, taken, draft)
    made.tables = [_to_come(made), _held(made)]
    return made


def _to_come(made: Hanging) -> Table:
    world = made.world
    table = Table(world, world.rosa, [world.tomas, world.amin]).called()
    table.puts(world.rosa, made.case, Category.NEED, "A flat")
    return table


def _held(made: Hanging) -> Table:
    """A meeting whose minutes have not gone round, with something Tomas agreed to do."""
    world = made.world
    table = Table(world, world.rosa, [world.tomas, world.noor]).called()
    item = table.puts(world.rosa, made.case, Category.NEED, "The hearing")
    table.moves(MeetingStep.LOCK, MeetingStep.BEGIN)
    decides(table, item, world.rosa, world.tomas, "Call the court")
    table.moves(MeetingStep.END)
    return table
