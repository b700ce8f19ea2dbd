"""What tests of referrals begin from: a case, what she said, what she released, and to whom."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from hub.cases import actions as cases
from hub.cases.actions import CaseOpening
from hub.consent import actions as consent
from hub.consent.terms import Given, Manner, Mode, ReleaseTerms, Said
from hub.consent.withdrawing import Withdrawal, withdraw
from hub.core.ids import CaseId, EnvelopeId, ReleaseId, ServiceId
from hub.core.words import Category, Priority, Purpose, ServiceType
from hub.store.outbox import OutboxRow
from pathways.directory.actions import organization_of, publish
from pathways.directory.listing import Intake, Service
from pathways.directory.terms import ReferralMethod
from pathways.referrals import drafts, queries, sending
from pathways.referrals.drafts import Draft, Reminder
from pathways.referrals.packet import Ask
from pathways.referrals.reasons import ReminderMode
from pathways.referrals.tables import ReferralRow
from tests.clients import Browser
from tests.world import Agency, Person, World

ASKED: Final = "I want to know if I can stay in the flat. I have a hearing letter for the 30th."
NUMBER: Final = "020 7946 0991"
HIDEAWAY: Final = "The blue door behind the bakery in Weaver Lane"
HER_NAME: Final = "Amal D."
ALLERGY: Final = "She cannot take penicillin."

SAID: Final = {
    Category.NEED: {"text": ASKED},
    Category.IDENTITY: {"name": HER_NAME, "spoken_of": "she", "pronouns": "", "text": ""},
    Category.CONTACT: {
        "method": "call",
        "value": NUMBER,
        "safe_when": "weekdays 17:00 to 18:00",
        "who_may_answer": "only she",
        "may_say": "",
        "code_word": "lavender",
        "text": "no voicemail",
    },
    Category.LOCATION: {"text": HIDEAWAY},
    Category.HEALTH: {"text": ALLERGY},
}
NARROW: Final = frozenset({Category.NEED, Category.IDENTITY, Category.CONTACT})


@dataclass(slots=True)
class Story:
    """One case of Rosa's, and the law clinic that may be asked."""

    world: World
    case: CaseId
    service: ServiceId
    release: ReleaseId
    entries: dict[Category, EnvelopeId] = field(default_factory=dict)

    def draft(self, *categories: Category, **more: str | list[str]) -> tuple[Browser, str]:
        """Rosa drafts a referral with these entries: her browser on the check page, and its ref."""
        rosa = self.world.browser(self.world.rosa)
        rosa.open(f"/referrals/new?case={self.case}&service={self.service}")
        ticked = [self.entries[category] for category in categories]
        rosa.submit("/new", words=ASKED, approved="yes", entries=ticked, **more)
        return rosa, str(rosa.page.url.path).split("/")[2] if rosa.page else ""

    def remind(self, rosa: Browser) -> None:
        """Rosa reminds her by phone and writes it down."""
        rosa.submit("/reminder", mode="phone", said="She heard what goes to whom and agreed.")

    def send(
        self, *categories: Category, priority: Priority = Priority.NORMAL, questions: str = ""
    ) -> str:
        """A referral goes out, without its pages; the ref in Rosa's addresses."""
        wanted = categories or (Category.IDENTITY, Category.CONTACT)
        draft = Draft(
            ServiceType.LEGAL_ASSISTANCE,
            self.release,
            priority,
            Ask(ASKED, self.world.now.date(), questions),
            tuple(self.entries[category] for category in wanted),
        )
        with self.world.desk(self.world.rosa) as desk:
            ref = drafts.start(desk, drafts.opening(desk, self.case, self.service), draft)
        with self.world.desk(self.world.rosa, version="1") as desk:
            reminder = Reminder(desk.at, ReminderMode.PHONE, "She agreed.")
            drafts.remind(desk, queries.draft(desk, ref), reminder)
        with self.world.desk(self.world.rosa, version="2") as desk:
            sending.send(desk, queries.draft(desk, ref), None)
        return ref

    def row(self, ref: str) -> ReferralRow:
        """The row behind either side's ref."""
        with self.world.hub.unit_of_work() as db:
            either = (col(ReferralRow.sender_ref) == ref) | (col(ReferralRow.receiver_ref) == ref)
            return db.exec(select(ReferralRow).where(either)).one()

    def received(self, ref: str) -> str:
        """The receiver's address of a referral, without its host."""
        return f"/referrals/{self.row(ref).receiver_ref}"

    def withdraw(self) -> None:
        """She takes her release back by phone."""
        with self.world.desk(self.world.rosa) as desk:
            withdraw(desk, [self.release], Withdrawal(Mode.PHONE))


def law_clinic(world: World, agency: Agency, name: str = "Legal advice") -> ServiceId:
    """A service of that agency that takes referrals through the hub."""
    with world.hub.unit_of_work() as db:
        service = Service(
            ServiceId(""),
            name,
            organization_of(db, agency.id),
            frozenset({ServiceType.LEGAL_ASSISTANCE}),
            intake=Intake(methods=frozenset({ReferralMethod.HUB})),
        )
        return publish(db, service, world.now)


def terms(
    to: Agency, world: World, categories: frozenset[Category], days: int = 30
) -> ReleaseTerms:
    """A release for a referral to legal advice, from now on."""
    return ReleaseTerms(
        to_agency=to.id,
        purposes=frozenset({Purpose.REFERRAL}),
        service_types=frozenset({ServiceType.LEGAL_ASSISTANCE}),
        categories=categories,
        starts=world.now,
        ends=world.now + timedelta(days=days),
        given=Given(Manner.SIGNATURE, frozenset(Said), not_the_abuser=True),
    )


def begin(
    world: World, categories: frozenset[Category] = NARROW, days: int = 30, by: Person | None = None
) -> Story:
    """A case with an entry of every kind in SAID, and a release of some of them to Northside."""
    service = law_clinic(world, world.northside)
    with world.desk(by or world.rosa) as desk:
        case = cases.open_case(desk, CaseOpening())
        entries = {
            category: cases.write_entry(desk, case, category, body)
            for category, body in SAID.items()
        }
        release = consent.record_release(
            desk, case, terms(world.northside, world, categories, days)
        )
    return Story(world, case, service, release, entries)


def takes(story: Story, person: Person, path: str, **typed: str) -> Browser:
    """Somebody opens the page of a step and takes it."""
    browser = story.world.browser(person)
    browser.open(path)
    browser.submit(path.split("/", 3)[-1], **typed)
    return browser


def told(story: Story) -> set[str]:
    """The names of those for whom a message waits to leave."""
    with story.world.hub.unit_of_work() as db:
        waiting = select(OutboxRow.person).where(col(OutboxRow.dropped_at).is_(None))
        people = set(db.exec(waiting).all())
    return {person.name for person in story.world.town.people.values() if person.id in people}
