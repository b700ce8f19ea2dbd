"""One of the two towns: its cases by name, and everything that can happen to them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from hub.cases import handover
from hub.cases.actions import CaseOpening, open_case, write_entry
from hub.cases.handover import Offering
from hub.cases.queries import offers_to_me
from hub.consent import receipts
from hub.consent.actions import record_release
from hub.consent.receipts import Pins
from hub.consent.terms import Mode, ReleaseTerms
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId, EnvelopeId, ReleaseId, ServiceId
from hub.core.words import Category, Priority, Purpose, ServiceType
from hub.door.keeping_out import Whom, keep_out
from pathways.referrals import answering, drafts, queries, sending
from pathways.referrals.drafts import Draft, Reminder
from pathways.referrals.moving import Move
from pathways.referrals.packet import Ask
from pathways.referrals.reasons import Reason, ReminderMode
from pathways.referrals.referral import Step
from pathways.referrals.tables import ReferralRow
from tests.referring import law_clinic
from tests.survivor import GIVEN
from tests.table import Table
from tests.world import Person, World

DAY: Final = timedelta(days=1)
AGENCIES: Final = ("harbour", "northside", "eastway")
BOTH: Final = frozenset({Purpose.REFERRAL, Purpose.CONFERENCE})


@dataclass(slots=True)
class Case:
    """One case in one of the towns, with what was made of it."""

    id: CaseId
    owner: Person
    entries: dict[Category, EnvelopeId] = field(default_factory=dict)
    releases: dict[str, ReleaseId] = field(default_factory=dict)
    referrals: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Services:
    """The service of each agency that takes referrals."""

    of: dict[str, ServiceId]


def with_services(world: World) -> Services:
    """A town in which each agency has a service that can be asked."""
    return Services({name: law_clinic(world, getattr(world, name)) for name in AGENCIES})


@dataclass(slots=True)
class Town:
    """One of the two towns."""

    world: World
    services: Services
    cases: dict[str, Case] = field(default_factory=dict)
    table: Table | None = None

    def person(self, name: str) -> Person:
        """Somebody of the cast."""
        return self.world.town.people[name]

    def opens(self, who: str, label: str) -> None:
        """Somebody opens a case."""
        owner = self.person(who)
        with self.world.desk(owner) as desk:
            self.cases[label] = Case(open_case(desk, CaseOpening()), owner)

    def writes(self, label: str, category: Category, words: str) -> None:
        """Its case manager writes something down."""
        case = self.cases[label]
        with self.world.desk(case.owner) as desk:
            made = write_entry(desk, case.id, category, {"text": words})
            case.entries.setdefault(category, made)

    def releases(self, label: str, agency: str, categories: frozenset[Category], days: int) -> None:
        """One agency may know of these things, for referrals and at conferences."""
        case, to = self.cases[label], getattr(self.world, agency)
        kinds = frozenset({ServiceType.LEGAL_ASSISTANCE})
        now = self.world.now
        ends = now + days * DAY
        terms = ReleaseTerms(to.id, BOTH, kinds, categories, now, ends, GIVEN)
        with self.world.desk(case.owner) as desk:
            case.releases[agency] = record_release(desk, case.id, terms)

    def sends(self, label: str, agency: str, entries: list[Category]) -> None:
        """A referral goes to that agency, with these entries."""
        case = self.cases[label]
        ticked = tuple(case.entries[each] for each in entries)
        asked = Ask("Can somebody advise me?", self.world.now.date(), "")
        draft = Draft(
            ServiceType.LEGAL_ASSISTANCE, case.releases[agency], Priority.NORMAL, asked, ticked
        )
        with self.world.desk(case.owner) as desk:
            opening = drafts.opening(desk, case.id, self.services.of[agency])
            ref = drafts.start(desk, opening, draft)
        with self.world.desk(case.owner, version="1") as desk:
            reminder = Reminder(desk.at, ReminderMode.PHONE, "Reminded.")
            drafts.remind(desk, queries.draft(desk, ref), reminder)
        with self.world.desk(case.owner, version="2") as desk:
            sending.send(desk, queries.draft(desk, ref), None)
        case.referrals[agency] = self._received(ref)

    def _received(self, ref: str) -> str:
        with self.world.hub.unit_of_work() as db:
            row = db.exec(select(ReferralRow).where(col(ReferralRow.sender_ref) == ref)).one()
        return row.receiver_ref

    def answers(self, label: str, agency: str, who: str, step: Step) -> None:
        """Somebody at the agency that was asked takes a step."""
        ref = self.cases[label].referrals[agency]
        with self.world.desk(self.person(who)) as desk:
            party = answering.party_to_act(desk, ref)
            reason = Reason.NO_CAPACITY if step is Step.DECLINE else None
            made = Move(step, party.row.version, reason, "Answered.")
            (answering.accept if step is Step.ACCEPT else answering.take)(desk, party, made)

    def takes_back(self, label: str, agency: str) -> None:
        """She takes her release back."""
        case = self.cases[label]
        with self.world.desk(case.owner) as desk:
            withdraw(desk, [case.releases.pop(agency)], Withdrawal(Mode.PHONE))
        case.referrals.pop(agency, None)

    def meets(self, chair: str, guests: list[str]) -> None:
        """A conference is called and everybody promises to keep it."""
        people = [self.person(name) for name in guests]
        self.table = Table(self.world, self.person(chair), people).called()
        self.table.confirmed(self.person(chair), *people)

    def puts_on(self, label: str, category: Category) -> None:
        """An item is put on the agenda."""
        assert self.table is not None
        case = self.cases[label]
        self.table.puts(case.owner, case.id, category, f"About {category.value}")

    def keeps_out(self, label: str, who: str) -> None:
        """She says that somebody must never know."""
        case = self.cases[label]
        with self.world.desk(case.owner) as desk:
            keep_out(desk.db, desk.sight, case.id, Whom(self.person(who).id, None))

    def hands_over(self, label: str, to: str) -> None:
        """A colleague becomes its case manager."""
        case, taker = self.cases[label], self.person(to)
        with self.world.desk(case.owner) as desk:
            handover.offer_case(desk, case.id, Offering(taker.id, "Please take her on."))
        with self.world.desk(taker) as desk:
            handover.accept_case(desk, offers_to_me(desk)[0][0].id)
        case.owner = taker

    def gives_a_number(self, label: str) -> None:
        """She gets a number of her own."""
        case = self.cases[label]
        with self.world.desk(case.owner) as desk:
            receipts.give(desk, case.id, Pins("a", "b", desk.at + 7 * DAY))
